// SPDX-License-Identifier: BSD-2-Clause
/* Primitives that have a keyword and operands of their own. */
#include <errno.h>
#include <string.h>

#include "filter/parse.h"

int parse_quals(struct parser *p, uint32_t proto, struct quals *out)
{
	struct token t = p->token;
	uint32_t join;
	int rc = 0;

	*out = (struct quals){ .proto = proto,
			       .type = AST_TYPE_DEFAULT,
			       .defined = true };
	if (t.kind == TOKEN_PROTO || t.kind == TOKEN_GATEWAY) {
		out->type = t.value;
		return parse_advance(p);
	}
	if (t.kind != TOKEN_DIRECTION && t.kind != TOKEN_TYPE)
		return -ENOENT;
	if (t.kind == TOKEN_DIRECTION) {
		out->dir = t.value;
		rc = parse_advance(p);
		join = p->token.kind;
		if (!rc && t.value <= AST_DIR_DST &&
		    (join == TOKEN_AND || join == TOKEN_OR)) {
			rc = parse_advance(p);
			if (!rc && (p->token.kind != TOKEN_DIRECTION ||
				    p->token.value > AST_DIR_DST ||
				    p->token.value == t.value))
				return parse_fault(
					p, "the other of 'src' and 'dst' "
					   "is expected");
			out->dir = join == TOKEN_OR ? AST_DIR_SRC_OR_DST
						    : AST_DIR_SRC_AND_DST;
			rc = rc ? rc : parse_advance(p);
		}
	}
	if (!rc && p->token.kind == TOKEN_TYPE) {
		out->type = p->token.value;
		rc = parse_advance(p);
	}
	return rc;
}

static int need_number(struct parser *p, struct ast *ast)
{
	int rc;

	if (p->token.kind != TOKEN_NUMBER)
		return parse_fault(p, "a number is expected");
	rc = parse_add_number(p, ast, &p->token);
	return rc ? rc : parse_advance(p);
}

/* A number in as many parentheses as somebody likes. */
static int number_in_parentheses(struct parser *p, struct ast *ast)
{
	size_t open = 0;
	int rc = 0;

	for (; !rc && parse_is(p, '('); open++)
		rc = parse_advance(p);
	rc = rc ? rc : need_number(p, ast);
	for (; !rc && open; open--) {
		if (!parse_is(p, ')'))
			return parse_fault(p, "')' is expected");
		rc = parse_advance(p);
	}
	return rc;
}

static int label_fault(struct parser *p)
{
	const struct token *t = &p->token;

	if (p->lexer.flags & FILTER_EXTENDED &&
	    filter_match_number(t->word, t->word_len) &&
	    memchr(t->word, '-', t->word_len))
		return parse_fault_at(p, t,
				      "a number is expected, not '%s': ranges "
				      "stand in braces, as in '{%s}'",
				      NULL);
	return parse_fault(p, "a number is expected");
}

static int read_label(struct parser *p, struct ast *ast)
{
	const struct token *t = &p->token;

	if (parse_is(p, '{'))
		return parse_set(p, ast);
	if (t->kind == TOKEN_PATH) {
		ast->set = true;
		return parse_element(p, ast);
	}
	if (t->kind == TOKEN_NAME &&
	    !filter_similar(t->word, t->word_len, p->lexer.flags))
		return label_fault(p);
	if (p->token.kind == TOKEN_NUMBER || parse_is(p, '('))
		return number_in_parentheses(p, ast);
	return 0;
}

/* "vlan 5 > vlan 7", outer tag first. */
static int read_labels(struct parser *p, struct ast *ast)
{
	int rc = read_label(p, ast);

	while (!rc && ast->type == AST_TYPE_VLAN && parse_is(p, '>') &&
	       p->lexer.flags & FILTER_EXTENDED) {
		rc = parse_advance(p);
		if (rc)
			return rc;
		if (p->token.kind != TOKEN_LABEL ||
		    p->token.value != AST_TYPE_VLAN)
			return parse_fault(p, "'vlan' is expected: "
					      "the tag within the tag");
		ast->nested =
			parse_primitive_node(p, 0, AST_TYPE_VLAN, &p->token);
		ast = ast->nested;
		if (!ast)
			return -ENOMEM;
		rc = parse_advance(p);
		rc = rc ? rc : read_label(p, ast);
	}
	return rc;
}

static int need_name(struct parser *p, struct ast *ast)
{
	/* Of all types the one that takes a name for nothing else. */
	const struct quals any = { .type = AST_TYPE_GATEWAY, .defined = true };
	struct ast *name;
	int rc;

	if (p->token.kind != TOKEN_NAME)
		return parse_fault(p, "a name is expected");
	rc = parse_id(p, &any, &name);
	ast->operands = rc ? NULL : name->operands;
	return rc;
}

/* A word that is in no table. */
static int unknown_code(struct parser *p, const struct token *t,
			enum code_table table, const char *format)
{
	const char *similar = filter_similar_code(table, t->word, t->word_len);

	if (!similar)
		return parse_fault_at(p, t, format, NULL);
	return parse_fault_at(p, t, "'%s' is not known: did you mean '%s'?",
			      similar);
}

