// SPDX-License-Identifier: BSD-2-Clause
/*
 * The live program takes a packet whose VLAN tag is metadata where the other
 * one takes it from a file, with the tag in its place.
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

#include "support/corpus.h"
#include "support/filter_edges.h"
#include "support/filter_table.h"
#include "support/grammar.h"
#include "support/layers.h"

enum { TAG_LEN = 4, BYTES_MAX = 1024, PACKETS = 2000, GENERATED = 300 };

static struct corpus corpus;
static uint32_t linktype;

static unsigned int be16(const uint8_t *p)
{
	return (unsigned int)p[0] << 8 | p[1];
}

/* As the kernel hands it out: without the tag, if there was one. */
static void take_tag(struct pktcap_packet *view, uint8_t bytes[BYTES_MAX])
{
	bool cooked = linktype == PKTCAP_LINKTYPE_LINUX_SLL2;
	uint32_t type_at = cooked ? 0 : 12, tci_at = cooked ? 20 : 14;
	unsigned int type = view->caplen < tci_at + TAG_LEN
				    ? 0
				    : be16(view->data + type_at);

	if (type != 0x8100 && type != 0x88a8)
		return;
	view->flags = PKTCAP_PACKET_VLAN;
	view->vlan_tpid = (uint16_t)type;
	view->vlan_tci = (uint16_t)be16(view->data + tci_at);
	memcpy(bytes, view->data, tci_at);
	memcpy(bytes + type_at, view->data + tci_at + 2, 2);
	memcpy(bytes + tci_at, view->data + tci_at + TAG_LEN,
	       view->caplen - tci_at - TAG_LEN);
	view->data = bytes;
	view->caplen -= TAG_LEN;
	view->wirelen -= TAG_LEN;
}

static bool takes(const struct pktcap_filter *filter,
		  const struct pktcap_packet *view)
{
	size_t n;
	const struct pktcap_insn *insns = pktcap_filter_program(filter, &n);

	return pktcap_bpf_run(insns, n, view);
}

/* @file is NULL for an expression that takes nothing. */
static void compare(const char *expression, const struct pktcap_filter *file,
		    const struct pktcap_filter *live)
{
	uint8_t without[BYTES_MAX];

	for (uint32_t i = 0; i < corpus.n; i++) {
		const struct corpus_packet *packet = &corpus.packets[i];
		struct pktcap_packet view = { .data = packet->bytes,
					      .caplen = packet->caplen,
					      .wirelen = packet->wirelen,
					      .linktype = (uint16_t)linktype };
		bool taken = file && takes(file, &view);

		take_tag(&view, without);
		if (taken != takes(live, &view))
			fail_msg("'%s', packet '%s' of %u bytes: %s from a "
				 "file only",
				 expression, packet->name, packet->caplen,
				 taken ? "taken" : "rejected");
	}
}

static int compile(struct pktcap_filter **out, const char *expression,
		   uint32_t flags)
{
	return pktcap_filter_compile(
		out, expression,
		&PKTCAP_FILTER_OPTS(.linktype = linktype, .flags = flags),
		NULL);
}

static void one_expression(const char *expression)
{
	struct pktcap_filter *file, *live;
	int ret = compile(&file, expression, 0);
	int same = compile(&live, expression, PKTCAP_FILTER_LIVE);

	if ((!ret || ret == -ENOMSG) && !same)
		compare(expression, file, live);
	/* A computed index into the cooked header is refused. */
	else if (same != ret &&
		 (same != -EOPNOTSUPP || linktype == PKTCAP_LINKTYPE_ETHERNET))
		fail_msg("'%s': %d from a file, %d live", expression, ret,
			 same);
	pktcap_filter_free(file);
	pktcap_filter_free(live);
}

static const char *const indexes[] = {
	"ether[ether[0]] = 1",
	"ether[ether[5] + 7:2] = 0x8100",
	"ether[ether[5] + 8:2] = 5",
	"ether[ether[5] + 9:4] = 0x00050800",
	"ether[ether[5] + 5:2] = 0x0181",
	"ether[len - 1] = 0x6f",
	"ether[len - 4:4] = 0x656c6c6f",
	"ether[len - 3:4] = 0x656c6c6f",
	"ether[((ether[18] & 0xf) << 2) + 18:2] = 80",
	"ether[ether[1] * ether[2]:2] != 0",
	"ether[0 - ether[5]] = 0",
	"ether[ether[ether[5]]] = 0",
	"vlan and ether[ether[5] + 12:2] = 0x0800",
	NULL,
};

static void same_as_from_a_file(void **state)
{
	char expression[GRAMMAR_MAX];

	linktype = *(const uint32_t *)*state;
	corpus_build(&corpus, linktype, PACKETS);
	for (size_t i = 0; indexes[i]; i++)
		one_expression(indexes[i]);
	for (size_t i = 0; filter_table[i]; i++)
		one_expression(filter_table[i]);
	for (size_t i = 0; filter_edges[i]; i++)
		one_expression(filter_edges[i]);
	for (uint32_t i = 0; i < GENERATED; i++) {
		grammar_expression(i, expression);
		one_expression(expression);
	}
	corpus_free(&corpus);
}

