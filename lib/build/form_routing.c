// SPDX-License-Identifier: BSD-2-Clause
/* The text form of what routers say to each other. */
#include "build/form_header.h"

/* --- OSPF --------------------------------------------------------------------
 */

enum { OSPF_HELLO = 1, LENGTH_AT = 2, BODY_2 = 24, BODY_3 = 16 };

/* A mask of 24 bits, or the interface's number; asked every 10 s, dead after
 * 40 s; priority 1; options: external routes, and in version 3 those of IPv6
 * and a router (RFC 2328, A.3.2; RFC 5340, A.3.2). */
static const uint8_t hello_2[] = { 255, 255, 255, 0, 0, 10, 0x02, 1, 0, 0,
				   0,	40,  0,	  0, 0, 0,  0,	  0, 0, 0 };
static const uint8_t hello_3[] = { 0, 0,  0, 1, 1, 0, 0, 0x13, 0, 10,
				   0, 40, 0, 0, 0, 0, 0, 0,    0, 0 };

static const struct pktcap_ospf ospf = {
	.version = 2,
	.type = OSPF_HELLO,
	.router_id = { 192, 0, 2, 1 },
	.body_len = sizeof(hello_2),
	.body = hello_2,
};
static const struct pktcap_ospf ospf_3 = {
	.version = 3,
	.type = OSPF_HELLO,
	.router_id = { 192, 0, 2, 1 },
	.body_len = sizeof(hello_3),
	.body = hello_3,
};

/* Other routers that were heard, behind the rest of a hello. */
static int append_neighbours(struct form_parser *p,
			     const struct form_special *self,
			     struct form_word value)
{
	struct form_word word;
	uint8_t *id;

	(void)self;
	while (form_element(&value, &word)) {
		id = form_extend(p, word.at, 4);
		if (!id || form_ipv4(p, word, id))
			return p->build->status;
	}
	return 0;
}

static const struct form_special ospf_specials[] = {
	{ "neighbour", append_neighbours, "192.0.2.2,192.0.2.3", 0, 0 },
	{ "body", form_body, "0x00000000", BODY_2, 0 },
	{ .name = NULL },
};
static const struct form_special ospf_3_specials[] = {
	{ "neighbour", append_neighbours, "192.0.2.2,192.0.2.3", 0, 0 },
	{ "body", form_body, "0x00000000", BODY_3, 0 },
	{ .name = NULL },
};

static int end_ospf(struct form_parser *p)
{
	return form_put_length(p, LENGTH_AT);
}

/* --- VRRP --------------------------------------------------------------------
 */

enum { COUNT_AT = 3, AUTHENTICATION = 8 };

/* Once a second, which version 2 counts in seconds. */
static const struct pktcap_vrrp vrrp = {
	.version = 3,
	.type = 1,
	.vrid = 1,
	.priority = 100,
	.interval = 100,
};
static const struct pktcap_vrrp vrrp_2 = {
	.version = 2,
	.type = 1,
	.vrid = 1,
	.priority = 100,
	.interval = 1,
};
static const struct form_field vrrp_fields[] = {
	{ "prio", "priority", 0 },
	{ "address_count", NULL, PKTCAP_KEEP_LENGTHS },
	{ NULL, NULL, 0 },
};

static bool is_over_ipv6(struct form_parser *p)
{
	return p->build->layers[p->index].below == PKTCAP_PROTO_IPV6;
}

/* Those of the router that everybody asks, of the version of IP in front. */
static int append_addresses(struct form_parser *p,
			    const struct form_special *self,
			    struct form_word value)
{
	bool ipv6 = is_over_ipv6(p);
	struct form_word word;
	uint8_t *address;

	(void)self;
	while (form_element(&value, &word)) {
		address = form_extend(p, word.at, ipv6 ? 16 : 4);
		if (!address || (ipv6 ? form_ipv6(p, word, address)
				      : form_ipv4(p, word, address)))
			return p->build->status;
		if (form_keeps(p, PKTCAP_KEEP_LENGTHS))
			continue;
		if (form_start(p)[COUNT_AT]++ == UINT8_MAX)
			return form_fail(p, word.at, -ERANGE,
					 "more than %u addresses",
					 UINT8_MAX + 0u);
	}
	return 0;
}

static const struct form_special vrrp_specials[] = {
	{ "address", append_addresses, "192.0.2.1", 0, 0 },
	{ .name = NULL },
};

/* Version 2 ends in a password (RFC 3768, 5.3.10). */
static int end_vrrp_2(struct form_parser *p)
{
	return form_extend(p, p->name.at, AUTHENTICATION) ? 0
							  : p->build->status;
}

const struct form_layer form_routing_layers[] = {
	{ HEADER(OSPF, ospf), .specials = ospf_specials, .hops = 1,
	  .end = end_ospf },
	{ FORM("ospf3", OSPF, ospf, ospf_3), .specials = ospf_3_specials,
	  .hops = 1, .end = end_ospf },
	{ HEADER(VRRP, vrrp), .fields = vrrp_fields, .specials = vrrp_specials,
	  .hops = UINT8_MAX },
	{ FORM("vrrp2", VRRP, vrrp, vrrp_2), .fields = vrrp_fields,
	  .specials = vrrp_specials, .hops = UINT8_MAX, .end = end_vrrp_2 },
	{ .name = NULL },
};
