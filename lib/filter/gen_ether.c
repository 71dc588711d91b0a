// SPDX-License-Identifier: BSD-2-Clause
/* Link-layer addresses, broadcast and multicast, LLC and 802.11 frames. */
#include "filter/gen.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>

#include "base/error.h"

enum {
	ADDRESS_1 = 4, /* offsets in the 802.11 header */
	ADDRESS_2 = 10,
	ADDRESS_3 = 16,
	ADDRESS_4 = 24,
	TO_DS = 1,
	FROM_DS = 2,
	TYPE_MASK = 0x0c,
	TYPE_CONTROL = 0x04,
	TYPE_DATA = 0x08,
	SUBTYPE_MASK = 0xf0,
	SUBTYPE_CTS = 0xc0,
	SUBTYPE_ACK = 0xd0,
};

struct question {
	gen_address_fn ask;
	const void *with;
};

static const struct filter_node *ask_equal(struct gen *g,
					   struct gen_place place,
					   const void *with, struct gen_ways w)
{
	return gen_mac(g, place, with, w);
}

static const struct filter_node *ask_group(struct gen *g,
					   struct gen_place place,
					   const void *with, struct gen_ways w)
{
	(void)with;
	return gen_bits(g, 1, place, 1, w);
}

static struct gen_place header(const struct gen *g, uint32_t offset)
{
	return gen_behind(g->layer->header, offset);
}

static const struct filter_node *ask_at(struct gen *g, uint32_t offset,
					const struct question *q,
					struct gen_ways w)
{
	return q->ask(g, header(g, offset), q->with, w);
}

/*
 * Which of the four addresses it is depends on whether the frame goes to or
 * comes from the distribution system. Control frames have none to speak of.
 */
static const struct filter_node *wlan_end(struct gen *g, enum gen_end end,
					  const struct question *q,
					  struct gen_ways w)
{
	struct gen_place flags = header(g, 1);
	struct gen_ways data;

	if (end == GEN_SOURCE) {
		data.t = gen_bits(
			g, 1, flags, TO_DS,
			(struct gen_ways){ ask_at(g, ADDRESS_4, q, w),
					   ask_at(g, ADDRESS_3, q, w) });
		data.f = ask_at(g, ADDRESS_2, q, w);
		w.t = gen_bits(g, 1, flags, FROM_DS, data);
	} else {
		data.t = ask_at(g, ADDRESS_3, q, w);
		data.f = ask_at(g, ADDRESS_1, q, w);
		w.t = gen_bits(g, 1, flags, TO_DS, data);
	}
	/* Without data there is management: always straight on. */
	w.t = gen_bits(g, 1, header(g, 0), TYPE_DATA,
		       (struct gen_ways){ w.t, data.f });
	return gen_bits(g, 1, header(g, 0), TYPE_CONTROL,
			(struct gen_ways){ w.f, w.t });
}

static const struct filter_node *compare_end(struct gen *g, enum gen_end end,
					     const void *with,
					     struct gen_ways w)
{
	const struct question *q = with;

	if (g->layer->link->flags & GEN_LINK_WLAN)
		return wlan_end(g, end, q, w);
	w.t = ask_at(g, end == GEN_SOURCE ? 6 : 0, q, w);
	if (g->layer->link->flags & GEN_LINK_LANE)
		w.t = gen_lane_frame(g, w);
	return gen_inside(g, true, w.t, w);
}

/* Clear-to-send and acknowledgement have but one address. */
static const struct filter_node *
wlan_second(struct gen *g, const struct question *q, struct gen_ways w)
{
	const struct filter_node *address = ask_at(g, ADDRESS_2, q, w);
	const struct filter_node *control;

	control =
		gen_equal_masked(g, 1, header(g, 0), SUBTYPE_MASK, SUBTYPE_ACK,
				 (struct gen_ways){ w.f, address });
	control =
		gen_equal_masked(g, 1, header(g, 0), SUBTYPE_MASK, SUBTYPE_CTS,
				 (struct gen_ways){ w.f, control });
	return gen_equal_masked(g, 1, header(g, 0), TYPE_MASK, TYPE_CONTROL,
				(struct gen_ways){ control, address });
}

static const struct filter_node *wlan_address(struct gen *g, uint32_t dir,
					      const struct question *q,
					      struct gen_ways w)
{
	struct gen_ways in = w;

	switch (dir) {
	case AST_DIR_ADDR1:
		return ask_at(g, ADDRESS_1, q, w);
	case AST_DIR_ADDR2:
		return wlan_second(g, q, w);
	case AST_DIR_ADDR3:
		in = (struct gen_ways){ w.f, ask_at(g, ADDRESS_3, q, w) };
		return gen_equal_masked(g, 1, header(g, 0), TYPE_MASK,
					TYPE_CONTROL, in);
	case AST_DIR_ADDR4:
		in.t = ask_at(g, ADDRESS_4, q, w);
		return gen_equal_masked(g, 1, header(g, 1), TO_DS | FROM_DS,
					TO_DS | FROM_DS, in);
	case AST_DIR_RA:
		in.t = ask_at(g, ADDRESS_1, q, w);
		return gen_bits(g, 1, header(g, 0), TYPE_DATA, in);
	default:
		in.t = wlan_second(g, q, w);
		return gen_bits(g, 1, header(g, 0), TYPE_DATA, in);
	}
}

static bool has_addresses(const struct gen *g)
{
	return g->layer->link->flags & (GEN_LINK_ETHERNET | GEN_LINK_WLAN);
}

const struct filter_node *gen_ether_ask(struct gen *g, uint32_t dir,
					gen_address_fn ask, const void *with,
					struct gen_ways w)
{
	struct question q = { ask, with };

