// SPDX-License-Identifier: BSD-2-Clause
/* MPLS, PPPoE, PPP and what PPP negotiates with: bytes and what they say. */
#include "support/decode_row.h"
#include "support/rows.h"

#include <errno.h>
#include <string.h>

#define MACS "020000000002 020000000001 "
#define IP4 "45000014 00010000 40ff0000 0a000001 0a000002 "
#define IP6                                                   \
	"60000000 00003bff fe800000000000000000000000000001 " \
	"ff020000000000000000000000000001 "

enum {
	ETH = PKTCAP_LINKTYPE_ETHERNET,
	PPP = PKTCAP_LINKTYPE_PPP,
	HDLC = PKTCAP_LINKTYPE_PPP_HDLC,
	CISCO = PKTCAP_LINKTYPE_C_HDLC,
	PPPD = 166,
	DIRECTED = 204
};

static const struct decode_row mpls_rows[] = {
	{ "two labels and IPv4", ETH, MACS "8847 03e81040 000189fe" IP4, 0,
	  "eth mpls mpls ipv4", 2,
	  "label=24 traffic_class=4 bottom=1 ttl=254" },
	{ "IPv6 behind explicit null", ETH, MACS "8847 00002140" IP6, 0,
	  "eth mpls ipv6", 1, "label=2 traffic_class=0 bottom=1 ttl=64" },
	{ "control word and Ethernet", ETH,
	  MACS "8847 00005102 00000007" MACS "0800" IP4, 0, "eth mpls eth ipv4",
	  1,
	  "label=5 traffic_class=0 bottom=1 ttl=2 control_flags=0x0 "
	  "control_fragment=0 control_length=0 control_sequence=7" },
	{ "Ethernet at once", ETH, MACS "8847 00005140" MACS "0800" IP4, 0,
	  "eth mpls eth ipv4", 1, "label=5 traffic_class=0 bottom=1 ttl=64" },
	{ "Ethernet whose address begins otherwise", ETH,
	  MACS "8847 00005140 a20000000002 020000000001 0800" IP4, 0,
	  "eth mpls eth ipv4", 0, NULL },
	{ "control word and an unknown type", ETH,
	  MACS "8847 00005140 00000000" MACS "7777 00", 0,
	  "eth mpls eth data:unsupported", 0, NULL },
	{ "associated channel", ETH, MACS "8847 0000d101 10000021" IP4, 0,
	  "eth mpls ipv4", 1,
	  "label=13 traffic_class=0 bottom=1 ttl=1 channel_version=0 "
	  "channel_reserved=0x0 channel_type=0x21" },
	{ "BFD in an associated channel", ETH, MACS "8847 0000d101 10000007 20",
	  0, "eth mpls data:unsupported", 0, NULL },
	{ "control word that was cut", ETH, MACS "8847 00005140 0000", 60,
	  "eth mpls:truncated", 0, NULL },
	{ "something else", ETH, MACS "8847 00005140 f0000000", 0,
	  "eth mpls data:unsupported", 0, NULL },
	{ "no bottom", ETH, MACS "8847 00005040", 0, "eth mpls:malformed", 1,
	  "label=5 traffic_class=0 bottom=0 ttl=64" },
	{ "label cut", ETH, MACS "8848 0000", 60, "eth mpls:truncated", 0,
	  NULL },
};

