// SPDX-License-Identifier: BSD-2-Clause
/* Building PPP, what carries it and what it negotiates with. */
#include <errno.h>

#include "support/built.h"
#include "support/rows.h"

static const struct pktcap_eth eth = { .type = 0 };
static const struct pktcap_ipv4 ip4 = { .src = { 10, 0, 0, 1 },
					.dst = { 10, 0, 0, 2 },
					.ttl = 64 };

#define ETH "000000000000 000000000000 "
#define IP4 "4500 0014 0000 0000 40 00 66e8 0a000001 0a000002"

static void ppp(struct pktcap_build *b, struct pktcap_ppp header)
{
	pktcap_build_ppp(b, &header, 0);
}

static void session(struct pktcap_build *b)
{
	static const struct pktcap_pppoe pppoe = { .session = 0x1234 };

	pktcap_build_eth(b, &eth, 0);
	pktcap_build_pppoe(b, &pppoe, 0);
}

static void session_ip(struct pktcap_build *b)
{
	session(b);
	ppp(b, (struct pktcap_ppp){ .protocol = 0 });
	pktcap_build_ipv4(b, &ip4, 0);
	pktcap_build_pad(b, 44);
}

static void discovery(struct pktcap_build *b)
{
	static const uint8_t name[] = { 'i', 's', 'p' };
	static const struct pktcap_tlv tags[] = {
		{ .type = 0x0101 },
		{ .type = 0x0103, .data = name, .len = sizeof(name) },
	};
	uint8_t list[32];
	struct pktcap_pppoe padi = { .code = 9, .tags = list };
	int len = pktcap_pppoe_tags_put(list, sizeof(list), tags, 2);

	assert_int_equal(len, 11);
	padi.tags_len = (uint32_t)len;
	pktcap_build_eth(b, &eth, 0);
	pktcap_build_pppoe(b, &padi, 0);
	pktcap_build_pad(b, 34);
}

static void version_of_5_bits(struct pktcap_build *b)
{
	static const struct pktcap_pppoe pppoe = { .version = 16 };

	pktcap_build_pppoe(b, &pppoe, 0);
}

static void ip_behind_pppoe(struct pktcap_build *b)
{
	session(b);
	pktcap_build_ipv4(b, &ip4, 0);
}

static void framed(struct pktcap_build *b)
{
	ppp(b,
	    (struct pktcap_ppp){ .framed = 1, .address = 0xff, .control = 3 });
	pktcap_build_ipv4(b, &ip4, 0);
}

static void compressed(struct pktcap_build *b)
{
	ppp(b, (struct pktcap_ppp){ .protocol_len = 1,
				    .framed = 1,
				    .address = 0xff,
				    .control = 3 });
	pktcap_build_ipv4(b, &ip4, 0);
}

static void directed(struct pktcap_build *b)
{
	ppp(b, (struct pktcap_ppp){ .has_direction = 1,
				    .direction = 1,
				    .framed = 1,
				    .address = 0xff,
				    .control = 3 });
	pktcap_build_ipv4(b, &ip4, 0);
}

static void cisco(struct pktcap_build *b)
{
	ppp(b, (struct pktcap_ppp){ .framed = 1, .address = 0x0f, .cisco = 1 });
	pktcap_build_ipv4(b, &ip4, 0);
}

static const uint8_t unit[] = { 0x05, 0xd4 }, magic[] = { 1, 2, 3, 4 };
static const struct pktcap_tlv lcp_options[] = {
	{ .type = 1, .data = unit, .len = sizeof(unit) },
	{ .type = 5, .data = magic, .len = sizeof(magic) },
};

static void control(struct pktcap_build *b, uint16_t protocol)
{
	uint8_t list[32];
	struct pktcap_pppcp request = {
		.protocol = protocol, .code = 1, .id = 7, .data = list
	};
	int len = pktcap_pppcp_options_put(list, sizeof(list), lcp_options, 2);

	assert_int_equal(len, 10);
	request.data_len = (uint16_t)len;
	pktcap_build_pppcp(b, &request, 0);
}

static void lcp(struct pktcap_build *b)
{
	session(b);
	ppp(b, (struct pktcap_ppp){ .protocol = 0 });
	control(b, 0);
}

static void ipcp(struct pktcap_build *b)
{
	ppp(b, (struct pktcap_ppp){ .protocol = 0 });
	control(b, 0x8021);
	pktcap_build_data(b, "!", 1);
}

