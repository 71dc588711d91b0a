// SPDX-License-Identifier: BSD-2-Clause
/* vlan, mpls and pppoes: headers between the link layer's and the network's. */
#include "filter/gen.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <string.h>

#include "base/error.h"

enum {
	VLAN_MAX = 4095,
	LABEL_MAX = (1 << 20) - 1,
	SESSION_MAX = 65535,
	PPPOE_HEADER = 6,
};

bool gen_is_layer(const struct ast *ast)
{
	if (ast->kind != AST_PRIMITIVE)
		return false;
	if (ast->type == AST_TYPE_ATM)
		return strcmp(ast->keyword, "lane") == 0;
	return ast->type == AST_TYPE_VLAN || ast->type == AST_TYPE_MPLS ||
	       ast->type == AST_TYPE_PPPOES || ast->type == AST_TYPE_GENEVE;
}

static struct gen_layer *copy_layer(struct gen *g)
{
	struct gen_layer *layer = arena_take(g->arena, sizeof(*layer));

	if (layer)
		*layer = *g->layer;
	else
		gen_fail(g, -ENOMEM, "no memory");
	return layer;
}

/* The number of the first of @n new variables; false with g->status. */
static bool take_variables(struct gen *g, struct gen_layer *layer, uint32_t n,
			   uint32_t *first)
{
	*first = layer->variables;
	if (layer->variables + n > FILTER_VARIABLES) {
		gen_fail(g, -E2BIG,
			 "'%s' is used behind too many headers of other layers",
			 filter_type_name(g->ast->type));
		return false;
	}
	layer->variables += n;
	return true;
}

bool gen_prepare_layer(struct gen *g, const struct ast *ast)
{
	struct gen_layer *layer;

	if (ast->kind != AST_PRIMITIVE || ast->type != AST_TYPE_PROTOCHAIN ||
	    g->layer->has_chain)
		return true;
	g->ast = ast;
	layer = copy_layer(g);
	if (!layer ||
	    !take_variables(g, layer, GEN_CHAIN_MAX - 1, &layer->chain))
		return false;
	layer->has_chain = true;
	g->layer = layer;
	return true;
}

const struct gen_layer *gen_layer_behind(struct gen *g, const struct ast *ast)
{
	struct gen_layer *layer;
	struct gen_place header = gen_network(g);
	uint32_t first;

	g->ast = ast;
	layer = copy_layer(g);
	if (!layer)
		return NULL;
	layer->has_chain = false;
	if (ast->type == AST_TYPE_VLAN) {
		layer->type.offset += 4;
		layer->payload.offset += 4;
	} else if (ast->type == AST_TYPE_MPLS) {
		layer->network += 4;
		layer->llc += 4;
		layer->labels++;
	} else if (ast->type == AST_TYPE_PPPOES) {
		gen_ppp_layer(layer, gen_behind(header, PPPOE_HEADER));
	} else if (ast->type == AST_TYPE_ATM) {
		if (gen_is_atm(g))
			gen_lane_layer(layer);
	} else {
		if (!take_variables(g, layer, GEN_INSIDE_VARIABLES, &first))
			return NULL;
		gen_geneve_layer(g, layer, first);
	}
	return layer;
}

struct filter_range *gen_ranges(struct gen *g, const struct ast *ast)
{
	struct filter_range *ranges;
	size_t n = 0;

	for (const struct ast_operand *o = ast->operands; o; o = o->next)
		n++;
	ranges = arena_take(g->arena, (n + 1) * sizeof(*ranges));
	if (!ranges)
		gen_fail(g, -ENOMEM, "no memory");
	return ranges;
}

const struct filter_node *gen_one_of(struct gen *g, const struct ast *ast,
				     const struct filter_value *value,
				     uint32_t max, struct gen_ways w)
{
	struct filter_range *ranges = gen_ranges(g, ast);
	size_t n = 0;

	if (!ranges)
		return NULL;
	for (const struct ast_operand *o = ast->operands; o; o = o->next) {
		uint32_t last =
			o->kind == AST_OPERAND_RANGE ? o->last : o->number;

		if (last > max)
			return gen_fail_at(g, o->offset, -EINVAL,
					   "%u is greater than %u, the most "
					   "there can be",
					   last, max);
		ranges[n++] = (struct filter_range){ o->number, last };
	}
	if (!n && !ast->set)
		return w.t;
	return filter_test_set(g->graph, value, ranges, n, w.t, w.f);
}

static const struct filter_node *vlan(struct gen *g, const struct ast *ast,
				      struct gen_ways w)
{
	const struct gen_layer *layer = g->layer;
	const struct filter_value *tag;

	if (layer->labels)
		return gen_fail(g, -EOPNOTSUPP,
				"no VLAN tag can be found inside MPLS");
	if (!(layer->link->flags & (GEN_LINK_ETHERNET | GEN_LINK_WLAN)))
		return gen_fail_link(g, "vlan");
	tag = gen_load(g, 2, gen_network(g));
	w.t = gen_one_of(g, ast, gen_alu_k(g, BPF_AND, tag, VLAN_MAX), VLAN_MAX,
			 w);
	w.f = gen_carries(g, GEN_OLD_QINQ, w);
	w.f = gen_carries(g, ETH_P_8021AD, w);
	return gen_carries(g, ETH_P_8021Q, w);
}

static const struct filter_node *mpls(struct gen *g, const struct ast *ast,
				      struct gen_ways w)
{
	const struct gen_layer *layer = g->layer;
	struct gen_place label = gen_network(g), bottom = label;
	const struct filter_value *number;

	if (!layer->link->mpls)
		return gen_fail_link(g, "mpls");
	number = gen_alu_k(g, BPF_RSH, gen_load(g, 4, label), 12);
	w.t = gen_one_of(g, ast, number, LABEL_MAX, w);
	if (!layer->labels)
		return gen_carries(g, layer->link->mpls, w);
	/* The label before was not the last one. */
	bottom.offset -= 2;
	return gen_bits(g, 1, bottom, 1, (struct gen_ways){ w.f, w.t });
}

static const struct filter_node *pppoes(struct gen *g, const struct ast *ast,
					struct gen_ways w)
{
	struct gen_place session = gen_behind(gen_network(g), 2);

	w.t = gen_one_of(g, ast, gen_load(g, 2, session), SESSION_MAX, w);
	return gen_carries(g, ETH_P_PPP_SES, w);
}

const struct filter_node *gen_layer_test(struct gen *g, const struct ast *ast,
					 struct gen_ways w)
{
	if (ast->type == AST_TYPE_VLAN)
		return vlan(g, ast, w);
	return ast->type == AST_TYPE_MPLS ? mpls(g, ast, w) : pppoes(g, ast, w);
}
