// SPDX-License-Identifier: BSD-2-Clause
/* DHCP and BOOTP: the message, its options, and where else these may be. */
#include "support/proto_rows.h"

#include <errno.h>

#define FIXED                                                        \
	"01 01 06 01 3903f326 0004 8000 0a000001 0a000002 0a000003 " \
	"0a000004 020000000001 00*10 "
#define HEADER FIXED "00*64 00*128 "
#define COOKIE "63825363 "

#define DHCP(name, hex, want)                                              \
	{                                                                  \
		name, WAY_UDP, 67, PKTCAP_PROTO_DHCP, PKTCAP_STATUS_OK, 0, \
			hex, want                                          \
	}
/* One option, and what is told of it. */
#define OPTION(name, hex, want) \
	DHCP(name, HEADER COOKIE hex " ff", "options[option{" want "}]")
#define NOISE(name, hex)                                                   \
	{                                                                  \
		name, WAY_UDP, 68, PKTCAP_PROTO_DATA, PKTCAP_STATUS_OK, 0, \
			hex, NULL                                          \
	}

static const struct proto_row rows[] = {
	DHCP("the fixed fields", HEADER COOKIE "ff",
	     "op=1(request) htype=1(Ethernet) hlen=6 hops=1 xid=0x3903f326 "
	     "secs=4 flag_broadcast=1 flags_reserved=0x0 ciaddr=10.0.0.1 "
	     "yiaddr=10.0.0.2 siaddr=10.0.0.3 giaddr=10.0.0.4 "
	     "chaddr=02:00:00:00:00:01 chaddr_padding=00000000000000000000 "
	     "sname=\"\" file=\"\" cookie=0x63825363(DHCP) options[]"),
	DHCP("an InfiniBand address has no bytes here",
	     "01 20 01 00 00*8 00*16 00*208 " COOKIE "ff",
	     "htype=32(InfiniBand) hlen=1 hops=0 xid=0x0 secs=0 "
	     "flag_broadcast=0 flags_reserved=0x0 ciaddr=0.0.0.0 "
	     "yiaddr=0.0.0.0 siaddr=0.0.0.0 giaddr=0.0.0.0 chaddr=00 "),
	DHCP("names end at their zero",
	     FIXED "736e00 41*61 626f6f7400 42*123 " COOKIE "ff",
	     "sname=\"sn\" file=\"boot\""),
	DHCP("BOOTP has no options", HEADER "00*64", "vendor=0000"),
	DHCP("BOOTP may end at its file", HEADER, "file=\"\""),
	OPTION("a mask", "01 04 ffffff00",
	       "code=1(subnet mask) length=4 value=255.255.255.0"),
	OPTION("an offset may be negative", "02 04 fffff1f0",
	       "code=2(time offset) length=4 value=-3600"),
	OPTION("two routers", "03 08 0a000001 0a000002",
	       "code=3(routers) length=8 values[value{value=10.0.0.1} "
	       "value{value=10.0.0.2}]"),
	OPTION("half an address is data", "03 06 0a000001 0a00",
	       "code=3(routers) length=6 data=0a0000010a00"),
	OPTION("hostile text", "0c 05 611b5b6d00",
	       "code=12(host name) length=5 value=\"a\\x1b[m\\x00\""),
	OPTION("a flag", "13 01 01", "code=19(IP forwarding) length=1 value=1"),
	OPTION("a flag of 2 is data", "13 01 02",
	       "code=19(IP forwarding) length=1 data=02"),
	OPTION("pairs", "21 08 0a000000 0a000001",
	       "code=33(static routes) length=8 "
	       "values[value{address=10.0.0.0 second=10.0.0.1}]"),
	OPTION("a number of 16 bits", "1a 02 05dc",
	       "code=26(interface MTU) length=2 value=1500"),
	OPTION("numbers of 16 bits", "19 04 0044 0128",
	       "code=25(path MTU plateau table) length=4 "
	       "values[value{value=68} value{value=296}]"),
	OPTION("vendor's suboptions", "2b 05 0103414243",
	       "code=43(vendor-specific information) length=5 "
	       "suboptions[suboption{code=1 length=3 data=414243}]"),
	OPTION("vendor's bytes of another form", "2b 03 01ff41",
	       "code=43(vendor-specific information) length=3 data=01ff41"),
	OPTION("a node type", "2e 01 08",
	       "code=46(NetBIOS node type) length=1 value=8(H-node)"),
	OPTION("seconds", "33 04 00015180",
	       "code=51(lease time) length=4 value=86400"),
	OPTION("a message type", "35 01 02",
	       "code=53(message type) length=1 value=2(offer)"),
	OPTION("names of codes", "37 03 01 03 fe",
	       "code=55(parameter request list) length=3 "
	       "values[value{value=1(subnet mask)} value{value=3(routers)} "
	       "value{value=254}]"),
	OPTION("a client's hardware address", "3d 07 01 020000000001",
	       "code=61(client id) length=7 htype=1 value=02:00:00:00:00:01"),
	OPTION("a client's DUID", "3d 06 ff 0000000100",
	       "code=61(client id) length=6 htype=255 value=0000000100"),
	OPTION("nothing but being there", "50 00",
	       "code=80(rapid commit) length=0"),
	OPTION("a name for DNS", "51 07 05 00 00 686f7374",
	       "code=81(client FQDN) length=7 flags_reserved=0x0 "
	       "flag_no_update=0 flag_encoded=1 flag_override=0 flag_server=1 "
	       "a_result=0 ptr_result=0 name=686f7374"),
	OPTION("a relay agent's suboptions",
	       "52 0b 01 03 616263 05 04 0a000001",
	       "code=82(relay agent information) length=11 "
	       "suboptions[suboption{code=1(circuit id) length=3 data=616263} "
	       "suboption{code=5(link selection) length=4 address=10.0.0.1}]"),
	OPTION("suboptions that go too far", "52 03 01 03 61",
	       "code=82(relay agent information) length=3 suboptions[] "
	       "rest=010361"),
	OPTION("routes", "79 0d 00 0a000001 12 c0a8c0 0a000002",
	       "code=121(classless static routes) length=13 "
	       "routes[route{prefix_length=0 destination=0.0.0.0 "
	       "router=10.0.0.1} route{prefix_length=18 "
	       "destination=192.168.192.0 router=10.0.0.2}]"),
	OPTION("a route of 33 bits", "79 05 21 0a000001",
	       "code=121(classless static routes) length=5 routes[] "
	       "rest=210a000001"),
	OPTION("an unknown option", "f0 02 0102",
	       "code=240 length=2 data=0102"),
	DHCP("padding is left out", HEADER COOKIE "00*3 50 00 00 50 00",
	     "options[option{code=80(rapid commit) length=0} "
	     "option{code=80(rapid commit) length=0}]"),
	DHCP("an option longer than the message ends the list",
	     HEADER COOKIE "5000 0c 05 61",
	     "options[option{code=80(rapid commit) length=0}]"),
	DHCP("options in the boot file, then in the name",
	     FIXED "0c0173 ff 00*60 0c0166 ff 00*124 " COOKIE
		   "340103 0c016f ff",
	     "chaddr_padding=00000000000000000000 cookie=0x63825363(DHCP) "
	     "options[option{code=52(overload) length=1 "
	     "value=3(boot file and server name)} "
	     "option{code=12(host name) length=1 value=\"o\"} "
	     "option{code=12(host name) length=1 value=\"f\"} "
	     "option{code=12(host name) length=1 value=\"s\"}]"),
	DHCP("options up to the last byte of the name",
	     FIXED "0c3e 61*62 00*128 " COOKIE "340102 ff",
	     "file=\"\" cookie=0x63825363(DHCP) options["
	     "option{code=52(overload) length=1 value=2(server name)} "
	     "option{code=12(host name) length=62 value=\"aaaaaaaaaaaaaaaaaaaaa"
	     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}]"),
	NOISE("noise of operation 3", "03 01 06 00*237"),
	NOISE("noise with an address of 17 bytes", "01 01 11 00*237"),
	NOISE("noise with another cookie", HEADER "12345678 ff"),
	{ "the end was cut off", WAY_UDP, 68, PKTCAP_PROTO_DHCP,
	  PKTCAP_STATUS_TRUNCATED, 2, HEADER COOKIE "5000 0c 05 6162636465 ff",
	  "options[option{code=80(rapid commit) length=0}]" },
	{ "the name was cut off", WAY_UDP, 68, PKTCAP_PROTO_DHCP,
	  PKTCAP_STATUS_TRUNCATED, 190, HEADER COOKIE "ff", "sname=\"\"" },
	{ "a message that is too short", WAY_UDP, 68, PKTCAP_PROTO_DHCP,
	  PKTCAP_STATUS_MALFORMED, 0, FIXED "00*10", "chaddr_padding=" },
};

