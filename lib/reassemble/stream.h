/* SPDX-License-Identifier: BSD-2-Clause */
/* A connection, and the order of its bytes. */
#ifndef REASSEMBLE_STREAM_H
#define REASSEMBLE_STREAM_H

#include "reassemble/pieces.h"
#include "reassemble/segment.h"

/* What one end sends. */
struct side {
	uint64_t next; /* offset in the stream of the next byte */
	uint64_t gap;  /* bytes in front of it that are not told as lost yet */
	uint64_t fin_at;
	struct pieces waiting;
	uint32_t seq;	     /* number of the byte at next */
	uint32_t first;	     /* number of the byte at 0 */
	uint32_t strays_end; /* number behind the last of strays */
	uint32_t strays;     /* segments outside, each where the last ended */
	uint64_t cut_from, cut_to; /* not captured, and not next yet */
	uint32_t acked; /* number that the other end expects, as it said last */
	bool known;	/* whether these numbers mean anything */
	bool fin;	/* whether fin_at does */
	bool has_acked; /* whether acked does */
	bool heard;	/* a segment of this side was seen */
};

/* The rows a connection is in. */
enum row {
	BY_AGE,	    /* all, in the order in which they were heard of last */
	BY_WAITING, /* those of them with bytes that wait */
	ROWS
};

/* Numbers of others are from 1 on, 0 is none. */
struct place {
	uint32_t older, newer;
};

struct connection {
	struct pktcap_stream view;
	struct segment_key key;
	struct side side[2]; /* client, server */
	struct place places[ROWS];
	uint32_t chain; /* the next one in its bucket */
	uint32_t syn;	/* first number of a SYN that began nothing so far */
	uint8_t client; /* which end of key */
	uint8_t syn_from;
	bool has_syn;
	bool acks;  /* one of both has set ACK */
	bool ended; /* told; stays for what comes late */
	bool waits; /* is in the row of those */
};

struct ages {
	uint32_t oldest, newest;
};

struct pktcap_streams {
	struct pktcap_streams_opts opts;
	struct pktcap_streams_stats stats;
	struct pool pool;
	struct connection *table;
	uint32_t *buckets;   /* as many as the table has room for */
	struct ages ages[2]; /* of those that go on, and that ended */
	struct ages waiting;
	uint32_t free;
	uint32_t fresh;
	int64_t now;
};

static inline struct connection *connection_of(const struct pktcap_streams *s,
					       uint32_t number)
{
	return number ? &s->table[number - 1] : NULL;
}

/* Out of a row, and into it as the one that was heard of last. */
void ages_remove(struct pktcap_streams *s, struct ages *ages,
		 const struct connection *c, enum row row);
void ages_append(struct pktcap_streams *s, struct ages *ages,
		 struct connection *c, enum row row);

/* Puts it where it belongs in the row of those with bytes that wait. */
void stream_note_waiting(struct pktcap_streams *s, struct connection *c);

/* From here on the side is followed: @seq is the number of its first byte. */
void side_start(struct side *side, uint32_t seq);

/* Is @seg so far from where the side is that it cannot be of it? */
bool side_is_outside(const struct side *side, const struct segment *seg);

/*
 * Segments outside that continue each other are what was sent behind more than
 * can be told from the numbers: goes on at @seg if it is the last of enough.
 */
bool stream_resume(struct pktcap_streams *s, struct connection *c,
		   unsigned int direction, const struct segment *seg);

/* The bytes of a segment, and its FIN. */
void stream_data(struct pktcap_streams *s, struct connection *c,
		 unsigned int direction, const struct segment *seg);

/* The other end has got all bytes of @direction in front of number @ack. */
void stream_acked(struct pktcap_streams *s, struct connection *c,
		  unsigned int direction, uint32_t ack);

/* Delivers what waits, and what is missing as lost. */
void stream_flush(struct pktcap_streams *s, struct connection *c);

/* Everything up to its FIN was delivered or lost. */
static inline bool side_is_done(const struct side *side)
{
	return side->fin && side->next >= side->fin_at;
}

#endif