static const struct decode_row pppoe_rows[] = {
	{ "PADI with padding", ETH,
	  MACS "8863 11 09 0000 000c 0101 0000 0103 0004 deadbeef 000000", 0,
	  "eth pppoe", 1,
	  "version=1 type=1 code=0x9 session=0x0 length=12 "
	  "tags=[{type=0x101 length=0} "
	  "{type=0x103 length=4 value=deadbeef}]" },
	{ "a tag beyond the payload", ETH,
	  MACS "8863 11 09 0000 0007 0103 0004 deadbe 000000", 0, "eth pppoe",
	  1, "version=1 type=1 code=0x9 session=0x0 length=7 tags=[]" },
	{ "tags beyond the frame", ETH, MACS "8863 11 09 0000 0400 0103 0000",
	  0, "eth pppoe:malformed", 1,
	  "version=1 type=1 code=0x9 session=0x0 length=1024 "
	  "tags=[{type=0x103 length=0}]" },
	{ "tags cut", ETH, MACS "8863 11 09 0000 0008 0103", 60,
	  "eth pppoe:truncated", 0, NULL },
	{ "session with padding", ETH,
	  MACS "8864 11 00 0011 0016 0021" IP4 "00000000", 0,
	  "eth pppoe ppp ipv4", 1,
	  "version=1 type=1 code=0x0 session=0x11 length=22" },
	{ "session as link type", PKTCAP_LINKTYPE_PPP_ETHER,
	  "11 00 0011 0016 0021" IP4, 0, "pppoe ppp ipv4", 0, NULL },
	{ "session longer than the frame", ETH,
	  MACS "8864 11 00 0011 0100 0021" IP4, 0, "eth pppoe> ppp ipv4", 0,
	  NULL },
	{ "session of another code", ETH, MACS "8864 11 07 0011 0001 00", 0,
	  "eth pppoe data:unsupported", 0, NULL },
	{ "version 2", ETH, MACS "8864 21 00 0011 0016 0021" IP4, 0,
	  "eth pppoe:malformed", 0, NULL },
};

static const struct decode_row ppp_rows[] = {
	{ "framed", HDLC, "ff03 0057" IP6, 0, "ppp ipv6", 0,
	  "address=0xff control=0x3 protocol=0x57" },
	{ "bare", PPP, "0021" IP4, 0, "ppp ipv4", 0, "protocol=0x21" },
	{ "compressed", PPP, "21" IP4, 0, "ppp ipv4", 0, "protocol=0x21" },
	{ "framed and compressed", PPP, "ff03 21" IP4, 0, "ppp ipv4", 0,
	  "address=0xff control=0x3 protocol=0x21" },
	{ "MPLS", PPP, "0281 00005140" IP4, 0, "ppp mpls ipv4", 0, NULL },
	{ "unknown", PPP, "4021 00", 0, "ppp data:unsupported", 0,
	  "protocol=0x4021" },
	{ "direction in front", DIRECTED, "01 ff03 0021" IP4, 0, "ppp ipv4", 0,
	  "direction=1 address=0xff control=0x3 protocol=0x21" },
	{ "direction as address", PPPD, "00 03 0021" IP4, 0, "ppp ipv4", 0,
	  "address=0x0 control=0x3 protocol=0x21" },
	{ "Cisco's HDLC", CISCO, "0f00 0800" IP4, 0, "ppp ipv4", 0,
	  "address=0xf control=0x0 protocol=0x800" },
	{ "Cisco's HDLC on PPP's link type", HDLC, "8f00 86dd" IP6, 0,
	  "ppp ipv6", 0, "address=0x8f control=0x0 protocol=0x86dd" },
	{ "SLARP is no RARP", CISCO, "8f00 8035 00000002", 0,
	  "ppp data:unsupported", 0, NULL },
	{ "cut behind the framing", PPP, "ff03", 0, "ppp:malformed", 0,
	  "address=0xff control=0x3" },
	{ "half a protocol", PPP, "00", 60, "ppp:truncated", 0, "" },
};

