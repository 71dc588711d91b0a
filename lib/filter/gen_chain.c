// SPDX-License-Identifier: BSD-2-Clause
/*
 * protochain: the headers between the IP header and the transport's, one by
 * one. There is no loop in it, so that the kernel takes the program: a packet
 * with more headers than GEN_CHAIN_MAX does not match.
 *
 * Where header i + 1 begins is found out in two ways, as authentication headers
 * count their length in their own units. So it is variable i of the layer's. It
 * counts from the packet's first byte as the program finds it: from the second
 * header on the program is the same wherever the outer tag is.
 */
#include "filter/gen_dissect.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>

enum {
	NEXT_AUTH = 51,
	IP_HEADER6 = 40,
};

struct chain {
	const struct filter_value *first;  /* protocol behind the IP header */
	const struct filter_value *length; /* of the IP header */
	uint32_t protocol;		   /* that is looked for */
	bool ip6;
};

/* The kernel has no cooked header: that is left to the constants of loads. */
static uint32_t origin(const struct gen *g)
{
	enum { COOKED_HEADER = 20 };

	return g->opts->linktype == PKTCAP_LINKTYPE_LINUX_SLL2 ? COOKED_HEADER
							       : 0;
}

static struct gen_place header(struct gen *g, const struct chain *c, uint32_t i)
{
	struct gen_place place = { .found = true };

	if (i) {
		place.base = filter_variable(g->graph, g->layer->chain + i - 1);
		place.offset = origin(g);
		return place;
	}
	place = gen_moved(g, gen_network(g), c->length);
	if (g->tagged && !place.found)
		place.offset -= GEN_TAG_LEN;
	place.found = true;
	return place;
}

/* Bytes 0 and 1 of header i: the protocol of the next one, and a length. */
static const struct filter_value *byte_of(struct gen *g, const struct chain *c,
					  uint32_t i, uint32_t byte)
{
	return gen_load(g, 1, gen_behind(header(g, c, i), byte));
}

/*
 * On to header i + 1, at which @next looks. Lengths are in units of @unit
 * bytes, without the first ones.
 */
static const struct filter_node *step(struct gen *g, const struct chain *c,
				      uint32_t i, uint32_t unit, uint32_t more,
				      const struct filter_node *next)
{
	const struct filter_value *bytes;
	struct gen_place place = header(g, c, i);

	bytes = gen_alu_k(g, BPF_ADD, byte_of(g, c, i, 1), more);
	bytes = gen_alu_k(g, BPF_MUL, bytes, unit);
	bytes = filter_alu(g->graph, BPF_ADD, bytes, place.base);
	bytes = gen_alu_k(g, BPF_ADD, bytes, place.offset - origin(g));
	return filter_let(g->graph, g->layer->chain + i, bytes, next);
}

/* From the last header to the first. */
static const struct filter_node *walk(struct gen *g, const struct chain *c,
				      struct gen_ways w)
{
	static const uint8_t extensions[] = { 44, 43, 60, 0 };
	const struct filter_node *next = w.f;

	for (uint32_t i = GEN_CHAIN_MAX; i--;) {
		const struct filter_value *protocol =
			i ? byte_of(g, c, i - 1, 0) : c->first;
		const struct filter_node *node = w.f, *extension;

		if (i < GEN_CHAIN_MAX - 1) {
			extension = step(g, c, i, 8, 1, next);
			node = filter_test_k(g->graph, FILTER_EQ, protocol,
					     NEXT_AUTH,
					     step(g, c, i, 4, 2, next), w.f);
			for (size_t e = 0; c->ip6 && e < sizeof(extensions);
			     e++)
				node = filter_test_k(g->graph, FILTER_EQ,
						     protocol, extensions[e],
						     extension, node);
		}
		next = filter_test_k(g->graph, FILTER_EQ, protocol, c->protocol,
				     w.t, node);
	}
	return next;
}

static const struct filter_node *chain_ip(struct gen *g, uint32_t protocol,
					  struct gen_ways w)
{
	struct gen_place network = gen_network(g);
	struct chain c = {
		.first = gen_load(g, 1, gen_behind(network, 9)),
		.length = gen_ip_length(g, network),
		.protocol = protocol,
	};

	w.t = walk(g, &c, w);
	return gen_carries(g, ETH_P_IP, w);
}

static const struct filter_node *chain_ip6(struct gen *g, uint32_t protocol,
					   struct gen_ways w)
{
	struct chain c = {
		.first = gen_load(g, 1, gen_behind(gen_network(g), 6)),
		.length = filter_const(g->graph, IP_HEADER6),
		.protocol = protocol,
		.ip6 = true,
	};

	w.t = walk(g, &c, w);
	return gen_carries(g, ETH_P_IPV6, w);
}

const struct filter_node *gen_protochain(struct gen *g, const struct ast *ast,
					 struct gen_ways w)
{
	if (ast->dir != AST_DIR_NONE)
		return gen_fail(g, -EINVAL,
				"'protochain' has no direction: leave it out");
	if (ast->proto != AST_PROTO_NONE && ast->proto != AST_PROTO_IP &&
	    ast->proto != AST_PROTO_IP6)
		return gen_fail(g, -EINVAL,
				"'%s' has no 'protochain': write 'ip', 'ip6' "
				"or nothing before it",
				filter_proto_name(ast->proto));
	for (const struct ast_operand *o = ast->operands; o; o = o->next) {
		int64_t protocol = gen_proto_operand(g, ast, o);

		if (protocol < 0)
			return NULL;
		if (g->extended) {
			w.f = gen_any_chain(g, ast->proto, (uint32_t)protocol,
					    w);
			continue;
		}
		if (ast->proto != AST_PROTO_IP)
			w.f = chain_ip6(g, (uint32_t)protocol, w);
		if (ast->proto != AST_PROTO_IP6)
			w.f = chain_ip(g, (uint32_t)protocol, w);
	}
	return w.f;
}