static const struct proto_row get_row =
	DHCP("", FIXED "73*64 66*128 " COOKIE "5000 ff", NULL);

static void test_get(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	static struct message m;
	struct pktcap_dhcp d;

	(void)state;
	layer = proto_row_layer(&get_row, &m, layers);
	assert_int_equal(pktcap_dhcp_get(layer, &d), 0);
	assert_int_equal(d.op, 1);
	assert_int_equal(d.htype, 1);
	assert_int_equal(d.hlen, 6);
	assert_int_equal(d.hops, 1);
	assert_int_equal(d.xid, 0x3903f326);
	assert_int_equal(d.secs, 4);
	assert_int_equal(d.flags, 0x8000);
	assert_memory_equal(d.ciaddr, "\x0a\0\0\x01", 4);
	assert_memory_equal(d.yiaddr, "\x0a\0\0\x02", 4);
	assert_memory_equal(d.siaddr, "\x0a\0\0\x03", 4);
	assert_memory_equal(d.giaddr, "\x0a\0\0\x04", 4);
	assert_memory_equal(d.chaddr, "\x02\0\0\0\0\x01\0\0", 8);
	assert_int_equal(d.cookie, PKTCAP_DHCP_COOKIE);
	assert_int_equal(d.options_len, 3);
	assert_int_equal(d.sname[63], 's');
	assert_int_equal(d.file[127], 'f');
	assert_int_equal(d.options[0], 80);
}

