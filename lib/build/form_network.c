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
/* As RFC 826 has them, and as tcpdump and others call them. */
static const struct form_field arp_fields[] = {
	{ "op", "operation", 0 },	 { "sha", "sender_hardware", 0 },
	{ "spa", "sender_protocol", 0 }, { "tha", "target_hardware", 0 },
	{ "tpa", "target_protocol", 0 }, { NULL, NULL, 0 },
};

static const struct pktcap_ipv4 ipv4 = {
	.ttl = 64,
	.protocol = IP_PROTOCOL_EXPERIMENT,
};
static const struct form_field ipv4_fields[] = {
	{ "ihl", NULL, PKTCAP_KEEP_LENGTHS },
	{ "len", "total_length", PKTCAP_KEEP_LENGTHS },
	{ "total_length", NULL, PKTCAP_KEEP_LENGTHS },
	{ "frag", "fragment_offset", 0 },
	{ "df", "dont_fragment", 0 },
	{ "mf", "more_fragments", 0 },
	{ "proto", "protocol", PKTCAP_KEEP_NEXT },
	{ "protocol", NULL, PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

static const struct pktcap_ipv6 ipv6 = {
	.hop_limit = 64,
	.next_header = IP_PROTOCOL_EXPERIMENT,
};
static const struct form_field ipv6_fields[] = {
	{ "hlim", "hop_limit", 0 },
	{ "flow", "flow_label", 0 },
	{ "len", "payload_length", PKTCAP_KEEP_LENGTHS },
	{ "payload_length", NULL, PKTCAP_KEEP_LENGTHS },
	{ "nh", "next_header", PKTCAP_KEEP_NEXT },
	{ "next_header", NULL, PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
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
	{ "record_route", append_record_route, "3", 0, 0 },
	{ "router_alert", form_option_number, "0", 148, 2 },
	{ "nop", form_option_single, NULL, 1, 0 },
	{ "eol", form_option_single, NULL, 0, 0 },
	{ "option", form_option_any, "130:0x00", 0, 0 },
	{ .name = NULL },
};

static int end_ipv4(struct form_parser *p)
{
	uint8_t *header = p->build->data + p->build->layers[p->index].offset;
	size_t words = 0;

	if (form_fill_up(p, 4, &words))
		return p->build->status;
	if (p->build->keep[p->index] & PKTCAP_KEEP_LENGTHS)
		return 0;
	if (words > 15)
		return form_fail(p, p->name.at, -ERANGE,
				 "%zu bytes of options, at most 40",
				 words * 4 - 20);
	header[0] = (uint8_t)(0x40 | words);
	return 0;
}

/* --- extension headers of IPv6 -----------------------------------------------
 */

enum { EXTENSION = 8, OPTIONS_AT = 2, PAD1 = 0, PADN = 1 };

static const struct pktcap_ipv6_options ipv6_hopopts = {
	.next_header = IP_PROTOCOL_EXPERIMENT,
};
static const struct pktcap_ipv6_options ipv6_dstopts = {
	.next_header = IP_PROTOCOL_EXPERIMENT,
};
static const struct pktcap_ipv6_routing ipv6_routing = {
	.next_header = IP_PROTOCOL_EXPERIMENT,
	.type = 4,
};
static const struct pktcap_ipv6_fragment ipv6_fragment = {
	.next_header = IP_PROTOCOL_EXPERIMENT,
};

static const struct form_field extension_fields[] = {
	{ "nh", "next_header", PKTCAP_KEEP_NEXT },
	{ "next_header", NULL, PKTCAP_KEEP_NEXT },
	{ "length", NULL, PKTCAP_KEEP_LENGTHS },
	{ "frag", "fragment_offset", 0 },
	{ "mf", "more_fragments", 0 },
	{ "left", "segments_left", 0 },
	{ NULL, NULL, 0 },
};

/* A header without options is all padding, which the first option replaces. */
static void drop_padding(struct form_parser *p)
{
	struct pktcap_build *b = p->build;
	struct pktcap_layer *layer = &b->layers[p->index];
	const uint8_t *options = b->data + layer->offset + OPTIONS_AT;

	if (layer->header_len != EXTENSION || options[0] != PADN)
		return;
	b->len -= EXTENSION - OPTIONS_AT;
	layer->header_len = OPTIONS_AT;
}

static int append_option(struct form_parser *p, const struct form_special *self,
			 struct form_word value)
{
	drop_padding(p);
	if (!self->width)
		return form_option_any(p, self, value);
	return form_option_number(p, self, value);
}

static const struct form_special option_specials[] = {
	{ "router_alert", append_option, "0", 5, 2 },
	{ "jumbo", append_option, "70000", 0xc2, 4 },
	{ "option", append_option, "30:0x0102", 0, 0 },
	{ .name = NULL },
};

/* The length of an extension counts units of 8 bytes behind the first. */
static int set_length(struct form_parser *p)
{
	struct pktcap_layer *layer = &p->build->layers[p->index];
	uint8_t *header = p->build->data + layer->offset;
	size_t units = layer->header_len / EXTENSION;

	if (p->build->keep[p->index] & PKTCAP_KEEP_LENGTHS)
		return 0;
	if (units > 256)
		return form_fail(p, p->name.at, -ERANGE,
				 "%zu bytes, at most 2048", units * EXTENSION);
	header[1] = (uint8_t)(units - 1);
	return 0;
}

static int end_options(struct form_parser *p)
{
	struct pktcap_layer *layer = &p->build->layers[p->index];
	size_t missing =
		(EXTENSION - layer->header_len % EXTENSION) % EXTENSION;
	uint8_t *padding;

	if (missing) {
		padding = form_extend(p, p->name.at, missing);
		if (!padding)
			return p->build->status;
		padding[0] = missing > 1 ? PADN : PAD1;
		if (missing > 1)
			padding[1] = (uint8_t)(missing - 2);
	}
	return set_length(p);
}

static int append_address(struct form_parser *p,
			  const struct form_special *self,
			  struct form_word value)
{
	uint8_t *address = form_extend(p, value.at, 16);

	(void)self;
	return address ? form_ipv6(p, value, address) : p->build->status;
}

static const struct form_special routing_specials[] = {
	{ "address", append_address, "2001:db8::1", 0, 0 },
	{ .name = NULL },
};

/* Segment routing says which address is the last one (RFC 8754, 2). */
static int end_routing(struct form_parser *p)
{
	struct pktcap_layer *layer = &p->build->layers[p->index];
	uint8_t *header = p->build->data + layer->offset;
	size_t addresses = layer->header_len / 16;

	if (header[2] == 4 && addresses && !header[4])
		header[4] = (uint8_t)(addresses - 1);
	return set_length(p);
}

const struct form_layer form_network_layers[] = {
	{ HEADER(ARP, arp), .fields = arp_fields },
	{ HEADER(IPV4, ipv4), .alias = "ip", .fields = ipv4_fields,
	  .specials = ipv4_specials, .end = end_ipv4 },
	{ HEADER(IPV6, ipv6), .alias = "ip6", .fields = ipv6_fields },
	{ HEADER(IPV6_HOPOPTS, ipv6_hopopts), .alias = "hopopts",
	  .fields = extension_fields, .specials = option_specials,
	  .counts_value = true, .end = end_options },
	{ HEADER(IPV6_DSTOPTS, ipv6_dstopts), .alias = "dstopts",
	  .fields = extension_fields, .specials = option_specials,
	  .counts_value = true, .end = end_options },
	{ HEADER(IPV6_ROUTING, ipv6_routing), .alias = "routing",
	  .fields = extension_fields, .specials = routing_specials,
	  .end = end_routing },
	{ HEADER(IPV6_FRAGMENT, ipv6_fragment), .alias = "fragment",
	  .fields = extension_fields },
	{ .name = NULL },
};
