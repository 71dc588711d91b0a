// SPDX-License-Identifier: BSD-2-Clause
/* What is between an expression and its program, for people to read. */
#include "filter/stages.h"

#include <errno.h>

#include "filter/ast.h"
#include "filter/explain.h"
#include "filter/gen_dissect.h"

/* More than any stage of an expression of FILTER_TEXT_MAX bytes needs. */
enum { SCRATCH = 1 << 30 };

static int print_kept(const struct filter_stages *stages, uint32_t stage,
		      struct text *out)
{
	struct arena scratch = arena_limited(SCRATCH);
	/* Elsewhere they have no meaning of their own. */
	filter_variable_fn name =
		stages->flags & FILTER_EXTENDED ? gen_variable_name : NULL;
	int ret = -EINVAL;

	if (stage == PKTCAP_FILTER_STAGE_TOKENS)
		ret = filter_print_tokens(stages->text, stages->len,
					  stages->flags, out);
	else if (stage == PKTCAP_FILTER_STAGE_TREE)
		ret = filter_explain(&scratch, stages->tree, stages->flags,
				     out);
	else if (stage == PKTCAP_FILTER_STAGE_GRAPH)
		ret = filter_graph_print(stages->graph, stages->written, name,
					 &scratch, out);
	else if (stage == PKTCAP_FILTER_STAGE_OPTIMIZED)
		ret = filter_graph_print(stages->graph, stages->optimized, name,
					 &scratch, out);
	arena_free(&scratch);
	return ret;
}

int64_t pktcap_filter_print(const struct pktcap_filter *filter, uint32_t stage,
			    char *buf, size_t size)
{
	struct text out = text_over(buf, size);
	int ret;

	if (stage == PKTCAP_FILTER_STAGE_PROGRAM)
		return pktcap_bpf_dump(filter->insns, filter->n,
				       PKTCAP_BPF_FORM_ASM, buf, size);
	if (stage < PKTCAP_FILTER_STAGE_TOKENS ||
	    stage > PKTCAP_FILTER_STAGE_PROGRAM)
		return -EINVAL;
	if (!filter->stages.text)
		return -ENODATA;
	ret = print_kept(&filter->stages, stage, &out);
	return ret ? ret : (int64_t)out.len;
}
