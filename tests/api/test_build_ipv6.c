// SPDX-License-Identifier: BSD-2-Clause
/* Building IPv6, its extension headers, ICMPv6 and neighbour discovery. */
#include <errno.h>

#include <pktcap/decode.h>

#include "support/built.h"
#include "support/built_ip6.h"
#include "support/rows.h"

static const struct pktcap_icmp6 echo6 = { .type = PKTCAP_ICMP6_ECHO_REQUEST,
					   .rest = 0x00070001 };

static void put_ip6(struct pktcap_build *b)
{
	pktcap_build_ipv6(b, &ip6, 0);
}

static void ip6_data(struct pktcap_build *b)
{
	put_ip6(b);
	pktcap_build_data(b, "abc", 3);
}

static void ip6_flow(struct pktcap_build *b)
{
	struct pktcap_ipv6 large = ip6;

	large.flow_label = 0x100000;
	pktcap_build_ipv6(b, &large, 0);
}

/* --- extension headers --------------------------------------------------- */

static void put_hopopts(struct pktcap_build *b, const uint8_t *options,
			uint16_t len)
{
	const struct pktcap_ipv6_options hopopts = { .next_header = 59,
						     .options = options,
						     .options_len = len };

	pktcap_build_ipv6_hopopts(b, &hopopts, 0);
}

static void router_alert(struct pktcap_build *b)
{
	static const uint8_t zero[2];
	const struct pktcap_tlv alert = { .type = 5, .data = zero, .len = 2 };
	uint8_t options[4];

	assert_int_equal(
		pktcap_ipv6_options_put(options, sizeof(options), &alert, 1),
		4);
	put_hopopts(b, options, 4);
	pktcap_build_icmp6(b, &echo6, PKTCAP_KEEP_CHECKSUM);
}

static void one_byte_left(struct pktcap_build *b)
{
	put_hopopts(b, (const uint8_t *)"\x1e\x03xyz", 5);
}

static void no_options(struct pktcap_build *b)
{
	put_hopopts(b, NULL, 0);
}

static void too_many_options(struct pktcap_build *b)
{
	static const uint8_t zeros[2047];

	put_hopopts(b, zeros, sizeof(zeros));
}

static void odd_length(struct pktcap_build *b)
{
	const struct pktcap_ipv6_options dstopts = { .header_len = 12 };

	pktcap_build_ipv6_dstopts(b, &dstopts, PKTCAP_KEEP_LENGTHS);
}

static void no_length(struct pktcap_build *b)
{
	const struct pktcap_ipv6_options dstopts = { .next_header = 1 };

	pktcap_build_ipv6_dstopts(b, &dstopts, PKTCAP_KEEP_ALL);
}

static void wrong_length(struct pktcap_build *b)
{
	const struct pktcap_ipv6_options dstopts = { .header_len = 2048,
						     .next_header = 1 };

	pktcap_build_ipv6_dstopts(b, &dstopts, PKTCAP_KEEP_LENGTHS);
}

static const uint8_t segments[32] = {
	[0] = 0x20, 1, [15] = 1, [16] = 0x20, 1, [31] = 2
};
#define SEGMENTS                                  \
	"2001 0000 0000 0000 0000 0000 0000 0001" \
	"2001 0000 0000 0000 0000 0000 0000 0002"

static void put_routing(struct pktcap_build *b, uint8_t type, uint32_t rest)
{
	const struct pktcap_ipv6_routing routing = {
		.type = type,
		.rest = rest,
		.segments_left = 1,
		.address_count = 2,
		.addresses = segments,
	};

	put_ip6(b);
	pktcap_build_ipv6_routing(b, &routing, 0);
	pktcap_build_icmp6(b, &echo6, 0);
}

/* Both checksums are over the last address, which is not at the same place. */
static void source_route(struct pktcap_build *b)
{
	put_routing(b, 0, 0);
}

static void segment_route(struct pktcap_build *b)
{
	put_routing(b, 4, 0xff030004);
}

static void segment_tlv(struct pktcap_build *b)
{
	const struct pktcap_ipv6_routing routing = {
		.type = 4,
		.next_header = 59,
		.address_count = 1,
		.addresses = segments,
		.data = (const uint8_t *)"\x08\x01\x09",
		.data_len = 3,
	};

	pktcap_build_ipv6_routing(b, &routing, 0);
}

