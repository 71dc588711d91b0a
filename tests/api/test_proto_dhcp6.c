// SPDX-License-Identifier: BSD-2-Clause
/* DHCPv6: messages, options in options, and messages in those of relays. */
#include "support/proto_rows.h"

#include <errno.h>

#define DHCP6(name, hex, want)                                               \
	{                                                                    \
		name, WAY_UDP, 547, PKTCAP_PROTO_DHCP6, PKTCAP_STATUS_OK, 0, \
			hex, want                                            \
	}
#define OPTION(name, hex, want) \
	DHCP6(name, "07 123456 " hex, "options[option{" want "}]")
#define NOISE(name, hex)                                                    \
	{                                                                   \
		name, WAY_UDP, 547, PKTCAP_PROTO_DATA, PKTCAP_STATUS_OK, 0, \
			hex, NULL                                           \
	}
#define RELAY "0c 01 2001 0db8 00*11 01 fe80 00*13 01 "
#define ADDRESS "2001 0db8 00*11 01 "

static const struct proto_row rows[] = {
	DHCP6("a message", "01 123456 000e0000",
	      "type=1(solicit) xid=0x123456 options[option{"
	      "code=14(rapid commit) length=0}]"),
	OPTION("a DUID with a time",
	       "0001 000e 0001 0001 00000000 020000000001",
	       "code=1(client id) length=14 duid_type=1(link layer and time) "
	       "hardware_type=1 time=946684800.000000000 "
	       "link_address=02:00:00:00:00:01"),
	OPTION("a DUID of an enterprise", "0002 0008 0002 00000009 0102",
	       "code=2(server id) length=8 duid_type=2(enterprise) "
	       "enterprise=9 duid=0102"),
	OPTION("a DUID of a link", "0002 000a 0003 0001 020000000001",
	       "code=2(server id) length=10 duid_type=3(link layer) "
	       "hardware_type=1 link_address=02:00:00:00:00:01"),
	OPTION("an address of an association",
	       "0003 002e 00000001 00000e10 00001518 0005 001e " ADDRESS
	       "00001c20 00002a30 000d 0002 0002",
	       "code=3(IA_NA) length=46 iaid=0x1 t1=3600 t2=5400 "
	       "options[option{code=5(IA address) length=30 "
	       "address=2001:db8::1 preferred_lifetime=7200 "
	       "valid_lifetime=10800 options[option{code=13(status code) "
	       "length=2 status=2(no addresses) message=\"\"}]}]"),
	OPTION("a list that is too deep is bytes",
	       "0003 002e 00000001 00*8 0005 001e " ADDRESS
	       "00*8 0006 0002 0017",
	       "code=3(IA_NA) length=46 iaid=0x1 t1=0 t2=0 options[option{"
	       "code=5(IA address) length=30 address=2001:db8::1 "
	       "preferred_lifetime=0 valid_lifetime=0 options[option{"
	       "code=6(option request) length=2 data=0017}]}]"),
	OPTION("options that are too deep are bytes",
	       "0003 003c 00000001 00*8 0005 002c " ADDRESS
	       "00*8 0003 0010 00000002 00*8 000e0000",
	       "code=3(IA_NA) length=60 iaid=0x1 t1=0 t2=0 options[option{"
	       "code=5(IA address) length=44 address=2001:db8::1 "
	       "preferred_lifetime=0 valid_lifetime=0 options[option{"
	       "code=3(IA_NA) length=16 iaid=0x2 t1=0 t2=0 data=000e0000}]}]"),
	OPTION("a prefix",
	       "0019 0029 00000001 00*8 001a 0019 00000001 00000002 "
	       "38 2001 0db8 0001 00*10",
	       "code=25(IA_PD) length=41 iaid=0x1 t1=0 t2=0 options[option{"
	       "code=26(IA prefix) length=25 preferred_lifetime=1 "
	       "valid_lifetime=2 prefix_length=56 prefix=2001:db8:1::}]"),
	OPTION("a temporary association", "0004 0004 00000001",
	       "code=4(IA_TA) length=4 iaid=0x1"),
	OPTION("names of codes", "0006 0004 0017 0018",
	       "code=6(option request) length=4 values[value{"
	       "value=23(DNS servers)} value{value=24(domain search list)}]"),
	OPTION("elapsed time", "0008 0002 0064",
	       "code=8(elapsed time) length=2 value=100"),
	OPTION("a status with text", "000d 0007 0001 1b5b6d7879",
	       "code=13(status code) length=7 status=1(unspecified failure) "
	       "message=\"\\x1b[mxy\""),
	OPTION("addresses", "0017 0020 " ADDRESS ADDRESS,
	       "code=23(DNS servers) length=32 values[value{"
	       "value=2001:db8::1} value{value=2001:db8::1}]"),
	OPTION("domains", "0018 0009 0161 0163 00 0162 00 3f",
	       "code=24(domain search list) length=9 values[value{"
	       "value=\"a.c\"} value{value=\"b\"}] rest=3f"),
	OPTION("a name of a client", "0027 0004 01 0161 00",
	       "code=39(client FQDN) length=4 flags_reserved=0x0 "
	       "flag_no_update=0 flag_override=0 flag_server=1 "
	       "values[value{value=\"a\"}]"),
	OPTION("what to reconfigure with", "0013 0001 05",
	       "code=19(reconfigure message) length=1 value=5(renew)"),
	OPTION("a number of the wrong size", "0007 0002 0001",
	       "code=7(preference) length=2 data=0001"),
	DHCP6("an option beyond the message",
	      "01 123456 000e0000 0006 0004 0017",
	      "options[option{code=14(rapid commit) length=0}]"),
	DHCP6("a relay", RELAY "0009 0008 01 123456 000e0000 0012 0001 78",
	      "type=12(relay forward) hop_count=1 link_address=2001:db8::1 "
	      "peer_address=fe80::1 options[option{code=9(relay message) "
	      "length=8} option{code=18(interface id) length=1 data=78}] "
	      "relayed[message{type=1(solicit) xid=0x123456 options[option{"
	      "code=14(rapid commit) length=0}]}]"),
	DHCP6("a relay of a relay",
	      RELAY "0009 002e " RELAY "0009 0008 01 123456 000e0000",
	      "length=46}] relayed[message{type=12(relay forward) "
	      "hop_count=1 link_address=2001:db8::1 peer_address=fe80::1 "
	      "options[option{code=9(relay message) length=8}]} "
	      "message{type=1(solicit) xid=0x123456 options[option{"
	      "code=14(rapid commit) length=0}]}]"),
	DHCP6("a relayed message beyond the packet", RELAY "0009 0008 01 1234",
	      "options[] relayed[]"),
	NOISE("noise of type 0", "00 123456 000e0000"),
	NOISE("noise of type 200", "c8 123456 000e0000"),
	NOISE("noise with an option of 60000", "01 123456 ea600000"),
	NOISE("noise of a relay behind 65 others", "0c 41 2001 00*30"),
	NOISE("noise of a relay without a link", "0c 01 4567 00*30"),
	{ "the end was cut off", WAY_UDP, 546, PKTCAP_PROTO_DHCP6,
	  PKTCAP_STATUS_TRUNCATED, 1, "01 123456 000e0000 000e0000",
	  "options[option{code=14(rapid commit) length=0}]" },
	{ "a relay that is too short", WAY_UDP, 546, PKTCAP_PROTO_DHCP6,
	  PKTCAP_STATUS_MALFORMED, 0, "0d 01 00*31", "hop_count=1" },
};

