// SPDX-License-Identifier: BSD-2-Clause
/* Building TCP, UDP-Lite and SCTP, with options and chunks. */
#include <errno.h>

#include "support/built.h"
#include "support/rows.h"

static const struct pktcap_ipv4 ip4 = {
	.src = { 10, 0, 0, 1 },
	.dst = { 10, 0, 0, 2 },
	.ttl = 64,
};
#define IP4(length, protocol, checksum)                               \
	"4500 " length " 0000 0000 40 " protocol " " checksum " 0a00" \
	"0001 0a000002"

static const struct pktcap_tcp syn = {
	.src_port = 50000,
	.dst_port = 80,
	.seq = 0x01020304,
	.flags = PKTCAP_TCP_SYN,
	.window = 64240,
};

static void put_tcp(struct pktcap_build *b, struct pktcap_tcp tcp,
		    uint32_t keep)
{
	pktcap_build_ipv4(b, &ip4, 0);
	pktcap_build_tcp(b, &tcp, keep);
}

static void all_of_tcp(struct pktcap_build *b)
{
	struct pktcap_tcp tcp = syn;

	tcp.ack = 0x05060708;
	tcp.flags = 0x1ff;
	tcp.reserved_bits = 7;
	tcp.urgent_pointer = 9;
	tcp.checksum = 0x1111;
	put_tcp(b, tcp, 0);
	pktcap_build_data(b, "abc", 3);
}

/* What Linux sends first. */
static void options_of_a_syn(struct pktcap_build *b)
{
	const struct pktcap_tcp_option options[] = {
		{ .kind = PKTCAP_TCP_OPTION_MSS, .value = 1460 },
		{ .kind = PKTCAP_TCP_OPTION_SACK_PERMITTED },
		{ .kind = PKTCAP_TCP_OPTION_TIMESTAMPS,
		  .value = 0x11223344,
		  .echo_reply = 0x55667788 },
		{ .kind = PKTCAP_TCP_OPTION_NOP },
		{ .kind = PKTCAP_TCP_OPTION_WINDOW_SCALE, .value = 7 },
	};
	struct pktcap_tcp tcp = syn;
	uint8_t buf[40];
	int len = pktcap_tcp_options_put(buf, sizeof(buf), options, 5);

	assert_int_equal(len, 20);
	tcp.options = buf;
	tcp.options_len = (uint8_t)len;
	put_tcp(b, tcp, 0);
}

/* Zeros are the end of the list. */
static void options_end(struct pktcap_build *b)
{
	struct pktcap_tcp tcp = syn;

	tcp.options = (const uint8_t *)"\x03\x03\x07";
	tcp.options_len = 3;
	put_tcp(b, tcp, PKTCAP_KEEP_CHECKSUM);
}

static void wrong_offset(struct pktcap_build *b)
{
	struct pktcap_tcp tcp = syn;

	tcp.header_len = 60;
	put_tcp(b, tcp, PKTCAP_KEEP_ALL);
}

static void odd_offset(struct pktcap_build *b)
{
	struct pktcap_tcp tcp = syn;

	tcp.header_len = 22;
	put_tcp(b, tcp, PKTCAP_KEEP_LENGTHS);
}

static void large_offset(struct pktcap_build *b)
{
	struct pktcap_tcp tcp = syn;

	tcp.header_len = 64;
	put_tcp(b, tcp, PKTCAP_KEEP_LENGTHS);
}

static void many_options(struct pktcap_build *b)
{
	static const uint8_t zeros[41];
	struct pktcap_tcp tcp = syn;

	tcp.options = zeros;
	tcp.options_len = sizeof(zeros);
	put_tcp(b, tcp, 0);
}

static void many_flags(struct pktcap_build *b)
{
	struct pktcap_tcp tcp = syn;

	tcp.flags = 0x200;
	put_tcp(b, tcp, 0);
}

static void put_udplite(struct pktcap_build *b, uint16_t coverage)
{
	const struct pktcap_udplite udplite = { 50000, 9, coverage, 0x1234 };

	pktcap_build_ipv4(b, &ip4, 0);
	pktcap_build_udplite(b, &udplite, 0);
	pktcap_build_data(b, "abc", 3);
}

static void all_covered(struct pktcap_build *b)
{
	put_udplite(b, 0);
}

static void header_covered(struct pktcap_build *b)
{
	put_udplite(b, 8);
}

static void more_covered(struct pktcap_build *b)
{
	put_udplite(b, 12);
}

static const uint8_t sack[] = { 0, 0, 0, 1, 0, 0, 0xff, 0xff, 0, 0, 0, 0 };

static const uint8_t zeros[64];

