// SPDX-License-Identifier: BSD-2-Clause
/*
 * Expressions mean what they mean to libpcap, where it was installed at build
 * time: each program takes the same of many packets, whole and cut off after
 * each byte, and what libpcap refuses is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/filter.h>

#if __has_include(<pcap/pcap.h>)
#include <pcap/pcap.h>

#include "support/filter_table.h"
#include "support/packets.h"

/* LINKTYPE_ numbers are not always those that libpcap calls DLT_. */
static const struct link {
	const char *name;
	uint32_t linktype;
	int dlt;
} links[] = {
	{ "EN10MB", PKTCAP_LINKTYPE_ETHERNET, DLT_EN10MB },
	{ "LINUX_SLL", PKTCAP_LINKTYPE_LINUX_SLL, DLT_LINUX_SLL },
	{ "LINUX_SLL2", PKTCAP_LINKTYPE_LINUX_SLL2, DLT_LINUX_SLL2 },
	{ "RAW", PKTCAP_LINKTYPE_RAW, DLT_RAW },
	{ "IPV4", PKTCAP_LINKTYPE_IPV4, DLT_IPV4 },
	{ "IPV6", PKTCAP_LINKTYPE_IPV6, DLT_IPV6 },
	{ "NULL", PKTCAP_LINKTYPE_NULL, DLT_NULL },
	{ "LOOP", PKTCAP_LINKTYPE_LOOP, DLT_LOOP },
	{ "PPP", PKTCAP_LINKTYPE_PPP, DLT_PPP },
	{ "PPP_SERIAL", PKTCAP_LINKTYPE_PPP_HDLC, DLT_PPP_SERIAL },
	{ "C_HDLC", PKTCAP_LINKTYPE_C_HDLC, DLT_C_HDLC },
	{ "IEEE802_11", PKTCAP_LINKTYPE_IEEE802_11, DLT_IEEE802_11 },
	{ "IEEE802_11_RADIO", PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP,
	  DLT_IEEE802_11_RADIO },
};

struct programs {
	const char *expression;
	const struct pktcap_insn *ours;
	size_t n;
	struct bpf_program theirs[2]; /* as it is, and optimized */
	unsigned int compared, taken, wrong;
};

/*
 * Where libpcap is wrong: after an authentication header it forgets the length
 * of the headers before; behind the computed offsets of 802.11 it loses PPPoE
 * sessions, loads words of addresses of which no bit counts, and takes the
 * same scratch word for an offset and for arithmetic before it.
 */
static bool is_on_purpose(const struct link *link, const char *expression,
			  const char *packet)
{
	bool wireless = strstr(link->name, "802_11");

	if (strstr(expression, "protochain") && strstr(packet, "ah4"))
		return true;
	return wireless &&
	       (strstr(expression, "pppoes") || strstr(expression, "5 > 3") ||
		strstr(expression, "(len > 60 or") ||
		(strstr(expression, "net ") && strchr(expression, '/')));
}

static void compare(struct programs *p, const struct link *link,
		    const struct packet *packet, uint32_t caplen)
{
	struct pktcap_packet view = {
		.data = packet->bytes,
		.caplen = caplen,
		.wirelen = packet->len,
		.linktype = (uint16_t)link->linktype,
	};
	bool ours, plain, optimized;

	plain = bpf_filter(p->theirs[0].bf_insns, view.data, view.wirelen,
			   caplen);
	optimized = bpf_filter(p->theirs[1].bf_insns, view.data, view.wirelen,
			       caplen);
	/* Its optimizer may leave out a load that would end the program. */
	if (plain != optimized ||
	    is_on_purpose(link, p->expression, packet->name))
		return;
	ours = pktcap_bpf_run(p->ours, p->n, &view);
	p->compared++;
	p->taken += ours;
	if (ours == plain || p->wrong++)
		return;
	print_error("%s, '%s': packet '%s' cut to %u bytes: %s, libpcap %s\n",
		    link->name, p->expression, packet->name, caplen,
		    ours ? "taken" : "rejected", plain ? "takes it" : "not");
}

