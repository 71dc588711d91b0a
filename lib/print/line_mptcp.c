// SPDX-License-Identifier: BSD-2-Clause
/* The option of multipath TCP (RFC 8684, 3; version 0: RFC 6824). */
#include "print/line_tcp.h"
#include "base/bytes.h"

enum subtype {
	CAPABLE = 0,
	JOIN = 1,
	DSS = 2,
	ADD_ADDRESS = 3,
	REMOVE_ADDRESS = 4,
	PRIORITY = 5,
	FAIL = 6,
	FAST_CLOSE = 7,
};

enum {
	KEY = 8,
	CHECKSUMS = 0x80, /* of what is capable */
	BACKUP = 1,
	DSS_HAS_ACK = 1,
	DSS_LONG_ACK = 2,
	DSS_HAS_MAP = 4,
	DSS_LONG_SEQUENCE = 8,
	DSS_FIN = 16,
	ECHO = 1,
	VERSION_0_IPV4 = 4, /* where version 1 has flags */
	VERSION_0_IPV6 = 6,
};

static const struct line_name names[] = {
	{ CAPABLE, "capable" },
	{ JOIN, "join" },
	{ DSS, "dss" },
	{ ADD_ADDRESS, "add-addr" },
	{ REMOVE_ADDRESS, "rem-addr" },
	{ PRIORITY, "prio" },
	{ FAIL, "fail" },
	{ FAST_CLOSE, "fast-close" },
	{ 8, "reset" },
	{ 0, NULL },
};

/* Takes a number of @n bytes. */
static uint64_t take(struct bytes *b, size_t n)
{
	uint64_t value = 0;

	for (size_t i = 0; i < n && i < b->n; i++)
		value = value << 8 | b->p[i];
	*b = bytes_slice(*b, n, b->n);
	return value;
}

/* All put_X() get what is behind subtype and flags; false: it is too short. */
static bool put_capable(struct line *l, uint8_t first, struct bytes b)
{
	uint8_t flags = (uint8_t)take(&b, 1);

	line_told(l, " v", first & 15, flags & CHECKSUMS ? " csum" : "");
	if (b.n < KEY)
		return !b.n;
	line_put_hex(l, " {0x", take(&b, KEY), 0, "");
	if (b.n >= KEY)
		line_put_hex(l, ",0x", take(&b, KEY), 0, "");
	put_char(&l->t, '}');
	/* A length of data, and a checksum, are left to the tree. */
	return !(b.n % 2) && b.n <= 4;
}

/* The three segments that join a connection, by their length. */
static bool put_join(struct line *l, uint8_t first, struct bytes b)
{
	uint8_t id = (uint8_t)take(&b, 1);

	if (b.n == 20) {
		PUT(&l->t, " hmac 0x");
		for (size_t i = 0; i < b.n; i++)
			put_hex(&l->t, b.p[i], 2);
		return true;
	}
	if (b.n != 8 && b.n != 12)
		return false;
	line_told(l, first & BACKUP ? " backup id " : " id ", id, "");
	if (b.n == 8)
		line_put_hex(l, " token 0x", take(&b, 4), 0, "");
	else
		line_put_hex(l, " hmac 0x", take(&b, 8), 0, "");
	line_put_hex(l, " nonce 0x", take(&b, 4), 0, "");
	return true;
}

static bool put_dss(struct line *l, uint8_t first, struct bytes b)
{
	uint8_t flags = (uint8_t)take(&b, 1);
	size_t ack = flags & DSS_LONG_ACK ? 8 : 4;
	size_t sequence = flags & DSS_LONG_SEQUENCE ? 8 : 4;

	(void)first;
	if (flags & DSS_FIN)
		PUT(&l->t, " fin");
	if (flags & DSS_HAS_ACK) {
		if (b.n < ack)
			return false;
		line_told(l, " ack ", take(&b, ack), "");
	}
	if (!(flags & DSS_HAS_MAP))
		return !b.n;
	if (b.n < sequence + 6)
		return false;
	line_told(l, " seq ", take(&b, sequence), "");
	line_told(l, " subseq ", take(&b, 4), "");
	line_told(l, " len ", take(&b, 2), "");
	if (b.n == 2)
		line_put_hex(l, " csum 0x", take(&b, 2), 0, "");
	return !b.n;
}

static const char *address_form(uint8_t flags)
{
	if (flags == VERSION_0_IPV4)
		return " v0-ip4";
	if (flags == VERSION_0_IPV6)
		return " v0-ip6";
	return flags & ECHO ? " v1-echo" : " v1";
}

static bool put_new_address(struct line *l, uint8_t first, struct bytes b)
{
	uint8_t id = (uint8_t)take(&b, 1);
	size_t size = b.n >= 16 ? 16 : 4;

	if (b.n < size)
		return false;
	put_string(&l->t, address_form(first & 15));
	line_told(l, " id ", id, " ");
	if (size == 4)
		put_ipv4(&l->t, b.p);
	else
		put_ipv6(&l->t, b.p);
	take(&b, size);
	if (b.n % KEY == 2)
		line_told(l, ":", take(&b, 2), "");
	if (b.n >= KEY)
		line_put_hex(l, " hmac 0x", take(&b, KEY), 0, "");
	return !b.n;
}

static bool put_old_addresses(struct line *l, uint8_t first, struct bytes b)
{
	(void)first;
	if (!b.n)
		return false;
	PUT(&l->t, " id");
	while (b.n)
		line_told(l, " ", take(&b, 1), "");
	return true;
}

static bool put_priority(struct line *l, uint8_t first, struct bytes b)
{
	put_string(&l->t, first & BACKUP ? " backup" : " non-backup");
	if (b.n == 1)
		line_told(l, " id ", take(&b, 1), "");
	return !b.n;
}

static bool put_fail(struct line *l, uint8_t first, struct bytes b)
{
	(void)first;
	if (b.n != 1 + KEY)
		return false;
	take(&b, 1);
	line_told(l, " seq ", take(&b, KEY), "");
	return true;
}

static bool put_fast_close(struct line *l, uint8_t first, struct bytes b)
{
	(void)first;
	if (b.n != 1 + KEY)
		return false;
	take(&b, 1);
	line_put_hex(l, " key 0x", take(&b, KEY), 0, "");
	return true;
}

void line_mptcp(struct line *l, const struct pktcap_tcp_option *option)
{
	static bool (*const printers[])(struct line * l, uint8_t first,
					struct bytes b) = {
		[CAPABLE] = put_capable,
		[JOIN] = put_join,
		[DSS] = put_dss,
		[ADD_ADDRESS] = put_new_address,
		[REMOVE_ADDRESS] = put_old_addresses,
		[PRIORITY] = put_priority,
		[FAIL] = put_fail,
		[FAST_CLOSE] = put_fast_close,
	};
	struct bytes b = { option->data, option->data_len };
	const char *name;
	uint8_t first;

	line_told(l, " ", option->length, " ");
	if (!bytes_u8(b, 0, &first)) {
		PUT(&l->t, "(invalid)");
		return;
	}
	name = line_name(names, first >> 4);
	put_string(&l->t, name ? name : "unknown");
	if (first >> 4 > FAST_CLOSE)
		return;
	b = bytes_slice(b, 1, b.n);
	/* Only a priority has nothing behind the first byte. */
	if ((!b.n && first >> 4 != PRIORITY) ||
	    !printers[first >> 4](l, first, b))
		PUT(&l->t, " (invalid)");
}
