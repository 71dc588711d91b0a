// SPDX-License-Identifier: BSD-2-Clause
/* Headers that promise what they do not have, and calls in an odd order. */
#include <errno.h>

#include <pktcap/decode.h>

#include "support/built.h"
#include "support/rows.h"

static const struct pktcap_ipv4 ip = { .src = { 10, 0, 0, 1 },
				       .dst = { 10, 0, 0, 2 },
				       .ttl = 64 };

/* What an empty packet decodes to is nothing, which can be built, too. */
static void nothing_is_built_from_nothing(void **state)
{
	struct pktcap_packet pkt = { .linktype = PKTCAP_LINKTYPE_ETHERNET };
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(&pkt, layers, PKTCAP_LAYERS);
	struct pktcap_build build;
	uint8_t frame[64];

	(void)state;
	assert_int_equal(n, 0);
	pktcap_build_start(&build, frame, sizeof(frame));
	assert_int_equal(pktcap_build_rest(&build, &pkt, layers, n), 0);
	assert_int_equal(pktcap_build_finish(&build), 0);
	pktcap_build_start(&build, NULL, 0);
	assert_int_equal(pktcap_build_data(&build, NULL, 0), 0);
	assert_int_equal(pktcap_build_finish(&build), 0);
	pktcap_build_start(&build, NULL, 0);
	assert_int_equal(pktcap_build_ipv4(&build, &ip, 0), -ENOSPC);
}

/* Of another version GRE has a length, for which this header has no room. */
static void nothing_is_filled_in_behind_the_header(void **state)
{
	struct pktcap_gre gre = { .protocol = 0x880b };
	struct pktcap_build build;
	uint8_t frame[6] = { [4] = 0xee, [5] = 0xee };

	(void)state;
	pktcap_build_start(&build, frame, 4);
	assert_int_equal(pktcap_build_gre(&build, &gre, 0), 0);
	frame[1] = 1;
	built_is(&build, "0001880b");
	frame[0] = 0x80;
	built_is(&build, "8001880b");
	assert_memory_equal(frame + 4, "\xee\xee", 2);
}

static void a_layer_that_was_cut_is_not_finished(void **state)
{
	static const uint8_t bytes[4] = { 0x45, 0, 0, 99 };
	const struct pktcap_layer cut = { .data = bytes,
					  .proto = PKTCAP_PROTO_IPV4,
					  .header_len = 20,
					  .caplen = sizeof(bytes) };
	struct pktcap_build build;
	uint8_t frame[sizeof(bytes)];

	(void)state;
	pktcap_build_start(&build, frame, sizeof(bytes));
	assert_int_equal(pktcap_build_layer(&build, &cut, 0), 0);
	built_is(&build, "45000063");
}

/* Padding ended all of them: what comes then cannot be inside one. */
static void no_trailer_is_inside_behind_padding(void **state)
{
	static const uint8_t bytes[34] = { [12] = 8, [14] = 0x45, [17] = 20 };
	const struct pktcap_packet pkt = { .data = bytes,
					   .caplen = sizeof(bytes),
					   .wirelen = sizeof(bytes) };
	const struct pktcap_layer layers[2] = {
		{ .data = bytes,
		  .header_len = 14,
		  .caplen = sizeof(bytes),
		  .proto = PKTCAP_PROTO_ETH },
		{ .data = bytes + 14,
		  .offset = 14,
		  .header_len = 18,
		  .caplen = 18,
		  .proto = PKTCAP_PROTO_IPV4 },
	};
	struct pktcap_build build;
	uint8_t frame[128];

	(void)state;
	pktcap_build_start(&build, frame, sizeof(frame));
	pktcap_build_layer(&build, &layers[0], 0);
	pktcap_build_layer(&build, &layers[1], PKTCAP_KEEP_ALL);
	pktcap_build_pad(&build, 60);
	assert_int_equal(pktcap_build_rest(&build, &pkt, layers, 2), -EBUSY);
}

/* Nothing may take the identification of the message for its length. */
static void messages_have_another_form_in_streams(void **state)
{
	static const uint8_t bytes[12] = { 1, 2 };
	struct pktcap_layer dns = { .data = bytes,
				    .proto = PKTCAP_PROTO_DNS,
				    .below = PKTCAP_PROTO_UDP,
				    .header_len = sizeof(bytes),
				    .caplen = sizeof(bytes) };
	const struct pktcap_tcp tcp = { .dst_port = 53 };
	struct pktcap_build build;
	uint8_t frame[64];

	(void)state;
	pktcap_build_start(&build, frame, sizeof(frame));
	pktcap_build_tcp(&build, &tcp, 0);
	assert_int_equal(pktcap_build_layer(&build, &dns, 0), -EPROTOTYPE);
	built_fails(&build, -EPROTOTYPE,
		    "dns: a length is in front of messages in TCP alone: build "
		    "this one out of its struct");
	pktcap_build_start(&build, frame, sizeof(frame));
	assert_int_equal(pktcap_build_layer(&build, &dns, 0), 0);
	built_is(&build, "010200000000000000000000");
}

