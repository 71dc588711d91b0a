// SPDX-License-Identifier: BSD-2-Clause
/* Where the network header begins, and who needs to know. */
#include "filter/gen_dissect.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>

_Static_assert(GEN_VARIABLES <= FILTER_VARIABLES, "variables of all layers");

enum {
	TYPE_AT = 12, /* in an Ethernet header */
};

static uint32_t gen_number(const struct gen *g, uint32_t variable)
{
	if (variable == GEN_RANDOM)
		return variable;
	return g->layer->depth * GEN_LAYER_VARIABLES + variable;
}

void gen_variable_name(struct text *out, uint32_t number)
{
	static const char *const names[GEN_STEP] = {
		[GEN_NETWORK] = "ethertype", [GEN_TYPE] = "type",
		[GEN_LINK] = "ethernet",     [GEN_TRANSPORT] = "transport",
		[GEN_PROTOCOL] = "protocol", [GEN_FROM] = "source",
		[GEN_TO] = "destination",    [GEN_WITHIN] = "within",
	};
	uint32_t variable = number % GEN_LAYER_VARIABLES;
	uint32_t step = variable - GEN_STEP;

	if (number == GEN_RANDOM) {
		text_string(out, "random");
		return;
	}
	for (uint32_t i = number / GEN_LAYER_VARIABLES; i; i--)
		text_string(out, "inner.");
	if (variable < GEN_STEP)
		text_string(out, names[variable]);
	else
		text_format(out, step % 2 ? "next%u" : "header%u",
			    (unsigned int)step / 2);
}

const struct filter_value *gen_variable(struct gen *g, uint32_t variable)
{
	return filter_variable(g->graph, gen_number(g, variable));
}

const struct filter_node *gen_let(struct gen *g, uint32_t variable,
				  const struct filter_value *value,
				  const struct filter_node *next)
{
	return filter_let(g->graph, gen_number(g, variable), value, next);
}

bool gen_is_known(const struct gen *g, uint32_t variable)
{
	return g->known >> gen_number(g, variable) & 1;
}

const struct filter_node *gen_known(struct gen *g, uint32_t variable,
				    const struct filter_node *yes,
				    const struct filter_node *no)
{
	return filter_known(g->graph, gen_number(g, variable), yes, no);
}

/*
 * What variables with offsets count from. The kernel has no cooked header: with
 * all of it in the constants of loads, a program can be made fit for that.
 */
static uint32_t origin(const struct gen *g, uint32_t variable)
{
	enum { COOKED_HEADER = 20 };

	if (g->opts->linktype != PKTCAP_LINKTYPE_LINUX_SLL2)
		return 0;
	return variable == GEN_NETWORK ? COOKED_HEADER - 2 : COOKED_HEADER;
}

struct gen_place gen_place_in(struct gen *g, uint32_t variable, uint32_t offset)
{
	return (struct gen_place){ .base = gen_variable(g, variable),
				   .offset = offset + origin(g, variable),
				   .found = true };
}

const struct filter_node *gen_let_place(struct gen *g, uint32_t variable,
					struct gen_place place,
					const struct filter_node *next)
{
	uint32_t offset = place.offset - origin(g, variable);
	const struct filter_value *value =
		place.base ? gen_alu_k(g, BPF_ADD, place.base, offset)
			   : filter_const(g->graph, offset);

	return gen_let(g, variable, value, next);
}

/* --- layers --------------------------------------------------------------- */
static bool link_has_tags(uint32_t linktype)
{
	return linktype == PKTCAP_LINKTYPE_ETHERNET ||
	       linktype == PKTCAP_LINKTYPE_LINUX_SLL ||
	       linktype == PKTCAP_LINKTYPE_LINUX_SLL2;
}

/* Other link layers are as they are: where all is can be said beforehand. */
static void place_headers(struct gen *g, struct gen_layer *layer)
{
	if (!layer->has_tags)
		return;
	layer->type = gen_place_in(g, GEN_NETWORK, 0);
	layer->payload = gen_behind(layer->type, 2);
	layer->network = 0;
	if (layer->depth) {
		layer->header = gen_place_in(g, GEN_LINK, 0);
		layer->protocol = gen_variable(g, GEN_TYPE);
	} else if (g->opts->linktype == PKTCAP_LINKTYPE_LINUX_SLL2) {
		layer->protocol = gen_variable(g, GEN_TYPE);
	}
}

