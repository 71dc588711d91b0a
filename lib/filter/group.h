/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of one value, side by side. */
#ifndef FILTER_GROUP_H
#define FILTER_GROUP_H

#include "filter/graph.h"

/*
 * Puts tests of one value together in each row of "or" or "and", so that it is
 * loaded once. @sure says of each node, by id, that its test cannot fail on any
 * way there, or that it does not matter; the others stay where they are. There
 * is no FILTER_KNOWN any more. Returns @root if there is nothing to do, or no
 * memory; NULL only as constructors.
 */
const struct filter_node *filter_group(struct filter_graph *g,
				       struct arena *arena,
				       const struct filter_node *root,
				       const bool *sure);

#endif
