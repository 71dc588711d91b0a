// SPDX-License-Identifier: BSD-2-Clause
/*
 * The tree, walked from left to right, without recursion: first to see what
 * vlan and the like change for those behind them; then, in the language beyond
 * libpcap's, to see where headers are known already. A thousand tests of what
 * is in a tunnel shall not look for it a thousand times, and be so long that
 * optimising them takes more than they are worth.
 */
#include "filter/gen_leaves.h"

#include <errno.h>
#include <linux/filter.h>

#include "filter/gen_dissect.h"

/* A part whose tests are still to be listed. */
struct part {
	const struct ast *ast;
	uint32_t depth; /* how many inner() are around it */
};

static bool add_leaf(struct gen *g, struct part part, struct gen_leaf **last)
{
	struct gen_leaf *leaf = arena_take(g->arena, sizeof(*leaf));

	g->ast = part.ast;
	if (!leaf)
		return gen_fail(g, -ENOMEM, "no memory");
	if (g->extended)
		g->layer = gen_dissected_layer(g, part.depth);
	else if (!gen_prepare_layer(g, part.ast))
		return false;
	leaf->before = *last;
	leaf->ast = part.ast;
	leaf->layer = g->layer;
	leaf->depth = part.depth;
	if (*last)
		(*last)->after = leaf;
	*last = leaf;
	if (gen_is_layer(part.ast) && !g->extended)
		g->layer = gen_layer_behind(g, part.ast);
	return g->layer;
}

static bool is_test(const struct ast *ast)
{
	return ast->kind == AST_RELATION || ast->kind == AST_PRIMITIVE;
}

/* Takes the parts of @part, or else lists the test that it is. */
static bool list_part(struct gen *g, struct part part, struct part *stack,
		      size_t *n, struct gen_leaf **last)
{
	const struct ast *ast = part.ast;

	if (is_test(ast) || ast->kind == AST_INNER)
		if (!add_leaf(g, part, last))
			return false;
	if (is_test(ast))
		return true;
	part.depth += ast->kind == AST_INNER;
	if (ast->b)
		stack[(*n)++] = (struct part){ ast->b, part.depth };
	stack[(*n)++] = (struct part){ ast->a, part.depth };
	return true;
}

/* --- what is known -------------------------------------------------------- */
/* Variables that are set behind a part, where it holds and where not. */
struct known {
	uint64_t t, f;
};

/* A part whose own parts are walked. */
struct visit {
	const struct ast *ast;
	uint64_t before; /* what is known there */
	struct known a;	 /* behind its first part */
	uint8_t done;	 /* of its parts */
};

struct walk {
	struct gen *g;
	struct gen_leaf *leaf; /* the next one */
	struct gen_ways w;     /* out of a leaf that is tried */
	/* What there is to know at a depth and before it, and at all of them.
	 */
	uint64_t of_depth[GEN_LAYERS], all;
};

/* Two ways out that read all that is of interest, so that it is set. */
static void prepare(struct walk *p)
{
	struct gen *g = p->g;
	const struct filter_value *all = filter_const(g->graph, 0);

	for (uint32_t i = 0; i < GEN_LAYERS && g->dissected[i]; i++) {
		g->layer = g->dissected[i];
		if (i || g->layer->has_tags)
			all = filter_alu(g->graph, BPF_OR, all,
					 gen_variable(g, GEN_NETWORK));
		all = filter_alu(g->graph, BPF_OR, all,
				 gen_variable(g, GEN_PROTOCOL));
		p->of_depth[i] = all ? all->variables : 0;
	}
	p->all = all ? all->variables : 0;
	p->w.t = filter_return(g->graph, all);
	p->w.f = filter_return(g->graph, gen_alu_k(g, BPF_ADD, all, 1));
}

/*
 * Builds the leaf alone, to see what it sets on all ways through it. Where
 * there is no tunnel, all that could be in it is set.
 */
static struct known known_behind(struct walk *p, struct gen_leaf *leaf,
				 uint64_t before)
{
	bool inner = leaf->ast->kind == AST_INNER;
	struct known known = { before, before };

	leaf->known = before;
	if (leaf->after && p->of_depth[leaf->depth + inner] & ~before) {
		const struct filter_node *node = gen_leaf(p->g, leaf, p->w);

		known.t |= node ? node->sets : 0;
		known.f = known.t;
	}
	if (inner)
		known.f |= p->all & ~p->of_depth[leaf->depth];
	return known;
}

/* Behind the part, once its own parts are done; true if one is left. */
static bool go_on(struct walk *p, struct visit *at, struct known *known,
		  struct visit *next)
{
	bool is_and = at->ast->kind == AST_AND;

	*next = (struct visit){ .ast = at->ast->a, .before = at->before };
	if (is_test(at->ast) || (at->ast->kind == AST_INNER && !at->done)) {
		*known = known_behind(p, p->leaf, at->before);
		p->leaf = p->leaf->after;
		at->a = *known;
		next->before = known->t;
		return !is_test(at->ast) && !at->done++;
	}
	if (!at->done++)
		return true;
	if (at->ast->kind == AST_NOT) {
		*known = (struct known){ known->f, known->t };
	} else if (at->ast->kind == AST_INNER) {
		known->f &= at->a.f;
	} else if (at->done == 2) {
		at->a = *known;
		next->ast = at->ast->b;
		next->before = is_and ? known->t : known->f;
		return true;
	} else if (is_and) {
		known->f &= at->a.f;
	} else {
		known->t &= at->a.t;
	}
	return false;
}

static void find_known(struct walk *p, const struct ast *root,
		       struct visit *stack)
{
	struct known known = { 0, 0 };
	size_t n = 0;

	stack[n++] = (struct visit){ .ast = root };
	while (n && !p->g->status && !filter_graph_error(p->g->graph)) {
		struct visit next;

		if (go_on(p, &stack[n - 1], &known, &next))
			stack[n++] = next;
		else
			n--;
	}
}

bool gen_list_leaves(struct gen *g, const struct ast *root,
		     struct gen_leaf **last)
{
	struct walk walk = { .g = g };
	struct visit *visits;
	struct part *stack;
	size_t n = 0;

	/* A visit takes more room than a part, and they are not at once. */
	visits = arena_take(g->arena, (root->depth + 1) * sizeof(*visits));
	stack = (struct part *)visits;
	if (!stack)
		return gen_fail(g, -ENOMEM, "no memory");
	stack[n++] = (struct part){ root, 0 };
	while (n) {
		struct part part = stack[--n];

		if (!list_part(g, part, stack, &n, last))
			return false;
	}
	if (!g->extended || g->search_again)
		return true;
	for (walk.leaf = *last; walk.leaf->before;)
		walk.leaf = walk.leaf->before;
	prepare(&walk);
	find_known(&walk, root, visits);
	return !g->status;
}
