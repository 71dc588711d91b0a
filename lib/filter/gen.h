/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From what an expression says to the tests that say the same of a packet.
 *
 * Tests are built from the end: each function gets the ways out that the
 * packet takes where its test holds and where it does not, and returns the
 * node to come in by. Failures stick in struct gen; NULL is handed on.
 */
#ifndef FILTER_GEN_H
#define FILTER_GEN_H

#include <pktcap/filter.h>

#include "filter/ast.h"
#include "filter/graph.h"
#include "filter/list.h"

/* The packet itself, and what is inside of inner(), and inner() in that. */
#define GEN_LAYERS 3

/* Of arithmetic; scratch memory ends long before. */
#define GEN_DEPTH_MAX 200

/* Bytes at a constant offset, or at one that is computed: @base + @offset. */
struct gen_place {
	const struct filter_value *base; /* NULL: the packet's first byte */
	uint32_t offset;
	bool found; /* in the bytes as they are: a tag elsewhere is no matter */
};

/* The EtherType of VLAN tags before 802.1ad had one. */
enum { GEN_OLD_QINQ = 0x9100 };

/* Link types that only filters know. */
enum {
	GEN_LINKTYPE_PFLOG = 117,
	GEN_LINKTYPE_SUNATM = 123,
	GEN_LINKTYPE_MTP2_WITH_PHDR = 139,
	GEN_LINKTYPE_MTP2 = 140,
};

struct gen_ways {
	const struct filter_node *t, *f;
};

struct gen;
struct gen_link;

/*
 * How the packet is looked at. vlan, mpls and pppoes change it for all that
 * stands behind them in the expression.
 */
struct gen_layer {
	const struct gen_link *link;
	struct gen_place header;  /* of the link layer */
	struct gen_place type;	  /* the field with the protocol */
	struct gen_place payload; /* behind the link layer's header */
	uint32_t network;	  /* the network header, from payload */
	uint32_t llc;		  /* the same behind LLC without SNAP */
	uint32_t labels;	  /* MPLS */
	/*
	 * Variables of the graph from this one on are free. Each has one
	 * meaning, so that no layer takes those of another.
	 */
	uint32_t variables;
	uint32_t chain; /* variable of the first header that protochain finds */
	bool has_chain;
	const struct gen_layer *outer; /* this is inside of a tunnel there: */
	const struct ast *tunnel;
	uint32_t inside; /* variable GEN_INSIDE; the others are next to it */
	/* What stands in @type, where that is found in different places. */
	const struct filter_value *protocol;
	uint32_t depth; /* how many inner() are around */
	bool has_tags;	/* VLAN tags are looked for, and skipped */
};

/* Of a tunnel: what it holds, and where its parts begin. */
enum gen_inside {
	GEN_INSIDE, /* one of enum gen_inside_kind */
	GEN_INSIDE_HEADER,
	GEN_INSIDE_TYPE,
	GEN_INSIDE_PAYLOAD,
	GEN_INSIDE_BEGIN, /* of the tunnel's own header */
	GEN_INSIDE_VARIABLES
};
enum gen_inside_kind {
	GEN_INSIDE_NOTHING,
	GEN_INSIDE_PACKET, /* of layer 3 */
	GEN_INSIDE_ETHERNET
};

struct gen_link {
	uint32_t linktype;
	uint8_t type, payload, network, llc;
	uint8_t flags; /* GEN_LINK_* */
	uint16_t mpls; /* its protocol number here, 0 for none */
	/* Does the link layer say that @protocol (an EtherType, or an LLC
	 * SAP up to 1500) follows? */
	const struct filter_node *(*carries)(struct gen *g, uint32_t protocol,
					     struct gen_ways w);
};

enum {
	GEN_LINK_ETHERNET = 1 << 0, /* addresses as Ethernet has them */
	GEN_LINK_WLAN = 1 << 1,
	GEN_LINK_RADIO = 1 << 2, /* a radiotap header before it */
	GEN_LINK_LANE = 1 << 3,	 /* Ethernet emulated by ATM */
};

struct gen {
	struct arena *arena;
	struct filter_graph *graph;
	const struct pktcap_filter_opts *opts;
	const struct filter_lists *lists; /* where offsets point into them */
	struct pktcap_error *error;
	struct gen_layer first_layer;
	const struct gen_layer *layer;
	const struct ast *ast; /* being translated, for messages */
	int status;	       /* 0, or why it failed */
	/* Headers are looked for in each packet: gen_dissect.h. */
	bool extended;
	struct gen_set *set; /* addresses go there, or NULL */
	const struct gen_layer *dissected[GEN_LAYERS];
	uint64_t known;	   /* variables that are set already, a bit for each */
	bool search_again; /* nothing is taken as known */
	/*
	 * The packet's outer tag is in the kernel's metadata. Offsets are
	 * those of the packet with the tag in its place.
	 */
	bool tagged;
};

