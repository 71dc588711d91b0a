// SPDX-License-Identifier: BSD-2-Clause
/*
 * The tree as text that reads back as the same tree. The stack is ours: as
 * many frames as the tree is high.
 */
#include <errno.h>
#include <string.h>

#include "filter/print.h"

struct frame {
	const struct ast *ast;
	const struct arith *arith;
	const char *text; /* printed instead, if not NULL */
};

struct printer {
	struct frame *frames;
	size_t n;
	struct text *text;
};

static void later(struct printer *p, const struct ast *ast,
		  const struct arith *arith, const char *text)
{
	p->frames[p->n++] = (struct frame){ ast, arith, text };
}

static void print_arith(struct printer *p, const struct arith *x)
{
	static const char *const ops[] = {
		[ARITH_ADD] = " + ",  [ARITH_SUB] = " - ", [ARITH_MUL] = " * ",
		[ARITH_DIV] = " / ",  [ARITH_MOD] = " % ", [ARITH_AND] = " & ",
		[ARITH_OR] = " | ",   [ARITH_XOR] = " ^ ", [ARITH_LSH] = " << ",
		[ARITH_RSH] = " >> ",
	};

	switch (x->kind) {
	case ARITH_CONST:
		if (x->name)
			text_string(p->text, x->name);
		else
			text_number(p->text, x->value, 10, 0, 0);
		break;
	case ARITH_LEN:
		text_string(p->text, "len");
		break;
	case ARITH_LOAD:
		text_string(p->text, filter_proto_name(x->proto));
		text_char(p->text, '[');
		later(p, NULL, NULL,
		      x->size == 1 ? "]" : (x->size == 2 ? ":2]" : ":4]"));
		later(p, NULL, x->a, NULL);
		break;
	case ARITH_NEG:
		text_string(p->text, "(-");
		later(p, NULL, NULL, ")");
		later(p, NULL, x->a, NULL);
		break;
	default:
		text_char(p->text, '(');
		later(p, NULL, NULL, ")");
		later(p, NULL, x->b, NULL);
		later(p, NULL, NULL, ops[x->op]);
		later(p, NULL, x->a, NULL);
		break;
	}
}

static void print_node(struct printer *p, const struct ast *ast)
{
	switch (ast->kind) {
	case AST_AND:
	case AST_OR:
		text_char(p->text, '(');
		later(p, NULL, NULL, ")");
		later(p, ast->b, NULL, NULL);
		later(p, NULL, NULL, ast->kind == AST_AND ? " and " : " or ");
		later(p, ast->a, NULL, NULL);
		break;
	case AST_NOT:
		text_string(p->text, "not ");
		later(p, ast->a, NULL, NULL);
		break;
	case AST_INNER:
		text_string(p->text, "inner(");
		later(p, NULL, NULL, ")");
		later(p, ast->a, NULL, NULL);
		break;
	case AST_RELATION:
		later(p, NULL, ast->right, NULL);
		later(p, NULL, NULL, print_compare(ast->compare));
		later(p, NULL, ast->left, NULL);
		break;
	default:
		print_primitive(ast, p->text);
		break;
	}
}

/* The highest that any part of the tree can make the stack. */
static size_t tallest(struct arena *arena, const struct ast *ast)
{
	size_t n = 0, best = 0;
	const struct ast **stack =
		arena_take(arena, (ast->depth + 1) * sizeof(*stack));

	if (!stack)
		return 0;
	stack[n++] = ast;
	while (n) {
		const struct ast *top = stack[--n];
		size_t height = 0;

		if (top->a)
			stack[n++] = top->a;
		if (top->b)
			stack[n++] = top->b;
		if (top->kind == AST_RELATION)
			height = (size_t)top->left->depth + top->right->depth;
		best = height > best ? height : best;
	}
	return best + ast->depth + 1;
}

int filter_print_ast(struct arena *arena, const struct ast *ast,
		     struct text *text)
{
	struct printer p = { .text = text };
	size_t height = ast ? tallest(arena, ast) : 1;

	/* A node leaves at most three frames beneath the one it goes into. */
	if (height)
		p.frames = arena_take(arena, 4 * height * sizeof(*p.frames));
	if (!p.frames)
		return -ENOMEM;
	if (ast)
		later(&p, ast, NULL, NULL);
	while (p.n) {
		struct frame frame = p.frames[--p.n];

		if (frame.text)
			text_string(text, frame.text);
		else if (frame.arith)
			print_arith(&p, frame.arith);
		else
			print_node(&p, frame.ast);
	}
	return 0;
}
