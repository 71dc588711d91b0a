// SPDX-License-Identifier: BSD-2-Clause
/* TCP and UDP: bytes, layers and fields. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/decode_row.h"
#include "support/rows.h"

#define IPV4 PKTCAP_LINKTYPE_IPV4

#define IP4(length, proto) \
	"4500" length "00010000 40" proto "0000 0a000001 0a000002 "

/* A TCP header of @offset words, without length and addresses in front. */
#define TCP(offset, options) \
	IP4("0000", "06")    \
	"0001 0002 00000003 00000004" offset "002 0005 1234 0000 " options
#define TCP_FIELDS(words)                                                   \
	"src_port=1 dst_port=2 seq=3 ack=4 data_offset=" words              \
	" reserved=0 flag_ae=0 flag_cwr=0 flag_ece=0 flag_urg=0 flag_ack=0" \
	" flag_psh=0 flag_rst=0 flag_syn=1 flag_fin=0 window=5"             \
	" checksum=0x1234 urgent_pointer=0"
#define TCP_OPTION(name, words, bytes, told)                          \
	{                                                             \
		name, IPV4, TCP(words, bytes), 0, "ipv4 tcp", 1, told \
	}

#define SCTP IP4("0000", "84") "0001 0002 00000003 00000004 "
#define SCTP_FIELDS "src_port=1 dst_port=2 tag=0x3 checksum=0x4 chunks=["

static const struct decode_row rows[] = {
	{ "udp", IPV4, IP4("001e", "11") "1000 1001 000a 1234 6162", 0,
	  "ipv4 udp data", 1,
	  "src_port=4096 dst_port=4097 length=10 checksum=0x1234" },
	{ "udp shorter than the packet", IPV4,
	  IP4("001e", "11") "1000 1001 0009 1234 6162", 0, "ipv4 udp data", 1,
	  NULL },
	{ "udp longer than the packet", IPV4,
	  IP4("001e", "11") "1000 1001 000b 1234 6162", 0, "ipv4 udp> data", 1,
	  NULL },
	{ "udp with an impossible length", IPV4,
	  IP4("001c", "11") "1000 1001 0007 1234", 0, "ipv4 udp:malformed", 1,
	  "src_port=4096 dst_port=4097 length=7 checksum=0x1234" },
	{ "udp with length 0", IPV4, IP4("001c", "11") "1000 1001 0000 1234", 0,
	  "ipv4 udp:malformed", 1, NULL },
	{ "udp cut", IPV4, IP4("001c", "11") "1000 1001 0008", 28,
	  "ipv4 udp:truncated", 1, "src_port=4096 dst_port=4097 length=8" },
	{ "udp in the first fragment", IPV4,
	  "4500001e 00012000 40110000 0a000001 0a000002"
	  "1000 1001 0800 1234 6162",
	  0, "ipv4+ udp+ data+", 1, NULL },
	{ "udp in another fragment", IPV4,
	  "4500001e 00010001 40110000 0a000001 0a000002"
	  "1000 1001 0800 1234 6162",
	  0, "ipv4/ data/", 1, NULL },
	{ "udplite", IPV4, IP4("001e", "88") "1000 1001 0008 1234 6162", 0,
	  "ipv4 udplite data", 1,
	  "src_port=4096 dst_port=4097 coverage=8 checksum=0x1234" },
	{ "udplite that covers nothing", IPV4,
	  IP4("001e", "88") "1000 1001 0007 1234 6162", 0,
	  "ipv4 udplite:malformed", 1, NULL },
	{ "udplite that covers too much", IPV4,
	  IP4("001e", "88") "1000 1001 000b 1234 6162", 0,
	  "ipv4 udplite:malformed", 1, NULL },
	{ "sctp data", IPV4,
	  SCTP "0003 0013 00000001 0002 0003 00000012 616263 00", 0,
	  "ipv4 sctp", 1,
	  SCTP_FIELDS
	  "{type=0 flags=0x3 length=19 immediate=0 unordered=0"
	  " beginning=1 ending=1 tsn=1 stream=2 ssn=3 ppid=18 data=616263}]" },
	{ "sctp init", IPV4,
	  SCTP
	  "0100 001c 00000005 0000ffff 000a 000b 00000006 0005 0008 0a000001",
	  0, "ipv4 sctp", 1,
	  SCTP_FIELDS
	  "{type=1 flags=0x0 length=28 initiate_tag=0x5 window=65535"
	  " outbound_streams=10 inbound_streams=11 initial_tsn=6 parameters=["
	  "{type=0x5 length=8 address=0a000001}]}]" },
	{ "sctp sack", IPV4,
	  SCTP "0300 0018 00000001 0000ffff 0001 0001 0002 0003 00000004"
	       "0b00 0004",
	  0, "ipv4 sctp", 1,
	  SCTP_FIELDS
	  "{type=3 flags=0x0 length=24 tsn=1 window=65535 gaps=1"
	  " duplicates=1 gap_blocks=[{start=2 end=3}] duplicate_tsns=[{tsn=4}]}"
	  " {type=11 flags=0x0 length=4}]" },
	{ "sctp chunk that goes beyond", IPV4, SCTP "0b00 0005", 0, "ipv4 sctp",
	  1, SCTP_FIELDS "]" },
	{ "sctp cut", IPV4, SCTP "0b00 0004", 40, "ipv4 sctp:truncated", 1,
	  SCTP_FIELDS "{type=11 flags=0x0 length=4}]" },
};

