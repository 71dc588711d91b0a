// SPDX-License-Identifier: BSD-2-Clause
/*
 * What is behind the IP header. Extension headers of IPv6 may come in this
 * order, each of them or not, which the order of RFC 8200 is part of: three of
 * hop-by-hop, routing and destination options, a fragment header, an
 * authentication header, two more of the first kind.
 */
#include "filter/gen_dissect.h"

#include <linux/filter.h>
#include <linux/if_ether.h>

enum {
	NEXT_HOP = 0,
	NEXT_ROUTING = 43,
	NEXT_FRAGMENT = 44,
	NEXT_AUTH = 51,
	NEXT_DESTINATION = 60,
	IP_HEADER6 = 40,
};

/* A header behind the IP header. */
struct step {
	struct gen_place at;
	const struct filter_value *protocol;
};

/* Where a walk ends: behind all headers, or at one that is looked for. */
struct walk {
	const struct filter_node *end, *found;
	uint64_t wanted; /* if there is @found: a bit for each protocol */
};

struct gen_place gen_transport(struct gen *g)
{
	return gen_place_in(g, GEN_TRANSPORT, 0);
}

/* --- IPv6 ----------------------------------------------------------------- */
static struct step step_variables(struct gen *g, uint32_t i)
{
	return (struct step){
		.at = gen_place_in(g, GEN_STEP + 2 * i, 0),
		.protocol = gen_variable(g, GEN_STEP + 2 * i + 1),
	};
}

static const struct filter_node *let_step(struct gen *g, uint32_t i,
					  struct step step,
					  const struct filter_node *next)
{
	next = gen_let_place(g, GEN_STEP + 2 * i, step.at, next);
	return gen_let(g, GEN_STEP + 2 * i + 1, step.protocol, next);
}

/* Protocols that are looked for, which other headers may follow. */
static const struct filter_node *wanted(struct gen *g, const struct walk *to,
					struct step step,
					const struct filter_node *other)
{
	struct filter_range ranges[64];
	size_t n = 0;

	if (!to->found)
		return other;
	for (uint32_t p = 0; p < 64; p++)
		if (to->wanted >> p & 1)
			ranges[n++] = (struct filter_range){ p, p };
	return filter_test_set(g->graph, step.protocol, ranges, n, to->found,
			       other);
}

static const struct filter_node *let_last(struct gen *g, const struct walk *to,
					  struct step step)
{
	const struct filter_node *next;

	next = gen_let_place(g, GEN_TRANSPORT, step.at, to->end);
	return gen_let(g, GEN_PROTOCOL, step.protocol, next);
}

static const struct filter_node *let_end(struct gen *g, const struct walk *to,
					 struct step step)
{
	return wanted(g, to, step, let_last(g, to, step));
}

/* The header behind @step, which has (byte 1 + @more) << @shift bytes. */
static struct step step_behind(struct gen *g, struct step step, uint32_t more,
			       uint32_t shift)
{
	const struct filter_value *length;

	length = gen_load(g, 1, gen_behind(step.at, 1));
	length = gen_alu_k(g, BPF_ADD, length, more);
	length = gen_alu_k(g, BPF_LSH, length, shift);
	return (struct step){
		.at = gen_moved(g, step.at, length),
		.protocol = gen_load(g, 1, step.at),
	};
}

/* Goes on at w.t behind options; what is looked for is found before. */
static const struct filter_node *options(struct gen *g, const struct walk *to,
					 struct step step, struct gen_ways w)
{
	const struct filter_value *p = step.protocol;

	w.f = filter_test_k(g->graph, FILTER_EQ, p, NEXT_DESTINATION, w.t, w.f);
	w.f = filter_test_k(g->graph, FILTER_EQ, p, NEXT_ROUTING, w.t, w.f);
	w.f = filter_test_k(g->graph, FILTER_EQ, p, NEXT_HOP, w.t, w.f);
	return wanted(g, to, step, w.f);
}

