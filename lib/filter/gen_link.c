// SPDX-License-Identifier: BSD-2-Clause
/* Link layers: where their fields are and how they name a protocol. */
#include "filter/gen.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>

#include "base/error.h"
#include "filter/gen_dissect.h"

enum {
	SAP_STP = 0x42,
	SAP_IP = 0x06,
	SAP_IPX = 0xe0,
	SAP_NETBEUI = 0xf0,
	SAP_ISO = 0xfe,
	LENGTH_MAX = 1500, /* of the 802.3 length field; above: EtherType */
	OUI_APPLE = 0x080007,
	WLAN_CONTROL = 0x04,
	WLAN_DATA = 0x08,
	PPP_HEADER = 4,
};

static const struct filter_node *never(struct gen *g, uint32_t protocol,
				       struct gen_ways w)
{
	(void)g;
	(void)protocol;
	return w.f;
}

static const struct filter_node *number(struct gen *g, uint32_t protocol,
					struct gen_ways w)
{
	return filter_test_k(g->graph, FILTER_EQ, gen_type(g), protocol, w.t,
			     w.f);
}

/* AA AA 03, the organisation, the EtherType. */
static const struct filter_node *snap(struct gen *g, uint32_t oui,
				      uint32_t type, struct gen_ways w)
{
	struct gen_place llc = g->layer->payload;

	w.t = gen_equal(g, 4, llc, 0xaaaa0300 | oui >> 16, w);
	return gen_equal(g, 4, gen_behind(llc, 4), (oui & 0xffff) << 16 | type,
			 w);
}

/* An LLC header whose service access points say @sap. */
static const struct filter_node *sap(struct gen *g, uint32_t sap,
				     struct gen_ways w)
{
	if (sap == SAP_ISO || sap == SAP_IP || sap == SAP_NETBEUI)
		return gen_equal(g, 2, g->layer->payload, sap << 8 | sap, w);
	return gen_equal(g, 1, g->layer->payload, sap, w);
}

/* An 802.3 length, then, and an LLC header behind it. */
static const struct filter_node *framed(struct gen *g, struct gen_ways w)
{
	return filter_test_k(g->graph, FILTER_GT, gen_type(g), LENGTH_MAX, w.f,
			     w.t);
}

static const struct filter_node *ethernet_ipx(struct gen *g, struct gen_ways w)
{
	struct gen_ways in = w;

	in.f = gen_equal(g, 2, g->layer->payload, 0xffff, in);
	in.f = gen_equal(g, 1, g->layer->payload, SAP_IPX, in);
	w.f = framed(g, (struct gen_ways){ snap(g, 0, ETH_P_IPX, in), w.f });
	return number(g, ETH_P_IPX, w);
}

static const struct filter_node *ethernet(struct gen *g, uint32_t protocol,
					  struct gen_ways w)
{
	if (protocol == SAP_IPX)
		return ethernet_ipx(g, w);
	if (protocol == ETH_P_ATALK || protocol == ETH_P_AARP) {
		w.f = framed(
			g,
			(struct gen_ways){
				snap(g, protocol == ETH_P_ATALK ? OUI_APPLE : 0,
				     protocol, w),
				w.f });
		return number(g, protocol, w);
	}
	if (protocol > LENGTH_MAX)
		return number(g, protocol, w);
	return framed(g, (struct gen_ways){ sap(g, protocol, w), w.f });
}

static const struct filter_node *cooked_ipx(struct gen *g, struct gen_ways w)
{
	struct gen_ways in = w;

	in.f = snap(g, 0, ETH_P_IPX, in);
	in.t = sap(g, SAP_IPX, in);
	in.f = w.f;
	w.f = number(g, ETH_P_802_2, in);
	w.f = number(g, ETH_P_802_3, w);
	return number(g, ETH_P_IPX, w);
}

/* Linux says "802.2" where Ethernet has a length. */
static const struct filter_node *cooked(struct gen *g, uint32_t protocol,
					struct gen_ways w)
{
	struct gen_ways in = w;

