// SPDX-License-Identifier: BSD-2-Clause
/* sample: some of the packets, taken at random. */
#include "filter/gen_dissect.h"

#include <errno.h>
#include <linux/filter.h>

#define SPREAD 0x9e3779b1u

/* Seeds next to each other must not be: one multiplication is a weak mix. */
static uint32_t spread(uint32_t seed)
{
	seed = (seed ^ seed >> 16) * SPREAD;
	seed = (seed ^ seed >> 13) * SPREAD;
	return seed ^ seed >> 16;
}

/*
 * The kernel's number is a random one, that of user space a hash of the
 * packet. To mix in the seed is to take another sample in either.
 */
static const struct filter_value *random_number(struct gen *g)
{
	const struct filter_value *r = gen_variable(g, GEN_RANDOM);

	if (!g->opts->seed)
		return r;
	r = gen_alu_k(g, BPF_XOR, r, spread(g->opts->seed));
	r = gen_alu_k(g, BPF_MUL, r, SPREAD);
	return filter_alu(g->graph, BPF_XOR, r, gen_alu_k(g, BPF_RSH, r, 15));
}

/* One number for each packet, however often it is asked for. */
const struct filter_node *gen_sample(struct gen *g, const struct ast *ast,
				     struct gen_ways w)
{
	uint32_t taken = ast->operands->number;
	uint32_t of = ast->operands->next->number;

	if (!taken)
		return gen_fail(g, -EINVAL, "a sample of 0 packets is none");
	w.t = filter_test_k(g->graph, FILTER_GE,
			    gen_alu_k(g, BPF_MOD, random_number(g), of), taken,
			    w.f, w.t);
	return gen_known(
		g, GEN_RANDOM, w.t,
		gen_let(g, GEN_RANDOM, gen_ancillary(g, SKF_AD_RANDOM), w.t));
}
