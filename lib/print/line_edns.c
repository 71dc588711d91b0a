// SPDX-License-Identifier: BSD-2-Clause
/* Options of EDNS (RFC 6891, 6.1.2), in brackets behind what OPT says. */
#include "print/line_dns.h"
#include "proto/dns.h"

enum {
	NSID = 3,
	CLIENT_SUBNET = 8, /* RFC 7871 */
	EXPIRE = 9,
	COOKIE = 10,
	KEEPALIVE = 11, /* in units of 100 ms */
	PADDING = 12,
	CHAIN = 13,
	KEY_TAG = 14,
	EXTENDED_ERROR = 15, /* RFC 8914 */
	OPTION_HEADER = 4,
	SUBNET_HEADER = 4,
	FAMILY_IPV4 = 1,
	FAMILY_IPV6 = 2,
	CLIENT_COOKIE = 8,
};

static const struct line_name names[] = {
	{ 1, "LLQ" },
	{ 2, "UL" },
	{ NSID, "NSID" },
	{ 5, "DAU" },
	{ 6, "DHU" },
	{ 7, "N3U" },
	{ EXPIRE, "EXPIRE" },
	{ CLIENT_SUBNET, "ECS" },
	{ COOKIE, "COOKIE" },
	{ KEEPALIVE, "KEEPALIVE" },
	{ CHAIN, "CHAIN" },
	{ PADDING, "PADDING" },
	{ KEY_TAG, "KEY-TAG" },
	{ EXTENDED_ERROR, "EDE" },
	{ 0, NULL },
};

static void put_hexadecimal(struct line *l, struct bytes b)
{
	if (b.n)
		put_char(&l->t, ' ');
	for (size_t i = 0; i < b.n; i++)
		put_hex(&l->t, b.p[i], 2);
}

/* As many bytes of the address as its prefix needs. */
static bool put_subnet(struct line *l, struct bytes b)
{
	uint8_t address[ADDRESS_MAX] = { 0 };
	size_t n = b.n - SUBNET_HEADER;
	uint32_t family;

	if (b.n < SUBNET_HEADER || n > ADDRESS_MAX)
		return false;
	family = line_be(b.p, 2);
	if (family != FAMILY_IPV6 && (family != FAMILY_IPV4 || n > 4))
		return false;
	bytes_copy(b, SUBNET_HEADER, address, n);
	put_char(&l->t, ' ');
	if (family == FAMILY_IPV4)
		put_ipv4(&l->t, address);
	else
		put_ipv6(&l->t, address);
	line_told(l, "/", b.p[2], "/");
	put_uint(&l->t, b.p[3]);
	return true;
}

static bool put_keepalive(struct line *l, struct bytes b)
{
	if (b.n != 2)
		return !b.n;
	line_told(l, " ", line_be(b.p, 2) / 10, ".");
	line_told(l, "", line_be(b.p, 2) % 10, " sec");
	return true;
}

static bool put_expire(struct line *l, struct bytes b)
{
	if (b.n != 4)
		return !b.n;
	line_told(l, " ", line_be(b.p, 4), " sec");
	return true;
}

static bool put_error(struct line *l, struct bytes b)
{
	const char *name;

	if (b.n < 2)
		return false;
	name = label_of(label_dns_ede, line_be(b.p, 2));
	line_told(l, " ", line_be(b.p, 2), "");
	if (name) {
		PUT(&l->t, " (");
		put_string(&l->t, name);
		put_char(&l->t, ')');
	}
	if (b.n > 2) {
		PUT(&l->t, " \"");
		put_safe(&l->t, b.p + 2, b.n - 2);
		put_char(&l->t, '"');
	}
	return true;
}

static bool put_value(struct line *l, uint32_t code, struct bytes b)
{
	switch (code) {
	case CLIENT_SUBNET:
		return put_subnet(l, b);
	case EXPIRE:
		return put_expire(l, b);
	case KEEPALIVE:
		return put_keepalive(l, b);
	case PADDING:
		line_told(l, " (", b.n, ")");
		return true;
	case KEY_TAG:
		for (size_t i = 0; i + 1 < b.n; i += 2)
			line_told(l, " ", line_be(b.p + i, 2), "");
		return !(b.n % 2);
	case EXTENDED_ERROR:
		return put_error(l, b);
	case COOKIE:
		put_hexadecimal(l, bytes_slice(b, 0, CLIENT_COOKIE));
		put_hexadecimal(l, bytes_slice(b, CLIENT_COOKIE, b.n));
		return b.n >= CLIENT_COOKIE;
	default:
		put_hexadecimal(l, b);
		return true;
	}
}

static bool put_option(struct line *l, struct bytes b, size_t *at)
{
	struct bytes value;
	uint16_t code, len;
	const char *name;

	if (!bytes_be16(b, *at, &code) || !bytes_be16(b, *at + 2, &len))
		return false;
	name = line_name(names, code);
	if (name)
		put_string(&l->t, name);
	else
		line_told(l, "Opt", code, "");
	*at += OPTION_HEADER;
	if (!bytes_has(b, *at, len))
		return false;
	value = bytes_slice(b, *at, len);
	*at += len;
	return put_value(l, code, value);
}

void line_edns_options(struct line *l, const uint8_t *data, size_t n)
{
	struct bytes b = { data, n };
	size_t at = 0;

	if (!n)
		return;
	PUT(&l->t, " [");
	while (at < n) {
		if (at)
			put_char(&l->t, ',');
		if (!put_option(l, b, &at)) {
			PUT(&l->t, " (invalid)");
			break;
		}
	}
	put_char(&l->t, ']');
}