	if (protocol == SAP_IPX)
		return cooked_ipx(g, w);
	if (protocol == ETH_P_ATALK || protocol == ETH_P_AARP) {
		in.t = snap(g, protocol == ETH_P_ATALK ? OUI_APPLE : 0,
			    protocol, w);
		w.f = number(g, ETH_P_802_2, in);
		return number(g, protocol, w);
	}
	if (protocol > LENGTH_MAX)
		return number(g, protocol, w);
	in.t = sap(g, protocol, w);
	return number(g, ETH_P_802_2, in);
}

static const struct filter_node *ip_version(struct gen *g, uint32_t protocol,
					    struct gen_ways w)
{
	uint32_t version = protocol == ETH_P_IP ? 0x40 : 0x60;

	if (protocol != ETH_P_IP && protocol != ETH_P_IPV6)
		return w.f;
	return gen_equal_masked(g, 1, gen_network(g), 0xf0, version, w);
}

static const struct filter_node *only_ip(struct gen *g, uint32_t protocol,
					 struct gen_ways w)
{
	(void)g;
	return protocol == ETH_P_IP ? w.t : w.f;
}

static const struct filter_node *only_ip6(struct gen *g, uint32_t protocol,
					  struct gen_ways w)
{
	(void)g;
	return protocol == ETH_P_IPV6 ? w.t : w.f;
}

/*
 * An address family, as the system that captured numbers them. IPv6 is 10 in
 * Linux; 24, 28 and 30 are OpenBSD and NetBSD, FreeBSD, and macOS, where files
 * are from. libpcap looks for those in files, and for 10 everywhere else.
 */
static const struct filter_node *family_at(struct gen *g, uint32_t size,
					   bool swap, uint32_t protocol,
					   struct gen_ways w)
{
	static const uint8_t inet6[] = { 30, 28, 24, 10 };
	uint32_t shift = swap ? 24 : 0;
	bool any = g->extended || !(g->opts->flags & PKTCAP_FILTER_LIVE);

	if (protocol == ETH_P_IP)
		return gen_equal(g, size, g->layer->type, 2u << shift, w);
	if (protocol != ETH_P_IPV6)
		return w.f;
	for (size_t i = any ? 0 : 3; i < sizeof(inet6); i++)
		w.f = gen_equal(g, size, g->layer->type,
				(uint32_t)inet6[i] << shift, w);
	return w.f;
}

static const struct filter_node *family(struct gen *g, uint32_t protocol,
					struct gen_ways w)
{
	const uint16_t one = 1;
	bool swap = g->layer->link->linktype == PKTCAP_LINKTYPE_NULL &&
		    *(const uint8_t *)&one == 1;

	return family_at(g, 4, swap, protocol, w);
}

static const struct filter_node *pf(struct gen *g, uint32_t protocol,
				    struct gen_ways w)
{
	return family_at(g, 1, false, protocol, w);
}

static const struct filter_node *ppp(struct gen *g, uint32_t protocol,
				     struct gen_ways w)
{
	static const uint16_t numbers[][2] = {
		{ ETH_P_IP, 0x21 },	{ ETH_P_IPV6, 0x57 },
		{ ETH_P_DNA_RT, 0x27 }, { ETH_P_ATALK, 0x29 },
		{ 0x0600, 0x25 },	{ SAP_ISO, 0x23 },
		{ SAP_STP, 0x31 },	{ SAP_IPX, 0x2b },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (protocol == numbers[i][0])
			return number(g, numbers[i][1], w);
	return number(g, protocol, w);
}

static const struct filter_node *cisco(struct gen *g, uint32_t protocol,
				       struct gen_ways w)
{
	if (protocol == SAP_ISO)
		protocol = SAP_ISO << 8 | SAP_ISO;
	return number(g, protocol, w);
}

/* Where there is LLC always; an EtherType may be of any organisation. */
static const struct filter_node *in_llc(struct gen *g, uint32_t protocol,
					struct gen_ways w)
{
	if (protocol == ETH_P_ATALK)
		return snap(g, OUI_APPLE, protocol, w);
	return protocol > LENGTH_MAX ? number(g, protocol, w)
				     : sap(g, protocol, w);
}

static const struct filter_node *wlan(struct gen *g, uint32_t protocol,
				      struct gen_ways w)
{
	struct gen_place control = g->layer->header;