/* The word at the token, looked up, as a number. */
static int need_code(struct parser *p, struct ast *ast, enum code_table table)
{
	static const char *const unknown[CODES_COUNT] = {
		[CODES_WLAN_TYPE] = "'%s' is no type of 802.11 frames: write "
				    "'mgt', 'ctl' or 'data'",
		[CODES_WLAN_MGT] = "'%s' is no subtype of management frames",
		[CODES_WLAN_CTL] = "'%s' is no subtype of control frames",
		[CODES_WLAN_DATA] = "'%s' is no subtype of data frames",
		[CODES_WLAN_DIR] = "'%s' is no direction of 802.11: write "
				   "'nods', 'tods', 'fromds' or 'dstods'",
		[CODES_PF_REASON] = "'%s' is no reason of pf",
		[CODES_PF_ACTION] = "'%s' is no action of pf: write 'pass' or "
				    "'block'",
	};
	struct token t = p->token;
	int rc;

	if (t.kind == TOKEN_NAME) {
		if (!filter_code(table, t.word, t.word_len, &t.value))
			return unknown_code(p, &t, table, unknown[table]);
		t.kind = TOKEN_NUMBER;
	}
	if (t.kind != TOKEN_NUMBER)
		return parse_fault(p, "a name or a number is expected");
	rc = parse_add_number(p, ast, &t);
	return rc ? rc : parse_advance(p);
}

static enum code_table subtypes_of(uint32_t type)
{
	return type == 0x00   ? CODES_WLAN_MGT
	       : type == 0x04 ? CODES_WLAN_CTL
			      : CODES_WLAN_DATA;
}

/* "type ctl", "type ctl subtype ack": one value and its mask. */
static int read_wlan_type(struct parser *p, struct ast *ast)
{
	struct token at = p->token;
	uint32_t type;
	int rc = need_code(p, ast, CODES_WLAN_TYPE);

	if (rc)
		return rc;
	type = ast->operands->number;
	if (type & ~0x0cu)
		return parse_fault_at(p, &at,
				      "'%s' is no frame type: at most "
				      "the bits 0x0c",
				      NULL);
	if (p->token.kind != TOKEN_WLAN ||
	    p->token.value != AST_TYPE_WLAN_SUBTYPE)
		return 0;
	rc = parse_advance(p);
	at = p->token;
	if (!rc && type == 0x0c && at.kind == TOKEN_NAME)
		return parse_fault(p, "a number is expected: this type has no "
				      "names for subtypes");
	ast->operands = ast->last = NULL;
	rc = rc ? rc : need_code(p, ast, subtypes_of(type));
	if (rc)
		return rc;
	if (ast->operands->number & ~0xf0u)
		return parse_fault_at(p, &at,
				      "'%s' is no subtype: at most "
				      "the bits 0xf0",
				      NULL);
	ast->type = AST_TYPE_WLAN_SUBTYPE;
	ast->operands->number |= type;
	return 0;
}

/* "subtype ack": the type is known from the name. */
static int read_wlan_subtype(struct parser *p, struct ast *ast)
{
	static const struct {
		enum code_table table;
		uint32_t type;
	} all[] = { { CODES_WLAN_MGT, 0x00 },
		    { CODES_WLAN_CTL, 0x04 },
		    { CODES_WLAN_DATA, 0x08 } };
	struct token t = p->token;
	int rc;

	if (t.kind != TOKEN_NAME)
		return parse_fault(p, "the name of a subtype is expected");
	for (size_t i = 0; i < 3; i++) {
		if (!filter_code(all[i].table, t.word, t.word_len, &t.value))
			continue;
		t.value |= all[i].type;
		rc = parse_add_number(p, ast, &t);
		return rc ? rc : parse_advance(p);
	}
	return unknown_code(p, &t, CODES_WLAN_MGT,
			    "'%s' is no subtype of 802.11 frames");
}

static int read_wlan(struct parser *p, struct ast *ast)
{
	if (ast->type == AST_TYPE_WLAN_TYPE)
		return read_wlan_type(p, ast);
	if (ast->type == AST_TYPE_WLAN_SUBTYPE)
		return read_wlan_subtype(p, ast);
	return need_code(p, ast, CODES_WLAN_DIR);
}

static bool read_compare(const struct parser *p, uint32_t *out)
{
	static const struct {
		uint32_t punct, compare;
	} all[] = { { '=', AST_EQ }, { PUNCT_NE, AST_NE },
		    { '>', AST_GT }, { PUNCT_GE, AST_GE },
		    { '<', AST_LT }, { PUNCT_LE, AST_LE } };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (!parse_is(p, all[i].punct))
			continue;
		*out = all[i].compare;
		return true;
	}
	return false;
}

/* "vpi 5", "vpi > 5", "vpi (5 or 6)". */
static int read_field(struct parser *p, struct ast *ast)
{
	int rc;

	ast->compare = AST_EQ;
	if (read_compare(p, &ast->compare)) {
		rc = parse_advance(p);
		return rc ? rc : need_number(p, ast);
	}
	if (!parse_is(p, '('))
		return need_number(p, ast);
	do {
		rc = parse_advance(p);
		rc = rc ? rc : need_number(p, ast);
	} while (!rc && p->token.kind == TOKEN_OR);
	if (!rc && !parse_is(p, ')'))
		return parse_fault(p, "'or' or ')' is expected");
	return rc ? rc : parse_advance(p);
}

