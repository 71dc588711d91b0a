// SPDX-License-Identifier: BSD-2-Clause
/*
 * A table of fixed size: each connection has a row of slots where it may be,
 * and if all of them are taken, the one that was not heard of for longest is
 * forgotten. A flood of connections costs others their relative numbers, and
 * no memory.
 */
#include "print/streams.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { WAYS = 4, CONNECTIONS_DEFAULT = 65536 };

struct slot {
	struct pktcap_flow flow; /* normalized: both directions find it */
	uint32_t low_seq;
	uint32_t high_seq;
	uint32_t used; /* when, by the clock of its table; 0: never */
};

struct pktcap_print_streams {
	size_t rows; /* a power of two */
	uint32_t clock;
	struct slot slots[];
};

int pktcap_print_streams_open(struct pktcap_print_streams **out,
			      size_t connections)
{
	struct pktcap_print_streams *streams;
	size_t rows = 1, bytes;

	if (!connections)
		connections = CONNECTIONS_DEFAULT;
	while (rows * WAYS < connections)
		if (__builtin_mul_overflow(rows, (size_t)2, &rows) ||
		    rows > SIZE_MAX / WAYS)
			return -ENOMEM;
	if (__builtin_mul_overflow(rows * WAYS, sizeof(struct slot), &bytes) ||
	    __builtin_add_overflow(bytes, sizeof(*streams), &bytes))
		return -ENOMEM;
	streams = calloc(1, bytes);
	if (!streams)
		return -ENOMEM;
	streams->rows = rows;
	*out = streams;
	return 0;
}

void pktcap_print_streams_close(struct pktcap_print_streams *streams)
{
	free(streams);
}

static bool never_used_or_older(const struct slot *a, const struct slot *b,
				uint32_t clock)
{
	if (!a->used || !b->used)
		return !a->used;
	return clock - a->used > clock - b->used;
}

/* The slot of @flow, or one that is free for it now. */
static struct slot *find(struct pktcap_print_streams *streams,
			 const struct pktcap_flow *flow, bool *known)
{
	/* No seed: the same packets always make the same lines. */
	size_t at = pktcap_flow_hash(flow, 0) & (streams->rows - 1);
	struct slot *row = &streams->slots[at * WAYS];
	struct slot *victim = row;

	*known = true;
	for (size_t i = 0; i < WAYS; i++) {
		if (row[i].used && !memcmp(&row[i].flow, flow, sizeof(*flow)))
			return &row[i];
		if (never_used_or_older(&row[i], victim, streams->clock))
			victim = &row[i];
	}
	*known = false;
	return victim;
}

struct stream_base streams_base(struct pktcap_print_streams *streams,
				const struct stream_segment *segment)
{
	struct pktcap_flow flow = segment->flow;
	bool low = !pktcap_flow_normalize(&flow), known;
	struct slot *slot = find(streams, &flow, &known);

	/* The other side's numbers begin where this one is. */
	if (!known || segment->syn)
		return (struct stream_base){ .seq = segment->seq,
					     .ack = segment->ack - 1,
					     .slot = slot };
	return (struct stream_base){
		.seq = low ? slot->low_seq : slot->high_seq,
		.ack = low ? slot->high_seq : slot->low_seq,
		.known = true,
		.slot = slot,
	};
}

void streams_note(struct pktcap_print_streams *streams,
		  const struct stream_segment *segment,
		  const struct stream_base *base)
{
	struct pktcap_flow flow = segment->flow;
	bool low = !pktcap_flow_normalize(&flow);
	struct slot *slot = base->slot;

	if (!base->known) {
		slot->flow = flow;
		slot->low_seq = low ? base->seq : base->ack;
		slot->high_seq = low ? base->ack : base->seq;
	}
	/* 0 means free. */
	streams->clock += streams->clock == UINT32_MAX ? 2 : 1;
	slot->used = streams->clock;
}
