// SPDX-License-Identifier: BSD-2-Clause
/* The text form of ICMP, ICMPv6 and neighbour discovery. */
#include "build/form_header.h"

static const struct pktcap_icmp icmp = { .type = PKTCAP_ICMP_ECHO_REQUEST };
static const struct pktcap_icmp6 icmp6 = { .type = PKTCAP_ICMP6_ECHO_REQUEST };

static const struct pktcap_nd rs = { .type = 133 };
static const struct pktcap_nd ra = { .type = 134, .hop_limit = 64 };
static const struct pktcap_nd ns = { .type = 135 };
/* Asked for, and to replace what was known (RFC 4861, 7.2.4). */
static const struct pktcap_nd na = { .type = 136, .flags = 0x60000000 };

/* Options of 8 bytes (RFC 4861, 4.6). */
static int append_mac(struct form_parser *p, const struct form_special *self,
		      struct form_word value)
{
	uint8_t *option = form_extend(p, value.at, 8);

	if (!option)
		return p->build->status;
	option[0] = (uint8_t)self->kind;
	option[1] = 1;
	return form_mac(p, value, option + 2);
}

static int append_mtu(struct form_parser *p, const struct form_special *self,
		      struct form_word value)
{
	uint8_t *option = form_extend(p, value.at, 8);
	uint64_t mtu;

	if (!option || form_number(p, value, UINT32_MAX, &mtu))
		return p->build->status;
	option[0] = (uint8_t)self->kind;
	option[1] = 1;
	put_be32(option + 4, (uint32_t)mtu);
	return 0;
}

/* "KIND:HEX", filled up to whole units of 8 bytes. */
static int append_any(struct form_parser *p, const struct form_special *self,
		      struct form_word value)
{
	uint8_t bytes[255 * 8 - 2], *option;
	size_t len = 0, units;
	uint64_t kind;

	(void)self;
	if (form_before_colon(p, &value, UINT8_MAX, &kind) ||
	    form_bytes(p, value, bytes, sizeof(bytes), &len))
		return p->build->status;
	if (len > sizeof(bytes))
		return form_fail(p, value.at, -ERANGE,
				 "an option has at most %zu bytes",
				 sizeof(bytes));
	units = (2 + len + 7) / 8;
	option = form_extend(p, value.at, units * 8);
	if (!option)
		return p->build->status;
	option[0] = (uint8_t)kind;
	option[1] = (uint8_t)units;
	memcpy(option + 2, bytes, len);
	return 0;
}

static const struct form_special nd_specials[] = {
	{ "sll", append_mac, "02:00:00:00:00:01", 1, 0 },
	{ "tll", append_mac, "02:00:00:00:00:01", 2, 0 },
	{ "mtu", append_mtu, "1500", 5, 0 },
	{ "option", append_any, "14:0x010203040506", 0, 0 },
	{ .name = NULL },
};

#define MESSAGE(message, words)                                        \
	.name = #message, .alias = words, .proto = PKTCAP_PROTO_ICMP6, \
	.writer = &writer_nd, .defaults = &(message), .specials = nd_specials

const struct form_layer form_icmp_layers[] = {
	{ HEADER(ICMP, icmp) },
	{ HEADER(ICMP6, icmp6), .alias = "icmpv6" },
	{ MESSAGE(rs, "router-solicitation") },
	{ MESSAGE(ra, "router-advertisement") },
	{ MESSAGE(ns, "neighbour-solicitation") },
	{ MESSAGE(na, "neighbour-advertisement") },
	{ .name = NULL },
};
