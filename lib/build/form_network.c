// SPDX-License-Identifier: BSD-2-Clause
/* The text form of ARP, IP and what belongs to it. */
#include "build/form_header.h"

static const uint8_t no_address[16];

static const struct pktcap_arp arp = {
	.hardware_type = 1,
	.protocol_type = 0x0800,
	.operation = 1,
	.hardware_len = 6,
	.protocol_len = 4,
	.sender_hardware = no_address,
	.sender_protocol = no_address,
	.target_hardware = no_address,
	.target_protocol = no_address,
};
/* As RFC 826 has them, as tcpdump and others call them, and as scapy does. */
static const struct form_field arp_fields[] = {
	{ "sha", "sender_hardware", 0 },
	{ "spa", "sender_protocol", 0 },
	{ "tha", "target_hardware", 0 },
	{ "tpa", "target_protocol", 0 },
	{ "hwsrc", "sender_hardware", 0 },
	{ "psrc", "sender_protocol", 0 },
	{ "hwdst", "target_hardware", 0 },
	{ "pdst", "target_protocol", 0 },
	{ "hwtype", "hardware_type", 0 },
	{ "ptype", "protocol_type", 0 },
	{ "hwlen", "hardware_length", 0 },
	{ "plen", "protocol_length", 0 },
	{ NULL, NULL, 0 },
};

/* tcpdump and scapy tell a request and a reply by their first words. */
static int set_operation(struct form_parser *p, const struct form_special *self,
			 struct form_word value)
{
	static const struct form_word request = { "1", 1, 0, false },
				      reply = { "2", 1, 0, false };

	(void)self;
	if (form_is(value, "who-has"))
		value = request;
	else if (form_is(value, "is-at"))
		value = reply;
	return form_set_field(p, "operation", value);
}

static const struct form_special arp_specials[] = {
	{ "op", set_operation, "request", 0, 0 },
	{ "opcode", set_operation, "request", 0, 0 },
	{ "operation", set_operation, "request", 0, 0 },
	{ .name = NULL },
};

static const struct pktcap_ipv4 ipv4 = {
	.ttl = 64,
	.protocol = IP_PROTOCOL_EXPERIMENT,
};
static const struct form_field ipv4_fields[] = {
	{ "ihl", NULL, FORM_OWN_LENGTH },
	{ "len", "total_length", PKTCAP_KEEP_LENGTHS },
	{ "total_length", NULL, PKTCAP_KEEP_LENGTHS },
	{ "frag", "fragment_offset", 0 },
	{ "df", "dont_fragment", 0 },
	{ "mf", "more_fragments", 0 },
	{ "ttl", NULL, FORM_HOPS },
	{ "proto", "protocol", PKTCAP_KEEP_NEXT },
	{ "protocol", NULL, PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

static const struct pktcap_ipv6 ipv6 = {
	.hop_limit = 64,
	.next_header = IP_PROTOCOL_EXPERIMENT,
};
static const struct form_field ipv6_fields[] = {
	{ "hlim", "hop_limit", FORM_HOPS },
	{ "ttl", "hop_limit", FORM_HOPS },
	{ "hop_limit", NULL, FORM_HOPS },
	{ "flow", "flow_label", 0 },
	{ "fl", "flow_label", 0 },
	{ "len", "payload_length", PKTCAP_KEEP_LENGTHS },
	{ "plen", "payload_length", PKTCAP_KEEP_LENGTHS },
	{ "payload_length", NULL, PKTCAP_KEEP_LENGTHS },
	{ "nh", "next_header", PKTCAP_KEEP_NEXT },
	{ "next_header", NULL, PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

/* --- what is several fields of IP --------------------------------------------
 */

/* DSCP and ECN, with so many bits (kind) behind them in the first 16. */
static int set_traffic_class(struct form_parser *p,
			     const struct form_special *self,
			     struct form_word value)
{
	uint8_t *header = form_start(p);
	unsigned int bits = (unsigned int)header[0] << 8 | header[1];
	uint64_t number;

	if (form_number(p, value, UINT8_MAX, &number))
		return p->build->status;
	bits &= ~((unsigned int)UINT8_MAX << self->kind);
	put_be16(header, (uint16_t)(bits | number << self->kind));
	return 0;
}

static const struct form_flag ipv4_flags[] = {
	{ "df", 0, 2 },
	{ "mf", 0, 1 },
	{ NULL, 0, 0 },
};

static int set_ipv4_flags(struct form_parser *p,
			  const struct form_special *self,
			  struct form_word value)
{
	uint8_t *byte = form_start(p) + 6;
	uint64_t bits;

	if (form_flags(p, self, value, ipv4_flags, 7, &bits))
		return p->build->status;
	*byte = (uint8_t)((*byte & 0x1f) | bits << 5);
	return 0;
}

static const struct form_special ipv6_specials[] = {
	{ "tc", set_traffic_class, "0x10", 4, 0 },
	{ .name = NULL },
};

/* --- options of IPv4 ---------------------------------------------------------
 */

enum { RECORD_ROUTE = 7, RECORD_ROUTE_MAX = 9, ROUTE_POINTER = 4 };

/* So many empty places for addresses. */
static int append_record_route(struct form_parser *p,
			       const struct form_special *self,
			       struct form_word value)
{
	uint64_t places;
	uint8_t *option;

	(void)self;
	if (form_number(p, value, RECORD_ROUTE_MAX, &places))
		return p->build->status;
	option = form_option(p, value.at, RECORD_ROUTE, 1 + 4 * places);
	if (!option)
		return p->build->status;
	option[0] = ROUTE_POINTER;
	return 0;
}

static const struct form_special ipv4_specials[] = {
	{ "tos", set_traffic_class, "0x10", 0, 0 },
	{ "flags", set_ipv4_flags, "df,mf", 0, 0 },
	{ "record_route", append_record_route, "3", 0, 0 },
	{ "router_alert", form_option_number, "0", 148, 2 },
	{ "nop", form_option_single, NULL, 1, 0 },
	{ "eol", form_option_single, NULL, 0, 0 },
	{ "option", form_option_any, "130:0x00", 0, 0 },
	{ .name = NULL },
};

static int end_ipv4(struct form_parser *p)
{
	size_t words = form_end_options(p);
	uint8_t *header = form_start(p);

	if (words)
		header[0] = (uint8_t)((header[0] & 0xf0) | words);
	return p->build->status;
}

const struct form_layer form_network_layers[] = {
	{ HEADER(ARP, arp), .fields = arp_fields, .specials = arp_specials },
	{ HEADER(IPV4, ipv4), .alias = { "ip" }, .fields = ipv4_fields,
	  .specials = ipv4_specials, .options = TLV_8_8_ALL, .end = end_ipv4 },
	{ HEADER(IPV6, ipv6), .alias = { "ip6" }, .fields = ipv6_fields,
	  .specials = ipv6_specials },
	{ .name = NULL },
};
