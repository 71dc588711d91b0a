// SPDX-License-Identifier: BSD-2-Clause
/*
 * Nodes are looked at before those they lead to. When a node's turn comes, all
 * ways to it are known; each of its two ways on goes past tests it decides.
 */
#include <errno.h>
#include <string.h>

#include "filter/facts.h"
#include "filter/graph_table.h"
#include "filter/group.h"

enum {
	PASSES = 4,
	STEPS_PER_NODE = 32, /* past decided tests */
	LOOK_STEPS = 8,	     /* ahead, for ways that all reject */
	MEMORY_MAX = 256 << 20,
};

struct way {
	const struct filter_node *t, *f;
	struct facts *facts; /* of a test that is reached */
	bool reached;
	bool skip; /* both ways lead to the same */
};

/* Over facts that are not in use. */
struct idle {
	struct idle *next;
};

struct pass {
	struct filter_graph *g;
	struct arena arena;
	struct way *ways; /* by id */
	bool *sure;	  /* by id: a test that cannot fail */
	struct idle *idle;
	size_t steps;
	bool as_libpcap; /* see filter_as_libpcap() */
	bool look_only;	 /* ends with the first change */
	bool changed;
	bool failed; /* too much to do, or no memory: all stays as it is */
};

static struct facts *take_facts(struct pass *p)
{
	struct facts *facts = (struct facts *)p->idle;
	size_t size = p->g->has_variables ? sizeof(struct facts)
					  : offsetof(struct facts, value_of);

	if (facts)
		p->idle = p->idle->next;
	else
		facts = arena_take_raw(&p->arena, size);
	p->failed |= !facts;
	return facts;
}

static void give_facts(struct pass *p, struct facts *facts)
{
	struct idle *idle = (struct idle *)facts;

	if (!facts)
		return;
	idle->next = p->idle;
	p->idle = idle;
}

/* Takes @facts over; NULL where @to is a leaf. */
static void arrive(struct pass *p, const struct filter_node *to,
		   struct facts *facts)
{
	struct way *way = &p->ways[to->id];

	way->reached = true;
	if (!facts)
		return;
	if (!way->facts && to->compare != FILTER_RETURN) {
		way->facts = facts;
		return;
	}
	if (way->facts)
		facts_meet(way->facts, facts);
	give_facts(p, facts);
}

/* Where @to leads if its value is @k, past all tests of it. */
static const struct filter_node *
follow(struct pass *p, const struct filter_node *to, uint32_t k)
{
	const struct filter_value *v = to->a;

	while (filter_is_test(to) && to->a == v && filter_is_const(to->b) &&
	       p->steps) {
		to = filter_holds(to->compare, k, to->b->k) ? to->t : to->f;
		p->steps--;
	}
	return to;
}

/* Where all that @to can compare lead; NULL if that is not one place. */
static const struct filter_node *go_either(struct pass *p,
					   const struct filter_node *to,
					   const struct facts *facts)
{
	const struct facts_set *set = facts_set_of(facts, to->a);
	const struct filter_node *end;

	if (!set)
		return NULL;
	end = follow(p, to, set->either[0]->b->k);
	for (uint32_t i = 1; i < set->n; i++)
		if (follow(p, to, set->either[i]->b->k) != end)
			return NULL;
	return end != to ? end : NULL;
}

/* Where one way out of @node ends, past all tests that @facts decide. */
static const struct filter_node *
go(struct pass *p, const struct filter_node *to, const struct facts *facts)
{
	while (to->compare != FILTER_RETURN && to->compare != FILTER_LET &&
	       p->steps) {
		int decided = facts_decide(facts, to);
		const struct filter_node *end =
			decided < 0 ? go_either(p, to, facts)
			: decided   ? to->t
				    : to->f;

		if (!end)
			break;
		to = end;
		p->steps -= p->steps != 0;
		p->changed = true;
	}
	p->failed |= !p->steps;
	return to;
}

/*
 * The leaf that all ways from @to lead to if all of them reject, or NULL if
 * that is not seen at once. What they would load does not matter then: packets
 * too short for it are rejected.
 */
