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

/*
 * What a name means to the wanted protocol, or to any if that is 0. A port
 * that several protocols have is a number like others. How many answers; < 0
 * with g->status.
 */
static int ports_of(struct gen *g, const struct ast_operand *o,
		    const char *name, uint32_t wanted,
		    struct pktcap_filter_answer *answers)
{
	int n = gen_resolve(g, o, name, PKTCAP_FILTER_NAME_PORT, answers,
			    ANSWERS_MAX);
	bool same = true;
	int kept = 0;

	for (int i = 0; i < n; i++) {
		struct pktcap_filter_answer a = answers[i];

		if (a.kind != PKTCAP_FILTER_ANSWER_NUMBER ||
		    a.number > PORT_MAX) {
			gen_fail_at(g, o->offset, -EINVAL,
				    "the resolver's answer for '%s' is no port",
				    name);
			return -1;
		}
		if (wanted && a.protocol && a.protocol != wanted)
			continue;
		if (wanted)
			a.protocol = wanted;
		answers[kept++] = a;
		same = same && a.number == answers[0].number;
	}
	if (n > 0 && !kept) {
		gen_fail_at(g, o->offset, -ENOENT,
			    "'%s' is a port of another protocol", name);
		return -1;
	}
	if (kept < 2 || !same)
		return n < 0 ? n : kept;
	answers[0].protocol = wanted;
	return 1;
}

/* The one port of a name at the end of a range; *@protocol is narrowed. */
static bool resolve_port(struct gen *g, const struct ast_operand *o,
			 const char *name, uint32_t *protocol, uint32_t *port)
{
	struct pktcap_filter_answer answers[ANSWERS_MAX];
	int n = ports_of(g, o, name, *protocol, answers);

	if (n > 1)
		gen_fail_at(g, o->offset, -EINVAL,
			    "'%s' is not the same port in all protocols: "
			    "write 'tcp' or 'udp' before it",
			    name);
	if (n != 1)
		return false;
	*protocol = answers[0].protocol;
	*port = answers[0].number;
	return true;
}

/* One operand; false with g->status. */
static bool operand_range(struct gen *g, const struct ast_operand *o,
			  struct filter_range *range, uint32_t *protocol)
{
	uint32_t swap, wanted = *protocol, other = wanted;

	switch (o->kind) {
	case AST_OPERAND_NUMBER:
		*range = (struct filter_range){ o->number, o->number };
		break;
	case AST_OPERAND_RANGE:
		*range = (struct filter_range){ o->number, o->last };
		break;
	case AST_OPERAND_NAME_RANGE:
		if (!resolve_port(g, o, o->name, protocol, &range->first) ||
		    !resolve_port(g, o, o->name_last, &other, &range->last))
			return false;
		if (other != *protocol)
			*protocol = wanted;
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

/* A port that one protocol has cannot join the others. */
static const struct filter_node *
match_alone(struct gen *g, const struct ast *ast, uint32_t protocol,
	    struct filter_range range, struct gen_ways w)
{
	return match(g, ast, protocol, &range, 1, w);
}

static const struct filter_node *match_name(struct gen *g,
					    const struct ast *ast,
					    const struct ast_operand *o,
					    struct gen_ways w)
{
	struct pktcap_filter_answer answers[ANSWERS_MAX];
	int n = ports_of(g, o, o->name, wanted_protocol(ast), answers);

	for (int i = n; i-- > 0;) {
		uint32_t port = answers[i].number;

		w.f = match_alone(g, ast, answers[i].protocol,
				  (struct filter_range){ port, port }, w);
	}
	return n < 1 ? NULL : w.f;
}

static const struct filter_node *match_set(struct gen *g, const struct ast *ast,
					   struct filter_range *ranges,
					   struct gen_ways w)
{
	uint32_t wanted = wanted_protocol(ast);
	size_t n = 0;

	for (const struct ast_operand *o = ast->operands; o; o = o->next) {
		uint32_t protocol = wanted;

		if (o->kind == AST_OPERAND_NAME) {
			w.f = match_name(g, ast, o, w);
			if (!w.f)
				return NULL;
			continue;
		}
		if (!operand_range(g, o, &ranges[n], &protocol))
			return NULL;
		if (protocol == wanted)
			n++;
		else
			w.f = match_alone(g, ast, protocol, ranges[n], w);
	}
	return n ? match(g, ast, wanted, ranges, n, w) : w.f;
}

const struct filter_node *gen_port(struct gen *g, const struct ast *ast,
				   struct gen_ways w)
{
	struct filter_range *ranges;

	if (ast->proto != AST_PROTO_NONE && ast->proto != AST_PROTO_TCP &&
	    ast->proto != AST_PROTO_UDP && ast->proto != AST_PROTO_SCTP)
		return gen_fail(
			g, -EINVAL,
			"'%s' has no ports: write 'tcp', 'udp', 'sctp' or "
			"nothing before them",
			filter_proto_name(ast->proto));
	ranges = gen_ranges(g, ast);
	if (!ranges)
		return NULL;
	return match_set(g, ast, ranges, w);
}
