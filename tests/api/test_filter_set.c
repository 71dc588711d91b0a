// SPDX-License-Identifier: BSD-2-Clause
/*
 * A set takes what its members take, one by one: random sets of addresses that
 * have to do with each other, and packets from and to such addresses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/filter.h>

#include "support/layers.h"

enum { ROUNDS = 400, PACKETS = 60, MEMBERS = 24, TEXT = 8192, HOSTS = 1000 };

static uint32_t seed;

static uint32_t any(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

/* Few different ones, so that networks hold others and packets hit. */
static uint32_t any_word(void)
{
	static const uint32_t words[] = { 0x0a000000, 0x0a000001, 0x0a0000ff,
					  0x0a000100, 0x0aff0000, 0x20010db8,
					  0,	      0xffffffff };

	return words[any(8)] ^ any(4);
}

static void put_word(uint8_t *p, uint32_t word)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(word >> (24 - 8 * i));
}

static size_t write_ipv4(char *out, bool net)
{
	uint32_t prefix = net ? any(33) : 32;
	uint32_t a = any_word() & (prefix ? UINT32_MAX << (32 - prefix) : 0);
	int n = sprintf(out, "%u.%u.%u.%u", a >> 24, a >> 16 & 255,
			a >> 8 & 255, a & 255);

	return (size_t)(net ? n + sprintf(out + n, "/%u", prefix) : n);
}

static size_t write_ipv6(char *out, bool net)
{
	uint32_t prefix = net ? any(129) : 128;
	int n = 0;

	for (uint32_t i = 0; i < 4; i++) {
		uint32_t bits = prefix > 32 * i ? prefix - 32 * i : 0;
		uint32_t a = any_word();

		if (bits < 32)
			a &= bits ? UINT32_MAX << (32 - bits) : 0;
		n += sprintf(out + n, "%s%x:%x", i ? ":" : "", a >> 16,
			     a & 0xffff);
	}
	return (size_t)(net ? n + sprintf(out + n, "/%u", prefix) : n);
}

static size_t write_mac(char *out)
{
	uint32_t a = any_word();

	return (size_t)sprintf(out, "02:00:%02x:%02x:%02x:%02x", a >> 24,
			       a >> 16 & 255, a >> 8 & 255, a & 255);
}

/*
 * The same members twice: as a set, and one by one. "src and dst" asks for both
 * in the set, which need not be the same one.
 */
static void write_both(char *set, char *chain)
{
	static const char *const dirs[] = { "", "src ", "dst ",
					    "src and dst " };
	static char src[TEXT], dst[TEXT];
	char *s = src, *d = dst;
	static const char *const protos[] = { "", "ip ", "arp ", "ip6 ",
					      "ether " };
	const char *proto = protos[any(5)], *dir = dirs[any(4)];
	bool ether = *proto == 'e', net = !ether && any(2);
	bool ipv6 = !strcmp(proto, "ip6 "), ipv4 = !ipv6 && *proto;

	set += sprintf(set, "%s%s%s {", proto, dir, net ? "net" : "host");
	for (uint32_t n = 1 + any(MEMBERS); n--;) {
		char member[64];

		if (ether)
			write_mac(member);
		else if (ipv6 || (!ipv4 && any(2)))
			write_ipv6(member, net);
		else
			write_ipv4(member, net);
		set += sprintf(set, "%s%s", member, n ? ", " : "}");
		s += sprintf(s, "%s%s%s %s%s", proto,
			     strlen(dir) > 4 ? "src " : dir,
			     net ? "net" : "host", member, n ? " or " : "");
		d += sprintf(d, "%sdst %s %s%s", proto, net ? "net" : "host",
			     member, n ? " or " : "");
	}
	sprintf(chain, strlen(dir) > 4 ? "(%s) and (%s)" : "%s", src, dst);
}

