// SPDX-License-Identifier: BSD-2-Clause
/* port and portrange: TCP, UDP and SCTP over IPv4 and IPv6. */
#include "filter/gen.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <string.h>

#include "base/error.h"
#include "filter/gen_dissect.h"

enum {
	ANSWERS_MAX = 16,
	PORT_MAX = 65535,
	IP_HEADER6 = 40,
	TCP = 6,
	UDP = 17,
	SCTP = 132,
};

/* Ports of one protocol; 0 is all three. */
struct ports {
	struct filter_range *ranges;
	size_t n;
	struct gen_place transport;
};

static const struct filter_node *compare_ports(struct gen *g, enum gen_end end,
					       const void *with,
					       struct gen_ways w)
{
	const struct ports *p = with;
	const struct filter_value *port = gen_load(
		g, 2, gen_behind(p->transport, end == GEN_SOURCE ? 0 : 2));
	const struct filter_range *r = p->ranges;

	if (p->n > 1)
		return filter_test_set(g->graph, port, p->ranges, p->n, w.t,
				       w.f);
	if (r->first == r->last)
		return filter_test_k(g->graph, FILTER_EQ, port, r->first, w.t,
				     w.f);
	w.t = filter_test_k(g->graph, FILTER_GT, port, r->last, w.f, w.t);
	return filter_test_k(g->graph, FILTER_GE, port, r->first, w.t, w.f);
}

static const struct filter_node *one_of(struct gen *g, uint32_t protocol,
					struct gen_place place,
					struct gen_ways w)
{
	if (protocol)
		return gen_equal(g, 1, place, protocol, w);
	w.f = gen_equal(g, 1, place, UDP, w);
	w.f = gen_equal(g, 1, place, TCP, w);
	return gen_equal(g, 1, place, SCTP, w);
}

static const struct filter_node *in_ip(struct gen *g, const struct ast *ast,
				       uint32_t protocol, struct ports p,
				       struct gen_ways w)
{
	struct gen_place network = gen_network(g);

	p.transport = gen_behind_ip(g, network);
	w.t = gen_direction(g, ast->dir, compare_ports, &p, w);
	w.t = gen_first_fragment(g, w);
	w.t = one_of(g, protocol, gen_behind(network, 9), w);
	return gen_carries(g, ETH_P_IP, w);
}

static const struct filter_node *in_ip6(struct gen *g, const struct ast *ast,
					uint32_t protocol, struct ports p,
					struct gen_ways w)
{
	struct gen_place network = gen_network(g);

	p.transport = gen_behind(network, IP_HEADER6);
	w.t = gen_direction(g, ast->dir, compare_ports, &p, w);
	w.t = one_of(g, protocol, gen_behind(network, 6), w);
	return gen_carries(g, ETH_P_IPV6, w);
}

static const struct filter_node *match(struct gen *g, const struct ast *ast,
				       uint32_t protocol,
				       struct filter_range *ranges, size_t n,
				       struct gen_ways w)
{
	struct ports p = { .ranges = ranges, .n = n };

	if (g->extended) {
		p.transport = gen_transport(g);
		w.t = gen_direction(g, ast->dir, compare_ports, &p, w);
		return gen_segment(g, GEN_ANY_IP, protocol, w);
	}
	w.f = in_ip(g, ast, protocol, p, w);
	return in_ip6(g, ast, protocol, p, w);
}

static uint32_t wanted_protocol(const struct ast *ast)
{
	return ast->proto == AST_PROTO_NONE
		       ? 0
		       : (uint32_t)gen_ip_number(ast->proto);
}

/* The port a name has in the wanted protocol; *@protocol is narrowed. */
static bool resolve_port(struct gen *g, const struct ast_operand *o,
			 const char *name, uint32_t *protocol, uint32_t *port)
{
	struct pktcap_filter_answer answers[ANSWERS_MAX];
	uint32_t wanted = *protocol;
	int found = 0;
	int n = gen_resolve(g, o, name, PKTCAP_FILTER_NAME_PORT, answers,
			    ANSWERS_MAX);

	if (n < 1)
		return false;
	for (int i = 0; i < n; i++) {
		const struct pktcap_filter_answer *a = &answers[i];

		if (wanted && a->protocol && a->protocol != wanted)
			continue;
		/* In several protocols: any of them, as with a number. */
		*protocol = found++ && a->protocol != *protocol ? wanted
								: a->protocol;
		*port = a->number;
	}
	if (!found || *port > PORT_MAX) {
		gen_fail_at(g, o->offset, -EINVAL, "'%s' has no such port",
			    name);
		return false;
	}
	if (wanted)
		*protocol = wanted;
	return true;
}

/* One operand; false with g->status. */
static bool operand_range(struct gen *g, const struct ast_operand *o,
			  struct filter_range *range, uint32_t *protocol)
{
	uint32_t swap, other = *protocol;

	switch (o->kind) {
	case AST_OPERAND_NUMBER:
		*range = (struct filter_range){ o->number, o->number };
		break;
	case AST_OPERAND_RANGE:
		*range = (struct filter_range){ o->number, o->last };
		break;
	case AST_OPERAND_NAME:
		if (!resolve_port(g, o, o->name, protocol, &range->first))
			return false;
		range->last = range->first;
		break;
	case AST_OPERAND_NAME_RANGE:
		if (!resolve_port(g, o, o->name, protocol, &range->first) ||
		    !resolve_port(g, o, o->name_last, &other, &range->last))
			return false;
		if (other != *protocol)
			*protocol = 0;
		break;
	default:
		gen_fail_at(g, o->offset, -EINVAL, "this is not a port");
		return false;
	}
	if (range->first > range->last) {
		swap = range->first;
		range->first = range->last;
		range->last = swap;
	}
	if (range->last <= PORT_MAX)
		return true;
	gen_fail_at(g, o->offset, -EINVAL, "port %u is greater than 65535",
		    range->last);
	return false;
}

static const struct filter_node *match_set(struct gen *g, const struct ast *ast,
					   struct filter_range *ranges,
					   struct gen_ways w)
{
	uint32_t wanted = wanted_protocol(ast);
	size_t n = 0;

	for (const struct ast_operand *o = ast->operands; o; o = o->next) {
		uint32_t protocol = wanted;
		struct filter_range *own;

		if (!operand_range(g, o, &ranges[n], &protocol))
			return NULL;
		if (protocol == wanted) {
			n++;
			continue;
		}
		/* A name that one protocol has cannot join the others. */
		own = arena_take(g->arena, sizeof(*own));
		if (!own)
			return gen_fail(g, -ENOMEM, "no memory");
		*own = ranges[n];
		w.f = match(g, ast, protocol, own, 1, w);
	}
	return n ? match(g, ast, wanted, ranges, n, w) : w.f;
}

const struct filter_node *gen_port(struct gen *g, const struct ast *ast,
				   struct gen_ways w)
{
	struct filter_range *ranges;
	size_t n = 0;

	if (ast->proto != AST_PROTO_NONE && ast->proto != AST_PROTO_TCP &&
	    ast->proto != AST_PROTO_UDP && ast->proto != AST_PROTO_SCTP)
		return gen_fail(g, -EINVAL, "'%s' has no ports",
				filter_proto_name(ast->proto));
	for (const struct ast_operand *o = ast->operands; o; o = o->next)
		n++;
	ranges = arena_take(g->arena, (n + 1) * sizeof(*ranges));
	if (!ranges)
		return gen_fail(g, -ENOMEM, "no memory");
	return match_set(g, ast, ranges, w);
}
