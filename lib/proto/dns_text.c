// SPDX-License-Identifier: BSD-2-Clause
/* Records from the text of zone files (RFC 1035, 5.1; RFC 3597, 5). */
#include "proto/dns_text.h"

#include <arpa/inet.h>
#include <strings.h>

void dns_text_fail(struct dns_text *t, size_t at, int err, const char *what)
{
	if (t->err)
		return;
	t->err = err;
	t->fault = (struct dns_fault){ .what = what, .at = at };
}

static void too_large(struct dns_text *t, size_t at, const char *what,
		      uint64_t limit)
{
	if (t->err)
		return;
	dns_text_fail(t, at, -ERANGE, what);
	t->fault.limit = limit;
}

static bool is_blank(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == '(' || c == ')';
}

/* Parentheses join lines, which a text has none of; comments go to their end.
 */
static void skip_blanks(struct dns_text *t)
{
	bool comment = false;
	uint8_t c;

	for (; bytes_u8(t->text, t->at, &c); t->at++) {
		if (c == ';' || c == '\n')
			comment = c == ';';
		else if (!comment && !is_blank(c))
			return;
	}
}

bool dns_text_word(struct dns_text *t, struct bytes *word)
{
	size_t begin;
	uint8_t c;
	bool quoted;

	skip_blanks(t);
	t->word = t->at;
	quoted = bytes_u8(t->text, t->at, &c) && c == '"';
	t->at += quoted;
	begin = t->at;
	for (; bytes_u8(t->text, t->at, &c); t->at++) {
		if (quoted ? c == '"' : is_blank(c) || c == ';')
			break;
		/* What is behind a backslash ends nothing. */
		if (c == '\\' && t->at + 1 < t->text.n)
			t->at++;
	}
	*word = bytes_slice(t->text, begin, t->at - begin);
	if (quoted && t->at == t->text.n)
		dns_text_fail(t, t->word, -EINVAL, "the quote is not closed");
	t->at += quoted;
	return !t->err && (quoted || word->n);
}

bool dns_text_is(struct bytes word, const char *name)
{
	size_t n = strlen(name);

	return word.n == n && !strncasecmp((const char *)word.p, name, n);
}

bool dns_text_number(struct bytes word, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] < '0' || word.p[i] > '9')
			return false;
		/* What has more bits stays too large for every field. */
		if (*value <= UINT32_MAX)
			*value = *value * 10 + word.p[i] - '0';
	}
	return word.n;
}

static void put(struct dns_text *t, const void *data, size_t len)
{
	if (len > t->room - t->len) {
		dns_text_fail(t, t->word, -ENOSPC, NULL);
		return;
	}
	if (len)
		memcpy(t->out + t->len, data, len);
	t->len += len;
}

static void put_number(struct dns_text *t, const char *name, size_t len)
{
	uint64_t limit = (UINT64_C(1) << len * 8) - 1, value;
	uint8_t octets[8];
	struct bytes word;

	if (!dns_text_word(t, &word) || !dns_text_number(word, &value)) {
		dns_text_fail(t, t->word, -EINVAL, "a number is expected");
		return;
	}
	if (value > limit)
		too_large(t, t->word, name, limit);
	value = htobe64(value);
	memcpy(octets, &value, sizeof(octets));
	put(t, octets + sizeof(octets) - len, len);
}

bool dns_text_name(struct dns_text *t, struct dns_wire *wire)
{
	struct dns_fault fault;
	struct bytes word;
	int err;

	if (!dns_text_word(t, &word)) {
		dns_text_fail(t, t->word, -EINVAL, "a name is expected");
		return false;
	}
	err = dns_wire(word, wire, &fault);
	if (!err)
		return true;
	dns_text_fail(t, 0, err, NULL);
	fault.at += (size_t)(word.p - t->text.p);
	t->fault = fault;
	return false;
}

static void put_name(struct dns_text *t)
{
	struct dns_wire wire;

	if (dns_text_name(t, &wire))
		put(t, wire.octets, wire.len);
}

