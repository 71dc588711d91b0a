// SPDX-License-Identifier: BSD-2-Clause
/* Building what bridges say to each other: LLDP, spanning trees, LACP. */
#include <errno.h>

#include "support/built.h"
#include "support/rows.h"

static const struct pktcap_eth eth = { .type = 0 };

#define ETH "000000000000 000000000000 "
#define ZEROS10 "00000000000000000000"
#define ZEROS50 ZEROS10 ZEROS10 ZEROS10 ZEROS10 ZEROS10

static const uint8_t mac[] = { 2, 0, 0, 0, 0, 1 };
static const struct pktcap_lldp lldp = { .chassis = mac,
					 .port = (const uint8_t *)"eth0",
					 .chassis_len = 6,
					 .port_len = 4,
					 .ttl = 120,
					 .chassis_subtype = 4,
					 .port_subtype = 5 };
#define LLDP "0207 04 020000000001 0405 05 65746830 0602 0078"

static void lldp_minimal(struct pktcap_build *b)
{
	pktcap_build_eth(b, &eth, 0);
	pktcap_build_lldp(b, &lldp, 0);
}

static void lldp_named(struct pktcap_build *b)
{
	static const struct pktcap_tlv tlvs[] = {
		{ .type = 5, .data = (const uint8_t *)"sw", .len = 2 },
		{ .type = 0 },
	};
	uint8_t list[16];
	struct pktcap_lldp named = lldp;
	int len = pktcap_lldp_tlvs_put(list, sizeof(list), tlvs, 2);

	assert_int_equal(len, 6);
	named.tlvs = list;
	named.tlvs_len = (uint32_t)len;
	pktcap_build_eth(b, &eth, 0);
	pktcap_build_lldp(b, &named, 0);
}

static void lldp_without_end(struct pktcap_build *b)
{
	pktcap_build_lldp(b, &lldp, PKTCAP_KEEP_ALL);
}

/* One byte more than the time has is the first of what is behind it. */
static void lldp_long_ttl(struct pktcap_build *b)
{
	static const uint8_t rest[] = { 0xaa, 0, 0 };
	struct pktcap_lldp longer = lldp;

	longer.ttl_len = 3;
	longer.tlvs = rest;
	longer.tlvs_len = sizeof(rest);
	pktcap_build_lldp(b, &longer, 0);
}

static void lldp_short_ttl(struct pktcap_build *b)
{
	struct pktcap_lldp shorter = lldp;

	shorter.ttl_len = 1;
	pktcap_build_lldp(b, &shorter, 0);
}

static void lldp_long_id(struct pktcap_build *b)
{
	static const uint8_t id[511];
	struct pktcap_lldp large = lldp;

	large.chassis = id;
	large.chassis_len = sizeof(id);
	pktcap_build_lldp(b, &large, 0);
}

static const struct pktcap_stp stp = { .version = 2,
				       .type = 2,
				       .root_cost = 4,
				       .root_priority = 0x8001,
				       .root = { 2, [5] = 1 },
				       .bridge_priority = 0x8001,
				       .bridge = { 2, [5] = 2 },
				       .port = 0x8003,
				       .max_age = 20 << 8,
				       .hello_time = 2 << 8,
				       .forward_delay = 15 << 8,
				       .flags = 0x3c };
#define STP                                                                   \
	"3c 8001 020000000001 00000004 8001 020000000002 8003 0000 1400 0200" \
	"0f00"

static void in_llc(struct pktcap_build *b)
{
	static const struct pktcap_llc llc = { .dsap = 0 };

	pktcap_build_eth(b, &eth, 0);
	pktcap_build_llc(b, &llc, 0);
}

static void rstp(struct pktcap_build *b)
{
	in_llc(b);
	pktcap_build_stp(b, &stp, 0);
	pktcap_build_pad(b, 54);
}

static void topology_change(struct pktcap_build *b)
{
	static const struct pktcap_stp change = { .type = 0x80 };

	in_llc(b);
	pktcap_build_stp(b, &change, 0);
}

static void mstp(struct pktcap_build *b)
{
	struct pktcap_stp regions = stp;

	regions.version = 3;
	regions.regions = mac;
	regions.regions_len = sizeof(mac);
	pktcap_build_stp(b, &regions, 0);
}

static void pvst(struct pktcap_build *b)
{
	static const struct pktcap_snap snap = { .oui = 0 };
	struct pktcap_stp vlan = stp;

	vlan.has_vlan = 1;
	vlan.vlan = 5;
	in_llc(b);
	pktcap_build_snap(b, &snap, 0);
	pktcap_build_stp(b, &vlan, 0);
}

/* What is always 0, 0 and 2 may be sent otherwise. */
static void pvst_kept(struct pktcap_build *b)
{
	struct pktcap_stp vlan = stp;

	vlan.type = 0;
	vlan.has_vlan = 1;
	vlan.version1_length = 1;
	vlan.vlan_type = 3;
	vlan.vlan_len = 4;
	vlan.vlan = 5;
	pktcap_build_stp(b, &vlan, PKTCAP_KEEP_ALL);
}

static void vlan_of_a_topology_change(struct pktcap_build *b)
{
	static const struct pktcap_stp change = { .type = 0x80, .has_vlan = 1 };

	pktcap_build_stp(b, &change, 0);
}

