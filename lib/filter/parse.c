// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>

#include "base/error.h"
#include "filter/machine.h"

/* --- where an operand is expected ----------------------------------------- */

static int begin_head(struct machine *m, const struct quals *quals,
		      const struct token *at)
{
	int rc = machine_push_op(m, OP_HEAD, 0);

	if (rc)
		return rc;
	machine_top_op(m)->offset = at->offset;
	machine_top_op(m)->len = at->len;
	m->quals = *quals;
	m->quals.offset = at->offset;
	m->quals.written = true;
	m->mode = MODE_ID;
	return 0;
}

static int push_ast(struct machine *m, struct ast *ast, const struct token *at,
		    bool id)
{
	struct item *item = machine_push_item(m, ITEM_BOOL);

	if (!item)
		return -ENOMEM;
	item->token = *at;
	item->ast = ast;
	item->id = id;
	item->quals.defined = id && m->quals.defined;
	return 0;
}

static int begin_load(struct machine *m, const struct token *proto)
{
	int rc = machine_push_op(m, OP_BRACKET, proto->value);

	if (rc)
		return rc;
	machine_top_op(m)->offset = proto->offset;
	machine_top_op(m)->len = proto->len;
	m->mode = MODE_ARITH;
	return parse_advance(&m->p);
}

/* A primitive or the qualifiers before an id. @more: an operand must follow. */
static int read_term(struct machine *m, bool *more)
{
	struct token at = m->p.token;
	struct quals quals;
	struct ast *ast = NULL;
	uint32_t proto = AST_PROTO_NONE;
	int rc = 0;

	if (at.kind == TOKEN_PROTOCOL) {
		proto = at.value;
		rc = parse_advance(&m->p);
		if (!rc && parse_is(&m->p, '['))
			return begin_load(m, &at);
	}
	if (!rc && m->mode == MODE_ARITH)
		return proto ? parse_fault(&m->p, "'[' is expected")
			     : machine_number_fault(m);
	rc = rc ? rc : parse_quals(&m->p, proto, &quals);
	if (!rc)
		return begin_head(m, &quals, &at);
	if (rc == -ENOENT)
		rc = parse_special(&m->p, proto, &ast);
	if (rc == -ENOENT && proto) {
		ast = parse_primitive_node(&m->p, proto, AST_TYPE_ABBREV, &at);
		rc = ast ? 0 : -ENOMEM;
	}
	if (rc == -ENOENT)
		return parse_fault(&m->p,
				   "something to match is expected, such "
				   "as 'tcp' or 'port 80'");
	if (!rc && proto) {
		ast->len += ast->offset - at.offset;
		ast->offset = at.offset;
	}
	*more = false;
	return rc ? rc : push_ast(m, ast, &at, false);
}

static int read_id(struct machine *m)
{
	struct token at = m->p.token;
	struct quals quals = m->quals;
	struct ast *ast;
	int rc;

	if (m->mode == MODE_ARITH)
		return machine_number_fault(m);
	if (m->mode == MODE_TERM)
		quals.defined = false;
	rc = parse_id(&m->p, &quals, &ast);
	rc = rc ? rc : push_ast(m, ast, &at, true);
	if (!rc)
		machine_top_item(m)->bare = !quals.written;
	return rc;
}

static int read_inner(struct machine *m)
{
	int rc = machine_push_op(m, OP_INNER, 0);

	rc = rc ? rc : parse_advance(&m->p);
	if (!rc && !parse_is(&m->p, '('))
		return parse_fault(&m->p, "'(' is expected");
	m->mode = MODE_TERM;
	m->quals.defined = false;
	return rc ? rc : parse_advance(&m->p);
}

static int read_number(struct machine *m)
{
	struct item *item = machine_push_item(m, ITEM_NUMBER);

	if (!item)
		return -ENOMEM;
	return parse_advance(&m->p);
}

static int read_len(struct machine *m)
{
	struct item *item = machine_push_item(m, ITEM_ARITH);

	if (!item)
		return -ENOMEM;
	item->arith = machine_new_arith(m, ARITH_LEN, &m->p.token, NULL, NULL);
	return item->arith ? parse_advance(&m->p) : -ENOMEM;
}

static int read_prefix(struct machine *m, uint32_t kind)
{
	int rc = machine_push_op(m, kind, 0);

	if (kind == OP_NEGATE)
		m->mode = MODE_ARITH;
	return rc ? rc : parse_advance(&m->p);
}

static int read_operand(struct machine *m, bool *more)
{
	const struct token *t = &m->p.token;

	*more = true;
	if (parse_is(&m->p, '('))
		return read_prefix(m, OP_PAREN);
	if (t->kind == TOKEN_NOT && m->mode != MODE_ARITH)
		return read_prefix(m, OP_NOT);
	if (parse_is(&m->p, '-') && m->mode != MODE_ID)
		return read_prefix(m, OP_NEGATE);
	if (t->kind == TOKEN_INNER &&
	    (m->mode == MODE_TERM || m->mode == MODE_ANY))
		return read_inner(m);
	if (m->mode == MODE_ID)
		parse_protocol_word(&m->p, m->quals.type);
	if (t->kind == TOKEN_NUMBER || parse_at_id(&m->p)) {
		*more = false;
		return t->kind == TOKEN_NUMBER ? read_number(m) : read_id(m);
	}
	if (m->mode == MODE_ID)
		return machine_id_fault(m);
	if (t->kind == TOKEN_LEN) {
		*more = false;
		return read_len(m);
	}
	return read_term(m, more);
}

