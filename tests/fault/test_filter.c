// SPDX-License-Identifier: BSD-2-Clause
/* Filters are compiled and printed, or there is no memory for it. */
#include "fault.h"

#include <linux/filter.h>
#include <stdio.h>

#define NEVER_MADE ((void *)1)

static int prepare(void)
{
	return 0;
}

static void print(const struct pktcap_filter *filter)
{
	char text[256];

	for (uint32_t stage = PKTCAP_FILTER_STAGE_TOKENS;
	     stage <= PKTCAP_FILTER_STAGE_PROGRAM; stage++) {
		int64_t n =
			pktcap_filter_print(filter, stage, text, sizeof(text));

		if (n <= 0 && (n != -ENOMEM || !fault.victim))
			finding("a stage is not printed", (int)n);
	}
}

static void compile(const void *arg)
{
	const char *expression = arg;
	struct pktcap_filter *filter = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int ret = pktcap_filter_compile(
		&filter, expression,
		&PKTCAP_FILTER_OPTS(.linktype = PKTCAP_LINKTYPE_ETHERNET,
				    .flags = PKTCAP_FILTER_EXTENDED |
					     PKTCAP_FILTER_LIVE |
					     PKTCAP_FILTER_KEEP_STAGES),
		&error);

	check_made("pktcap_filter_compile", ret, filter, &error);
	if (ret && ret != -ENOMEM)
		finding("not for want of memory", ret);
	if (ret)
		return;
	print(filter);
	pktcap_filter_free(filter);
}

static void check_program(const void *unused)
{
	static const struct pktcap_insn insns[] = {
		{ BPF_ST, 0, 0, 1 },
		{ BPF_LD | BPF_MEM, 0, 0, 1 },
		{ BPF_RET | BPF_A, 0, 0, 0 },
	};
	int64_t cost = pktcap_bpf_cost(insns, 3);

	(void)unused;
	check_result("pktcap_bpf_validate",
		     pktcap_bpf_validate(insns, 3, NULL));
	if (cost != 3 && (cost != -ENOMEM || !fault.victim))
		finding("pktcap_bpf_cost", (int)cost);
}

static void simple(void **state)
{
	(void)state;
	fault_each("simple", prepare, compile, "tcp and port 80");
}

static void arithmetic(void **state)
{
	(void)state;
	fault_each(
		"arithmetic", prepare, compile,
		"ip[ip[0] & 0xf] + len * 3 = tcp[tcp[12] >> 2] - ether[len]");
}

/* More than a chunk of memory for each stage. */
static void large(void **state)
{
	static char text[8192];
	size_t n = 0;

	(void)state;
	for (unsigned int i = 0; i < 150; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
				      "%shost {10.0.%u.1} and port %u",
				      i ? " or " : "", i, i * 7);
	fault_each("large", prepare, compile, text);
}

static void program(void **state)
{
	(void)state;
	fault_each("program", prepare, check_program, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(simple),
		cmocka_unit_test(arithmetic),
		cmocka_unit_test(large),
		cmocka_unit_test(program),
	};

	world_enter_or_skip();
	return cmocka_run_group_tests_name("filter faults", tests, NULL, NULL);
}
