// SPDX-License-Identifier: BSD-2-Clause
/* Building link layers, and what is directly in them. */
#include <errno.h>

#include "support/built.h"
#include "support/rows.h"

static const struct pktcap_ipv4 ip4 = { .src = { 10, 0, 0, 1 },
					.dst = { 10, 0, 0, 2 },
					.ttl = 64 };
static const struct pktcap_ipv6 ip6 = { .next_header = 59, .hop_limit = 64 };

static void eth(struct pktcap_build *b)
{
	static const struct pktcap_eth header = { { 2, 0, 0, 0, 0, 2 },
						  { 2, 0, 0, 0, 0, 1 },
						  0 };

	pktcap_build_eth(b, &header, 0);
}

#define ETH "020000000002 020000000001 "
#define IP4 "4500 0014 0000 0000 40 00 66e8 0a000001 0a000002"
#define ZEROS8 "0000000000000000"
#define IP6 "60000000 0000 3b 40" ZEROS8 ZEROS8 ZEROS8 ZEROS8

static void arp(struct pktcap_build *b, uint16_t operation)
{
	static const uint8_t mac[] = { 2, 0, 0, 0, 0, 1 },
			     us[] = { 10, 0, 0, 1 }, them[] = { 10, 0, 0, 2 };
	struct pktcap_arp header = { .hardware_type = 1,
				     .protocol_type = 0x0800,
				     .operation = operation,
				     .hardware_len = 6,
				     .protocol_len = 4,
				     .sender_hardware = mac,
				     .sender_protocol = us,
				     .target_protocol = them };

	pktcap_build_arp(b, &header, 0);
}

static void arp_request(struct pktcap_build *b)
{
	eth(b);
	arp(b, 1);
	pktcap_build_pad(b, 44);
}

static void rarp_request(struct pktcap_build *b)
{
	eth(b);
	arp(b, 3);
}

static void eth_behind_arp(struct pktcap_build *b)
{
	eth(b);
	arp(b, 1);
	eth(b);
}

static void llc(struct pktcap_build *b)
{
	static const struct pktcap_llc header = { 0 };

	pktcap_build_llc(b, &header, 0);
}

static void snap(struct pktcap_build *b, uint32_t oui, uint16_t pid)
{
	struct pktcap_snap header = { .oui = oui, .pid = pid };

	pktcap_build_snap(b, &header, 0);
}

static void cdp(struct pktcap_build *b)
{
	eth(b);
	llc(b);
	snap(b, 0x00000c, 0x2000);
	pktcap_build_data(b, "cdp!", 4);
	pktcap_build_pad(b, 28);
}

static void snapped_ip(struct pktcap_build *b)
{
	static const struct pktcap_vlan vlan = { .vid = 5 };

	eth(b);
	pktcap_build_vlan(b, &vlan, 0);
	llc(b);
	snap(b, 0x00000c, 0x2000);
	pktcap_build_ipv4(b, &ip4, 0);
}

static void bridged_eth(struct pktcap_build *b)
{
	eth(b);
	llc(b);
	snap(b, 0x0080c2, 7);
	eth(b);
}

static void bridged_ip(struct pktcap_build *b)
{
	llc(b);
	snap(b, 0x0080c2, 1);
	pktcap_build_ipv4(b, &ip4, 0);
}

static void ip_by_sap(struct pktcap_build *b)
{
	eth(b);
	llc(b);
	pktcap_build_ipv4(b, &ip4, 0);
}

/* The bit of a response and the sender's own SAP. */
static void llc_numbered(struct pktcap_build *b)
{
	static const struct pktcap_llc header = {
		.dsap = 0x07, .ssap = 0xf1, .control = 0x0204, .control_len = 2
	};

	eth(b);
	pktcap_build_llc(b, &header, 0);
	pktcap_build_ipv4(b, &ip4, 0);
}

static void llc_control_of_3(struct pktcap_build *b)
{
	static const struct pktcap_llc header = { .control_len = 3 };

	eth(b);
	pktcap_build_llc(b, &header, 0);
}

