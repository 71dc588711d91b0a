/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory that is taken piece by piece and given back as a whole. The limit
 * bounds what hostile input can make us allocate.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *chunks;
	struct arena_chunk *given; /* the caller's, not to be freed */
	size_t left;		   /* bytes that may still be allocated */
};

/* No memory is taken yet; at most @limit bytes at a time will be. */
struct arena arena_limited(size_t limit);

/* Of the caller's, most often on its stack. */
struct arena_room {
	max_align_t bytes[8192 / sizeof(max_align_t)];
};

/* The same, but @room is used up first: what needs little allocates nothing. */
struct arena arena_over(struct arena_room *room, size_t limit);

/* @n zeroed bytes for any type, NULL if memory or the limit is exhausted. */
void *arena_take(struct arena *arena, size_t n);

/* The same with any contents, for what is written as a whole at once. */
void *arena_take_raw(struct arena *arena, size_t n);

/* A terminated copy of @n bytes. */
char *arena_string(struct arena *arena, const char *p, size_t n);

/* All of it: the arena is as it was at first. */
void arena_free(struct arena *arena);

#endif
