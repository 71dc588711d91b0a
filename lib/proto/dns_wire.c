// SPDX-License-Identifier: BSD-2-Clause
/* Names of master files (RFC 1035, 5.1) as messages have them (3.1). */
#include "proto/dns_write.h"

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/* \DDD, or \ in front of what would have a meaning. */
bool dns_unescape(struct bytes text, size_t *at, uint8_t *c)
{
	unsigned int value = 0;

	if (!bytes_u8(text, *at, c))
		return false;
	++*at;
	if (*c != '\\')
		return true;
	if (!bytes_u8(text, *at, c))
		return false;
	if (!is_digit(*c)) {
		++*at;
		return true;
	}
	for (int i = 0; i < 3; i++) {
		if (!bytes_u8(text, *at, c) || !is_digit(*c))
			return false;
		value = value * 10 + *c - '0';
		++*at;
	}
	*c = (uint8_t)value;
	return value <= UINT8_MAX;
}

static int fault_at(struct dns_fault *fault, size_t at, const char *what)
{
	*fault = (struct dns_fault){ .what = what, .at = at };
	return -EINVAL;
}

static int too_long(struct dns_fault *fault, size_t at, const char *what,
		    uint64_t value, uint64_t limit)
{
	*fault = (struct dns_fault){ what, value, limit, at };
	return -ERANGE;
}

/* Counts on where there is no room, to tell how long the name would be. */
static void put(struct dns_wire *wire, uint8_t octet)
{
	if (wire->len < sizeof(wire->octets))
		wire->octets[wire->len] = octet;
	wire->len++;
}

/* A label, and the dot behind it. */
static int put_label(struct bytes text, size_t *at, struct dns_wire *wire,
		     struct dns_fault *fault)
{
	size_t begin = wire->len, from = *at, len;
	uint8_t c;

	if (wire->labels < DNS_LABELS_MAX)
		wire->at[wire->labels++] = (uint8_t)begin;
	put(wire, 0);
	while (*at < text.n && text.p[*at] != '.') {
		size_t here = *at;

		if (!dns_unescape(text, at, &c))
			return fault_at(fault, here,
					"a backslash needs a character or "
					"three digits up to 255 behind it");
		put(wire, c);
	}
	len = wire->len - begin - 1;
	if (!len)
		return fault_at(fault, from, "a label of the name is empty");
	if (len > DNS_LABEL_MAX)
		return too_long(fault, from, "label length", len,
				DNS_LABEL_MAX);
	if (begin < sizeof(wire->octets))
		wire->octets[begin] = (uint8_t)len;
	++*at;
	return 0;
}

int dns_wire(struct bytes text, struct dns_wire *wire, struct dns_fault *fault)
{
	bool root = text.n == 1 && text.p[0] == '.';
	size_t at = root ? 1 : 0;
	int err = 0;

	wire->len = 0;
	wire->labels = 0;
	if (!text.n)
		return fault_at(fault, 0,
				"the name is empty; \".\" is the root");
	while (!err && at < text.n)
		err = put_label(text, &at, wire, fault);
	if (err)
		return err;
	put(wire, 0);
	if (wire->len > DNS_NAME_OCTETS)
		return too_long(fault, 0, "name length", wire->len,
				DNS_NAME_OCTETS);
	return 0;
}

int pktcap_dns_name_put(void *buf, size_t size, const char *name)
{
	struct bytes text = { (const uint8_t *)name, strlen(name) };
	struct dns_fault fault;
	struct dns_wire wire;
	int err = dns_wire(text, &wire, &fault);

	if (err)
		return err;
	if (wire.len > size)
		return -ENOSPC;
	memcpy(buf, wire.octets, wire.len);
	return (int)wire.len;
}
