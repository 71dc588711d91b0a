// SPDX-License-Identifier: BSD-2-Clause
/* Building IP, its extension headers, ICMP and neighbour discovery. */
#include <errno.h>

#include "support/built.h"

static const struct pktcap_ipv6 ip6 = {
	.src = { 0xfe, 0x80, [15] = 1 },
	.dst = { 0xff, 2, [11] = 1, 0xff, [15] = 2 },
	.flow_label = 0xabcde,
	.dscp = 46,
	.ecn = 1,
	.next_header = 59,
	.hop_limit = 255,
};
#define IP6_ADDRESSES                             \
	"fe80 0000 0000 0000 0000 0000 0000 0001" \
	"ff02 0000 0000 0000 0000 0001 ff00 0002"

static void start(struct pktcap_build *build)
{
	static uint8_t packet[2048];

	memset(packet, 0xee, sizeof(packet));
	pktcap_build_start(build, packet, sizeof(packet));
}

static void start_ip6(struct pktcap_build *build)
{
	start(build);
	assert_int_equal(pktcap_build_ipv6(build, &ip6, 0), 0);
}

static void ipv6_has_the_length_behind_it(void **state)
{
	struct pktcap_build build;

	(void)state;
	start_ip6(&build);
	pktcap_build_data(&build, "abc", 3);
	built_is(&build, "6b9abcde 0003 3b ff" IP6_ADDRESSES "616263");
}

static void bits_of_ipv6_are_counted(void **state)
{
	struct pktcap_ipv6 large = ip6;
	struct pktcap_build build;

	(void)state;
	large.flow_label = 0x100000;
	start(&build);
	assert_int_equal(pktcap_build_ipv6(&build, &large, 0), -ERANGE);
	built_fails(&build, -ERANGE,
		    "ipv6: flow_label is 1048576, at most 1048575");
}

static const uint8_t mac[] = { 2, 0, 0, 0, 0, 1 };

/* RFC 4861, 4.3: what asks for the address of a neighbour. */
static void a_neighbour_is_asked_for(void **state)
{
	const struct pktcap_tlv option = { .type = 1, .data = mac, .len = 6 };
	struct pktcap_nd nd = { .type = PKTCAP_ICMP6_NEIGHBOUR_SOLICITATION,
				.target = { 0xfe, 0x80, [15] = 2 } };
	struct pktcap_build build;
	uint8_t options[8];

	(void)state;
	assert_int_equal(
		pktcap_nd_options_put(options, sizeof(options), &option, 1), 8);
	nd.options = options;
	nd.options_len = 8;
	start_ip6(&build);
	assert_int_equal(pktcap_build_nd(&build, &nd, 0), 0);
	built_is(&build, "6b9abcde 0020 3a ff" IP6_ADDRESSES
			 "87 00 7a97 00000000 fe80000000000000 0000000000000002"
			 "01 01 020000000001");
}

static void other_messages_of_discovery(void **state)
{
	struct pktcap_nd router = {
		.type = PKTCAP_ICMP6_ROUTER_ADVERTISEMENT,
		.flags = 0xc8,
		.hop_limit = 64,
		.lifetime = 1800,
		.reachable_time = 0x01020304,
		.retransmission = 0x05060708,
	};
	struct pktcap_nd redirect = {
		.type = PKTCAP_ICMP6_REDIRECT,
		.code = 9,
		.checksum = 0x1234,
		.flags = 0x80000001,
		.target = { 1 },
		.destination = { 2 },
	};
	struct pktcap_build build;

	(void)state;
	start(&build);
	pktcap_build_nd(&build, &router, 0);
	built_is(&build, "86 00 0000 40 c8 0708 01020304 05060708");
	start(&build);
	pktcap_build_nd(&build, &redirect, PKTCAP_KEEP_CHECKSUM);
	built_is(&build, "89 09 1234 80000001"
			 "01000000000000000000000000000000"
			 "02000000000000000000000000000000");
	router.flags = 256;
	start(&build);
	pktcap_build_nd(&build, &router, 0);
	built_fails(&build, -ERANGE, "icmp6: flags is 256, at most 255");
	router.type = 132;
	start(&build);
	pktcap_build_nd(&build, &router, 0);
	built_fails(&build, -ERANGE, "icmp6: type is 132, at least 133");
}

static void discovery_options_are_put(void **state)
{
	const struct pktcap_tlv two[] = {
		{ .type = 14, .data = mac, .len = 6 },
		{ .type = 255, .data = mac, .len = 0 },
	};
	const struct pktcap_tlv type = { .type = 256 };
	const struct pktcap_tlv len = { .len = 255 * 8 - 1 };
	static const uint8_t want[] = { 14, 1, 2, 0, 0, 0, 0, 1, 255, 1 };
	uint8_t buf[16];

	(void)state;
	memset(buf, 0xee, sizeof(buf));
	assert_int_equal(pktcap_nd_options_put(buf, 16, two, 2), 16);
	assert_memory_equal(buf, want, sizeof(want));
	assert_memory_equal(buf + 10, "\0\0\0\0\0\0", 6);
	assert_int_equal(pktcap_nd_options_put(buf, 15, two, 2), -ENOSPC);
	assert_int_equal(pktcap_nd_options_put(buf, 16, &type, 1), -ERANGE);
	assert_int_equal(pktcap_nd_options_put(buf, 16, &len, 1), -ERANGE);
	assert_int_equal(pktcap_nd_options_put(buf, 0, NULL, 0), 0);
}

static void icmp6_quotes_what_failed(void **state)
{
	struct pktcap_icmp6 big = { .type = PKTCAP_ICMP6_TOO_BIG,
				    .rest = 1280 };
	struct pktcap_build build;

	(void)state;
	start_ip6(&build);
	pktcap_build_icmp6(&build, &big, 0);
	assert_int_equal(pktcap_build_ipv6(&build, &ip6, PKTCAP_KEEP_ALL), 0);
	built_is(&build,
		 "6b9abcde 0030 3a ff" IP6_ADDRESSES "02 00 9b0b 00000500"
		 "6b9abcde 0000 3b ff" IP6_ADDRESSES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ipv6_has_the_length_behind_it),
		cmocka_unit_test(bits_of_ipv6_are_counted),
		cmocka_unit_test(a_neighbour_is_asked_for),
		cmocka_unit_test(other_messages_of_discovery),
		cmocka_unit_test(discovery_options_are_put),
		cmocka_unit_test(icmp6_quotes_what_failed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