static const struct filter_node *always_reject(const struct filter_node *to,
					       const struct facts *facts)
{
	const struct filter_node *waiting[LOOK_STEPS + 1] = { to };
	const struct filter_node *leaf = NULL;
	uint32_t n = 1;

	for (uint32_t steps = LOOK_STEPS; n; steps--) {
		const struct filter_node *node = waiting[--n];
		int decided = -1;

		if (!steps)
			return NULL;
		if (node->compare == FILTER_RETURN) {
			if (!filter_is_reject(node))
				return NULL;
			leaf = node;
			continue;
		}
		if (node->compare != FILTER_LET)
			decided = facts_decide(facts, node);
		if (decided != 1)
			waiting[n++] = node->f;
		if (decided)
			waiting[n++] = node->t;
	}
	return leaf;
}

static struct facts *copy_facts(struct pass *p, const struct facts *from)
{
	struct facts *facts = take_facts(p);

	if (facts)
		facts_copy(facts, from);
	return facts;
}

/* Finds where the way behind @outcome ends, and what is known there. */
static struct facts *go_on(struct pass *p, const struct filter_node *node,
			   bool outcome, const struct filter_node **to)
{
	const struct filter_node *reject = NULL;
	struct facts *facts;

	*to = outcome ? node->t : node->f;
	if ((*to)->compare == FILTER_RETURN)
		return NULL;
	facts = copy_facts(p, p->ways[node->id].facts);
	if (!facts)
		return NULL;
	facts_add(facts, node, outcome);
	*to = go(p, *to, facts);
	/* Other outcomes seldom say so much. */
	if (outcome && node->compare == FILTER_EQ)
		reject = always_reject(*to, facts);
	if (reject && reject != *to) {
		*to = reject;
		p->changed = true;
	}
	return facts;
}

/*
 * What is left out tells those behind it nothing: that its bytes are there may
 * be what one of them has to find out instead.
 */
static void leave(struct pass *p, const struct filter_node *node)
{
	struct way *way = &p->ways[node->id];
	struct facts *yes = go_on(p, node, true, &way->t);
	struct facts *no = go_on(p, node, false, &way->f);

	p->sure[node->id] = p->as_libpcap || facts_are_sure(way->facts, node);
	way->skip = way->t == way->f &&
		    (p->as_libpcap || facts_can_skip(way->facts, node, way->t));
	if (way->skip) {
		p->changed = true;
		give_facts(p, yes);
		give_facts(p, no);
		arrive(p, way->t, way->facts);
		return;
	}
	arrive(p, way->t, yes);
	arrive(p, way->f, no);
	give_facts(p, way->facts);
}

/* A variable that nobody reads, or that is known already, is not set. */
static void leave_let(struct pass *p, const struct filter_node *let)
{
	struct way *way = &p->ways[let->id];
	bool again = way->facts->variables & let->b->variables;
	struct facts *facts = copy_facts(p, way->facts);

	if (!facts)
		return;
	facts_let(facts, let);
	way->t = way->f = go(p, let->t, facts);
	way->skip = (again || !filter_let_matters(let, way->t)) &&
		    facts_can_skip(way->facts, let, way->t);
	p->changed |= way->skip;
	give_facts(p, way->skip ? facts : way->facts);
	arrive(p, way->t, way->skip ? way->facts : facts);
}

static bool is_over(const struct pass *p)
{
	return p->failed || (p->look_only && p->changed);
}

static void find_ways(struct pass *p, const struct filter_node **root)
{
	struct facts *nothing = take_facts(p);

	if (!nothing)
		return;
	facts_begin(nothing, p->as_libpcap);
	*root = go(p, *root, nothing);
	arrive(p, *root, nothing);
	for (size_t id = (*root)->id + 1u; id-- && !is_over(p);) {
		const struct filter_node *node = p->g->nodes[id];

		if (!p->ways[id].facts)
			continue;
		if (node->compare == FILTER_LET)
			leave_let(p, node);
		else
			leave(p, node);
	}
}

/* The same from the leaves upward, with the ways that were found. */
static const struct filter_node *rebuild(struct pass *p,
					 const struct filter_node *root)
{
	size_t n = root->id + 1u;
	const struct filter_node *reject = filter_reject(p->g);
	const struct filter_node **now =
		arena_take_raw(&p->arena, n * sizeof(*now));

	for (size_t id = 0; now && id < n; id++) {
		struct filter_node node = *p->g->nodes[id];
		const struct way *way = &p->ways[id];

		if (!way->reached)
			continue;
		if (node.compare == FILTER_RETURN) {
			now[id] = p->g->nodes[id];
			continue;
		}
		node.t = now[way->t->id];
		node.f = now[way->f->id];
		/* What rejects either way may be found so only now. */
		if (way->skip ||
		    (node.t == node.f && (p->as_libpcap || node.t == reject)))
			now[id] = node.t;
		else
			now[id] = filter_node_intern(p->g, &node);
		if (!now[id])
			return NULL;
	}
	return now ? now[root->id] : NULL;
}

