// SPDX-License-Identifier: BSD-2-Clause
#include "filter/machine.h"

#include <errno.h>
#include <string.h>

enum { FIRST = 4 };

static void *push(struct machine *m, struct stack *s)
{
	size_t max = s->max ? 2 * s->max : FIRST;
	char *grown;

	if (s->n == s->max) {
		grown = arena_take(m->p.arena, max * s->size);
		if (!grown)
			return NULL;
		if (s->n)
			memcpy(grown, s->base, s->n * s->size);
		s->base = grown;
		s->max = max;
	}
	return (char *)s->base + s->n++ * s->size;
}

struct op *machine_top_op(struct machine *m)
{
	return (struct op *)m->ops.base + m->ops.n - 1;
}

struct item *machine_top_item(struct machine *m)
{
	return (struct item *)m->items.base + m->items.n - 1;
}

struct token machine_op_token(const struct op *op)
{
	return (struct token){ .offset = op->offset, .len = op->len };
}

int machine_push_op(struct machine *m, uint32_t kind, uint32_t code)
{
	struct op *op = push(m, &m->ops);

	if (!op)
		return -ENOMEM;
	*op = (struct op){ .quals = m->quals,
			   .offset = m->p.token.offset,
			   .len = m->p.token.len,
			   .kind = kind,
			   .code = code,
			   .mode = m->mode,
			   .content = m->mode };
	return 0;
}

struct item *machine_push_item(struct machine *m, uint32_t kind)
{
	struct item *item = push(m, &m->items);

	if (item)
		*item = (struct item){ .quals = m->quals,
				       .token = m->p.token,
				       .kind = kind,
				       .mode = m->mode };
	return item;
}

struct arith *machine_new_arith(struct machine *m, uint32_t kind,
				const struct token *at, struct arith *a,
				struct arith *b)
{
	struct arith *x = arena_take(m->p.arena, sizeof(*x));
	uint32_t below = a ? a->depth : 0;

	if (!x)
		return NULL;
	x->kind = kind;
	x->offset = at->offset;
	x->a = a;
	x->b = b;
	x->depth = 1 + (b && b->depth > below ? b->depth : below);
	return x;
}

int machine_as_arith(struct machine *m, struct item *item)
{
	if (item->kind == ITEM_BOOL)
		return parse_fault_at(&m->p, &item->token,
				      "'%s' is no number to calculate with",
				      NULL);
	if (item->kind == ITEM_ARITH)
		return 0;
	item->arith =
		machine_new_arith(m, ARITH_CONST, &item->token, NULL, NULL);
	if (!item->arith)
		return -ENOMEM;
	item->arith->value = item->token.value;
	item->arith->name = item->token.name;
	item->kind = ITEM_ARITH;
	return 0;
}

int machine_as_bool(struct machine *m, struct item *item)
{
	struct quals quals = item->quals;
	int rc;

	if (item->kind == ITEM_BOOL)
		return 0;
	if (item->kind == ITEM_ARITH)
		return parse_fault(&m->p, "a comparison is expected, "
					  "as in 'len > 100'");
	if (item->mode == MODE_TERM)
		quals.defined = false;
	rc = parse_number_id(&m->p, &quals, &item->token, &item->ast);
	item->kind = ITEM_BOOL;
	item->id = true;
	return rc;
}

void machine_set_depth(struct ast *ast)
{
	uint32_t below = ast->a->depth;

	if (ast->b && ast->b->depth > below)
		below = ast->b->depth;
	ast->depth = below + 1;
}

static int reduce_not(struct machine *m, const struct op *op)
{
	struct token at = machine_op_token(op);
	struct item *item = machine_top_item(m);
	struct ast *node;
	int rc = machine_as_bool(m, item);

	if (rc)
		return rc;
	node = parse_node(&m->p, AST_NOT, &at);
	if (!node)
		return -ENOMEM;
	node->a = item->ast;
	machine_set_depth(node);
	item->ast = node;
	item->token = at;
	item->id_in_paren = false;
	return 0;
}

