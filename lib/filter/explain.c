// SPDX-License-Identifier: BSD-2-Clause
/*
 * The tree as an outline: conditions beneath "all of these:" and the like, a
 * line each. The stack is ours: as many frames as the tree is high.
 */
#include "filter/explain.h"

#include <errno.h>

#include "filter/print.h"

enum {
	INDENT = 2,
	LEVEL_MAX = 24 /* what is deeper is written in one line */
};

struct frame {
	const struct ast *ast;
	uint32_t level;
	uint32_t list; /* enum ast_kind of the list it is in */
	bool negated;
};

struct outline {
	struct arena *scratch;
	struct frame *frames;
	size_t n;
	struct text *out;
	uint32_t flags;
};

static void later(struct outline *o, const struct ast *ast, struct frame frame)
{
	frame.ast = ast;
	o->frames[o->n++] = frame;
}

static void start_line(struct outline *o, uint32_t level)
{
	for (uint32_t i = 0; i < level * INDENT; i++)
		text_char(o->out, ' ');
}

static void head(struct outline *o, const struct frame *frame,
		 const char *plain, const char *negated)
{
	start_line(o, frame->level);
	text_string(o->out, frame->negated ? negated : plain);
	text_char(o->out, '\n');
}

/* "a and b and c" is one list, though the tree has two nodes for it. */
static void list(struct outline *o, struct frame frame)
{
	const struct ast *ast = frame.ast;

	if (frame.negated || frame.list != ast->kind) {
		if (ast->kind == AST_AND)
			head(o, &frame, "all of these:", "not all of these:");
		else
			head(o, &frame,
			     "at least one of these:", "none of these:");
		frame.level++;
	}
	frame.list = ast->kind;
	frame.negated = false;
	later(o, ast->b, frame);
	later(o, ast->a, frame);
}

static void inner(struct outline *o, struct frame frame)
{
	head(o, &frame, "inside a tunnel:", "not, inside a tunnel:");
	frame.level++;
	frame.list = AST_INNER;
	frame.negated = false;
	later(o, frame.ast->a, frame);
}

static int condition(struct outline *o, const struct frame *frame)
{
	int ret = 0;

	start_line(o, frame->level);
	if (frame->negated)
		text_string(o->out, "not: ");
	if (frame->ast->kind == AST_PRIMITIVE)
		explain_primitive(frame->ast, o->flags, o->out);
	else
		ret = filter_print_ast(o->scratch, frame->ast, o->out);
	text_char(o->out, '\n');
	return ret;
}

static int visit(struct outline *o, struct frame frame)
{
	if (frame.level >= LEVEL_MAX)
		return condition(o, &frame);
	switch (frame.ast->kind) {
	case AST_AND:
	case AST_OR:
		list(o, frame);
		return 0;
	case AST_NOT:
		frame.negated = !frame.negated;
		later(o, frame.ast->a, frame);
		return 0;
	case AST_INNER:
		inner(o, frame);
		return 0;
	default:
		return condition(o, &frame);
	}
}

int filter_explain(struct arena *scratch, const struct ast *ast, uint32_t flags,
		   struct text *out)
{
	struct outline o = { .scratch = scratch, .out = out, .flags = flags };
	int ret;

	if (!ast) {
		text_string(out, "every packet\n");
		return 0;
	}
	o.frames = arena_take(scratch, (ast->depth + 1u) * sizeof(*o.frames));
	ret = o.frames ? filter_print_ast(scratch, ast, out) : -ENOMEM;
	text_char(out, '\n');
	if (!ret)
		later(&o, ast, (struct frame){ .list = AST_PRIMITIVE });
	while (!ret && o.n)
		ret = visit(&o, o.frames[--o.n]);
	return ret;
}
