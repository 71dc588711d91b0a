// SPDX-License-Identifier: BSD-2-Clause
/* Building link layers, and what is directly in them. */
#include <errno.h>

#include "support/built.h"

static const struct pktcap_eth eth = { { 2, 0, 0, 0, 0, 2 },
				       { 2, 0, 0, 0, 0, 1 },
				       0 };
#define ETH "020000000002 020000000001 "

static struct pktcap_build *start(struct pktcap_build *build)
{
	static uint8_t frame[2048];

	memset(frame, 0xee, sizeof(frame));
	pktcap_build_start(build, frame, sizeof(frame));
	pktcap_build_eth(build, &eth, 0);
	return build;
}

static const uint8_t mac[] = { 2, 0, 0, 0, 0, 1 }, us[] = { 10, 0, 0, 1 },
		     them[] = { 10, 0, 0, 2 };

static struct pktcap_arp arp(uint16_t operation)
{
	return (struct pktcap_arp){ .hardware_type = 1,
				    .protocol_type = 0x0800,
				    .operation = operation,
				    .hardware_len = 6,
				    .protocol_len = 4,
				    .sender_hardware = mac,
				    .sender_protocol = us,
				    .target_protocol = them };
}

/* An address that is not known is zeros. */
static void arp_asks_for_an_address(void **state)
{
	struct pktcap_arp request = arp(1);
	struct pktcap_build build;

	(void)state;
	start(&build);
	assert_int_equal(pktcap_build_arp(&build, &request, 0), 0);
	pktcap_build_pad(&build, 44);
	built_is(&build, ETH "0806 0001 0800 06 04 0001 020000000001 0a000001 "
			     "000000000000 0a000002 0000");
}

static void rarp_has_a_type_of_its_own(void **state)
{
	struct pktcap_arp request = arp(3);
	struct pktcap_build build;

	(void)state;
	start(&build);
	pktcap_build_arp(&build, &request, 0);
	built_is(&build, ETH "8035 0001 0800 06 04 0003 020000000001 0a000001 "
			     "000000000000 0a000002");
}

static void nothing_follows_arp(void **state)
{
	struct pktcap_arp request = arp(1);
	struct pktcap_build build;

	(void)state;
	start(&build);
	pktcap_build_arp(&build, &request, 0);
	assert_int_equal(pktcap_build_eth(&build, &eth, 0), -EPROTOTYPE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arp_asks_for_an_address),
		cmocka_unit_test(rarp_has_a_type_of_its_own),
		cmocka_unit_test(nothing_follows_arp),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
