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

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include <pktcap/filter.h>

#include "support/packets.h"

enum {
	BSD = PKTCAP_LINKTYPE_NULL,
	LOOP = PKTCAP_LINKTYPE_LOOP,
	ETHERNET = PKTCAP_LINKTYPE_ETHERNET,
	RAW = PKTCAP_LINKTYPE_RAW,
	SLL = PKTCAP_LINKTYPE_LINUX_SLL,
	WLAN = PKTCAP_LINKTYPE_IEEE802_11,
	RADIO = PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP,
	PFLOG = PACKET_LINKTYPE_PFLOG,
	SUNATM = PACKET_LINKTYPE_SUNATM,
	MTP2 = PACKET_LINKTYPE_MTP2,
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
	/* IPv6 as OpenBSD numbers it: in files, */
	{ LOOP, 7, "ip6", "tcp6 port 80", true },
};

/* and beyond pcap-filter(7). */
static const struct row extended[] = {
	{ LOOP, 7, "ip6", "tcp6 port 80", true },
	{ LOOP, 7, "tcp port 80", "tcp6 port 80", true },
	{ BSD, 7, "ip6", "tcp6 port 80", true },
	{ BSD, 0, "ip6", "tcp6 port 80", true },
	{ BSD, 0, "ip6", "tcp4 port 80", false },
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

static void check_as(const struct row *r, uint32_t linktype, uint32_t flags)
{
	struct pktcap_filter_opts opts =
		PKTCAP_FILTER_OPTS(.linktype = linktype, .flags = flags);
	struct pktcap_error error = { 0 };
	const struct pktcap_insn *insns;
	struct pktcap_filter *filter;
	struct pktcap_packet view;
	uint8_t buf[PACKET_MAX];
	struct packet packet;
	size_t n;

	assert_true(find_packet(r, buf, &packet));
	view = (struct pktcap_packet){ .data = buf,
				       .caplen = packet.len,
				       .wirelen = packet.len };
	if (pktcap_filter_compile(&filter, r->expression, &opts, &error))
		fail_msg("'%s': %s", r->expression, error.text);
	insns = pktcap_filter_program(filter, &n);
	if (!!pktcap_bpf_run(insns, n, &view) != r->taken)
		fail_msg("'%s', packet '%s', link type %u", r->expression,
			 r->packet, r->linktype);
	pktcap_filter_free(filter);
}

static void check(const struct row *r, uint32_t flags)
{
	check_as(r, r->linktype, flags);
}

/* The old numbers of raw IP; the families of a live capture. */
static void other_names(void **state)
{
	const struct row raw = { RAW, 0, "tcp", "tcp6 port 80", true };
	const struct row bsd = { LOOP, 7, "ip6", "tcp6 port 80", false };

	(void)state;
	check_as(&raw, 12, 0);
	check_as(&raw, 14, 0);
	check(&bsd, PKTCAP_FILTER_LIVE);
}

static void meaning(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		check(&rows[i], 0);
		check(&rows[i], PKTCAP_FILTER_NO_OPTIMIZE);
	}
	for (size_t i = 0; i < sizeof(extended) / sizeof(extended[0]); i++)
		check(&extended[i], PKTCAP_FILTER_EXTENDED);
}

/* What the link type does not have, or nobody, and what to write instead. */
static const struct refused {
	uint32_t linktype;
	const char *expression;
	int code;
	uint32_t offset;
	const char *text;
} refused[] = {
	{ ETHERNET, "tcp or lane", -EOPNOTSUPP, 7, "'lane' is for ATM only" },
	{ ETHERNET, "vpi 5", -EOPNOTSUPP, 0, "'vpi' is for ATM only" },
	{ SLL, "fisu", -EOPNOTSUPP, 0, "'fisu' is for SS7 (MTP2) only" },
	{ SLL, "hopc 5", -EOPNOTSUPP, 0, "'hopc' is for SS7 (MTP2) only" },
	{ ETHERNET, "on em0", -EOPNOTSUPP, 0,
	  "'ifname' is for packets logged by pf only" },
	{ PFLOG, "ifname abcdefghijklmnop", -EINVAL, 7,
	  "'abcdefghijklmnop' is too long: such names have at most 15 "
	  "characters" },
	{ MTP2, "opc 16384", -EINVAL, 4,
	  "16384 is greater than 16383, the most there can be" },
	{ MTP2, "len > 5 and tcp", -EOPNOTSUPP, 12,
	  "of link type 140 only 'len' and bytes as 'link[0]' are known" },
	{ ETHERNET, "tcp and type mgt", -EOPNOTSUPP, 8,
	  "Ethernet packets have no 'type'" },
	{ ETHERNET, "wlan ra 1:2:3:4:5:6", -EINVAL, 0,
	  "'ra' is for addresses of 802.11 only" },
	{ SLL, "ether host 1:2:3:4:5:6", -EOPNOTSUPP, 0, "'ether host'" },
	{ WLAN, "radio[0] = 0", -EOPNOTSUPP, 0,
	  "'radio' is for 802.11 packets with a radiotap header only" },
	{ ETHERNET, "ip and stp[0] = 1", -EINVAL, 7,
	  "the bytes of 'stp' cannot be had by '[...]'" },
	{ ETHERNET, "vlan 5000", -EINVAL, 5,
	  "5000 is greater than 4095, the most there can be" },
	{ ETHERNET, "geneve 16777216", -EINVAL, 7,
	  "16777216 is greater than 16777215, the most there can be" },
	{ ETHERNET, "mpls and arp", -EOPNOTSUPP, 9,
	  "nothing but IP can be found inside MPLS" },
	{ ETHERNET, "udp or ip6 broadcast", -EINVAL, 7,
	  "'ip6' has no 'broadcast': write 'ether', 'ip' or nothing before "
	  "it" },
	{ ETHERNET, "icmp port 80", -EINVAL, 0,
	  "'icmp' has no ports: write 'tcp', 'udp', 'sctp' or nothing before "
	  "them" },
	{ ETHERNET, "tcp src port 5 or 70000", -EINVAL, 18,
	  "port 70000 is greater than 65535" },
	{ ETHERNET, "ether[0] << (16 + 16) = 1", -EINVAL, 9,
	  "shift by more than 31" },
};

static void refusals(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		const struct refused *r = &refused[i];
		struct pktcap_error error = { 0 };
		struct pktcap_filter *filter;
		int ret = pktcap_filter_compile(
			&filter, r->expression,
			&PKTCAP_FILTER_OPTS(.linktype = r->linktype), &error);

		if (ret != r->code || error.offset != r->offset ||
		    !strstr(error.text, r->text))
			fail_msg("'%s': %d at %llu: %s", r->expression, ret,
				 (unsigned long long)error.offset, error.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(meaning),
		cmocka_unit_test(other_names),
		cmocka_unit_test(refusals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
