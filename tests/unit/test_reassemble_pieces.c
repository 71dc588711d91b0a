// SPDX-License-Identifier: BSD-2-Clause
/* Pieces that come in a bad order: where they are, how far a search goes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "reassemble/pieces.h"

enum { PIECES = 20000, SPACE = 2 };

struct heap {
	struct pool pool;
	struct pieces pieces;
	void *memory;
};

/* Every other byte, so that each is a block of its own. */
static void fill(struct heap *heap)
{
	static uint32_t order[PIECES];
	struct pieces_seen seen;
	uint32_t x = 1;

	memset(heap, 0, sizeof(*heap));
	heap->memory = malloc((size_t)PIECES * BLOCK_SIZE);
	assert_non_null(heap->memory);
	pool_init(&heap->pool, heap->memory, PIECES);
	for (uint32_t i = 0; i < PIECES; i++)
		order[i] = i;
	for (uint32_t i = PIECES - 1; i; i--) {
		uint32_t other, old = order[i];

		x = x * 1103515245 + 12345;
		other = (x >> 8) % (i + 1);
		order[i] = order[other];
		order[other] = old;
	}
	for (uint32_t i = 0; i < PIECES; i++) {
		uint8_t byte = (uint8_t)order[i];

		assert_true(pieces_add(&heap->pool, &heap->pieces,
				       (uint64_t)order[i] * SPACE,
				       (struct bytes){ &byte, 1 },
				       PKTCAP_OVERLAP_FIRST, &seen));
		assert_int_equal(seen.known, 0);
	}
	assert_int_equal(heap->pieces.blocks, PIECES);
}

/* All of them come out in order, and nothing is left in any list. */
static void test_order(void **state)
{
	struct heap heap;

	(void)state;
	fill(&heap);
	for (uint32_t i = 0; i < PIECES; i++) {
		const struct block *block =
			block_of(&heap.pool, heap.pieces.first);

		assert_int_equal(block->at, (uint64_t)i * SPACE);
		assert_int_equal(block->data[0], (uint8_t)i);
		pieces_shift(&heap.pool, &heap.pieces);
	}
	assert_int_equal(heap.pieces.first, 0);
	assert_int_equal(heap.pool.used, 0);
	for (int i = 0; i < SKIPS; i++)
		assert_int_equal(heap.pieces.skips[i], 0);
	free(heap.memory);
}

/*
 * What is between two of a list in the list below, at most: 7 of 8 have no
 * skip, so that 300 in a row come once in 10^13 times.
 */
static void test_skips(void **state)
{
	enum { FEW = 300 };
	struct heap heap;
	uint32_t below, run, number;

	(void)state;
	fill(&heap);
	for (int i = 0; i < SKIPS; i++) {
		number = heap.pieces.skips[i];
		below = i ? heap.pieces.skips[i - 1] : heap.pieces.first;
		for (run = 0; below; run++) {
			assert_in_range(run, 0, FEW);
			if (below == number) {
				run = 0;
				number = heap.pool.skips[(number - 1) * SKIPS +
							 (uint32_t)i];
			}
			below = i ? heap.pool.skips[(below - 1) * SKIPS +
						    (uint32_t)i - 1]
				  : block_of(&heap.pool, below)->next;
		}
		/* It has no block that the one below has not. */
		assert_int_equal(number, 0);
	}
	free(heap.memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_skips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
