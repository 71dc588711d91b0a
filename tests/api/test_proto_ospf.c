// SPDX-License-Identifier: BSD-2-Clause
/* OSPF, versions 2 and 3: header, hello, and headers of advertisements. */
#include "support/proto_rows.h"

#include <errno.h>

#define V2(type, len, auth) \
	"02 " type " " len " 0a000001 00000000 1234 " auth " "
#define V3(type, len) "03 " type " " len " 0a000001 00000001 1234 05 00 "
#define OSPF(name, way, status, hex, want)                                   \
	{                                                                    \
		name, way, 89, PKTCAP_PROTO_OSPF, PKTCAP_STATUS_##status, 0, \
			hex, want                                            \
	}
#define NO_AUTH "0000 00*8"
#define LSA2 "0001 02 01 0a000001 0a000002 80000001 abcd 0018 "
#define LSA3 "0001 2001 00000005 0a000002 80000001 abcd 0018 "

static const struct proto_row rows[] = {
	OSPF("a hello of version 2", WAY_IP4, OK,
	     V2("01", "0030",
		"0001 70617373776f7264") "ffffff00 000a 02 01 00000028 "
					 "c0000201 c0000202 0a000002",
	     "version=2 type=1(hello) length=48 router_id=10.0.0.1 "
	     "area_id=0.0.0.0 checksum=0x1234 auth_type=1(password) "
	     "auth_data=70617373776f7264 mask=255.255.255.0 hello_interval=10 "
	     "options=0x2 priority=1 dead_interval=40 "
	     "designated_router=192.0.2.1 backup_router=192.0.2.2 "
	     "neighbours[neighbour{router_id=10.0.0.2}]"),
	OSPF("a digest is behind the message", WAY_IP4, OK,
	     V2("01", "002c",
		"0002 0000 01 10 00000007") "ffffff00 000a 02 01 00000028 "
					    "c0000201 c0000202 0102*8",
	     "auth_type=2(cryptographic) auth_reserved=0x0 auth_key_id=1 "
	     "auth_length=16 auth_sequence=7 mask=255.255.255.0 "
	     "hello_interval=10 options=0x2 priority=1 dead_interval=40 "
	     "designated_router=192.0.2.1 backup_router=192.0.2.2 "
	     "neighbours[] trailer=010202020202020202"),
	OSPF("a hello of version 3", WAY_IP6, OK,
	     V3("01", "0028") "00000007 01 000013 000a 0028 0a000001 0a000002 "
			      "0a000003",
	     "area_id=0.0.0.1 checksum=0x1234 instance=5 reserved=0 "
	     "interface_id=7 priority=1 options=0x13 hello_interval=10 "
	     "dead_interval=40 designated_router=10.0.0.1 "
	     "backup_router=10.0.0.2 neighbours[neighbour{"
	     "router_id=10.0.0.3}]"),
	OSPF("a description of version 2", WAY_IP4, OK,
	     V2("02", "0034", NO_AUTH) "05dc 42 07 00001234 " LSA2,
	     "mtu=1500 options=0x42 flags_reserved=0 flag_init=1 flag_more=1 "
	     "flag_master=1 sequence=4660 lsas[lsa{age=1 options=0x2 "
	     "type=1(router) id=10.0.0.1 router=10.0.0.2 "
	     "sequence=0x80000001 checksum=0xabcd length=24}]"),
	OSPF("a description of version 3", WAY_IP6, OK,
	     V3("02", "0030") "00 000013 05dc 00 02 00001234 " LSA3,
	     "reserved1=0 options=0x13 mtu=1500 reserved2=0 flags_reserved=0 "
	     "flag_init=0 flag_more=1 flag_master=0 sequence=4660 lsas[lsa{"
	     "age=1 type=0x2001(router) id=0.0.0.5 router=10.0.0.2 "
	     "sequence=0x80000001 checksum=0xabcd length=24}]"),
	OSPF("a request of version 2", WAY_IP4, OK,
	     V2("03", "0024", NO_AUTH) "00000005 cb007100 0a000001",
	     "requests[request{type=5(AS external) id=203.0.113.0 "
	     "router=10.0.0.1}]"),
	OSPF("a request of version 3", WAY_IP6, OK,
	     V3("03", "001c") "0000 2009 00000001 0a000001",
	     "requests[request{reserved=0 type=0x2009(intra-area prefix) "
	     "id=0.0.0.1 router=10.0.0.1}]"),
	OSPF("an update", WAY_IP4, OK,
	     V2("04", "0034", NO_AUTH) "00000001 " LSA2 "01020304",
	     "lsa_count=1 lsas[lsa{age=1 options=0x2 type=1(router) "
	     "id=10.0.0.1 router=10.0.0.2 sequence=0x80000001 "
	     "checksum=0xabcd length=24 body=01020304}]"),
	OSPF("an acknowledgement", WAY_IP4, OK,
	     V2("05", "0040", NO_AUTH) LSA2 LSA2,
	     "length=24} lsa{age=1 options=0x2 type=1(router)"),
	OSPF("an advertisement beyond its message", WAY_IP4, OK,
	     V2("04", "0030", NO_AUTH) "00000001 " LSA2 "01020304",
	     "lsa_count=1 lsas[] trailer=01020304"),
	OSPF("another type", WAY_IP4, OK, V2("09", "001a", NO_AUTH) "abcd",
	     "type=9 length=26 router_id=10.0.0.1 area_id=0.0.0.0 "
	     "checksum=0x1234 auth_type=0(none) auth_data=0000000000000000 "
	     "body=abcd"),
	OSPF("another version", WAY_IP4, MALFORMED, "04 01 0018 00*20",
	     "version=4"),
	OSPF("a length below its header", WAY_IP4, MALFORMED,
	     V2("01", "0017", NO_AUTH) "00*20", "length=23"),
	OSPF("a length beyond the packet", WAY_IP4, MALFORMED,
	     V2("01", "0030", NO_AUTH) "00*20", "length=48"),
	{ "the end was cut off", WAY_IP4, 89, PKTCAP_PROTO_OSPF,
	  PKTCAP_STATUS_TRUNCATED, 30, V2("05", "0040", NO_AUTH) LSA2 LSA2,
	  "lsas[]" },
};