/* Nothing follows a later fragment's header but a piece of the packet. */
static const struct filter_node *fragment(struct gen *g, const struct walk *to,
					  struct step step, uint32_t i,
					  struct gen_ways w)
{
	struct step behind = {
		.at = gen_behind(step.at, 8),
		.protocol = gen_load(g, 1, step.at),
	};
	struct step later = behind;
	const struct filter_node *last;

	later.protocol = gen_alu_k(g, BPF_OR, behind.protocol, GEN_LATER);
	w.t = let_step(g, i, behind, w.t);
	last = wanted(g, to, behind, let_last(g, to, later));
	w.t = filter_test_k(g->graph, FILTER_SET,
			    gen_load(g, 2, gen_behind(step.at, 2)), 0xfff8,
			    last, w.t);
	w.f = filter_test_k(g->graph, FILTER_EQ, step.protocol, NEXT_FRAGMENT,
			    w.t, w.f);
	return wanted(g, to, step, w.f);
}

/* Two more options where packets come with and without authentication. */
static const struct filter_node *last_options(struct gen *g,
					      const struct walk *to, uint32_t i)
{
	struct step step[2] = { step_variables(g, i),
				step_variables(g, i + 1) };
	struct gen_ways w;

	w.f = let_end(g, to, step[1]);
	w.t = let_end(g, to, step_behind(g, step[1], 1, 3));
	w.t = options(g, to, step[1], w);
	w.t = let_step(g, i + 1, step_behind(g, step[0], 1, 3), w.t);
	w.f = let_end(g, to, step[0]);
	return options(g, to, step[0], w);
}

/* From an authentication header on; @step may be one. */
static const struct filter_node *auth(struct gen *g, const struct walk *to,
				      struct step step, uint32_t i)
{
	const struct filter_node *last = last_options(g, to, i);
	struct gen_ways w;

	w.t = let_step(g, i, step_behind(g, step, 2, 2), last);
	w.f = let_step(g, i, step, last);
	w.f = filter_test_k(g->graph, FILTER_EQ, step.protocol, NEXT_AUTH, w.t,
			    w.f);
	return wanted(g, to, step, w.f);
}

/* Steps whose variables are set where ways to them meet. */
enum { FIRST, SECOND, FRAGMENT, AUTH, BEHIND_AUTH };

static const struct filter_node *walk(struct gen *g, const struct walk *to)
{
	struct gen_place network = gen_network(g);
	struct step before[3] = {
		{ .at = gen_behind(network, IP_HEADER6),
		  .protocol = gen_load(g, 1, gen_behind(network, 6)) },
		step_variables(g, FIRST),
		step_variables(g, SECOND),
	};
	struct step last = step_variables(g, FRAGMENT);
	const struct filter_node *node, *rest;
	struct gen_ways w;

	w.t = auth(g, to, step_variables(g, AUTH), BEHIND_AUTH);
	w.f = let_step(g, AUTH, last, w.t);
	node = rest = fragment(g, to, last, AUTH, w);
	for (uint32_t i = 3; i--;) {
		w.f = let_step(g, FRAGMENT, before[i], rest);
		w.t = let_step(g, i, step_behind(g, before[i], 1, 3), node);
		node = options(g, to, before[i], w);
	}
	return node;
}

bool gen_is_extension(uint32_t protocol)
{
	return protocol == NEXT_HOP || protocol == NEXT_ROUTING ||
	       protocol == NEXT_FRAGMENT || protocol == NEXT_AUTH ||
	       protocol == NEXT_DESTINATION;
}

/* --- both ----------------------------------------------------------------- */
/* Sets GEN_PROTOCOL and GEN_TRANSPORT of an IPv4 packet. */
static const struct filter_node *find4(struct gen *g,
				       const struct filter_node *next)
{
	struct gen_place network = gen_network(g);
	const struct filter_value *protocol =
		gen_load(g, 1, gen_behind(network, 9));
	const struct filter_value *later =
		gen_alu_k(g, BPF_OR, protocol, GEN_LATER);
	struct gen_ways w;

	next = gen_let_place(g, GEN_TRANSPORT, gen_behind_ip(g, network), next);
	w.t = gen_let(g, GEN_PROTOCOL, protocol, next);
	w.f = gen_let(g, GEN_PROTOCOL, later, next);
	return gen_first_fragment(g, w);
}

