/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One pcapng block on its way into memory. Whoever fills it runs twice: first
 * with no memory, which measures, then with as much as that told.
 *
 *  0                   4                   8                n-4        n
 *  +-------------------+-------------------+-------- ... --------+---------+
 *  |       type        |     length n      | body, options       | length n|
 *  +-------------------+-------------------+-------- ... --------+---------+
 */
#ifndef FILE_PCAPNG_BLOCK_H
#define FILE_PCAPNG_BLOCK_H

#include "base/bytes.h"

/* Readers refuse longer blocks. */
#define PCAPNG_BLOCK_MAX (16u << 20)

struct block {
	uint8_t *p; /* NULL: only measured */
	size_t n;
	bool too_long; /* an option needs more than its 16 bits of length */
};

/* Memory that grows and is kept. */
struct store {
	uint8_t *p;
	size_t n;
	size_t size;
};

/* Makes room for @n bytes behind the first @s->n; NULL: no memory. */
uint8_t *store_room(struct store *s, size_t n);

void block_put(struct block *b, const void *data, size_t n);
void block_put16(struct block *b, uint16_t value);
void block_put32(struct block *b, uint32_t value);
/* The upper half first, whatever the byte order is. */
void block_put_time(struct block *b, int64_t ns);
/* Zeros up to a multiple of four. */
void block_pad(struct block *b);
void block_option(struct block *b, uint16_t code, const void *data, size_t n);
/* Nothing where @s is NULL. */
void block_string(struct block *b, uint16_t code, const char *s);
/* Ends options that began at @start, where there are any. */
void block_end_options(struct block *b, size_t start);

/*
 * Puts a block behind what is in @s. Returns 0, -ENOMEM, or -EMSGSIZE if
 * something in it is longer than the format allows.
 */
int block_build(struct store *s, uint32_t type,
		void (*fill)(struct block *b, const void *what),
		const void *what);

#endif