/* RFC 6554: how much was filled up is told. */
static void compressed_route(struct pktcap_build *b)
{
	const struct pktcap_ipv6_routing routing = {
		.type = 3,
		.rest = 0xee000000,
		.next_header = 59,
		.segments_left = 3,
		.data = (const uint8_t *)"\1\2\3\4\5\6",
		.data_len = 6,
	};

	pktcap_build_ipv6_routing(b, &routing, 0);
}

static void too_long_route(struct pktcap_build *b)
{
	static const uint8_t many[128 * 16];
	const struct pktcap_ipv6_routing routing = { .address_count = 128,
						     .addresses = many };

	pktcap_build_ipv6_routing(b, &routing, 0);
}

/* RFC 6275, 6.3: what stands for the source. */
static void home_address(struct pktcap_build *b)
{
	const struct pktcap_tlv options[] = {
		{ .type = 1, .data = (const uint8_t *)"\0\0", .len = 2 },
		{ .type = 0xc9, .data = segments, .len = 16 },
	};
	struct pktcap_ipv6_options dstopts = { .next_header = 0 };
	uint8_t buf[22];

	assert_int_equal(pktcap_ipv6_options_put(buf, 22, options, 2), 22);
	dstopts.options = buf;
	dstopts.options_len = 22;
	put_ip6(b);
	pktcap_build_ipv6_dstopts(b, &dstopts, 0);
	pktcap_build_icmp6(b, &echo6, 0);
}

static void put_fragment(struct pktcap_build *b, uint8_t more)
{
	const struct pktcap_ipv6_fragment fragment = {
		.id = 0x01020304,
		.more_fragments = more,
		.reserved_byte = 5,
		.reserved_bits = 3,
	};
	const struct pktcap_udp given = { 50000, 9, 2000, 0x1234 };

	put_ip6(b);
	pktcap_build_ipv6_fragment(b, &fragment, 0);
	pktcap_build_udp(b, &given, 0);
}

static void first_fragment(struct pktcap_build *b)
{
	put_fragment(b, 1);
}

static void only_fragment(struct pktcap_build *b)
{
	put_fragment(b, 0);
}

static void later_fragment(struct pktcap_build *b)
{
	const struct pktcap_ipv6_fragment fragment = { .offset = 1480,
						       .next_header = 17 };

	put_ip6(b);
	pktcap_build_ipv6_fragment(b, &fragment, 0);
	pktcap_build_data(b, "ab", 2);
}

static void odd_fragment(struct pktcap_build *b)
{
	const struct pktcap_ipv6_fragment fragment = { .offset = 9 };

	pktcap_build_ipv6_fragment(b, &fragment, 0);
}

/* RFC 6275, 6.1.7: a binding update. */
static void binding_update(struct pktcap_build *b)
{
	const struct pktcap_ipv6_mobility update = {
		.next_header = 59,
		.type = 5,
		.data = (const uint8_t *)"\0\1\x80\0\0\2",
		.data_len = 6,
	};

	put_ip6(b);
	pktcap_build_ipv6_mobility(b, &update, 0);
}

/* --- neighbour discovery ------------------------------------------------- */

static const uint8_t mac[] = { 2, 0, 0, 0, 0, 1 };

static void solicitation(struct pktcap_build *b)
{
	const struct pktcap_tlv option = { .type = 1, .data = mac, .len = 6 };
	struct pktcap_nd nd = { .type = PKTCAP_ICMP6_NEIGHBOUR_SOLICITATION,
				.target = { 0xfe, 0x80, [15] = 2 } };
	uint8_t options[8];

	assert_int_equal(
		pktcap_nd_options_put(options, sizeof(options), &option, 1), 8);
	nd.options = options;
	nd.options_len = 8;
	put_ip6(b);
	pktcap_build_nd(b, &nd, 0);
}

static const struct pktcap_nd router = {
	.type = PKTCAP_ICMP6_ROUTER_ADVERTISEMENT,
	.flags = 0xc8,
	.hop_limit = 64,
	.lifetime = 1800,
	.reachable_time = 0x01020304,
	.retransmission = 0x05060708,
};

