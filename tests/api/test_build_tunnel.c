// SPDX-License-Identifier: BSD-2-Clause
/* Building tunnels: GRE, VXLAN, Geneve, GTP-U and ESP in UDP. */
#include <errno.h>

#include "support/built.h"
#include "support/rows.h"

static const struct pktcap_eth eth = { .type = 0 };
static const struct pktcap_ipv4 ip4 = { .src = { 10, 0, 0, 1 },
					.dst = { 10, 0, 0, 2 },
					.ttl = 64 };
static const struct pktcap_udp udp = { .src_port = 0 };

#define ETH "000000000000 000000000000 0000"
#define IP4 "4500 0014 0000 0000 40 00 66e8 0a000001 0a000002"

static void gre(struct pktcap_build *b, struct pktcap_gre header)
{
	pktcap_build_gre(b, &header, 0);
}

static void gre_ip(struct pktcap_build *b)
{
	gre(b, (struct pktcap_gre){ .flags = 0 });
	pktcap_build_ipv4(b, &ip4, 0);
}

static void gre_values(struct pktcap_build *b)
{
	gre(b, (struct pktcap_gre){ .flags = 0x8000, .key = 5, .seq = 6 });
	pktcap_build_eth(b, &eth, 0);
}

static void gre_route(struct pktcap_build *b)
{
	gre(b, (struct pktcap_gre){ .flags = 0x4000 });
	pktcap_build_data(b, "!", 1);
}

static void pptp(struct pktcap_build *b)
{
	static const struct pktcap_ppp ppp = { .protocol = 0xc021 };

	gre(b, (struct pktcap_gre){ .flags = 1, .key = 7, .ack = 9 });
	pktcap_build_ppp(b, &ppp, 0);
	pktcap_build_data(b, "!", 1);
}

static void ack_of_version_0(struct pktcap_build *b)
{
	gre(b, (struct pktcap_gre){ .ack = 9 });
}

static void key_without_flag(struct pktcap_build *b)
{
	static const struct pktcap_gre kept = { .key = 5 };

	pktcap_build_gre(b, &kept, PKTCAP_KEEP_ALL);
}

static void vxlan(struct pktcap_build *b, struct pktcap_vxlan header)
{
	pktcap_build_vxlan(b, &header, 0);
}

static void vxlan_eth(struct pktcap_build *b)
{
	pktcap_build_udp(b, &udp, PKTCAP_KEEP_CHECKSUM);
	vxlan(b, (struct pktcap_vxlan){ .vni = 0xabcdef, .group = 5 });
	pktcap_build_eth(b, &eth, 0);
}

static void gpe_ip(struct pktcap_build *b)
{
	pktcap_build_udp(b, &udp, PKTCAP_KEEP_CHECKSUM);
	vxlan(b, (struct pktcap_vxlan){ .flags = 0x0c, .vni = 1 });
	pktcap_build_ipv4(b, &ip4, 0);
}

static void ip_in_vxlan(struct pktcap_build *b)
{
	vxlan(b, (struct pktcap_vxlan){ .vni = 1 });
	pktcap_build_ipv4(b, &ip4, 0);
}

static void group_of_gpe(struct pktcap_build *b)
{
	vxlan(b, (struct pktcap_vxlan){ .next_protocol = 1, .group = 1 });
}

static void large_vni(struct pktcap_build *b)
{
	vxlan(b, (struct pktcap_vxlan){ .vni = 1 << 24 });
}

static const uint8_t abc[] = { 'a', 'b', 'c', 'd', 'e' };
static const struct pktcap_tlv options[] = {
	{ .type = 0x010280, .data = abc, .len = 4 },
	{ .type = 0x010203, .data = abc, .len = 5 },
};

static void geneve(struct pktcap_build *b)
{
	uint8_t list[32];
	struct pktcap_geneve header = { .vni = 5,
					.critical = 1,
					.options = list };
	int len = pktcap_geneve_options_put(list, sizeof(list), options, 2);

	assert_int_equal(len, 20);
	header.options_len = (uint8_t)len;
	pktcap_build_udp(b, &udp, PKTCAP_KEEP_CHECKSUM);
	pktcap_build_geneve(b, &header, 0);
	pktcap_build_eth(b, &eth, 0);
}