static void ipcp_in_one_byte(struct pktcap_build *b)
{
	ppp(b, (struct pktcap_ppp){ .protocol_len = 1 });
	control(b, 0x8021);
}

static void lcp_of_cisco(struct pktcap_build *b)
{
	ppp(b, (struct pktcap_ppp){ .framed = 1, .address = 0x8f, .cisco = 1 });
	control(b, 0xc021);
}

#define OPTIONS "01 04 05d4 05 06 01020304"

static const struct built_row rows[] = {
	{ "a session has a type and a length", session_ip,
	  ETH "8864 11 00 1234 0016 0021" IP4 "0000", 0 },
	{ "discovery has a type, and tags in its length", discovery,
	  ETH "8863 11 09 0000 000b 0101 0000 0103 0003 697370 000000", 0 },
	{ "a version has 4 bits", version_of_5_bits,
	  "pppoe: version is 16, at most 15", -ERANGE },
	{ "PPPoE is in front of PPP", ip_behind_pppoe,
	  "ipv4 cannot follow pppoe: put ppp between, or PKTCAP_KEEP_NEXT",
	  -EPROTOTYPE },
	{ "address and control are in front of the protocol", framed,
	  "ff03 0021" IP4, 0 },
	{ "a protocol in one byte", compressed, "ff03 21" IP4, 0 },
	{ "a direction is in front of all", directed, "01 ff03 0021" IP4, 0 },
	{ "a protocol of Cisco is an EtherType", cisco, "0f00 0800" IP4, 0 },
	{ "LCP if nothing else is said", lcp,
	  ETH "8864 11 00 1234 0010 c021 01 07 000e" OPTIONS, 0 },
	{ "the protocol says who negotiates, the length counts data", ipcp,
	  "8021 01 07 000f" OPTIONS "21", 0 },
	{ "a protocol has to fit into one byte", ipcp_in_one_byte,
	  "ppp: protocol would be 32801, at most 255", -EMSGSIZE },
	{ "Cisco does not negotiate", lcp_of_cisco,
	  "pppcp cannot follow ppp, which has no number for it: put the "
	  "header between that has, or PKTCAP_KEEP_NEXT",
	  -EPROTOTYPE },
};

static void lists_have_to_fit(void **state)
{
	struct pktcap_tlv large = { .type = 256 };
	uint8_t list[300] = { 0 };

	(void)state;
	assert_int_equal(pktcap_pppcp_options_put(list, 9, lcp_options, 2),
			 -ENOSPC);
	assert_int_equal(pktcap_pppcp_options_put(list, 10, lcp_options, 2),
			 10);
	assert_int_equal(pktcap_pppcp_options_put(list, 300, &large, 1),
			 -ERANGE);
	/* The length of an option counts its first two bytes, too. */
	large = (struct pktcap_tlv){ .type = 1, .data = list, .len = 254 };
	assert_int_equal(pktcap_pppcp_options_put(list, 300, &large, 1),
			 -ERANGE);
	large.data = (const uint8_t *)lcp_options;
	large.len = 0x10000;
	assert_int_equal(pktcap_pppoe_tags_put(list, 300, &large, 1), -ERANGE);
	assert_int_equal(pktcap_pppoe_tags_put(NULL, 0, NULL, 0), 0);
}

static void forms_of_ppp_have_link_types(void **state)
{
	(void)state;
	built_has_linktype(framed, PKTCAP_LINKTYPE_PPP);
	built_has_linktype(directed, 204);
	built_has_linktype(cisco, PKTCAP_LINKTYPE_C_HDLC);
}

/* A version of 0 can be sent if all is kept. */
static void versions_can_be_wrong(void **state)
{
	static const struct pktcap_pppoe pppoe = { .length = 3 };
	uint8_t bytes[16];
	struct pktcap_build build;

	(void)state;
	pktcap_build_start(&build, bytes, sizeof(bytes));
	pktcap_build_pppoe(&build, &pppoe, PKTCAP_KEEP_ALL);
	built_is(&build, "00 00 0000 0003");
}

int main(void)
{
	struct CMUnitTest tests[sizeof(rows) / sizeof(rows[0]) + 3] = {
		cmocka_unit_test(lists_have_to_fit),
		cmocka_unit_test(forms_of_ppp_have_link_types),
		cmocka_unit_test(versions_can_be_wrong),
	};
	size_t n = 3;

	ADD_ROWS(tests, n, rows, built_row_run);
	return _cmocka_run_group_tests("build_link_ppp", tests, n, NULL, NULL);
}
