// SPDX-License-Identifier: BSD-2-Clause
#include "filter/never.h"

#include <errno.h>

#include "base/error.h"

/* Deeper trees are not searched: two parts of each level are compiled. */
enum { TRIES_MAX = 32 };

#define NEVER "no packet can match this expression"

/* A part of the tree, and what is around it. */
struct part {
	const struct ast *ast;
	bool negated, inside;
};

/* What is looked for, in the order in which it is told. */
struct causes {
	const struct ast *empty;  /* asks for an empty list */
	const struct ast *tunnel; /* mpls and the like outside of inner() */
	bool names;
};

static bool is_tunnel(const struct ast *ast)
{
	return ast->kind == AST_PRIMITIVE &&
	       (ast->type == AST_TYPE_MPLS || ast->type == AST_TYPE_PPPOES ||
		ast->type == AST_TYPE_GENEVE || ast->type == AST_TYPE_VXLAN);
}

static void look_at(struct causes *causes, const struct part *part)
{
	const struct ast *ast = part->ast;

	if (!part->negated && !part->inside && !causes->tunnel &&
	    is_tunnel(ast))
		causes->tunnel = ast;
	for (; ast; ast = ast->nested) {
		if (!part->negated && !causes->empty && !ast->operands &&
		    ast->empty)
			causes->empty = ast;
		for (const struct ast_operand *o = ast->operands; o;
		     o = o->next)
			causes->names = causes->names || o->name;
	}
}

static bool look(const struct ast *root, struct arena *arena,
		 struct causes *causes)
{
	struct part *stack =
		arena_take(arena, (root->depth + 1) * sizeof(*stack));
	size_t n = 0;

	if (!stack)
		return false;
	stack[n++] = (struct part){ .ast = root };
	while (n) {
		struct part part = stack[--n], below = part;

		if (part.ast->kind == AST_PRIMITIVE)
			look_at(causes, &part);
		below.negated = part.negated != (part.ast->kind == AST_NOT);
		below.inside = part.inside || part.ast->kind == AST_INNER;
		below.ast = part.ast->b;
		if (below.ast)
			stack[n++] = below;
		below.ast = part.ast->a;
		if (below.ast)
			stack[n++] = below;
	}
	return true;
}

/* Where the text of @ast begins. */
static uint32_t start_of(const struct ast *ast)
{
	while (ast->kind == AST_AND || ast->kind == AST_OR)
		ast = ast->a;
	return ast->kind == AST_RELATION && ast->left ? ast->left->offset
						      : ast->offset;
}

/* What contradicts all before it, or the part that holds of nothing. */
static const struct ast *culprit(const struct ast *ast, filter_never_fn never,
				 void *user)
{
	while (ast->kind == AST_AND || ast->kind == AST_OR) {
		if (ast->kind == AST_OR)
			ast = ast->a;
		else if (never(user, ast->a))
			ast = ast->a;
		else if (never(user, ast->b))
			ast = ast->b;
		else
			return ast->b;
	}
	return ast;
}

int filter_never(const struct ast *root, uint32_t flags, struct arena *arena,
		 filter_never_fn never, void *user, struct pktcap_error *error)
{
	struct causes causes = { 0 };

	if (!root || !look(root, arena, &causes))
		return error_set(error, -ENOMSG, "expression", NEVER);
	if (causes.empty)
		return error_set_at(error, causes.empty->empty_at, -ENOMSG,
				    "expression",
				    NEVER ": the list '%s' is "
					  "empty",
				    causes.empty->empty);
	if (causes.tunnel && flags & FILTER_EXTENDED)
		return error_set_at(error, causes.tunnel->offset, -ENOMSG,
				    "expression",
				    NEVER ": what is inside of '%s' is asked "
					  "for with 'inner(...)'",
				    filter_type_name(causes.tunnel->type));
	/* Names would be asked for again and again. */
	if (!never || causes.names || root->depth > TRIES_MAX)
		return error_set_at(error, start_of(root), -ENOMSG,
				    "expression", NEVER);
	root = culprit(root, never, user);
	return error_set_at(error, start_of(root), -ENOMSG, "expression",
			    NEVER ": this part cannot be true, or not "
				  "together with what stands before it");
}