static const struct pktcap_sctp_chunk chunks[] = {
	{ .type = PKTCAP_SCTP_DATA,
	  .flags = 3,
	  .tsn = 0x01020304,
	  .stream = 5,
	  .ssn = 6,
	  .message = 99,
	  .ppid = 7,
	  .data = (const uint8_t *)"abc",
	  .data_len = 3 },
	{ .type = PKTCAP_SCTP_I_DATA,
	  .tsn = 1,
	  .stream = 2,
	  .message = 3,
	  .ppid = 4 },
	{ .type = PKTCAP_SCTP_SACK, .tsn = 9, .data = sack, .data_len = 12 },
	{ .type = PKTCAP_SCTP_SHUTDOWN, .tsn = 9, .data = sack, .data_len = 4 },
	{ .type = 6 },
	{ .type = 10, .data = (const uint8_t *)"\1", .data_len = 1 },
};
#define CHUNKS                                             \
	"00 03 0013 01020304 0005 0006 00000007 616263 00" \
	"40 00 0014 00000001 0002 0000 00000003 00000004"  \
	"03 00 0010 00000009 0000ffff 0000 0000"           \
	"07 00 0008 00000009"                              \
	"06 00 0004"                                       \
	"0a 00 0005 01 000000"

static void sctp(struct pktcap_build *b)
{
	struct pktcap_sctp header = { .src_port = 50000,
				      .dst_port = 36412,
				      .tag = 0x0a0b0c0d };
	uint8_t buf[256];
	int len = pktcap_sctp_chunks_put(buf, sizeof(buf), chunks, 6);

	assert_in_range(len, 0, sizeof(buf));
	header.chunks = buf;
	header.chunks_len = (uint32_t)len;
	pktcap_build_ipv4(b, &ip4, 0);
	pktcap_build_sctp(b, &header, 0);
}

static void sctp_checksum_kept(struct pktcap_build *b)
{
	const struct pktcap_sctp header = { .checksum = 0x12345678 };

	pktcap_build_sctp(b, &header, PKTCAP_KEEP_CHECKSUM);
}

static void put_ah(struct pktcap_build *b, uint16_t header_len, uint32_t keep)
{
	const struct pktcap_ah ah = {
		.spi = 0x01020304,
		.seq = 5,
		.header_len = header_len,
		.reserved_word = 6,
		.next_header = 59,
		.icv = (const uint8_t *)"\x11\x22\x33\x44\x55",
		.icv_len = 5,
	};

	pktcap_build_ah(b, &ah, keep);
}

static void ipsec(struct pktcap_build *b)
{
	const struct pktcap_esp esp = { 0x0a0b0c0d, 7 };

	pktcap_build_ipv4(b, &ip4, 0);
	put_ah(b, 0, 0);
	pktcap_build_esp(b, &esp, 0);
	pktcap_build_data(b, "abc", 3);
}

static void ah_without_length(struct pktcap_build *b)
{
	put_ah(b, 0, PKTCAP_KEEP_ALL);
}

static void ah_too_long(struct pktcap_build *b)
{
	put_ah(b, 1032, PKTCAP_KEEP_LENGTHS);
}

static const struct built_row rows[] = {
	{ "all bits of TCP", all_of_tcp,
	  IP4("002b", "06", "66cb") "c350 0050 01020304 05060708 5f ff faf0"
				    "f8ce 0009 616263",
	  0 },
	{ "what Linux sends first", options_of_a_syn,
	  IP4("003c", "06", "66ba") "c350 0050 01020304 00000000 a0 02 faf0"
				    "6011 0000 0204 05b4 0402 080a 11223344"
				    "55667788 01 0303 07",
	  0 },
	{ "options that end on 3 bytes", options_end,
	  IP4("002c", "06", "66ca") "c350 0050 01020304 00000000 60 02 faf0"
				    "0000 0000 0303 0700",
	  0 },
	{ "a wrong length of the header", wrong_offset,
	  IP4("0028", "06", "66ce") "c350 0050 01020304 00000000 f0 02 faf0"
				    "0000 0000",
	  0 },
	{ "a length that is no multiple of 4", odd_offset,
	  "tcp: header_len is 22, no multiple of 4", -ERANGE },
	{ "a length beyond the field", large_offset,
	  "tcp: header_len is 64, at most 60", -ERANGE },
	{ "options beyond the field", many_options,
	  "tcp: options_len is 41, at most 40", -ERANGE },
	{ "flags beyond the field", many_flags,
	  "tcp: flags is 512, at most 511", -ERANGE },
	{ "UDP-Lite, all covered", all_covered,
	  IP4("001f", "88", "6655") "c350 0009 0000 63ad 616263", 0 },
	{ "UDP-Lite, the header covered", header_covered,
	  IP4("001f", "88", "6655") "c350 0009 0008 2808 616263", 0 },
	{ "UDP-Lite, more covered than there is", more_covered,
	  IP4("001f", "88", "6655") "c350 0009 000c 1234 616263", 0 },
	{ "SCTP with its CRC", sctp,
	  IP4("006c", "84", "660c") "c350 8e3c 0a0b0c0d 26a81346" CHUNKS, 0 },
	{ "SCTP with another checksum", sctp_checksum_kept,
	  "0000 0000 00000000 12345678", 0 },
	{ "IPsec", ipsec,
	  IP4("0033", "33", "6696") "32 03 0006 01020304 00000005"
				    "1122334455000000 0a0b0c0d 00000007 616263",
	  0 },
	{ "AH without a length", ah_without_length,
	  "ah: header_len is 0, at least 8", -ERANGE },
	{ "AH of too many words", ah_too_long,
	  "ah: header_len is 1032, at most 1028", -ERANGE },
};

