// SPDX-License-Identifier: BSD-2-Clause
/* QUIC: bytes, layers and fields. */
#include <errno.h>
#include <string.h>

#include "support/decode_row.h"
#include "support/rows.h"

/* 10.0.0.1 > 10.0.0.2; lengths are those of IP and UDP. */
#define UDP(ip, port, length)                                             \
	"4500" ip "00010000 4011 0000 0a000001 0a000002 c000" port length \
	"0000 "
#define IDS "02 a1a2 01 b1 "
#define LONG(bits, type, version)                            \
	"long_header=1 fixed_bit=" bits " packet_type=" type \
	" version=" version " dcid_length=2 dcid=a1a2"       \
	" scid_length=1 scid=b1"
#define TAG "000102030405060708090a0b0c0d0e0f"

static const struct decode_row rows[] = {
	{ "Initial and Handshake in a datagram", PKTCAP_LINKTYPE_IPV4,
	  UDP("003a", "01bb", "0026") "c0 00000001" IDS
				      "02 7172 4003 c1c2c3 e0 00000001" IDS
				      "01 d1",
	  0, "ipv4 udp quic quic", 2,
	  LONG("1", "0",
	       "0x1") " token_length=2 token=7172 length=3 protected=c1c2c3" },
	{ "the second of them", PKTCAP_LINKTYPE_IPV4,
	  UDP("003a", "01bb", "0026") "c0 00000001" IDS
				      "02 7172 4003 c1c2c3 e0 00000001" IDS
				      "01 d1",
	  0, "ipv4 udp quic quic", 3,
	  LONG("1", "2", "0x1") " length=1 protected=d1" },
	{ "version 2, whose types have other numbers", PKTCAP_LINKTYPE_IPV4,
	  UDP("002e", "3039", "001a") "d0 6b3343cf" IDS "00 01 c1 0000000000",
	  0, "ipv4 udp quic data", 2,
	  LONG("1", "0",
	       "0x6b3343cf") " token_length=0 length=1 protected=c1" },
	{ "a length beyond the datagram", PKTCAP_LINKTYPE_IPV4,
	  UDP("0029", "01bb", "0015") "d0 00000001" IDS "05 c1c2", 0,
	  "ipv4 udp quic>", 2,
	  LONG("1", "1", "0x1") " length=5 protected=c1c2" },
	{ "what the capture cut", PKTCAP_LINKTYPE_IPV4,
	  UDP("002c", "01bb", "0018") "d0 00000001" IDS "05 c1c2", 44,
	  "ipv4 udp quic data", 2, LONG("1", "1", "0x1") " length=5" },
	{ "a header that the capture cut", PKTCAP_LINKTYPE_IPV4,
	  UDP("002c", "01bb", "0018") "d0 00000001 02 a1", 44,
	  "ipv4 udp quic:truncated", 2,
	  "long_header=1 fixed_bit=1 packet_type=1 version=0x1"
	  " dcid_length=2 dcid=a1" },
	{ "a token beyond the datagram", PKTCAP_LINKTYPE_IPV4,
	  UDP("002a", "01bb", "0016") "c0 00000001" IDS "7fff 0102", 0,
	  "ipv4 udp quic:malformed", 2,
	  LONG("1", "0", "0x1") " token_length=16383" },
	{ "Retry", PKTCAP_LINKTYPE_IPV4,
	  UDP("0038", "3039", "0024") "f0 00000001" IDS "7172" TAG, 0,
	  "ipv4 udp quic", 2,
	  LONG("1", "3", "0x1") " token=7172 integrity_tag=" TAG },
	{ "version negotiation", PKTCAP_LINKTYPE_IPV4,
	  UDP("002e", "3039", "001a") "80 00000000" IDS "00000001 1a2a3a4a", 0,
	  "ipv4 udp quic", 2,
	  LONG("0", "4", "0x0") " versions=[{version=0x1}"
				" {version=0x1a2a3a4a}]" },
	{ "negotiation of nothing that is known", PKTCAP_LINKTYPE_IPV4,
	  UDP("002a", "01bb", "0016") "80 00000000" IDS "12345678", 0,
	  "ipv4 udp data", 0, NULL },
	{ "a reserved version", PKTCAP_LINKTYPE_IPV4,
	  UDP("0027", "01bb", "0013") "c0 1a2a3a4a" IDS "ff", 0,
	  "ipv4 udp quic", 2, LONG("1", "6", "0x1a2a3a4a") " protected=ff" },
	{ "the same on any port may be noise", PKTCAP_LINKTYPE_IPV4,
	  UDP("0027", "3039", "0013") "c0 1a2a3a4a" IDS "ff", 0,
	  "ipv4 udp data", 0, NULL },
	{ "a draft on any port", PKTCAP_LINKTYPE_IPV4,
	  UDP("0029", "3039", "0015") "d0 ff00001d" IDS "02 c1c2", 0,
	  "ipv4 udp quic", 2,
	  LONG("1", "1", "0xff00001d") " length=2 protected=c1c2" },
	{ "an id that is too long", PKTCAP_LINKTYPE_IPV4,
	  UDP("0039", "01bb", "0025") "c0 00000001 15 " TAG "0102030405"
				      "00 00 01",
	  0, "ipv4 udp data", 0, NULL },
	{ "an unknown version", PKTCAP_LINKTYPE_IPV4,
	  UDP("0027", "01bb", "0013") "c0 12345678" IDS "ff", 0,
	  "ipv4 udp data", 0, NULL },
	{ "a long header without the fixed bit", PKTCAP_LINKTYPE_IPV4,
	  UDP("0029", "01bb", "0015") "90 00000001" IDS "02 c1c2", 0,
	  "ipv4 udp data", 0, NULL },
	{ "a short header on port 443", PKTCAP_LINKTYPE_IPV4,
	  UDP("0031", "01bb", "001d") "60" TAG "01020304", 0, "ipv4 udp quic",
	  2, "long_header=0 fixed_bit=1 spin_bit=1 protected=" TAG "01020304" },
	{ "a short header on any port", PKTCAP_LINKTYPE_IPV4,
	  UDP("0031", "3039", "001d") "60" TAG "01020304", 0, "ipv4 udp data",
	  0, NULL },
	{ "a short header on another port of servers", PKTCAP_LINKTYPE_IPV4,
	  UDP("0031", "20fb", "001d") "60" TAG "01020304", 0, "ipv4 udp data",
	  0, NULL },
	{ "a long header on another port of servers", PKTCAP_LINKTYPE_IPV4,
	  UDP("0029", "0355", "0015") "d0 00000001" IDS "02 c1c2", 0,
	  "ipv4 udp quic", 2,
	  LONG("1", "1", "0x1") " length=2 protected=c1c2" },
	{ "data of OpenVPN on port 443", PKTCAP_LINKTYPE_IPV4,
	  UDP("0031", "01bb", "001d") "48 000003 00000001 0102030405060708"
				      "0102030405",
	  0, "ipv4 udp data", 0, NULL },
	{ "too short for a short header", PKTCAP_LINKTYPE_IPV4,
	  UDP("0030", "01bb", "001c") "60" TAG "010203", 0, "ipv4 udp data", 0,
	  NULL },
};

static void test_get(void **state)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_packet pkt;
	struct pktcap_quic quic;

	(void)state;
	assert_int_equal(decode_row(&rows[0], bytes, &pkt, layers), 4);
	assert_int_equal(pktcap_quic_get(&layers[2], &quic), 0);
	assert_int_equal(quic.type, PKTCAP_QUIC_INITIAL);
	assert_int_equal(quic.long_header, 1);
	assert_int_equal(quic.fixed_bit, 1);
	assert_int_equal(quic.version, 1);
	assert_int_equal(quic.dcid_len, 2);
	assert_memory_equal(quic.dcid, "\xa1\xa2", 2);
	assert_int_equal(quic.scid_len, 1);
	assert_int_equal(quic.token_len, 2);
	assert_memory_equal(quic.token, "qr", 2);
	assert_int_equal(quic.length, 3);
	assert_int_equal(quic.header_len, 15);
	assert_int_equal(pktcap_quic_get(&layers[1], &quic), -EPROTOTYPE);
}

int main(void)
{
	struct CMUnitTest all[32] = { cmocka_unit_test(test_get) };
	size_t n = 1;

	ADD_ROWS(all, n, rows, test_decode_row);
	return _cmocka_run_group_tests("quic", all, n, NULL, NULL);
}
