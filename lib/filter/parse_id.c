// SPDX-License-Identifier: BSD-2-Clause
/* Addresses, numbers, names and sets of them behind qualifiers. */
#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "filter/parse.h"

static struct ast_operand *add_operand(struct parser *p, struct ast *ast,
				       uint32_t kind, const struct token *at)
{
	struct ast_operand *o = arena_take(p->arena, sizeof(*o));
	uint32_t end = at->offset + at->len;

	if (!o)
		return NULL;
	o->kind = kind;
	o->offset = at->offset;
	o->len = at->len;
	o->number = at->value;
	o->prefix = AST_PREFIX_NONE;
	memcpy(o->address, at->address, sizeof(o->address));
	if (ast->last)
		ast->last->next = o;
	else
		ast->operands = o;
	ast->last = o;
	if (end > ast->offset + ast->len)
		ast->len = end - ast->offset;
	return o;
}

int parse_add_number(struct parser *p, struct ast *ast,
		     const struct token *number)
{
	return add_operand(p, ast, AST_OPERAND_NUMBER, number) ? 0 : -ENOMEM;
}

static bool takes_range(uint32_t type)
{
	return type == AST_TYPE_PORT || type == AST_TYPE_PORTRANGE ||
	       type == AST_TYPE_PROTO || type == AST_TYPE_VLAN ||
	       type == AST_TYPE_MPLS || type == AST_TYPE_PPPOES ||
	       type == AST_TYPE_GENEVE || type == AST_TYPE_VXLAN;
}

static bool decimal(const char *p, size_t n, uint32_t *out)
{
	uint64_t value = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9' || value > UINT32_MAX)
			return false;
		value = value * 10 + (uint64_t)(p[i] - '0');
	}
	*out = (uint32_t)value;
	return n && value <= UINT32_MAX;
}

/* "6000-6008" and "ftp-data" are both names to the lexer. */
static bool decimal_range(const struct token *t, uint32_t *from, uint32_t *to)
{
	const char *dash = memchr(t->word, '-', t->word_len);

	return dash && decimal(t->word, (size_t)(dash - t->word), from) &&
	       decimal(dash + 1, t->word_len - (size_t)(dash + 1 - t->word),
		       to);
}

static int name_strings(struct parser *p, struct ast_operand *o,
			const struct token *t, size_t cut)
{
	o->name = arena_string(p->arena, t->word, cut);
	if (cut < t->word_len)
		o->name_last = arena_string(p->arena, t->word + cut + 1,
					    t->word_len - cut - 1);
	return o->name && (o->name_last || cut == t->word_len) ? 0 : -ENOMEM;
}

static bool takes_addresses(uint32_t type)
{
	return type == AST_TYPE_HOST || type == AST_TYPE_DEFAULT ||
	       type == AST_TYPE_NET;
}

static int ipv4_range(struct parser *p, struct ast *ast, const struct token *t,
		      size_t cut)
{
	struct ast_operand *o = add_operand(p, ast, AST_OPERAND_IPV4_RANGE, t);
	uint8_t first[4];

	if (!o)
		return -ENOMEM;
	ast->set = true;
	if (!filter_read_dotted(t->word, cut, o->address) ||
	    !filter_read_dotted(t->word + cut + 1, t->word_len - cut - 1,
				o->address_last))
		return parse_fault_at(p, t,
				      "'%s' is no range of IPv4 addresses: "
				      "their parts are decimal, at most 255",
				      NULL);
	memcpy(first, o->address, sizeof(first));
	if (memcmp(first, o->address_last, sizeof(first)) > 0) {
		memcpy(o->address, o->address_last, sizeof(first));
		memcpy(o->address_last, first, sizeof(first));
	}
	return 0;
}

static int name_operand(struct parser *p, struct ast *ast,
			const struct token *t)
{
	bool range = ast->type == AST_TYPE_PORTRANGE ||
		     (ast->set && takes_range(ast->type));
	const char *dash = memchr(t->word, '-', t->word_len);
	struct ast_operand *o;
	uint32_t from, to;
	size_t cut;

	if (p->lexer.flags & FILTER_EXTENDED && takes_addresses(ast->type) &&
	    t->word_len == t->len &&
	    filter_is_ipv4_range(t->word, t->word_len, &cut))
		return ipv4_range(p, ast, t, cut);
	cut = t->word_len;
	if (decimal_range(t, &from, &to)) {
		if (ast->type == AST_TYPE_PORT && !range)
			return parse_fault_at(p, t,
					      "one port is expected, not '%s': "
					      "did you mean 'portrange'?",
					      NULL);
		if (range) {
			o = add_operand(p, ast, AST_OPERAND_RANGE, t);
			if (!o)
				return -ENOMEM;
			o->number = from < to ? from : to;
			o->last = from < to ? to : from;
			return 0;
		}
	}
	if (dash && ast->type == AST_TYPE_PORTRANGE)
		cut = (size_t)(dash - t->word);
	o = add_operand(p, ast,
			cut < t->word_len ? AST_OPERAND_NAME_RANGE
					  : AST_OPERAND_NAME,
			t);
	return o ? name_strings(p, o, t, cut) : -ENOMEM;
}

