// SPDX-License-Identifier: BSD-2-Clause
/*
 * "port 80 or port 443" asks for each port in turn, and each time it has to be
 * loaded again. In a row of tests that lead to the same place if they succeed,
 * or if they do not, those of one value are put together. Only tests that
 * cannot fail move: whatever they load was loaded before the row's first one,
 * or by that one. So packets that end between two fields are treated as before,
 * unless the caller says that this is not wanted.
 */
#include "filter/group.h"

#include "filter/graph_table.h"

#define NOTHING UINT32_MAX

struct group {
	struct filter_graph *g;
	size_t n;
	const bool *sure; /* by id of a node: it cannot fail */
	uint8_t *ways;	  /* by id of a node: into it; 2 are many */
	bool *inside;	  /* of a row, and not its first */
	const struct filter_node **now;
	const struct filter_node **row; /* from its first to its last */
	uint32_t *next, *last; /* members of one value, by place in the row */
	uint32_t *first_of;    /* by id of a value: plus one, 0 between rows */
	bool any;	       /* a row that is out of order */
};

static bool prepare(struct group *p, struct arena *arena)
{
	size_t n = p->n;

	p->ways = arena_take(arena, n);
	p->inside = arena_take(arena, n * sizeof(*p->inside));
	p->now = arena_take(arena, n * sizeof(*p->now));
	p->row = arena_take(arena, n * sizeof(*p->row));
	p->next = arena_take(arena, n * sizeof(*p->next));
	p->last = arena_take(arena, n * sizeof(*p->last));
	p->first_of = arena_take(arena, p->g->value_n * sizeof(*p->first_of));
	return p->ways && p->inside && p->now && p->row && p->next && p->last &&
	       p->first_of;
}

static void count_way(struct group *p, const struct filter_node *to)
{
	if (p->ways[to->id] < 2)
		p->ways[to->id]++;
}

static void count_ways(struct group *p, const struct filter_node *root)
{
	p->ways[root->id] = 2;
	for (size_t id = p->n; id--;) {
		const struct filter_node *node = p->g->nodes[id];

		if (!p->ways[id] || node->compare == FILTER_RETURN)
			continue;
		count_way(p, node->t);
		count_way(p, node->f);
	}
}

/* The next of a row: of "or" if @any, of "and" if not. */
static const struct filter_node *
following(const struct group *p, const struct filter_node *node, bool any)
{
	const struct filter_node *to = any ? node->f : node->t;
	bool alike = filter_is_test(node) && filter_is_test(to) &&
		     node->t != node->f && to->t != to->f &&
		     (any ? to->t == node->t : to->f == node->f);

	return alike && p->ways[to->id] == 1 && p->sure[to->id] ? to : NULL;
}

static bool is_any(const struct group *p, const struct filter_node *node)
{
	return following(p, node, true) != NULL;
}

/* Puts the row into p->row and, by values, into p->next; how many it has. */
static uint32_t collect(struct group *p, const struct filter_node *node,
			bool any)
{
	uint32_t n = 0;

	for (; node; node = following(p, node, any)) {
		uint32_t *first = &p->first_of[node->a->id];

		p->row[n] = node;
		p->next[n] = NOTHING;
		if (!*first) {
			*first = n + 1;
		} else {
			uint32_t before = p->last[*first - 1];

			p->next[before] = n;
			p->any |= before + 1 != n;
		}
		p->last[*first - 1] = n++;
	}
	return n;
}

static void forget(struct group *p, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		p->first_of[p->row[i]->a->id] = 0;
}

static void find_rows(struct group *p)
{
	for (size_t id = p->n; id--;) {
		const struct filter_node *node = p->g->nodes[id];
		uint32_t n;

		if (!p->ways[id] || !filter_is_test(node) || p->inside[id])
			continue;
		n = collect(p, node, is_any(p, node));
		for (uint32_t i = 1; i < n; i++)
			p->inside[p->row[i]->id] = true;
		forget(p, n);
	}
}

static const struct filter_node *with(struct group *p,
				      const struct filter_node *test, bool any,
				      const struct filter_node *out,
				      const struct filter_node *on)
{
	struct filter_node node = *test;

	node.t = any ? out : on;
	node.f = any ? on : out;
	return filter_node_intern(p->g, &node);
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
		if (p->first_of[p->row[i]->a->id] != i + 1)
			continue;
		for (uint32_t j = i; j != NOTHING; j = p->next[j])
			order[in_order++] = j;
	}
	while (on && in_order--)
		on = with(p, p->row[order[in_order]], any, out, on);
	forget(p, n);
	return on;
}

static const struct filter_node *rebuild_let(struct group *p,
					     const struct filter_node *let)
{
	struct filter_node node = *let;

	node.t = node.f = p->now[let->t->id];
	return filter_node_intern(p->g, &node);
}

const struct filter_node *filter_group(struct filter_graph *g,
				       struct arena *arena,
				       const struct filter_node *root,
				       const bool *sure)
{
	struct group p = { .g = g, .n = root->id + 1u, .sure = sure };

	if (!prepare(&p, arena))
		return root;
	count_ways(&p, root);
	find_rows(&p);
	if (!p.any)
		return root;
	for (size_t id = 0; id < p.n && !g->error; id++) {
		const struct filter_node *node = g->nodes[id];

		if (!p.ways[id] || p.inside[id])
			continue;
		if (node->compare == FILTER_RETURN)
			p.now[id] = node;
		else if (node->compare == FILTER_LET)
			p.now[id] = rebuild_let(&p, node);
		else
			p.now[id] = rebuild(&p, node);
	}
	return g->error ? NULL : p.now[root->id];
}
