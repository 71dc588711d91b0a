/* SPDX-License-Identifier: BSD-2-Clause */
#include "dump.h"
#include "listing.h"
#include "message.h"
#include "source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As the packets of the first file are. */
static int target_of_file(const struct options *options,
			  struct filter_target *target)
{
	struct pktcap_file_info info = { 0 };
	struct source source;
	int ret = source_open(&source, options);

	if (!ret) {
		source_info(&source, &info);
		target->linktype = info.linktype;
		target->snaplen = info.snaplen;
	}
	return source_close(&source) ? -1 : ret;
}

/* Ethernet from a file, unless something else is said. */
static int choose_target(const struct options *options,
			 struct filter_target *target)
{
	struct listing_choice choice;
	int ret = 0;

	*target =
		(struct filter_target){ .linktype = PKTCAP_LINKTYPE_ETHERNET };
	if (options->interface) {
		ret = listing_choose(options, true, &choice);
		target->linktype = choice.linktype;
		target->netmask = choice.netmask;
		target->live = true;
		if (!ret && !choice.found) {
			listing_not_found(options->interface);
			ret = -1;
		}
	} else if (options_reads(options)) {
		ret = target_of_file(options, target);
	}
	if (options->linktype >= 0)
		target->linktype = (uint32_t)options->linktype;
	if (options->snaplen)
		target->snaplen = (uint32_t)options->snaplen;
	return ret;
}

static int print_stage(const struct pktcap_filter *compiled, uint32_t stage)
{
	int64_t size = pktcap_filter_print(compiled, stage, NULL, 0);
	char *text = size < 0 ? NULL : malloc((size_t)size + 1);

	if (!text) {
		say("--explain: %s", strerror(size < 0 ? (int)-size : ENOMEM));
		return -1;
	}
	pktcap_filter_print(compiled, stage, text, (size_t)size + 1);
	fputs(text, stdout);
	free(text);
	return 0;
}

/* The line that ends it: what the program costs, and whom. */
static void print_cost(const struct pktcap_filter *compiled)
{
	size_t n;
	const struct pktcap_insn *insns = pktcap_filter_program(compiled, &n);
	int64_t cost = pktcap_bpf_cost(insns, n);

	printf("\n%zu instruction%s, at most %" PRId64 " for a packet; ", n,
	       PLURAL(n), cost);
	if (n <= PKTCAP_BPF_MAX)
		puts("the kernel takes it");
	else
		printf("runs in user space: the kernel takes %d\n",
		       PKTCAP_BPF_MAX);
}

static int explain(const struct pktcap_filter *compiled)
{
	static const char *const titles[] = {
		[PKTCAP_FILTER_STAGE_TOKENS] = "Words of the expression",
		[PKTCAP_FILTER_STAGE_TREE] = "What they mean",
		[PKTCAP_FILTER_STAGE_GRAPH] = "Tests of the packet",
		[PKTCAP_FILTER_STAGE_OPTIMIZED] = "Tests that are left",
		[PKTCAP_FILTER_STAGE_PROGRAM] = "Program",
	};
	int ret = 0;

	for (uint32_t i = PKTCAP_FILTER_STAGE_TOKENS;
	     !ret && i <= PKTCAP_FILTER_STAGE_PROGRAM; i++) {
		printf("%s%s:\n", i > 1 ? "\n" : "", titles[i]);
		ret = print_stage(compiled, i);
	}
	if (!ret)
		print_cost(compiled);
	return ret;
}

static int explain_filter(const struct filter *filter,
			  const struct filter_target *target)
{
	struct pktcap_filter *compiled = NULL;
	struct pktcap_error error = { .code = 0 };
	int ret;

	if (filter->program.insns) {
		say("--explain: %s is a program already: -d shows it",
		    filter->origin);
		return -1;
	}
	ret = filter_compile(filter, target, PKTCAP_FILTER_KEEP_STAGES,
			     &compiled, &error);
	if (ret) {
		filter_complain(filter, &error);
		return -1;
	}
	ret = explain(compiled);
	pktcap_filter_free(compiled);
	return ret;
}

int dump_filter(const struct options *options, const struct filter *filter)
{
	struct filter_target target;
	struct pktcap_error error;
	struct program program;
	int ret;

	if (choose_target(options, &target))
		return -1;
	if (options->explain)
		return explain_filter(filter, &target);
	ret = filter_program(filter, &target, &program, &error);
	if (ret) {
		filter_complain(filter, &error);
		return -1;
	}
	ret = program_dump(&program, options->dump);
	program_free(&program);
	return ret;
}