static const struct decode_row control_rows[] = {
	{ "LCP configure request", PPP,
	  "c021 01 07 0017 0104 05dc 0305 c223 05 0506 12345678 0702 1702", 0,
	  "ppp pppcp", 1,
	  "code=1 id=7 length=23 options=[{type=1 length=4 value=1500} "
	  "{type=3 length=5 protocol=0xc223 algorithm=5} "
	  "{type=5 length=6 value=0x12345678} {type=7 length=2} "
	  "{type=23 length=2}]" },
	{ "an option cut", PPP, "c021 01 07 000a 0104 05dc 03", 60,
	  "ppp pppcp:truncated", 0, NULL },
	{ "an option of length 0, all there", PPP,
	  "c021 01 07 000a 0104 05dc 0300", 0, "ppp pppcp", 1,
	  "code=1 id=7 length=10 options=[{type=1 length=4 value=1500}]" },
	{ "an option shorter than its kind", PPP, "8021 01 07 0008 0304 0a00",
	  0, "ppp pppcp", 1,
	  "code=1 id=7 length=8 options=[{type=3 length=4 value=0a00}]" },
	{ "LCP echo", PPP, "c021 09 01 000a 12345678 6162", 0, "ppp pppcp", 1,
	  "code=9 id=1 length=10 magic=0x12345678 data=6162" },
	{ "LCP protocol reject", PPP, "c021 08 01 0008 8057 0101", 0,
	  "ppp pppcp", 1,
	  "code=8 id=1 length=8 rejected_protocol=0x8057 rejected=0101" },
	{ "IPCP", PPP, "8021 01 01 000a 8106 08080808 ffff", 0, "ppp pppcp", 1,
	  "code=1 id=1 length=10 options=[{type=129 length=6 "
	  "value=08080808}]" },
	{ "PAP", PPP, "c023 01 01 000a 02 7573 02 7077", 0, "ppp pppcp", 1,
	  "code=1 id=1 length=10 peer_length=2 peer=\"us\" "
	  "password_length=2 password=\"pw\"" },
	{ "PAP whose password is longer than all", PPP,
	  "c023 01 01 000a 02 7573 ff 7077", 0, "ppp pppcp", 1,
	  "code=1 id=1 length=10 peer_length=2 peer=\"us\"" },
	{ "CHAP", PPP, "c223 01 01 0009 02 aabb 6d65", 0, "ppp pppcp", 1,
	  "code=1 id=1 length=9 value_length=2 value=aabb peer=\"me\"" },
	{ "EAP identity", PPP, "c227 02 05 0008 01 616263", 0, "ppp pppcp", 1,
	  "code=2 id=5 length=8 type=1 data=\"abc\"" },
	{ "length below the header", PPP, "c021 01 01 0003", 0,
	  "ppp pppcp:malformed", 1, "code=1 id=1 length=3" },
	{ "length beyond", PPP, "c021 01 01 0009 0104 05dc", 0,
	  "ppp pppcp:malformed", 1,
	  "code=1 id=1 length=9 options=[{type=1 length=4 value=1500}]" },
};

static size_t decoded(const char *hex, uint32_t linktype, uint8_t *bytes,
		      struct pktcap_layer *layers)
{
	struct decode_row row = { .linktype = linktype, .hex = hex };
	struct pktcap_packet pkt;

	return decode_row(&row, bytes, &pkt, layers);
}

