// SPDX-License-Identifier: BSD-2-Clause
/* The text form of DHCP and DHCPv6. */
#include "build/form_header.h"

#include "proto/dhcp.h"

enum {
	COOKIE = 0x63825363,
	OPTION_END = 255,
	LEN_MIN = 300 /* RFC 1542, 2.1 */
};

static const struct pktcap_dhcp dhcp = {
	.op = 1,
	.htype = 1,
	.hlen = 6,
	.xid = 1,
	.cookie = COOKIE,
};
static const struct form_field dhcp_fields[] = {
	{ "broadcast", "flag_broadcast", 0 },
	{ NULL, NULL, 0 },
};

/* "discover" or a number. */
static int append_type(struct form_parser *p, const struct form_special *self,
		       struct form_word value)
{
	uint64_t type = 0;
	uint8_t *byte;

	if (form_labelled(p, value, dhcp_messages, UINT8_MAX, &type))
		return p->build->status;
	byte = form_option(p, value.at, self->kind, 1);
	if (!byte)
		return p->build->status;
	*byte = (uint8_t)type;
	return 0;
}

static const struct form_special dhcp_specials[] = {
	{ "type", append_type, "discover", PKTCAP_DHCP_OPTION_MESSAGE_TYPE, 1 },
	{ "message_type", append_type, "discover",
	  PKTCAP_DHCP_OPTION_MESSAGE_TYPE, 1 },
	{ "mask", form_option_ipv4, "255.255.255.0",
	  PKTCAP_DHCP_OPTION_SUBNET_MASK, 0 },
	{ "router", form_option_ipv4, "192.0.2.1", PKTCAP_DHCP_OPTION_ROUTERS,
	  0 },
	{ "dns", form_option_ipv4, "192.0.2.53,192.0.2.54",
	  PKTCAP_DHCP_OPTION_DNS_SERVERS, 0 },
	{ "hostname", form_option_text, "host", PKTCAP_DHCP_OPTION_HOST_NAME,
	  0 },
	{ "domain", form_option_text, "example.com",
	  PKTCAP_DHCP_OPTION_DOMAIN_NAME, 0 },
	{ "address", form_option_ipv4, "192.0.2.9",
	  PKTCAP_DHCP_OPTION_REQUESTED_ADDRESS, 0 },
	{ "lease", form_option_number, "3600", PKTCAP_DHCP_OPTION_LEASE_TIME,
	  4 },
	{ "server", form_option_ipv4, "192.0.2.1", PKTCAP_DHCP_OPTION_SERVER_ID,
	  0 },
	{ "request", form_option_numbers, "1,3,6",
	  PKTCAP_DHCP_OPTION_PARAMETER_LIST, 1 },
	{ "vendor", form_option_text, "example",
	  PKTCAP_DHCP_OPTION_VENDOR_CLASS, 0 },
	{ "client", form_option_bytes, "0x01020000000001",
	  PKTCAP_DHCP_OPTION_CLIENT_ID, 0 },
	{ "option", form_option_any, "57:0x05dc", 0, 0 },
	{ .name = NULL },
};

/* The end of the options, and zeros up to what relays expect. */
static int end_dhcp(struct form_parser *p)
{
	uint8_t *end = form_extend(p, p->name.at, 1);

	if (!end)
		return p->build->status;
	*end = OPTION_END;
	if (form_len(p) < LEN_MIN &&
	    !form_extend(p, p->name.at, LEN_MIN - form_len(p)))
		return p->build->status;
	return 0;
}

/* --- DHCPv6 ------------------------------------------------------------------
 */

enum {
	CLIENT_ID = 1,
	SERVER_ID = 2,
	OPTION_REQUEST = 6,
	ELAPSED_TIME = 8,
	RELAY_MESSAGE = 9,
	SOLICIT = 1,
	RELAY_FORWARD = 12
};

static const struct pktcap_dhcp6 dhcp6 = { .type = SOLICIT, .xid = 1 };
static const struct pktcap_dhcp6 relay = { .type = RELAY_FORWARD };

static const struct form_special dhcp6_specials[] = {
	{ "client", form_option_bytes, "0x00030001020000000001", CLIENT_ID, 0 },
	{ "server", form_option_bytes, "0x00030001020000000002", SERVER_ID, 0 },
	{ "request", form_option_numbers, "23,24", OPTION_REQUEST, 2 },
	{ "elapsed", form_option_number, "0", ELAPSED_TIME, 2 },
	{ "relayed", form_option_bytes, "0x01000001", RELAY_MESSAGE, 0 },
	{ "option", form_option_any, "14:", 0, 0 },
	{ .name = NULL },
};

const struct form_layer form_dhcp_layers[] = {
	{ HEADER(DHCP, dhcp), .alias = { "bootp" }, .fields = dhcp_fields,
	  .specials = dhcp_specials, .end = end_dhcp },
	{ HEADER(DHCP6, dhcp6), .specials = dhcp6_specials,
	  .options = TLV_16_16 },
	{ FORM("dhcp6-relay", DHCP6, dhcp6, relay), .specials = dhcp6_specials,
	  .options = TLV_16_16 },
	{ .name = NULL },
};