static void advertisement(struct pktcap_build *b)
{
	pktcap_build_nd(b, &router, 0);
}

static void redirect(struct pktcap_build *b)
{
	const struct pktcap_nd nd = {
		.type = PKTCAP_ICMP6_REDIRECT,
		.code = 9,
		.checksum = 0x1234,
		.flags = 0x80000001,
		.target = { 1 },
		.destination = { 2 },
	};

	pktcap_build_nd(b, &nd, PKTCAP_KEEP_CHECKSUM);
}

static void router_flags(struct pktcap_build *b)
{
	struct pktcap_nd nd = router;

	nd.flags = 256;
	pktcap_build_nd(b, &nd, 0);
}

static void small_type(struct pktcap_build *b)
{
	const struct pktcap_nd nd = { .type = 132 };

	pktcap_build_nd(b, &nd, 0);
}

static void large_type(struct pktcap_build *b)
{
	const struct pktcap_nd nd = { .type = 138 };

	pktcap_build_nd(b, &nd, 0);
}

static void quote6(struct pktcap_build *b)
{
	const struct pktcap_icmp6 big = { .type = PKTCAP_ICMP6_TOO_BIG,
					  .rest = 1280 };

	put_ip6(b);
	pktcap_build_icmp6(b, &big, 0);
	pktcap_build_ipv6(b, &ip6, PKTCAP_KEEP_ALL);
}

static const struct built_row rows[] = {
	{ "IPv6 has the length behind it", ip6_data,
	  "6b9abcde 0003 3b ff" IP6_ADDRESSES "616263", 0 },
	{ "bits of IPv6 are counted", ip6_flow,
	  "ipv6: flow_label is 1048576, at most 1048575", -ERANGE },
	{ "options end with padding", router_alert,
	  "3a 00 0502 0000 0100 80 00 0000 0007 0001", 0 },
	{ "one byte of padding", one_byte_left, "3b 00 1e03 78797a 00", 0 },
	{ "padding alone", no_options, "3b 00 0104 00000000", 0 },
	{ "options longer than a header", too_many_options,
	  "ipv6_hopopts: header_len is 2056, at most 2048", -ERANGE },
	{ "a length that is no multiple of 8", odd_length,
	  "ipv6_dstopts: header_len is 12, no multiple of 8", -ERANGE },
	{ "no length", no_length, "ipv6_dstopts: header_len is 0, at least 8",
	  -ERANGE },
	{ "a wrong length", wrong_length, "01 ff 0104 00000000", 0 },
	{ "source route", source_route,
	  "6b9abcde 0030 2b ff" IP6_ADDRESSES "3a 04 00 01 00000000" SEGMENTS
	  "80 00 6130 0007 0001",
	  0 },
	{ "segment route", segment_route,
	  "6b9abcde 0030 2b ff" IP6_ADDRESSES "3a 04 04 01 01030004" SEGMENTS
	  "80 00 6131 0007 0001",
	  0 },
	{ "segment route with a TLV", segment_tlv,
	  "3b 03 04 00 00000000 2001 0000 0000 0000 0000 0000 0000 0001"
	  "080109 0403 000000",
	  0 },
	{ "compressed route", compressed_route,
	  "3b 01 03 03 ee200000 010203040506 0000", 0 },
	{ "a route that is too long", too_long_route,
	  "ipv6_routing: header_len is 2056, at most 2048", -ERANGE },
	{ "home address", home_address,
	  "6b9abcde 0020 3c ff" IP6_ADDRESSES
	  "3a 02 0102 0000 c910 2001 0000 0000 0000 0000 0000 0000 0001"
	  "80 00 61ac 0007 0001",
	  0 },
	{ "what is in a fragment stays", first_fragment,
	  "6b9abcde 0010 2c ff" IP6_ADDRESSES "11 05 0007 01020304"
	  "c350 0009 07d0 1234",
	  0 },
	{ "a fragment that is all there", only_fragment,
	  "6b9abcde 0010 2c ff" IP6_ADDRESSES "11 05 0006 01020304"
	  "c350 0009 0008 3ffc",
	  0 },
	{ "a later fragment", later_fragment,
	  "6b9abcde 000a 2c ff" IP6_ADDRESSES "11 00 05c8 00000000 6162", 0 },
	{ "fragments begin at 8 bytes", odd_fragment,
	  "ipv6_fragment: offset is 9, no multiple of 8", -ERANGE },
	{ "binding update", binding_update,
	  "6b9abcde 0010 87 ff" IP6_ADDRESSES
	  "3b 01 05 00 41d9 0001 8000 0002 0102 0000",
	  0 },
	{ "a neighbour is asked for", solicitation,
	  "6b9abcde 0020 3a ff" IP6_ADDRESSES
	  "87 00 7a97 00000000 fe80 0000 0000 0000 0000 0000 0000 0002"
	  "01 01 020000000001",
	  0 },
	{ "router advertisement", advertisement,
	  "86 00 0000 40 c8 0708 01020304 05060708", 0 },
	{ "redirect", redirect,
	  "89 09 1234 80000001 01000000 00000000 00000000 00000000"
	  "02000000 00000000 00000000 00000000",
	  0 },
	{ "flags of a router", router_flags, "icmp6: flags is 256, at most 255",
	  -ERANGE },
	{ "types below discovery", small_type,
	  "icmp6: type is 132, at least 133", -ERANGE },
	{ "types above discovery", large_type,
	  "icmp6: type is 138, at most 137", -ERANGE },
	{ "ICMPv6 quotes what failed", quote6,
	  "6b9abcde 0030 3a ff" IP6_ADDRESSES "02 00 9b0b 00000500"
	  "6b9abcde 0000 3b ff" IP6_ADDRESSES,
	  0 },
};

