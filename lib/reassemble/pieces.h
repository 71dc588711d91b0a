/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bytes that wait for others, in blocks of one pool: each list of blocks is in
 * the order of its bytes and without an overlap. Nothing is allocated.
 *
 * It is a skip list (Pugh, 1990): an eighth of the blocks is in another list,
 * too, an eighth of these in a third one, ... So whoever sends many pieces in a
 * bad order does not make each of the next ones cost a walk over all of them.
 */
#ifndef REASSEMBLE_PIECES_H
#define REASSEMBLE_PIECES_H

#include <pktcap/reassemble.h>

#include "base/bytes.h"

enum { BLOCK_DATA = 496, SKIPS = 4 };

/* Blocks are called by numbers from 1 on; 0 is none. */
struct block {
	uint64_t at; /* of its first byte */
	uint32_t next;
	uint32_t len;
	uint8_t data[BLOCK_DATA];
};

struct pool {
	struct block *blocks;
	uint32_t *skips; /* SKIPS for each block: what follows it in these */
	uint32_t count;
	uint32_t used;
	uint32_t free;	/* first of those given back */
	uint32_t fresh; /* those from here on were never in use */
};

struct pieces {
	uint32_t first;
	uint32_t skips[SKIPS];
	uint32_t last;
	uint32_t bytes;
	uint32_t blocks;
};

/* What adding has found. */
struct pieces_seen {
	uint32_t known; /* bytes that were there already */
	bool differs;	/* and were others */
};

/* What a block takes of the pool's memory. */
enum { BLOCK_SIZE = sizeof(struct block) + SKIPS * sizeof(uint32_t) };

/* @memory is @blocks times BLOCK_SIZE; its address decides what is skipped. */
void pool_init(struct pool *pool, void *memory, uint32_t blocks);

static inline struct block *block_of(const struct pool *pool, uint32_t number)
{
	return number ? &pool->blocks[number - 1] : NULL;
}

/*
 * Adds those of @n bytes that are new, and with LAST changes the others, too;
 * false if the pool had not enough blocks. Then a part was added: adding the
 * same again later does no harm. With REJECT nothing is added where @seen
 * tells of known bytes that differ.
 */
bool pieces_add(struct pool *pool, struct pieces *pieces, uint64_t at,
		struct bytes data, uint32_t overlap, struct pieces_seen *seen);

/* What of these bytes is there already. */
struct pieces_seen pieces_look(const struct pool *pool,
			       const struct pieces *pieces, uint64_t at,
			       struct bytes data);

/* Gives back the first block. */
void pieces_shift(struct pool *pool, struct pieces *pieces);
void pieces_free(struct pool *pool, struct pieces *pieces);

#endif
