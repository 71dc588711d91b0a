// SPDX-License-Identifier: BSD-2-Clause
/* Building IPv4, ICMP and tunnels, and lists of options. */
#include <errno.h>
#include <stdbool.h>

#include "support/built.h"
#include "support/built_ip6.h"
#include "support/rows.h"

static const struct pktcap_ipv4 ip4 = {
	.src = { 10, 0, 0, 1 },
	.dst = { 10, 0, 0, 2 },
	.ttl = 64,
};
#define IP4_ADDRESSES "0a000001 0a000002"

static const struct pktcap_udp udp = { 50000, 9, 0, 0 };

/* --- ICMP ---------------------------------------------------------------- */

static void put_icmp(struct pktcap_build *b, uint8_t type, const char *body,
		     uint32_t len)
{
	const struct pktcap_icmp icmp = {
		.type = type,
		.code = 0,
		.rest = 0x00070001,
		.body = (const uint8_t *)body,
		.body_len = len,
	};

	pktcap_build_ipv4(b, &ip4, 0);
	pktcap_build_icmp(b, &icmp, 0);
}

static void echo(struct pktcap_build *b)
{
	put_icmp(b, PKTCAP_ICMP_ECHO_REQUEST, NULL, 0);
	pktcap_build_data(b, "abc", 3);
}

static void mask(struct pktcap_build *b)
{
	put_icmp(b, PKTCAP_ICMP_MASK_REPLY, "\xff\xff\xff", 4);
}

/* RFC 4884: behind what is quoted, which does not count it. */
static void extension(struct pktcap_build *b)
{
	static const uint8_t objects[] = { 0x20, 0, 0xdd, 0xf4, 0, 8,
					   1,	 1, 0,	  1,	1, 1 };
	struct pktcap_ipv4 quoted = ip4;

	put_icmp(b, PKTCAP_ICMP_TIME_EXCEEDED, NULL, 0);
	quoted.header_len = 20;
	quoted.total_length = 1500;
	quoted.checksum = 0x5678;
	quoted.protocol = 17;
	pktcap_build_ipv4(b, &quoted, PKTCAP_KEEP_ALL);
	pktcap_build_data(b, NULL, 4);
	pktcap_build_trailer(b, 1, objects, sizeof(objects));
}

static void icmp_over_nothing(struct pktcap_build *b)
{
	put_icmp(b, PKTCAP_ICMP_ECHO_REQUEST, NULL, 0);
	pktcap_build_udp(b, &udp, 0);
}

/* --- options of IPv4, tunnels -------------------------------------------- */

static void put_ip4_options(struct pktcap_build *b,
			    const struct pktcap_tlv *options, size_t n)
{
	struct pktcap_ipv4 ip = ip4;
	uint8_t buf[40];
	int len = pktcap_ipv4_options_put(buf, sizeof(buf), options, n);

	assert_in_range(len, 0, 40);
	ip.options = buf;
	ip.options_len = (uint8_t)len;
	pktcap_build_ipv4(b, &ip, 0);
}

static void routes(struct pktcap_build *b)
{
	static const uint8_t recorded[7] = { 4 }, zero[2];
	const struct pktcap_tlv options[] = {
		{ .type = 7, .data = recorded, .len = 7 },
		{ .type = 1 },
		{ .type = 148, .data = zero, .len = 2 },
		{ .type = 0 },
	};

	put_ip4_options(b, options, 4);
}

static void tunnels(struct pktcap_build *b)
{
	pktcap_build_ipv4(b, &ip4, 0);
	pktcap_build_ipv4(b, &ip4, 0);
	pktcap_build_ipv6(b, &ip6, 0);
	pktcap_build_udp(b, &udp, 0);
}

/* The sum is over the address that comes last. */
static void source_route(struct pktcap_build *b)
{
	const struct pktcap_tlv route = {
		.type = 131,
		.data = (const uint8_t *)"\4\x0a\0\0\3\x0a\0\0\4",
		.len = 9
	};

	put_ip4_options(b, &route, 1);
	pktcap_build_udp(b, &udp, 0);
}

static const struct pktcap_tcp tcp = { .src_port = 50000,
				       .dst_port = 80,
				       .flags = PKTCAP_TCP_RST };

/* Its own checksum is over all that is inside. */
static void gre(struct pktcap_build *b)
{
	const struct pktcap_gre gre = { .flags = 0x8000 };

	pktcap_build_ipv4(b, &ip4, 0);
	pktcap_build_gre(b, &gre, 0);
	pktcap_build_ipv4(b, &ip4, 0);
	pktcap_build_tcp(b, &tcp, 0);
}

static void vxlan(struct pktcap_build *b)
{
	const struct pktcap_vxlan vxlan = { .flags = 8, .vni = 42 };
	const struct pktcap_eth eth = { .dst = { 2 }, .src = { 4 } };
	const struct pktcap_icmp6 echo6 = { .type = PKTCAP_ICMP6_ECHO_REPLY };
	struct pktcap_udp outer = udp;

	outer.dst_port = 4789;
	pktcap_build_ipv4(b, &ip4, 0);
	pktcap_build_udp(b, &outer, 0);
	pktcap_build_vxlan(b, &vxlan, 0);
	pktcap_build_eth(b, &eth, 0);
	pktcap_build_ipv6(b, &ip6, 0);
	pktcap_build_icmp6(b, &echo6, 0);
}

