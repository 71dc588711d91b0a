// SPDX-License-Identifier: BSD-2-Clause
/* Building NTP, RADIUS, OSPF and VRRP. */
#include <errno.h>

#include "support/built.h"

static const struct pktcap_ipv6 ip6 = { .src = { 0xfe, 0x80, [15] = 1 },
					.dst = { 0xff, 2, [15] = 18 },
					.hop_limit = 255 };

static void start(struct pktcap_build *build)
{
	static uint8_t packet[256];

	memset(packet, 0xee, sizeof(packet));
	pktcap_build_start(build, packet, sizeof(packet));
}

static void ntp_asks_for_the_time(void **state)
{
	struct pktcap_ntp ntp = { .leap = 3,
				  .version = 4,
				  .mode = PKTCAP_NTP_CLIENT,
				  .stratum = 16,
				  .poll = 6,
				  .precision = -20,
				  .root_delay = 0x10000,
				  .reference_id = { 'I', 'N', 'I', 'T' },
				  .transmit = 0x83aa7e8080000000 };
	struct pktcap_build build;

	(void)state;
	start(&build);
	assert_int_equal(pktcap_build_ntp(&build, &ntp, 0), 0);
	built_is(&build, "e31006ec 00010000 00000000 494e4954"
			 "0000000000000000 0000000000000000 0000000000000000"
			 "83aa7e8080000000");
	ntp.mode = PKTCAP_NTP_CONTROL;
	start(&build);
	pktcap_build_ntp(&build, &ntp, 0);
	built_fails(&build, -ERANGE, "ntp: mode is 6, at most 5");
}

static void ntp_control_counts_its_data(void **state)
{
	struct pktcap_ntp_control control = {
		.version = 2,
		.opcode = 2,
		.sequence = 1,
		.count = 9,
		.data_len = 5,
		.data = (const uint8_t *)"clock",
		.rest_len = 3,
		.rest = (const uint8_t *)"\0\0\0"
	};
	struct pktcap_build build;

	(void)state;
	start(&build);
	pktcap_build_ntp_control(&build, &control, 0);
	built_is(&build, "16020001 00000000 00000005 636c6f636b 000000");
	start(&build);
	pktcap_build_ntp_control(&build, &control, PKTCAP_KEEP_LENGTHS);
	built_is(&build, "16020001 00000000 00000009 636c6f636b 000000");
}

static void ntp_private_has_numbers_of_12_bits(void **state)
{
	struct pktcap_ntp_private monlist = { .version = 2,
					      .implementation = 3,
					      .request = 42,
					      .item_size = 0x48 };
	struct pktcap_build build;

	(void)state;
	start(&build);
	pktcap_build_ntp_private(&build, &monlist, 0);
	built_is(&build, "1700032a 00000048");
	monlist.item_count = 4096;
	start(&build);
	pktcap_build_ntp_private(&build, &monlist, 0);
	built_fails(&build, -ERANGE, "ntp: item_count is 4096, at most 4095");
}

static void radius_has_its_length(void **state)
{
	struct pktcap_radius_attribute name = { .type = 1,
						.data = (const uint8_t *)"bob",
						.len = 3 };
	struct pktcap_radius request = { .code = 1,
					 .id = 7,
					 .authenticator = { 1, [15] = 2 } };
	struct pktcap_build build;
	uint8_t list[8];

	(void)state;
	assert_int_equal(pktcap_radius_attributes_put(list, 8, &name, 1), 5);
	assert_int_equal(pktcap_radius_attributes_put(list, 4, &name, 1),
			 -ENOSPC);
	request.attributes = list;
	request.attributes_len = 5;
	start(&build);
	pktcap_build_radius(&build, &request, 0);
	built_is(&build, "01070019 01000000000000000000000000000002"
			 "0105626f62");
	name.len = 254;
	assert_int_equal(pktcap_radius_attributes_put(list, 8, &name, 1),
			 -ERANGE);
}

static void ospf_does_not_count_what_is_behind(void **state)
{
	struct pktcap_ospf ospf = { .version = 2,
				    .type = 1,
				    .router_id = { 10, 0, 0, 1 },
				    .auth_type = 2,
				    .auth_data = { 0, 0, 1, 4, 0, 0, 0, 9 },
				    .body_len = 4,
				    .body = (const uint8_t *)"body",
				    .rest_len = 4,
				    .rest = (const uint8_t *)"sign" };
	struct pktcap_build build;

	(void)state;
	start(&build);
	pktcap_build_ospf(&build, &ospf, 0);
	built_is(&build, "0201001c 0a000001 00000000 0000 0002"
			 "0000010400000009 626f6479 7369676e");
	ospf.version = 3;
	ospf.rest_len = 0;
	ospf.instance = 5;
	start(&build);
	pktcap_build_ipv6(&build, &ip6, 0);
	pktcap_build_ospf(&build, &ospf, 0);
	built_is(&build, "60000000 0014 59 ff fe800000000000000000000000000001"
			 "ff020000000000000000000000000012"
			 "03010014 0a000001 00000000 28fd 0500 626f6479");
	ospf.version = 4;
	start(&build);
	pktcap_build_ospf(&build, &ospf, 0);
	built_fails(&build, -ERANGE, "ospf: version is 4, at most 3");
}

static void vrrp_counts_addresses(void **state)
{
	static const uint8_t addresses[32] = { 10, 0, 0, 9, 0xfe, 0x80 };
	struct pktcap_vrrp vrrp = { .version = 2,
				    .type = 1,
				    .vrid = 5,
				    .priority = 100,
				    .auth_type = 1,
				    .interval = 1,
				    .addresses = addresses,
				    .addresses_len = 4,
				    .authentication_len = 8,
				    .authentication =
					    (const uint8_t *)"password" };
	struct pktcap_build build;

	(void)state;
	start(&build);
	pktcap_build_vrrp(&build, &vrrp, 0);
	built_is(&build, "21056401 0101 a246 0a000009 70617373776f7264");
	vrrp.version = 3;
	vrrp.interval = 100;
	vrrp.authentication_len = 0;
	start(&build);
	pktcap_build_ipv6(&build, &ip6, 0);
	vrrp.addresses = addresses + 4;
	vrrp.addresses_len = 16;
	pktcap_build_vrrp(&build, &vrrp, 0);
	built_is(&build, "60000000 0018 70 ff fe800000000000000000000000000001"
			 "ff020000000000000000000000000012"
			 "31056401 0064 6df5 fe800000000000000000000000000000");
	vrrp.addresses_len = 17;
	start(&build);
	pktcap_build_ipv6(&build, &ip6, 0);
	pktcap_build_vrrp(&build, &vrrp, 0);
	built_fails(&build, -ERANGE,
		    "vrrp: addresses_len is 17, no multiple of 16");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ntp_asks_for_the_time),
		cmocka_unit_test(ntp_control_counts_its_data),
		cmocka_unit_test(ntp_private_has_numbers_of_12_bits),
		cmocka_unit_test(radius_has_its_length),
		cmocka_unit_test(ospf_does_not_count_what_is_behind),
		cmocka_unit_test(vrrp_counts_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
