// SPDX-License-Identifier: BSD-2-Clause
/* The text form of PPP and PPPoE. */
#include "build/form_header.h"

enum {
	CODE_PADI = 0x09,
	CONFIGURE_REQUEST = 1,
	IPCP = 0x8021,
	IPV6CP = 0x8057
};

static const struct pktcap_pppoe pppoe = { .session = 1 };
static const struct pktcap_pppoe discovery = { .code = CODE_PADI };

static const struct form_special tag_specials[] = {
	{ "service", form_option_text, "isp", 0x0101, 0 },
	{ "concentrator", form_option_text, "ac1", 0x0102, 0 },
	{ "host_uniq", form_option_bytes, "0x01020304", 0x0103, 0 },
	{ "cookie", form_option_bytes, "0x01020304", 0x0104, 0 },
	{ "tag", form_option_any, "0x0120:0x05dc", 0, 0 },
	{ .name = NULL },
};

static const struct pktcap_ppp ppp = { .protocol = 0 };
/* As in HDLC framing (RFC 1662, 3.1). */
static const struct pktcap_ppp hdlc = {
	.framed = 1,
	.address = 0xff,
	.control = 0x03,
};
static const struct form_field ppp_fields[] = {
	{ "protocol", NULL, PKTCAP_KEEP_NEXT },
	{ "proto", "protocol", PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

/* --- control protocols -------------------------------------------------------
 */

static const struct pktcap_pppcp pppcp = { .code = CONFIGURE_REQUEST, .id = 1 };
static const struct pktcap_pppcp ipcp = {
	.protocol = IPCP,
	.code = CONFIGURE_REQUEST,
	.id = 1,
};
static const struct pktcap_pppcp ipv6cp = {
	.protocol = IPV6CP,
	.code = CONFIGURE_REQUEST,
	.id = 1,
};

static const struct form_special lcp_specials[] = {
	{ "mru", form_option_number, "1492", 1, 2 },
	{ "auth", form_option_number, "0xc023", 3, 2 },
	{ "magic", form_option_number, "0x12345678", 5, 4 },
	{ "option", form_option_any, "7:", 0, 0 },
	{ .name = NULL },
};
static const struct form_special ipcp_specials[] = {
	{ "address", form_option_ipv4, "192.0.2.1", 3, 0 },
	{ "dns", form_option_ipv4, "192.0.2.53", 129, 0 },
	{ "option", form_option_any, "2:0x002d0f01", 0, 0 },
	{ .name = NULL },
};
static const struct form_special ipv6cp_specials[] = {
	{ "interface", form_option_bytes, "0x0200000000000001", 1, 0 },
	{ "option", form_option_any, "1:0x0200000000000001", 0, 0 },
	{ .name = NULL },
};

const struct form_layer form_ppp_layers[] = {
	{ HEADER(PPPOE, pppoe) },
	{ FORM("pppoed", PPPOE, pppoe, discovery), .specials = tag_specials,
	  .options = TLV_16_16 },
	{ HEADER(PPP, ppp), .fields = ppp_fields },
	{ FORM("hdlc", PPP, ppp, hdlc), .fields = ppp_fields },
	{ HEADER(PPPCP, pppcp), .alias = { "lcp" }, .specials = lcp_specials,
	  .options = TLV_8_8_ALL },
	{ FORM("ipcp", PPPCP, pppcp, ipcp), .specials = ipcp_specials,
	  .options = TLV_8_8_ALL },
	{ FORM("ipv6cp", PPPCP, pppcp, ipv6cp), .specials = ipv6cp_specials,
	  .options = TLV_8_8_ALL },
	{ .name = NULL },
};