static void regions_of_a_configuration(struct pktcap_build *b)
{
	struct pktcap_stp regions = stp;

	regions.type = 0;
	regions.regions = mac;
	regions.regions_len = sizeof(mac);
	pktcap_build_stp(b, &regions, 0);
}

static const struct pktcap_lacp lacp = {
	.subtype = 1,
	.actor = { .system_priority = 0xffff,
		   .system = { 2, [5] = 1 },
		   .key = 9,
		   .port_priority = 255,
		   .port = 1,
		   .state = 0x3d },
	.partner = { .system = { 2, [5] = 2 }, .reserved = { 1, 2, 3 } },
	.collector_max_delay = 7,
};
#define PORTS                                                       \
	"0114 ffff 020000000001 0009 00ff 0001 3d 000000 0214 0000" \
	"020000000002 0000 0000 0000 00 010203"

static void lacp_usual(struct pktcap_build *b)
{
	pktcap_build_eth(b, &eth, 0);
	pktcap_build_lacp(b, &lacp, 0);
}

/* A delay that was changed is that of the body, too. */
static void lacp_body(struct pktcap_build *b)
{
	static const uint8_t body[] = { 3, 16, 0, 1, 0 };
	struct pktcap_lacp decoded = lacp;

	decoded.body = body;
	decoded.body_len = sizeof(body);
	pktcap_build_lacp(b, &decoded, PKTCAP_KEEP_ALL);
}

static void marker(struct pktcap_build *b)
{
	static const struct pktcap_lacp response = {
		.subtype = 2,
		.marker_type = 2,
		.marker_port = 1,
		.marker_system = { 2, [5] = 1 },
		.marker_transaction = 0x12345678,
	};

	pktcap_build_lacp(b, &response, 0);
}

static void oam(struct pktcap_build *b)
{
	static const struct pktcap_lacp header = { .subtype = 3 };

	pktcap_build_lacp(b, &header, 0);
	pktcap_build_data(b, "!", 1);
}

static const struct built_row rows[] = {
	{ "LLDP has an end", lldp_minimal, ETH "88cc" LLDP "0000", 0 },
	{ "LLDP has elements", lldp_named, ETH "88cc" LLDP "0a02 7377 0000",
	  0 },
	{ "the end may be left out", lldp_without_end, LLDP, 0 },
	{ "a time may have more bytes", lldp_long_ttl,
	  "0207 04 020000000001 0405 05 65746830 0603 0078 aa 0000", 0 },
	{ "a time has at least 2 bytes", lldp_short_ttl,
	  "lldp: ttl_len is 1, at least 2", -ERANGE },
	{ "an id has at most 510 bytes", lldp_long_id,
	  "lldp: chassis_len is 511, at most 510", -ERANGE },
	{ "a BPDU is in LLC", rstp, ETH "0027 424203 0000 02 02" STP "00 00",
	  0 },
	{ "a topology change has nothing but its type", topology_change,
	  ETH "0007 424203 0000 00 80", 0 },
	{ "MSTP has regions", mstp, "0000 03 02" STP "00 0006 020000000001",
	  0 },
	{ "PVST+ is in Cisco's SNAP, with the VLAN", pvst,
	  ETH "0032 aaaa03 00000c 010b 0000 02 02" STP "00 0000 0002 0005", 0 },
	{ "what PVST+ has always is kept", pvst_kept,
	  "0000 02 00" STP "01 0003 0004 0005", 0 },
	{ "a topology change has no VLAN", vlan_of_a_topology_change,
	  "stp: has_vlan is 1, at most 0", -ERANGE },
	{ "a configuration has no regions", regions_of_a_configuration,
	  "stp: regions_len is 6, at most 0", -ERANGE },
	{ "LACP has a collector and what is reserved", lacp_usual,
	  ETH "8809 01 01" PORTS "0310 0007" ZEROS50 ZEROS10 "00000000", 0 },
	{ "the collector of a body has the delay", lacp_body,
	  "01 00" PORTS "0310 0007 00", 0 },
	{ "a marker has its number", marker,
	  "02 01 0210 0001 020000000001 12345678" ZEROS50 ZEROS10 ZEROS10
		  ZEROS10 ZEROS10 "00000000",
	  0 },
	{ "of other slow protocols the subtype is known", oam, "03 21", 0 },
};

static void lists_have_to_fit(void **state)
{
	static const uint8_t zeros[512];
	struct pktcap_tlv tlv = { .type = 128 };
	uint8_t list[600];

	(void)state;
	assert_int_equal(pktcap_lldp_tlvs_put(list, sizeof(list), &tlv, 1),
			 -ERANGE);
	tlv = (struct pktcap_tlv){ .type = 127, .data = zeros, .len = 511 };
	assert_int_equal(pktcap_lldp_tlvs_put(list, sizeof(list), &tlv, 1),
			 513);
	assert_int_equal(pktcap_lldp_tlvs_put(list, 512, &tlv, 1), -ENOSPC);
	tlv.len = 512;
	assert_int_equal(pktcap_lldp_tlvs_put(list, sizeof(list), &tlv, 1),
			 -ERANGE);
}

int main(void)
{
	struct CMUnitTest tests[sizeof(rows) / sizeof(rows[0]) + 1] = {
		cmocka_unit_test(lists_have_to_fit),
	};
	size_t n = 1;

	ADD_ROWS(tests, n, rows, built_row_run);
	return _cmocka_run_group_tests("build_link_bridges", tests, n, NULL,
				       NULL);
}
