/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who talks most, in memory of a fixed size: a table of addresses or of
 * conversations, with what each sent and received.
 *
 * When the table is full, a new one takes the place of the one with the fewest
 * bytes, and its rank begins there ("space-saving", Metwally and others, 2005):
 * whoever has more than 1/size of all bytes is in the table for sure. What is
 * shown was counted, all of it, since the entry came in; what may be missing
 * is @missed at most.
 */
#ifndef PKTSNIFF_TRACK_H
#define PKTSNIFF_TRACK_H

#include "amount.h"

#include <pktcap/decode.h>

#include <stddef.h>
#include <stdint.h>

struct tracked {
	struct pktcap_flow key; /* of an address: its source alone */
	uint32_t next;		/* in the same bucket */
	uint16_t application;	/* enum pktcap_proto seen last, 0 if none was */
	uint16_t opener;	/* 1 if the destination of @key sent first */
	struct amount way[2];	/* from source to destination, and back */
	struct pace pace[2];	/* of @way, for --top */
	uint64_t missed;	/* bytes, at most, before it came in */
	int64_t first_ns;
	int64_t last_ns;
};

struct track {
	struct tracked *entries;
	uint32_t *buckets;
	struct track_place *heap; /* by rank, once the table is full */
	size_t size;
	size_t count;
	uint64_t seed;
	uint64_t replaced;  /* entries that had to go */
	struct amount lost; /* what these had */
};

/* For @size entries. Returns 0 or -ENOMEM. */
int track_open(struct track *track, size_t size);
void track_close(struct track *track);

/* The entry of @key, a new one if need be; the caller counts into it. */
struct tracked *track_get(struct track *track, const struct pktcap_flow *key);

/* Bytes both ways. */
uint64_t tracked_bytes(const struct tracked *entry);

/*
 * The @max entries with the most, by @value, the greatest first; equal ones in
 * the order of their keys. Returns how many there are.
 */
size_t track_top(const struct track *track,
		 double (*value)(const struct tracked *),
		 const struct tracked **top, size_t max);

#endif
