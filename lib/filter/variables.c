// SPDX-License-Identifier: BSD-2-Clause
#include "filter/variables.h"

#include <errno.h>
#include <linux/filter.h>

#include "filter/graph_table.h"

struct places {
	/* A bit for each variable that is needed while this one is. */
	uint64_t conflicts[FILTER_VARIABLES];
	/* Those that are in one word, kept at the first of them. */
	uint64_t members[FILTER_VARIABLES];
	uint32_t first[FILTER_VARIABLES];
};

static bool is_copy(const struct filter_node *let)
{
	return let->a->kind == FILTER_VALUE_VARIABLE;
}

/* What is needed behind the LET conflicts, but for what is equal. */
static void add_conflicts(struct places *p, const struct filter_node *let)
{
	uint32_t k = let->b->k;
	uint64_t others = let->t->variables & ~let->b->variables;

	if (is_copy(let))
		others &= ~let->a->variables;
	p->conflicts[k] |= others;
	for (uint32_t i = 0; others; i++, others >>= 1)
		if (others & 1)
			p->conflicts[i] |= let->b->variables;
}

static void join(struct places *p, uint32_t k, uint32_t other)
{
	uint32_t one = p->first[k], two = p->first[other];

	k = one < two ? one : two;
	other = one < two ? two : one;
	if (k == other || p->conflicts[k] & p->members[other])
		return;
	p->conflicts[k] |= p->conflicts[other];
	p->members[k] |= p->members[other];
	for (uint32_t i = 0; i < FILTER_VARIABLES; i++)
		if (p->members[other] >> i & 1)
			p->first[i] = k;
}

static int give_words(const struct places *p, uint64_t set, uint32_t max,
		      uint8_t word_of[FILTER_VARIABLES])
{
	uint64_t in_word[BPF_MEMWORDS] = { 0 };
	uint32_t words = 0;

	for (uint32_t k = 0; k < FILTER_VARIABLES; k++) {
		uint32_t word = 0;

		if (!(set >> k & 1))
			continue;
		if (p->first[k] != k) {
			word_of[k] = word_of[p->first[k]];
			continue;
		}
		while (word < max && in_word[word] & p->conflicts[k])
			word++;
		if (word == max)
			return -ENOSPC;
		in_word[word] |= p->members[k];
		word_of[k] = (uint8_t)(BPF_MEMWORDS - 1 - word);
		words = word < words ? words : word + 1;
	}
	return (int)words;
}

static uint64_t set_by(const struct filter_node *const *nodes, size_t n)
{
	uint64_t set = 0;

	for (size_t i = 0; i < n; i++)
		if (nodes[i]->compare == FILTER_LET)
			set |= nodes[i]->b->variables;
	return set;
}

int filter_place_variables(const struct filter_node *const *nodes, size_t n,
			   uint32_t max, uint8_t word_of[FILTER_VARIABLES])
{
	struct places p;
	uint64_t set = set_by(nodes, n);

	if (!set)
		return 0;
	p = (struct places){ .first = { 0 } };
	for (uint32_t k = 0; k < FILTER_VARIABLES; k++) {
		p.first[k] = k;
		p.members[k] = UINT64_C(1) << k;
	}
	for (size_t i = 0; i < n; i++)
		if (nodes[i]->compare == FILTER_LET)
			add_conflicts(&p, nodes[i]);
	for (size_t i = 0; i < n; i++)
		if (nodes[i]->compare == FILTER_LET && is_copy(nodes[i]) &&
		    filter_let_matters(nodes[i], nodes[i]->t))
			join(&p, nodes[i]->b->k, nodes[i]->a->k);
	return give_words(&p, set, max, word_of);
}
