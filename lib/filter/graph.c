// SPDX-License-Identifier: BSD-2-Clause
#include "filter/graph_table.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <string.h>

enum { FIRST_BUCKETS = 64 };

struct filter_graph *filter_graph_new(struct arena *arena)
{
	struct filter_graph *g = arena_take(arena, sizeof(*g));

	if (g)
		g->arena = arena;
	return g;
}

int filter_graph_error(const struct filter_graph *g)
{
	return g->error;
}

void *filter_graph_take_raw(struct filter_graph *g, size_t n)
{
	void *p = arena_take_raw(g->arena, n);

	if (!p && !g->error)
		g->error = g->arena->left < n ? -E2BIG : -ENOMEM;
	return p;
}

void *filter_graph_take(struct filter_graph *g, size_t n)
{
	void *p = filter_graph_take_raw(g, n);

	return p ? memset(p, 0, n) : NULL;
}

static uint32_t id_of_node(const struct filter_node *node)
{
	return node ? node->id : UINT32_MAX;
}

static uint32_t id_of_value(const struct filter_value *v)
{
	return v ? v->id : UINT32_MAX;
}

static uint32_t hash_of(const struct filter_node *node)
{
	/* There are fewer ids than an eighth of the numbers. */
	uint32_t a = id_of_value(node->a) ^ (uint32_t)node->compare << 28;

	return filter_hash(
		filter_pair(a, id_of_value(node->b)),
		filter_pair(id_of_node(node->t), id_of_node(node->f)));
}

static bool equal(const struct filter_node *n, const struct filter_node *m)
{
	return n->compare == m->compare && n->a == m->a && n->b == m->b &&
	       n->t == m->t && n->f == m->f;
}

/* The nodes by id are as many as the buckets at most. */
static bool grow(struct filter_graph *g)
{
	uint32_t n = g->node_buckets ? g->node_buckets * 2 : FIRST_BUCKETS;
	size_t size = n * sizeof(struct filter_node *);
	struct filter_node **to = filter_graph_take(g, size);
	struct filter_node **by_id = to ? filter_graph_take_raw(g, size) : NULL;

	if (!by_id)
		return false;
	for (uint32_t i = 0; i < g->node_n; i++) {
		struct filter_node *node = g->nodes[i];
		uint32_t at = hash_of(node) & (n - 1);

		by_id[i] = node;
		node->next = to[at];
		to[at] = node;
	}
	g->nodes = by_id;
	g->buckets = to;
	g->node_buckets = n;
	return true;
}

static uint64_t variables_of(const struct filter_node *node)
{
	uint64_t variables = 0;

	if (node->t)
		variables = node->t->variables | node->f->variables;
	if (node->compare == FILTER_LET)
		return (variables & ~node->b->variables) | node->a->variables;
	if (node->compare == FILTER_KNOWN) /* its ways set it, or read it */
		return variables | node->a->variables;
	if (node->a)
		variables |= node->a->variables;
	if (node->b)
		variables |= node->b->variables;
	return variables;
}

/* A way on which a variable is known is one that set it before. */
static uint64_t set_behind(const struct filter_node *node)
{
	uint64_t yes, no;

	if (node->compare == FILTER_RETURN)
		return 0;
	yes = node->t->sets;
	no = node->f->sets;
	if (node->compare == FILTER_LET || node->compare == FILTER_KNOWN)
		yes |= node->b->variables;
	if (node->compare == FILTER_LET)
		no = yes;
	return yes & no;
}

const struct filter_node *filter_node_intern(struct filter_graph *g,
					     const struct filter_node *wanted)
{
	struct filter_node *node;
	uint32_t at;

	if (g->error)
		return NULL;
	if (g->node_n == g->node_buckets && !grow(g))
		return NULL;
	at = hash_of(wanted) & (g->node_buckets - 1);
	for (node = g->buckets[at]; node; node = node->next)
		if (equal(node, wanted))
			return node;
	if (g->node_n == FILTER_GRAPH_MAX) {
		g->error = -E2BIG;
		return NULL;
	}
	node = filter_graph_take_raw(g, sizeof(*node));
	if (!node)
		return NULL;
	*node = *wanted;
	node->variables = variables_of(node);
	node->sets = set_behind(node);
	node->id = g->node_n;
	node->next = g->buckets[at];
	g->buckets[at] = node;
	g->nodes[g->node_n++] = node;
	return node;
}