const struct gen_layer *gen_dissected_layer(struct gen *g, uint32_t depth)
{
	struct gen_layer *layer;

	if (depth >= GEN_LAYERS) {
		gen_fail(g, -E2BIG, "'inner' goes %d tunnels deep at most",
			 GEN_LAYERS - 1);
		return NULL;
	}
	if (g->dissected[depth])
		return g->dissected[depth];
	layer = arena_take(g->arena, sizeof(*layer));
	if (!layer) {
		gen_fail(g, -ENOMEM, "no memory");
		return NULL;
	}
	g->dissected[depth] = layer;
	*layer = g->first_layer;
	if (depth)
		gen_link_layer(g, PKTCAP_LINKTYPE_ETHERNET, layer);
	layer->depth = depth;
	layer->has_tags = depth || link_has_tags(g->opts->linktype);
	g->layer = layer;
	place_headers(g, layer);
	return layer;
}

/* --- VLAN tags ------------------------------------------------------------ */
bool gen_is_tag(const struct gen *g, uint32_t protocol)
{
	return g->layer->has_tags &&
	       (protocol == ETH_P_8021Q || protocol == ETH_P_8021AD ||
		protocol == GEN_OLD_QINQ);
}

/* The link layer's own type field, whatever follows. */
static struct gen_place outer_type(struct gen *g)
{
	if (g->layer->depth)
		return gen_place_in(g, GEN_LINK, TYPE_AT);
	return g->first_layer.type;
}

const struct filter_node *gen_carries_tag(struct gen *g, uint32_t protocol,
					  struct gen_ways w)
{
	return gen_equal(g, 2, outer_type(g), protocol, w);
}

/* The type field behind @i tags among the bytes. */
static struct gen_place type_behind(struct gen *g, uint32_t i)
{
	struct gen_place type = outer_type(g);

	type.found = true;
	if (!i)
		return type;
	if (!g->layer->depth)
		type.offset = g->first_layer.payload.offset - 2;
	return gen_behind(type, 4 * i);
}

const struct filter_node *gen_tag_type(struct gen *g, uint32_t i,
				       struct gen_ways w)
{
	const struct filter_value *type = gen_load(g, 2, type_behind(g, i));

	w.f = filter_test_k(g->graph, FILTER_EQ, type, GEN_OLD_QINQ, w.t, w.f);
	w.f = filter_test_k(g->graph, FILTER_EQ, type, ETH_P_8021AD, w.t, w.f);
	return filter_test_k(g->graph, FILTER_EQ, type, ETH_P_8021Q, w.t, w.f);
}

const struct filter_value *gen_tag_number(struct gen *g, uint32_t i)
{
	struct gen_place tag = type_behind(g, i + 1);

	tag.offset -= 2;
	return gen_alu_k(g, BPF_AND, gen_load(g, 2, tag), 0xfff);
}

const struct filter_node *gen_tag_elsewhere(struct gen *g, struct gen_ways w)
{
	if (g->layer->depth || !(g->opts->flags & PKTCAP_FILTER_LIVE) ||
	    !gen_may_be_tagged(g->opts->linktype))
		return w.f;
	return filter_test_k(g->graph, FILTER_EQ,
			     gen_ancillary(g, SKF_AD_VLAN_TAG_PRESENT), 0, w.f,
			     w.t);
}

/* --- the network header --------------------------------------------------- */
static const struct filter_node *found_behind(struct gen *g, uint32_t tags,
					      const struct filter_node *next)
{
	struct gen_place type = type_behind(g, tags), network = type;

	if (g->layer->protocol)
		next = gen_let(g, GEN_TYPE, gen_load(g, 2, type), next);
	if (!g->layer->depth)
		network.offset = g->first_layer.payload.offset - 2 + 4 * tags;
	return gen_let_place(g, GEN_NETWORK, network, next);
}

/*
 * As many tags as there may be, wherever the outer one is: a file has all of
 * them among its bytes.
 */
static const struct filter_node *skip_tags(struct gen *g,
					   const struct filter_node *next)
{
	const struct filter_node *node = found_behind(g, GEN_TAGS, next);

	for (uint32_t i = GEN_TAGS; i--;) {
		struct gen_ways w = { node, found_behind(g, i, next) };

		if (i == GEN_TAGS - 1)
			w.t = gen_tag_elsewhere(g,
						(struct gen_ways){ w.f, w.t });
		node = gen_tag_type(g, i, w);
	}
	return node;
}

