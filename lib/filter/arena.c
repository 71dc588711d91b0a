// SPDX-License-Identifier: BSD-2-Clause
#include "filter/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)16384)

struct filter_chunk {
	struct filter_chunk *next;
	size_t used, size;
	max_align_t bytes[];
};

struct filter_arena filter_arena_limited(size_t limit)
{
	return (struct filter_arena){ .left = limit };
}

static struct filter_chunk *add_chunk(struct filter_arena *arena, size_t n)
{
	size_t size = n > CHUNK ? n : CHUNK;
	struct filter_chunk *chunk;

	if (size > arena->left)
		size = n;
	if (size > arena->left)
		return NULL;
	chunk = malloc(sizeof(*chunk) + size);
	if (!chunk)
		return NULL;
	chunk->used = 0;
	chunk->size = size;
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	arena->left -= size;
	return chunk;
}

void *filter_arena_take(struct filter_arena *arena, size_t n)
{
	const size_t unit = sizeof(max_align_t);
	struct filter_chunk *chunk = arena->chunks;
	char *p;

	if (n > SIZE_MAX / 2)
		return NULL;
	n = (n + unit - 1) / unit * unit;
	if (!chunk || chunk->size - chunk->used < n)
		chunk = add_chunk(arena, n);
	if (!chunk)
		return NULL;
	p = (char *)chunk->bytes + chunk->used;
	chunk->used += n;
	return memset(p, 0, n); /* most chunks are never used up */
}

char *filter_arena_string(struct filter_arena *arena, const char *p, size_t n)
{
	char *copy = filter_arena_take(arena, n + 1);

	if (copy && n)
		memcpy(copy, p, n);
	return copy;
}

void filter_arena_free(struct filter_arena *arena)
{
	struct filter_chunk *chunk = arena->chunks;

	while (chunk) {
		struct filter_chunk *next = chunk->next;

		free(chunk);
		chunk = next;
	}
	*arena = (struct filter_arena){ 0 };
}
