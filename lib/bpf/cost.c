// SPDX-License-Identifier: BSD-2-Clause
#include "bpf/bpf.h"

#include <errno.h>
#include <linux/filter.h>
#include <stdlib.h>

/* How many are run from instruction @at of @n on; -EINVAL if they run out. */
static int64_t from(const struct pktcap_insn *insns, size_t n, size_t at,
		    const uint32_t *costs)
{
	const struct pktcap_insn *insn = &insns[at];
	size_t behind = n - at - 1, t = 0, f = 0;

	if (BPF_CLASS(insn->code) == BPF_RET)
		return 1;
	if (BPF_CLASS(insn->code) == BPF_JMP) {
		t = BPF_OP(insn->code) == BPF_JA ? insn->k : insn->jt;
		f = BPF_OP(insn->code) == BPF_JA ? insn->k : insn->jf;
	}
	if (t >= behind || f >= behind)
		return -EINVAL;
	t = costs[at + 1 + t];
	f = costs[at + 1 + f];
	return 1 + (int64_t)(t > f ? t : f);
}

int64_t pktcap_bpf_cost(const struct pktcap_insn *insns, size_t n)
{
	uint32_t *costs;
	int64_t cost = -EINVAL;

	if (!n)
		return -EINVAL;
	if (n > BPF_INSNS_MAX)
		return -E2BIG;
	costs = malloc(n * sizeof(*costs));
	if (!costs)
		return -ENOMEM;
	/* Jumps go forward, so that what is behind is known. */
	for (size_t at = n; at--;) {
		cost = from(insns, n, at, costs);
		if (cost < 0)
			break;
		costs[at] = (uint32_t)cost;
	}
	free(costs);
	return cost;
}
