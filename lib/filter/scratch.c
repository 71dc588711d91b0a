// SPDX-License-Identifier: BSD-2-Clause
#include "filter/scratch.h"

#include <linux/filter.h>

#include "filter/graph_table.h"

enum {
	STEPS_MAX = 1 << 23, /* of looking at uses; then nothing is kept */
};

/* Where a value is used, by the positions of nodes. */
struct use {
	uint32_t times, first, last;
};

struct survey {
	struct use *uses; /* by id */
	const struct filter_value **waiting;
	const struct filter_value **seen; /* in the order of first uses */
	size_t seen_n;
	size_t waiting_n;
	size_t steps;
};

static bool push(struct survey *s, const struct filter_value *v)
{
	if (!v)
		return true;
	if (++s->steps > STEPS_MAX)
		return false;
	s->waiting[s->waiting_n++] = v;
	return true;
}

/* A value's operands count once for each node, its uses all. */
static bool survey_value(struct survey *s, const struct filter_value *v,
			 uint32_t at)
{
	if (!push(s, v))
		return false;
	while (s->waiting_n) {
		struct use *use;
		bool again;

		v = s->waiting[--s->waiting_n];
		use = &s->uses[v->id];
		again = use->times && use->last == at;
		if (!use->times++) {
			use->first = at;
			s->seen[s->seen_n++] = v;
		}
		use->last = at;
		if (!again && (!push(s, v->a) || !push(s, v->b)))
			return false;
	}
	return true;
}

/* A store, then a load for each further use, instead of all of it again. */
static bool pays(const struct filter_value *v, uint32_t further)
{
	return v->cost > 1 && (uint64_t)further * (v->cost - 1) > 1;
}

static void assign(struct scratch_plan *plan, const struct survey *s,
		   uint32_t words_max)
{
	uint32_t free_from[BPF_MEMWORDS] = { 0 };

	for (size_t i = 0; i < s->seen_n; i++) {
		const struct filter_value *v = s->seen[i];
		const struct use *use = &s->uses[v->id];
		uint32_t word = 0;

		if (!pays(v, use->times - 1))
			continue;
		while (word < words_max && free_from[word] > use->first)
			word++;
		if (word == words_max)
			continue;
		free_from[word] = use->last + 1;
		plan->word_of[v->id] = (uint8_t)(word + 1);
		plan->values++;
		if (word >= plan->words)
			plan->words = word + 1;
	}
}

bool scratch_plan(struct scratch_plan *plan, struct arena *arena,
		  const struct filter_node *const *nodes, size_t n,
		  const struct filter_graph *g, uint32_t words_max)
{
	struct survey s = { 0 };
	uint32_t value_n = g->value_n;

	*plan = (struct scratch_plan){ 0 };
	if (!g->has_costly) /* nothing pays */
		return true;
	plan->word_of = arena_take(arena, value_n + 1u);
	s.uses = arena_take(arena, (value_n + 1u) * sizeof(*s.uses));
	s.seen = arena_take(arena, (value_n + 1u) * sizeof(*s.seen));
	/* Each brings its two operands once. */
	s.waiting = arena_take(arena, (2 * value_n + 2u) * sizeof(*s.waiting));
	if (!plan->word_of || !s.uses || !s.seen || !s.waiting)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!survey_value(&s, nodes[i]->a, (uint32_t)i) ||
		    !survey_value(&s, nodes[i]->b, (uint32_t)i))
			return true;
	assign(plan, &s, words_max);
	return true;
}

bool scratch_prune(struct scratch_plan *plan, const uint32_t *hits,
		   const struct filter_graph *g)
{
	uint32_t before = plan->values;

	for (uint32_t i = 0; i < g->value_buckets; i++) {
		for (const struct filter_value *v = g->values[i]; v;
		     v = v->next) {
			if (!plan->word_of[v->id] || pays(v, hits[v->id]))
				continue;
			plan->word_of[v->id] = 0;
			plan->values--;
		}
	}
	return plan->values != before;
}
