// SPDX-License-Identifier: BSD-2-Clause
/*
 * Beyond libpcap's language everything else means what it does there: of
 * packets with neither tags, tunnels nor extension headers the same are taken,
 * whole and cut off.
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

#include "support/filter_table.h"
#include "support/packets.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STRIDE = 16 };
#else
enum { STRIDE = 3 };
#endif

static const uint32_t linktypes[] = {
	PKTCAP_LINKTYPE_ETHERNET,   PKTCAP_LINKTYPE_LINUX_SLL,
	PKTCAP_LINKTYPE_LINUX_SLL2, PKTCAP_LINKTYPE_RAW,
	PKTCAP_LINKTYPE_IEEE802_11,
};

static bool has_one_of(const char *text, const char *const *words)
{
	while (*words)
		if (strstr(text, *words++))
			return true;
	return false;
}

/* They shift what follows in one language and are tests in the other. */
static bool is_shift(const char *expression)
{
	static const char *const words[] = { "vlan", "mpls", "pppoe", "geneve",
					     NULL };

	return has_one_of(expression, words);
}

static bool is_plain(const char *packet)
{
	static const char *const words[] = {
		"vlan",	   "mpls",	  "ppp",       "geneve", "hop-by",
		"headers", "options udp", "fragment6", "ah",	 NULL
	};

	return !has_one_of(packet, words);
}

/* Bytes behind IPv6 are there in one language only. */
static bool is_on_purpose(const char *expression, const char *packet)
{
	return strchr(expression, '[') && strchr(packet, '6');
}

static void compare(const char *expression, uint32_t linktype,
		    const struct pktcap_filter *const filters[2])
{
	const struct pktcap_insn *insns[2];
	uint8_t bytes[PACKET_MAX];
	struct packet packet;
	size_t n[2];

	insns[0] = pktcap_filter_program(filters[0], &n[0]);
	insns[1] = pktcap_filter_program(filters[1], &n[1]);
	for (unsigned int i = 0; packet_build(i, linktype, bytes, &packet);
	     i++) {
		if (!is_plain(packet.name) ||
		    is_on_purpose(expression, packet.name))
			continue;
		for (uint32_t cut = packet.len; cut && cut <= packet.len;
		     cut -= STRIDE) {
			struct pktcap_packet view = {
				.data = bytes,
				.caplen = cut,
				.wirelen = packet.len,
				.linktype = (uint16_t)linktype,
			};
			bool taken = pktcap_bpf_run(insns[0], n[0], &view);

			if (taken != !!pktcap_bpf_run(insns[1], n[1], &view))
				fail_msg("'%s', %s, '%s' cut to %u: %s by "
					 "libpcap's language only",
					 expression,
					 pktcap_linktype_name(linktype),
					 packet.name, cut,
					 taken ? "taken" : "rejected");
		}
	}
}

static void the_same_where_nothing_is_beyond(void **state)
{
	const uint32_t *linktype = *state;

	for (size_t i = 0; filter_table[i]; i++) {
		struct pktcap_filter *filters[2];
		int ret[2];

		if (is_shift(filter_table[i]))
			continue;
		for (uint32_t f = 0; f < 2; f++)
			ret[f] = pktcap_filter_compile(
				&filters[f], filter_table[i],
				&PKTCAP_FILTER_OPTS(
						.flags = f *
							 PKTCAP_FILTER_EXTENDED,
						.linktype = *linktype),
				NULL);
		if (!ret[0] && !ret[1])
			compare(filter_table[i], *linktype,
				(const struct pktcap_filter *const *)filters);
		else if (ret[0] != ret[1] && ret[0] != -ENOMSG &&
			 ret[1] != -ENOMSG)
			fail_msg("'%s': %d, %d", filter_table[i], ret[0],
				 ret[1]);
		pktcap_filter_free(filters[0]);
		pktcap_filter_free(filters[1]);
	}
}

int main(void)
{
	enum { LINKS = sizeof(linktypes) / sizeof(linktypes[0]) };
	struct CMUnitTest tests[LINKS];

	for (size_t i = 0; i < LINKS; i++)
		tests[i] = (struct CMUnitTest){
			.name = pktcap_linktype_name(linktypes[i]),
			.test_func = the_same_where_nothing_is_beyond,
			.initial_state = (void *)(uintptr_t)&linktypes[i],
		};
	return _cmocka_run_group_tests("filter_plain", tests, LINKS, NULL,
				       NULL);
}