/*
 * libpcap computes the length of the radio header and of 802.11's before
 * anything else: less than these it rejects, whatever is asked.
 */
static void compare_all(struct programs *p, const struct link *link)
{
	static uint8_t bytes[PACKET_MAX];
	uint32_t least = strstr(link->name, "802_11") ? 24 : 0;
	struct packet packet;

	for (unsigned int i = 0;
	     packet_build(i, link->linktype, bytes, &packet); i++)
		for (uint32_t cut = packet.len; cut > least; cut--)
			compare(p, link, &packet, cut);
}

static bool we_take_none(const struct programs *p, const struct link *link)
{
	static uint8_t bytes[PACKET_MAX];
	struct packet packet;

	for (unsigned int i = 0;
	     packet_build(i, link->linktype, bytes, &packet); i++) {
		struct pktcap_packet view = {
			.data = bytes,
			.caplen = packet.len,
			.wirelen = packet.len,
			.linktype = (uint16_t)link->linktype,
		};

		if (pktcap_bpf_run(p->ours, p->n, &view))
			return false;
	}
	return true;
}

static bool they_take_none(const struct programs *p, const struct link *link)
{
	static uint8_t bytes[PACKET_MAX];
	struct packet packet;

	for (unsigned int i = 0;
	     packet_build(i, link->linktype, bytes, &packet); i++)
		if (bpf_filter(p->theirs[1].bf_insns, bytes, packet.len,
			       packet.len))
			return false;
	return true;
}

/* 0 if all is well. */
static int one_expression(const struct link *link, const char *expression,
			  bool *compiled)
{
	pcap_t *pcap = pcap_open_dead(link->dlt, 262144);
	struct programs p = { .expression = expression };
	struct pktcap_filter *filter;
	struct pktcap_error error = { 0 };
	int ret, theirs, wrong = 0;

	ret = pktcap_filter_compile(
		&filter, expression,
		&PKTCAP_FILTER_OPTS(.linktype = link->linktype), &error);
	theirs = pcap_compile(pcap, &p.theirs[1], expression, 1, 0);
	if (!ret) {
		p.ours = pktcap_filter_program(filter, &p.n);
		if (pktcap_bpf_validate(p.ours, p.n, &error))
			fail_msg("%s, '%s': %s", link->name, expression,
				 error.text);
	}
	*compiled = false;
	if (theirs && !ret && !we_take_none(&p, link)) {
		print_error("%s, '%s': libpcap refuses it: %s\n", link->name,
			    expression, pcap_geterr(pcap));
		wrong = 1;
	} else if (!theirs && ret == -ENOMSG && they_take_none(&p, link)) {
		*compiled = true;
	} else if (!theirs && ret) {
		print_error("%s, '%s': refused: %s\n", link->name, expression,
			    error.text);
		wrong = 1;
	} else if (!theirs) {
		pcap_compile(pcap, &p.theirs[0], expression, 0, 0);
		compare_all(&p, link);
		pcap_freecode(&p.theirs[0]);
		*compiled = true;
	}
	if (!theirs)
		pcap_freecode(&p.theirs[1]);
	pktcap_filter_free(filter);
	pcap_close(pcap);
	return wrong + (p.wrong != 0);
}

static void same_verdicts(void **state)
{
	const struct link *link = *state;
	unsigned int wrong = 0, compiled = 0;

	for (size_t i = 0; filter_table[i]; i++) {
		bool good;

		wrong += (unsigned int)one_expression(link, filter_table[i],
						      &good) != 0;
		compiled += good;
	}
	print_message("%s: %u expressions compared\n", link->name, compiled);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	enum { LINKS = sizeof(links) / sizeof(links[0]) };
	struct CMUnitTest tests[LINKS];

	for (size_t i = 0; i < LINKS; i++)
		tests[i] = (struct CMUnitTest){
			.name = links[i].name,
			.test_func = same_verdicts,
			.initial_state = (void *)(uintptr_t)&links[i],
		};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void)
{
	puts("no libpcap to compare with");
	return 77;
}
#endif
