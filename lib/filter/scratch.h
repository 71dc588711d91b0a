/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which values are worth a word of scratch memory, and which word.
 */
#ifndef FILTER_SCRATCH_H
#define FILTER_SCRATCH_H

#include "filter/graph.h"

struct scratch_plan {
	uint8_t *word_of; /* by id of a value: its word plus one, 0 for none */
	uint32_t words;	  /* that are used */
	uint32_t values;  /* that have one */
};

/*
 * Plans for @n nodes in the order in which they will be in the program. Nodes
 * that need two values at once never find them in the same word. At most
 * @words_max are used. Returns false if there is no memory.
 */
bool scratch_plan(struct scratch_plan *plan, struct arena *arena,
		  const struct filter_node *const *nodes, size_t n,
		  const struct filter_graph *g, uint32_t words_max);

/*
 * Takes the word from values that were found there too seldom, by @hits (by
 * id). Returns true if there were some.
 */
bool scratch_prune(struct scratch_plan *plan, const uint32_t *hits,
		   const struct filter_graph *g);

#endif
