// SPDX-License-Identifier: BSD-2-Clause
/*
 * inner(): the packet in a tunnel. Each kind of tunnel tells where that begins
 * and what it begins with; from there on they have all tests in common.
 */
#include "filter/gen_dissect.h"

#include <linux/filter.h>
#include <linux/if_ether.h>

enum {
	IPV4_IN_IP = 4,
	IPV6_IN_IP = 41,
	GRE = 47,
	PPP_IPV4 = 0x21,
	PPP_IPV6 = 0x57,
};

/* Where the packet goes when GEN_WITHIN is one of these. */
struct tunnel {
	const struct filter_node *ipv4, *ipv6, *ethernet;
	const struct filter_node *ip;	  /* the version tells which */
	const struct filter_node *labels; /* or Ethernet, if it is 0 */
	const struct filter_node *none;
};

/* --- what is inside ------------------------------------------------------- */
static const struct filter_node *enter_ip(struct gen *g,
					  const struct gen_layer *inner,
					  uint32_t type,
					  const struct filter_node *next)
{
	const struct gen_layer *outer = g->layer;
	struct gen_place before = gen_place_in(g, GEN_WITHIN, 0);

	before.offset -= 2;
	g->layer = inner;
	next = gen_let_place(g, GEN_NETWORK, before, next);
	next = gen_let(g, GEN_LINK, filter_const(g->graph, GEN_NOWHERE), next);
	next = gen_let(g, GEN_TYPE, filter_const(g->graph, type), next);
	g->layer = outer;
	return next;
}

static const struct filter_node *enter_ethernet(struct gen *g,
						const struct gen_layer *inner,
						uint32_t behind,
						const struct filter_node *next)
{
	const struct gen_layer *outer = g->layer;
	struct gen_place link = gen_place_in(g, GEN_WITHIN, behind);

	g->layer = inner;
	next = gen_find_in_ethernet(g, next);
	next = gen_let_place(g, GEN_LINK, link, next);
	g->layer = outer;
	return next;
}

static const struct filter_node *has_version(struct gen *g, uint32_t version,
					     struct gen_ways w)
{
	return gen_equal_masked(g, 1, gen_place_in(g, GEN_WITHIN, 0), 0xf0,
				version << 4, w);
}

static struct tunnel ways_inside(struct gen *g, const struct gen_layer *inner,
				 struct gen_ways w)
{
	struct tunnel to = {
		.ipv4 = enter_ip(g, inner, ETH_P_IP, w.t),
		.ipv6 = enter_ip(g, inner, ETH_P_IPV6, w.t),
		.ethernet = enter_ethernet(g, inner, 0, w.t),
		.none = w.f,
	};
	struct gen_ways version = { to.ipv6, w.f };

	version.f = has_version(g, 6, version);
	version.t = to.ipv4;
	to.ip = has_version(g, 4, version);
	/* A pseudowire: a control word, whose first four bits are 0. */
	version.t = enter_ethernet(g, inner, 4, w.t);
	version.f = w.f;
	version.f = has_version(g, 0, version);
	version.t = to.ipv6;
	version.f = has_version(g, 6, version);
	version.t = to.ipv4;
	to.labels = has_version(g, 4, version);
	return to;
}

static const struct filter_node *inside(struct gen *g, struct gen_place place,
					const struct filter_node *next)
{
	return gen_let_place(g, GEN_WITHIN, place, next);
}

/* By the EtherType that tunnels have. */
static const struct filter_node *by_type(struct gen *g, const struct tunnel *to,
					 struct gen_place type)
{
	const struct filter_node *node = to->none;

	node = gen_equal(g, 2, type, ETH_P_TEB,
			 (struct gen_ways){ to->ethernet, node });
	node = gen_equal(g, 2, type, ETH_P_IPV6,
			 (struct gen_ways){ to->ipv6, node });
	return gen_equal(g, 2, type, ETH_P_IP,
			 (struct gen_ways){ to->ipv4, node });
}

/* --- tunnels -------------------------------------------------------------- */
static const struct filter_node *vxlan(struct gen *g, const struct tunnel *to)
{
	struct gen_place header = gen_behind(gen_transport(g), 8);

	return inside(g, gen_behind(header, 8), to->ethernet);
}

