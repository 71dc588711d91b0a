// SPDX-License-Identifier: BSD-2-Clause
#include "filter/facts.h"

#include <linux/filter.h>
#include <string.h>

#include "filter/graph_table.h"

/* Of one value, so that others are not crowded out. */
enum { SAME_MAX = 4 };

void facts_begin(struct facts *facts, bool equality_only)
{
	facts->variables = facts->somewhere = 0;
	facts->present = facts->n = facts->set_n = 0;
	facts->equality_only = equality_only;
}

void facts_copy(struct facts *to, const struct facts *from)
{
	uint64_t more = from->variables;

	to->variables = from->variables;
	to->somewhere = from->somewhere;
	to->present = from->present;
	to->n = from->n;
	to->set_n = from->set_n;
	to->equality_only = from->equality_only;
	memcpy(to->known, from->known, from->n * sizeof(from->known[0]));
	memcpy(to->sets, from->sets, from->set_n * sizeof(from->sets[0]));
	for (; more; more &= more - 1) {
		int k = __builtin_ctzll(more);

		to->value_of[k] = from->value_of[k];
	}
}

/*
 * The bytes @v needs, if being there is all it needs; UINT32_MAX if it can
 * fail in other ways.
 */
static uint32_t bytes_of(const struct filter_value *v)
{
	while (v->kind == FILTER_VALUE_NEG ||
	       (v->kind == FILTER_VALUE_ALU && filter_is_const(v->b) &&
		!filter_divides_by_zero(v)))
		v = v->a;
	switch (v->kind) {
	case FILTER_VALUE_CONST:
	case FILTER_VALUE_LENGTH:
	case FILTER_VALUE_VARIABLE:
		return 0;
	case FILTER_VALUE_LOAD:
		if (v->k >= (uint32_t)SKF_AD_OFF)
			return 0;
		return v->k <= INT32_MAX ? v->k + v->size : UINT32_MAX;
	case FILTER_VALUE_HEADER:
		return v->k <= INT32_MAX ? v->k + 1 : UINT32_MAX;
	default:
		return UINT32_MAX;
	}
}

static void drop(struct facts *facts, uint32_t at)
{
	facts->n--;
	memmove(&facts->known[at], &facts->known[at + 1],
		(facts->n - at) * sizeof(facts->known[0]));
}

/* Equalities tell most: they go last. */
static uint32_t least_useful(const struct facts *facts)
{
	for (uint32_t i = 0; i < facts->n; i++)
		if (facts->known[i].test->compare != FILTER_EQ ||
		    !facts->known[i].outcome)
			return i;
	return 0;
}

static void make_room(struct facts *facts, const struct filter_node *test,
		      bool outcome)
{
	uint32_t same = 0, oldest = 0;

	for (uint32_t i = facts->n; i--;) {
		const struct filter_node *old = facts->known[i].test;

		if (old->a != test->a)
			continue;
		if (facts_imply(test, outcome, old) ==
		    facts->known[i].outcome) {
			drop(facts, i);
			oldest -= same && oldest > i;
			continue;
		}
		same++;
		oldest = i;
	}
	if (same >= SAME_MAX)
		drop(facts, oldest);
	if (facts->n == FACTS_MAX)
		drop(facts, least_useful(facts));
}

static uint32_t more_present(uint32_t present, const struct filter_value *v)
{
	uint32_t bytes = bytes_of(v);

	return bytes != UINT32_MAX && bytes > present ? bytes : present;
}

/*
 * The alternatives that are left. If that is one, it is what is known instead
 * of the test; the one that was found if there is nothing else to say of it.
 */
static void narrow(struct facts *facts, const struct filter_node **test,
		   bool *outcome)
{
	const struct facts_set *found = facts_set_of(facts, (*test)->a);
	struct facts_set *set = &facts->sets[found ? found - facts->sets : 0];
	uint32_t n = 0;

	if (!found)
		return;
	for (uint32_t i = 0; i < set->n; i++)
		if (facts_imply(set->either[i], true, *test) == *outcome)
			set->either[n++] = set->either[i];
	if (n > 1) {
		set->n = n;
		return;
	}
	if (n) {
		*test = set->either[0];
		*outcome = true;
	}
	*set = facts->sets[--facts->set_n];
}

void facts_add(struct facts *facts, const struct filter_node *test,
	       bool outcome)
{
	facts->present = more_present(facts->present, test->a);
	facts->present = more_present(facts->present, test->b);
	if (facts_decide(facts, test) >= 0)
		return;
	narrow(facts, &test, &outcome);
	make_room(facts, test, outcome);
	facts->known[facts->n].test = test;
	facts->known[facts->n++].outcome = outcome;
}

void facts_let(struct facts *facts, const struct filter_node *let)
{
	bool nowhere = filter_is_const(let->a) && let->a->k == FILTER_NOWHERE;

	if (let->a->kind == FILTER_VALUE_VARIABLE)
		nowhere = !(facts->somewhere & let->a->variables);
	facts->somewhere &= ~let->b->variables;
	if (!nowhere)
		facts->somewhere |= let->b->variables;
	facts->present = more_present(facts->present, let->a);
	facts->variables |= let->b->variables;
	facts->value_of[let->b->k] = let->a;
}