static void test_mpls_and_ppp(void **state)
{
	static const struct pktcap_mpls mpls = {
		.label = 13,
		.tc = 5,
		.bottom = 1,
		.ttl = 9,
		.has_word = 1,
		.word = 0x10000021,
	};
	static const struct pktcap_ppp ppp = {
		.protocol = 0x0021,
		.protocol_len = 1,
		.framed = 1,
		.address = 0xff,
		.control = 3,
		.has_direction = 1,
		.direction = 1,
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_mpls got_mpls;
	struct pktcap_ppp got_ppp;

	(void)state;
	decoded(MACS "8847 0000db09 10000021" IP4, ETH, bytes, layers);
	assert_int_equal(pktcap_mpls_get(&layers[1], &got_mpls), 0);
	assert_memory_equal(&got_mpls, &mpls, sizeof(mpls));
	assert_int_equal(pktcap_ppp_get(&layers[1], &got_ppp), -EPROTOTYPE);
	decoded("01 ff03 21" IP4, DIRECTED, bytes, layers);
	assert_int_equal(pktcap_ppp_get(&layers[0], &got_ppp), 0);
	assert_memory_equal(&got_ppp, &ppp, sizeof(ppp));
}

static void test_pppoe_and_control(void **state)
{
	static const struct pktcap_pppoe pppoe = {
		.session = 0x1234,
		.length = 6,
		.version = 1,
		.type = 1,
	};
	static const struct pktcap_pppcp pppcp = {
		.protocol = 0xc021,
		.length = 4,
		.code = 5,
		.id = 9,
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_pppoe got_pppoe;
	struct pktcap_pppcp got_pppcp;

	(void)state;
	decoded(MACS "8864 11 00 1234 0006 c021 05 09 0004", ETH, bytes,
		layers);
	assert_int_equal(pktcap_pppoe_get(&layers[1], &got_pppoe), 0);
	assert_memory_equal(&got_pppoe, &pppoe, sizeof(pppoe));
	assert_int_equal(pktcap_pppcp_get(&layers[3], &got_pppcp), 0);
	assert_memory_equal(&got_pppcp, &pppcp, sizeof(pppcp));
	decoded(MACS "8864 11 00 1234 000a c023 01 09 0008 01 61 01 62", ETH,
		bytes, layers);
	assert_int_equal(pktcap_pppcp_get(&layers[3], &got_pppcp), 0);
	assert_int_equal(got_pppcp.data_len, 4);
	assert_ptr_equal(got_pppcp.data, layers[3].data + 4);
}

static void test_tags(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_tlv tag;
	uint32_t at = 0;

	(void)state;
	decoded(MACS "8863 11 09 0000 000b 0101 0001 61 0103 0004 dead", ETH,
		bytes, layers);
	assert_int_equal(pktcap_pppoe_tag_next(&layers[1], &at, &tag), 1);
	assert_int_equal(tag.type, 0x0101);
	assert_int_equal(tag.len, 1);
	assert_int_equal(tag.data[0], 'a');
	assert_int_equal(tag.offset, 6);
	assert_int_equal(pktcap_pppoe_tag_next(&layers[1], &at, &tag), -EPROTO);
	assert_int_equal(tag.type, 0x0101);
	assert_int_equal(pktcap_pppcp_option_next(&layers[1], &at, &tag),
			 -EPROTOTYPE);
}

static void test_options(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_tlv option;
	uint32_t at = 0;

	(void)state;
	decoded("c021 04 07 000a 0702 0104 05dc", PPP, bytes, layers);
	assert_int_equal(pktcap_pppcp_option_next(&layers[1], &at, &option), 1);
	assert_int_equal(option.type, 7);
	assert_int_equal(option.len, 0);
	assert_int_equal(pktcap_pppcp_option_next(&layers[1], &at, &option), 1);
	assert_int_equal(option.type, 1);
	assert_int_equal(option.len, 2);
	assert_int_equal(pktcap_pppcp_option_next(&layers[1], &at, &option), 0);
	/* Data of other messages are no options. */
	at = 0;
	decoded("c021 09 07 000a 0702 0104 05dc", PPP, bytes, layers);
	assert_int_equal(pktcap_pppcp_option_next(&layers[1], &at, &option), 0);
}

int main(void)
{
	struct CMUnitTest tests[80] = {
		cmocka_unit_test(test_mpls_and_ppp),
		cmocka_unit_test(test_pppoe_and_control),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_options),
	};
	size_t n = 4;

	ADD_ROWS(tests, n, mpls_rows, test_decode_row);
	ADD_ROWS(tests, n, pppoe_rows, test_decode_row);
	ADD_ROWS(tests, n, ppp_rows, test_decode_row);
	ADD_ROWS(tests, n, control_rows, test_decode_row);
	return _cmocka_run_group_tests("proto_link_ppp", tests, n, NULL, NULL);
}
