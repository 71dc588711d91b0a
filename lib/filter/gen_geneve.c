// SPDX-License-Identifier: BSD-2-Clause
/*
 * geneve: all that stands behind it is looked for inside of the tunnel, where
 * there is an Ethernet frame or a packet of layer 3.
 *
 *  udp: to port 6081
 *  0: version (2 bits), length of options in words (6 bits), flags
 *  2: EtherType of what is inside; 0x6558 is Ethernet
 *  4: network identifier (24 bits), reserved
 *  8: options
 *
 * Where things are is found out in IPv4 and in IPv6 and used behind both, so
 * it is in variables. They are set for packets that are no tunnel, too:
 * GEN_INSIDE then says that there is nothing inside, and no test holds there.
 * In "tcp or geneve and udp" one may come to "udp" without having looked for a
 * tunnel; then it is looked for there.
 */
#include "filter/gen.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>

enum {
	PORT = 6081,
	NETWORK_MAX = 0xffffff,
	UDP = 17,
	IP_HEADER6 = 40,
	UDP_HEADER = 8,
	VERSION = 0xc0,
	OPTIONS = 0x3f,
	ETHERNET = 0x6558,
};

static const struct filter_value *variable(struct gen *g, uint32_t first,
					   enum gen_inside which)
{
	return filter_variable(g->graph, first + which);
}

static const struct filter_node *let(struct gen *g, enum gen_inside which,
				     const struct filter_value *value,
				     const struct filter_node *next)
{
	return filter_let(g->graph, g->layer->variables + which, value, next);
}

void gen_geneve_layer(struct gen *g, struct gen_layer *layer, uint32_t first)
{
	uint32_t llc = layer->llc, variables = layer->variables;
	const struct gen_layer *outer = g->layer;

	gen_link_layer(g, PKTCAP_LINKTYPE_ETHERNET, layer);
	layer->variables = variables;
	layer->llc = llc;
	layer->outer = outer;
	layer->tunnel = g->ast;
	layer->inside = first;
	layer->header.base = variable(g, first, GEN_INSIDE_HEADER);
	layer->type = (struct gen_place){ .base = variable(g, first,
							   GEN_INSIDE_TYPE) };
	layer->payload =
		(struct gen_place){ .base = variable(g, first,
						     GEN_INSIDE_PAYLOAD) };
}

const struct filter_node *gen_inside(struct gen *g, bool ethernet,
				     const struct filter_node *t,
				     struct gen_ways w)
{
	const struct filter_value *kind;

	if (!g->layer->outer)
		return t;
	kind = variable(g, g->layer->inside, GEN_INSIDE);
	if (ethernet)
		return filter_test_k(g->graph, FILTER_EQ, kind,
				     GEN_INSIDE_ETHERNET, t, w.f);
	return filter_test_k(g->graph, FILTER_EQ, kind, GEN_INSIDE_NOTHING, w.f,
			     t);
}

/* Sets all variables for what begins at @header, of which @type tells. */
static const struct filter_node *found(struct gen *g, uint32_t kind,
				       struct gen_place type,
				       const struct filter_value *header,
				       uint32_t length,
				       const struct filter_node *next)
{
	const struct filter_value *payload =
		gen_alu_k(g, BPF_ADD, header, length);
	const struct filter_value *at =
		gen_alu_k(g, BPF_ADD, type.base, type.offset);

	next = let(g, GEN_INSIDE_PAYLOAD, payload, next);
	next = let(g, GEN_INSIDE_TYPE, at, next);
	next = let(g, GEN_INSIDE_HEADER, header, next);
	return let(g, GEN_INSIDE, filter_const(g->graph, kind), next);
}

static const struct filter_node *nothing(struct gen *g,
					 const struct filter_node *next)
{
	static const uint8_t all[] = { GEN_INSIDE_PAYLOAD, GEN_INSIDE_TYPE,
				       GEN_INSIDE_HEADER, GEN_INSIDE };

	for (size_t i = 0; i < sizeof(all); i++)
		next = let(g, all[i],
			   filter_const(g->graph, GEN_INSIDE_NOTHING), next);
	return next;
}