	w.t = in_llc(g, protocol, w);
	w.t = gen_bits(g, 1, control, WLAN_DATA, w);
	return gen_bits(g, 1, control, WLAN_CONTROL,
			(struct gen_ways){ w.f, w.t });
}

static const struct filter_node *atm(struct gen *g, uint32_t protocol,
				     struct gen_ways w)
{
	return gen_atm_llc(g, (struct gen_ways){ in_llc(g, protocol, w), w.f });
}

static const struct filter_node *lane(struct gen *g, uint32_t protocol,
				      struct gen_ways w)
{
	return gen_lane_frame(
		g, (struct gen_ways){ ethernet(g, protocol, w), w.f });
}

static const struct gen_link links[] = {
	{ PKTCAP_LINKTYPE_ETHERNET, 12, 14, 0, 3, GEN_LINK_ETHERNET,
	  ETH_P_MPLS_UC, ethernet },
	{ PKTCAP_LINKTYPE_LINUX_SLL, 14, 16, 0, 0, 0, 0, cooked },
	{ PKTCAP_LINKTYPE_LINUX_SLL2, 0, 20, 0, 0, 0, 0, number },
	{ PKTCAP_LINKTYPE_RAW, 0, 0, 0, 3, 0, 0, ip_version },
	{ PKTCAP_LINKTYPE_IPV4, 0, 0, 0, 3, 0, 0, only_ip },
	{ PKTCAP_LINKTYPE_IPV6, 0, 0, 0, 3, 0, 0, only_ip6 },
	{ PKTCAP_LINKTYPE_NULL, 0, 4, 0, 0, 0, 0, family },
	{ PKTCAP_LINKTYPE_LOOP, 0, 4, 0, 0, 0, 0, family },
	{ PKTCAP_LINKTYPE_PPP, 2, 4, 0, 0, 0, 0x281, ppp },
	{ PKTCAP_LINKTYPE_PPP_HDLC, 2, 4, 0, 0, 0, 0, ppp },
	{ PKTCAP_LINKTYPE_C_HDLC, 2, 4, 0, 0, 0, ETH_P_MPLS_UC, cisco },
	{ PKTCAP_LINKTYPE_IEEE802_11, 6, 24, 8, 3, GEN_LINK_WLAN, 0, wlan },
	{ PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP, 6, 24, 8, 3,
	  GEN_LINK_WLAN | GEN_LINK_RADIO, 0, wlan },
	{ GEN_LINKTYPE_SUNATM, 10, 4, 8, 3, 0, 0, atm },
	{ GEN_LINKTYPE_PFLOG, 1, 0, 0, 0, 0, 0, pf },
};

/* Behind "lane" there is Ethernet, where ATM has no control frame of LANE. */
static const struct gen_link emulated = { PKTCAP_LINKTYPE_ETHERNET,
					  18,
					  20,
					  0,
					  3,
					  GEN_LINK_ETHERNET | GEN_LINK_LANE,
					  ETH_P_MPLS_UC,
					  lane };

/* Inside a PPPoE session there is PPP without its first two bytes. */
static const struct gen_link session = {
	PKTCAP_LINKTYPE_PPP, 0, 2, 0, 0, 0, 0x281, ppp
};

/* A link type of which only bytes and lengths can be asked. */
static const struct gen_link unknown = { UINT32_MAX, 0, 0, 0, 0, 0, 0, never };

/*
 * 1 if the adapter padded the 802.11 header to a multiple of 4 bytes: the
 * radiotap header says so in its flags, if it has flags. The first word tells
 * which fields it has; TSFT, 8 bytes, comes before flags.
 */
static const struct filter_value *radio_padding(struct gen *g)
{
	struct filter_graph *graph = g->graph;
	const struct filter_value *present = filter_load(graph, 4, 4);
	const struct filter_value *tsft, *flags, *padded;

	tsft = gen_alu_k(g, BPF_AND, gen_alu_k(g, BPF_RSH, present, 24), 1);
	flags = filter_load_at(graph, 1, gen_alu_k(g, BPF_LSH, tsft, 3), 8);
	padded = filter_alu(graph, BPF_AND, gen_alu_k(g, BPF_RSH, present, 25),
			    gen_alu_k(g, BPF_RSH, flags, 5));
	padded = filter_alu(
		graph, BPF_AND, padded,
		gen_alu_k(g, BPF_XOR, gen_alu_k(g, BPF_RSH, present, 7), 1));
	return gen_alu_k(g, BPF_AND, padded, 1);
}

/*
 * The headers of data frames have 24 bytes, and 2 more for QoS. Nothing asks
 * before it knows that it is a data frame.
 */
static void wlan_layer(struct gen *g, struct gen_layer *layer)
{
	struct filter_graph *graph = g->graph;
	const struct filter_value *length, *qos, *mask;

	if (layer->link->flags & GEN_LINK_RADIO)
		layer->header.base = filter_alu(
			graph, BPF_OR,
			gen_alu_k(g, BPF_LSH, filter_load(graph, 1, 3), 8),
			filter_load(graph, 1, 2));
	qos = gen_alu_k(g, BPF_AND,
			gen_alu_k(g, BPF_RSH, gen_load(g, 1, layer->header), 6),
			2);
	length = gen_moved(g, layer->header, qos).base;
	if (layer->link->flags & GEN_LINK_RADIO) {
		mask = gen_alu_k(g, BPF_MUL, radio_padding(g), 3);
		length = filter_alu(graph, BPF_ADD, length, mask);
		mask = gen_alu_k(g, BPF_XOR, mask, UINT32_MAX);
		length = filter_alu(graph, BPF_AND, length, mask);
	}
	layer->payload.base = length;
	layer->type = gen_behind(layer->payload, layer->link->type);
}

void gen_link_layer(struct gen *g, uint32_t linktype, struct gen_layer *layer)
{
	*layer = (struct gen_layer){ .link = &unknown };
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (links[i].linktype == linktype)
			layer->link = &links[i];
	layer->type.offset = layer->link->type;
	layer->payload.offset = layer->link->payload;
	layer->network = layer->link->network;
	layer->llc = layer->link->llc;
	if (layer->link->flags & GEN_LINK_WLAN)
		wlan_layer(g, layer);
	if (linktype == GEN_LINKTYPE_PFLOG)
		gen_pf_layer(g, layer);
}

void gen_lane_layer(struct gen_layer *layer)
{
	layer->link = &emulated;
	layer->header = (struct gen_place){ .offset = 6 };
	layer->type = (struct gen_place){ .offset = emulated.type };
	layer->payload = (struct gen_place){ .offset = emulated.payload };
	layer->network = emulated.network;
	layer->llc = emulated.llc;
}

void gen_ppp_layer(struct gen_layer *layer, struct gen_place header)
{
	layer->link = &session;
	layer->header = layer->type = header;
	layer->payload = gen_behind(header, session.payload);
	layer->network = layer->llc = 0;
	layer->labels = 0;
}

const struct filter_node *gen_fail_link(struct gen *g, const char *what)
{
	const char *name = pktcap_linktype_description(g->opts->linktype);

	if (!name)
		return gen_fail(g, -EOPNOTSUPP,
				"packets of link type %u have no '%s'",
				g->opts->linktype, what);
	return gen_fail(g, -EOPNOTSUPP, "%s packets have no '%s'", name, what);
}

/* Behind a label that is the stack's last there is IP, and nothing says so. */
static const struct filter_node *over_mpls(struct gen *g, uint32_t protocol,
					   struct gen_ways w)
{
	struct gen_place bottom = gen_network(g);

	if (protocol != ETH_P_IP && protocol != ETH_P_IPV6)
		return gen_fail(g, -EOPNOTSUPP,
				"nothing but IP can be found inside MPLS");
	bottom.offset -= 2;
	w.t = ip_version(g, protocol, w);
	return gen_bits(g, 1, bottom, 1, w);
}

const struct filter_node *gen_carries(struct gen *g, uint32_t protocol,
				      struct gen_ways w)
{
	if (g->layer->labels)
		return over_mpls(g, protocol, w);
	if (g->extended && gen_is_tag(g, protocol))
		return gen_carries_tag(g, protocol, w);
	if (g->layer->link == &unknown)
		return gen_fail(g, -EOPNOTSUPP,
				"of link type %u only 'len' and bytes as "
				"'link[0]' are known",
				g->opts->linktype);
	return g->layer->link->carries(g, protocol, w);
}
