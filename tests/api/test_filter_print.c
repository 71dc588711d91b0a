// SPDX-License-Identifier: BSD-2-Clause
/* The stages of a compilation as text, for people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/filter.h>

struct row {
	const char *expression;
	uint32_t flags;
	uint32_t stage;
	const char *want;
};

#define TOKENS PKTCAP_FILTER_STAGE_TOKENS
#define TREE PKTCAP_FILTER_STAGE_TREE
#define GRAPH PKTCAP_FILTER_STAGE_GRAPH
#define OPTIMIZED PKTCAP_FILTER_STAGE_OPTIMIZED
#define PROGRAM PKTCAP_FILTER_STAGE_PROGRAM

static struct row rows[] = {
	{ "tcp port 0x50", 0, TOKENS,
	  "0 keyword tcp\n"
	  "4 keyword port\n"
	  "9 number 0x50 = 80\n" },
	{ "", 0, TOKENS, "" },
	{ "", 0, TREE, "every packet\n" },
	{ "tcp", 0, TREE, "tcp\nthe protocol is TCP\n" },
	{ "src 10.0.0.1 or 1.2.3.4", 0, TREE,
	  "(src 10.0.0.1 or src 1.2.3.4)\n"
	  "at least one of these:\n"
	  "  the source address is 10.0.0.1\n"
	  "  the source address is 1.2.3.4\n" },
	{ "port 80 and dst net 10.1 and not udp", 0, TREE,
	  "((port 80 and dst net 10.1) and not udp)\n"
	  "all of these:\n"
	  "  the source or destination TCP, UDP or SCTP port is 80\n"
	  "  the destination address is in network 10.1\n"
	  "  not: the protocol is UDP\n" },
	{ "not (tcp port 80 or 81) and not (ip and not arp)", 0, TREE,
	  "(not (tcp port 80 or tcp port 81) and not (ip and not arp))\n"
	  "all of these:\n"
	  "  none of these:\n"
	  "    the source or destination TCP port is 80\n"
	  "    the source or destination TCP port is 81\n"
	  "  not all of these:\n"
	  "    the protocol is IPv4\n"
	  "    not: the protocol is ARP\n" },
	{ "not not greater 100", 0, TREE,
	  "not not greater 100\n"
	  "the packet has at least 100 bytes\n" },
	{ "tcp[tcpflags] & 2 != 0 and ether broadcast", 0, TREE,
	  "((tcp[tcpflags] & 2) != 0 and ether broadcast)\n"
	  "all of these:\n"
	  "  (tcp[tcpflags] & 2) != 0\n"
	  "  the link-layer destination is a broadcast address\n" },
	{ "vlan 5 and ip proto 47", 0, TREE,
	  "(vlan 5 and ip proto 47)\n"
	  "all of these:\n"
	  "  there is a VLAN tag with number 5; what follows is looked for "
	  "behind it\n"
	  "  the protocol in IPv4 has number 47\n" },
	{ "port {80, 90-100}", PKTCAP_FILTER_EXTENDED, TREE,
	  "port {80, 90-100}\n"
	  "the source or destination TCP, UDP or SCTP port is 80 or 90-100\n" },
	{ "vlan 5 and sample 1/10", PKTCAP_FILTER_EXTENDED, TREE,
	  "(vlan 5 and sample 1/10)\n"
	  "all of these:\n"
	  "  there is a VLAN tag with number 5\n"
	  "  the packet is of a random sample of 1 in 10\n" },
	{ "ip", 0, GRAPH, "n1: pkt[12:2] == 0x800 ? accept : reject\n" },
	{ "ip and ip", 0, GRAPH,
	  "n1: pkt[12:2] == 0x800 ? n2 : reject\n"
	  "n2: pkt[12:2] == 0x800 ? accept : reject\n" },
	{ "ip and ip", 0, OPTIMIZED,
	  "n1: pkt[12:2] == 0x800 ? accept : reject\n" },
	/* What libpcap leaves out is left out even so, but no more. */
	{ "ip and ip", PKTCAP_FILTER_NO_OPTIMIZE, OPTIMIZED,
	  "n1: pkt[12:2] == 0x800 ? accept : reject\n" },
	{ "ip and ether[12:2] > 5", PKTCAP_FILTER_NO_OPTIMIZE, OPTIMIZED,
	  "n1: pkt[12:2] == 0x800 ? n2 : reject\n"
	  "n2: pkt[12:2] > 5 ? accept : reject\n" },
	{ "inbound", 0, GRAPH,
	  "n1: kernel[packet_type] == 4 ? reject : accept\n" },
	{ "sample 1/10", PKTCAP_FILTER_EXTENDED, OPTIMIZED,
	  "n1: random = kernel[random]; n2\n"
	  "n2: (random % 0xa) == 0 ? accept : reject\n" },
	{ "", 0, GRAPH, "accept\n" },
};

