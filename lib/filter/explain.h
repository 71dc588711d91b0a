/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef FILTER_EXPLAIN_H
#define FILTER_EXPLAIN_H

#include "filter/ast.h"

/*
 * The tree for people: the whole expression with everything that was left out
 * filled in, and below it what it asks for, a condition on each line. NULL is
 * the empty expression, FILTER_* in @flags. 0 or -ENOMEM.
 */
int filter_explain(struct arena *scratch, const struct ast *ast, uint32_t flags,
		   struct text *out);

#endif