static int reduce_join(struct machine *m, const struct op *op)
{
	struct token at = machine_op_token(op);
	struct item *right = machine_top_item(m), *left = right - 1;
	struct ast *join;
	int rc = machine_as_bool(m, right);

	if (rc)
		return rc;
	join = parse_node(&m->p, op->code, &at);
	if (!join)
		return -ENOMEM;
	join->a = left->ast;
	join->b = right->ast;
	machine_set_depth(join);
	left->ast = join;
	left->quals = right->quals;
	left->id_in_paren = false;
	m->items.n--;
	return 0;
}

static int reduce_pair(struct machine *m, const struct op *op)
{
	struct token at = machine_op_token(op);
	struct item *right = machine_top_item(m), *left = right - 1;
	int rc = machine_as_arith(m, right);

	if (rc)
		return rc;
	m->items.n--;
	if (op->kind == OP_BINARY) {
		left->arith = machine_new_arith(m, ARITH_BINARY, &at,
						left->arith, right->arith);
		if (!left->arith)
			return -ENOMEM;
		left->arith->op = op->code;
		return 0;
	}
	left->ast = parse_node(&m->p, AST_RELATION, &at);
	if (!left->ast)
		return -ENOMEM;
	left->ast->left = left->arith;
	left->ast->right = right->arith;
	left->ast->compare = op->code;
	left->kind = ITEM_BOOL;
	left->id = false;
	left->quals.defined = false;
	return 0;
}

static int reduce_negate(struct machine *m, const struct op *op)
{
	struct token at = machine_op_token(op);
	struct item *item = machine_top_item(m);
	int rc = machine_as_arith(m, item);

	if (rc)
		return rc;
	item->arith = machine_new_arith(m, ARITH_NEG, &at, item->arith, NULL);
	item->token = at;
	item->mode = op->mode;
	return item->arith ? 0 : -ENOMEM;
}

static int reduce_head(struct machine *m, const struct op *op)
{
	struct token at = machine_op_token(op);
	struct item *item = machine_top_item(m);
	int rc = machine_as_bool(m, item);

	item->token = at;
	item->id = item->id_in_paren = false;
	return rc;
}

static int reduce(struct machine *m)
{
	struct op op = *machine_top_op(m);

	m->ops.n--;
	switch (op.kind) {
	case OP_HEAD:
		return reduce_head(m, &op);
	case OP_NOT:
		return reduce_not(m, &op);
	case OP_JOIN:
		return reduce_join(m, &op);
	case OP_NEGATE:
		return reduce_negate(m, &op);
	default:
		return reduce_pair(m, &op);
	}
}

bool machine_opens(uint32_t kind)
{
	return kind <= OP_INNER;
}

int machine_reduce_all(struct machine *m)
{
	int rc = 0;

	while (!rc && !machine_opens(machine_top_op(m)->kind))
		rc = reduce(m);
	return rc;
}

int machine_reduce_arith(struct machine *m, unsigned int level)
{
	/* As in libpcap, % and ^ have no level: all behind them comes first. */
	static const uint8_t levels[] = {
		[ARITH_OR] = 1,	 [ARITH_AND] = 2, [ARITH_LSH] = 3,
		[ARITH_RSH] = 3, [ARITH_ADD] = 4, [ARITH_SUB] = 4,
		[ARITH_MUL] = 5, [ARITH_DIV] = 5, [ARITH_MOD] = 0,
		[ARITH_XOR] = 0,
	};
	int rc = 0;

	while (!rc && machine_top_op(m)->kind >= OP_BINARY) {
		bool binary = machine_top_op(m)->kind == OP_BINARY;

		if (level && binary && levels[machine_top_op(m)->code] < level)
			break;
		rc = reduce(m);
	}
	return rc;
}
