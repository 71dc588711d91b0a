// SPDX-License-Identifier: BSD-2-Clause
/* Words of the text form become numbers, addresses and bytes. */
#include "build/form.h"

#include <arpa/inet.h>

#include "base/text.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool has_prefix_0x(struct form_word word)
{
	return word.len > 2 && word.p[0] == '0' && (word.p[1] | 0x20) == 'x';
}

/* -ERANGE: one of more than 64 bits, whose value is not told. */
static int parse_number(struct form_word word, uint64_t *value)
{
	uint64_t base = has_prefix_0x(word) ? 16 : 10;
	int err = 0;

	*value = 0;
	for (size_t i = base == 16 ? 2 : 0; i < word.len; i++) {
		int digit = hex_digit(word.p[i]);

		if (digit < 0 || (uint64_t)digit >= base)
			return -EBADMSG;
		if (*value > (UINT64_MAX - (unsigned int)digit) / base)
			err = -ERANGE;
		*value = *value * base + (unsigned int)digit;
	}
	return word.len ? err : -EBADMSG;
}

/* The limit may have 64 bits where a long has 32. */
static int too_much(struct form_parser *p, struct form_word word,
		    uint64_t limit)
{
	char most[24];
	struct text text = text_over(most, sizeof(most));

	text_number(&text, limit, 10, 0, 0);
	return form_fail(p, word.at, -ERANGE, "%s is more than %s",
			 form_name(word).text, most);
}

int form_number(struct form_parser *p, struct form_word word, uint64_t limit,
		uint64_t *value)
{
	int err = parse_number(word, value);

	if (err == -EBADMSG)
		return form_fail(p, word.at, err, "'%s' is no number: 10, 0x0a",
				 form_name(word).text);
	if (!err && *value <= limit)
		return 0;
	return too_much(p, word, limit);
}

/* Up to @size bytes of hex digits, two each, with one of @between between them
 * or without. */
static bool parse_hex(struct form_word word, const char *between, uint8_t *out,
		      size_t size, size_t *len)
{
	size_t i = has_prefix_0x(word) ? 2 : 0;

	*len = 0;
	while (i < word.len) {
		int high = hex_digit(word.p[i]), low;

		low = i + 1 < word.len ? hex_digit(word.p[i + 1]) : -1;
		if (high < 0 || low < 0)
			return false;
		if (out && *len < size)
			out[*len] = (uint8_t)(high << 4 | low);
		++*len;
		i += 2;
		if (i + 1 < word.len && word.p[i] && strchr(between, word.p[i]))
			i++;
	}
	return *len > 0;
}

int form_mac(struct form_parser *p, struct form_word word, uint8_t mac[6])
{
	size_t len;

	if (parse_hex(word, ":-.", mac, 6, &len) && len == 6)
		return 0;
	return form_fail(p, word.at, -EBADMSG,
			 "'%s' is no MAC address: 02:00:00:00:00:01",
			 form_name(word).text);
}

static bool parse_ip(int family, struct form_word word, uint8_t *ip)
{
	char text[INET6_ADDRSTRLEN + 1];

	if (word.len >= sizeof(text))
		return false;
	memcpy(text, word.p, word.len);
	text[word.len] = '\0';
	return inet_pton(family, text, ip) == 1;
}

int form_ipv4(struct form_parser *p, struct form_word word, uint8_t ip[4])
{
	if (parse_ip(AF_INET, word, ip))
		return 0;
	return form_fail(p, word.at, -EBADMSG,
			 "'%s' is no IPv4 address: 192.0.2.1",
			 form_name(word).text);
}

int form_ipv6(struct form_parser *p, struct form_word word, uint8_t ip[16])
{
	if (parse_ip(AF_INET6, word, ip))
		return 0;
	return form_fail(p, word.at, -EBADMSG,
			 "'%s' is no IPv6 address: 2001:db8::1",
			 form_name(word).text);
}