static void mpls(struct pktcap_build *b, uint32_t number)
{
	struct pktcap_mpls label = { .label = number, .tc = 5, .ttl = 9 };

	pktcap_build_mpls(b, &label, 0);
}

static void mpls_word(struct pktcap_build *b, uint32_t word)
{
	static struct pktcap_mpls label = { .label = 17,
					    .bottom = 1,
					    .has_word = 1 };

	label.word = word;
	pktcap_build_mpls(b, &label, 0);
}

static void labels(struct pktcap_build *b)
{
	eth(b);
	mpls(b, 0xabcde);
	mpls(b, 16);
	pktcap_build_ipv4(b, &ip4, 0);
}

static void pseudowire(struct pktcap_build *b)
{
	eth(b);
	mpls_word(b, 7);
	eth(b);
}

static void channel(struct pktcap_build *b)
{
	eth(b);
	mpls_word(b, 0x10000000);
	pktcap_build_ipv6(b, &ip6, 0);
}

static void label_behind_word(struct pktcap_build *b)
{
	eth(b);
	mpls_word(b, 7);
	mpls(b, 16);
}

static void large_label(struct pktcap_build *b)
{
	eth(b);
	mpls(b, 1 << 20);
}

static void sll(struct pktcap_build *b)
{
	static const struct pktcap_sll header = { .pkttype = 4,
						  .hatype = 1,
						  .address_len = 6,
						  .address = { 2, [5] = 1 } };

	pktcap_build_sll(b, &header, 0);
}

static void sll_ip(struct pktcap_build *b)
{
	sll(b);
	pktcap_build_ipv4(b, &ip4, 0);
}

static void sll_llc(struct pktcap_build *b)
{
	sll(b);
	llc(b);
}

static void sll2_ip(struct pktcap_build *b)
{
	static const struct pktcap_sll2 header = {
		.ifindex = 3, .hatype = 772, .pkttype = 4, .address_len = 6
	};

	pktcap_build_sll2(b, &header, 0);
	pktcap_build_ipv4(b, &ip4, 0);
}

static void null(struct pktcap_build *b, uint32_t family, uint8_t big_endian)
{
	struct pktcap_null header = { .family = family,
				      .big_endian = big_endian };

	pktcap_build_null(b, &header, 0);
}

static void null_ip4(struct pktcap_build *b)
{
	null(b, 0, 0);
	pktcap_build_ipv4(b, &ip4, 0);
}

static void null_ip6(struct pktcap_build *b)
{
	null(b, 2, 1);
	pktcap_build_ipv6(b, &ip6, 0);
}

static void null_darwin(struct pktcap_build *b)
{
	null(b, 30, 0);
	pktcap_build_ipv6(b, &ip6, 0);
}

static void null_arp(struct pktcap_build *b)
{
	null(b, 2, 1);
	arp(b, 1);
}