/* What is not IP has a protocol, too, so that nobody looks for it again. */
static const struct filter_node *none(struct gen *g,
				      const struct filter_node *next)
{
	next = gen_let(g, GEN_TRANSPORT, filter_const(g->graph, 0), next);
	return gen_let(g, GEN_PROTOCOL, filter_const(g->graph, GEN_NO_IP),
		       next);
}

const struct filter_node *gen_find_protocol(struct gen *g,
					    const struct filter_node *next)
{
	struct walk to = { .end = next };
	struct gen_ways w;

	if (gen_is_known(g, GEN_PROTOCOL))
		return next;
	w = (struct gen_ways){ walk(g, &to), none(g, next) };
	w.f = gen_carries(g, ETH_P_IPV6, w);
	w.t = find4(g, next);
	return gen_known(g, GEN_PROTOCOL, next, gen_carries(g, ETH_P_IP, w));
}

static const struct filter_node *family(struct gen *g, uint32_t families,
					struct gen_ways w)
{
	if (families == GEN_IPV4)
		return gen_carries(g, ETH_P_IP, w);
	return families == GEN_IPV6 ? gen_carries(g, ETH_P_IPV6, w) : w.t;
}

const struct filter_node *gen_segment(struct gen *g, uint32_t families,
				      uint32_t protocol, struct gen_ways w)
{
	const struct filter_value *found = gen_variable(g, GEN_PROTOCOL);
	const struct filter_node *f = w.f;
	struct filter_range any[] = { { 6, 6 }, { 17, 17 }, { 132, 132 } };

	if (protocol)
		w.t = filter_test_k(g->graph, FILTER_EQ, found, protocol, w.t,
				    f);
	else
		w.t = filter_test_set(g->graph, found, any, 3, w.t, f);
	w.t = gen_find_protocol(g, w.t);
	return family(g, families, w);
}

const struct filter_node *gen_protocol_set(struct gen *g, uint32_t families,
					   struct filter_range *ranges,
					   size_t n, struct gen_ways w)
{
	const struct filter_value *found = gen_variable(g, GEN_PROTOCOL);
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (ranges[i].first > 255)
			continue;
		ranges[kept] = ranges[i];
		if (ranges[kept].last > 255)
			ranges[kept].last = 255;
		kept++;
	}
	found = gen_alu_k(g, BPF_AND, found, GEN_NO_IP | 0xff);
	w.t = filter_test_set(g->graph, found, ranges, kept, w.t, w.f);
	w.t = gen_find_protocol(g, w.t);
	return family(g, families, w);
}

const struct filter_node *gen_protocol(struct gen *g, uint32_t families,
				       uint32_t protocol, struct gen_ways w)
{
	struct filter_range one = { protocol, protocol };

	return gen_protocol_set(g, families, &one, 1, w);
}

uint32_t gen_family(uint32_t proto)
{
	if (proto == AST_PROTO_IP)
		return GEN_IPV4;
	return proto == AST_PROTO_IP6 ? GEN_IPV6 : GEN_ANY_IP;
}

const struct filter_node *gen_extension(struct gen *g, uint64_t protocols,
					struct gen_ways w)
{
	struct walk to = { .end = w.f, .wanted = protocols, .found = w.t };

	if (!protocols)
		return w.f;

	w.t = walk(g, &to);
	return gen_carries(g, ETH_P_IPV6, w);
}

const struct filter_node *gen_any_chain(struct gen *g, uint32_t proto,
					uint32_t protocol, struct gen_ways w)
{
	struct gen_ways behind = w;

	if (proto != AST_PROTO_IP)
		w.f = gen_ip6_protocol(g, protocol, w);
	if (proto == AST_PROTO_IP6)
		return w.f;
	behind.f = w.f;
	behind.t = gen_equal(g, 1, gen_transport(g), protocol, w);
	w.f = gen_segment(g, GEN_IPV4, NEXT_AUTH, behind);
	return gen_ip_protocol(g, protocol, w);
}
