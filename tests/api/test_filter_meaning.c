// SPDX-License-Identifier: BSD-2-Clause
/*
 * What expressions mean where libpcap cannot be asked, as it says something
 * else: support/filter_differences.c tells why.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include <pktcap/filter.h>

#include "support/packets.h"

enum {
	ETHERNET = PKTCAP_LINKTYPE_ETHERNET,
	SLL = PKTCAP_LINKTYPE_LINUX_SLL,
	WLAN = PKTCAP_LINKTYPE_IEEE802_11,
	RADIO = PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP,
	PFLOG = PACKET_LINKTYPE_PFLOG,
	SUNATM = PACKET_LINKTYPE_SUNATM,
};

static const struct row {
	uint32_t linktype;
	unsigned int variant; /* of the link header */
	const char *expression, *packet;
	bool taken;
} rows[] = {
	/* Chains go on behind authentication headers. */
	{ ETHERNET, 0, "protochain 6", "ah4 tcp", true },
	{ ETHERNET, 0, "ip protochain 51", "ah4 tcp", true },
	{ ETHERNET, 0, "ip protochain 17", "ah4 tcp", false },
	{ ETHERNET, 0, "ip6 protochain 6", "chain of two ah tcp", true },
	{ ETHERNET, 0, "ip6 protochain 6", "five headers tcp", true },
	{ WLAN, 0, "protochain 6", "ah4 tcp", true },
	{ RADIO, 0, "ip6 protochain 6", "five headers tcp", true },
	/* All protocols whose bytes are taken must be there. */
	{ ETHERNET, 0, "ip[0] + tcp[0] > 0", "tcp4 port 80", true },
	{ ETHERNET, 0, "ip[0] + tcp[0] > 0", "udp4 port 53", false },
	/* A byte and a bit of it. */
	{ ETHERNET, 0, "byte 12 & 8", "tcp4 port 80", true },
	{ ETHERNET, 0, "byte 12 & 4", "tcp4 port 80", false },
	{ ETHERNET, 0, "byte 12 | 0", "tcp4 port 80", true },
	{ ETHERNET, 0, "byte 13 | 0", "tcp4 port 80", false },
	/* Nothing is inside of what is no tunnel, nor a frame in a packet. */
	{ ETHERNET, 0, "(tcp or geneve) and port 80", "tcp4 port 80", false },
	{ ETHERNET, 0, "(tcp or geneve) and port 80", "geneve ip", true },
	{ ETHERNET, 0, "(udp or geneve 9) and tcp", "geneve ip", false },
	{ ETHERNET, 0, "(udp or geneve) and tcp", "geneve ip", true },
	{ ETHERNET, 0, "not geneve and not tcp", "tcp4 port 80", true },
	{ ETHERNET, 0, "geneve or len > 10", "tcp4 port 80", true },
	{ ETHERNET, 0, "geneve and ether[0] != 77", "geneve ip", false },
	{ ETHERNET, 0, "geneve and ether[0] = 1", "geneve ethernet tcp", true },
	{ WLAN, 0, "geneve and tcp port 80", "geneve ip", true },
	{ PFLOG, 0, "geneve and ip6", "geneve ip6", true },
	{ ETHERNET, 0, "geneve 5 and geneve 6 and tcp", "geneve geneve", true },
	{ ETHERNET, 0, "geneve 5 and geneve 5 and tcp", "geneve geneve",
	  false },
	/* What is found out of the link header stays known. */
	{ WLAN, 0, "5 > 3 and ip", "tcp4 port 80", true },
	{ WLAN, 0, "(len > 60 or arp) and not stp", "stp", false },
	{ WLAN, 0, "pppoes 5 and tcp", "pppoes 5", true },
	{ RADIO, 0, "pppoes 5 and tcp", "pppoes 5", true },
	{ PFLOG, 0, "len > 20 and tcp port 80", "tcp4 port 80", true },
	/* The direction in the header, behind anything. */
	{ SLL, 4, "pppoes and outbound", "pppoes 5", true },
	{ SLL, 0, "pppoes and outbound", "pppoes 5", false },
	/* Whole names. */
	{ PFLOG, 0, "ifname eth0", "tcp4 port 80", true },
	{ PFLOG, 0, "ifname eth", "tcp4 port 80", false },
	{ PFLOG, 2, "ifname eth0", "tcp4 port 80", false },
	{ PFLOG, 2, "on eth01", "tcp4 port 80", true },
	{ PFLOG, 3, "ifname eth", "tcp4 port 80", true },
	{ PFLOG, 0, "ruleset anchor and rulenum 1", "tcp4 port 80", true },
	{ PFLOG, 0, "ruleset anch", "tcp4 port 80", false },
	/* Unequal, and the header of ATM itself. */
	{ SUNATM, 5, "vci != 5", "tcp4 port 80", false },
	{ SUNATM, 4, "vci != 5", "tcp4 port 80", true },
	{ SUNATM, 1, "lane and vci 1 and tcp", "tcp4 port 80", true },
	{ SUNATM, 4, "lane and tcp", "tcp4 port 80", false },
	{ SUNATM, 2, "vci 2 and tcp", "tcp4 port 80", true },
};

static bool find_packet(const struct row *r, uint8_t buf[PACKET_MAX],
			struct packet *packet)
{
	for (uint32_t i = 0; i < packet_payloads(); i++) {
		packet_build_as(i, r->variant, r->linktype, buf, packet);
		if (strcmp(packet->name, r->packet) == 0)
			return true;
	}
	return false;
}

static void meaning(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		uint8_t buf[PACKET_MAX];
		struct packet packet;

		assert_true(find_packet(r, buf, &packet));
		for (uint32_t plain = 0; plain < 2; plain++) {
			struct pktcap_filter_opts opts = PKTCAP_FILTER_OPTS(
					.linktype = r->linktype,
					.flags = plain *
						 PKTCAP_FILTER_NO_OPTIMIZE);
			struct pktcap_packet view = {
				.data = buf,
				.caplen = packet.len,
				.wirelen = packet.len,
			};
			struct pktcap_error error = { 0 };
			struct pktcap_filter *filter;
			const struct pktcap_insn *insns;
			size_t n;

			if (pktcap_filter_compile(&filter, r->expression, &opts,
						  &error))
				fail_msg("'%s': %s", r->expression, error.text);
			insns = pktcap_filter_program(filter, &n);
			if (!!pktcap_bpf_run(insns, n, &view) != r->taken)
				fail_msg("'%s', packet '%s', link type %u",
					 r->expression, r->packet, r->linktype);
			pktcap_filter_free(filter);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(meaning) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