/* Of a fragment the header is whole, and what is in front of it. */
static void fragment_inside(struct pktcap_build *b)
{
	struct pktcap_ipv4 first = ip4;
	const struct pktcap_udp given = { 50000, 9, 2000, 0x1234 };

	first.more_fragments = 1;
	pktcap_build_ipv4(b, &ip4, 0);
	pktcap_build_ipv4(b, &first, 0);
	pktcap_build_udp(b, &given, 0);
}

static const struct built_row rows[] = {
	{ "echo", echo,
	  "4500 001f 0000 0000 40 01 66dc" IP4_ADDRESSES
	  "08 00 3395 0007 0001 616263",
	  0 },
	{ "the body of a message", mask,
	  "4500 0020 0000 0000 40 01 66db" IP4_ADDRESSES
	  "12 00 eef6 0007 0001 ffffff00",
	  0 },
	{ "extension", extension,
	  "4500 0040 0000 0000 40 01 66bb" IP4_ADDRESSES "0b 00 ff8e 0007 0001"
	  "4500 05dc 0000 0000 40 11 5678" IP4_ADDRESSES "00000000"
	  "2000 ddf4 0008 0101 0001 0101",
	  0 },
	{ "ICMP carries nothing but what it quotes", icmp_over_nothing,
	  "udp cannot follow icmp: put ipv4 between, or PKTCAP_KEEP_NEXT",
	  -EPROTOTYPE },
	{ "options of IPv4", routes,
	  "4900 0024 0000 0000 40 00 c3c9" IP4_ADDRESSES
	  "0709 04 000000 000000 01 9404 0000 00 00",
	  0 },
	{ "tunnels", tunnels,
	  "4500 0058 0000 0000 40 04 66a0" IP4_ADDRESSES
	  "4500 0044 0000 0000 40 29 668f" IP4_ADDRESSES
	  "6b9abcde 0008 11 ff" IP6_ADDRESSES "c350 0009 0008 3ffc",
	  0 },
	{ "source route", source_route,
	  "4800 0028 0000 0000 40 11 d5a3" IP4_ADDRESSES
	  "830b 04 0a000003 0a000004 00 c350 0009 0008 2880",
	  0 },
	{ "GRE with a checksum", gre,
	  "4500 0044 0000 0000 40 2f 6689" IP4_ADDRESSES "8000 0800 8c1c 0000"
	  "4500 0028 0000 0000 40 06 66ce" IP4_ADDRESSES
	  "c350 0050 00000000 00000000 50 04 0000 d83d 0000",
	  0 },
	{ "VXLAN", vxlan,
	  "4500 0062 0000 0000 40 11 6689" IP4_ADDRESSES "c350 12b5 004e f32d"
	  "08000000 00002a00 020000000000 040000000000 86dd"
	  "6b9abcde 0008 3a ff" IP6_ADDRESSES "81 00 8234 0000 0000",
	  0 },
	{ "a fragment inside", fragment_inside,
	  "4500 0030 0000 0000 40 04 66c8" IP4_ADDRESSES
	  "4500 001c 0000 2000 40 11 46cf" IP4_ADDRESSES "c350 0009 07d0 1234",
	  0 },
};

/* --- lists of options ---------------------------------------------------- */

typedef int (*put)(void *buf, size_t size, const struct pktcap_tlv *options,
		   size_t n);

/* How a list with two options of 6 and of 0 bytes is written. */
static const struct list {
	const char *name;
	put put;
	const char *bytes;
	int len;
	uint32_t most;	/* bytes of one option's data */
	bool has_empty; /* types 0 and 1 are a byte, 0 of IPv6 */
} lists[] = {
	{ "IPv4 options", pktcap_ipv4_options_put, "\x0e\x08\2\0\0\0\0\1\xff\2",
	  10, 38, true },
	{ "IPv6 options", pktcap_ipv6_options_put, "\x0e\x06\2\0\0\0\0\1\xff\0",
	  10, 255, true },
	{ "options of discovery", pktcap_nd_options_put,
	  "\x0e\1\2\0\0\0\0\1\xff\1\0\0\0\0\0\0", 16, 2038, false },
};

static const uint8_t mac[] = { 2, 0, 0, 0, 0, 1 };

static void expect_list(void **state)
{
	static const uint8_t data[2048];
	const struct list *list = *state;
	const struct pktcap_tlv two[] = {
		{ .type = 14, .data = mac, .len = 6 },
		{ .type = 255 },
	};
	const struct pktcap_tlv type = { .type = 256 };
	const struct pktcap_tlv filled = { .type = 0, .data = data, .len = 1 };
	struct pktcap_tlv one = { .type = 9, .data = data, .len = list->most };
	uint8_t buf[2048];
	size_t len = (size_t)list->len;

	memset(buf, 0xee, sizeof(buf));
	assert_int_equal(list->put(buf, len, two, 2), list->len);
	assert_memory_equal(buf, list->bytes, len);
	assert_int_equal(buf[len], 0xee);
	assert_int_equal(list->put(buf, len - 1, two, 2), -ENOSPC);
	assert_int_equal(list->put(buf, 0, NULL, 0), 0);
	assert_int_equal(list->put(buf, len, &type, 1), -ERANGE);
	assert_true(list->put(buf, sizeof(buf), &one, 1) > 0);
	one.len++;
	assert_int_equal(list->put(buf, sizeof(buf), &one, 1), -ERANGE);
	if (list->has_empty)
		assert_int_equal(list->put(buf, 9, &filled, 1), -ERANGE);
}

int main(void)
{
	struct CMUnitTest tests[64];
	size_t n = 0;

	ADD_ROWS(tests, n, rows, built_row_run);
	ADD_ROWS(tests, n, lists, expect_list);
	return _cmocka_run_group_tests("build network", tests, n, NULL, NULL);
}
