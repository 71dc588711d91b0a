// SPDX-License-Identifier: BSD-2-Clause
/* The text form of IPv6's extension headers. */
#include "build/form_header.h"

enum {
	EXTENSION = 8,
	EXTENSION_MAX = 256 * EXTENSION,
	OPTIONS_AT = 2,
	PAD1 = 0,
	PADN = 1,
	SEGMENT_ROUTING = 4,
	NO_NEXT_HEADER = 59,
	MOBILITY_BODY = 6,
	ICV_AT = 12,
	AH_MAX = (UINT8_MAX + 2) * 4,
	SPI_MIN = 256 /* those below are reserved (RFC 4302, 2.4) */
};

static const struct pktcap_ipv6_options ipv6_hopopts = {
	.next_header = IP_PROTOCOL_EXPERIMENT,
};
static const struct pktcap_ipv6_options ipv6_dstopts = {
	.next_header = IP_PROTOCOL_EXPERIMENT,
};
static const struct pktcap_ipv6_routing ipv6_routing = {
	.next_header = IP_PROTOCOL_EXPERIMENT,
	.type = SEGMENT_ROUTING,
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

/* Without options a header is all padding, which the first option replaces. */
static int append_option(struct form_parser *p, const struct form_special *self,
			 struct form_word value)
{
	if (!p->mark++)
		form_cut(p, OPTIONS_AT);
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
	size_t len = form_len(p);

	if (form_keeps(p, PKTCAP_KEEP_LENGTHS))
		return 0;
	if (len > EXTENSION_MAX)
		return form_fail(p, p->name.at, -ERANGE,
				 "%zu bytes, at most %u", len,
				 EXTENSION_MAX + 0u);
	form_start(p)[1] = (uint8_t)(len / EXTENSION - 1);
	return 0;
}

static int end_options(struct form_parser *p)
{
	size_t missing = -form_len(p) % EXTENSION;
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
	uint8_t *header = form_start(p);
	size_t addresses = form_len(p) / 16;

	if (header[2] == SEGMENT_ROUTING && addresses && !header[4])
		header[4] = (uint8_t)(addresses - 1);
	return set_length(p);
}

/* --- mobility, authentication ------------------------------------------------
 */

static const uint8_t refresh_request[2];

static const struct pktcap_ipv6_mobility ipv6_mobility = {
	.next_header = NO_NEXT_HEADER,
	.data = refresh_request,
	.data_len = sizeof(refresh_request),
};
static const struct form_special mobility_specials[] = {
	{ "body", form_body, "0x0000", MOBILITY_BODY, 0 },
	{ "option", form_option_any, "4:0x0102", 0, 0 },
	{ .name = NULL },
};

/* So much most algorithms have (RFC 4302, 2.6). */
static const uint8_t no_check[12];

static const struct pktcap_ah ah = {
	.next_header = IP_PROTOCOL_EXPERIMENT,
	.spi = SPI_MIN,
	.seq = 1,
	.icv_len = sizeof(no_check),
	.icv = no_check,
};
static const struct form_field ah_fields[] = {
	{ "nh", "next_header", PKTCAP_KEEP_NEXT },
	{ "next_header", NULL, PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};
static const struct form_special ah_specials[] = {
	{ "icv", form_body, "0x000102030405060708090a0b", ICV_AT, 0 },
	{ .name = NULL },
};

static int end_ah(struct form_parser *p)
{
	if (form_fill_up(p, 4))
		return p->build->status;
	if (form_keeps(p, PKTCAP_KEEP_LENGTHS))
		return 0;
	if (form_len(p) > AH_MAX)
		return form_fail(p, p->name.at, -ERANGE,
				 "%zu bytes, at most %u", form_len(p),
				 AH_MAX + 0u);
	form_start(p)[1] = (uint8_t)(form_len(p) / 4 - 2);
	return 0;
}

const struct form_layer form_extension_layers[] = {
	{ HEADER(IPV6_HOPOPTS, ipv6_hopopts), .alias = { "hopopts", "hbh" },
	  .fields = extension_fields, .specials = option_specials,
	  .end = end_options },
	{ HEADER(IPV6_DSTOPTS, ipv6_dstopts), .alias = { "dstopts" },
	  .fields = extension_fields, .specials = option_specials,
	  .end = end_options },
	{ HEADER(IPV6_ROUTING, ipv6_routing), .alias = { "routing", "srh" },
	  .fields = extension_fields, .specials = routing_specials,
	  .end = end_routing },
	{ HEADER(IPV6_FRAGMENT, ipv6_fragment), .alias = { "fragment", "frag" },
	  .fields = extension_fields },
	{ HEADER(IPV6_MOBILITY, ipv6_mobility), .alias = { "mobility" },
	  .fields = extension_fields, .specials = mobility_specials,
	  .end = end_options },
	{ HEADER(AH, ah), .fields = ah_fields, .specials = ah_specials,
	  .end = end_ah },
	{ .name = NULL },
};