static const struct proto_row get_row =
	OSPF("", WAY_IP4, OK,
	     V2("01", "0030",
		"0001 70617373776f7264") "ffffff00 000a 02 01 00000028 "
					 "c0000201 c0000202 0a000002 ffff",
	     NULL);
static const struct proto_row get_v3_row =
	OSPF("", WAY_IP6, OK,
	     V3("01", "0028") "00000007 01 000013 000a 0028 0a000001 0a000002 "
			      "0a000003",
	     NULL);

static void test_get(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	struct pktcap_ospf_hello hello;
	static struct message m;
	struct pktcap_ospf o;

	(void)state;
	layer = proto_row_layer(&get_row, &m, layers);
	assert_int_equal(pktcap_ospf_get(layer, &o), 0);
	assert_int_equal(o.version, 2);
	assert_int_equal(o.type, 1);
	assert_int_equal(o.length, 48);
	assert_memory_equal(o.router_id, "\x0a\0\0\x01", 4);
	assert_memory_equal(o.area_id, "\0\0\0\0", 4);
	assert_int_equal(o.checksum, 0x1234);
	assert_int_equal(o.auth_type, 1);
	assert_memory_equal(o.auth_data, "password", 8);
	assert_int_equal(o.body_len, 24);
	assert_int_equal(o.rest_len, 2);
	assert_memory_equal(o.rest, "\xff\xff", 2);
	assert_int_equal(pktcap_ospf_hello_get(layer, &hello), 0);
	assert_memory_equal(hello.mask, "\xff\xff\xff\0", 4);
	assert_int_equal(hello.options, 2);
	assert_int_equal(hello.hello_interval, 10);
	assert_int_equal(hello.dead_interval, 40);
	assert_int_equal(hello.priority, 1);
	assert_memory_equal(hello.designated_router, "\xc0\0\x02\x01", 4);
	assert_memory_equal(hello.backup_router, "\xc0\0\x02\x02", 4);
	assert_int_equal(hello.neighbours_len, 4);
	assert_memory_equal(hello.neighbours, "\x0a\0\0\x02", 4);
}

static void test_get_v3(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	struct pktcap_ospf_hello hello;
	static struct message m;
	struct pktcap_ospf o;

	(void)state;
	layer = proto_row_layer(&get_v3_row, &m, layers);
	assert_int_equal(pktcap_ospf_get(layer, &o), 0);
	assert_int_equal(o.version, 3);
	assert_int_equal(o.instance, 5);
	assert_int_equal(o.auth_type, 0);
	assert_int_equal(o.body_len, 24);
	assert_int_equal(pktcap_ospf_hello_get(layer, &hello), 0);
	assert_int_equal(hello.interface_id, 7);
	assert_int_equal(hello.options, 0x13);
	assert_int_equal(hello.hello_interval, 10);
	assert_int_equal(hello.dead_interval, 40);
	assert_int_equal(hello.neighbours_len, 4);
}

struct walk_row {
	const char *name;
	uint32_t cut;
	const char *hex;
	int lsas;
	int end;
};

static const struct walk_row walks[] = {
	{ "a walk over two", 0, V2("05", "0040", NO_AUTH) LSA2 LSA2, 2, 0 },
	{ "a walk that ends at the message", 0,
	  V2("05", "002c", NO_AUTH) LSA2 LSA2, 1, 0 },
	{ "a walk to half a header", 0, V2("05", "003f", NO_AUTH) LSA2 LSA2, 1,
	  -EPROTO },
	{ "a walk beyond the message", 0,
	  V2("04", "0030", NO_AUTH) "00000001" LSA2, 0, -EPROTO },
	{ "a walk that is cut", 1, V2("05", "0040", NO_AUTH) LSA2 LSA2, 1,
	  -ENODATA },
	{ "a walk over a hello", 0, V2("01", "002c", NO_AUTH) "00*20", 0, 0 },
};

static void run_walk(void **state)
{
	const struct walk_row *row = *state;
	const struct proto_row message = {
		.way = WAY_IP4, .number = 89, .cut = row->cut, .hex = row->hex
	};
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	struct pktcap_ospf_lsa lsa;
	static struct message m;
	uint32_t offset = 0;
	int n = 0, more;

	layer = proto_row_layer(&message, &m, layers);
	while ((more = pktcap_ospf_lsa_next(layer, &offset, &lsa)) > 0)
		n++;
	assert_int_equal(n, row->lsas);
	assert_int_equal(more, row->end);
}

int main(void)
{
	struct CMUnitTest tests[48] = {
		cmocka_unit_test(test_get),
		cmocka_unit_test(test_get_v3),
	};
	size_t n = 2;

	ADD_ROWS(tests, n, rows, proto_row_run);
	ADD_ROWS(tests, n, walks, run_walk);
	return _cmocka_run_group_tests("ospf", tests, n, NULL, NULL);
}
