// SPDX-License-Identifier: BSD-2-Clause
#include "file/pcapng_block.h"

#include <errno.h>
#include <stdlib.h>

uint8_t *store_room(struct store *s, size_t n)
{
	if (s->size - s->n < n) {
		size_t size = s->n + n + s->n / 2;
		uint8_t *p = realloc(s->p, size);

		if (!p)
			return NULL;
		s->p = p;
		s->size = size;
	}
	return s->p + s->n;
}

void block_put(struct block *b, const void *data, size_t n)
{
	if (b->p && n)
		memcpy(b->p + b->n, data, n);
	b->n += n;
}

void block_put16(struct block *b, uint16_t value)
{
	block_put(b, &value, sizeof(value));
}

void block_put32(struct block *b, uint32_t value)
{
	block_put(b, &value, sizeof(value));
}

void block_put_time(struct block *b, int64_t ns)
{
	block_put32(b, (uint32_t)((uint64_t)ns >> 32));
	block_put32(b, (uint32_t)(uint64_t)ns);
}

void block_pad(struct block *b)
{
	block_put(b, "\0\0\0", -b->n & 3);
}

void block_option(struct block *b, uint16_t code, const void *data, size_t n)
{
	if (n > UINT16_MAX)
		b->too_long = true;
	block_put16(b, code);
	block_put16(b, (uint16_t)n);
	block_put(b, data, n);
	block_pad(b);
}

void block_string(struct block *b, uint16_t code, const char *s)
{
	if (s)
		block_option(b, code, s, strlen(s));
}

void block_end_options(struct block *b, size_t start)
{
	if (b->n != start)
		block_put32(b, 0);
}

int block_build(struct store *s, uint32_t type,
		void (*fill)(struct block *b, const void *what),
		const void *what)
{
	struct block b = { .n = 2 * sizeof(uint32_t) };
	size_t total;

	fill(&b, what);
	total = b.n + sizeof(uint32_t);
	if (b.too_long || total > PCAPNG_BLOCK_MAX)
		return -EMSGSIZE;
	b = (struct block){ .p = store_room(s, total) };
	if (!b.p)
		return -ENOMEM;
	block_put32(&b, type);
	block_put32(&b, (uint32_t)total);
	fill(&b, what);
	block_put32(&b, (uint32_t)total);
	s->n += total;
	return 0;
}
