// SPDX-License-Identifier: BSD-2-Clause
#include "filter/token.h"

static const char *kind_name(uint32_t kind)
{
	switch (kind) {
	case TOKEN_PUNCT:
	case TOKEN_AND:
	case TOKEN_OR:
	case TOKEN_NOT:
		return "operator";
	case TOKEN_NUMBER:
		return "number";
	case TOKEN_NAME:
		return "name";
	case TOKEN_IPV4:
		return "ipv4";
	case TOKEN_IPV6:
		return "ipv6";
	case TOKEN_MAC:
		return "mac";
	case TOKEN_ARCNET:
		return "arcnet";
	case TOKEN_PATH:
		return "path";
	default:
		return "keyword";
	}
}

static void print_token(const struct lexer *lexer, const struct token *token,
			struct text *text)
{
	const char *p = lexer->text + token->offset;

	text_format(text, "%u %s ", (unsigned int)token->offset,
		    kind_name(token->kind));
	for (uint32_t i = 0; i < token->len; i++)
		text_char(text, p[i] >= ' ' && p[i] <= '~' ? p[i] : '?');
	if (token->kind == TOKEN_NUMBER)
		text_format(text, " = %u", (unsigned int)token->value);
	text_char(text, '\n');
}

int filter_print_tokens(const char *source, size_t len, uint32_t flags,
			struct text *text)
{
	struct lexer lexer = { source, len, 0, flags, NULL };
	struct token token;
	int rc;

	while ((rc = filter_lex(&lexer, &token)) == 0 &&
	       token.kind != TOKEN_END)
		print_token(&lexer, &token, text);
	return rc;
}
