// SPDX-License-Identifier: BSD-2-Clause
/*
 * "a or b or a" asks for a twice, and each time it has to be loaded again. In
 * a row of tests that lead to the same place if they succeed, or if they do
 * not, those of one value are put together, where the first of them is.
 */
#include "filter/graph_table.h"

#define MEMORY_MAX ((size_t)256 << 20)
#define NOTHING UINT32_MAX

struct group {
	struct filter_graph *g;
	struct filter_arena arena;
	size_t n;
	uint8_t *ways; /* by id of a node: into it; 2 are many */
	bool *inside;  /* of a row, and not its first */
	const struct filter_node **now;
	const struct filter_node **row; /* from its first to its last */
	uint32_t *next, *last; /* members of one value, by place in the row */
	uint32_t *first_of;    /* by id of a value; NOTHING between rows */
};

static bool prepare(struct group *p, const struct filter_node *root)
{
	size_t n = root->id + 1u, values = p->g->value_n;

	p->n = n;
	p->ways = filter_arena_take(&p->arena, n);
	p->inside = filter_arena_take(&p->arena, n * sizeof(*p->inside));
	p->now = filter_arena_take(&p->arena, n * sizeof(*p->now));
	p->row = filter_arena_take(&p->arena, n * sizeof(*p->row));
	p->next = filter_arena_take(&p->arena, n * sizeof(*p->next));
	p->last = filter_arena_take(&p->arena, n * sizeof(*p->last));
	p->first_of =
		filter_arena_take(&p->arena, values * sizeof(*p->first_of));
	if (!p->ways || !p->inside || !p->now || !p->row || !p->next ||
	    !p->last || !p->first_of)
		return false;
	for (size_t i = 0; i < values; i++)
		p->first_of[i] = NOTHING;
	return true;
}

static bool is_test(const struct filter_node *node)
{
	return filter_is_test(node);
}

static void count_way(struct group *p, const struct filter_node *to)
{
	if (p->ways[to->id] < 2)
		p->ways[to->id]++;
}

/* The next of a row: of "or" if @any, of "and" if not. */
static const struct filter_node *
following(const struct group *p, const struct filter_node *node, bool any)
{
	const struct filter_node *to = any ? node->f : node->t;
	bool alike = is_test(to) && node->t != node->f && to->t != to->f &&
		     (any ? to->t == node->t : to->f == node->f);

	return alike && p->ways[to->id] == 1 ? to : NULL;
}

static bool is_any(const struct group *p, const struct filter_node *node)
{
	return following(p, node, true) != NULL;
}

static void find_rows(struct group *p, const struct filter_node *root)
{
	p->ways[root->id] = 2;
	for (size_t id = p->n; id--;) {
		const struct filter_node *node = p->g->nodes[id];

		if (!p->ways[id] || !is_test(node))
			continue;
		count_way(p, node->t);
		count_way(p, node->f);
	}
	for (size_t id = p->n; id--;) {
		const struct filter_node *node = p->g->nodes[id];
		bool any;

		if (!p->ways[id] || !is_test(node) || p->inside[id])
			continue;
		any = is_any(p, node);
		while ((node = following(p, node, any)))
			p->inside[node->id] = true;
	}
}

static uint32_t collect(struct group *p, const struct filter_node *node,
			bool any)
{
	uint32_t n = 0;

	for (; node; node = following(p, node, any)) {
		uint32_t *first = &p->first_of[node->a->id];

		p->row[n] = node;
		p->next[n] = NOTHING;
		if (*first == NOTHING)
			*first = n;
		else
			p->next[p->last[*first]] = n;
		p->last[*first] = n++;
	}
	return n;
}

static const struct filter_node *with(struct group *p,
				      const struct filter_node *test, bool any,
				      const struct filter_node *out,
				      const struct filter_node *on)
{
	struct filter_node node = *test;

	node.t = any ? out : on;
	node.f = any ? on : out;
	return filter_node_intern(p->g, node);
}

/* The row that begins with @head, put in order, from its end. */
static const struct filter_node *rebuild(struct group *p,
					 const struct filter_node *head)
{
	bool any = is_any(p, head);
	uint32_t n = collect(p, head, any), in_order = 0;
	uint32_t *order = p->last; /* places before the one that is read */
	const struct filter_node *tail = p->row[n - 1];
	const struct filter_node *out = p->now[any ? tail->t->id : tail->f->id];
	const struct filter_node *on = p->now[any ? tail->f->id : tail->t->id];

	for (uint32_t i = 0; i < n; i++) {
		uint32_t *first = &p->first_of[p->row[i]->a->id];

		if (*first != i)
			continue;
		for (uint32_t j = i; j != NOTHING; j = p->next[j])
			order[in_order++] = j;
	}
	while (on && in_order--)
		on = with(p, p->row[order[in_order]], any, out, on);
	for (uint32_t i = 0; i < n; i++)
		p->first_of[p->row[i]->a->id] = NOTHING;
	return on;
}

const struct filter_node *filter_group(struct filter_graph *g,
				       const struct filter_node *root)
{
	struct group p = { .g = g, .arena = filter_arena_limited(MEMORY_MAX) };
	const struct filter_node *grouped = root;

	if (g->error || !root)
		return NULL;
	if (prepare(&p, root)) {
		find_rows(&p, root);
		for (size_t id = 0; id < p.n && !g->error; id++) {
			const struct filter_node *node = g->nodes[id];

			if (!p.ways[id] || p.inside[id])
				continue;
			p.now[id] = is_test(node) ? rebuild(&p, node) : node;
		}
		grouped = p.now[root->id];
	}
	filter_arena_free(&p.arena);
	return g->error ? NULL : grouped;
}
