// SPDX-License-Identifier: BSD-2-Clause
/* Options of IPv4, IPv6, ICMP and ICMPv6: bytes, layers and fields. */
#include "support/decode_row.h"
#include "support/rows.h"

#define IPV4 PKTCAP_LINKTYPE_IPV4
#define IPV6 PKTCAP_LINKTYPE_IPV6

/* Headers in front: 10.0.0.1 > 10.0.0.2 and fe80::1 > ff02::1, with a length
 * and a protocol. */
#define IP4(length, proto) \
	"4500" length "00010000 40" proto "0000 0a000001 0a000002 "
#define FE80_1 "fe800000000000000000000000000001 "
#define FF02_1 "ff020000000000000000000000000001 "
#define IP6(length, next) "60000000" length next "ff" FE80_1 FF02_1
#define ZEROS_20 "0000000000000000000000000000000000000000"
#define ZEROS_100 ZEROS_20 ZEROS_20 ZEROS_20 ZEROS_20 ZEROS_20

/* 8 bytes of options; what is in front of them is told already. */
#define IP4_OPTION(name, options, told)                               \
	{                                                             \
		name, IPV4,                                           \
			"47000000 00010000 40fd0000 0a000001 "        \
			"0a000002 " options,                          \
			0, "ipv4", 0,                                 \
			"version=4 ihl=7 dscp=0 ecn=0 total_length=0" \
			" id=0x1 reserved_flag=0 dont_fragment=0"     \
			" more_fragments=0 fragment_offset=0 ttl=64"  \
			" protocol=253 checksum=0x0 src=0a000001"     \
			" dst=0a000002 options=[" told "]"            \
	}