/* Lengths of more than 16 bits are in the option alone (RFC 2675). */
static void a_jumbogram_says_so_in_its_option(void **state)
{
	static const uint8_t options[] = { 0xc2, 4, 0, 0, 0, 0 };
	static uint8_t packet[1 << 17];
	const struct pktcap_ipv6_options hopopts = { .options = options,
						     .options_len =
							     sizeof(options) };
	const struct pktcap_udp udp = { .src_port = 1, .dst_port = 2 };
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_build build;
	struct pktcap_packet pkt;
	size_t n;

	(void)state;
	pktcap_build_start(&build, packet, sizeof(packet));
	put_ip6(&build);
	pktcap_build_ipv6_hopopts(&build, &hopopts, 0);
	pktcap_build_udp(&build, &udp, 0);
	pktcap_build_data(&build, NULL, 0x10000);
	assert_int_equal(pktcap_build_finish(&build), 56 + 0x10000);
	assert_memory_equal(packet + 4, "\0\0", 2);
	assert_memory_equal(packet + 40, "\x11\0\xc2\4\0\1\0\x10", 8);
	assert_memory_equal(packet + 52, "\0\0", 2);
	assert_int_equal(pktcap_build_packet(&build, &pkt), 0);
	n = pktcap_decode(&pkt, layers, PKTCAP_LAYERS);
	assert_in_range(n, 3, 4);
	assert_int_equal(pktcap_layer_checksum(&pkt, layers, n, 2),
			 PKTCAP_CHECKSUM_GOOD);
}

static void without_a_jumbo_option_it_does_not_fit(void **state)
{
	static const uint8_t options[] = { 5, 2, 0, 0 };
	static uint8_t packet[1 << 17];
	const struct pktcap_ipv6_options hopopts = { .options = options,
						     .options_len =
							     sizeof(options) };
	struct pktcap_build build;

	(void)state;
	pktcap_build_start(&build, packet, sizeof(packet));
	put_ip6(&build);
	pktcap_build_ipv6_hopopts(&build, &hopopts, 0);
	pktcap_build_data(&build, NULL, 0x10000);
	built_fails(&build, -EMSGSIZE,
		    "ipv6: payload_length would be 65544, at most 65535");
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(a_jumbogram_says_so_in_its_option),
		cmocka_unit_test(without_a_jumbo_option_it_does_not_fit),
	};
	size_t n = 2;

	ADD_ROWS(tests, n, rows, built_row_run);
	return _cmocka_run_group_tests("build ipv6", tests, n, NULL, NULL);
}
