// SPDX-License-Identifier: BSD-2-Clause
/* Ids that nothing stands before: what a person may have meant by them. */
#include <string.h>

#include "filter/parse.h"

static bool is_bare_name(const struct token *at)
{
	return at->kind == TOKEN_NAME && at->word_len == at->len;
}

static bool is_extension(const struct parser *p, const struct token *at)
{
	return is_bare_name(at) && !(p->lexer.flags & FILTER_EXTENDED) &&
	       filter_keyword(at->word, at->word_len, FILTER_EXTENDED);
}

int parse_unknown_word(struct parser *p, const struct token *at)
{
	const char *similar = NULL;

	if (is_extension(p, at))
		return parse_fault_at(p, at,
				      "'%s' is an extension of the language, "
				      "which is switched off",
				      NULL);
	if (is_bare_name(at))
		similar =
			filter_similar(at->word, at->word_len, p->lexer.flags);
	if (!similar)
		return 0;
	return parse_fault_at(
		p, at, "'%s' is not known here: did you mean '%s'?", similar);
}

/* "tcp-syn" and others that stand for numbers. */
static const char *use_of(const char *name)
{
	if (!strncmp(name, "tcp-", 4))
		return "'%s' is a number: write 'tcp[tcpflags] & %s != 0'";
	if (!strncmp(name, "icmp-", 5))
		return "'%s' is a number: write 'icmp[icmptype] = %s'";
	if (!strncmp(name, "icmp6-", 6))
		return "'%s' is a number: write 'icmp6[icmp6type] = %s'";
	if (!strncmp(name, "tcp", 3))
		return "'%s' is an offset: write 'tcp[%s]'";
	return name[4] == '6' ? "'%s' is an offset: write 'icmp6[%s]'"
			      : "'%s' is an offset: write 'icmp[%s]'";
}

int parse_undefined(struct parser *p, const struct token *at)
{
	const char *meant = NULL;
	int rc = parse_unknown_word(p, at);

	if (rc)
		return rc;
	if (at->kind == TOKEN_NUMBER && at->name)
		return parse_fault_at(p, at, use_of(at->name), NULL);
	if (at->kind == TOKEN_IPV6 || (at->kind == TOKEN_IPV4 && at->value > 3))
		meant = "host";
	else if (at->kind == TOKEN_IPV4)
		meant = "net";
	else if (at->kind == TOKEN_MAC)
		meant = "ether host";
	if (meant)
		return parse_fault_at(p, at,
				      "'%s' needs a word before it: "
				      "did you mean '%s'?",
				      meant);
	return parse_fault_at(p, at,
			      "what kind of thing is '%s'? Write "
			      "'host %s', 'net %s' or 'port %s'",
			      NULL);
}
