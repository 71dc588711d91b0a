/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is known about a packet at some place of the graph: the outcomes of
 * tests on every way there, and how many of its bytes were seen.
 */
#ifndef FILTER_FACTS_H
#define FILTER_FACTS_H

#include "filter/graph.h"

enum { FACTS_MAX = 16 };

struct facts {
	struct {
		const struct filter_node *test; /* where it leads is ignored */
		bool outcome;
	} known[FACTS_MAX];
	uint32_t n;
	uint32_t present;   /* bytes that are surely there */
	uint64_t variables; /* that were set: a bit for each */
	/* What they are, where that is the same on all ways, or NULL. */
	const struct filter_value *value_of[FILTER_VARIABLES];
};

/* 1 or 0 if the outcome of @test is known, -1 if not: never for FILTER_KNOWN.
 */
int facts_decide(const struct facts *facts, const struct filter_node *test);

/* What is known behind the FILTER_LET. */
void facts_let(struct facts *facts, const struct filter_node *let);

/* What is known behind @test, if this is its outcome. */
void facts_add(struct facts *facts, const struct filter_node *test,
	       bool outcome);

/* Leaves what is known from @other, too. */
void facts_meet(struct facts *facts, const struct facts *other);

/* Is leaving out the test, both ways of which lead to @to, sure not to matter?
 */
bool facts_can_skip(const struct facts *facts, const struct filter_node *test,
		    const struct filter_node *to);

#endif
