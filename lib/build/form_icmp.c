// SPDX-License-Identifier: BSD-2-Clause
/* The text form of ICMP, ICMPv6 and neighbour discovery. */
#include "build/form_header.h"

static const struct pktcap_icmp icmp = { .type = PKTCAP_ICMP_ECHO_REQUEST };
static const struct pktcap_icmp6 icmp6 = { .type = PKTCAP_ICMP6_ECHO_REQUEST };

static const struct form_field icmp_fields[] = {
	{ "mtu", "next_hop_mtu", 0 },
	{ NULL, NULL, 0 },
};

static const struct pktcap_nd rs = { .type = 133 };
static const struct pktcap_nd ra = { .type = 134, .hop_limit = 64 };
static const struct pktcap_nd ns = { .type = 135 };
/* Asked for, and to replace what was known (RFC 4861, 7.2.4). */
static const struct pktcap_nd na = { .type = 136, .flags = 0x60000000 };

/* Behind two bytes that are reserved (RFC 4861, 4.6.4). */
static int append_mtu(struct form_parser *p, const struct form_special *self,
		      struct form_word value)
{
	uint64_t mtu;
	uint8_t *option;

	if (form_number(p, value, UINT32_MAX, &mtu))
		return p->build->status;
	option = form_option(p, value.at, self->kind, 6);
	if (!option)
		return p->build->status;
	put_be32(option + 2, (uint32_t)mtu);
	return 0;
}

static const struct form_special nd_specials[] = {
	{ "sll", form_option_mac, "02:00:00:00:00:01", 1, 0 },
	{ "tll", form_option_mac, "02:00:00:00:00:01", 2, 0 },
	{ "mtu", append_mtu, "1500", 5, 0 },
	{ "option", form_option_any, "14:0x010203040506", 0, 0 },
	{ .name = NULL },
};

#define MESSAGE(message, ...)                                               \
	.name = #message, .alias = { __VA_ARGS__ },                         \
	.proto = PKTCAP_PROTO_ICMP6, .writer = &writer_nd,                  \
	.defaults = &(message), .specials = nd_specials, .options = TLV_ND, \
	.hops = UINT8_MAX

const struct form_layer form_icmp_layers[] = {
	{ HEADER(ICMP, icmp), .alias = { "icmpv4" }, .fields = icmp_fields },
	{ HEADER(ICMP6, icmp6), .alias = { "icmpv6" } },
	{ MESSAGE(rs, "router-solicitation") },
	{ MESSAGE(ra, "router-advertisement") },
	{ MESSAGE(ns, "neighbour-solicitation", "neighbor-solicitation") },
	{ MESSAGE(na, "neighbour-advertisement", "neighbor-advertisement") },
	{ .name = NULL },
};
