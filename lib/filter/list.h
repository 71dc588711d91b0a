/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists from outside of the expression: what "@NAME" stands for.
 *
 * Their bytes are numbered on behind those of any expression, so that an
 * operand's offset tells which list it is from, and which line of it.
 */
#ifndef FILTER_LIST_H
#define FILTER_LIST_H

#include <pktcap/filter.h>

#include "filter/ast.h"

struct filter_list;

struct filter_lists {
	struct filter_list *first;
	size_t end; /* of the numbers taken so far */
};

/*
 * Puts what the lists hold where @ast names them. 0, a negative errno of
 * @opts->list, -EINVAL for a fault in a list, -E2BIG for one that is too long,
 * -ENOMEM; @error then tells.
 */
int filter_lists_read(struct filter_lists *lists, struct arena *arena,
		      struct ast *ast, const struct pktcap_filter_opts *opts,
		      struct pktcap_error *error);

/*
 * Fills @error, which may be NULL, for a fault at @offset, of the expression
 * or of one of @lists, which may be NULL. Returns @code.
 */
int filter_lists_fault(const struct filter_lists *lists, uint32_t offset,
		       int code, const char *message,
		       struct pktcap_error *error);

#endif