static void geneve_odd(struct pktcap_build *b)
{
	static const struct pktcap_geneve header = { .options = abc,
						     .options_len = 5 };

	pktcap_build_geneve(b, &header, 0);
	pktcap_build_ipv4(b, &ip4, 0);
}

static void geneve_253(struct pktcap_build *b)
{
	static const uint8_t many[253];
	static const struct pktcap_geneve header = { .options = many,
						     .options_len = 253 };

	pktcap_build_geneve(b, &header, 0);
}

static void gtpu(struct pktcap_build *b, struct pktcap_gtpu header)
{
	pktcap_build_gtpu(b, &header, 0);
}

static void gtpu_ip(struct pktcap_build *b)
{
	pktcap_build_udp(b, &udp, PKTCAP_KEEP_CHECKSUM);
	gtpu(b, (struct pktcap_gtpu){ .teid = 0x12345678 });
	pktcap_build_ipv4(b, &ip4, 0);
}

static void gtpu_extensions(struct pktcap_build *b)
{
	static const struct pktcap_tlv extensions[] = {
		{ .type = 0x85, .data = abc, .len = 2 },
		{ .type = 0xc0, .data = abc, .len = 5 },
	};
	uint8_t list[32];
	int len = pktcap_gtpu_extensions_put(list, sizeof(list), extensions, 2);

	assert_int_equal(len, 12);
	gtpu(b, (struct pktcap_gtpu){ .teid = 1,
				      .next_extension = 0x85,
				      .extensions_len = (uint32_t)len,
				      .extensions = list });
	pktcap_build_data(b, "!", 1);
}

static void gtpu_echo(struct pktcap_build *b)
{
	gtpu(b, (struct pktcap_gtpu){ .type = 1, .seq = 2 });
}

static void extension_of_5_bytes(struct pktcap_build *b)
{
	gtpu(b, (struct pktcap_gtpu){ .extensions_len = 5, .extensions = abc });
}

static void esp_in_udp(struct pktcap_build *b)
{
	static const struct pktcap_esp esp = { .spi = 1, .seq = 2 };

	pktcap_build_udp(b, &udp, PKTCAP_KEEP_CHECKSUM);
	pktcap_build_esp(b, &esp, 0);
	pktcap_build_data(b, "secret", 6);
}

static const struct built_row rows[] = {
	{ "GRE has an EtherType", gre_ip, "0000 0800" IP4, 0 },
	/* ~(b000 + 6558 + 5 + 6) */
	{ "what GRE has sets its flag, and a checksum is filled in", gre_values,
	  "b000 6558 ea9b 0000 00000005 00000006" ETH, 0 },
	{ "an empty list of routes has its end", gre_route,
	  "4000 0000 0000 0000 00000000 21", 0 },
	{ "PPTP has a key, with the length of what follows", pptp,
	  "2081 880b 0003 0007 00000009 c021 21", 0 },
	{ "version 0 acknowledges nothing", ack_of_version_0,
	  "gre: ack is 9, at most 0", -ERANGE },
	{ "flags that are kept leave nothing out", key_without_flag,
	  "gre: key is 5, at most 0", -ERANGE },
	{ "VXLAN is in front of Ethernet", vxlan_eth,
	  "0000 12b5 001e 0000 08 00 0005 abcdef 00" ETH, 0 },
	{ "GPE has a number and a port", gpe_ip,
	  "0000 12b6 0024 0000 0c 0000 01 000001 00" IP4, 0 },
	{ "VXLAN without GPE has no number", ip_in_vxlan,
	  "ipv4 cannot follow vxlan: put eth between, or PKTCAP_KEEP_NEXT",
	  -EPROTOTYPE },
	{ "GPE has no groups", group_of_gpe, "vxlan: group is 1, at most 0",
	  -ERANGE },
	{ "a VNI has 24 bits", large_vni,
	  "vxlan: vni is 16777216, at most 16777215", -ERANGE },
	{ "options of Geneve are counted in words", geneve,
	  "0000 17c1 0032 0000 05 40 6558 000005 00 "
	  "0102 80 01 61626364 0102 03 02 6162636465000000" ETH,
	  0 },
	{ "options of Geneve are filled up", geneve_odd,
	  "02 00 0800 000000 00 6162636465000000" IP4, 0 },
	{ "options of Geneve have at most 252 bytes", geneve_253,
	  "geneve: header_len is 264, at most 260", -ERANGE },
	{ "GTP-U carries a user's packet", gtpu_ip,
	  "0000 0868 0024 0000 30 ff 0014 12345678" IP4, 0 },
	{ "extensions of GTP-U are a chain", gtpu_extensions,
	  "34 ff 0011 00000001 0000 00 85 01 6162 c0 02 6162636465 00 00 21",
	  0 },
	{ "a sequence number is there if it has a value", gtpu_echo,
	  "32 01 0004 00000000 0002 00 00", 0 },
	{ "extensions of GTP-U are words", extension_of_5_bytes,
	  "gtpu: extensions_len is 5, no multiple of 4", -ERANGE },
	{ "ESP has a port", esp_in_udp,
	  "0000 1194 0016 0000 00000001 00000002 736563726574", 0 },
};