const struct filter_node *filter_accept(struct filter_graph *g)
{
	return filter_node_intern(
		g, &(struct filter_node){ .compare = FILTER_RETURN });
}

const struct filter_node *filter_return(struct filter_graph *g,
					const struct filter_value *bytes)
{
	if (g->error || !bytes)
		return NULL;
	return filter_node_intern(
		g,
		&(struct filter_node){ .compare = FILTER_RETURN, .a = bytes });
}

const struct filter_node *filter_reject(struct filter_graph *g)
{
	return filter_return(g, filter_const(g, 0));
}

const struct filter_node *filter_let(struct filter_graph *g, uint32_t k,
				     const struct filter_value *value,
				     const struct filter_node *next)
{
	struct filter_node let = { .compare = FILTER_LET,
				   .a = value,
				   .b = filter_variable(g, k),
				   .t = next,
				   .f = next };

	if (g->error || !value || !next)
		return NULL;
	return filter_let_matters(&let, next) ? filter_node_intern(g, &let)
					      : next;
}

const struct filter_node *filter_known(struct filter_graph *g, uint32_t k,
				       const struct filter_node *yes,
				       const struct filter_node *no)
{
	const struct filter_value *variable;

	if (g->error || !yes || !no)
		return NULL;
	if (yes == no)
		return no;
	g->unsettled = true;
	variable = filter_variable(g, k);
	return filter_node_intern(
		g, &(struct filter_node){ .compare = FILTER_KNOWN,
					  .a = variable,
					  .b = variable,
					  .t = yes,
					  .f = no });
}

bool filter_holds(uint32_t compare, uint32_t a, uint32_t b)
{
	switch (compare) {
	case FILTER_EQ:
		return a == b;
	case FILTER_GT:
		return a > b;
	case FILTER_GE:
		return a >= b;
	default:
		return a & b;
	}
}

/* A test on its way to the simplest equal one. */
struct test {
	const struct filter_value *a;
	const struct filter_node *t, *f;
	uint32_t compare, k;
};

static void exchange(struct test *test, uint32_t compare, uint32_t k)
{
	const struct filter_node *t = test->t;

	test->t = test->f;
	test->f = t;
	test->compare = compare;
	test->k = k;
}

static bool becomes(struct test *test, const struct filter_value *a, uint32_t k)
{
	test->a = a;
	test->k = k;
	return true;
}

static bool simplify_equal(struct test *test, uint32_t op, uint32_t k)
{
	const struct filter_value *x = test->a->a;

	switch (op) {
	case BPF_ADD:
		return becomes(test, x, test->k - k);
	case BPF_XOR:
		return becomes(test, x, test->k ^ k);
	case BPF_AND:
		if (test->k && (test->k != k || k & (k - 1)))
			return false;
		if (!test->k)
			exchange(test, FILTER_SET, k);
		test->compare = FILTER_SET;
		return becomes(test, x, k);
	case BPF_LSH: /* of bits that do not leave */
		if ((uint64_t)x->max << k > UINT32_MAX ||
		    test->k >> k << k != test->k)
			return false;
		return becomes(test, x, test->k >> k);
	case BPF_RSH:
		if (test->k)
			return false;
		exchange(test, FILTER_GT, 0);
		return becomes(test, x, (1u << k) - 1);
	default:
		return false;
	}
}

static bool simplify_set(struct test *test, uint32_t op, uint32_t k)
{
	uint32_t bits = 0;

	if (op == BPF_AND)
		bits = test->k & k;
	else if (op == BPF_LSH)
		bits = test->k >> k;
	else if (op == BPF_RSH)
		bits = test->k << k;
	return bits && becomes(test, test->a->a, bits);
}

