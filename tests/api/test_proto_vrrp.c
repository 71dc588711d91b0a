// SPDX-License-Identifier: BSD-2-Clause
/* VRRP, versions 2 and 3, and what is not VRRP. */
#include "support/proto_rows.h"

#include <errno.h>

#define VRRP(name, way, status, hex, want)                                    \
	{                                                                     \
		name, way, 112, PKTCAP_PROTO_VRRP, PKTCAP_STATUS_##status, 0, \
			hex, want                                             \
	}
#define V2 "21 07 64 02 01 03 1234 c00002fe c00002fd 7365637265740000"

static const struct proto_row rows[] = {
	VRRP("version 2", WAY_IP4, OK, V2,
	     "version=2 type=1(advertisement) vrid=7 priority=100(default) "
	     "address_count=2 auth_type=1(password) interval=3 "
	     "checksum=0x1234 addresses[address{address=192.0.2.254} "
	     "address{address=192.0.2.253}] authentication=7365637265740000"),
	VRRP("version 3", WAY_IP4, OK, "31 01 ff 01 0123 abcd c0000201",
	     "version=3 type=1(advertisement) vrid=1 "
	     "priority=255(owns the addresses) address_count=1 reserved=0 "
	     "interval=291 checksum=0xabcd addresses[address{"
	     "address=192.0.2.1}]"),
	VRRP("version 3 of IPv6", WAY_IP6, OK,
	     "31 01 64 01 0064 0000 fe80 00*13 fe",
	     "addresses[address{address=fe80::fe}]"),
	VRRP("OpenBSD's CARP", WAY_IP4, UNSUPPORTED, "21 07 00 07 00*32",
	     "version=2"),
	VRRP("too few addresses", WAY_IP4, MALFORMED,
	     "31 01 64 03 0064 0000 c0000201 c0000202",
	     "address_count=3 reserved=0 interval=100 checksum=0x0 "
	     "addresses[address{address=192.0.2.1} "
	     "address{address=192.0.2.2}]"),
	VRRP("no authentication", WAY_IP4, OK,
	     "21 07 64 01 00 01 1234 c00002fe",
	     "addresses[address{address=192.0.2.254}]"),
	VRRP("another version", WAY_IP4, MALFORMED, "41 07 64 00 00 01 1234",
	     "version=4"),
	{ "the end was cut off", WAY_IP4, 112, PKTCAP_PROTO_VRRP,
	  PKTCAP_STATUS_TRUNCATED, 9, V2,
	  "addresses[address{address=192.0.2.254}] authentication=c00002" },
};

static const struct proto_row v2_row = VRRP("", WAY_IP4, OK, V2, NULL);
static const struct proto_row v3_row =
	VRRP("", WAY_IP6, OK, "31 01 64 01 f064 0203 fe80 00*13 fe aabb", NULL);

static void test_get_v2(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	static struct message m;
	struct pktcap_vrrp v;

	(void)state;
	layer = proto_row_layer(&v2_row, &m, layers);
	assert_int_equal(pktcap_vrrp_get(layer, &v), 0);
	assert_int_equal(v.version, 2);
	assert_int_equal(v.type, 1);
	assert_int_equal(v.vrid, 7);
	assert_int_equal(v.priority, 100);
	assert_int_equal(v.address_count, 2);
	assert_int_equal(v.address_len, 4);
	assert_int_equal(v.auth_type, 1);
	assert_int_equal(v.interval, 3);
	assert_int_equal(v.checksum, 0x1234);
	assert_int_equal(v.addresses_len, 8);
	assert_memory_equal(v.addresses + 4, "\xc0\x00\x02\xfd", 4);
	assert_int_equal(v.authentication_len, 8);
	assert_memory_equal(v.authentication, "secret", 7);
}

static void test_get_v3(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	static struct message m;
	struct pktcap_vrrp v;

	(void)state;
	layer = proto_row_layer(&v3_row, &m, layers);
	assert_int_equal(pktcap_vrrp_get(layer, &v), 0);
	assert_int_equal(v.version, 3);
	assert_int_equal(v.reserved, 15);
	assert_int_equal(v.interval, 100);
	assert_int_equal(v.checksum, 0x203);
	assert_int_equal(v.address_len, 16);
	assert_int_equal(v.addresses_len, 16);
	assert_int_equal(v.auth_type, 0);
	assert_int_equal(v.authentication_len, 2);
}

int main(void)
{
	struct CMUnitTest tests[32] = {
		cmocka_unit_test(test_get_v2),
		cmocka_unit_test(test_get_v3),
	};
	size_t n = 2;

	ADD_ROWS(tests, n, rows, proto_row_run);
	return _cmocka_run_group_tests("vrrp", tests, n, NULL, NULL);
}