static int read_byte(struct parser *p, struct ast *ast)
{
	int rc = need_number(p, ast);

	if (rc)
		return rc;
	if (!parse_is(p, '&') && !parse_is(p, '|') && !parse_is(p, '<') &&
	    !parse_is(p, '>') && !parse_is(p, '='))
		return parse_fault(p, "'=', '<', '>', '&' or '|' is expected");
	ast->byte_op = p->token.value;
	rc = parse_advance(p);
	return rc ? rc : need_number(p, ast);
}

static int read_llc(struct parser *p, struct ast *ast)
{
	static const char *const letters = "isu";
	struct token t = p->token;
	uint32_t value = 0;
	int rc;

	ast->type = AST_TYPE_LLC;
	if (t.kind == TOKEN_COUNTED && t.len == 3 &&
	    t.value == AST_TYPE_PF_RULE)
		t.kind = TOKEN_NAME; /* rnr, a keyword for other reasons */
	if (t.kind != TOKEN_NAME)
		return 0;
	for (uint32_t i = 0; i < 3; i++) {
		if (t.word_len == 1 && (t.word[0] | 0x20) == letters[i]) {
			ast->type = AST_TYPE_LLC_I + i;
			return parse_advance(p);
		}
	}
	if (filter_code(CODES_LLC_S, t.word, t.word_len, &value))
		ast->type = AST_TYPE_LLC_SUB_S;
	else if (filter_code(CODES_LLC_U, t.word, t.word_len, &value))
		ast->type = AST_TYPE_LLC_SUB_U;
	else
		return unknown_code(p, &t, CODES_LLC_U,
				    "'%s' is no type of LLC frames");
	t.value = value;
	rc = parse_add_number(p, ast, &t);
	return rc ? rc : parse_advance(p);
}

/* "sample 1/100". */
static int read_sample(struct parser *p, struct ast *ast)
{
	int rc = need_number(p, ast);

	if (!rc && !parse_is(p, '/'))
		return parse_fault(p, "'/' is expected, as in 'sample 1/100'");
	rc = rc ? rc : parse_advance(p);
	if (!rc && p->token.kind == TOKEN_NUMBER &&
	    (!p->token.value || p->token.value < ast->operands->number))
		return parse_fault(p, "a number not below the first is "
				      "expected");
	return rc ? rc : need_number(p, ast);
}

static int read_operands(struct parser *p, struct ast *ast, uint32_t kind)
{
	switch (kind) {
	case TOKEN_COUNTED:
		return need_number(p, ast);
	case TOKEN_LABEL:
		return read_labels(p, ast);
	case TOKEN_NAMED:
		return need_name(p, ast);
	case TOKEN_CODED:
		if (ast->type == AST_TYPE_PF_REASON)
			return need_code(p, ast, CODES_PF_REASON);
		if (p->token.kind != TOKEN_NAME)
			return parse_fault(p, "the name of an action is "
					      "expected");
		return need_code(p, ast, CODES_PF_ACTION);
	case TOKEN_WLAN:
		return read_wlan(p, ast);
	case TOKEN_FIELD:
		return read_field(p, ast);
	case TOKEN_BYTE:
		return read_byte(p, ast);
	case TOKEN_LLC:
		return read_llc(p, ast);
	case TOKEN_SAMPLE:
		return read_sample(p, ast);
	default: /* nothing follows */
		return 0;
	}
}

static bool starts_special(uint32_t kind, uint32_t proto)
{
	if (kind == TOKEN_CAST || kind == TOKEN_WLAN)
		return true;
	if (proto)
		return false;
	return kind == TOKEN_ALONE || kind == TOKEN_COUNTED ||
	       kind == TOKEN_LABEL || kind == TOKEN_NAMED ||
	       kind == TOKEN_CODED || kind == TOKEN_FIELD ||
	       kind == TOKEN_SIGNAL || kind == TOKEN_BYTE ||
	       kind == TOKEN_LLC || kind == TOKEN_SAMPLE;
}

int parse_special(struct parser *p, uint32_t proto, struct ast **out)
{
	struct token t = p->token;
	struct ast *ast;
	uint32_t type = t.value;
	int rc;

	if (!starts_special(t.kind, proto))
		return -ENOENT;
	if (t.kind == TOKEN_BYTE)
		type = AST_TYPE_BYTE;
	else if (t.kind == TOKEN_SAMPLE)
		type = AST_TYPE_SAMPLE;
	ast = parse_primitive_node(p, proto, type, &t);
	if (!ast)
		return -ENOMEM;
	if (t.kind == TOKEN_FIELD || t.kind == TOKEN_SIGNAL)
		ast->keyword = t.name;
	*out = ast;
	rc = parse_advance(p);
	return rc ? rc : read_operands(p, ast, t.kind);
}
