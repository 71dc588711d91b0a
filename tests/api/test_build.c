// SPDX-License-Identifier: BSD-2-Clause
/* Building packets: what is filled in, what is kept, and what fails. */
#include <errno.h>

#include "support/built.h"

static const struct pktcap_eth eth = { { 2, 0, 0, 0, 0, 2 },
				       { 2, 0, 0, 0, 0, 1 },
				       0x1234 };
static const struct pktcap_vlan vlan = { .vid = 5, .pcp = 3 };
static const struct pktcap_ipv4 ip = {
	.src = { 10, 0, 0, 1 }, .dst = { 10, 0, 0, 2 }, .ttl = 64, .checksum = 1
};
static const struct pktcap_udp udp = { 50000, 9, 0, 0 };

static int start(struct pktcap_build *build, size_t size)
{
	static uint8_t frame[2048];

	memset(frame, 0xee, sizeof(frame));
	pktcap_build_start(build, frame, size);
	return pktcap_build_eth(build, &eth, 0);
}

static void fills_in_what_follows(void **state)
{
	struct pktcap_build build;

	(void)state;
	start(&build, 2048);
	assert_int_equal(pktcap_build_vlan(&build, &vlan, 0), 0);
	assert_int_equal(pktcap_build_ipv4(&build, &ip, 0), 0);
	assert_int_equal(pktcap_build_udp(&build, &udp, 0), 0);
	assert_int_equal(pktcap_build_data(&build, "hel", 3), 0);
	assert_int_equal(pktcap_build_data(&build, "lo", 2), 0);
	assert_int_equal(pktcap_build_pad(&build, 53), 0);
	built_is(&build, "020000000002020000000001"
			 "810060050800"
			 "4500002100000000401166ca0a0000010a000002"
			 "c3500009000de4a568656c6c6f0000");
}

static void keeps_what_it_is_told_to(void **state)
{
	struct pktcap_ipv4 wrong = ip;
	struct pktcap_build build;

	(void)state;
	wrong.header_len = 24;
	wrong.total_length = 9;
	wrong.protocol = 99;
	start(&build, 2048);
	assert_int_equal(pktcap_build_ipv4(&build, &wrong, PKTCAP_KEEP_ALL), 0);
	assert_int_equal(pktcap_build_udp(&build, &udp, PKTCAP_KEEP_CHECKSUM),
			 0);
	built_is(&build, "0200000000020200000000010800"
			 "4600000900000000406300010a0000010a000002"
			 "c350000900080000");
}

/* 0 says that there is no checksum: what comes out as 0 is sent as ffff. */
static void a_sum_of_0_is_ffff(void **state)
{
	struct pktcap_build build;

	(void)state;
	start(&build, 2048);
	pktcap_build_ipv4(&build, &ip, 0);
	pktcap_build_udp(&build, &udp, 0);
	pktcap_build_data(&build, "\x28\x7e", 2);
	built_is(&build, "0200000000020200000000010800"
			 "4500001e00000000401166cd0a0000010a000002"
			 "c3500009000affff287e");
}

/* The type of Ethernet stays in front of what has no number. */
static void keeps_the_number_of_data(void **state)
{
	struct pktcap_build build;

	(void)state;
	start(&build, 2048);
	pktcap_build_data(&build, NULL, 2);
	built_is(&build, "02000000000202000000000112340000");
}

static void failures_have_names(void **state)
{
	struct pktcap_vlan large = { .vid = 4096 };
	struct pktcap_build build;

	(void)state;
	start(&build, 2048);
	assert_int_equal(pktcap_build_vlan(&build, &large, 0), -ERANGE);
	/* The first failure stays, whatever comes then. */
	assert_int_equal(pktcap_build_udp(&build, &udp, 0), -ERANGE);
	built_fails(&build, -ERANGE, "vlan: vid is 4096, at most 4095");
	start(&build, 2048);
	assert_int_equal(pktcap_build_udp(&build, &udp, 0), -EPROTOTYPE);
	built_fails(
		&build, -EPROTOTYPE,
		"udp cannot follow eth: put ipv4 between, or PKTCAP_KEEP_NEXT");
	start(&build, 33);
	assert_int_equal(pktcap_build_ipv4(&build, &ip, 0), -ENOSPC);
	built_fails(&build, -ENOSPC,
		    "ipv4: no room behind 14 bytes: the buffer has 33, give a "
		    "larger one");
	start(&build, 2048);
	pktcap_build_pad(&build, 60);
	assert_int_equal(pktcap_build_ipv4(&build, &ip, 0), -EBUSY);
	start(&build, 2048);
	assert_int_equal(pktcap_build_trailer(&build, 1, "", 1), -EINVAL);
}

static void a_length_has_to_fit(void **state)
{
	static uint8_t frame[70000];
	struct pktcap_build build;

	(void)state;
	pktcap_build_start(&build, frame, sizeof(frame));
	pktcap_build_ipv4(&build, &ip, 0);
	assert_int_equal(pktcap_build_data(&build, NULL, 65516), 0);
	built_fails(&build, -EMSGSIZE,
		    "ipv4: total_length would be 65536, at most 65535");
}

static void headers_are_counted(void **state)
{
	struct pktcap_build build;

	(void)state;
	start(&build, 2048);
	for (int i = 1; i < PKTCAP_LAYERS; i++)
		assert_int_equal(pktcap_build_vlan(&build, &vlan, 0), 0);
	assert_int_equal(pktcap_build_ipv4(&build, &ip, 0), -E2BIG);
}

/* A template, of which a byte is changed for each packet. */
static void finishes_again_what_was_changed_in_place(void **state)
{
	const struct pktcap_layer *layers;
	struct pktcap_build build;
	size_t n;

	(void)state;
	start(&build, 2048);
	pktcap_build_ipv4(&build, &ip, 0);
	pktcap_build_data(&build, "a", 1);
	assert_int_equal(pktcap_build_finish(&build), 35);
	layers = pktcap_build_layers(&build, &n);
	assert_int_equal(n, 3);
	assert_int_equal(layers[1].proto, PKTCAP_PROTO_IPV4);
	assert_int_equal(layers[1].offset, 14);
	assert_int_equal(layers[1].header_len, 20);
	assert_int_equal(layers[1].caplen, 21);
	assert_int_equal(layers[2].proto, PKTCAP_PROTO_DATA);
	build.data[layers[1].offset + 8]--;
	built_is(&build, "0200000000020200000000010800"
			 "45000015000000003f0067e70a0000010a00000261");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills_in_what_follows),
		cmocka_unit_test(keeps_what_it_is_told_to),
		cmocka_unit_test(a_sum_of_0_is_ffff),
		cmocka_unit_test(keeps_the_number_of_data),
		cmocka_unit_test(failures_have_names),
		cmocka_unit_test(a_length_has_to_fit),
		cmocka_unit_test(headers_are_counted),
		cmocka_unit_test(finishes_again_what_was_changed_in_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
