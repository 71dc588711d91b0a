// SPDX-License-Identifier: BSD-2-Clause
/* Characters that no token has: what they are, and what to type instead. */
#include <errno.h>

#include "base/error.h"
#include "filter/token.h"

/* What word processors and web pages make of what people type. */
static const struct {
	uint32_t first, last;
	const char *meant;
} typographic[] = {
	{ 0xa0, 0xa0, "a blank" },     { 0xab, 0xab, "\"" },
	{ 0xbb, 0xbb, "\"" },	       { 0x2000, 0x200b, "a blank" },
	{ 0x2010, 0x2015, "-" },       { 0x2018, 0x201b, "'" },
	{ 0x201c, 0x201f, "\"" },      { 0x202f, 0x202f, "a blank" },
	{ 0x2212, 0x2212, "-" },       { 0x3000, 0x3000, "a blank" },
	{ 0xfeff, 0xfeff, "nothing" },
};

/* The code point at @p; 0 for what is no UTF-8. *@len is 1 then. */
static uint32_t decode(const char *p, size_t n, size_t *len)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char c = (unsigned char)p[0];
	size_t bytes = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	uint32_t point = c & (0xffu >> (bytes + 1));

	*len = 1;
	if (bytes == 1 || bytes > n || c >= 0xf8)
		return 0;
	for (size_t i = 1; i < bytes; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		point = point << 6 | (p[i] & 0x3f);
	}
	if (point < smallest[bytes] || point > 0x10ffff ||
	    (point >= 0xd800 && point <= 0xdfff))
		return 0;
	*len = bytes;
	return point;
}

size_t filter_show_character(struct text *text, const char *p, size_t n)
{
	size_t len = 1;
	uint32_t point = decode(p, n, &len);

	if (*p >= ' ' && *p <= '~') {
		text_char(text, *p);
	} else if (point) {
		text_string(text, "U+");
		for (int shift = point > 0xffff ? 20 : 12; shift >= 0;
		     shift -= 4)
			text_char(text,
				  "0123456789ABCDEF"[point >> shift & 0xf]);
	} else {
		text_string(text, "0x");
		text_number(text, (unsigned char)*p, 16, 2, '0');
	}
	return len;
}

/* What a character would begin in the other language; NULL for nothing. */
static const char *extension_of(char c)
{
	switch (c) {
	case '{':
	case '}':
	case ',':
		return "sets in braces are";
	case '"':
	case '\'':
		return "quotes are";
	case '@':
		return "lists are";
	default:
		return NULL;
	}
}

static const char *meant_by(uint32_t point)
{
	for (size_t i = 0; i < sizeof(typographic) / sizeof(typographic[0]);
	     i++)
		if (point >= typographic[i].first &&
		    point <= typographic[i].last)
			return typographic[i].meant;
	return NULL;
}

int filter_unexpected(struct lexer *lexer, size_t at)
{
	const char *p = lexer->text + at, *why = extension_of(*p), *meant;
	char shown[16];
	struct text text = text_over(shown, sizeof(shown));
	size_t len, n = lexer->len - at;

	if (why && !(lexer->flags & FILTER_EXTENDED))
		return error_set_at(lexer->error, at, -EINVAL, "lex",
				    "unexpected character '%s': %s an "
				    "extension of the language, which is "
				    "switched off",
				    (char[]){ *p, '\0' }, why);
	if (*p == '@' && lexer->flags & FILTER_LIST)
		return error_set_at(lexer->error, at, -EINVAL, "lex",
				    "a list cannot name other lists");
	meant = meant_by(decode(p, n, &len));
	filter_show_character(&text, p, n);
	if (meant)
		return error_set_at(lexer->error, at, -EINVAL, "lex",
				    "unexpected character %s: type %s instead",
				    shown, meant);
	if (*p > ' ' && *p <= '~')
		return error_set_at(lexer->error, at, -EINVAL, "lex",
				    "unexpected character '%s'", shown);
	return error_set_at(lexer->error, at, -EINVAL, "lex",
			    "unexpected character %s", shown);
}