static void put_ip_length(struct pktcap_build *build)
{
	struct pktcap_ipv4 header = ip;

	header.total_length = 9;
	pktcap_build_ipv4(build, &header, PKTCAP_KEEP_LENGTHS);
}

static void put_hopopts_length(struct pktcap_build *build)
{
	const struct pktcap_ipv6_options header = { .next_header = 59 };

	pktcap_build_ipv6_hopopts(build, &header, PKTCAP_KEEP_LENGTHS);
}

static void put_options_of_nowhere(struct pktcap_build *build)
{
	const struct pktcap_tcp tcp = { .options_len = 3 };

	pktcap_build_tcp(build, &tcp, 0);
}

static void put_records_of_nowhere(struct pktcap_build *build)
{
	const struct pktcap_igmp igmp = { .type = 0x22,
					  .version = 3,
					  .body_len = 8 };

	pktcap_build_igmp(build, &igmp, 0);
}

/* LLC was announced by the length of its frame, which GRE does not have. */
static void put_llc_behind_gre(struct pktcap_build *build)
{
	static const uint8_t bytes[3] = { 0x42, 0x42, 3 };
	const struct pktcap_layer llc = { .data = bytes,
					  .proto = PKTCAP_PROTO_LLC,
					  .header_len = sizeof(bytes),
					  .caplen = sizeof(bytes),
					  .number = 38 };
	const struct pktcap_gre gre = { .protocol = 0 };

	pktcap_build_gre(build, &gre, 0);
	pktcap_build_layer(build, &llc, 0);
}

static void put_ip_behind_pptp(struct pktcap_build *build)
{
	const struct pktcap_gre gre = { .flags = 1 };

	pktcap_build_gre(build, &gre, 0);
	pktcap_build_ipv4(build, &ip, 0);
}

/* What is told is the first failure, and both headers of it. */
static void put_impossible_twice(struct pktcap_build *build)
{
	const struct pktcap_gre gre = { .flags = 1 };
	const struct pktcap_vxlan vxlan = { .vni = 1 };

	pktcap_build_gre(build, &gre, 0);
	pktcap_build_eth(build, &(struct pktcap_eth){ .type = 0 }, 0);
	pktcap_build_ipv4(build, &ip, 0);
	pktcap_build_udp(build, &(struct pktcap_udp){ .dst_port = 4789 }, 0);
	pktcap_build_vxlan(build, &vxlan, 0);
	pktcap_build_ipv4(build, &ip, 0);
}

static void put_question_of_nothing(struct pktcap_build *build)
{
	pktcap_build_dns_question(build, "a", 1, 1);
}

static void put_pptp_checksum(struct pktcap_build *build)
{
	const struct pktcap_gre gre = { .flags = 0x8001, .protocol = 0x880b };

	pktcap_build_gre(build, &gre, 0);
}

static const struct built_row rows[] = {
	{ "a header's own length of 0 is not meant", put_ip_length,
	  "4500000900000000400066f30a0000010a000002", 0 },
	{ "nor is that of an extension", put_hopopts_length, "3b00010400000000",
	  0 },
	{ "options that point nowhere are zeros", put_options_of_nowhere,
	  "0000000000000000000000006000000000000000 00000000", 0 },
	{ "records that point nowhere are none", put_records_of_nowhere,
	  "2200ddff000000000000000000000000", 0 },
	{ "a length is no EtherType", put_llc_behind_gre, "00008870424203", 0 },
	{ "PPTP carries PPP alone", put_ip_behind_pptp,
	  "ipv4 cannot follow gre, which has no number for it: put the header "
	  "between that has, or PKTCAP_KEEP_NEXT",
	  -EPROTOTYPE },
	{ "a question without any header", put_question_of_nothing,
	  "dns: a record needs a DNS header in front of it", -EINVAL },
	{ "the first failure is told", put_impossible_twice,
	  "ipv4 cannot follow vxlan: put eth between, or PKTCAP_KEEP_NEXT",
	  -EPROTOTYPE },
	{ "PPTP has no checksum", put_pptp_checksum, "a001880b00000000", 0 },
};

int main(void)
{
	struct CMUnitTest tests[32] = {
		cmocka_unit_test(nothing_is_built_from_nothing),
		cmocka_unit_test(nothing_is_filled_in_behind_the_header),
		cmocka_unit_test(a_layer_that_was_cut_is_not_finished),
		cmocka_unit_test(no_trailer_is_inside_behind_padding),
		cmocka_unit_test(messages_have_another_form_in_streams),
	};
	size_t n = 5;

	ADD_ROWS(tests, n, rows, built_row_run);
	return _cmocka_run_group_tests("build_misuse", tests, n, NULL, NULL);
}
