// SPDX-License-Identifier: BSD-2-Clause
/* Relations of expressions: "ip[2:2] - 20 > 100", "len <= 64". */
#include "filter/gen.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>

#include "base/error.h"
#include "filter/gen_dissect.h"

/* What IP it is asked over beyond libpcap's language. */
static uint32_t families_of(uint32_t proto)
{
	switch (proto) {
	case AST_PROTO_ICMP:
	case AST_PROTO_IGMP:
	case AST_PROTO_IGRP:
		return GEN_IPV4;
	case AST_PROTO_ICMP6:
		return GEN_IPV6;
	default:
		return GEN_ANY_IP;
	}
}

static const struct filter_node *protocol_test(struct gen *g, uint32_t proto,
					       struct gen_ways w)
{
	if (g->extended && gen_ip_number(proto) >= 0)
		return gen_segment(g, families_of(proto),
				   (uint32_t)gen_ip_number(proto), w);
	switch (proto) {
	case AST_PROTO_LINK:
		return gen_inside(g, true, w.t, w);
	case AST_PROTO_RADIO:
		return w.t;
	case AST_PROTO_ICMP6:
		w.t = gen_equal(g, 1, gen_behind(gen_network(g), 6), 58, w);
		return gen_carries(g, ETH_P_IPV6, w);
	case AST_PROTO_TCP:
	case AST_PROTO_UDP:
	case AST_PROTO_SCTP:
	case AST_PROTO_ICMP:
	case AST_PROTO_IGMP:
	case AST_PROTO_IGRP:
	case AST_PROTO_PIM:
	case AST_PROTO_VRRP:
	case AST_PROTO_CARP:
		w.t = gen_first_fragment(g, w);
		return gen_ip_protocol(g, (uint32_t)gen_ip_number(proto), w);
	default:
		return gen_carries(g, (uint32_t)gen_ether_type(proto), w);
	}
}

/*
 * The packet must have all protocols whose bytes are taken, the left ones
 * tested first. Depth is bounded by gen_relation().
 */
static const struct filter_node *
protocol_tests(struct gen *g, const struct arith *a, struct gen_ways w)
{
	if (!a)
		return w.t;
	if (a->kind == ARITH_LOAD) {
		w.t = protocol_test(g, a->proto, w);
		w.t = gen_inside(g, false, w.t, w);
		if (a->a->kind == ARITH_CONST)
			return w.t;
		w.t = protocol_tests(g, a->a, w);
		/* "udp[icmp6[0]]": that it is not IP is seen first. */
		if (!g->extended && gen_ip_number(a->proto) >= 0 &&
		    a->proto != AST_PROTO_ICMP6)
			w.t = gen_carries(g, ETH_P_IP, w);
		return w.t;
	}
	w.t = protocol_tests(g, a->b, w);
	return protocol_tests(g, a->a, w);
}

static const struct filter_value *fail(struct gen *g, const struct arith *a,
				       int code, const char *text)
{
	gen_fail_at(g, a->offset, code, "%s", text);
	return NULL;
}

static const struct filter_value *no_index(struct gen *g, const struct arith *a)
{
	if (a->proto == AST_PROTO_RADIO)
		return fail(g, a, -EOPNOTSUPP,
			    "'radio' is for 802.11 packets with a radiotap "
			    "header only");
	gen_fail_at(g, a->offset, -EINVAL,
		    "the bytes of '%s' cannot be had by '[...]'",
		    filter_proto_name(a->proto));
	return NULL;
}

static struct gen_place header_of(struct gen *g, uint32_t proto)
{
	if (g->extended && gen_ip_number(proto) >= 0)
		return gen_transport(g);
	switch (proto) {
	case AST_PROTO_LINK:
		return g->layer->header;
	case AST_PROTO_RADIO:
		return (struct gen_place){ 0 };
	case AST_PROTO_ICMP6:
		return gen_behind(gen_network(g), 40);
	default:
		if (gen_ip_number(proto) >= 0)
			return gen_behind_ip(g, gen_network(g));
		return gen_network(g);
	}
}

static bool can_index(const struct gen *g, uint32_t proto)
{
	switch (proto) {
	case AST_PROTO_RADIO:
		return g->layer->link->flags & GEN_LINK_RADIO;
	case AST_PROTO_LINK:
		return true;
	case AST_PROTO_AH:
	case AST_PROTO_ESP:
	case AST_PROTO_STP:
	case AST_PROTO_AARP:
	case AST_PROTO_IPX:
	case AST_PROTO_ISO:
	case AST_PROTO_NETBEUI:
		return false;
	default:
		return gen_ip_number(proto) >= 0 || gen_ether_type(proto) >= 0;
	}
}