static void meet_variables(struct facts *both, const struct facts *a,
			   const struct facts *b)
{
	uint64_t more = a->variables & b->variables;

	both->variables = more;
	both->somewhere = a->somewhere & b->somewhere;
	for (; more; more &= more - 1) {
		int k = __builtin_ctzll(more);

		both->value_of[k] = a->value_of[k] == b->value_of[k]
					    ? a->value_of[k]
					    : NULL;
	}
}

/* Puts all there is about @v in @facts into @set; false if that is nothing. */
static bool either_of(const struct facts *facts, const struct filter_value *v,
		      struct facts_set *set)
{
	const struct facts_set *found = facts_set_of(facts, v);

	if (found) {
		*set = *found;
		return true;
	}
	set->n = 0;
	for (uint32_t i = 0; i < facts->n; i++)
		if (facts->known[i].test->a == v && facts->known[i].outcome &&
		    facts->known[i].test->compare == FILTER_EQ &&
		    filter_is_const(facts->known[i].test->b))
			set->either[set->n++] = facts->known[i].test;
	return set->n == 1;
}

/* False if they are too many. */
static bool unite(struct facts_set *set, const struct facts_set *other)
{
	for (uint32_t i = 0; i < other->n; i++) {
		uint32_t j = 0;

		while (j < set->n && set->either[j]->b != other->either[i]->b)
			j++;
		if (j < set->n)
			continue;
		if (set->n == FACTS_EITHER)
			return false;
		set->either[set->n++] = other->either[i];
	}
	return true;
}

static void meet_value(struct facts *both, const struct filter_value *v,
		       const struct facts *a, const struct facts *b)
{
	struct facts_set set, other;

	if (both->set_n == FACTS_SETS || facts_set_of(both, v) ||
	    !either_of(a, v, &set) || !either_of(b, v, &other))
		return;
	if (unite(&set, &other) && set.n > 1)
		both->sets[both->set_n++] = set;
}

static void meet_sets(struct facts *both, const struct facts *a,
		      const struct facts *b)
{
	for (uint32_t i = 0; i < a->set_n; i++)
		meet_value(both, a->sets[i].either[0]->a, a, b);
	for (uint32_t i = 0; i < a->n; i++)
		if (a->known[i].outcome &&
		    a->known[i].test->compare == FILTER_EQ)
			meet_value(both, a->known[i].test->a, a, b);
}

/* Ways that meet have often begun as one; how many facts are from there. */
static uint32_t add_same(struct facts *both, const struct facts *a,
			 const struct facts *b)
{
	uint32_t n = 0;

	while (n < a->n && n < b->n && a->known[n].test == b->known[n].test &&
	       a->known[n].outcome == b->known[n].outcome) {
		both->known[n] = a->known[n];
		n++;
	}
	both->n = n;
	return n;
}

void facts_meet(struct facts *facts, const struct facts *other)
{
	struct facts both;
	uint32_t same;
	const struct facts *from[2] = { facts, other };

	both.present = facts->present < other->present ? facts->present
						       : other->present;
	both.n = both.set_n = 0;
	both.equality_only = facts->equality_only;
	meet_variables(&both, facts, other);
	same = add_same(&both, facts, other);
	for (int i = 0; i < 2; i++) {
		for (uint32_t j = same; j < from[i]->n; j++) {
			const struct filter_node *test = from[i]->known[j].test;
			bool outcome = from[i]->known[j].outcome;

			if (both.n < FACTS_MAX &&
			    facts_decide(from[!i], test) == outcome &&
			    facts_decide(&both, test) < 0) {
				both.known[both.n].test = test;
				both.known[both.n++].outcome = outcome;
			}
		}
	}
	meet_sets(&both, facts, other);
	facts_copy(facts, &both);
}

/* Was it computed on every way here, or are the bytes it needs @present? */
static bool was_computed(const struct facts *facts, uint32_t present,
			 const struct filter_value *v)
{
	uint64_t more = facts->variables;

	if (bytes_of(v) <= present)
		return true;
	for (uint32_t i = 0; i < facts->n; i++)
		if (facts->known[i].test->a == v ||
		    facts->known[i].test->b == v)
			return true;
	for (; more; more &= more - 1)
		if (facts->value_of[__builtin_ctzll(more)] == v)
			return true;
	return false;
}

bool facts_are_sure(const struct facts *facts, const struct filter_node *test)
{
	return was_computed(facts, facts->present, test->a) &&
	       was_computed(facts, facts->present, test->b);
}

bool facts_can_skip(const struct facts *facts, const struct filter_node *test,
		    const struct filter_node *to)
{
	uint32_t present = facts->present;

	if (to->compare == FILTER_RETURN) {
		if (filter_is_reject(to))
			return true;
	} else {
		present = more_present(present, to->a);
		present = more_present(present, to->b);
	}
	return was_computed(facts, present, test->a) &&
	       was_computed(facts, present, test->b);
}
