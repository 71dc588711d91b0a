/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The language beyond libpcap's: where headers begin is found out for each
 * packet, behind VLAN tags, IPv6 extension headers and tunnels, and kept in
 * variables of the graph.
 */
#ifndef FILTER_GEN_DISSECT_H
#define FILTER_GEN_DISSECT_H

#include "filter/gen.h"

enum {
	GEN_TAGS = 3,	/* VLAN tags that are looked at */
	GEN_LABELS = 6, /* the same of MPLS labels */
	GEN_STEPS = 6,	/* of the walk over IPv6 extension headers */
};

/* Each layer has its own. */
enum gen_variable {
	GEN_NETWORK,   /* 2 bytes before the network header, at the EtherType */
	GEN_TYPE,      /* the EtherType, where it is not there */
	GEN_LINK,      /* Ethernet in a tunnel, or GEN_NOWHERE */
	GEN_TRANSPORT, /* behind the network header and its extensions */
	GEN_PROTOCOL,  /* there, with GEN_LATER in later fragments; GEN_NO_IP */
	GEN_FROM,      /* IPv4 addresses */
	GEN_TO,
	GEN_WITHIN, /* what is in the tunnel */
	GEN_STEP,   /* two for each step */
	GEN_LAYER_VARIABLES = GEN_STEP + 2 * GEN_STEPS,
	/* One of all layers. */
	GEN_RANDOM = GEN_LAYERS * GEN_LAYER_VARIABLES,
	GEN_VARIABLES
};

enum {
	GEN_LATER = 0x100,
	GEN_NO_IP = 0x200,
	GEN_NOWHERE = FILTER_NOWHERE,
	GEN_VXLAN_PORT = 4789,
	GEN_GENEVE_PORT = 6081,
	GEN_GTP_PORT = 2152,
	GEN_UDP = 17,
};

/* "inner.transport" */
void gen_variable_name(struct text *out, uint32_t number);
/* Of the layer that is looked at. */
const struct filter_value *gen_variable(struct gen *g, uint32_t variable);
const struct filter_node *gen_let(struct gen *g, uint32_t variable,
				  const struct filter_value *value,
				  const struct filter_node *next);
/* Was it set by what is before this in the expression, whatever comes out? */
bool gen_is_known(const struct gen *g, uint32_t variable);
const struct filter_node *gen_known(struct gen *g, uint32_t variable,
				    const struct filter_node *yes,
				    const struct filter_node *no);
/* variable + offset, as a place. */
struct gen_place gen_place_in(struct gen *g, uint32_t variable,
			      uint32_t offset);
/* The variable is where @place is. */
const struct filter_node *gen_let_place(struct gen *g, uint32_t variable,
					struct gen_place place,
					const struct filter_node *next);

/* The packet, or what is in @depth tunnels; NULL with g->status. */
const struct gen_layer *gen_dissected_layer(struct gen *g, uint32_t depth);

/* A test or a primitive, with the search for what it needs before it. */
const struct filter_node *gen_extended(struct gen *g, const struct ast *ast,
				       struct gen_ways w);

/* @next, where GEN_NETWORK is known. */
const struct filter_node *gen_find_network(struct gen *g,
					   const struct filter_node *next);
/* The same in a tunnel, behind Ethernet at GEN_LINK. */
const struct filter_node *gen_find_in_ethernet(struct gen *g,
					       const struct filter_node *next);

/* --- VLAN tags ------------------------------------------------------------ */
/* Types that are skipped as tags, so that nothing is ever behind them. */
bool gen_is_tag(const struct gen *g, uint32_t protocol);
const struct filter_node *gen_carries_tag(struct gen *g, uint32_t protocol,
					  struct gen_ways w);
/* Is the type field of tag @i, counted from 0 among the bytes, one of a tag? */
const struct filter_node *gen_tag_type(struct gen *g, uint32_t i,
				       struct gen_ways w);
/* Its number. */
const struct filter_value *gen_tag_number(struct gen *g, uint32_t i);
/* Is the outer tag in the kernel's metadata? Not asked where it cannot be. */
const struct filter_node *gen_tag_elsewhere(struct gen *g, struct gen_ways w);

/* --- behind the IP header ------------------------------------------------- */
/* Known behind gen_find_protocol() and gen_segment(). */
struct gen_place gen_transport(struct gen *g);
/* @next, where GEN_PROTOCOL and GEN_TRANSPORT are known. */
const struct filter_node *gen_find_protocol(struct gen *g,
					    const struct filter_node *next);
/*
 * @protocol, or 0 for TCP, UDP or SCTP, over IPv4, IPv6 or any of them, and no
 * later fragment.
 */
enum { GEN_ANY_IP, GEN_IPV4, GEN_IPV6 };
const struct filter_node *gen_segment(struct gen *g, uint32_t families,
				      uint32_t protocol, struct gen_ways w);
/* The same in later fragments, too. */
const struct filter_node *gen_protocol(struct gen *g, uint32_t families,
				       uint32_t protocol, struct gen_ways w);
const struct filter_node *gen_protocol_set(struct gen *g, uint32_t families,
					   struct filter_range *ranges,
					   size_t n, struct gen_ways w);
/* ip, ip6 or neither of them. */
uint32_t gen_family(uint32_t proto);
/* protochain: over IPv4 behind an authentication header, too. */
const struct filter_node *gen_any_chain(struct gen *g, uint32_t proto,
					uint32_t protocol, struct gen_ways w);
/*
 * An extension header somewhere behind that of IPv6; they are numbers below 64,
 * and @protocols has a bit for each that will do.
 */
bool gen_is_extension(uint32_t protocol);
const struct filter_node *gen_extension(struct gen *g, uint64_t protocols,
					struct gen_ways w);

/* --- primitives ------------------------------------------------------------
 */
/* What is in the tunnel's packet: w.t looks at the layer behind @depth. */
const struct filter_node *gen_inner(struct gen *g, uint32_t depth,
				    struct gen_ways w);
/* vlan, mpls, pppoes, vxlan, geneve: tests, and nothing behind them moves. */
const struct filter_node *gen_any_label(struct gen *g, const struct ast *ast,
					struct gen_ways w);
/* The end of each packet that is taken: PKTCAP_FILTER_SNAP_HEADERS. */
const struct filter_node *gen_accept(struct gen *g);
const struct filter_node *gen_carries_mpls(struct gen *g, struct gen_ways w);

#endif