static bool simplify_greater(struct test *test, uint32_t op, uint32_t k)
{
	if (op != BPF_RSH || test->k > UINT32_MAX >> k)
		return false;
	return becomes(test, test->a->a, test->k << k | ((1u << k) - 1));
}

/* Takes one operation off the value, if the constant can bear it. */
static bool simplify(struct test *test)
{
	const struct filter_value *a = test->a;

	if (test->compare == FILTER_GE) {
		if (!test->k) /* always */
			return false;
		test->compare = FILTER_GT;
		test->k--;
	}
	if (test->compare == FILTER_GT && !test->k)
		exchange(test, FILTER_EQ, 0);
	if (test->compare == FILTER_EQ && a->kind == FILTER_VALUE_NEG)
		return becomes(test, a->a, -test->k);
	if (a->kind != FILTER_VALUE_ALU || !filter_is_const(a->b))
		return false;
	if (test->compare == FILTER_EQ)
		return simplify_equal(test, a->op, a->b->k);
	if (test->compare == FILTER_SET)
		return simplify_set(test, a->op, a->b->k);
	return simplify_greater(test, a->op, a->b->k);
}

/*
 * The type of the tag that the kernel took off is one of two. It is asked for
 * only where there is such a tag: what both say is known.
 */
static bool is_known_of_tags(const struct test *test, bool *outcome)
{
	const struct filter_value *a = test->a;

	if (a->kind != FILTER_VALUE_LOAD ||
	    a->k != (uint32_t)(SKF_AD_OFF + SKF_AD_VLAN_TPID))
		return false;
	*outcome = filter_holds(test->compare, ETH_P_8021Q, test->k);
	return *outcome == filter_holds(test->compare, ETH_P_8021AD, test->k);
}

static const struct filter_node *test_k(struct filter_graph *g,
					struct test test)
{
	bool outcome;

	while (simplify(&test))
		;
	if (filter_is_const(test.a))
		return filter_holds(test.compare, test.a->k, test.k) ? test.t
								     : test.f;
	if (is_known_of_tags(&test, &outcome))
		return outcome ? test.t : test.f;
	if (test.compare == FILTER_GE) /* than 0 */
		return test.t;
	if ((test.compare == FILTER_GT && test.k == UINT32_MAX) ||
	    (test.compare == FILTER_SET && !test.k))
		return test.f;
	return filter_node_intern(
		g, &(struct filter_node){ .compare = (uint8_t)test.compare,
					  .a = test.a,
					  .b = filter_const(g, test.k),
					  .t = test.t,
					  .f = test.f });
}

const struct filter_node *filter_test_k(struct filter_graph *g,
					enum filter_compare compare,
					const struct filter_value *a,
					uint32_t k, const struct filter_node *t,
					const struct filter_node *f)
{
	if (g->error || !a || !t || !f)
		return NULL;
	if (t == f)
		return t;
	return test_k(g, (struct test){ a, t, f, compare, k });
}

const struct filter_node *
filter_test(struct filter_graph *g, enum filter_compare compare,
	    const struct filter_value *a, const struct filter_value *b,
	    const struct filter_node *t, const struct filter_node *f)
{
	if (g->error || !a || !b || !t || !f)
		return NULL;
	if (filter_is_const(b))
		return filter_test_k(g, compare, a, b->k, t, f);
	if (filter_is_const(a)) {
		if (compare == FILTER_GT)
			return filter_test_k(g, FILTER_GE, b, a->k, f, t);
		if (compare == FILTER_GE)
			return filter_test_k(g, FILTER_GT, b, a->k, f, t);
		return filter_test_k(g, compare, b, a->k, t, f);
	}
	if (t == f)
		return t;
	if (compare == FILTER_GE) /* as what "b > a" is */
		return filter_test(g, FILTER_GT, b, a, f, t);
	if (compare != FILTER_GT && a->id > b->id)
		return filter_test(g, compare, b, a, t, f);
	return filter_node_intern(
		g, &(struct filter_node){ .compare = (uint8_t)compare,
					  .a = a,
					  .b = b,
					  .t = t,
					  .f = f });
}