static const struct filter_node *geneve(struct gen *g, const struct tunnel *to)
{
	struct gen_place header = gen_behind(gen_transport(g), 8), behind;
	const struct filter_value *options = gen_alu_k(
		g, BPF_LSH, gen_alu_k(g, BPF_AND, gen_load(g, 1, header), 0x3f),
		2);
	const struct filter_node *node = by_type(g, to, gen_behind(header, 2));

	behind = gen_behind(gen_moved(g, header, options), 8);
	node = inside(g, behind, node);
	return gen_bits(g, 1, header, 0xc0,
			(struct gen_ways){ to->none, node });
}

/* The field of GTP's flags that tell of optional fields, and their end. */
static const struct filter_node *
gtp_extensions(struct gen *g, const struct tunnel *to, struct gen_place behind)
{
	enum { EXTENSIONS = 3 };
	struct gen_place at[EXTENSIONS + 1] = { behind };
	const struct filter_node *node = to->none;

	for (int i = 0; i < EXTENSIONS; i++)
		at[i + 1] = gen_moved(
			g, at[i],
			gen_alu_k(g, BPF_LSH, gen_load(g, 1, at[i]), 2));
	/* What comes next is in the last byte of each. */
	for (int i = EXTENSIONS; i >= 0; i--) {
		struct gen_place next = at[i];

		next.offset--;
		node = gen_equal(
			g, 1, next, 0,
			(struct gen_ways){ inside(g, at[i], to->ip), node });
	}
	return node;
}

static const struct filter_node *gtp(struct gen *g, const struct tunnel *to)
{
	enum { VERSION_1 = 0x30, T_PDU = 255, ANY_FIELD = 7, EXTENDED = 4 };
	struct gen_place header = gen_behind(gen_transport(g), 8);
	struct gen_ways w;

	w.t = gtp_extensions(g, to, gen_behind(header, 12));
	w.f = inside(g, gen_behind(header, 12), to->ip);
	w.t = gen_bits(g, 1, header, EXTENDED, w);
	w.f = inside(g, gen_behind(header, 8), to->ip);
	w.t = gen_bits(g, 1, header, ANY_FIELD, w);
	w.f = to->none;
	w.t = gen_equal(g, 1, gen_behind(header, 1), T_PDU, w);
	return gen_equal_masked(g, 1, header, 0xf0, VERSION_1, w);
}

static const struct filter_node *udp(struct gen *g, const struct tunnel *to)
{
	struct gen_place port = gen_behind(gen_transport(g), 2);
	const struct filter_node *node = to->none;

	node = gen_equal(g, 2, port, GEN_GTP_PORT,
			 (struct gen_ways){ gtp(g, to), node });
	node = gen_equal(g, 2, port, GEN_GENEVE_PORT,
			 (struct gen_ways){ geneve(g, to), node });
	return gen_equal(g, 2, port, GEN_VXLAN_PORT,
			 (struct gen_ways){ vxlan(g, to), node });
}

/* Four bytes more for each of checksum, key and sequence number. */
static const struct filter_node *gre(struct gen *g, const struct tunnel *to)
{
	enum { ROUTING = 0x4000, VERSION = 0x0007 };
	static const uint8_t shifts[] = { 13, 11, 10 };
	struct gen_place header = gen_transport(g), behind = header;
	const struct filter_value *flags = gen_load(g, 2, header);
	const struct filter_node *node = by_type(g, to, gen_behind(header, 2));

	for (int i = 0; i < 3; i++)
		behind = gen_moved(
			g, behind,
			gen_alu_k(g, BPF_AND,
				  gen_alu_k(g, BPF_RSH, flags, shifts[i]), 4));
	node = inside(g, gen_behind(behind, 4), node);
	return gen_bits(g, 2, header, ROUTING | VERSION,
			(struct gen_ways){ to->none, node });
}

