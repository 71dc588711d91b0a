/* SPDX-License-Identifier: BSD-2-Clause */
/* Why no packet can match, as far as that can be told from the expression. */
#ifndef FILTER_NEVER_H
#define FILTER_NEVER_H

#include "filter/ast.h"

/* Whether a part of the expression, alone, can never match. */
typedef bool (*filter_never_fn)(void *user, const struct ast *part);

/*
 * Fills @error, which may be NULL, and returns -ENOMSG. Without @never the part
 * that is to blame is not looked for. @flags are those of the parser; the arena
 * of the expression lends memory.
 */
int filter_never(const struct ast *root, uint32_t flags, struct arena *arena,
		 filter_never_fn never, void *user, struct pktcap_error *error);

#endif
