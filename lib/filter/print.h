/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef FILTER_PRINT_H
#define FILTER_PRINT_H

#include "filter/token.h"

/* " = " and so on. */
const char *print_compare(enum ast_compare compare);

/* A primitive with all its qualifiers and operands. */
void print_primitive(const struct ast *ast, struct text *text);
void print_operands(struct text *text, const struct ast *ast,
		    const char *between);

/* The same as a sentence: "the source TCP port is 80". FILTER_* in @flags. */
void explain_primitive(const struct ast *ast, uint32_t flags,
		       struct text *text);

#endif