static const struct filter_value *value_of(struct gen *g,
					   const struct arith *a);

static const struct filter_value *load(struct gen *g, const struct arith *a)
{
	const struct filter_value *index = value_of(g, a->a);
	struct gen_place place;

	if (!index)
		return NULL;
	if (!can_index(g, a->proto))
		return no_index(g, a);
	place = header_of(g, a->proto);
	if (index->kind == FILTER_VALUE_CONST)
		return gen_load(g, a->size, gen_behind(place, index->k));
	if (g->tagged && a->proto == AST_PROTO_LINK && !place.base &&
	    !place.offset) {
		if (g->opts->linktype == PKTCAP_LINKTYPE_ETHERNET)
			return gen_tagged_load_at(g, a->size, index);
		return fail(g, a, -EOPNOTSUPP,
			    "a computed index into the cooked header is for "
			    "files: a live packet may have its VLAN tag "
			    "elsewhere. Write a number");
	}
	return gen_load(g, a->size, gen_moved(g, place, index));
}

static const struct filter_value *binary(struct gen *g, const struct arith *a)
{
	static const uint16_t ops[] = {
		[ARITH_ADD] = BPF_ADD, [ARITH_SUB] = BPF_SUB,
		[ARITH_MUL] = BPF_MUL, [ARITH_DIV] = BPF_DIV,
		[ARITH_MOD] = BPF_MOD, [ARITH_AND] = BPF_AND,
		[ARITH_OR] = BPF_OR,   [ARITH_XOR] = BPF_XOR,
		[ARITH_LSH] = BPF_LSH, [ARITH_RSH] = BPF_RSH,
	};
	const struct filter_value *left = value_of(g, a->a);
	const struct filter_value *right = left ? value_of(g, a->b) : NULL;

	if (!right)
		return NULL;
	if (right->kind == FILTER_VALUE_CONST) {
		if (!right->k && (a->op == ARITH_DIV || a->op == ARITH_MOD))
			return fail(g, a, -EINVAL, "division by zero");
		if (right->k > 31 && (a->op == ARITH_LSH || a->op == ARITH_RSH))
			return fail(g, a, -EINVAL, "shift by more than 31");
	}
	return filter_alu(g->graph, ops[a->op], left, right);
}

/* NULL on failure. Depth is bounded by gen_relation(). */
static const struct filter_value *value_of(struct gen *g, const struct arith *a)
{
	const struct filter_value *inner;

	switch (a->kind) {
	case ARITH_CONST:
		return filter_const(g->graph, a->value);
	case ARITH_LEN:
		return gen_length(g);
	case ARITH_LOAD:
		return load(g, a);
	case ARITH_NEG:
		inner = value_of(g, a->a);
		return inner ? filter_neg(g->graph, inner) : NULL;
	default:
		return binary(g, a);
	}
}

static const struct {
	enum filter_compare compare;
	bool swap;
} compares[] = {
	[AST_EQ] = { FILTER_EQ, false }, [AST_NE] = { FILTER_EQ, true },
	[AST_GT] = { FILTER_GT, false }, [AST_LE] = { FILTER_GT, true },
	[AST_GE] = { FILTER_GE, false }, [AST_LT] = { FILTER_GE, true },
};

static const struct filter_node *compare(struct gen *g, enum ast_compare how,
					 const struct filter_value *left,
					 const struct filter_value *right,
					 struct gen_ways w)
{
	bool swap = compares[how].swap;

	return filter_test(g->graph, compares[how].compare, left, right,
			   swap ? w.f : w.t, swap ? w.t : w.f);
}

const struct filter_node *gen_compare_k(struct gen *g, uint32_t how,
					const struct filter_value *value,
					uint32_t k, struct gen_ways w)
{
	return compare(g, how, value, filter_const(g->graph, k), w);
}

const struct filter_node *gen_relation(struct gen *g, const struct ast *ast,
				       struct gen_ways w)
{
	const struct filter_value *left, *right;
	const struct filter_node *out = w.f;

	if (ast->left->depth > GEN_DEPTH_MAX ||
	    ast->right->depth > GEN_DEPTH_MAX)
		return gen_fail(g, -E2BIG, "the expression nests too deeply");
	left = value_of(g, ast->left);
	right = left ? value_of(g, ast->right) : NULL;
	if (!right)
		return NULL;
	w.t = compare(g, ast->compare, left, right, w);
	w.f = out;
	w.t = protocol_tests(g, ast->right, w);
	return protocol_tests(g, ast->left, w);
}