bool parse_is_long_number(const struct token *t)
{
	return t->kind == TOKEN_MAC &&
	       filter_match_number(t->word, t->word_len) == t->word_len;
}

/* Why an address cannot stand behind these qualifiers, or NULL. */
static const char *misplaced(const struct ast *ast, uint32_t kind)
{
	switch (ast->type) {
	case AST_TYPE_HOST:
	case AST_TYPE_DEFAULT:
	case AST_TYPE_NET:
		break;
	case AST_TYPE_PORT:
	case AST_TYPE_PORTRANGE:
		return "a port is expected, not the address '%s': "
		       "did you mean 'host'?";
	case AST_TYPE_GATEWAY:
		return "the name of a gateway is expected, not '%s'";
	default:
		return "a protocol is expected, not the address '%s': "
		       "did you mean 'host'?";
	}
	if (kind != TOKEN_MAC && kind != TOKEN_ARCNET)
		return NULL;
	if (ast->type == AST_TYPE_NET)
		return "a network is expected, not '%s': "
		       "did you mean 'ether host'?";
	return ast->proto == AST_PROTO_LINK
		       ? NULL
		       : "'%s' is a link address: did you mean 'ether host'?";
}

static int ipv4_operand(struct parser *p, struct ast *ast,
			const struct token *t)
{
	bool decnet = ast->proto == AST_PROTO_DECNET;
	struct ast_operand *o;
	const char *dot = memchr(t->word, '.', t->word_len);
	uint32_t area, node;
	size_t cut = dot ? (size_t)(dot - t->word) : 0;

	o = add_operand(p, ast, decnet ? AST_OPERAND_DECNET : AST_OPERAND_IPV4,
			t);
	if (!o)
		return -ENOMEM;
	o->parts = t->value;
	if (decnet) {
		if (t->value != 2 || !decimal(t->word, cut, &area) ||
		    !decimal(dot + 1, t->word_len - cut - 1, &node))
			return parse_fault_at(p, t,
					      "an address as 10.123 is "
					      "expected, not '%s'",
					      NULL);
		o->number = (area << 10 & 0xfc00) | (node & 0x3ff);
		return 0;
	}
	if (!filter_read_dotted(t->word, t->word_len, o->address))
		return parse_fault_at(p, t,
				      "'%s' is not an IPv4 address: its parts "
				      "are decimal, at most 255",
				      NULL);
	if (parse_is(p, '/'))
		return parse_prefix(p, ast, o, 32);
	return p->token.kind == TOKEN_MASK ? parse_mask(p, ast, o) : 0;
}

static int address_operand(struct parser *p, struct ast *ast,
			   const struct token *t)
{
	const char *why = misplaced(ast, t->kind);
	struct ast_operand *o;

	if (why && parse_is_long_number(t))
		return parse_fault_at(p, t, PARSE_LONG_NUMBER, NULL);
	if (why)
		return parse_fault_at(p, t, why, NULL);
	if (t->kind == TOKEN_IPV4)
		return ipv4_operand(p, ast, t);
	if (t->kind == TOKEN_MAC || t->kind == TOKEN_ARCNET)
		return add_operand(p, ast,
				   t->kind == TOKEN_MAC ? AST_OPERAND_MAC
							: AST_OPERAND_ARCNET,
				   t)
			       ? 0
			       : -ENOMEM;
	o = add_operand(p, ast, AST_OPERAND_IPV6, t);
	if (!o)
		return -ENOMEM;
	return parse_is(p, '/') ? parse_prefix(p, ast, o, 128) : 0;
}

static int path_operand(struct parser *p, struct ast *ast,
			const struct token *t)
{
	struct ast_operand *o = add_operand(p, ast, AST_OPERAND_FILE, t);

	return o ? name_strings(p, o, t, t->word_len) : -ENOMEM;
}

/* One id; @t was the token and is consumed. */
static int operand(struct parser *p, struct ast *ast, const struct token *t)
{
	switch (t->kind) {
	case TOKEN_NUMBER:
		if (ast->type == AST_TYPE_GATEWAY)
			return parse_fault_at(p, t, misplaced(ast, t->kind),
					      NULL);
		return parse_add_number(p, ast, t);
	case TOKEN_NAME:
		return name_operand(p, ast, t);
	case TOKEN_PATH:
		return path_operand(p, ast, t);
	default:
		return address_operand(p, ast, t);
	}
}

