// SPDX-License-Identifier: BSD-2-Clause
#include "device/list.h"

#include <stdlib.h>

#define CHUNK 4096u

static struct chunk *add_chunk(struct arena *arena, size_t n)
{
	size_t size = n > CHUNK ? n : CHUNK;
	struct chunk *chunk = malloc(sizeof(*chunk) + size);

	if (!chunk)
		return NULL;
	chunk->next = arena->chunks;
	chunk->used = 0;
	chunk->size = size;
	arena->chunks = chunk;
	return chunk;
}

void *arena_take(struct arena *arena, size_t n)
{
	struct chunk *chunk = arena->chunks;
	void *p;

	n = (n + sizeof(void *) - 1) / sizeof(void *) * sizeof(void *);
	if (!chunk || chunk->size - chunk->used < n)
		chunk = add_chunk(arena, n);
	if (!chunk)
		return NULL;
	p = chunk->bytes + chunk->used;
	chunk->used += n;
	return p;
}

const char *arena_string(struct arena *arena, struct bytes value)
{
	char *copy;

	if (!value.n || !value.p[0])
		return "";
	copy = arena_take(arena, value.n + 1);
	if (copy)
		netlink_string(value, copy, value.n + 1);
	return copy;
}

void arena_free(struct arena *arena)
{
	struct chunk *chunk = arena->chunks;

	while (chunk) {
		struct chunk *next = chunk->next;

		free(chunk);
		chunk = next;
	}
	arena->chunks = NULL;
}
