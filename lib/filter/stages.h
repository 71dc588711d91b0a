/* SPDX-License-Identifier: BSD-2-Clause */
/* A compiled filter, and what is kept of the way there. */
#ifndef FILTER_STAGES_H
#define FILTER_STAGES_H

#include <pktcap/filter.h>

#include "filter/graph.h"
#include "filter/list.h"

struct ast;

/* All of it lies in the arena; empty without PKTCAP_FILTER_KEEP_STAGES. */
struct filter_stages {
	struct arena arena;
	const char *text; /* the expression, NULL if nothing was kept */
	size_t len;
	uint32_t flags;
	struct filter_lists lists; /* for the time of the call */
	const struct ast *tree;
	struct filter_graph *graph;
	const struct filter_node *written, *optimized;
};

struct pktcap_filter {
	struct filter_stages stages;
	struct pktcap_filter_opts opts;
	struct pktcap_insn *insns;
	size_t n;
	bool search_again; /* struct gen has it, too */
};

#endif
