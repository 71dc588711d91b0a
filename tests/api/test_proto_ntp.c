// SPDX-License-Identifier: BSD-2-Clause
/* NTP: messages that tell the time, control and private ones; its timestamps.
 */
#include "support/proto_rows.h"

#include <errno.h>

/* A header of version 4, mode 3, without times. */
#define CLIENT "23 00 06 ec 00000000 00000000 00000000"
#define NO_TIMES " 00*32 "

#define NTP(name, hex, want)                                               \
	{                                                                  \
		name, WAY_UDP, 123, PKTCAP_PROTO_NTP, PKTCAP_STATUS_OK, 0, \
			hex, want                                          \
	}
#define NOISE(name, hex)                                                    \
	{                                                                   \
		name, WAY_UDP, 123, PKTCAP_PROTO_DATA, PKTCAP_STATUS_OK, 0, \
			hex, NULL                                           \
	}

static const struct proto_row rows[] = {
	NTP("a client asks", CLIENT " 00*24 e8d5 4f24 8000 0000",
	    "leap=0(no warning) version=4 mode=3(client) "
	    "stratum=0(unspecified) poll=6 precision=-20 root_delay=0 "
	    "root_dispersion=0 reference_id=\"\" reference_timestamp=0x0 "
	    "origin_timestamp=0x0 receive_timestamp=0x0 "
	    "transmit_timestamp=0xe8d54f2480000000 "
	    "transmit_time=1697304740.500000000"),
	NTP("a clock has letters",
	    "24 01 03 ec 00000000 00000000 47505300" NO_TIMES,
	    "reference_id=\"GPS\""),
	NTP("a server of stratum 2 has an address",
	    "24 02 03 ec 00000100 00000200 c0000201" NO_TIMES,
	    "root_delay=256 root_dispersion=512 reference_id=192.0.2.1"),
	NTP("the second era begins in 2036",
	    CLIENT " 0000000100000000"
		   " 00*24",
	    "reference_time=2085978497.000000000"),
	NTP("a key of 16 bytes", CLIENT NO_TIMES "0000000a 11*16",
	    "transmit_timestamp=0x0 key_id=0xa "
	    "mac=11111111111111111111111111111111"),
	NTP("a crypto-NAK", CLIENT NO_TIMES "00000000", "key_id=0x0"),
	NTP("extensions, then a key",
	    CLIENT NO_TIMES "0104 0010 22*12 0204 001c 33*24 00000001 44*16",
	    "extensions[extension{type=0x104(unique identifier) length=16 "
	    "value=222222222222222222222222} extension{type=0x204(NTS cookie) "
	    "length=28 value=33333333333333333333333333333333333333333333333"
	    "3}] key_id=0x1 mac=44444444444444444444444444444444"),
	NTP("an extension that is longer than the message",
	    CLIENT NO_TIMES "0104 00ff 22*24", "extensions[] rest=010400ff22"),
	NTP("version 3 has no extensions",
	    "1b 00 06 ec 00000000 00000000 00000000" NO_TIMES "0104 0010 11*28",
	    "rest=010400101111"),
	NTP("version 1 has no modes", "08 00 06 ec 00*12" NO_TIMES,
	    "version=1 mode=0(reserved)"),
	NTP("control: variables are text",
	    "16 82 0001 0615 0000 0000 0005 613d312c0d 000000",
	    "leap=0(no warning) version=2 mode=6(control) flag_response=1 "
	    "flag_error=0 flag_more=0 opcode=2(read variables) sequence=1 "
	    "status=0x615 association=0 offset=0 count=5 data=\"a=1,\\x0d\" "
	    "rest=000000"),
	NTP("control: more is claimed than there is",
	    "16 02 0001 0000 0000 0000 0005 6162", "count=5 data=\"ab\""),
	NTP("private: the list of clients", "97 00 03 2a 0001 0004 01020304",
	    "flag_response=1 flag_more=0 version=2 mode=7(private) "
	    "flag_authenticated=0 sequence=0 implementation=3 "
	    "request=42(monitor list) error=0 item_count=1 reserved=0 "
	    "item_size=4 data=01020304"),
	NOISE("noise of another version", "ff*48"),
	NOISE("noise with a stratum of 200", "23 c8 06 ec"
					     " 00*44"),
	NOISE("noise that is text", "47 45 54 20 2f 00*48"),
	{ "the end was cut off", WAY_UDP, 123, PKTCAP_PROTO_NTP,
	  PKTCAP_STATUS_TRUNCATED, 8, CLIENT NO_TIMES,
	  "receive_timestamp=0x0" },
	{ "a message that is too short", WAY_UDP, 123, PKTCAP_PROTO_NTP,
	  PKTCAP_STATUS_MALFORMED, 0, CLIENT "00*31", "version=4" },
};