/* .fields is of the options alone. */
static const struct decode_row option_rows[] = {
	TCP_OPTION("no options", "5", "", ""),
	TCP_OPTION("options of Linux", "a",
		   "020405b4 0402 080a 00000007 00000008 01 030307",
		   "{kind=2 length=4 mss=1460} {kind=4 length=2}"
		   " {kind=8 length=10 value=7 echo_reply=8} {kind=1}"
		   " {kind=3 length=3 shift=7}"),
	TCP_OPTION("SACK", "b",
		   "0101 0512 00000001 00000002 00000003 00000004 00000000",
		   "{kind=1} {kind=1} {kind=5 length=18 blocks=[{left=1"
		   " right=2} {left=3 right=4}]} {kind=0}"),
	TCP_OPTION("fast open", "8", "220a 0102030405060708 0101",
		   "{kind=34 length=10 cookie=0102030405060708} {kind=1}"
		   " {kind=1}"),
	TCP_OPTION("fast open, experimental", "7", "fe08 f989 01020304",
		   "{kind=254 length=8 experiment=0xf989 cookie=01020304}"),
	TCP_OPTION("MP_CAPABLE in SYN", "6", "1e04 0181",
		   "{kind=30 length=4 subtype=0 mptcp_version=1"
		   " checksum_required=1 flags=0x1}"),
	TCP_OPTION("MP_CAPABLE with both keys", "a",
		   "1e14 0181 0102030405060708 1112131415161718",
		   "{kind=30 length=20 subtype=0 mptcp_version=1"
		   " checksum_required=1 flags=0x1 sender_key=0x102030405060708"
		   " receiver_key=0x1112131415161718}"),
	TCP_OPTION("MP_JOIN", "8", "1e0c 1105 01020304 11121314",
		   "{kind=30 length=12 subtype=1 backup=1 address_id=5"
		   " token=0x1020304 nonce=0x11121314}"),
	TCP_OPTION(
		"DSS", "a", "1e14 2005 00000001 00000002 00000003 0004 abcd",
		"{kind=30 length=20 subtype=2 flags=0x5 data_ack_low=1"
		" data_seq_low=2 subflow_seq=3 data_length=4 checksum=0xabcd}"),
	TCP_OPTION("ADD_ADDR with a port", "8", "1e0a 3103 0a000001 0050 0101",
		   "{kind=30 length=10 subtype=3 echo=1 address_id=3"
		   " address=0a000001 port=80} {kind=1} {kind=1}"),
	TCP_OPTION("REMOVE_ADDR", "6", "1e04 4003",
		   "{kind=30 length=4 subtype=4 addresses=[{address_id=3}]}"),
	TCP_OPTION("MP_FASTCLOSE", "8", "1e0c 7000 0102030405060708",
		   "{kind=30 length=12 subtype=7"
		   " receiver_key=0x102030405060708}"),
	TCP_OPTION("MD5", "a", "1312 000102030405060708090a0b0c0d0e0f 0101",
		   "{kind=19 length=18 digest=000102030405060708090a0b0c0d0e0f}"
		   " {kind=1} {kind=1}"),
	TCP_OPTION("AO", "9", "1d10 0102 0102030405060708090a0b0c",
		   "{kind=29 length=16 key_id=1 next_key_id=2"
		   " mac=0102030405060708090a0b0c}"),
	TCP_OPTION("user timeout", "6", "1c04 8005",
		   "{kind=28 length=4 minutes=1 timeout=5}"),
	TCP_OPTION("accurate ECN", "b",
		   "ac0b 000001 000002 000003 ae08 000004 000005 00000000 00",
		   "{kind=172 length=11 e0b=1 ceb=2 e1b=3}"
		   " {kind=174 length=8 e1b=4 ceb=5} {kind=0}"),
	TCP_OPTION("a length of 1", "6", "0101 0201", "{kind=1} {kind=1}"),
	TCP_OPTION("a length beyond the header", "6", "0204 05b4",
		   "{kind=2 length=4 mss=1460}"),
	TCP_OPTION("a length that is cut off", "6", "010101 02",
		   "{kind=1} {kind=1} {kind=1}"),
	TCP_OPTION("an MSS without room", "6", "0203 05 01",
		   "{kind=2 length=3 value=05} {kind=1}"),
};

static void test_option_row(void **state)
{
	struct decode_row row = *(const struct decode_row *)*state;
	/* The offset is behind "... 00000004". */
	char digit[] = { strstr(row.hex, "00000004")[8], '\0' };
	char text[1024];

	snprintf(text, sizeof(text), TCP_FIELDS("%lu") "%s%s%s",
		 strtoul(digit, NULL, 16), *row.fields ? " options=[" : "",
		 row.fields, *row.fields ? "]" : "");
	row.fields = text;
	*state = &row;
	test_decode_row(state);
}

