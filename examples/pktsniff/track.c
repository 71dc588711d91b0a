// SPDX-License-Identifier: BSD-2-Clause
#include "track.h"
#include "clock.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/*
 * The heap is put right only where somebody looks: an entry that counted
 * since has a rank too low there, never one too high.
 */
struct track_place {
	uint64_t rank;
	uint32_t entry;
};

enum { NOBODY = UINT32_MAX };

uint64_t tracked_bytes(const struct tracked *entry)
{
	return entry->way[0].bytes + entry->way[1].bytes;
}

static uint64_t rank_of(const struct tracked *entry)
{
	return tracked_bytes(entry) + entry->missed;
}

/* Nobody who sends packets can choose those that share a bucket. */
static uint64_t random_seed(void)
{
	uint64_t seed;

	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
		seed = (uint64_t)now_ns(CLOCK_MONOTONIC);
	return seed;
}

int track_open(struct track *track, size_t size)
{
	*track = (struct track){
		.size = size,
		.seed = random_seed(),
		.entries = calloc(size, sizeof(*track->entries)),
		.buckets = malloc(size * sizeof(*track->buckets)),
		.heap = calloc(size, sizeof(*track->heap)),
	};
	if (!track->entries || !track->buckets || !track->heap) {
		track_close(track);
		return -ENOMEM;
	}
	memset(track->buckets, 0xff, size * sizeof(*track->buckets));
	return 0;
}

void track_close(struct track *track)
{
	free(track->entries);
	free(track->buckets);
	free(track->heap);
	*track = (struct track){ .size = 0 };
}

static size_t bucket_of(const struct track *track,
			const struct pktcap_flow *key)
{
	return (size_t)(pktcap_flow_hash(key, track->seed) % track->size);
}

static uint32_t *link_of(struct track *track, const struct pktcap_flow *key)
{
	uint32_t *link = &track->buckets[bucket_of(track, key)];

	while (*link != NOBODY &&
	       memcmp(&track->entries[*link].key, key, sizeof(*key)) != 0)
		link = &track->entries[*link].next;
	return link;
}

static void sift_down(struct track *track, size_t at)
{
	struct track_place *heap = track->heap, moved = heap[at];
	size_t child;

	for (; (child = 2 * at + 1) < track->count; at = child) {
		if (child + 1 < track->count &&
		    heap[child + 1].rank < heap[child].rank)
			child++;
		if (heap[child].rank >= moved.rank)
			break;
		heap[at] = heap[child];
	}
	heap[at] = moved;
}

static void build_heap(struct track *track)
{
	for (size_t i = 0; i < track->count; i++)
		track->heap[i] =
			(struct track_place){ rank_of(&track->entries[i]),
					      (uint32_t)i };
	for (size_t i = track->count / 2; i-- > 0;)
		sift_down(track, i);
}

/* The entry of the lowest rank, at the top of the heap. */
static struct tracked *lowest(struct track *track)
{
	struct track_place *top = track->heap;

	for (;;) {
		struct tracked *entry = &track->entries[top->entry];

		if (top->rank == rank_of(entry))
			return entry;
		top->rank = rank_of(entry);
		sift_down(track, 0);
	}
}

/* Its place becomes that of @key. */
static struct tracked *replace_lowest(struct track *track,
				      const struct pktcap_flow *key)
{
	struct tracked *entry = lowest(track);
	uint64_t missed = rank_of(entry);
	uint32_t *link = link_of(track, &entry->key);

	*link = entry->next;
	track->replaced++;
	track->lost.packets += entry->way[0].packets + entry->way[1].packets;
	track->lost.bytes += tracked_bytes(entry);
	*entry = (struct tracked){ .key = *key, .missed = missed };
	return entry;
}

struct tracked *track_get(struct track *track, const struct pktcap_flow *key)
{
	uint32_t *link = link_of(track, key);
	struct tracked *entry;

	if (*link != NOBODY)
		return &track->entries[*link];
	if (track->count < track->size) {
		entry = &track->entries[track->count++];
		entry->key = *key;
		if (track->count == track->size)
			build_heap(track);
	} else {
		entry = replace_lowest(track, key);
		link = link_of(track, key);
	}
	entry->next = NOBODY;
	*link = (uint32_t)(entry - track->entries);
	return entry;
}

static bool is_before(const struct tracked *a, double a_value,
		      const struct tracked *b, double b_value)
{
	if (a_value > b_value || a_value < b_value)
		return a_value > b_value;
	return memcmp(&a->key, &b->key, sizeof(a->key)) < 0;
}

size_t track_top(const struct track *track,
		 double (*value)(const struct tracked *),
		 const struct tracked **top, size_t max)
{
	size_t n = 0, at;

	for (size_t i = 0; i < track->count; i++) {
		const struct tracked *entry = &track->entries[i];
		double worth = value(entry);

		if (n == max && (!n || !is_before(entry, worth, top[n - 1],
						  value(top[n - 1]))))
			continue;
		at = n < max ? n++ : n - 1;
		for (; at &&
		       is_before(entry, worth, top[at - 1], value(top[at - 1]));
		     at--)
			top[at] = top[at - 1];
		top[at] = entry;
	}
	return n;
}
