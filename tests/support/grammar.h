/* SPDX-License-Identifier: BSD-2-Clause */
/* Expressions of pcap-filter(7) by the thousand, from its grammar. */
#ifndef TESTS_SUPPORT_GRAMMAR_H
#define TESTS_SUPPORT_GRAMMAR_H

#include <stdint.h>

enum { GRAMMAR_MAX = 400 };

/*
 * Writes the expression that @seed stands for, the same everywhere. About one
 * in ten has a word too many, too few or in the wrong place.
 */
void grammar_expression(uint32_t seed, char out[GRAMMAR_MAX]);

#endif
