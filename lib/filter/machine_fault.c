// SPDX-License-Identifier: BSD-2-Clause
/* What to say where neither an operand nor an operator is. */
#include "filter/machine.h"

/* "tcp" alone: behind it "prot" means "port" rather than "proto". */
static bool has_ports(const struct item *item)
{
	return item->kind == ITEM_BOOL && item->ast->kind == AST_PRIMITIVE &&
	       item->ast->type == AST_TYPE_ABBREV &&
	       (item->ast->proto == AST_PROTO_TCP ||
		item->ast->proto == AST_PROTO_UDP ||
		item->ast->proto == AST_PROTO_SCTP);
}

/* Of a name, what it may have been. */
static const char *similar_of(struct machine *m, bool number)
{
	const struct token *t = &m->p.token;

	if (t->kind != TOKEN_NAME || t->word_len != t->len)
		return NULL;
	if (number)
		return filter_similar_number(t->word, t->word_len);
	if (has_ports(machine_top_item(m)) &&
	    filter_distance(t->word, t->word_len, "port") < 2)
		return "port";
	return filter_similar(t->word, t->word_len, m->p.lexer.flags);
}

int machine_number_fault(struct machine *m)
{
	if (parse_is_long_number(&m->p.token))
		return parse_fault_at(&m->p, &m->p.token, PARSE_LONG_NUMBER,
				      NULL);
	return parse_fault_similar(&m->p,
				   "a number, 'len' or bytes as 'ip[0]' are "
				   "expected",
				   similar_of(m, true));
}

int machine_id_fault(struct machine *m)
{
	if ((m->quals.type == AST_TYPE_PROTO ||
	     m->quals.type == AST_TYPE_PROTOCHAIN) &&
	    m->p.token.kind == TOKEN_PROTOCOL)
		return parse_fault_at(&m->p, &m->p.token,
				      "'%s' is a word of the language: as a "
				      "name it is written '\\%s'",
				      NULL);
	return parse_fault(&m->p, "an address, a number or a name is expected");
}

/* "tcp == 80", and others that have no value. */
int machine_comparison_fault(struct machine *m)
{
	const struct item *item = machine_top_item(m);

	if (item->kind == ITEM_BOOL && item->ast->kind == AST_PRIMITIVE &&
	    item->ast->type == AST_TYPE_ABBREV)
		return parse_fault_at(&m->p, &item->token,
				      "'%s' alone has no value: its bytes are "
				      "written as '%s[0]'",
				      NULL);
	return parse_fault(&m->p, "no comparison is expected");
}

int machine_operator_fault(struct machine *m)
{
	const struct item *item = machine_top_item(m);
	int rc = 0;

	/* "port 53 and hst 10.0.0.1" is no port with the name "hst". */
	if (item->bare)
		rc = parse_unknown_word(&m->p, &item->token);
	if (rc)
		return rc;
	if (has_ports(item) && m->p.token.kind == TOKEN_NUMBER)
		return parse_fault_at(&m->p, &m->p.token,
				      "'and' or 'or' is expected, not '%s': "
				      "did you mean 'port %s'?",
				      NULL);
	if (parse_is(&m->p, ','))
		return parse_fault_at(&m->p, &m->p.token,
				      "'and' or 'or' is expected, not '%s': "
				      "several stand in braces, as in "
				      "'port {53, 853}'",
				      NULL);
	return parse_fault_similar(&m->p, "'and' or 'or' is expected",
				   similar_of(m, false));
}