static const struct proto_row get_row =
	NTP("",
	    "e4 02 06 ec 00000100 00000200 c0000201 00*7 01 00*7 02 00*7 "
	    "03 00*7 04 aabbccdd",
	    NULL);

static void test_get(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	struct pktcap_ntp_control control;
	struct pktcap_ntp ntp;
	static struct message m;

	(void)state;
	layer = proto_row_layer(&get_row, &m, layers);
	assert_int_equal(pktcap_ntp_get(layer, &ntp), 0);
	assert_int_equal(ntp.leap, 3);
	assert_int_equal(ntp.version, 4);
	assert_int_equal(ntp.mode, PKTCAP_NTP_SERVER);
	assert_int_equal(ntp.stratum, 2);
	assert_int_equal(ntp.poll, 6);
	assert_int_equal(ntp.precision, -20);
	assert_int_equal(ntp.root_delay, 256);
	assert_int_equal(ntp.root_dispersion, 512);
	assert_memory_equal(ntp.reference_id, "\xc0\x00\x02\x01", 4);
	assert_int_equal(ntp.reference, 1);
	assert_int_equal(ntp.origin, 2);
	assert_int_equal(ntp.receive, 3);
	assert_int_equal(ntp.transmit, 4);
	assert_int_equal(ntp.rest_len, 4);
	assert_memory_equal(ntp.rest, "\xaa\xbb\xcc\xdd", 4);
	assert_int_equal(pktcap_ntp_control_get(layer, &control), -EPROTOTYPE);
}

static const struct proto_row control_row =
	NTP("", "1e e9 0102 0304 0506 0708 0002 616263", NULL);

static void test_get_control(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	struct pktcap_ntp_private private;
	struct pktcap_ntp_control c;
	struct pktcap_ntp ntp;
	static struct message m;

	(void)state;
	layer = proto_row_layer(&control_row, &m, layers);
	assert_int_equal(pktcap_ntp_control_get(layer, &c), 0);
	assert_int_equal(c.version, 3);
	assert_int_equal(c.response << 2 | c.error << 1 | c.more, 7);
	assert_int_equal(c.opcode, 9);
	assert_int_equal(c.sequence, 0x102);
	assert_int_equal(c.status, 0x304);
	assert_int_equal(c.association, 0x506);
	assert_int_equal(c.offset, 0x708);
	assert_int_equal(c.count, 2);
	assert_int_equal(c.data_len, 2);
	assert_memory_equal(c.data, "ab", 2);
	assert_int_equal(pktcap_ntp_get(layer, &ntp), -EPROTOTYPE);
	assert_int_equal(pktcap_ntp_private_get(layer, &private), -EPROTOTYPE);
}

static const struct proto_row private_row =
	NTP("", "d7 85 02 14 7064 1048 01020304", NULL);

static void test_get_private(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *layer;
	struct pktcap_ntp_private p;
	static struct message m;

	(void)state;
	layer = proto_row_layer(&private_row, &m, layers);
	assert_int_equal(pktcap_ntp_private_get(layer, &p), 0);
	assert_int_equal(p.response << 1 | p.more, 3);
	assert_int_equal(p.version, 2);
	assert_int_equal(p.authenticated, 1);
	assert_int_equal(p.sequence, 5);
	assert_int_equal(p.implementation, 2);
	assert_int_equal(p.request, 20);
	assert_int_equal(p.error, 7);
	assert_int_equal(p.item_count, 0x64);
	assert_int_equal(p.reserved, 1);
	assert_int_equal(p.item_size, 0x48);
	assert_int_equal(p.data_len, 4);
}

struct time_row {
	const char *name;
	uint64_t timestamp;
	int64_t ns; /* 0: no time */
};

static const struct time_row times[] = {
	{ "0 is no time", 0, 0 },
	{ "the first one of the first era is of 1968", UINT64_C(1) << 63,
	  INT64_C(-61505152) * 1000000000 },
	{ "half a second behind 1970", UINT64_C(0x83aa7e8080000000),
	  500000000 },
	{ "the last one of the first era", UINT64_MAX,
	  INT64_C(2085978495) * 1000000000 + 999999999 },
	{ "the last one of the second era", INT64_MAX,
	  INT64_C(4233462143) * 1000000000 + 999999999 },
};

static void run_time(void **state)
{
	const struct time_row *row = *state;
	int64_t ns = 0;

	assert_int_equal(pktcap_ntp_time(row->timestamp, &ns),
			 row->ns ? 0 : -ENODATA);
	assert_true(ns == row->ns);
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(test_get),
		cmocka_unit_test(test_get_control),
		cmocka_unit_test(test_get_private),
	};
	size_t n = 3;

	ADD_ROWS(tests, n, rows, proto_row_run);
	ADD_ROWS(tests, n, times, run_time);
	return _cmocka_run_group_tests("ntp", tests, n, NULL, NULL);
}