static void lists_have_to_fit(void **state)
{
	static const uint8_t zeros[1024];
	struct pktcap_tlv large = { .type = 1 << 24 };
	uint8_t list[2048];

	(void)state;
	assert_int_equal(pktcap_geneve_options_put(list, 19, options, 2),
			 -ENOSPC);
	assert_int_equal(pktcap_geneve_options_put(list, 2048, &large, 1),
			 -ERANGE);
	large = (struct pktcap_tlv){ .data = zeros, .len = 31 * 4 + 1 };
	assert_int_equal(pktcap_geneve_options_put(list, 2048, &large, 1),
			 -ERANGE);
	large = (struct pktcap_tlv){ .data = zeros, .len = 255 * 4 - 2 };
	assert_int_equal(pktcap_gtpu_extensions_put(list, 2048, &large, 1),
			 255 * 4);
	assert_int_equal(
		pktcap_gtpu_extensions_put(list, 255 * 4 - 1, &large, 1),
		-ENOSPC);
	large.len++;
	assert_int_equal(pktcap_gtpu_extensions_put(list, 2048, &large, 1),
			 -ERANGE);
	large = (struct pktcap_tlv){ .type = 256 };
	assert_int_equal(pktcap_gtpu_extensions_put(list, 2048, &large, 1),
			 -ERANGE);
}

/* Wrong lengths can be sent on purpose. */
static void lengths_are_kept(void **state)
{
	static const struct pktcap_gre pptp_key = { .flags = 1,
						    .protocol = 0x880b,
						    .key = 7 };
	static const struct pktcap_geneve geneve = { .header_len = 16 };
	static const struct pktcap_gtpu gtpu_99 = { .length = 99 };
	uint8_t bytes[64];
	struct pktcap_build build;

	(void)state;
	/* Of version 1 a key that no flag tells of, as some have it. */
	pktcap_build_start(&build, bytes, sizeof(bytes));
	pktcap_build_gre(&build, &pptp_key, PKTCAP_KEEP_ALL);
	built_is(&build, "0001880b00000007");
	pktcap_build_start(&build, bytes, sizeof(bytes));
	pktcap_build_geneve(&build, &geneve, PKTCAP_KEEP_LENGTHS);
	built_is(&build, "0200000000000000");
	pktcap_build_start(&build, bytes, sizeof(bytes));
	pktcap_build_gtpu(&build, &gtpu_99, PKTCAP_KEEP_LENGTHS);
	built_is(&build, "30ff006300000000");
}

int main(void)
{
	struct CMUnitTest tests[sizeof(rows) / sizeof(rows[0]) + 2] = {
		cmocka_unit_test(lists_have_to_fit),
		cmocka_unit_test(lengths_are_kept),
	};
	size_t n = 2;

	ADD_ROWS(tests, n, rows, built_row_run);
	return _cmocka_run_group_tests("build_tunnel", tests, n, NULL, NULL);
}