/* --- where an operator is expected ---------------------------------------- */

static bool calculates(const struct item *item)
{
	return item->kind != ITEM_BOOL && item->mode != MODE_ID;
}

static int join(struct machine *m, uint32_t kind)
{
	struct item *item;
	struct op *open;
	int rc = machine_reduce_all(m);

	if (rc)
		return rc;
	item = machine_top_item(m);
	open = machine_top_op(m);
	if (open->kind == OP_BRACKET || open->mode == MODE_ARITH)
		return parse_fault(&m->p, open->kind == OP_BRACKET
						  ? "']' is expected"
						  : "')' is expected");
	rc = machine_as_bool(m, item);
	if (rc)
		return rc;
	if (open->kind == OP_PAREN && open->content == MODE_ANY && item->id)
		open->content = MODE_ID;
	if (open->kind == OP_PAREN && item->id_in_paren &&
	    !(m->p.lexer.flags & FILTER_EXTENDED))
		return parse_fault(&m->p, "no 'and' or 'or' is expected: the "
					  "first of a list must not be in "
					  "parentheses of its own");
	m->quals = item->quals;
	m->quals.written = false;
	m->mode = open->content == MODE_ID ? MODE_ID : MODE_ANY;
	rc = machine_push_op(m, OP_JOIN, kind);
	return rc ? rc : parse_advance(&m->p);
}

static int relate(struct machine *m, uint32_t compare)
{
	struct item *item = machine_top_item(m);
	struct op *op;
	int rc = calculates(item) ? machine_reduce_arith(m, 0) : 0;

	op = machine_top_op(m);
	if (!rc && (!calculates(machine_top_item(m)) ||
		    op->kind == OP_RELATION || op->kind == OP_BRACKET ||
		    (machine_opens(op->kind) && op->mode == MODE_ARITH)))
		return machine_comparison_fault(m);
	rc = rc ? rc : machine_as_arith(m, machine_top_item(m));
	rc = rc ? rc : machine_push_op(m, OP_RELATION, compare);
	m->mode = MODE_ARITH;
	return rc ? rc : parse_advance(&m->p);
}

static const struct {
	uint32_t punct, compare;
} relations[] = {
	{ '=', AST_EQ },      { PUNCT_NE, AST_NE }, { '>', AST_GT },
	{ PUNCT_GE, AST_GE }, { '<', AST_LT },	    { PUNCT_LE, AST_LE },
};

static const struct {
	uint32_t punct, op, level;
} binaries[] = {
	{ '|', ARITH_OR, 1 },	     { '&', ARITH_AND, 2 },
	{ PUNCT_LSH, ARITH_LSH, 3 }, { PUNCT_RSH, ARITH_RSH, 3 },
	{ '+', ARITH_ADD, 4 },	     { '-', ARITH_SUB, 4 },
	{ '*', ARITH_MUL, 5 },	     { '/', ARITH_DIV, 5 },
	{ '%', ARITH_MOD, 6 },	     { '^', ARITH_XOR, 6 },
};

static int calculate(struct machine *m, uint32_t op, uint32_t level)
{
	int rc = 0;

	if (!calculates(machine_top_item(m)))
		return parse_fault(&m->p, "'and', 'or' or the end is expected");
	if (level < 6)
		rc = machine_reduce_arith(m, level);
	rc = rc ? rc : machine_as_arith(m, machine_top_item(m));
	rc = rc ? rc : machine_push_op(m, OP_BINARY, op);
	m->mode = MODE_ARITH;
	return rc ? rc : parse_advance(&m->p);
}

static int close_inner(struct machine *m)
{
	struct op op = *machine_top_op(m);
	struct token at = machine_op_token(&op);
	struct item *item = machine_top_item(m);
	struct ast *inner;
	int rc = machine_as_bool(m, item);

	if (rc)
		return rc;
	m->ops.n--;
	inner = parse_node(&m->p, AST_INNER, &at);
	if (!inner)
		return -ENOMEM;
	inner->a = item->ast;
	machine_set_depth(inner);
	item->ast = inner;
	item->quals.defined = item->id = false;
	return parse_advance(&m->p);
}

