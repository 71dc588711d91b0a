// SPDX-License-Identifier: BSD-2-Clause
/* What follows from facts. */
#include "filter/facts.h"

#include "bpf/compute.h"
#include "filter/graph_table.h"

/* Copies of variables and operations to look through. */
enum { CHAIN_MAX = 8 };

/* Does a value that is @k1 or more decide the test? */
static int decide_above(uint32_t k1, uint32_t compare, uint32_t k2)
{
	if (compare == FILTER_EQ && k2 < k1)
		return 0;
	if (compare == FILTER_GT && k2 < k1)
		return 1;
	return -1;
}

/* The same for one that is @k1 at most. */
static int decide_below(uint32_t k1, uint32_t compare, uint32_t k2)
{
	if (compare == FILTER_EQ && k2 > k1)
		return 0;
	if (compare == FILTER_GT && k2 >= k1)
		return 0;
	if (compare == FILTER_SET && !(k2 & filter_ones(k1)))
		return 0;
	return -1;
}

/* One of the bits of @k1 is set. */
static int decide_set(uint32_t k1, uint32_t compare, uint32_t k2)
{
	if (compare == FILTER_EQ && !(k1 & k2))
		return 0;
	if (compare == FILTER_SET && !(k1 & ~k2))
		return 1;
	return -1;
}

static int decide_clear(uint32_t k1, uint32_t compare, uint32_t k2)
{
	if (compare == FILTER_EQ && k1 & k2)
		return 0;
	if (compare == FILTER_SET && !(k2 & ~k1))
		return 0;
	return -1;
}

/* Both compare the same value with a constant. */
static int decide_constant(uint32_t known, uint32_t k1, bool outcome,
			   uint32_t compare, uint32_t k2)
{
	switch (known) {
	case FILTER_EQ:
		if (outcome)
			return filter_holds(compare, k1, k2);
		return compare == FILTER_EQ && k1 == k2 ? 0 : -1;
	case FILTER_GT: /* of UINT32_MAX there is none */
		return outcome ? decide_above(k1 + 1, compare, k2)
			       : decide_below(k1, compare, k2);
	case FILTER_SET:
		return outcome ? decide_set(k1, compare, k2)
			       : decide_clear(k1, compare, k2);
	default:
		return -1;
	}
}

int facts_imply(const struct filter_node *known, bool outcome,
		const struct filter_node *test)
{
	if (known->a != test->a)
		return -1;
	if (known->b == test->b && known->compare == test->compare)
		return outcome;
	if (!filter_is_const(known->b) || !filter_is_const(test->b))
		return -1;
	return decide_constant(known->compare, known->b->k, outcome,
			       test->compare, test->b->k);
}

const struct facts_set *facts_set_of(const struct facts *facts,
				     const struct filter_value *v)
{
	for (uint32_t i = 0; i < facts->set_n; i++)
		if (facts->sets[i].either[0]->a == v)
			return &facts->sets[i];
	return NULL;
}

/* What all alternatives say. */
static int decide_by_set(const struct facts_set *set,
			 const struct filter_node *test)
{
	int outcome = facts_imply(set->either[0], true, test);

	for (uint32_t i = 1; i < set->n && outcome >= 0; i++)
		if (facts_imply(set->either[i], true, test) != outcome)
			return -1;
	return outcome;
}

/* As facts_imply(), with no more wit than libpcap's optimizer has. */
static int decide_equal(const struct filter_node *known, bool outcome,
			const struct filter_node *test)
{
	if (known->compare != test->compare)
		return -1;
	if (known->b == test->b)
		return outcome;
	return known->compare == FILTER_EQ && outcome &&
			       filter_is_const(known->b) &&
			       filter_is_const(test->b)
		       ? 0
		       : -1;
}

static int decide_known(const struct facts *facts, uint32_t i,
			const struct filter_node *test)
{
	const struct filter_node *known = facts->known[i].test;
	bool outcome = facts->known[i].outcome;

	if (known->a != test->a)
		return -1;
	return facts->equality_only ? decide_equal(known, outcome, test)
				    : facts_imply(known, outcome, test);
}

static int decide_plain(const struct facts *facts,
			const struct filter_node *test)
{
	const struct facts_set *set = facts_set_of(facts, test->a);

	for (uint32_t i = 0; i < facts->n; i++) {
		int outcome = decide_known(facts, i, test);

		if (outcome >= 0)
			return outcome;
	}
	if (!set || (facts->equality_only && test->compare != FILTER_EQ))
		return -1;
	return decide_by_set(set, test);
}

/* Of what is computed with constants from a variable that is one. */
static bool constant_of(const struct facts *facts, const struct filter_value *v,
			uint32_t *k)
{
	const struct filter_value *operations[CHAIN_MAX];
	uint32_t n = 0;

	for (uint32_t i = 0; v && i < CHAIN_MAX; i++) {
		if (filter_is_const(v)) {
			*k = v->k;
			while (n--)
				*k = bpf_compute(operations[n]->op, *k,
						 operations[n]->b->k);
			return true;
		}
		if (v->kind == FILTER_VALUE_VARIABLE) {
			v = facts->variables & v->variables
				    ? facts->value_of[v->k]
				    : NULL;
			continue;
		}
		if (v->kind != FILTER_VALUE_ALU || !filter_is_const(v->b) ||
		    filter_divides_by_zero(v))
			return false;
		operations[n++] = v;
		v = v->a;
	}
	return false;
}

static bool asks_nowhere(const struct filter_node *test)
{
	return test->compare == FILTER_EQ && filter_is_const(test->b) &&
	       test->b->k == FILTER_NOWHERE &&
	       test->a->kind == FILTER_VALUE_VARIABLE;
}

int facts_decide(const struct facts *facts, const struct filter_node *test)
{
	struct filter_node same;
	int outcome;
	uint32_t k;

	if (test->compare == FILTER_KNOWN)
		return (facts->variables & test->a->variables) != 0;
	if (asks_nowhere(test) && facts->somewhere & test->a->variables)
		return 0;
	outcome = decide_plain(facts, test);
	if (outcome >= 0 || facts->equality_only ||
	    !(facts->variables & test->a->variables))
		return outcome;
	if (filter_is_const(test->b) && constant_of(facts, test->a, &k))
		return filter_holds(test->compare, k, test->b->k);
	if (test->a->kind != FILTER_VALUE_VARIABLE)
		return -1;
	same = *test;
	same.a = facts->value_of[test->a->k];
	if (!same.a || !filter_is_const(test->b))
		return -1;
	return decide_plain(facts, &same);
}