/* The whole expression; NULL, with g->status set, on failure. */
const struct filter_node *gen_expression(struct gen *g, const struct ast *ast);

/* A relation or a primitive. */
const struct filter_node *gen_test(struct gen *g, const struct ast *ast,
				   struct gen_ways w);

/* What a link type is; layer->link stays NULL where nothing is known of it. */
void gen_link_layer(struct gen *g, uint32_t linktype, struct gen_layer *layer);
void gen_lane_layer(struct gen_layer *layer);
void gen_ppp_layer(struct gen_layer *layer, struct gen_place header);

/* Fails at @offset of the text. NULL, to be returned. */
const struct filter_node *gen_fail_at(struct gen *g, uint32_t offset, int code,
				      const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* At the primitive being translated. */
#define gen_fail(g, ...) gen_fail_at(g, (g)->ast->offset, __VA_ARGS__)
/* "'vlan' is not there for BSD loopback packets" */
const struct filter_node *gen_fail_link(struct gen *g, const char *what);

/* --- places and tests ---------------------------------------------------- */
struct gen_place gen_behind(struct gen_place place, uint32_t bytes);
struct gen_place gen_moved(struct gen *g, struct gen_place place,
			   const struct filter_value *bytes);
/* Of the network header, as ip, arp and the like have it. */
struct gen_place gen_network(const struct gen *g);
/* Bytes of an IPv4 header at @network, options included, and what is behind. */
const struct filter_value *gen_ip_length(struct gen *g,
					 struct gen_place network);
struct gen_place gen_behind_ip(struct gen *g, struct gen_place network);

const struct filter_value *gen_load(struct gen *g, uint32_t size,
				    struct gen_place place);
/*
 * The same while g->tagged; @at is an offset in the packet with its tag. Its
 * bytes @at a computed offset can be had of Ethernet only.
 */
enum { GEN_TAG_LEN = 4 };
bool gen_may_be_tagged(uint32_t linktype);
const struct filter_value *gen_tagged_load(struct gen *g, uint32_t size,
					   uint32_t at);
const struct filter_value *gen_tagged_load_at(struct gen *g, uint32_t size,
					      const struct filter_value *at);

/* What the link layer calls the protocol. */
const struct filter_value *gen_type(struct gen *g);
const struct filter_value *gen_ancillary(struct gen *g, uint32_t number);
const struct filter_value *gen_length(struct gen *g);
const struct filter_value *gen_alu_k(struct gen *g, uint32_t op,
				     const struct filter_value *a, uint32_t k);

/* size bytes at place, equal to k; with a mask before. */
const struct filter_node *gen_equal(struct gen *g, uint32_t size,
				    struct gen_place place, uint32_t k,
				    struct gen_ways w);
const struct filter_node *gen_equal_masked(struct gen *g, uint32_t size,
					   struct gen_place place,
					   uint32_t mask, uint32_t k,
					   struct gen_ways w);
/* One of the bits of @mask. */
const struct filter_node *gen_bits(struct gen *g, uint32_t size,
				   struct gen_place place, uint32_t mask,
				   struct gen_ways w);
/* @how is an enum ast_compare. */
const struct filter_node *gen_compare_k(struct gen *g, uint32_t how,
					const struct filter_value *value,
					uint32_t k, struct gen_ways w);
const struct filter_node *gen_mac(struct gen *g, struct gen_place place,
				  const uint8_t mac[6], struct gen_ways w);

/*
 * Source, destination, either, both: @compare is asked for one end at a time.
 * Fails for the directions that only 802.11 has.
 */
enum gen_end { GEN_SOURCE, GEN_DESTINATION };
typedef const struct filter_node *(*gen_compare_fn)(struct gen *g,
						    enum gen_end end,
						    const void *with,
						    struct gen_ways w);
const struct filter_node *gen_direction(struct gen *g, uint32_t dir,
					gen_compare_fn compare,
					const void *with, struct gen_ways w);

/* --- protocols ----------------------------------------------------------- */
const struct filter_node *gen_carries(struct gen *g, uint32_t protocol,
				      struct gen_ways w);
const struct filter_node *gen_ip_protocol(struct gen *g, uint32_t protocol,
					  struct gen_ways w);
const struct filter_node *gen_ip6_protocol(struct gen *g, uint32_t protocol,
					   struct gen_ways w);
/* The protocol alone ("tcp"). */
const struct filter_node *gen_abbreviation(struct gen *g, uint32_t proto,
					   struct gen_ways w);
/* Not a later fragment. */
const struct filter_node *gen_first_fragment(struct gen *g, struct gen_ways w);
/* Number of an enum ast_proto; -1 if it has none. */
int gen_ether_type(uint32_t proto);
int gen_ip_number(uint32_t proto);

/* --- primitives ---------------------------------------------------------- */
const struct filter_node *gen_host(struct gen *g, const struct ast *ast,
				   struct gen_ways w);
const struct filter_node *gen_gateway(struct gen *g, const struct ast *ast,
				      struct gen_ways w);
/* What is asked of the six bytes at a place. */
typedef const struct filter_node *(*gen_address_fn)(struct gen *g,
						    struct gen_place place,
						    const void *with,
						    struct gen_ways w);
const struct filter_node *gen_ether_ask(struct gen *g, uint32_t dir,
					gen_address_fn ask, const void *with,
					struct gen_ways w);
const struct filter_node *gen_ether_host(struct gen *g, uint32_t dir,
					 const uint8_t mac[6],
					 struct gen_ways w);
const struct filter_node *gen_port(struct gen *g, const struct ast *ast,
				   struct gen_ways w);
const struct filter_node *gen_proto(struct gen *g, const struct ast *ast,
				    struct gen_ways w);
const struct filter_node *gen_protochain(struct gen *g, const struct ast *ast,
					 struct gen_ways w);
const struct filter_node *gen_broadcast(struct gen *g, const struct ast *ast,
					struct gen_ways w);
const struct filter_node *gen_multicast(struct gen *g, const struct ast *ast,
					struct gen_ways w);
const struct filter_node *gen_llc(struct gen *g, const struct ast *ast,
				  struct gen_ways w);
const struct filter_node *gen_wlan(struct gen *g, const struct ast *ast,
				   struct gen_ways w);
const struct filter_node *gen_relation(struct gen *g, const struct ast *ast,
				       struct gen_ways w);
/* "sample 1/100": random, but the same number wherever it is asked for. */
const struct filter_node *gen_sample(struct gen *g, const struct ast *ast,
				     struct gen_ways w);

/* Headers that protochain looks at; the first one is behind the IP header. */
enum { GEN_CHAIN_MAX = 8 };
/* The number that stands behind proto; -1 with g->status for unknown names. */
int64_t gen_proto_operand(struct gen *g, const struct ast *ast,
			  const struct ast_operand *operand);

/* What @ast needs in the layer it is in, before it is translated. */
bool gen_prepare_layer(struct gen *g, const struct ast *ast);
/* vlan, mpls, pppoes, geneve: what @ast does to the layers behind it, and its
 * test. */
bool gen_is_layer(const struct ast *ast);
const struct gen_layer *gen_layer_behind(struct gen *g, const struct ast *ast);
const struct filter_node *gen_layer_test(struct gen *g, const struct ast *ast,
					 struct gen_ways w);

/* Room for a range of each operand. */
struct filter_range *gen_ranges(struct gen *g, const struct ast *ast);

/* @value is one of the operands, each at most @max; any if there are none. */
const struct filter_node *gen_one_of(struct gen *g, const struct ast *ast,
				     const struct filter_value *value,
				     uint32_t max, struct gen_ways w);

/* The test, and the layer behind it, with variables from @first on. */
const struct filter_node *gen_geneve(struct gen *g, const struct ast *ast,
				     struct gen_ways w);
void gen_geneve_layer(struct gen *g, struct gen_layer *layer, uint32_t first);
/* Looks for the tunnel around the layer, if that was not done before @node. */
const struct filter_node *gen_find_inside(struct gen *g,
					  const struct filter_node *node);
/* @t if there is a tunnel around the layer, or none was asked for. */
const struct filter_node *gen_inside(struct gen *g, bool ethernet,
				     const struct filter_node *t,
				     struct gen_ways w);

/* pf(4), SunATM and SS7: primitives that only these link types have. */
bool gen_is_pf(const struct gen *g);
void gen_pf_layer(struct gen *g, struct gen_layer *layer);
const struct filter_node *gen_pf_direction(struct gen *g, bool out,
					   struct gen_ways w);
const struct filter_node *gen_pf(struct gen *g, const struct ast *ast,
				 struct gen_ways w);
bool gen_is_atm(const struct gen *g);
/* LLC is behind the header of ATM, or an Ethernet frame behind LANE's. */
const struct filter_node *gen_atm_llc(struct gen *g, struct gen_ways w);
const struct filter_node *gen_lane_frame(struct gen *g, struct gen_ways w);
const struct filter_node *gen_atm(struct gen *g, const struct ast *ast,
				  struct gen_ways w);
const struct filter_node *gen_atm_field(struct gen *g, const struct ast *ast,
					struct gen_ways w);
const struct filter_node *gen_mtp2(struct gen *g, const struct ast *ast,
				   struct gen_ways w);
const struct filter_node *gen_mtp3(struct gen *g, const struct ast *ast,
				   struct gen_ways w);

/*
 * Addresses and numbers a name stands for. How many; < 0 with g->status. What
 * they are is not checked.
 */
int gen_resolve(struct gen *g, const struct ast_operand *operand,
		const char *name, enum pktcap_filter_name kind,
		struct pktcap_filter_answer *answers, size_t max);

#endif