static const struct proto_row relay_row =
	DHCP6("",
	      RELAY "0009 0020 07 123456 0003 0014 00000001 00*8 000e 0000 "
		    "000e 0000 000e 0000 0012 0001 78",
	      NULL);

static void test_get(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	static struct message m;
	struct pktcap_dhcp6 d;

	(void)state;
	layer = proto_row_layer(&rows[0], &m, layers);
	assert_int_equal(pktcap_dhcp6_get(layer, &d), 0);
	assert_int_equal(d.type, 1);
	assert_int_equal(d.xid, 0x123456);
	assert_int_equal(d.options_len, 4);
	layer = proto_row_layer(&relay_row, &m, layers);
	assert_int_equal(pktcap_dhcp6_get(layer, &d), 0);
	assert_int_equal(d.type, 12);
	assert_int_equal(d.hop_count, 1);
	assert_int_equal(d.xid, 0);
	assert_memory_equal(d.link_address, "\x20\x01\x0d\xb8", 4);
	assert_memory_equal(d.peer_address, "\xfe\x80\0\0", 4);
	assert_int_equal(d.options[1], 9);
}

/* Into the relay's message, and there into the association. */
static void test_walk_inside(void **state)
{
	struct pktcap_dhcp6_option relayed, ia, option;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	uint32_t at = 0, in = 0, deep = 0;
	static struct message m;

	(void)state;
	layer = proto_row_layer(&relay_row, &m, layers);
	assert_int_equal(pktcap_dhcp6_option_next(layer, NULL, &at, &relayed),
			 1);
	assert_int_equal(relayed.code, 9);
	assert_int_equal(pktcap_dhcp6_option_next(layer, &relayed, &in, &ia),
			 1);
	assert_int_equal(ia.code, 3);
	assert_int_equal(pktcap_dhcp6_option_next(layer, &ia, &deep, &option),
			 1);
	assert_int_equal(option.code, 14);
	assert_int_equal(pktcap_dhcp6_option_next(layer, &ia, &deep, &option),
			 1);
	assert_int_equal(pktcap_dhcp6_option_next(layer, &ia, &deep, &option),
			 0);
	assert_int_equal(pktcap_dhcp6_option_next(layer, &relayed, &in, &ia),
			 1);
	assert_int_equal(pktcap_dhcp6_option_next(layer, &relayed, &in, &ia),
			 0);
	deep = 0;
	assert_int_equal(pktcap_dhcp6_option_next(layer, NULL, &at, &option),
			 1);
	assert_int_equal(option.code, 18);
	assert_int_equal(pktcap_dhcp6_option_next(layer, &option, &deep, &ia),
			 0);
	assert_int_equal(pktcap_dhcp6_option_next(layer, NULL, &at, &option),
			 0);
}

static void test_walk_ends(void **state)
{
	const struct proto_row beyond = { .way = WAY_UDP,
					  .number = 547,
					  .hex = "01 123456 0006 0004 0017" };
	const struct proto_row cut = { .way = WAY_UDP,
				       .number = 547,
				       .cut = 1,
				       .hex = "01 123456 0006 0002 0017" };
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_dhcp6_option option;
	static struct message m;
	uint32_t at = 0;

	(void)state;
	assert_int_equal(
		pktcap_dhcp6_option_next(proto_row_layer(&beyond, &m, layers),
					 NULL, &at, &option),
		-EPROTO);
	assert_int_equal(
		pktcap_dhcp6_option_next(proto_row_layer(&cut, &m, layers),
					 NULL, &at, &option),
		-ENODATA);
}

int main(void)
{
	struct CMUnitTest tests[48] = {
		cmocka_unit_test(test_get),
		cmocka_unit_test(test_walk_inside),
		cmocka_unit_test(test_walk_ends),
	};
	size_t n = 3;

	ADD_ROWS(tests, n, rows, proto_row_run);
	return _cmocka_run_group_tests("dhcp6", tests, n, NULL, NULL);
}