const struct filter_node *gen_find_in_ethernet(struct gen *g,
					       const struct filter_node *next)
{
	return skip_tags(g, next);
}

const struct filter_node *gen_find_network(struct gen *g,
					   const struct filter_node *next)
{
	if (!g->layer->has_tags || g->layer->depth ||
	    gen_is_known(g, GEN_NETWORK))
		return next;
	return gen_known(g, GEN_NETWORK, next, skip_tags(g, next));
}

/* --- what a primitive looks at -------------------------------------------- */
struct needs {
	bool link, network;
};

/* Depth is bounded by relation_needs(). */
static void arith_needs(const struct arith *a, struct needs *needs)
{
	if (a->kind == ARITH_LOAD) {
		needs->link |= a->proto == AST_PROTO_LINK;
		needs->network |= a->proto != AST_PROTO_LINK &&
				  a->proto != AST_PROTO_RADIO;
	}
	if (a->a)
		arith_needs(a->a, needs);
	if (a->b)
		arith_needs(a->b, needs);
}

static struct needs relation_needs(const struct ast *ast)
{
	struct needs needs = { 0 };

	if (ast->left->depth <= GEN_DEPTH_MAX)
		arith_needs(ast->left, &needs);
	if (ast->right->depth <= GEN_DEPTH_MAX)
		arith_needs(ast->right, &needs);
	return needs;
}

static struct needs needs_of(const struct ast *ast)
{
	bool link = ast->proto == AST_PROTO_LINK;

	if (ast->kind == AST_RELATION)
		return relation_needs(ast);
	switch (ast->type) {
	case AST_TYPE_LESS:
	case AST_TYPE_GREATER:
	case AST_TYPE_INBOUND:
	case AST_TYPE_OUTBOUND:
	case AST_TYPE_IFINDEX:
	case AST_TYPE_SAMPLE:
	case AST_TYPE_WLAN_TYPE:
	case AST_TYPE_WLAN_SUBTYPE:
	case AST_TYPE_WLAN_DIR:
		return (struct needs){ false, false };
	case AST_TYPE_GATEWAY:
		return (struct needs){ true, true };
	case AST_TYPE_BYTE:
	case AST_TYPE_VLAN:
		return (struct needs){ true, false };
	case AST_TYPE_BROADCAST:
	case AST_TYPE_MULTICAST:
		link |= ast->proto == AST_PROTO_NONE;
		return (struct needs){ link, !link };
	case AST_TYPE_DEFAULT:
	case AST_TYPE_HOST:
	case AST_TYPE_NET:
		return (struct needs){ link, !link };
	default:
		return (struct needs){ link, true };
	}
}

/* Nothing of them depends on where a tag is. */
static bool is_set(const struct ast *ast)
{
	return ast->kind == AST_PRIMITIVE && ast->set;
}

static const struct filter_node *
wherever_tag_is(struct gen *g, const struct ast *ast, struct gen_ways w)
{
	struct gen_ways tag;

	tag.f = gen_test(g, ast, w);
	if (is_set(ast) || !(g->opts->flags & PKTCAP_FILTER_LIVE) ||
	    !gen_may_be_tagged(g->opts->linktype))
		return tag.f;
	g->tagged = true;
	tag.t = gen_test(g, ast, w);
	g->tagged = false;
	return gen_tag_elsewhere(g, tag);
}

static const struct filter_node *test(struct gen *g, const struct ast *ast,
				      struct gen_ways w)
{
	if (ast->kind == AST_RELATION)
		return wherever_tag_is(g, ast, w);
	switch (ast->type) {
	case AST_TYPE_VLAN:
	case AST_TYPE_MPLS:
	case AST_TYPE_PPPOES:
	case AST_TYPE_VXLAN:
	case AST_TYPE_GENEVE:
		return gen_any_label(g, ast, w);
	default:
		return wherever_tag_is(g, ast, w);
	}
}

const struct filter_node *gen_extended(struct gen *g, const struct ast *ast,
				       struct gen_ways w)
{
	struct needs needs = needs_of(ast);
	const struct filter_node *node = test(g, ast, w);

	if (needs.link && g->layer->depth)
		node = filter_test_k(g->graph, FILTER_EQ,
				     gen_variable(g, GEN_LINK), GEN_NOWHERE,
				     w.f, node);
	return needs.network ? gen_find_network(g, node) : node;
}