	if (!has_addresses(g))
		return gen_fail_link(g, "ether host");
	if (dir >= AST_DIR_RA && g->layer->link->flags & GEN_LINK_WLAN)
		return wlan_address(g, dir, &q, w);
	return gen_direction(g, dir, compare_end, &q, w);
}

const struct filter_node *gen_ether_host(struct gen *g, uint32_t dir,
					 const uint8_t mac[6],
					 struct gen_ways w)
{
	return gen_ether_ask(g, dir, ask_equal, mac, w);
}

/* All host bits zero or all one. */
static const struct filter_node *ip_broadcast(struct gen *g, struct gen_ways w)
{
	struct gen_place to = gen_behind(gen_network(g), 16);
	uint32_t host = ~g->opts->netmask;

	w.f = gen_equal_masked(g, 4, to, host, host, w);
	w.t = gen_equal_masked(g, 4, to, host, 0, w);
	return w.t;
}

const struct filter_node *gen_broadcast(struct gen *g, const struct ast *ast,
					struct gen_ways w)
{
	static const uint8_t all[6] = { 255, 255, 255, 255, 255, 255 };
	struct question q = { ask_equal, all };
	const struct filter_node *out = w.f;

	if (ast->proto == AST_PROTO_IP) {
		w.t = ip_broadcast(g, w);
		w.f = out;
		return gen_carries(g, ETH_P_IP, w);
	}
	if (ast->proto != AST_PROTO_NONE && ast->proto != AST_PROTO_LINK)
		return gen_fail(
			g, -EINVAL,
			"'%s' has no 'broadcast': write 'ether', 'ip' or "
			"nothing before it",
			filter_proto_name(ast->proto));
	if (!has_addresses(g))
		return gen_fail_link(g, "broadcast");
	return compare_end(g, GEN_DESTINATION, &q, w);
}

const struct filter_node *gen_multicast(struct gen *g, const struct ast *ast,
					struct gen_ways w)
{
	struct question q = { ask_group, NULL };
	struct gen_place to = gen_network(g);

	switch (ast->proto) {
	case AST_PROTO_IP:
		w.t = filter_test_k(g->graph, FILTER_GE,
				    gen_load(g, 1, gen_behind(to, 16)), 224,
				    w.t, w.f);
		return gen_carries(g, ETH_P_IP, w);
	case AST_PROTO_IP6:
		w.t = gen_equal(g, 1, gen_behind(to, 24), 255, w);
		return gen_carries(g, ETH_P_IPV6, w);
	case AST_PROTO_NONE:
	case AST_PROTO_LINK:
		break;
	default:
		return gen_fail(g, -EINVAL,
				"'%s' has no 'multicast': write 'ether', 'ip', "
				"'ip6' or nothing before it",
				filter_proto_name(ast->proto));
	}
	if (!has_addresses(g))
		return gen_fail_link(g, "multicast");
	return compare_end(g, GEN_DESTINATION, &q, w);
}

/* --- LLC ----------------------------------------------------------------- */
/* Any; Novell's frames have a length and no LLC header behind it. */
static const struct filter_node *any_llc(struct gen *g, struct gen_ways w)
{
	if (g->layer->link->flags & GEN_LINK_WLAN) {
		w.t = gen_bits(g, 1, header(g, 0), TYPE_DATA, w);
		return gen_bits(g, 1, header(g, 0), TYPE_CONTROL,
				(struct gen_ways){ w.f, w.t });
	}
	if (g->layer->link->linktype == GEN_LINKTYPE_SUNATM)
		return gen_atm_llc(g, w);
	if (!(g->layer->link->flags & GEN_LINK_ETHERNET))
		return gen_fail_link(g, "llc");
	w.t = gen_equal(g, 2, g->layer->payload, 0xffff,
			(struct gen_ways){ w.f, w.t });
	return filter_test_k(g->graph, FILTER_GT, gen_type(g), 1500, w.f, w.t);
}

const struct filter_node *gen_llc(struct gen *g, const struct ast *ast,
				  struct gen_ways w)
{
	struct gen_place control = gen_behind(g->layer->payload, 2);
	uint32_t number = ast->operands ? ast->operands->number : 0;
	struct gen_ways in = w;

	switch (ast->type) {
	case AST_TYPE_LLC_I:
		in.t = gen_bits(g, 1, control, 1,
				(struct gen_ways){ w.f, w.t });
		break;
	case AST_TYPE_LLC_S:
		in.t = gen_equal_masked(g, 1, control, 3, 1, w);
		break;
	case AST_TYPE_LLC_U:
		in.t = gen_equal_masked(g, 1, control, 3, 3, w);
		break;
	case AST_TYPE_LLC_SUB_S:
		in.t = gen_equal_masked(g, 1, control, 0x0f, number | 1, w);
		break;
	case AST_TYPE_LLC_SUB_U:
		in.t = gen_equal_masked(g, 1, control, 0xef, number, w);
		break;
	default:
		break;
	}
	return any_llc(g, in);
}

/* --- 802.11 -------------------------------------------------------------- */
const struct filter_node *gen_wlan(struct gen *g, const struct ast *ast,
				   struct gen_ways w)
{
	const struct ast_operand *o = ast->operands;
	uint32_t mask = TYPE_MASK | SUBTYPE_MASK;

	if (!(g->layer->link->flags & GEN_LINK_WLAN))
		return gen_fail_link(g, filter_type_name(ast->type));
	if (ast->type == AST_TYPE_WLAN_DIR)
		return gen_equal_masked(g, 1, header(g, 1), TO_DS | FROM_DS,
					o->number, w);
	if (ast->type == AST_TYPE_WLAN_TYPE)
		mask = TYPE_MASK;
	else if (o->next)
		mask = o->next->number;
	return gen_equal_masked(g, 1, header(g, 0), mask, o->number, w);
}
