/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is known about a packet at some place of the graph: the outcomes of
 * tests on every way there, and how many of its bytes were seen.
 */
#ifndef FILTER_FACTS_H
#define FILTER_FACTS_H

#include "filter/graph.h"

enum {
	FACTS_MAX = 16,
	FACTS_SETS = 4,	 /* values of which alternatives are known */
	FACTS_EITHER = 6 /* alternatives of one */
};

/* Tests for equality of one value with constants: one of them holds. */
struct facts_set {
	const struct filter_node *either[FACTS_EITHER];
	uint32_t n; /* two at least */
};

/* facts_copy() leaves out what is not used of the arrays. */
struct facts {
	uint64_t variables; /* that were set: a bit for each */
	uint64_t somewhere; /* those that are not FILTER_NOWHERE */
	uint32_t present;   /* bytes that are surely there */
	uint32_t n, set_n;
	/* Only a test that was made before, or "==" another constant, decides.
	 */
	bool equality_only;
	struct {
		const struct filter_node *test; /* where it leads is ignored */
		bool outcome;
	} known[FACTS_MAX];
	struct facts_set sets[FACTS_SETS];
	/* Of variables that were set: what to, where all ways agree, or NULL.
	 * As long as there are variables. */
	const struct filter_value *value_of[FILTER_VARIABLES];
};

/* Nothing is known. */
void facts_begin(struct facts *facts, bool equality_only);

void facts_copy(struct facts *to, const struct facts *from);

/* 1 or 0 if the outcome of @test is known, -1 if not: never for FILTER_KNOWN.
 */
int facts_decide(const struct facts *facts, const struct filter_node *test);

/* The same from one fact alone, of a test that is not FILTER_KNOWN. */
int facts_imply(const struct filter_node *known, bool outcome,
		const struct filter_node *test);

/* The alternatives for @v; NULL if none are known. */
const struct facts_set *facts_set_of(const struct facts *facts,
				     const struct filter_value *v);

/* What is known behind the FILTER_LET. */
void facts_let(struct facts *facts, const struct filter_node *let);

/* What is known behind @test, if this is its outcome. */
void facts_add(struct facts *facts, const struct filter_node *test,
	       bool outcome);

/* Leaves what is known from @other, too. */
void facts_meet(struct facts *facts, const struct facts *other);

/* Was all that the test needs computed on every way here? */
bool facts_are_sure(const struct facts *facts, const struct filter_node *test);

/* Is leaving out the test, both ways of which lead to @to, sure not to matter?
 */
bool facts_can_skip(const struct facts *facts, const struct filter_node *test,
		    const struct filter_node *to);

#endif
