// SPDX-License-Identifier: BSD-2-Clause
#include "reassemble/pieces.h"

#include <string.h>

#include "base/hash.h"

void pool_init(struct pool *pool, void *memory, uint32_t blocks)
{
	*pool = (struct pool){ .blocks = memory, .count = blocks };
	pool->skips = (uint32_t *)(void *)(pool->blocks + blocks);
}

static uint32_t take_block(struct pool *pool)
{
	uint32_t number = pool->free;

	if (number)
		pool->free = block_of(pool, number)->next;
	else if (pool->fresh < pool->count)
		number = ++pool->fresh;
	else
		return 0;
	pool->used++;
	return number;
}

static void give_block(struct pool *pool, uint32_t number)
{
	block_of(pool, number)->next = pool->free;
	pool->free = number;
	pool->used--;
}

/*
 * In how many of the other lists a block is. It must not be known outside, or
 * somebody could send pieces such that a long part of a list has no skips.
 */
static unsigned int skips_of(const struct pool *pool, uint32_t number)
{
	uint64_t random = hash_mix(number + (uintptr_t)pool->blocks);
	unsigned int n = 0;

	for (; n < SKIPS && !(random & 7); n++)
		random >>= 3;
	return n;
}

/* What follows block @number (0: the beginning) in list @i of the others. */
static uint32_t *skip_of(const struct pool *pool, struct pieces *pieces,
			 uint32_t number, unsigned int i)
{
	return number ? &pool->skips[(number - 1) * (size_t)SKIPS + i]
		      : &pieces->skips[i];
}

static uint32_t skip_after(const struct pool *pool, const struct pieces *pieces,
			   uint32_t number, unsigned int i)
{
	return number ? pool->skips[(number - 1) * (size_t)SKIPS + i]
		      : pieces->skips[i];
}

/* Puts a block that is in the first list into the others. */
static void link_skips(const struct pool *pool, struct pieces *pieces,
		       uint32_t number)
{
	unsigned int n = skips_of(pool, number);
	uint64_t at = block_of(pool, number)->at;
	uint32_t before = 0, *link;

	for (unsigned int i = n ? SKIPS : 0; i--;) {
		link = skip_of(pool, pieces, before, i);
		while (*link && block_of(pool, *link)->at < at) {
			before = *link;
			link = skip_of(pool, pieces, before, i);
		}
		if (i < n) {
			*skip_of(pool, pieces, number, i) = *link;
			*link = number;
		}
	}
}

static uint64_t block_end(const struct block *block)
{
	return block->at + block->len;
}

/* The part of @data, which begins at @at, from @from up to @to. */
static struct bytes part(struct bytes data, uint64_t at, uint64_t from,
			 uint64_t to)
{
	return bytes_slice(data, (size_t)(from - at), (size_t)(to - from));
}

/* Bytes from @at on that go into the room behind those in front of them. */
static struct bytes append(struct pool *pool, struct pieces *pieces,
			   uint32_t number, uint64_t at, struct bytes data)
{
	struct block *block = block_of(pool, number);
	size_t n;

	if (!block || block_end(block) != at)
		return data;
	n = BLOCK_DATA - block->len;
	if (n > data.n)
		n = data.n;
	memcpy(block->data + block->len, data.p, n);
	block->len += (uint32_t)n;
	pieces->bytes += (uint32_t)n;
	return bytes_slice(data, n, SIZE_MAX);
}

/* Behind @before (0: as the first) blocks with @data; the last one's number. */
static bool insert(struct pool *pool, struct pieces *pieces, uint32_t *before,
		   uint64_t at, struct bytes data)
{
	uint64_t end = at + data.n;

	data = append(pool, pieces, *before, at, data);
	at = end - data.n;
	while (data.n) {
		uint32_t number = take_block(pool);
		uint32_t *link = *before ? &block_of(pool, *before)->next
					 : &pieces->first;
		struct block *block = block_of(pool, number);
		size_t n = data.n < BLOCK_DATA ? data.n : BLOCK_DATA;

		if (!number)
			return false;
		block->at = at;
		block->len = (uint32_t)n;
		block->next = *link;
		memcpy(block->data, data.p, n);
		*link = number;
		if (!block->next)
			pieces->last = number;
		pieces->bytes += (uint32_t)n;
		pieces->blocks++;
		link_skips(pool, pieces, number);
		*before = number;
		at += n;
		data = bytes_slice(data, n, SIZE_MAX);
	}
	return true;
}

