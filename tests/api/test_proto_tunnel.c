// SPDX-License-Identifier: BSD-2-Clause
/* GRE, VXLAN, Geneve, GTP-U and IPsec: bytes, layers and fields. */
#include "support/decode_row.h"
#include "support/rows.h"

#define IPV4 PKTCAP_LINKTYPE_IPV4

#define IP4(proto) "4500 0000 00010000 40" proto "0000 0a000001 0a000002 "
#define UDP(port, length) IP4("11") "c000" port length "0000 "
#define INNER "4500 001c 00010000 40110000 0a000003 0a000004 00070007 0008 0000"
#define MACS "020000000001 020000000002 "
#define GRE_FLAGS(checksum, routing, key, seq)                           \
	"has_checksum=" checksum " has_routing=" routing " has_key=" key \
	" has_seq=" seq " strict_route=0 recursion=0 has_ack=0 flags=0x0"

static const struct decode_row rows[] = {
	{ "ip in ip", IPV4, IP4("04") INNER, 0, "ipv4 ipv4 udp", 0, NULL },
	{ "ipv6 in ip", IPV4,
	  IP4("29") "60000000 0000 3b 40 fe800000000000000000000000000001"
		    "ff020000000000000000000000000001",
	  0, "ipv4 ipv6", 0, NULL },
	{ "gre", IPV4, IP4("2f") "0000 0800" INNER, 0, "ipv4 gre ipv4 udp", 1,
	  GRE_FLAGS("0", "0", "0", "0") " version=0 protocol=0x800" },
	{ "gre with all of RFC 2890", IPV4,
	  IP4("2f") "b000 0800 abcd 0000 00000007 00000008" INNER, 0,
	  "ipv4 gre ipv4 udp", 1,
	  GRE_FLAGS("1", "0", "1",
		    "1") " version=0 protocol=0x800 checksum=0xabcd offset=0 "
			 "key=0x7 seq=8" },
	{ "gre with routing", IPV4,
	  IP4("2f") "4000 0800 0000 0004 0800 0404 0a000005 00000000" INNER, 0,
	  "ipv4 gre ipv4 udp", 1,
	  GRE_FLAGS("0", "1", "0",
		    "0") " version=0 protocol=0x800 checksum=0x0 offset=4"
			 " routing=[{family=2048 offset=4 length=4 "
			 "value=0a000005}]" },
	{ "gre with routing without end", IPV4,
	  IP4("2f") "4000 0800 0000 0004 0800 0404 0a000005", 0,
	  "ipv4 gre:malformed", 1, NULL },
	{ "gre of Ethernet", IPV4, IP4("2f") "0000 6558" MACS "0800" INNER, 0,
	  "ipv4 gre eth ipv4 udp", 1, NULL },
	{ "gre keepalive", IPV4, IP4("2f") "0000 0000", 0, "ipv4 gre", 1,
	  NULL },
	{ "gre of PPTP", IPV4,
	  IP4("2f") "3081 880b 0020 0005 00000001 00000002 ff03 0021" INNER, 0,
	  "ipv4 gre ppp ipv4 udp", 1,
	  "has_checksum=0 has_routing=0 has_key=1 has_seq=1 strict_route=0"
	  " recursion=0 has_ack=1 flags=0x0 version=1 protocol=0x880b"
	  " payload_length=32 call=5 seq=1 ack=2" },
	{ "gre of another version", IPV4, IP4("2f") "0002 0800", 0,
	  "ipv4 gre:malformed", 1, NULL },
	{ "gre cut", IPV4, IP4("2f") "2000 0800 0000", 48, "ipv4 gre:truncated",
	  1, NULL },
	{ "vxlan", IPV4,
	  UDP("12b5", "003a") "0800 0000 00000700" MACS "0800" INNER, 0,
	  "ipv4 udp vxlan eth ipv4 udp", 2,
	  "flags=0x8 policy_flags=0x0 group=0 vni=7 reserved=0" },
	{ "vxlan with a group policy", IPV4,
	  UDP("2118", "001e") "8808 0102 00000700" MACS "88b5", 0,
	  "ipv4 udp vxlan eth", 2,
	  "flags=0x88 policy_flags=0x8 group=258 vni=7 reserved=0" },
	{ "vxlan gpe of ipv4", IPV4,
	  UDP("12b6", "002c") "0c00 0001 00000700" INNER, 0,
	  "ipv4 udp vxlan ipv4 udp", 2,
	  "flags=0xc reserved_word=0x0 next_protocol=1 vni=7 reserved=0" },
	{ "vxlan gpe of ipv6", IPV4,
	  UDP("12b6", "0038") "0c00 0002 00000700"
			      "60000000 0000 3b 40"
			      "fe800000000000000000000000000001"
			      "ff020000000000000000000000000001",
	  0, "ipv4 udp vxlan ipv6", 2, NULL },
	{ "vxlan gpe of Ethernet", IPV4,
	  UDP("12b6", "001e") "0c00 0003 00000700" MACS "88b5", 0,
	  "ipv4 udp vxlan eth", 2, NULL },
	{ "vxlan gpe of NSH", IPV4,
	  UDP("12b6", "0018") "0c12 3404 000007ff 0fc60103 00000000", 0,
	  "ipv4 udp vxlan data:unsupported", 2,
	  "flags=0xc reserved_word=0x1234 next_protocol=4 vni=7"
	  " reserved=255" },
	{ "vxlan gpe of mpls", IPV4,
	  UDP("12b6", "0030") "0c00 0005 00000700 00064140" INNER, 0,
	  "ipv4 udp vxlan mpls ipv4 udp", 2, NULL },
	{ "vxlan gpe of what nobody knows", IPV4,
	  UDP("12b6", "001e") "0c00 0009 00000700" MACS "88b5", 0,
	  "ipv4 udp vxlan data:unsupported", 2, NULL },
	{ "the flag of vxlan gpe where it is reserved", IPV4,
	  UDP("12b5", "001e") "0c00 0000 00000700" MACS "88b5", 0,
	  "ipv4 udp vxlan eth", 2, NULL },
	{ "vxlan, reserved byte that is not 0", IPV4,
	  UDP("12b5", "001e") "0800 0000 000007ff" MACS "88b5", 0,
	  "ipv4 udp vxlan eth", 2,
	  "flags=0x8 policy_flags=0x0 group=0 vni=7 reserved=255" },
	{ "not vxlan", IPV4, UDP("12b5", "0010") "0000 0000 00000700", 0,
	  "ipv4 udp data", 2, NULL },
	{ "geneve with options", IPV4,
	  UDP("17c1",
	      "0038") "0340 0800 00000700 0102 8101 0a0b0c0d 0103 0200" INNER,
	  0, "ipv4 udp geneve ipv4 udp", 2,
	  "version=0 options_length=3 control=0 critical=1 reserved_bits=0"
	  " protocol=0x800 vni=7 reserved=0 options=[{class=0x102 critical=1"
	  " type=1 reserved=0 length=1 value=0a0b0c0d} {class=0x103 critical=0"
	  " type=2 reserved=0 length=0}]" },
	{ "geneve with an option too long", IPV4,
	  UDP("17c1", "0014") "0140 0800 00000700 0102 8101", 0,
	  "ipv4 udp geneve", 2,
	  "version=0 options_length=1 control=0 critical=1 reserved_bits=0"
	  " protocol=0x800 vni=7 reserved=0 options=[]" },
	{ "geneve of an unknown protocol", IPV4,
	  UDP("17c1", "0014") "0000 1234 00000700 01020304", 0,
	  "ipv4 udp geneve data:unsupported", 2, NULL },
	{ "geneve, reserved byte that is not 0", IPV4,
	  UDP("17c1", "002c") "0000 0800 00000701" INNER, 0,
	  "ipv4 udp geneve ipv4 udp", 2, NULL },
	{ "not geneve", IPV4, UDP("17c1", "0014") "0000 1234 00000701 01020304",
	  0, "ipv4 udp data", 2, NULL },
	{ "not gtpu: another type", IPV4,
	  UDP("0868", "0014") "3003 0004 00000007 01020304", 0, "ipv4 udp data",
	  2, NULL },
	{ "not gtpu: bytes behind the end", IPV4,
	  UDP("0868", "0014") "30fe 0002 00000007 01020304", 0, "ipv4 udp data",
	  2, NULL },
	{ "not gtpu: a long packet that is no IP", IPV4,
	  UDP("0868", "0014") "30ff 0104 00000007 01020304", 0, "ipv4 udp data",
	  2, NULL },
	{ "gtpu", IPV4, UDP("0868", "002c") "30ff 001c 00000007" INNER, 0,
	  "ipv4 udp gtpu ipv4 udp", 2,
	  "version=1 protocol_type=1 spare=0 has_extension=0 has_seq=0"
	  " has_npdu=0 type=255 length=28 teid=0x7" },
	{ "gtpu with a PDU session container", IPV4,
	  UDP("0868", "0034") "34ff 0024 00000007 0000 0085 0110 0900" INNER, 0,
	  "ipv4 udp gtpu ipv4 udp", 2,
	  "version=1 protocol_type=1 spare=0 has_extension=1 has_seq=0"
	  " has_npdu=0 type=255 length=36 teid=0x7 seq=0 npdu=0"
	  " next_extension=0x85 extensions=[{length=1 value=1009"
	  " next_extension=0x0}]" },
	{ "gtpu echo", IPV4, UDP("0868", "0014") "3201 0004 00000000 0009 0000",
	  0, "ipv4 udp gtpu", 2,
	  "version=1 protocol_type=1 spare=0 has_extension=0 has_seq=1"
	  " has_npdu=0 type=1 length=4 teid=0x0 seq=9 npdu=0"
	  " next_extension=0x0" },
	{ "gtpu with an extension of length 0", IPV4,
	  UDP("0868", "0018") "34ff 0008 00000007 0000 0085 0010 0900", 0,
	  "ipv4 udp gtpu:malformed", 2, NULL },
	{ "gtpu cut in an extension", IPV4,
	  UDP("0868", "0018") "34ff 0008 00000007 0000 0085 0110", 52,
	  "ipv4 udp gtpu:truncated", 2, NULL },
	{ "esp", IPV4, IP4("32") "12345678 00000009 abcdef", 0, "ipv4 esp data",
	  1, "spi=0x12345678 seq=9" },
	{ "esp in udp", IPV4, UDP("1194", "0013") "12345678 00000009 abcdef", 0,
	  "ipv4 udp esp data", 2, "spi=0x12345678 seq=9" },
	{ "ike behind its marker", IPV4,
	  UDP("1194", "0013") "00000000 00000009 abcdef", 0, "ipv4 udp data", 2,
	  NULL },
	{ "keepalive of esp in udp", IPV4, UDP("1194", "0009") "ff", 0,
	  "ipv4 udp data", 2, NULL },
	{ "esp in udp, cut", IPV4, UDP("1194", "0013") "12345678 0000", 39,
	  "ipv4 udp esp:truncated", 2, "spi=0x12345678" },
	{ "ah", IPV4,
	  IP4("33") "1102 0000 12345678 00000009 01020304"
		    "00070007 0008 0000",
	  0, "ipv4 ah udp", 1,
	  "next_header=17 length=2 reserved=0x0 spi=0x12345678 seq=9"
	  " icv=01020304" },
	{ "ah too short for itself", IPV4,
	  IP4("33") "1100 0000 12345678 00000009", 0, "ipv4 ah:malformed", 1,
	  NULL },
};

