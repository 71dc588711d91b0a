// SPDX-License-Identifier: BSD-2-Clause
/* What all parts of the parser use. */
#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "filter/parse.h"

enum { WORD_MAX = 40 }; /* bytes of a token that a message repeats */

int parse_advance(struct parser *p)
{
	return filter_lex(&p->lexer, &p->token);
}

bool parse_is(const struct parser *p, uint32_t punct)
{
	return p->token.kind == TOKEN_PUNCT && p->token.value == punct;
}

/* The text of a token as messages show it, and the first bytes of long ones. */
static void show(struct text *text, const struct parser *p,
		 const struct token *at)
{
	const char *word = p->lexer.text + at->offset;
	size_t n = at->len < WORD_MAX ? at->len : WORD_MAX;

	for (size_t i = 0; i < n;)
		i += filter_show_character(text, word + i, at->len - i);
}

int parse_fault_at(struct parser *p, const struct token *at, const char *format,
		   const char *what)
{
	char word[4 * WORD_MAX + 1];
	char message[256];
	struct text shown = text_over(word, sizeof(word));
	struct text text = text_over(message, sizeof(message));

	show(&shown, p, at);
	for (const char *next = word; *format; format++) {
		if (format[0] == '%' && format[1] == 's') {
			text_safe(&text, next);
			next = what ? what : word;
			format++;
		} else {
			text_char(&text, *format);
		}
	}
	return error_set_at(p->lexer.error, at->offset, -EINVAL, "parse", "%s",
			    message);
}

int parse_fault(struct parser *p, const char *expected)
{
	char message[200];
	struct text text = text_over(message, sizeof(message));

	text_string(&text, expected);
	text_string(&text, p->token.kind == TOKEN_END ? ": the text ends here"
						      : ", not '%s'");
	return parse_fault_at(p, &p->token, message, "");
}

int parse_fault_similar(struct parser *p, const char *expected,
			const char *similar)
{
	char message[200];
	struct text text = text_over(message, sizeof(message));

	if (!similar)
		return parse_fault(p, expected);
	text_string(&text, expected);
	text_string(&text, ", not '%s': did you mean '%s'?");
	return parse_fault_at(p, &p->token, message, similar);
}

struct ast *parse_node(struct parser *p, enum ast_kind kind,
		       const struct token *at)
{
	struct ast *ast = arena_take(p->arena, sizeof(*ast));

	if (!ast)
		return NULL;
	ast->kind = kind;
	ast->offset = at->offset;
	ast->len = at->len;
	ast->depth = 1;
	return ast;
}

struct ast *parse_primitive_node(struct parser *p, uint32_t proto,
				 uint32_t type, const struct token *at)
{
	struct ast *ast = parse_node(p, AST_PRIMITIVE, at);

	if (!ast)
		return NULL;
	ast->proto = proto;
	ast->type = type;
	return ast;
}