static int close_paren(struct machine *m)
{
	struct item *item;
	struct op op;
	bool alone = machine_opens(machine_top_op(m)->kind);
	int rc = machine_reduce_all(m);

	if (rc)
		return rc;
	op = *machine_top_op(m);
	item = machine_top_item(m);
	if (op.kind == OP_BOTTOM)
		return parse_fault_at(&m->p, &m->p.token,
				      "no '(' is there for this '%s'", NULL);
	if (op.kind == OP_BRACKET)
		return parse_fault(&m->p, "']' is expected");
	if (op.kind == OP_INNER)
		return close_inner(m);
	m->ops.n--;
	if (alone && item->kind == ITEM_BOOL && item->id_in_paren &&
	    !(m->p.lexer.flags & FILTER_EXTENDED))
		return parse_fault(&m->p, "fewer parentheses are expected");
	item->mode = op.mode;
	if (item->kind == ITEM_BOOL && item->id)
		item->id_in_paren = true;
	else
		item->quals = op.quals;
	return parse_advance(&m->p);
}

static int close_bracket(struct machine *m)
{
	struct arith *load;
	struct token at;
	struct op op;
	int rc = machine_reduce_arith(m, 0);

	op = *machine_top_op(m);
	if (!rc && op.kind != OP_BRACKET)
		return parse_fault(&m->p, "an operator is expected");
	rc = rc ? rc : machine_as_arith(m, machine_top_item(m));
	if (rc)
		return rc;
	m->ops.n--;
	at = machine_op_token(&op);
	load = machine_new_arith(m, ARITH_LOAD, &at, machine_top_item(m)->arith,
				 NULL);
	if (!load)
		return -ENOMEM;
	load->proto = op.code;
	load->size = 1;
	if (parse_is(&m->p, ':')) {
		rc = parse_advance(&m->p);
		load->size = m->p.token.value;
		if (!rc &&
		    (m->p.token.kind != TOKEN_NUMBER ||
		     (load->size != 1 && load->size != 2 && load->size != 4)))
			return parse_fault(&m->p, "a size of 1, 2 or 4 bytes "
						  "is expected");
		rc = rc ? rc : parse_advance(&m->p);
	}
	*machine_top_item(m) = (struct item){
		.kind = ITEM_ARITH, .arith = load, .token = at, .mode = op.mode
	};
	if (!rc && !parse_is(&m->p, ']'))
		return parse_fault(&m->p, "']' is expected");
	return rc ? rc : parse_advance(&m->p);
}

/* Behind an operand. @more: another must follow; @done: all was read. */
static int read_operator(struct machine *m, bool *done, bool *more)
{
	const struct token *t = &m->p.token;

	*done = false;
	if (t->kind == TOKEN_AND || t->kind == TOKEN_OR)
		return *more = true,
		       join(m, t->kind == TOKEN_AND ? AST_AND : AST_OR);
	if (parse_is(&m->p, ')'))
		return close_paren(m);
	if (parse_is(&m->p, ']') || parse_is(&m->p, ':'))
		return close_bracket(m);
	for (size_t i = 0; i < sizeof(binaries) / sizeof(binaries[0]); i++)
		if (parse_is(&m->p, binaries[i].punct))
			return *more = true,
			       calculate(m, binaries[i].op, binaries[i].level);
	for (size_t i = 0; i < sizeof(relations) / sizeof(relations[0]); i++)
		if (parse_is(&m->p, relations[i].punct))
			return *more = true, relate(m, relations[i].compare);
	if (t->kind != TOKEN_END)
		return machine_operator_fault(m);
	*done = true;
	return 0;
}

static int finish(struct machine *m, struct ast **out)
{
	uint32_t kind;
	int rc = machine_reduce_all(m);

	if (rc)
		return rc;
	kind = machine_top_op(m)->kind;
	if (kind != OP_BOTTOM)
		return parse_fault(&m->p, kind == OP_BRACKET
						  ? "']' is expected"
						  : "')' is expected");
	rc = machine_as_bool(m, machine_top_item(m));
	*out = machine_top_item(m)->ast;
	return rc;
}

static int run(struct machine *m, struct ast **out)
{
	bool more = true, done = false;
	int rc = parse_advance(&m->p);

	if (rc || m->p.token.kind == TOKEN_END)
		return rc;
	rc = machine_push_op(m, OP_BOTTOM, 0);
	while (!rc && !done)
		if (more)
			rc = read_operand(m, &more);
		else
			rc = read_operator(m, &done, &more);
	return rc ? rc : finish(m, out);
}

int filter_parse(struct arena *arena, const char *text, size_t len,
		 uint32_t flags, struct ast **out, struct pktcap_error *error)
{
	struct machine m = {
		.p = { .arena = arena,
		       .lexer = { text, len, 0, flags, error } },
		.ops = { .size = sizeof(struct op) },
		.items = { .size = sizeof(struct item) },
	};
	int rc;

	*out = NULL;
	if (len > FILTER_TEXT_MAX)
		return error_set(error, -E2BIG, "parse",
				 "the expression has %zu bytes: "
				 "at most %u are read",
				 len, (unsigned int)FILTER_TEXT_MAX);
	rc = run(&m, out);
	if (rc == -ENOMEM)
		return error_set(error, rc, "parse",
				 "no memory for this expression");
	return rc;
}