static const struct pktcap_layer *tcp_of(const char *hex,
					 struct pktcap_layer *layers)
{
	static uint8_t bytes[DECODE_ROW_BYTES];
	const struct decode_row row = { .linktype = IPV4, .hex = hex };
	struct pktcap_packet pkt;
	size_t n = decode_row(&row, bytes, &pkt, layers);

	return pktcap_layer_find(layers, n, PKTCAP_PROTO_TCP);
}

static void test_options_of_linux(void **state)
{
	struct pktcap_tcp_option option;
	uint32_t at = 0;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *tcp = tcp_of(
		TCP("a", "020405b4 0402 080a 00000007 00000008 01 030307"),
		layers);
	static const struct {
		uint8_t kind, offset;
		uint32_t value, echo_reply;
	} expected[] = {
		{ 2, 20, 1460, 0 }, { 4, 24, 0, 0 }, { 8, 26, 7, 8 },
		{ 1, 36, 0, 0 },    { 3, 37, 7, 0 },
	};

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(pktcap_tcp_option_next(tcp, &at, &option), 1);
		assert_int_equal(option.kind, expected[i].kind);
		assert_int_equal(option.offset, expected[i].offset);
		assert_int_equal(option.value, expected[i].value);
		assert_int_equal(option.echo_reply, expected[i].echo_reply);
	}
	assert_int_equal(pktcap_tcp_option_next(tcp, &at, &option), 0);
	assert_int_equal(option.kind, 3);
}

static void test_sack_blocks(void **state)
{
	struct pktcap_tcp_option option;
	uint32_t at = 0;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *tcp = tcp_of(
		TCP("a", "0512 00000001 00000002 00000003 00000004 0001"),
		layers);

	(void)state;
	assert_int_equal(pktcap_tcp_option_next(tcp, &at, &option), 1);
	assert_int_equal(option.blocks, 2);
	for (uint32_t i = 0; i < 4; i++)
		assert_int_equal(option.sack[i], i + 1);
	assert_int_equal(pktcap_tcp_option_next(tcp, &at, &option), 1);
	assert_int_equal(option.kind, PKTCAP_TCP_OPTION_END);
	assert_int_equal(pktcap_tcp_option_next(tcp, &at, &option), 0);
}

static void test_broken_options(void **state)
{
	struct pktcap_tcp_option option;
	uint32_t at = 0;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct pktcap_layer *tcp = tcp_of(TCP("6", "01010201"), layers);

	(void)state;
	assert_int_equal(pktcap_tcp_option_next(tcp, &at, &option), 1);
	assert_int_equal(pktcap_tcp_option_next(tcp, &at, &option), 1);
	assert_int_equal(pktcap_tcp_option_next(tcp, &at, &option), -EPROTO);
	assert_int_equal(pktcap_tcp_option_next(&layers[0], &at, &option),
			 -EPROTOTYPE);
	at = 0;
	tcp = tcp_of(TCP("8", "0204"), layers);
	assert_int_equal(pktcap_tcp_option_next(tcp, &at, &option), -ENODATA);
}

/* Nothing in the header is lost, though the packet was cut in its options. */
static void test_cut_in_options(void **state)
{
	uint8_t bytes[DECODE_ROW_BYTES];
	struct pktcap_layer layers[PKTCAP_LAYERS];
	const struct decode_row row = {
		.linktype = IPV4,
		.hex = IP4("0034", "06") "0001 0002 00000003 00000004"
					 "8a02 0005 1234 0000 01010402",
		.wirelen = 52,
	};
	struct pktcap_packet pkt;
	size_t n = decode_row(&row, bytes, &pkt, layers);
	struct pktcap_tcp tcp;

	(void)state;
	assert_int_equal(layers[n - 1].status, PKTCAP_STATUS_TRUNCATED);
	assert_int_equal(pktcap_tcp_get(&layers[n - 1], &tcp), 0);
	assert_int_equal(tcp.flags, PKTCAP_TCP_SYN);
	assert_int_equal(tcp.reserved_bits, 5);
	assert_int_equal(tcp.header_len, 32);
	assert_int_equal(tcp.options_len, 4);
	/* A length that the packet never had is another matter. */
	assert_int_equal(pktcap_tcp_get(tcp_of(TCP("8", "0204"), layers), &tcp),
			 -ENODATA);
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(test_options_of_linux),
		cmocka_unit_test(test_sack_blocks),
		cmocka_unit_test(test_broken_options),
		cmocka_unit_test(test_cut_in_options),
	};
	size_t n = 4;

	ADD_ROWS(tests, n, rows, test_decode_row);
	ADD_ROWS(tests, n, option_rows, test_option_row);
	return _cmocka_run_group_tests("proto_transport", tests, n, NULL, NULL);
}
