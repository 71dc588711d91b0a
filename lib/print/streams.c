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

enum { WAYS = 4, ADDRESS_MAX = 16, CONNECTIONS_DEFAULT = 65536 };

/* Both ends, the lower one first, so that both directions find it. */
struct key {
	uint8_t low[ADDRESS_MAX];
	uint8_t high[ADDRESS_MAX];
	uint16_t low_port;
	uint16_t high_port;
};

struct slot {
	struct key key;
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

static bool is_low(const struct stream_segment *s)
{
	int order = memcmp(s->src, s->dst, s->address_len);

	return order ? order < 0 : s->src_port <= s->dst_port;
}

static struct key key_of(const struct stream_segment *s, bool low)
{
	struct key key = {
		.low_port = low ? s->src_port : s->dst_port,
		.high_port = low ? s->dst_port : s->src_port,
	};

	memcpy(key.low, low ? s->src : s->dst, s->address_len);
	memcpy(key.high, low ? s->dst : s->src, s->address_len);
	return key;
}

static uint64_t hash(const struct key *key)
{
	const uint64_t odd = 0x9e3779b97f4a7c15; /* 2^64 / golden ratio */
	uint32_t words[sizeof(*key) / 4];
	uint64_t h = 0;

	memcpy(words, key, sizeof(words));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		h = (h ^ words[i]) * odd;
		h ^= h >> 32;
	}
	return h;
}

static bool never_used_or_older(const struct slot *a, const struct slot *b,
				uint32_t clock)
{
	if (!a->used || !b->used)
		return !a->used;
	return clock - a->used > clock - b->used;
}

/* The slot of @key, or one that is free for it now. */
static struct slot *find(struct pktcap_print_streams *streams,
			 const struct key *key, bool *known)
{
	struct slot *row =
		&streams->slots[(hash(key) & (streams->rows - 1)) * WAYS];
	struct slot *victim = row;

	*known = true;
	for (size_t i = 0; i < WAYS; i++) {
		if (row[i].used && !memcmp(&row[i].key, key, sizeof(*key)))
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
	bool low = is_low(segment), known;
	struct key key = key_of(segment, low);
	struct slot *slot = find(streams, &key, &known);

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
	struct slot *slot = base->slot;
	bool low = is_low(segment);

	if (!base->known) {
		slot->key = key_of(segment, low);
		slot->low_seq = low ? base->seq : base->ack;
		slot->high_seq = low ? base->ack : base->seq;
	}
	/* 0 means free. */
	streams->clock += streams->clock == UINT32_MAX ? 2 : 1;
	slot->used = streams->clock;
}
