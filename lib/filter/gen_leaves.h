/* SPDX-License-Identifier: BSD-2-Clause */
/* The tests of an expression, one behind the other. */
#ifndef FILTER_GEN_LEAVES_H
#define FILTER_GEN_LEAVES_H

#include "filter/gen.h"

/* A test, or an inner(), which comes before what is in it. */
struct gen_leaf {
	struct gen_leaf *before, *after;
	const struct ast *ast;
	const struct gen_layer *layer; /* how the packet is looked at */
	uint32_t depth;		       /* how many inner() are around it */
	uint64_t known; /* variables that are set before, a bit for each */
};

/* All of them, the last one first. False with g->status. */
bool gen_list_leaves(struct gen *g, const struct ast *root,
		     struct gen_leaf **last);

/* One of them; of an inner(), w.t is what is in it. */
const struct filter_node *gen_leaf(struct gen *g, const struct gen_leaf *leaf,
				   struct gen_ways w);

#endif