struct walk_row {
	const char *name;
	struct proto_row message;
	int options;
	int end;
};

#define WALK_OK(hex) DHCP("", hex, NULL)

static const struct walk_row walks[] = {
	{ "a walk ends at the end", WALK_OK(HEADER COOKIE "5000 ff 5000"), 1,
	  0 },
	{ "a walk ends without an end", WALK_OK(HEADER COOKIE "5000 5000"), 2,
	  0 },
	{ "BOOTP has nothing to walk", WALK_OK(HEADER "00*64"), 0, 0 },
	{ "an option goes too far", WALK_OK(HEADER COOKIE "5000 0c0561"), 1,
	  -EPROTO },
	{ "a code without a length", WALK_OK(HEADER COOKIE "5000 0c"), 1,
	  -EPROTO },
	{ "the walk is cut inside an option",
	  { "", WAY_UDP, 67, PKTCAP_PROTO_DHCP, PKTCAP_STATUS_TRUNCATED, 1,
	    HEADER COOKIE "5000 0c0161", NULL },
	  1,
	  -ENODATA },
	{ "the walk is cut between options",
	  { "", WAY_UDP, 67, PKTCAP_PROTO_DHCP, PKTCAP_STATUS_TRUNCATED, 3,
	    HEADER COOKIE "5000 0c0161", NULL },
	  1,
	  -ENODATA },
	{ "the walk is cut in the cookie",
	  { "", WAY_UDP, 67, PKTCAP_PROTO_DHCP, PKTCAP_STATUS_TRUNCATED, 3,
	    HEADER COOKIE "ff", NULL },
	  0,
	  -ENODATA },
	{ "another protocol has no options",
	  { "", WAY_UDP, 67, PKTCAP_PROTO_DATA, PKTCAP_STATUS_OK, 0, "ff*300",
	    NULL },
	  0,
	  -EPROTOTYPE },
};

static void run_walk(void **state)
{
	const struct walk_row *row = *state;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	struct pktcap_dhcp_option option;
	static struct message m;
	uint32_t offset = 0;
	int n = 0, more;

	layer = proto_row_layer(&row->message, &m, layers);
	while ((more = pktcap_dhcp_option_next(layer, &offset, &option)) > 0)
		n++;
	assert_int_equal(n, row->options);
	assert_int_equal(more, row->end);
	/* And again, wherever it ended. */
	more = pktcap_dhcp_option_next(layer, &offset, &option);
	assert_int_equal(more, row->end);
}

int main(void)
{
	struct CMUnitTest tests[96] = { cmocka_unit_test(test_get) };
	size_t n = 1;

	ADD_ROWS(tests, n, rows, proto_row_run);
	ADD_ROWS(tests, n, walks, run_walk);
	return _cmocka_run_group_tests("dhcp", tests, n, NULL, NULL);
}