/* False if there is no memory. */
static bool begin(struct pass *p, const struct filter_node *root,
		  struct arena_room *room)
{
	size_t n = root->id + 1u;

	p->arena = arena_over(room, MEMORY_MAX);
	p->steps = STEPS_PER_NODE * n;
	p->ways = arena_take(&p->arena, n * sizeof(*p->ways));
	p->sure = arena_take(&p->arena, n * sizeof(*p->sure));
	p->failed = !p->ways || !p->sure;
	return !p->failed;
}

/* A better graph, or the same root if there is none. */
static const struct filter_node *
improve(struct filter_graph *g, const struct filter_node *root, bool as_libpcap)
{
	struct pass p = { .g = g, .as_libpcap = as_libpcap };
	struct arena_room room;
	const struct filter_node *better = NULL, *start = root;

	if (begin(&p, root, &room))
		find_ways(&p, &start);
	if (!p.failed && p.changed)
		better = rebuild(&p, start);
	else if (!p.failed)
		better = filter_group(g, &p.arena, root, p.sure);
	arena_free(&p.arena);
	return better || g->error ? better : root;
}

/*
 * Most graphs are as good as they get: if what filter_optimize() knows decides
 * nothing, the little that is known in libpcap's way does not either, and if
 * no row is out of order where all tests may move, none is where few may. One
 * look is enough for both then. It ends with the first test that is decided:
 * NULL.
 */
static const struct filter_node *look(struct filter_graph *g,
				      const struct filter_node *root)
{
	struct pass p = { .g = g, .look_only = true };
	struct arena_room room;
	const struct filter_node *better = NULL, *start = root;

	if (begin(&p, root, &room))
		find_ways(&p, &start);
	if (!is_over(&p)) {
		memset(p.sure, true, root->id + 1u);
		better = filter_group(g, &p.arena, root, p.sure);
		if (better == root)
			g->best = root;
	}
	arena_free(&p.arena);
	return better;
}

static const struct filter_node *improve_often(struct filter_graph *g,
					       const struct filter_node *root,
					       bool as_libpcap)
{
	for (int i = 0; i < PASSES && root; i++) {
		const struct filter_node *better = NULL;

		if (as_libpcap)
			better = look(g, root);
		if (!better)
			better = improve(g, root, as_libpcap);
		if (better == root)
			break;
		root = better;
	}
	return g->error ? NULL : root;
}

const struct filter_node *filter_optimize(struct filter_graph *g,
					  const struct filter_node *root)
{
	if (root && root == g->best)
		return root;
	return improve_often(g, root, false);
}

const struct filter_node *filter_as_libpcap(struct filter_graph *g,
					    const struct filter_node *root)
{
	if (g->error || g->has_variables)
		return g->error ? NULL : root;
	return improve_often(g, root, true);
}

static const struct filter_node *past_known(const struct filter_node *node)
{
	while (node->compare == FILTER_KNOWN)
		node = node->f;
	return node;
}

const struct filter_node *filter_settle(struct filter_graph *g,
					const struct filter_node *root)
{
	struct pass p = { .g = g };
	struct arena_room room;
	const struct filter_node *settled = NULL;

	if (g->error || !root || !g->unsettled)
		return g->error ? NULL : root;
	p.arena = arena_over(&room, MEMORY_MAX);
	root = past_known(root);
	p.ways = arena_take(&p.arena, (root->id + 1u) * sizeof(*p.ways));
	if (p.ways)
		p.ways[root->id].reached = true;
	for (size_t id = root->id + 1u; p.ways && id--;) {
		const struct filter_node *node = g->nodes[id];
		struct way *way = &p.ways[id];

		if (!way->reached || node->compare == FILTER_RETURN)
			continue;
		way->t = past_known(node->t);
		way->f = past_known(node->f);
		p.ways[way->t->id].reached = p.ways[way->f->id].reached = true;
	}
	if (p.ways)
		settled = rebuild(&p, root);
	if (!settled && !g->error)
		g->error = -ENOMEM;
	arena_free(&p.arena);
	return settled;
}
