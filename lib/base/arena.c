// SPDX-License-Identifier: BSD-2-Clause
#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)16384)

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;
	max_align_t bytes[];
};

struct arena arena_limited(size_t limit)
{
	return (struct arena){ .left = limit };
}

struct arena arena_over(struct arena_room *room, size_t limit)
{
	struct arena_chunk *chunk = (void *)room;

	chunk->next = NULL;
	chunk->used = 0;
	chunk->size = sizeof(*room) - sizeof(*chunk);
	return (struct arena){ .chunks = chunk, .given = chunk, .left = limit };
}

static struct arena_chunk *add_chunk(struct arena *arena, size_t n)
{
	size_t size = n > CHUNK ? n : CHUNK;
	struct arena_chunk *chunk;

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

void *arena_take_raw(struct arena *arena, size_t n)
{
	const size_t unit = sizeof(max_align_t);
	struct arena_chunk *chunk = arena->chunks;
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
	return p;
}

void *arena_take(struct arena *arena, size_t n)
{
	void *p = arena_take_raw(arena, n);

	return p ? memset(p, 0, n) : NULL; /* most chunks are never used up */
}

char *arena_string(struct arena *arena, const char *p, size_t n)
{
	char *copy = arena_take_raw(arena, n + 1);

	if (!copy)
		return NULL;
	if (n)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

void arena_free(struct arena *arena)
{
	struct arena_chunk *chunk = arena->chunks;

	while (chunk != arena->given) {
		struct arena_chunk *next = chunk->next;

		arena->left += chunk->size;
		free(chunk);
		chunk = next;
	}
	if (chunk)
		chunk->used = 0;
	arena->chunks = chunk;
}
