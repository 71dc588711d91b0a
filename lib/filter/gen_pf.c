// SPDX-License-Identifier: BSD-2-Clause
/*
 * Packets that a BSD's pf(4) has logged:
 *
 *  0: length of this header, without what rounds it up to 4 bytes
 *  1: address family
 *  2: action, 3: reason
 *  4: interface, 20: ruleset; 16 bytes each, terminated
 * 36: rule, 40: rule of the ruleset
 * 60: direction
 */
#include "filter/gen.h"

#include <errno.h>
#include <linux/filter.h>
#include <string.h>

enum { NAME_MAX_LEN = 15, DIRECTION_OUT = 2, DIRECTION_IN = 1 };

bool gen_is_pf(const struct gen *g)
{
	return g->opts->linktype == GEN_LINKTYPE_PFLOG;
}

void gen_pf_layer(struct gen *g, struct gen_layer *layer)
{
	const struct filter_value *length = filter_load(g->graph, 1, 0);

	length = gen_alu_k(g, BPF_ADD, length, 3);
	layer->payload.base = gen_alu_k(g, BPF_AND, length, ~3u);
}

const struct filter_node *gen_pf_direction(struct gen *g, bool out,
					   struct gen_ways w)
{
	return gen_equal(g, 1, (struct gen_place){ .offset = 60 },
			 out ? DIRECTION_OUT : DIRECTION_IN, w);
}

/* The name with its end, from the last byte to the first. */
static const struct filter_node *name_at(struct gen *g, uint32_t offset,
					 const struct ast_operand *o,
					 struct gen_ways w)
{
	uint32_t n = (uint32_t)strlen(o->name) + 1;

	if (n > NAME_MAX_LEN + 1)
		return gen_fail_at(g, o->offset, -EINVAL,
				   "'%s' is too long: such names have at most "
				   "%d characters",
				   o->name, NAME_MAX_LEN);
	for (uint32_t at = 0, size; at < n; at += size) {
		uint32_t value = 0;

		size = n - at >= 4 ? 4 : n - at >= 2 ? 2 : 1;
		for (uint32_t i = 0; i < size; i++)
			value = value << 8 | (uint8_t)o->name[at + i];
		w.t = gen_equal(g, size,
				(struct gen_place){ .offset = offset + at },
				value, w);
	}
	return w.t;
}

const struct filter_node *gen_pf(struct gen *g, const struct ast *ast,
				 struct gen_ways w)
{
	static const struct {
		uint8_t offset, size; /* 0 for names */
	} fields[AST_TYPE_COUNT] = {
		[AST_TYPE_PF_IFNAME] = { 4, 0 },
		[AST_TYPE_PF_RULESET] = { 20, 0 },
		[AST_TYPE_PF_RULE] = { 36, 4 },
		[AST_TYPE_PF_SUBRULE] = { 40, 4 },
		[AST_TYPE_PF_REASON] = { 3, 1 },
		[AST_TYPE_PF_ACTION] = { 2, 1 },
	};
	uint32_t offset = fields[ast->type].offset;
	uint32_t size = fields[ast->type].size;

	if (!gen_is_pf(g))
		return gen_fail(g, -EOPNOTSUPP,
				"'%s' is for packets logged by pf only",
				filter_type_name(ast->type));
	if (!size)
		return name_at(g, offset, ast->operands, w);
	return gen_equal(g, size, (struct gen_place){ .offset = offset },
			 ast->operands->number, w);
}
