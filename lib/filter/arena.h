/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory of one compilation: taken piece by piece, given back as a whole. The
 * limit bounds what a hostile expression can make us allocate.
 */
#ifndef FILTER_ARENA_H
#define FILTER_ARENA_H

#include <stddef.h>

struct filter_chunk;

struct filter_arena {
	struct filter_chunk *chunks;
	size_t left; /* bytes that may still be allocated */
};

/* No memory is taken yet; at most @limit bytes ever will be. */
struct filter_arena filter_arena_limited(size_t limit);

/* @n zeroed bytes for any type, NULL if memory or the limit is exhausted. */
void *filter_arena_take(struct filter_arena *arena, size_t n);

/* A terminated copy of @n bytes. */
char *filter_arena_string(struct filter_arena *arena, const char *p, size_t n);

/* All of it; the arena may not be used again. */
void filter_arena_free(struct filter_arena *arena);

#endif