static const struct decode_row rows[] = {
	IP4_OPTION("record route", "07 07 04 0a000003 00",
		   "{kind=7 length=7 pointer=4 addresses=[{address=0a000003}]}"
		   " {kind=0}"),
	IP4_OPTION("strict source route", "01 89 07 08 0a000003",
		   "{kind=1} {kind=137 length=7 pointer=8"
		   " addresses=[{address=0a000003}]}"),
	IP4_OPTION("times", "44 08 09 20 0a000003",
		   "{kind=68 length=8 pointer=9 overflow=2 flag=0"
		   " timestamps=[{time=167772163}]}"),
	IP4_OPTION("router alert", "94 04 0000 01010101",
		   "{kind=148 length=4 alert=0} {kind=1} {kind=1} {kind=1}"
		   " {kind=1}"),
	IP4_OPTION("security", "82 04 ab cd 00000000",
		   "{kind=130 length=4 classification=0xab authorities=cd}"
		   " {kind=0}"),
	IP4_OPTION("record route to the end of the header",
		   "01 07 07 04 0a000003",
		   "{kind=1} {kind=7 length=7 pointer=4"
		   " addresses=[{address=0a000003}]}"),
	IP4_OPTION("an ipv4 option too long", "01 07 08 04 0a000003",
		   "{kind=1}"),
	IP4_OPTION("an ipv4 option of length 0", "01 07 00 04 0a000003",
		   "{kind=1}"),

	{ "ipv6 without a next header", IPV6,
	  "6b8abcde 0000 3b 40" FE80_1 FF02_1, 0, "ipv6", 0,
	  "version=6 dscp=46 ecn=0 flow_label=0xabcde payload_length=0"
	  " next_header=59 hop_limit=64 src=fe800000000000000000000000000001"
	  " dst=ff020000000000000000000000000001" },
	{ "ipv6 of another version", IPV6, "40000000 0000 3b 40" FE80_1 FF02_1,
	  0, "ipv6:malformed", 0, NULL },
	{ "ipv6 cut", IPV6, "60000000 0000 3b 40" FE80_1, 40, "ipv6:truncated",
	  0, NULL },
	{ "ipv6 that ends early", IPV6, "60000000 0000 3b 40" FE80_1, 0,
	  "ipv6:malformed", 0, NULL },
	{ "ipv6 whose length goes beyond", IPV6,
	  IP6("0009", "11") "00350036 0009 0000", 0, "ipv6> udp data", 0,
	  NULL },
	{ "ipv6 of more than 64 KiB", IPV6,
	  IP6("0000", "11") "00350036 0000 1111", 70000, "ipv6 udp data", 1,
	  NULL },
	{ "ipv6, unknown next header", IPV6, IP6("0001", "fd") "00", 0,
	  "ipv6 data:unsupported", 0, NULL },
	{ "icmp echo", IPV4,
	  IP4("0021", "01") "0800 1234 0007 0008 616263 6465", 0,
	  "ipv4 icmp data", 1, "type=8 code=0 checksum=0x1234 id=7 seq=8" },
	{ "icmp timestamp", IPV4,
	  IP4("0028", "01") "0e00 1234 0007 0008 00000001 00000002 00000003", 0,
	  "ipv4 icmp", 1,
	  "type=14 code=0 checksum=0x1234 id=7 seq=8 originate=1 receive=2"
	  " transmit=3" },
	{ "icmp address mask", IPV4,
	  IP4("0020", "01") "1200 1234 0007 0008 ffffff00", 0, "ipv4 icmp", 1,
	  "type=18 code=0 checksum=0x1234 id=7 seq=8 mask=ffffff00" },
	{ "icmp router advertisement", IPV4,
	  IP4("0024", "01") "0900 1234 02020708 0a000003 80000000", 0,
	  "ipv4 icmp", 1,
	  "type=9 code=0 checksum=0x1234 addresses=2 entry_size=2"
	  " lifetime=1800 routers=[{address=0a000003 "
	  "preference=-2147483648}]" },
	{ "icmp that ends early", IPV4, IP4("0018", "01") "0800 1234", 0,
	  "ipv4 icmp:malformed", 1, "type=8 code=0 checksum=0x1234" },
	{ "icmp quoting as little as allowed", IPV4,
	  IP4("0038", "01") "0304 1234 00000578"
			    "4500 05dc 00010000 4011 0000 0a000002 0a000001 "
			    "00350036 05c8 0000",
	  0, "ipv4 icmp ipv4\" udp\" data\"", 1,
	  "type=3 code=4 checksum=0x1234 length=0 next_hop_mtu=1400" },
	{ "icmp quoting half a TCP header", IPV4,
	  IP4("0038", "01") "0b00 1234 00000000"
			    "4500 05dc 00010000 4006 0000 0a000002 0a000001 "
			    "00350036 00000001",
	  0, "ipv4 icmp ipv4\" tcp:truncated\"", 3,
	  "src_port=53 dst_port=54 seq=1" },
	{ "icmp redirect", IPV4,
	  IP4("0038", "01") "0501 1234 0a0000fe"
			    "4500 001c 00010000 4011 0000 0a000002 0a000001 "
			    "00350036 0008 0000",
	  0, "ipv4 icmp ipv4\" udp\"", 1,
	  "type=5 code=1 checksum=0x1234 gateway=0a0000fe" },
	{ "icmp with an MPLS stack behind the quotation", IPV4,
	  IP4("0048", "01") "0b00 1234 00070000"
			    "4500 001c 00010000 0111 0000 0a000002 0a000001 "
			    "00350036 0008 0000"
			    "2000 abcd 000c 01 01 00064140 000c8101",
	  0, "ipv4 icmp ipv4\" udp\"", 1,
	  "type=11 code=0 checksum=0x1234 length=7 extension_version=2"
	  " extension_checksum=0xabcd extensions=[{length=12 class=1 type=1"
	  " labels=[{label=100 tc=0 bottom=1 ttl=64}"
	  " {label=200 tc=0 bottom=1 ttl=1}]}]" },
	{ "icmp extensions that nobody announced", IPV4,
	  IP4("00a8", "01") "0b00 1234 00000000" IP4(
		  "0080", "11") "00010002 006c 0000" ZEROS_100
				"2000 9db0 0008 01 01 00064140",
	  0, "ipv4 icmp ipv4\" udp\" data\"", 1,
	  "type=11 code=0 checksum=0x1234 length=0 extension_version=2"
	  " extension_checksum=0x9db0 extensions=[{length=8 class=1 type=1"
	  " labels=[{label=100 tc=0 bottom=1 ttl=64}]}]" },
	{ "icmp without extensions behind 128 bytes", IPV4,
	  IP4("00a8", "01") "0b00 1234 00000000" IP4(
		  "0080", "11") "00010002 006c 0000" ZEROS_100
				"2000 9db1 0008 01 01 00064140",
	  0, "ipv4 icmp ipv4\" udp\" data\"", 1,
	  "type=11 code=0 checksum=0x1234 length=0" },
	{ "icmp extended echo", IPV4,
	  IP4("0028",
	      "01") "2a00 1234 0007 08 01 2000 ffff 0008 03 02 00000002",
	  0, "ipv4 icmp data", 1,
	  "type=42 code=0 checksum=0x1234 id=7 seq=8 flag_local=1"
	  " extension_version=2 extension_checksum=0xffff"
	  " extensions=[{length=8 class=3 type=2 value=00000002}]" },
	{ "icmp extended echo reply", IPV4,
	  IP4("001c", "01") "2b00 1234 0007 08 4e", 0, "ipv4 icmp", 1,
	  "type=43 code=0 checksum=0x1234 id=7 seq=8 state=2 flag_active=1"
	  " flag_ipv4=1 flag_ipv6=0" },
	{ "icmp6 echo", IPV6, IP6("000a", "3a") "8000 1234 0007 0008 6162", 0,
	  "ipv6 icmp6 data", 1, "type=128 code=0 checksum=0x1234 id=7 seq=8" },
	{ "icmp6 too big", IPV6,
	  IP6("0038", "3a") "0200 1234 00000500" IP6("0564",
						     "11") "00350036 0564 0000",
	  0, "ipv6 icmp6 ipv6\" udp\" data\"", 1,
	  "type=2 code=0 checksum=0x1234 mtu=1280" },
	{ "icmp6 unknown", IPV6, IP6("000a", "3a") "c800 1234 0007 0008 6162",
	  0, "ipv6 icmp6", 1,
	  "type=200 code=0 checksum=0x1234 body=000700086162" },
	{ "hop-by-hop options", IPV6,
	  IP6("0010", "00") "1100 0502 0000 0100 00350036 0008 0000", 0,
	  "ipv6 ipv6_hopopts udp", 1,
	  "next_header=17 length=0 options=[{type=0x5 length=2 alert=0}"
	  " {type=0x1 length=0}]" },
	{ "a jumbogram", IPV6,
	  IP6("0000", "00") "1100 c204 00011178 00350036 0000 0000", 70048,
	  "ipv6 ipv6_hopopts udp data", 1,
	  "next_header=17 length=0 options=[{type=0xc2 length=4"
	  " payload_length=70008}]" },
	{ "destination options", IPV6,
	  IP6("0018",
	      "3c") "3b02 c910 20010db8000000000000000000000001 1d0100 00",
	  0, "ipv6 ipv6_dstopts", 1,
	  "next_header=59 length=2 options=[{type=0xc9 length=16"
	  " address=20010db8000000000000000000000001} {type=0x1d length=1"
	  " value=00} {type=0x0}]" },
	{ "an option longer than its header", IPV6,
	  IP6("0008", "3c") "3b00 1d05 00000000", 0, "ipv6 ipv6_dstopts", 1,
	  "next_header=59 length=0 options=[]" },
	{ "an extension header longer than the packet", IPV6,
	  IP6("0008", "3c") "3b01 1d04 00000000", 0,
	  "ipv6 ipv6_dstopts:malformed", 1,
	  "next_header=59 length=1 options=[{type=0x1d length=4"
	  " value=00000000}]" },
	{ "source route", IPV6,
	  IP6("0018",
	      "2b") "3b02 0001 00000000 20010db8000000000000000000000001",
	  0, "ipv6 ipv6_routing", 1,
	  "next_header=59 length=2 type=0 segments_left=1 reserved=0x0"
	  " addresses=[{address=20010db8000000000000000000000001}]" },
	{ "segment routing with a TLV", IPV6,
	  IP6("0020",
	      "2b") "3b03 0400 00080007 20010db8000000000000000000000001"
		    "0406 010203040506",
	  0, "ipv6 ipv6_routing", 1,
	  "next_header=59 length=3 type=4 segments_left=0 last_entry=0 "
	  "flags=0x8"
	  " tag=0x7 addresses=[{address=20010db8000000000000000000000001}]"
	  " data=0406010203040506" },
	{ "segment routing that promises too many", IPV6,
	  IP6("0008", "2b") "3b00 0405 05000000", 0, "ipv6 ipv6_routing", 1,
	  "next_header=59 length=0 type=4 segments_left=5 last_entry=5 "
	  "flags=0x0"
	  " tag=0x0" },
	{ "RPL source route", IPV6,
	  IP6("0010", "2b") "3b01 0301 fe600000 0001000200000000", 0,
	  "ipv6 ipv6_routing", 1,
	  "next_header=59 length=1 type=3 segments_left=1 compressed=15"
	  " compressed_last=14 pad=6 data=0001000200000000" },
	{ "first fragment", IPV6,
	  IP6("0010", "2c") "1100 0001 12345678 00350036 0800 0000", 0,
	  "ipv6 ipv6_fragment+ udp+ data+", 1,
	  "next_header=17 reserved=0 fragment_offset=0 reserved_bits=0"
	  " more_fragments=1 id=0x12345678" },
	{ "last fragment", IPV6,
	  IP6("0010", "2c") "1100 0008 12345678 00350036 0800 0000", 0,
	  "ipv6 ipv6_fragment/ data/", 1,
	  "next_header=17 reserved=0 fragment_offset=1 reserved_bits=0"
	  " more_fragments=0 id=0x12345678" },
	{ "atomic fragment", IPV6,
	  IP6("0010", "2c") "1100 0000 12345678 00350036 0008 0000", 0,
	  "ipv6 ipv6_fragment udp", 0, NULL },
	{ "binding refresh request", IPV6,
	  IP6("0008", "87") "3b00 0000 1234 0000", 0, "ipv6 ipv6_mobility", 1,
	  "next_header=59 length=0 type=0 reserved=0 checksum=0x1234"
	  " data=0000" },
	{ "igmp v2 report", IPV4, IP4("001c", "02") "1600 1234 e0000001", 0,
	  "ipv4 igmp", 1,
	  "type=0x16 max_response=0 checksum=0x1234 group=e0000001" },
	{ "igmp v3 query", IPV4,
	  IP4("0024", "02") "1164 1234 e0000001 0a7d 0001 0a000009", 0,
	  "ipv4 igmp", 1,
	  "type=0x11 max_response=100 checksum=0x1234 group=e0000001 suppress=1"
	  " robustness=2 interval_code=125 source_count=1"
	  " sources=[{address=0a000009}]" },
	{ "igmp v3 report", IPV4,
	  IP4("0034", "02") "2200 1234 0000 0002 0401 0000 e0000001 01020304 "
			    "0100 0001 e0000002"
			    "0a000009",
	  0, "ipv4 igmp", 1,
	  "type=0x22 max_response=0 checksum=0x1234 record_count=2 records=["
	  "{type=4 auxiliary_length=1 source_count=0 group=e0000001 sources=[]"
	  " auxiliary=01020304} {type=1 auxiliary_length=0 source_count=1"
	  " group=e0000002 sources=[{address=0a000009}]}]" },
	{ "igmp v3 report that promises too much", IPV4,
	  IP4("0024", "02") "2200 1234 0000 0001 0401 0002 e0000001 01020304",
	  0, "ipv4 igmp", 1,
	  "type=0x22 max_response=0 checksum=0x1234 record_count=1 "
	  "records=[]" },
	{ "neighbour solicitation", IPV6,
	  IP6("0020", "3a") "8700 1234 00000000" FE80_1 "0101 020000000001", 0,
	  "ipv6 icmp6", 1,
	  "type=135 code=0 checksum=0x1234 reserved=0"
	  " target=fe800000000000000000000000000001"
	  " options=[{type=1 length=1 address=020000000001}]" },
	{ "neighbour advertisement", IPV6,
	  IP6("0018", "3a") "8800 1234 e0000000" FE80_1, 0, "ipv6 icmp6", 1,
	  "type=136 code=0 checksum=0x1234 router=1 solicited=1 override=1"
	  " reserved=0 target=fe800000000000000000000000000001" },
	{ "router solicitation with a broken option", IPV6,
	  IP6("0010", "3a") "8500 1234 00000000 0100 020000000001", 0,
	  "ipv6 icmp6", 1,
	  "type=133 code=0 checksum=0x1234 reserved=0 options=[]" },
	{ "router advertisement", IPV6,
	  IP6("0060",
	      "3a") "8600 1234 40c8 0708 00000001 00000002"
		    "0304 40c0 00000e10 00000708 00000000 "
		    "20010db8000000000000000000000000"
		    "0501 0000 000005dc"
		    "1903 0000 0000003c 20010db8000000000000000000000053"
		    "1f02 0000 0000003c 016103636f6d 0000",
	  0, "ipv6 icmp6", 1,
	  "type=134 code=0 checksum=0x1234 hop_limit=64 managed=1 other=1"
	  " home_agent=0 preference=1 proxy=0 reserved=0 lifetime=1800"
	  " reachable_time=1 retransmission=2 options=[{type=3 length=4"
	  " prefix_length=64 on_link=1 autonomous=1 router_address=0"
	  " valid_lifetime=3600 preferred_lifetime=1800"
	  " prefix=20010db8000000000000000000000000} {type=5 length=1 mtu=1500}"
	  " {type=25 length=3 lifetime=60"
	  " servers=[{address=20010db8000000000000000000000053}]}"
	  " {type=31 length=2 lifetime=60 domains=[{name=\"a.com\"}]}]" },
	{ "redirect", IPV6,
	  IP6("0030", "3a") "8900 1234 00000000" FE80_1 FF02_1
			    "0201 020000000001",
	  0, "ipv6 icmp6", 1,
	  "type=137 code=0 checksum=0x1234 reserved=0"
	  " target=fe800000000000000000000000000001"
	  " destination=ff020000000000000000000000000001"
	  " options=[{type=2 length=1 address=020000000001}]" },
	{ "neighbour solicitation that ends early", IPV6,
	  IP6("000a", "3a") "8700 1234 00000000 fe80", 0,
	  "ipv6 icmp6:malformed", 1,
	  "type=135 code=0 checksum=0x1234 reserved=0" },
	{ "neighbour solicitation cut in its options", IPV6,
	  IP6("0020", "3a") "8700 1234 00000000" FE80_1 "0101 0200", 72,
	  "ipv6 icmp6:truncated", 1,
	  "type=135 code=0 checksum=0x1234 reserved=0"
	  " target=fe800000000000000000000000000001 options=[]" },
	{ "mld v1 report", IPV6, IP6("0018", "3a") "8300 1234 03e80000" FF02_1,
	  0, "ipv6 icmp6", 1,
	  "type=131 code=0 checksum=0x1234 max_response=1000"
	  " group=ff020000000000000000000000000001" },
	{ "mld v2 query", IPV6,
	  IP6("002c", "3a") "8200 1234 03e80000" FF02_1 "027d 0001" FE80_1, 0,
	  "ipv6 icmp6", 1,
	  "type=130 code=0 checksum=0x1234 max_response=1000"
	  " group=ff020000000000000000000000000001 suppress=0 robustness=2"
	  " interval_code=125 source_count=1"
	  " sources=[{address=fe800000000000000000000000000001}]" },
	{ "mld v2 report", IPV6,
	  IP6("001c", "3a") "8f00 1234 0000 0001 0400 0000" FF02_1, 0,
	  "ipv6 icmp6", 1,
	  "type=143 code=0 checksum=0x1234 record_count=1 records=[{type=4"
	  " auxiliary_length=0 source_count=0"
	  " group=ff020000000000000000000000000001 sources=[]}]" },
};

int main(void)
{
	struct CMUnitTest tests[96];
	size_t n = 0;

	ADD_ROWS(tests, n, rows, test_decode_row);
	return _cmocka_run_group_tests("proto_network", tests, n, NULL, NULL);
}