static uint32_t any_packet(uint8_t bytes[LAYERS_MAX])
{
	static const char *const kinds[] = {
		"eth ip4 tcp:80", "eth vlan:5 ip4 tcp:80",	  "eth arp",
		"eth ip6 tcp:80", "eth vlan:5 vlan:6 ip6 udp:53",
	};
	static const uint8_t at[] = { 26, 30, 28, 22, 30 };
	uint32_t kind = any(5);
	uint32_t len = (uint32_t)layers_build(kinds[kind], bytes);

	put_word(bytes + 2, any_word());
	put_word(bytes + 8, any_word());
	if (kind < 2) {
		put_word(bytes + at[kind], any_word());
		put_word(bytes + at[kind] + 4, any_word());
	} else if (kind == 2) {
		put_word(bytes + 28, any_word());
		put_word(bytes + 38, any_word());
	} else {
		for (uint32_t i = 0; i < 8; i++)
			put_word(bytes + at[kind] + 4 * i, any_word());
	}
	return len;
}

static struct pktcap_filter *compile(const char *expression, uint32_t flags)
{
	struct pktcap_filter *filter;
	struct pktcap_error error;

	if (pktcap_filter_compile(
		    &filter, expression,
		    &PKTCAP_FILTER_OPTS(.flags = PKTCAP_FILTER_EXTENDED | flags,
					.linktype = PKTCAP_LINKTYPE_ETHERNET),
		    &error))
		fail_msg("'%s': %s", expression, error.text);
	return filter;
}

static bool takes(const struct pktcap_filter *filter,
		  const struct pktcap_packet *view)
{
	size_t n;
	const struct pktcap_insn *insns = pktcap_filter_program(filter, &n);

	return pktcap_bpf_run(insns, n, view);
}

static void takes_what_its_members_take(void **state)
{
	static char set[TEXT], chain[TEXT];
	uint8_t bytes[LAYERS_MAX];
	unsigned int taken = 0;

	(void)state;
	for (seed = 0; seed < ROUNDS; seed++) {
		uint32_t round = seed;
		struct pktcap_filter *filters[3];

		write_both(set, chain);
		filters[0] = compile(set, 0);
		filters[1] = compile(set, PKTCAP_FILTER_NO_OPTIMIZE);
		filters[2] = compile(chain, 0);
		for (int i = 0; i < PACKETS; i++) {
			struct pktcap_packet view = { .data = bytes,
						      .linktype = 1 };
			bool by_set;

			view.wirelen = any_packet(bytes);
			view.caplen =
				any(3) ? view.wirelen : 1 + any(view.wirelen);
			by_set = takes(filters[0], &view);
			taken += by_set;
			/* Cut off, the order of looking matters. */
			if (view.caplen == view.wirelen &&
			    by_set != takes(filters[2], &view))
				fail_msg("'%s' %s a packet", set,
					 by_set ? "takes" : "rejects");
			if (by_set != takes(filters[1], &view))
				fail_msg("'%s' differs if optimized", set);
		}
		for (int i = 0; i < 3; i++)
			pktcap_filter_free(filters[i]);
		seed = round;
	}
	assert_in_range(taken, ROUNDS, ROUNDS * PACKETS - ROUNDS);
}

static void many_fit_into_the_kernel(void **state)
{
	static char set[HOSTS * 20];
	char *p = set;
	struct pktcap_filter *filter;
	size_t n;

	(void)state;
	p += sprintf(p, "host {");
	for (uint32_t i = 0; i < HOSTS; i++) {
		uint32_t a = i * 2654435761u;

		p += sprintf(p, "%s%u.%u.%u.%u", i ? "," : "", a >> 24,
			     a >> 16 & 255, a >> 8 & 255, a & 255);
	}
	sprintf(p, "}");
	filter = compile(set, PKTCAP_FILTER_LIVE);
	pktcap_filter_program(filter, &n);
	assert_in_range(n, HOSTS, PKTCAP_BPF_MAX);
	pktcap_filter_free(filter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_what_its_members_take),
		cmocka_unit_test(many_fit_into_the_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