static const struct built_row rows[] = {
	{ "an address that is not known is zeros", arp_request,
	  ETH "0806 0001 0800 06 04 0001 020000000001 0a000001 "
	      "000000000000 0a000002 0000",
	  0 },
	{ "RARP has a type of its own", rarp_request,
	  ETH "8035 0001 0800 06 04 0003 020000000001 0a000001 "
	      "000000000000 0a000002",
	  0 },
	{ "nothing follows ARP", eth_behind_arp,
	  "eth cannot follow arp, which has no number for it: put the header "
	  "between that has, or PKTCAP_KEEP_NEXT",
	  -EPROTOTYPE },
	{ "an 802.3 length does not count padding", cdp,
	  ETH "000c aaaa03 00000c 2000 63647021 0000", 0 },
	{ "SNAP says what follows with another organisation", snapped_ip,
	  ETH "8100 0005 001c aaaa03 000000 0800" IP4, 0 },
	{ "an organisation that has a number keeps it", bridged_eth,
	  ETH "0018 aaaa03 0080c2 0007 0000" ETH "0000", 0 },
	{ "bridged Ethernet is nothing else", bridged_ip,
	  "ipv4 cannot follow snap, which has no number for it: put the "
	  "header between that has, or PKTCAP_KEEP_NEXT",
	  -EPROTOTYPE },
	{ "LLC fills in both SAPs", ip_by_sap, ETH "0017 0606 03" IP4, 0 },
	{ "LLC keeps the SAP of the sender", llc_numbered,
	  ETH "0018 07f1 0204" IP4, 0 },
	{ "control has 1 or 2 bytes", llc_control_of_3,
	  "llc: control_len is 3, at most 2", -ERANGE },
	{ "the last label is the bottom", labels,
	  ETH "8847 abcdea09 00010b09" IP4, 0 },
	{ "a control word is in front of Ethernet", pseudowire,
	  ETH "8847 00011100 00000007" ETH "0000", 0 },
	{ "a channel says what follows", channel,
	  ETH "8847 00011100 10000057" IP6, 0 },
	{ "no label follows a control word", label_behind_word,
	  "mpls cannot follow mpls: put eth between, or PKTCAP_KEEP_NEXT",
	  -EPROTOTYPE },
	{ "a label has 20 bits", large_label,
	  "mpls: label is 1048576, at most 1048575", -ERANGE },
	{ "SLL has an EtherType", sll_ip,
	  "0004 0001 0006 0200000000010000 0800" IP4, 0 },
	{ "SLL has a number of Linux for LLC", sll_llc,
	  "0004 0001 0006 0200000000010000 0004 000003", 0 },
	{ "SLL2 has the interface", sll2_ip,
	  "0800 0000 00000003 0304 04 06" ZEROS8 IP4, 0 },
	{ "a family of IPv4", null_ip4, "02000000" IP4, 0 },
	{ "a family of IPv6 in network order", null_ip6, "00000018" IP6, 0 },
	{ "a family that says IPv6 stays", null_darwin, "1e000000" IP6, 0 },
	{ "a family that is an EtherType", null_arp,
	  "00000806 0001 0800 06 04 0001 020000000001 0a000001 "
	  "000000000000 0a000002",
	  0 },
};

/* What does not fit into a length has an EtherType (IEEE 802.1AC). */
static void a_large_llc_frame_has_a_type(void **state)
{
	static uint8_t frame[2048];
	struct pktcap_build build;

	(void)state;
	for (unsigned int more = 0; more < 2; more++) {
		pktcap_build_start(&build, frame, sizeof(frame));
		eth(&build);
		llc(&build);
		pktcap_build_data(&build, NULL, 0x600 - 3 - 1 + more);
		assert_true(pktcap_build_finish(&build) > 0);
		assert_int_equal(frame[12], more ? 0x88 : 0x05);
		assert_int_equal(frame[13], more ? 0x70 : 0xff);
	}
}

/* Multicast has another type, which only the header in front knows. */
static void the_type_of_multicast_labels_stays(void **state)
{
	static const struct pktcap_eth multicast = { .type = 0x8848 };
	uint8_t frame[32];
	struct pktcap_build build;

	(void)state;
	pktcap_build_start(&build, frame, sizeof(frame));
	pktcap_build_eth(&build, &multicast, 0);
	mpls(&build, 16);
	built_is(&build, "000000000000 000000000000 8848 00010b09");
}

static void first_headers_have_link_types(void **state)
{
	(void)state;
	built_has_linktype(arp_request, PKTCAP_LINKTYPE_ETHERNET);
	built_has_linktype(sll_ip, PKTCAP_LINKTYPE_LINUX_SLL);
	built_has_linktype(sll2_ip, PKTCAP_LINKTYPE_LINUX_SLL2);
	built_has_linktype(null_ip4, PKTCAP_LINKTYPE_NULL);
	built_has_linktype(null_ip6, PKTCAP_LINKTYPE_LOOP);
}

int main(void)
{
	struct CMUnitTest tests[sizeof(rows) / sizeof(rows[0]) + 3] = {
		cmocka_unit_test(a_large_llc_frame_has_a_type),
		cmocka_unit_test(the_type_of_multicast_labels_stays),
		cmocka_unit_test(first_headers_have_link_types),
	};
	size_t n = 3;

	ADD_ROWS(tests, n, rows, built_row_run);
	return _cmocka_run_group_tests("build_link", tests, n, NULL, NULL);
}