/* What a backslash and the bytes behind it mean; how many these are, or 0. */
static size_t escape(const char *s, size_t len, uint8_t *byte)
{
	static const char letters[] = "nrt0\\\"", meanings[] = "\n\r\t\0\\\"";
	const char *letter;

	if (!len)
		return 0;
	if (s[0] == 'x' && len >= 3 && hex_digit(s[1]) >= 0 &&
	    hex_digit(s[2]) >= 0) {
		*byte = (uint8_t)(hex_digit(s[1]) << 4 | hex_digit(s[2]));
		return 3;
	}
	letter = memchr(letters, s[0], sizeof(letters) - 1);
	if (!letter)
		return 0;
	*byte = (uint8_t)meanings[letter - letters];
	return 1;
}

static int unquote(struct form_parser *p, struct form_word word, uint8_t *out,
		   size_t size, size_t *len)
{
	*len = 0;
	for (size_t i = 0; i < word.len; i++) {
		uint8_t byte = (uint8_t)word.p[i];

		if (word.p[i] == '\\') {
			size_t n =
				escape(word.p + i + 1, word.len - i - 1, &byte);

			if (!n)
				return form_fail(
					p, word.at + i, -EBADMSG,
					"no such escape: \\n \\r \\t \\0 \\\\ "
					"\\\" \\x41");
			i += n;
		}
		if (out && *len < size)
			out[*len] = byte;
		++*len;
	}
	return 0;
}

int form_bytes(struct form_parser *p, struct form_word word, uint8_t *out,
	       size_t size, size_t *len)
{
	if (word.quoted)
		return unquote(p, word, out, size, len);
	if (parse_hex(word, ":", out, size, len))
		return 0;
	return form_fail(p, word.at, -EBADMSG,
			 "'%s' is neither hex bytes (0x0102, 01:02) nor in "
			 "quotes",
			 form_name(word).text);
}

/* The same with any one of @between between elements. */
static bool next_element(struct form_word *list, const char *between,
			 struct form_word *element)
{
	size_t len = 0;

	if (!list->p)
		return false;
	*element = *list;
	while (len < list->len && !strchr(between, list->p[len]))
		len++;
	if (len == list->len) {
		list->p = NULL;
		return true;
	}
	element->len = len;
	list->p += len + 1;
	list->at += len + 1;
	list->len -= len + 1;
	return true;
}

bool form_element(struct form_word *list, struct form_word *element)
{
	return next_element(list, ",", element);
}

static bool flag_by_name(struct form_word word, const struct form_flag *flag,
			 uint64_t *bits)
{
	while (flag->name && !form_is(word, flag->name))
		flag++;
	*bits |= flag->bit;
	return flag->name;
}

static bool flags_by_letters(struct form_word word,
			     const struct form_flag *flags, uint64_t *bits)
{
	for (size_t i = 0; i < word.len; i++) {
		char letter = word.p[i];
		const struct form_flag *flag = flags;

		if (letter >= 'A' && letter <= 'Z')
			letter |= 0x20;
		while (flag->name && flag->letter != letter)
			flag++;
		if (!flag->name)
			return false;
		*bits |= flag->bit;
	}
	return word.len > 0;
}

/* As tcpdump has them. */
static void strip_brackets(struct form_word *word)
{
	if (word->len < 2 || word->p[0] != '[' || word->p[word->len - 1] != ']')
		return;
	word->p++;
	word->at++;
	word->len -= 2;
}

int form_flags(struct form_parser *p, const struct form_special *self,
	       struct form_word list, const struct form_flag *flags,
	       uint64_t limit, uint64_t *bits)
{
	struct form_word word;
	uint64_t number;

	*bits = 0;
	strip_brackets(&list);
	while (next_element(&list, ",|+", &word)) {
		if (flag_by_name(word, flags, bits) ||
		    flags_by_letters(word, flags, bits))
			continue;
		if (word.len && (word.p[0] < '0' || word.p[0] > '9'))
			return form_fail(p, word.at, -EBADMSG,
					 "'%s' is no flag: %s",
					 form_name(word).text, self->example);
		if (form_number(p, word, limit, &number))
			return p->build->status;
		*bits |= number;
	}
	return 0;
}
