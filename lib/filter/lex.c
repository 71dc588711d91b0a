// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "filter/token.h"

static const char two_characters[][3] = { "&&", "||", ">=", "<=",
					  "!=", "==", "<<", ">>" };
static const struct {
	uint32_t kind, value;
} two_meanings[] = {
	{ TOKEN_AND, 0 },	    { TOKEN_OR, 0 },
	{ TOKEN_PUNCT, PUNCT_GE },  { TOKEN_PUNCT, PUNCT_LE },
	{ TOKEN_PUNCT, PUNCT_NE },  { TOKEN_PUNCT, '=' },
	{ TOKEN_PUNCT, PUNCT_LSH }, { TOKEN_PUNCT, PUNCT_RSH },
};

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Letters, digits, and within them dots, dashes and underscores. */
static size_t match_word(const char *p, size_t n)
{
	size_t len = 0;

	if (!n || !is_alnum(p[0]))
		return 0;
	while (len < n && (is_alnum(p[len]) || p[len] == '.' || p[len] == '-' ||
			   p[len] == '_'))
		len++;
	while (p[len - 1] == '-' || p[len - 1] == '_')
		len--;
	return len;
}

static int fault(struct lexer *lexer, size_t at, const char *format)
{
	return error_set_at(lexer->error, at, -EINVAL, "lex", "%s", format);
}

static int read_number(struct lexer *lexer, struct token *token)
{
	const char *p = lexer->text + token->offset;
	size_t i = 0, n = token->len;
	unsigned int base = 10;
	uint64_t value = 0;

	if (n > 1 && p[0] == '0') {
		base = p[1] == 'x' || p[1] == 'X' ? 16 : 8;
		i = base == 16 ? 2 : 1;
	}
	for (; i < n; i++) {
		unsigned int digit = (unsigned int)(p[i] - '0');

		if (base == 16 && digit > 9)
			digit = (unsigned int)((p[i] | 0x20) - 'a') + 10;
		if (digit >= base)
			return fault(lexer, token->offset + i,
				     "not an octal digit: leave out the "
				     "leading 0 of a decimal number");
		value = value * base + digit;
		if (value > UINT32_MAX)
			return fault(lexer, token->offset,
				     "a number has at most 32 bits");
	}
	token->kind = TOKEN_NUMBER;
	token->value = (uint32_t)value;
	return 0;
}