static struct pktcap_filter *compiled(const char *expression, uint32_t flags)
{
	struct pktcap_filter *filter;
	struct pktcap_error error;

	if (pktcap_filter_compile(
		    &filter, expression,
		    &PKTCAP_FILTER_OPTS(.linktype = PKTCAP_LINKTYPE_ETHERNET,
					.flags = flags),
		    &error))
		fail_msg("'%s': %s", expression, error.text);
	return filter;
}

static void run(void **state)
{
	const struct row *r = *state;
	struct pktcap_filter *filter =
		compiled(r->expression, r->flags | PKTCAP_FILTER_KEEP_STAGES);
	char buf[1024];
	int64_t n = pktcap_filter_print(filter, r->stage, buf, sizeof(buf));

	assert_string_equal(buf, r->want);
	assert_int_equal(n, strlen(r->want));
	pktcap_filter_free(filter);
}

static void cut_text(void **state)
{
	struct pktcap_filter *filter =
		compiled("tcp or udp", PKTCAP_FILTER_KEEP_STAGES);

	(void)state;
	for (uint32_t stage = TOKENS; stage <= PROGRAM; stage++) {
		char whole[1024], cut[8] = "?????\0";
		int64_t n = pktcap_filter_print(filter, stage, NULL, 0);

		assert_int_equal(pktcap_filter_print(filter, stage, whole,
						     sizeof(whole)),
				 n);
		assert_int_equal(strlen(whole), n);
		assert_int_equal(pktcap_filter_print(filter, stage, cut, 4), n);
		assert_int_equal(strlen(cut), 3);
		assert_memory_equal(cut, whole, 3);
		assert_int_equal(cut[4], '?');
	}
	assert_int_equal(pktcap_filter_print(filter, 0, NULL, 0), -EINVAL);
	assert_int_equal(pktcap_filter_print(filter, 6, NULL, 0), -EINVAL);
	pktcap_filter_free(filter);
}

static void program(void **state)
{
	struct pktcap_filter *filter = compiled("tcp or udp", 0);
	size_t n;
	const struct pktcap_insn *insns = pktcap_filter_program(filter, &n);
	char ours[1024], dumped[1024];

	(void)state;
	pktcap_bpf_dump(insns, n, PKTCAP_BPF_FORM_ASM, dumped, sizeof(dumped));
	pktcap_filter_print(filter, PROGRAM, ours, sizeof(ours));
	assert_string_equal(ours, dumped);
	pktcap_filter_free(filter);
}

static void nothing_kept(void **state)
{
	struct pktcap_filter *filter = compiled("tcp", 0);

	(void)state;
	for (uint32_t stage = TOKENS; stage < PROGRAM; stage++)
		assert_int_equal(pktcap_filter_print(filter, stage, NULL, 0),
				 -ENODATA);
	assert_true(pktcap_filter_print(filter, PROGRAM, NULL, 0) > 0);
	pktcap_filter_free(filter);
}

/* Neither the stack nor the text grows with the square of the depth. */
static void deep_tree(void **state)
{
	enum { DEPTH = 20000 };
	static const char *const pieces[] = { "(ip or not (tcp and ", "udp",
					      "))" };
	char *text = calloc(DEPTH, 24), *p = text;
	struct pktcap_filter *filter;

	(void)state;
	for (int i = 0; i < DEPTH; i++)
		p = stpcpy(p, pieces[0]);
	p = stpcpy(p, pieces[1]);
	for (int i = 0; i < DEPTH; i++)
		p = stpcpy(p, pieces[2]);
	filter = compiled(text, PKTCAP_FILTER_KEEP_STAGES);
	assert_in_range(pktcap_filter_print(filter, TREE, NULL, 0), DEPTH * 40,
			DEPTH * 60);
	pktcap_filter_free(filter);
	free(text);
}

int main(void)
{
	enum { ROWS = sizeof(rows) / sizeof(rows[0]), OTHERS = 4 };
	struct CMUnitTest tests[ROWS + OTHERS] = {
		cmocka_unit_test(cut_text),
		cmocka_unit_test(program),
		cmocka_unit_test(nothing_kept),
		cmocka_unit_test(deep_tree),
	};

	for (size_t i = 0; i < ROWS; i++)
		tests[OTHERS + i] = (struct CMUnitTest){
			.name = rows[i].expression,
			.test_func = run,
			.initial_state = &rows[i],
		};
	return _cmocka_run_group_tests("filter_print", tests, ROWS + OTHERS,
				       NULL, NULL);
}