/* What is inside of the tunnel whose header begins at variable BEGIN. */
static const struct filter_node *look_inside(struct gen *g,
					     const struct filter_node *next)
{
	struct gen_place tunnel = {
		.base = variable(g, g->layer->variables, GEN_INSIDE_BEGIN),
	};
	struct gen_place type = gen_behind(tunnel, 2), frame;
	const struct filter_value *header;

	header = gen_alu_k(g, BPF_AND, gen_load(g, 1, tunnel), OPTIONS);
	header = gen_alu_k(g, BPF_MUL, header, 4);
	header = filter_alu(g->graph, BPF_ADD, header, tunnel.base);
	header = gen_alu_k(g, BPF_ADD, header, 8);
	frame = (struct gen_place){ .base = header, .offset = 12 };
	return gen_equal(
		g, 2, type, ETHERNET,
		(struct gen_ways){
			found(g, GEN_INSIDE_ETHERNET, frame, header, 14, next),
			found(g, GEN_INSIDE_PACKET, type, header, 0, next) });
}

/* Is it a tunnel's header that is behind @udp, of one of the networks? */
static const struct filter_node *over(struct gen *g, const struct ast *ast,
				      struct gen_place udp, struct gen_ways w)
{
	struct gen_place tunnel = gen_behind(udp, UDP_HEADER);
	const struct filter_value *base = udp.base, *network;

	if (!base)
		base = filter_const(g->graph, 0);
	w.t = let(g, GEN_INSIDE_BEGIN,
		  gen_alu_k(g, BPF_ADD, base, tunnel.offset), w.t);
	network =
		gen_alu_k(g, BPF_RSH, gen_load(g, 4, gen_behind(tunnel, 4)), 8);
	w.t = gen_one_of(g, ast, network, NETWORK_MAX, w);
	w.t = gen_bits(g, 1, tunnel, VERSION, (struct gen_ways){ w.f, w.t });
	return gen_equal(g, 2, gen_behind(udp, 2), PORT, w);
}

static const struct filter_node *in_ip(struct gen *g, const struct ast *ast,
				       struct gen_ways w)
{
	struct gen_place network = gen_network(g);

	w.t = over(g, ast, gen_behind_ip(g, network), w);
	w.t = gen_first_fragment(g, w);
	w.t = gen_equal(g, 1, gen_behind(network, 9), UDP, w);
	return gen_carries(g, ETH_P_IP, w);
}

static const struct filter_node *in_ip6(struct gen *g, const struct ast *ast,
					struct gen_ways w)
{
	struct gen_place network = gen_network(g);

	w.t = over(g, ast, gen_behind(network, IP_HEADER6), w);
	w.t = gen_equal(g, 1, gen_behind(network, 6), UDP, w);
	return gen_carries(g, ETH_P_IPV6, w);
}

const struct filter_node *gen_geneve(struct gen *g, const struct ast *ast,
				     struct gen_ways w)
{
	w.t = look_inside(g, w.t);
	w.f = nothing(g, w.f);
	w.t = in_ip(g, ast, (struct gen_ways){ w.t, in_ip6(g, ast, w) });
	return gen_inside(g, false, w.t, w);
}

/* As deep as tunnels are in each other, which variables bound. */
const struct filter_node *gen_find_inside(struct gen *g,
					  const struct filter_node *node)
{
	const struct gen_layer *layer = g->layer;
	const struct filter_node *search;
	const struct ast *ast = g->ast;

	if (!layer->outer)
		return node;
	g->layer = layer->outer;
	g->ast = layer->tunnel;
	search = gen_geneve(g, g->ast, (struct gen_ways){ node, node });
	search = gen_find_inside(g, search);
	g->layer = layer;
	g->ast = ast;
	return filter_known(g->graph, layer->inside, node, search);
}