/* Lists of TCP options that are written in ways of their own, or cannot be. */
static const struct list {
	const char *name;
	struct pktcap_tcp_option option;
	const char *bytes;
	int len;
} lists[] = {
	{ "SACK blocks",
	  { .kind = PKTCAP_TCP_OPTION_SACK,
	    .blocks = 2,
	    .sack = { 1, 2, 3, 0x04050607, 9 } },
	  "\5\x12\0\0\0\1\0\0\0\2\0\0\0\3\4\5\6\7",
	  18 },
	{ "a changed value wins over the data",
	  { .kind = PKTCAP_TCP_OPTION_MSS,
	    .value = 0x0102,
	    .data = (const uint8_t *)"\xff\xff",
	    .data_len = 2 },
	  "\2\4\1\2",
	  4 },
	{ "data of a length that the kind does not have",
	  { .kind = PKTCAP_TCP_OPTION_MSS,
	    .value = 0x0102,
	    .data = (const uint8_t *)"\xff\xff\xff",
	    .data_len = 3 },
	  "\2\5\xff\xff\xff",
	  5 },
	{ "a length that leaves no room for data",
	  { .kind = PKTCAP_TCP_OPTION_MSS, .value = 0x0102, .length = 2 },
	  "\2\2",
	  2 },
	{ "user timeout",
	  { .kind = PKTCAP_TCP_OPTION_USER_TIMEOUT, .value = 0x8005 },
	  "\x1c\4\x80\5",
	  4 },
	{ "other kinds have their data",
	  { .kind = PKTCAP_TCP_OPTION_MPTCP,
	    .value = 9,
	    .data = (const uint8_t *)"\x10\1",
	    .data_len = 2 },
	  "\x1e\4\x10\1",
	  4 },
	{ "the end", { .kind = PKTCAP_TCP_OPTION_END }, "", 1 },
	{ "the end with data",
	  { .kind = PKTCAP_TCP_OPTION_END,
	    .data = (const uint8_t *)"",
	    .data_len = 1 },
	  NULL,
	  -ERANGE },
	{ "a segment size beyond its field",
	  { .kind = PKTCAP_TCP_OPTION_MSS, .value = 65536 },
	  NULL,
	  -ERANGE },
	{ "a shift beyond its field",
	  { .kind = PKTCAP_TCP_OPTION_WINDOW_SCALE, .value = 256 },
	  NULL,
	  -ERANGE },
	{ "five SACK blocks",
	  { .kind = PKTCAP_TCP_OPTION_SACK, .blocks = 5 },
	  NULL,
	  -ERANGE },
	{ "more than a header has room for",
	  { .kind = 99, .data = zeros, .data_len = 39 },
	  NULL,
	  -ERANGE },
};

static void expect_list(void **state)
{
	const struct list *list = *state;
	uint8_t buf[64];
	int len = pktcap_tcp_options_put(buf, sizeof(buf), &list->option, 1);

	assert_int_equal(len, list->len);
	if (len < 0)
		return;
	assert_memory_equal(buf, list->bytes, (size_t)len);
	assert_int_equal(
		pktcap_tcp_options_put(buf, (size_t)len - 1, &list->option, 1),
		-ENOSPC);
}

static void chunks_have_limits(void **state)
{
	static const uint8_t long_data[65536];
	static uint8_t buf[65536 + 16];
	struct pktcap_sctp_chunk chunk = { .type = PKTCAP_SCTP_DATA,
					   .data = long_data,
					   .data_len = 65535 - 16 };

	(void)state;
	assert_int_equal(pktcap_sctp_chunks_put(buf, sizeof(buf), &chunk, 1),
			 65536);
	assert_int_equal(pktcap_sctp_chunks_put(buf, 65535, &chunk, 1),
			 -ENOSPC);
	chunk.data_len++;
	assert_int_equal(pktcap_sctp_chunks_put(buf, sizeof(buf), &chunk, 1),
			 -ERANGE);
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(chunks_have_limits),
	};
	size_t n = 1;

	ADD_ROWS(tests, n, rows, built_row_run);
	ADD_ROWS(tests, n, lists, expect_list);
	return _cmocka_run_group_tests("build transport", tests, n, NULL, NULL);
}