static int range_end(struct parser *p, struct ast *ast)
{
	struct ast_operand *o = ast->last;
	int rc = parse_advance(p);

	if (rc)
		return rc;
	if (p->token.kind != TOKEN_NUMBER || !takes_range(ast->type))
		return parse_fault(p, "the other end of a range is expected");
	o->kind = AST_OPERAND_RANGE;
	o->last = p->token.value;
	if (o->last < o->number) {
		o->last = o->number;
		o->number = p->token.value;
	}
	o->len = p->token.offset + p->token.len - o->offset;
	return parse_advance(p);
}

/* "10/8" in a set; elsewhere a division begins there. */
static int short_net(struct parser *p, struct ast *ast)
{
	struct ast_operand *o = ast->last;

	if (o->number > UINT8_MAX)
		return parse_fault(p, "no prefix length is expected");
	o->kind = AST_OPERAND_IPV4;
	o->parts = 1;
	o->address[0] = (uint8_t)o->number;
	return parse_prefix(p, ast, o, 32);
}

static bool only_numbers(uint32_t type)
{
	return takes_range(type) && type != AST_TYPE_PORT &&
	       type != AST_TYPE_PORTRANGE && type != AST_TYPE_PROTO;
}

bool parse_protocol_word(struct parser *p, uint32_t type)
{
	if ((type != AST_TYPE_PROTO && type != AST_TYPE_PROTOCHAIN) ||
	    p->token.kind != TOKEN_PROTOCOL ||
	    !(p->lexer.flags & FILTER_EXTENDED))
		return false;
	p->token.kind = TOKEN_NAME;
	return true;
}

int parse_element(struct parser *p, struct ast *ast)
{
	struct token t = p->token;
	uint32_t from, to;
	bool number = t.kind == TOKEN_NUMBER ||
		      (t.kind == TOKEN_NAME && decimal_range(&t, &from, &to));
	int rc;

	if (parse_protocol_word(p, ast->type))
		t.kind = TOKEN_NAME;
	if (parse_is(p, '{') || (!parse_at_id(p) && !number))
		return parse_fault(p, "an address, a number or a name is "
				      "expected in the set");
	if (only_numbers(ast->type) && !number && t.kind != TOKEN_PATH)
		return parse_fault(p, "a number is expected in the set");
	rc = parse_advance(p);
	if (!rc)
		rc = operand(p, ast, &t);
	if (!rc && t.kind == TOKEN_NUMBER && parse_is(p, '-'))
		rc = range_end(p, ast);
	else if (!rc && t.kind == TOKEN_IPV4 && parse_is(p, '-'))
		rc = parse_fault(p, "a range of IPv4 addresses is written "
				    "without blanks: ',' or '}' is expected");
	else if (!rc && t.kind == TOKEN_IPV6 && parse_is(p, '-'))
		rc = parse_fault(p, "ranges are of IPv4 addresses only: ',' or "
				    "'}' is expected");
	else if (!rc && t.kind == TOKEN_NUMBER && parse_is(p, '/'))
		rc = short_net(p, ast);
	return rc;
}

int parse_set(struct parser *p, struct ast *ast)
{
	int rc;

	ast->set = true;
	do {
		rc = parse_advance(p);
		if (!rc)
			rc = parse_element(p, ast);
	} while (!rc && parse_is(p, ','));
	if (rc)
		return rc;
	if (!parse_is(p, '}'))
		return parse_fault(p, "',' or '}' is expected");
	ast->len = p->token.offset + p->token.len - ast->offset;
	return parse_advance(p);
}

bool parse_at_id(const struct parser *p)
{
	switch (p->token.kind) {
	case TOKEN_NAME:
	case TOKEN_IPV4:
	case TOKEN_IPV6:
	case TOKEN_MAC:
	case TOKEN_ARCNET:
	case TOKEN_PATH:
		return true;
	default:
		return parse_is(p, '{');
	}
}

static int start(struct parser *p, const struct quals *quals,
		 const struct token *at, struct ast **out)
{
	bool constant = at->kind == TOKEN_NUMBER && at->name &&
			p->lexer.flags & FILTER_EXTENDED && !quals->written;

	if (!quals->defined || constant)
		return parse_undefined(p, at);
	*out = parse_primitive_node(p, quals->proto, quals->type, at);
	if (!*out)
		return -ENOMEM;
	(*out)->dir = quals->dir;
	if (quals->written) {
		(*out)->len += at->offset - quals->offset;
		(*out)->offset = quals->offset;
	}
	return 0;
}

int parse_id(struct parser *p, const struct quals *quals, struct ast **out)
{
	struct token t = p->token;
	int rc = start(p, quals, &t, out);

	if (rc)
		return rc;
	if (parse_is(p, '{'))
		return parse_set(p, *out);
	rc = parse_advance(p);
	return rc ? rc : operand(p, *out, &t);
}

int parse_number_id(struct parser *p, const struct quals *quals,
		    const struct token *number, struct ast **out)
{
	int rc = start(p, quals, number, out);

	return rc ? rc : operand(p, *out, number);
}
