// SPDX-License-Identifier: BSD-2-Clause
#include "filter/graph_table.h"

#include <stdlib.h>

/* So few are asked for one by one: fewer instructions than halving them. */
enum { BUCKET = 4 };

struct set {
	struct filter_graph *g;
	const struct filter_value *a;
	const struct filter_node *f;
};

static int by_first(const void *a, const void *b)
{
	const struct filter_range *r = a, *s = b;

	return (r->first > s->first) - (r->first < s->first);
}

/* Sorted, without overlaps and without neighbours. */
static size_t merge(struct filter_range *ranges, size_t n)
{
	size_t kept = 0;

	qsort(ranges, n, sizeof(*ranges), by_first);
	for (size_t i = 0; i < n; i++) {
		struct filter_range *last = &ranges[kept];

		if (kept && (last[-1].last == UINT32_MAX ||
			     ranges[i].first <= last[-1].last + 1)) {
			if (ranges[i].last > last[-1].last)
				last[-1].last = ranges[i].last;
		} else {
			ranges[kept++] = ranges[i];
		}
	}
	return kept;
}

/* One arm; those behind it are above it, and @otherwise asks for them. */
static const struct filter_node *one(const struct set *set,
				     const struct filter_arm *arm,
				     struct filter_range within,
				     const struct filter_node *otherwise)
{
	struct filter_range r = arm->range;
	const struct filter_node *t = arm->t;

	if (r.first == r.last && within.first != within.last)
		return filter_test_k(set->g, FILTER_EQ, set->a, r.first, t,
				     otherwise);
	if (r.first > within.first)
		t = filter_test_k(set->g, FILTER_GE, set->a, r.first, t,
				  set->f);
	if (r.last < within.last)
		t = filter_test_k(set->g, FILTER_GT, set->a, r.last, otherwise,
				  t);
	return t;
}

/* Recursion as deep as the number of arms has bits. */
static const struct filter_node *tree(const struct set *set,
				      const struct filter_arm *arms, size_t n,
				      struct filter_range within)
{
	const struct filter_node *node = set->f, *above;
	struct filter_range low = within, high = within;
	size_t half = n / 2;

	if (n <= BUCKET) {
		while (n--)
			node = one(set, &arms[n], within, node);
		return node;
	}
	low.last = arms[half - 1].range.last;
	high.first = low.last + 1;
	above = tree(set, arms + half, n - half, high);
	node = tree(set, arms, half, low);
	return filter_test_k(set->g, FILTER_GT, set->a, low.last, above, node);
}

const struct filter_node *filter_switch(struct filter_graph *g,
					const struct filter_value *a,
					const struct filter_arm *arms, size_t n,
					const struct filter_node *f)
{
	struct filter_range all = { 0, UINT32_MAX };
	struct set set = { g, a, f };

	if (g->error || !a || !f)
		return NULL;
	return tree(&set, arms, n, all);
}

const struct filter_node *filter_test_set(struct filter_graph *g,
					  const struct filter_value *a,
					  struct filter_range *ranges, size_t n,
					  const struct filter_node *t,
					  const struct filter_node *f)
{
	struct filter_arm *arms;

	if (g->error || !a || !t || !f)
		return NULL;
	n = merge(ranges, n);
	arms = filter_graph_take(g, (n + 1) * sizeof(*arms));
	if (!arms)
		return NULL;
	for (size_t i = 0; i < n; i++)
		arms[i] = (struct filter_arm){ ranges[i], t };
	return filter_switch(g, a, arms, n, f);
}
