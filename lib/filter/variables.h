/* SPDX-License-Identifier: BSD-2-Clause */
/* Which word of scratch memory a variable is in. */
#ifndef FILTER_VARIABLES_H
#define FILTER_VARIABLES_H

#include "filter/graph.h"

/*
 * Places the variables that @nodes set, from the last word downward. Those
 * that are not needed at one time share words, and a copy of a variable has
 * its word, if that can be. Return: how many words, or -ENOSPC over @max.
 */
int filter_place_variables(const struct filter_node *const *nodes, size_t n,
			   uint32_t max, uint8_t word_of[FILTER_VARIABLES]);

#endif