/* Of Ethernet; the bytes have room for another header. */
static void make_cooked(struct pktcap_packet *view, uint8_t bytes[BYTES_MAX])
{
	enum { ETHERNET = 14, COOKED = 20 };
	uint8_t frame[BYTES_MAX];

	memcpy(frame, bytes, view->caplen);
	memset(bytes, 0, COOKED);
	memcpy(bytes, frame + ETHERNET - 2, 2);
	memcpy(bytes + COOKED, frame + ETHERNET, view->caplen - ETHERNET);
	view->caplen += COOKED - ETHERNET;
}

/* Cut anywhere behind the outer tag, which the kernel would not take off. */
static void compare_cut(const char *expression, const char *layers)
{
	uint8_t bytes[BYTES_MAX], without[BYTES_MAX];
	struct pktcap_packet view = { .data = bytes,
				      .linktype = (uint16_t)linktype };
	struct pktcap_filter *file, *live;
	uint32_t least = 18;

	assert_int_equal(compile(&file, expression, PKTCAP_FILTER_EXTENDED), 0);
	assert_int_equal(compile(&live, expression,
				 PKTCAP_FILTER_EXTENDED | PKTCAP_FILTER_LIVE),
			 0);
	view.caplen = (uint32_t)layers_build(layers, bytes);
	if (linktype == PKTCAP_LINKTYPE_LINUX_SLL2) {
		make_cooked(&view, bytes);
		least = 24;
	}
	for (; view.caplen >= least; view.caplen--) {
		struct pktcap_packet taken = view;

		take_tag(&taken, without);
		if (takes(file, &view) != takes(live, &taken))
			fail_msg("'%s', '%s' cut to %u bytes", expression,
				 layers, view.caplen);
	}
	pktcap_filter_free(file);
	pktcap_filter_free(live);
}

static void same_tags_of_what_is_cut(void **state)
{
	static const char *const expressions[] = {
		"vlan 7 > vlan 5",
		"not vlan 7 > vlan 5",
		"not vlan 5 > vlan 7",
		"not vlan 5 > vlan 6 > vlan 7",
		"not vlan > vlan > vlan 8",
		"not vlan {6, 8} and not vlan > vlan",
		"not (vlan 5 and vlan 7)",
		"not port 80",
		"not ip and not arp",
		"not inner(ip)",
		"ether[2] = 0 and not ip6",
	};
	static const char *const packets[] = {
		"eth vlan:5 ip4 tcp:80",
		"eth vlan:7 arp",
		"eth qinq:5 vlan:60 ip4 udp:53",
		"eth vlan:5 vlan:7 ip6 tcp:80",
		"eth vlan:7 vlan:5 arp",
		"eth qinq:5 vlan:6 vlan:7 ip4 tcp:80",
		"eth vlan:7 old:5 vlan:7 ip4 tcp:80",
		"eth vlan:5 vlan:6 vlan:7 vlan:8 ip4 tcp:80",
	};

	linktype = *(const uint32_t *)*state;
	for (size_t e = 0; e < sizeof(expressions) / sizeof(*expressions); e++)
		for (size_t i = 0; i < sizeof(packets) / sizeof(*packets); i++)
			compare_cut(expressions[e], packets[i]);
}

/* What no packet with a tag can be costs one test of the tag, and the reject.
 */
static void no_longer_without_tags(void **state)
{
	static const char *const expressions[] = {
		"ip",		"tcp port 80",	      "not host 10.0.0.1",
		"protochain 6", "ether[ip[0]:4] = 5",
	};

	linktype = *(const uint32_t *)*state;
	for (size_t i = 0; i < sizeof(expressions) / sizeof(*expressions);
	     i++) {
		struct pktcap_filter *file, *live;
		size_t n, live_n;

		assert_int_equal(compile(&file, expressions[i], 0), 0);
		assert_int_equal(
			compile(&live, expressions[i], PKTCAP_FILTER_LIVE), 0);
		pktcap_filter_program(file, &n);
		pktcap_filter_program(live, &live_n);
		assert_in_range(live_n, n, n + 3);
		pktcap_filter_free(file);
		pktcap_filter_free(live);
	}
}

int main(void)
{
	static uint32_t ethernet = PKTCAP_LINKTYPE_ETHERNET;
	static uint32_t sll2 = PKTCAP_LINKTYPE_LINUX_SLL2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(same_as_from_a_file, &ethernet),
		cmocka_unit_test_prestate(same_as_from_a_file, &sll2),
		cmocka_unit_test_prestate(no_longer_without_tags, &ethernet),
		cmocka_unit_test_prestate(same_tags_of_what_is_cut, &ethernet),
		cmocka_unit_test_prestate(same_tags_of_what_is_cut, &sll2),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