static void read_word(struct lexer *lexer, struct token *token)
{
	const struct keyword *k =
		filter_keyword(token->word, token->len, lexer->flags);

	token->kind = k ? k->kind : TOKEN_NAME;
	token->value = k ? k->value : 0;
	token->name = k ? k->word : NULL;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * Is it seen at once that no address begins here? So it is of most words:
 * too few hex digits, and behind them nothing that is between two parts.
 */
static bool is_plain_word(const char *p, size_t n)
{
	size_t hex = 0;

	if (!is_letter(p[0]))
		return false;
	while (hex < n && is_alnum(p[hex]) && (p[hex] | 0x20) <= 'f')
		hex++;
	return hex < 12 &&
	       (hex == n || (p[hex] != ':' && p[hex] != '.' && p[hex] != '-'));
}

/* The longest of what may start with a letter, a digit or a colon. */
static int lex_longest(struct lexer *lexer, struct token *token)
{
	const char *p = token->word;
	size_t n = lexer->len - lexer->at, best = match_word(p, n);
	size_t mac = filter_match_mac(p, n), ipv6 = filter_match_ipv6(p, n);
	size_t bogus = filter_match_bogus_mac(p, n);
	size_t dotted = filter_match_dotted(p, n, &token->value);

	best = mac > best ? mac : best;
	best = ipv6 > best ? ipv6 : best;
	best = bogus > best ? bogus : best;
	token->len = token->word_len = (uint32_t)best;
	if (!best)
		return filter_unexpected(lexer, lexer->at);
	if (best == mac) {
		token->kind = TOKEN_MAC;
		filter_read_mac(p, best, token->address);
	} else if (best == filter_match_number(p, n)) {
		return read_number(lexer, token);
	} else if (best == dotted) {
		token->kind = TOKEN_IPV4;
	} else if (best == ipv6) {
		token->kind = TOKEN_IPV6;
		if (!filter_read_ipv6(p, best, token->address))
			return fault(lexer, token->offset,
				     "not an IPv6 address");
	} else if (best == bogus) {
		return fault(lexer, token->offset,
			     "not an Ethernet address: it has six parts");
	} else {
		read_word(lexer, token);
	}
	return 0;
}

static int lex_word(struct lexer *lexer, struct token *token)
{
	size_t n = lexer->len - lexer->at;

	if (!is_plain_word(token->word, n))
		return lex_longest(lexer, token);
	token->len = token->word_len = (uint32_t)match_word(token->word, n);
	read_word(lexer, token);
	return 0;
}

static bool lex_punct(struct lexer *lexer, struct token *token)
{
	const char *one = "+-*/%:[]!<>()&|^=", *p = token->word;
	size_t n = lexer->len - lexer->at;

	token->kind = TOKEN_PUNCT;
	for (size_t i = 0; n > 1 && i < 8; i++) {
		if (memcmp(p, two_characters[i], 2) != 0)
			continue;
		token->kind = two_meanings[i].kind;
		token->value = two_meanings[i].value;
		token->len = 2;
		return true;
	}
	if (lexer->flags & FILTER_EXTENDED)
		one = "+-*/%:[]!<>()&|^={},";
	if (!p[0] || !strchr(one, p[0]))
		return false;
	if (p[0] == ':' && filter_match_ipv6(p, n))
		return false;
	token->kind = p[0] == '!' ? TOKEN_NOT : TOKEN_PUNCT;
	token->value = (unsigned char)p[0];
	token->len = 1;
	return true;
}

/* "\name": up to a blank, a parenthesis or a brace; never a keyword. */
static int lex_escaped(struct lexer *lexer, struct token *token)
{
	const char *p = token->word + 1, *ends = " !()\n\t";
	size_t n = lexer->len - lexer->at - 1, len = 0;

	if (lexer->flags & FILTER_EXTENDED)
		ends = " !()\n\t{},";
	while (len < n && p[len] && !strchr(ends, p[len]))
		len++;
	if (!len)
		return fault(lexer, lexer->at, "a name must follow the \\");
	token->kind = TOKEN_NAME;
	token->word = p;
	token->word_len = (uint32_t)len;
	token->len = (uint32_t)len + 1;
	return 0;
}

static int lex_quoted(struct lexer *lexer, struct token *token, size_t start)
{
	const char *p = lexer->text + start + 1;
	size_t n = lexer->len - start - 1;
	const char *end = memchr(p, p[-1], n);

	if (!end)
		return fault(lexer, start, "the closing quote is missing");
	if (end == p || memchr(p, '\0', (size_t)(end - p)))
		return fault(lexer, start, "a name must be in the quotes");
	token->word = p;
	token->word_len = (uint32_t)(end - p);
	token->len = (uint32_t)(end + 1 - (lexer->text + token->offset));
	return 0;
}

/* "@path": as far as a blank, a comma, a brace or a parenthesis; or quoted. */
static int lex_path(struct lexer *lexer, struct token *token)
{
	const char *p = token->word + 1;
	size_t n = lexer->len - lexer->at - 1, len = 0;

	token->kind = TOKEN_PATH;
	if (n && (*p == '"' || *p == '\''))
		return lex_quoted(lexer, token, lexer->at + 1);
	while (len < n && p[len] && !strchr(" ,{}()\n\r\t", p[len]))
		len++;
	if (!len)
		return fault(lexer, lexer->at, "a path must follow the @");
	token->word = p;
	token->word_len = (uint32_t)len;
	token->len = (uint32_t)len + 1;
	return 0;
}

/* "$2a", an ARCnet address. */
static int lex_arcnet(struct lexer *lexer, struct token *token)
{
	size_t n = lexer->len - lexer->at - 1, len = 0;

	token->kind = TOKEN_ARCNET;
	for (; len < 2 && len < n && is_alnum(token->word[len + 1]); len++) {
		char c = token->word[len + 1];
		unsigned int digit = (unsigned int)(c - '0');

		if (digit > 9)
			digit = (unsigned int)((c | 0x20) - 'a') + 10;
		if (digit > 15)
			break;
		token->value = token->value << 4 | digit;
	}
	token->len = (uint32_t)len + 1;
	return len ? 0
		   : fault(lexer, lexer->at, "hex digits must follow the $");
}

static int lex_any(struct lexer *lexer, struct token *token)
{
	bool extended = lexer->flags & FILTER_EXTENDED;

	switch (*token->word) {
	case '\\':
		return lex_escaped(lexer, token);
	case '$':
		return lex_arcnet(lexer, token);
	case '"':
	case '\'':
		if (!extended)
			break;
		token->kind = TOKEN_NAME;
		return lex_quoted(lexer, token, lexer->at);
	case '@':
		if (!extended || lexer->flags & FILTER_LIST)
			break;
		return lex_path(lexer, token);
	}
	return !is_alnum(*token->word) && lex_punct(lexer, token)
		       ? 0
		       : lex_word(lexer, token);
}

static void skip_blanks(struct lexer *lexer)
{
	bool comment = false;

	for (; lexer->at < lexer->len; lexer->at++) {
		char c = lexer->text[lexer->at];

		if (c == '#' && lexer->flags & FILTER_LIST)
			comment = true;
		else if (c == '\n')
			comment = false;
		else if (!comment && !is_space(c))
			return;
	}
}

/* What stands next to a token and would make nonsense of it later. */
static int check_end(struct lexer *lexer, const struct token *token)
{
	const char *next = lexer->text + lexer->at;

	if (lexer->at == lexer->len)
		return 0;
	if ((unsigned char)*next >= 0x80)
		return filter_unexpected(lexer, lexer->at);
	if (*next == ':' && token->kind == TOKEN_IPV6)
		return fault(lexer, token->offset, "not an IPv6 address");
	if (*next == ':' && token->kind == TOKEN_IPV4)
		return fault(lexer, lexer->at,
			     "an address and a port are two things: write "
			     "'and port' between them");
	return 0;
}

int filter_lex(struct lexer *lexer, struct token *token)
{
	int rc = 0;

	skip_blanks(lexer);
	*token = (struct token){ .word = lexer->text + lexer->at,
				 .offset = (uint32_t)lexer->at };
	if (lexer->at < lexer->len)
		rc = lex_any(lexer, token);
	if (rc)
		return rc;
	lexer->at += token->len;
	return check_end(lexer, token);
}
