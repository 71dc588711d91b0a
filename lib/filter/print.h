/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef FILTER_PRINT_H
#define FILTER_PRINT_H

#include "filter/token.h"

/* " = " and so on. */
const char *print_compare(enum ast_compare compare);

/* A primitive with all its qualifiers and operands. */
void print_primitive(const struct ast *ast, struct text *text);

#endif