/* The last block that begins in front of @at, 0 if none does. */
static uint32_t find_before(const struct pool *pool,
			    const struct pieces *pieces, uint64_t at)
{
	uint32_t before = 0, number;

	/* Most pieces come in order. */
	if (pieces->last && block_of(pool, pieces->last)->at < at)
		return pieces->last;
	for (unsigned int i = SKIPS; i--;)
		while ((number = skip_after(pool, pieces, before, i)) &&
		       block_of(pool, number)->at < at)
			before = number;
	number = before ? block_of(pool, before)->next : pieces->first;
	while (number && block_of(pool, number)->at < at) {
		before = number;
		number = block_of(pool, number)->next;
	}
	return before;
}

/* What a block and these bytes have in common, from *from up to *to. */
static bool common(const struct block *block, uint64_t at, uint64_t end,
		   uint64_t *from, uint64_t *to)
{
	*from = block->at > at ? block->at : at;
	*to = block_end(block) < end ? block_end(block) : end;
	return *from < *to;
}

struct pieces_seen pieces_look(const struct pool *pool,
			       const struct pieces *pieces, uint64_t at,
			       struct bytes data)
{
	uint32_t number = find_before(pool, pieces, at);
	struct pieces_seen seen = { 0, false };
	uint64_t end = at + data.n, from, to;

	if (!number)
		number = pieces->first;
	for (; number && block_of(pool, number)->at < end;
	     number = block_of(pool, number)->next) {
		const struct block *block = block_of(pool, number);

		if (!common(block, at, end, &from, &to))
			continue;
		seen.known += (uint32_t)(to - from);
		if (memcmp(block->data + (from - block->at),
			   part(data, at, from, to).p,
			   (size_t)(to - from)) != 0)
			seen.differs = true;
	}
	return seen;
}

bool pieces_add(struct pool *pool, struct pieces *pieces, uint64_t at,
		struct bytes data, uint32_t overlap, struct pieces_seen *seen)
{
	uint32_t before = find_before(pool, pieces, at);
	uint64_t end = at + data.n, done = at, from, to;

	*seen = pieces_look(pool, pieces, at, data);
	if (overlap == PKTCAP_OVERLAP_REJECT && seen->differs)
		return true;
	/* Each block in turn: what is in front of it is new. */
	for (uint32_t number = before ? before : pieces->first; done < end;
	     number = block_of(pool, number)->next) {
		struct block *block = block_of(pool, number);
		uint64_t stop = block && block->at < end ? block->at : end;

		if (stop > done) {
			if (!insert(pool, pieces, &before, done,
				    part(data, at, done, stop)))
				return false;
			done = stop;
		}
		if (!block || block->at >= end)
			break;
		if (common(block, done, end, &from, &to)) {
			if (overlap == PKTCAP_OVERLAP_LAST)
				memcpy(block->data + (from - block->at),
				       part(data, at, from, to).p,
				       (size_t)(to - from));
			done = to;
		}
		before = number;
	}
	return true;
}

void pieces_shift(struct pool *pool, struct pieces *pieces)
{
	uint32_t number = pieces->first;
	const struct block *block = block_of(pool, number);

	for (unsigned int i = 0; i < skips_of(pool, number); i++)
		pieces->skips[i] = *skip_of(pool, pieces, number, i);
	pieces->first = block->next;
	pieces->bytes -= block->len;
	pieces->blocks--;
	if (!pieces->first)
		pieces->last = 0;
	give_block(pool, number);
}

void pieces_free(struct pool *pool, struct pieces *pieces)
{
	while (pieces->first)
		pieces_shift(pool, pieces);
}
