// SPDX-License-Identifier: BSD-2-Clause
/*
 * vlan, mpls, pppoes, vxlan and geneve as tests of the packet: any tag or label
 * will do, and what stands behind them in the expression is not moved.
 */
#include "filter/gen_dissect.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>

enum {
	VLAN_MAX = 4095,
	LABEL_MAX = (1 << 20) - 1,
	SESSION_MAX = 65535,
	NETWORK_MAX = (1 << 24) - 1,
	VXLAN_HAS_NUMBER = 0x08,
	GENEVE_VERSION = 0xc0,
};

/* --- vlan ----------------------------------------------------------------- */
/* Tags that must be there, the outer one first, others may be between. */
struct tags {
	const struct ast *wanted[GEN_TAGS];
	uint32_t n;
};

/*
 * next[j] is where the packet goes from a tag on if those from wanted[j] on
 * are still missing, next[n] if none is. Now for the tag before it.
 */
static void take_tag(struct gen *g, const struct tags *tags,
		     const struct filter_value *number,
		     const struct filter_node **next)
{
	for (uint32_t j = 0; j < tags->n; j++)
		next[j] = gen_one_of(g, tags->wanted[j], number, VLAN_MAX,
				     (struct gen_ways){ next[j + 1], next[j] });
}

/* next[] for the first of @n tags among the bytes; no others are looked at. */
static void take_inline(struct gen *g, const struct tags *tags, uint32_t n,
			struct gen_ways w, const struct filter_node **next)
{
	for (uint32_t j = 0; j < tags->n; j++)
		next[j] = w.f;
	next[tags->n] = w.t;
	for (uint32_t i = n; i--;) {
		take_tag(g, tags, gen_tag_number(g, i), next);
		for (uint32_t j = 0; j < tags->n; j++)
			next[j] = gen_tag_type(
				g, i, (struct gen_ways){ next[j], w.f });
	}
}

/*
 * With the outer tag elsewhere one less is among the bytes. That each way ends
 * by itself makes it load what the other one would: no tag is looked at that
 * comes too late for those that are missing.
 */
static const struct filter_node *any_tag(struct gen *g, const struct tags *tags,
					 struct gen_ways w)
{
	const struct filter_value *tag = gen_ancillary(g, SKF_AD_VLAN_TAG);
	const struct filter_node *next[GEN_TAGS + 1], *without;

	take_inline(g, tags, GEN_TAGS, w, next);
	without = next[0];
	take_inline(g, tags, GEN_TAGS - 1, w, next);
	take_tag(g, tags, gen_alu_k(g, BPF_AND, tag, VLAN_MAX), next);
	return gen_tag_elsewhere(g, (struct gen_ways){ next[0], without });
}

static const struct filter_node *vlan(struct gen *g, const struct ast *ast,
				      struct gen_ways w)
{
	struct tags tags = { .n = 0 };

	for (const struct ast *a = ast; a; a = a->nested) {
		if (tags.n == GEN_TAGS)
			return gen_fail_at(g, a->offset, -EINVAL,
					   "of VLAN tags only %d are looked at",
					   GEN_TAGS);
		tags.wanted[tags.n++] = a;
	}
	if (g->layer->has_tags)
		return any_tag(g, &tags, w);
	if (ast->nested || !(g->layer->link->flags & GEN_LINK_WLAN))
		return gen_fail_link(g, "vlan");
	return gen_layer_test(g, ast, w);
}

/* --- others --------------------------------------------------------------- */
const struct filter_node *gen_carries_mpls(struct gen *g, struct gen_ways w)
{
	if (g->layer->has_tags) {
		w.f = gen_carries(g, ETH_P_MPLS_MC, w);
		return gen_carries(g, ETH_P_MPLS_UC, w);
	}
	return g->layer->link->mpls ? gen_carries(g, g->layer->link->mpls, w)
				    : w.f;
}

static const struct filter_node *mpls(struct gen *g, const struct ast *ast,
				      struct gen_ways w)
{
	const struct filter_node *f = w.f;

	if (!g->layer->has_tags && !g->layer->link->mpls)
		return gen_fail_link(g, "mpls");
	for (uint32_t i = GEN_LABELS; i--;) {
		struct gen_place label = gen_behind(gen_network(g), 4 * i);
		const struct filter_value *number = gen_load(g, 4, label);

		/* The last one says so. */
		w.f = gen_bits(g, 1, gen_behind(label, 2), 1,
			       (struct gen_ways){ f, w.f });
		w.f = gen_one_of(g, ast, gen_alu_k(g, BPF_RSH, number, 12),
				 LABEL_MAX, w);
	}
	return gen_carries_mpls(g, (struct gen_ways){ w.f, f });
}

static const struct filter_node *pppoes(struct gen *g, const struct ast *ast,
					struct gen_ways w)
{
	struct gen_place session = gen_behind(gen_network(g), 2);

	w.t = gen_one_of(g, ast, gen_load(g, 2, session), SESSION_MAX, w);
	return gen_carries(g, ETH_P_PPP_SES, w);
}

/* Behind the UDP header: flags, and a number of 24 bits. */
static const struct filter_node *over_udp(struct gen *g, const struct ast *ast,
					  struct gen_ways w)
{
	bool vxlan = ast->type == AST_TYPE_VXLAN;
	struct gen_place udp = gen_transport(g), header = gen_behind(udp, 8);
	const struct filter_value *number =
		gen_load(g, 4, gen_behind(header, 4));
	const struct filter_node *f = w.f;

	w.t = gen_one_of(g, ast, gen_alu_k(g, BPF_RSH, number, 8), NETWORK_MAX,
			 w);
	if (vxlan)
		w.t = gen_bits(g, 1, header, VXLAN_HAS_NUMBER, w);
	else
		w.t = gen_bits(g, 1, header, GENEVE_VERSION,
			       (struct gen_ways){ f, w.t });
	w.t = gen_equal(g, 2, gen_behind(udp, 2),
			vxlan ? GEN_VXLAN_PORT : GEN_GENEVE_PORT, w);
	return gen_segment(g, GEN_ANY_IP, GEN_UDP, w);
}

const struct filter_node *gen_any_label(struct gen *g, const struct ast *ast,
					struct gen_ways w)
{
	switch (ast->type) {
	case AST_TYPE_VLAN:
		return vlan(g, ast, w);
	case AST_TYPE_MPLS:
		return mpls(g, ast, w);
	case AST_TYPE_PPPOES:
		return pppoes(g, ast, w);
	default:
		return over_udp(g, ast, w);
	}
}