/* Escapes resolved; the length in front if it is not the last of the data. */
static void put_string(struct dns_text *t, bool counted)
{
	size_t begin = t->len, at = 0, len;
	struct bytes word;
	uint8_t c = 0;

	if (!dns_text_word(t, &word)) {
		dns_text_fail(t, t->word, -EINVAL, "a text is expected");
		return;
	}
	if (counted)
		put(t, &c, 1);
	while (at < word.n && !t->err) {
		if (!dns_unescape(word, &at, &c))
			dns_text_fail(t, t->word, -EINVAL,
				      "a backslash needs a character or three "
				      "digits up to 255 behind it");
		put(t, &c, 1);
	}
	if (t->err || !counted)
		return;
	len = t->len - begin - 1;
	if (len > UINT8_MAX)
		too_large(t, t->word, "text length", UINT8_MAX);
	t->out[begin] = (uint8_t)len;
}

static void put_address(struct dns_text *t, int family)
{
	char text[INET6_ADDRSTRLEN] = "";
	uint8_t address[16] = { 0 };
	struct bytes word;

	if (dns_text_word(t, &word) && word.n < sizeof(text))
		memcpy(text, word.p, word.n);
	if (inet_pton(family, text, address) != 1)
		dns_text_fail(t, t->word, -EINVAL,
			      family == AF_INET
				      ? "an IPv4 address is expected"
				      : "an IPv6 address is expected");
	put(t, address, family == AF_INET ? 4 : 16);
}

static bool hex_digit(struct bytes word, size_t at, uint8_t *octet)
{
	uint8_t c;

	if (!bytes_u8(word, at, &c))
		return false;
	if (c >= '0' && c <= '9')
		c -= '0';
	else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		c = (uint8_t)((c | 0x20) - 'a' + 10);
	else
		return false;
	*octet = (uint8_t)(*octet << 4 | c);
	return true;
}

/* All words that are left; a byte's two digits are in the same one. */
static void put_hex(struct dns_text *t)
{
	struct bytes word;

	while (dns_text_word(t, &word)) {
		for (size_t i = 0; i < word.n; i += 2) {
			uint8_t octet = 0;

			if (!hex_digit(word, i, &octet) ||
			    !hex_digit(word, i + 1, &octet))
				dns_text_fail(t, t->word, -EINVAL,
					      "pairs of hexadecimal digits are "
					      "expected");
			put(t, &octet, 1);
		}
	}
}

/* "\# LENGTH HEXADECIMAL": true if the data is in this form. */
static bool put_generic(struct dns_text *t)
{
	size_t at = t->at;
	struct bytes word;
	uint64_t len;

	if (!dns_text_word(t, &word) || !dns_text_is(word, "\\#")) {
		t->at = at;
		return false;
	}
	if (!dns_text_word(t, &word) || !dns_text_number(word, &len)) {
		dns_text_fail(t, t->word, -EINVAL, "a length is expected");
		return true;
	}
	at = t->word;
	put_hex(t);
	if (t->len != len)
		dns_text_fail(t, at, -EINVAL,
			      "this is not the length of the data behind it");
	return true;
}

/* Kinds that numbers, words and digits say in zone files as well. */
static bool put_item(struct dns_text *t, const struct dns_item *item)
{
	switch (item->kind) {
	case DNS_UINT:
	case DNS_SECONDS:
	case DNS_ROWS:
		put_number(t, item->name, item->len);
		return true;
	case DNS_NAME:
		put_name(t);
		return true;
	case DNS_STRING:
		put_string(t, true);
		return true;
	case DNS_TEXT:
		put_string(t, false);
		return true;
	case DNS_IPV4:
		put_address(t, AF_INET);
		return true;
	case DNS_IPV6:
		put_address(t, AF_INET6);
		return true;
	case DNS_BYTES:
		put_hex(t);
		return true;
	default:
		return false;
	}
}

static bool has_more(struct dns_text *t)
{
	skip_blanks(t);
	return !t->err && t->at < t->text.n;
}

static void put_items(struct dns_text *t, const struct dns_item *items)
{
	size_t begin = t->at;
	bool known = items;

	/* To the end, to see whether all of it could be written. */
	for (; known && items->name; items++) {
		if (items->kind != DNS_REPEAT) {
			known = put_item(t, items);
			continue;
		}
		do
			known = put_item(t, items->each);
		while (known && has_more(t));
	}
	if (known)
		return;
	t->err = 0;
	dns_text_fail(t, begin, -EOPNOTSUPP, NULL);
}

void dns_text_rdata(struct dns_text *t, uint16_t type)
{
	t->type = type;
	if (!put_generic(t))
		put_items(t, dns_rdata_items(type));
	if (has_more(t))
		dns_text_fail(t, t->at, -EINVAL, "nothing more is expected");
	if (t->len > UINT16_MAX)
		too_large(t, 0, "data length", UINT16_MAX);
}