static void test_vxlan_gpe(void **state)
{
	const struct decode_row row = {
		.linktype = IPV4,
		.hex = UDP("12b6", "0018") "0c12 3404 000007ff 0fc60103"
					   "00000000",
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_packet pkt;
	struct pktcap_vxlan vxlan;

	(void)state;
	decode_row(&row, bytes, &pkt, layers);
	assert_int_equal(pktcap_vxlan_get(&layers[2], &vxlan), 0);
	assert_int_equal(vxlan.vni, 7);
	assert_int_equal(vxlan.flags, 0x0c);
	assert_int_equal(vxlan.reserved_word, 0x1234);
	assert_int_equal(vxlan.next_protocol, 4);
	assert_int_equal(vxlan.reserved_byte, 0xff);
	assert_int_equal(vxlan.policy_flags, 0);
	assert_int_equal(vxlan.group, 0);
}

/* All that is in the header can be had from the struct. */
static void test_gtpu_extensions(void **state)
{
	const struct decode_row row = {
		.linktype = IPV4,
		.hex = UDP("0868", "0034") "34ff 0024 00000007 0000 0085"
					   "0110 0900" INNER,
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_packet pkt;
	struct pktcap_gtpu gtpu;

	(void)state;
	decode_row(&row, bytes, &pkt, layers);
	assert_int_equal(pktcap_gtpu_get(&layers[2], &gtpu), 0);
	assert_int_equal(gtpu.extensions_len, 4);
	assert_ptr_equal(gtpu.extensions, layers[2].data + 12);
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(test_gtpu_extensions),
		cmocka_unit_test(test_vxlan_gpe),
	};
	size_t n = 2;

	ADD_ROWS(tests, n, rows, test_decode_row);
	return _cmocka_run_group_tests("proto_tunnel", tests, n, NULL, NULL);
}