/* --- where they are ------------------------------------------------------- */
static const struct filter_node *over_ip(struct gen *g, const struct tunnel *to)
{
	const struct filter_value *protocol = gen_variable(g, GEN_PROTOCOL);
	struct gen_place transport = gen_transport(g);
	struct {
		uint32_t protocol;
		const struct filter_node *t;
	} all[] = {
		{ GRE, gre(g, to) },
		{ IPV6_IN_IP, inside(g, transport, to->ipv6) },
		{ IPV4_IN_IP, inside(g, transport, to->ipv4) },
		{ GEN_UDP, udp(g, to) },
	};
	const struct filter_node *node = to->none;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		node = filter_test_k(g->graph, FILTER_EQ, protocol,
				     all[i].protocol, all[i].t, node);
	return node;
}

static const struct filter_node *over_mpls(struct gen *g,
					   const struct tunnel *to)
{
	const struct filter_node *node = to->none;

	for (uint32_t i = GEN_LABELS; i--;) {
		struct gen_place label = gen_behind(gen_network(g), 4 * i);
		struct gen_ways w = { .f = node };

		w.t = inside(g, gen_behind(label, 4), to->labels);
		node = gen_bits(g, 1, gen_behind(label, 2), 1, w);
	}
	return node;
}

static const struct filter_node *over_pppoe(struct gen *g,
					    const struct tunnel *to)
{
	struct gen_place type = gen_behind(gen_network(g), 6);
	struct gen_ways w = { to->ipv6, to->none };

	w.f = gen_equal(g, 2, type, PPP_IPV6, w);
	w.t = to->ipv4;
	return inside(g, gen_behind(type, 2),
		      gen_equal(g, 2, type, PPP_IPV4, w));
}

/*
 * What is set in a tunnel, and in tunnels in it, is set where there is none.
 * Once more if that was found out before: no way may be without, even if no
 * packet goes there.
 */
static const struct filter_node *nowhere(struct gen *g, bool known,
					 const struct filter_node *next)
{
	static const struct {
		uint32_t variable, k;
	} all[] = { { GEN_TRANSPORT, 0 },
		    { GEN_PROTOCOL, GEN_NO_IP },
		    /* These are set in each tunnel that is found. */
		    { GEN_TYPE, 0 },
		    { GEN_LINK, GEN_NOWHERE },
		    { GEN_NETWORK, GEN_NOWHERE } };
	const struct gen_layer *inner = g->layer;
	size_t n = known ? 2 : sizeof(all) / sizeof(all[0]);

	for (uint32_t i = inner->depth; i < GEN_LAYERS && g->dissected[i];
	     i++) {
		g->layer = g->dissected[i];
		for (size_t j = 0; j < n; j++)
			next = gen_let(g, all[j].variable,
				       filter_const(g->graph, all[j].k), next);
		n = sizeof(all) / sizeof(all[0]);
	}
	g->layer = inner;
	return next;
}

static const struct filter_node *
find_tunnel(struct gen *g, const struct gen_layer *inner, struct gen_ways w)
{
	const struct filter_node *node = w.f;
	struct tunnel to = ways_inside(g, inner, w);

	if (g->layer->has_tags)
		node = gen_carries(
			g, ETH_P_PPP_SES,
			(struct gen_ways){ over_pppoe(g, &to), node });
	node = gen_carries_mpls(g,
				(struct gen_ways){ over_mpls(g, &to), node });
	to.none = node;
	node = gen_find_protocol(g, over_ip(g, &to));
	return gen_find_network(g, node);
}

const struct filter_node *gen_inner(struct gen *g, uint32_t depth,
				    struct gen_ways w)
{
	const struct gen_layer *inner = g->dissected[depth + 1];
	const struct filter_node *known = w.t, *search;

	g->layer = inner;
	if (!g->search_again) {
		known = filter_test_k(g->graph, FILTER_EQ,
				      gen_variable(g, GEN_NETWORK), GEN_NOWHERE,
				      nowhere(g, true, w.f), w.t);
		w.f = nowhere(g, false, w.f);
	}
	if (gen_is_known(g, GEN_NETWORK))
		return known;
	g->layer = gen_dissected_layer(g, depth);
	if (!g->layer)
		return NULL;
	search = find_tunnel(g, inner, w);
	g->layer = inner;
	return gen_known(g, GEN_NETWORK, known, search);
}
