// SPDX-License-Identifier: BSD-2-Clause
#include "filter/list.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "filter/parse.h"

/* The lists of one expression together. */
enum { LISTS_MAX = 64 << 20 };

struct filter_list {
	struct filter_list *next;
	const char *name, *text;
	size_t len;
	uint32_t base; /* number of its first byte */
	uint32_t at;   /* where the expression names it */
};

/* What goes through all functions here. */
struct reader {
	struct filter_lists *lists;
	struct arena *arena;
	const struct pktcap_filter_opts *opts;
	struct pktcap_error *error;
};

static const struct filter_list *find(const struct filter_lists *lists,
				      uint32_t offset)
{
	const struct filter_list *list = lists ? lists->first : NULL;

	while (list && offset < list->base)
		list = list->next;
	return list;
}

static size_t line_of(const struct filter_list *list, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at && i < list->len; i++)
		line += list->text[i] == '\n';
	return line;
}

int filter_lists_fault(const struct filter_lists *lists, uint32_t offset,
		       int code, const char *message,
		       struct pktcap_error *error)
{
	const struct filter_list *list = find(lists, offset);

	if (!list)
		return error_set_at(error, offset, code, "expression", "%s",
				    message);
	return error_set_at(error, list->at, code, "list", "%s:%zu: %s",
			    list->name, line_of(list, offset - list->base),
			    message);
}

static int no_memory(const struct reader *r)
{
	return error_set(r->error, -ENOMEM, "malloc", "no memory");
}

static int open_list(struct reader *r, const struct ast_operand *file,
		     struct filter_list **out)
{
	struct filter_list *list = arena_take(r->arena, sizeof(*list));
	int ret;

	if (!list)
		return no_memory(r);
	list->name = file->name;
	list->at = file->offset;
	if (!r->opts->list)
		return error_set_at(r->error, file->offset, -EINVAL, "list",
				    "lists cannot be read here");
	ret = r->opts->list(r->opts->list_user, file->name, &list->text,
			    &list->len);
	if (ret)
		return error_set_at(r->error, file->offset,
				    ret < 0 ? ret : -EINVAL, "list",
				    "the list '%s' cannot be read", file->name);
	if (list->len > FILTER_TEXT_MAX ||
	    list->len > LISTS_MAX - r->lists->end)
		return error_set_at(r->error, file->offset, -E2BIG, "list",
				    "the list '%s' has too many bytes: %zu",
				    file->name, list->len);
	list->base = FILTER_TEXT_MAX + 1 + (uint32_t)r->lists->end;
	r->lists->end += list->len + 1;
	r->arena->left += (list->len + 1) * FILTER_ARENA_PER_LIST_BYTE;
	list->next = r->lists->first;
	r->lists->first = list;
	*out = list;
	return 0;
}

/* All of @list, as operands of @items. */
static int read_items(struct reader *r, const struct filter_list *list,
		      struct ast *items)
{
	struct pktcap_error fault = { 0 };
	struct parser p = {
		.arena = r->arena,
		.lexer = { list->text, list->len, 0,
			   FILTER_EXTENDED | FILTER_LIST, &fault },
	};
	int rc = parse_advance(&p);

	while (!rc && p.token.kind != TOKEN_END) {
		rc = parse_element(&p, items);
		if (!rc && parse_is(&p, ','))
			rc = parse_advance(&p);
	}
	for (struct ast_operand *o = items->operands; o; o = o->next)
		o->offset += list->base;
	if (rc == -ENOMEM)
		return no_memory(r);
	if (!rc)
		return 0;
	return filter_lists_fault(r->lists, list->base + (uint32_t)fault.offset,
				  rc, fault.text, r->error);
}

/* Puts the list in the place of *@link, and *@link behind it. */
static int replace(struct reader *r, struct ast *ast,
		   struct ast_operand ***link)
{
	struct ast items = *ast;
	struct ast_operand *file = **link;
	struct filter_list *list = NULL;
	int ret;

	items.operands = items.last = NULL;
	items.set = ast->set = true;
	ret = open_list(r, file, &list);
	ret = ret ? ret : read_items(r, list, &items);
	if (ret)
		return ret;
	if (!items.operands) {
		ast->empty = file->name;
		ast->empty_at = file->offset;
		**link = file->next;
		return 0;
	}
	items.last->next = file->next;
	**link = items.operands;
	*link = &items.last->next;
	return 0;
}

static int read_primitive(struct reader *r, struct ast *ast)
{
	int ret = 0;

	for (; ast && !ret; ast = ast->nested) {
		struct ast_operand **link = &ast->operands;

		while (*link && !ret) {
			if ((*link)->kind == AST_OPERAND_FILE)
				ret = replace(r, ast, &link);
			else
				link = &(*link)->next;
		}
	}
	return ret;
}

int filter_lists_read(struct filter_lists *lists, struct arena *arena,
		      struct ast *ast, const struct pktcap_filter_opts *opts,
		      struct pktcap_error *error)
{
	struct reader r = { lists, arena, opts, error };
	struct ast **stack;
	size_t n = 0;
	int ret = 0;

	if (!ast)
		return 0;
	stack = arena_take(arena, (ast->depth + 1) * sizeof(*stack));
	if (!stack)
		return no_memory(&r);
	stack[n++] = ast;
	while (n && !ret) {
		ast = stack[--n];
		if (ast->b)
			stack[n++] = ast->b;
		if (ast->a)
			stack[n++] = ast->a;
		if (ast->kind == AST_PRIMITIVE)
			ret = read_primitive(&r, ast);
	}
	return ret;
}
