// SPDX-License-Identifier: BSD-2-Clause
/*
 * Members that are not named are zero, and so comes out of the getter what was
 * not compared; lengths and checksums hold garbage that must not come out.
 */
#include "support/stack_kinds.h"

#include <string.h>

#define FIELD(type, name)                           \
	.at = offsetof(struct pktcap_##type, name), \
	.size = sizeof(((struct pktcap_##type *)NULL)->name)
#define NUMBER(type, name, width)                                      \
	{                                                              \
#name, STACK_NUMBER, FIELD(type, name), .bits = width, \
							.unit = 1      \
	}
#define MULTIPLE(type, name, width, of)                                \
	{                                                              \
#name, STACK_NUMBER, FIELD(type, name), .bits = width, \
							.unit = of     \
	}
#define BYTES(type, name)                             \
	{                                             \
#name, STACK_BYTES, FIELD(type, name) \
	}
#define COMPUTED(type, name, width)                                      \
	{                                                                \
#name, STACK_COMPUTED, FIELD(type, name), .bits = width, \
							  .unit = 1      \
	}
#define NEXT(type, name, width, none)                                \
	{                                                            \
#name, STACK_NEXT, FIELD(type, name), .bits = width, \
						      .value = none  \
	}
#define FIXED(type, name, always)                                      \
	{                                                              \
#name, STACK_FIXED, FIELD(type, name), .value = always \
	}
#define POINTER(type, name, len, multiple, most)                             \
	{                                                                    \
#name, STACK_POINTER, FIELD(type, name),                     \
			.len_at = offsetof(struct pktcap_##type, len),       \
			.len_size =                                          \
				sizeof(((struct pktcap_##type *)NULL)->len), \
			.unit = multiple, .max = most                        \
	}

/* --- link layers --------------------------------------------------------- */
enum { UNKNOWN_TYPE = 0x88b5, UNKNOWN_PROTOCOL = 253 };

static const struct stack_member eth_members[] = {
	BYTES(eth, dst),
	BYTES(eth, src),
	NEXT(eth, type, 16, UNKNOWN_TYPE),
};

static const struct stack_member vlan_members[] = {
	NUMBER(vlan, tpid, 16),
	NUMBER(vlan, vid, 12),
	NUMBER(vlan, pcp, 3),
	NUMBER(vlan, dei, 1),
	NEXT(vlan, type, 16, UNKNOWN_TYPE),
};

static void settle_vlan(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	static const uint16_t tpids[] = { 0x8100, 0x88a8, 0x9100 };
	struct pktcap_vlan *vlan = (void *)h->header.bytes;

	(void)next;
	vlan->tpid = tpids[stack_random(s, 3)];
}

/* --- network layers ------------------------------------------------------ */
static const struct stack_member arp_members[] = {
	NUMBER(arp, hardware_type, 4),
	NUMBER(arp, protocol_type, 16),
	NUMBER(arp, operation, 4),
	POINTER(arp, sender_hardware, hardware_len, 1, 20),
	POINTER(arp, sender_protocol, protocol_len, 1, 20),
	POINTER(arp, target_hardware, hardware_len, 1, 20),
	POINTER(arp, target_protocol, protocol_len, 1, 20),
};

static const struct stack_member ipv4_members[] = {
	BYTES(ipv4, src),
	BYTES(ipv4, dst),
	COMPUTED(ipv4, total_length, 16),
	NUMBER(ipv4, id, 16),
	MULTIPLE(ipv4, fragment_offset, 16, 8),
	COMPUTED(ipv4, checksum, 16),
	COMPUTED(ipv4, header_len, 8),
	NUMBER(ipv4, dscp, 6),
	NUMBER(ipv4, ecn, 2),
	NUMBER(ipv4, ttl, 8),
	NEXT(ipv4, protocol, 8, UNKNOWN_PROTOCOL),
	NUMBER(ipv4, dont_fragment, 1),
	NUMBER(ipv4, more_fragments, 1),
	NUMBER(ipv4, reserved_flag, 1),
	POINTER(ipv4, options, options_len, 4, 40),
};

/* Of a fragment nothing behind would be decoded; and no source route, which
 * leaves open who is meant. */
static void settle_ipv4(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	struct pktcap_ipv4 *ip = (void *)h->header.bytes;

	(void)s;
	if (next)
		ip->more_fragments = 0, ip->fragment_offset = 0;
	if (ip->options_len)
		h->borrowed[0][0] = 0;
}

static const struct stack_member ipv6_members[] = {
	BYTES(ipv6, src),
	BYTES(ipv6, dst),
	NUMBER(ipv6, flow_label, 20),
	COMPUTED(ipv6, payload_length, 16),
	NUMBER(ipv6, dscp, 6),
	NUMBER(ipv6, ecn, 2),
	NEXT(ipv6, next_header, 8, UNKNOWN_PROTOCOL),
	NUMBER(ipv6, hop_limit, 8),
};

static const struct stack_member icmp6_members[] = {
	NUMBER(icmp6, type, 8),
	NUMBER(icmp6, code, 8),
	COMPUTED(icmp6, checksum, 16),
	NUMBER(icmp6, rest, 32),
};

/* An error does not say where its quotation ends, and so it is the last. */
static void settle_icmp6(struct stack *s, struct stack_header *h,
			 const struct stack_kind *next)
{
	struct pktcap_icmp6 *icmp6 = (void *)h->header.bytes;

	icmp6->type = (uint8_t)((next ? 1 : 128) + stack_random(s, 2));
	if (next)
		icmp6->rest &= 0xffffff;
}

static const struct stack_member icmp6_message_members[] = {
	NUMBER(icmp6, type, 8),
	NUMBER(icmp6, code, 8),
	COMPUTED(icmp6, checksum, 16),
	NUMBER(icmp6, rest, 32),
	POINTER(icmp6, body, body_len, 1, 64),
};

/* Renumbering or node information, all header. */
static void settle_icmp6_message(struct stack *s, struct stack_header *h,
				 const struct stack_kind *next)
{
	struct pktcap_icmp6 *icmp6 = (void *)h->header.bytes;

	(void)next;
	icmp6->type = (uint8_t)(138 + stack_random(s, 2));
}

static const struct stack_member nd_members[] = {
	NUMBER(nd, type, 8),
	NUMBER(nd, code, 8),
	COMPUTED(nd, checksum, 16),
	BYTES(nd, target),
	BYTES(nd, destination),
	NUMBER(nd, flags, 32),
	NUMBER(nd, reachable_time, 32),
	NUMBER(nd, retransmission, 32),
	NUMBER(nd, lifetime, 16),
	NUMBER(nd, hop_limit, 8),
	POINTER(nd, options, options_len, 1, 64),
};

/* Each type has some of the members, and the others are zero. */
static void settle_nd(struct stack *s, struct stack_header *h,
		      const struct stack_kind *next)
{
	struct pktcap_nd *nd = (void *)h->header.bytes;

	(void)next;
	nd->type = (uint8_t)(133 + stack_random(s, 5));
	if (nd->type < 135)
		memset(nd->target, 0, sizeof(nd->target));
	if (nd->type != 137)
		memset(nd->destination, 0, sizeof(nd->destination));
	if (nd->type == 134) {
		nd->flags &= 0xff;
		return;
	}
	nd->reachable_time = nd->retransmission = 0;
	nd->lifetime = 0;
	nd->hop_limit = 0;
}

/* --- transport ----------------------------------------------------------- */
static const struct stack_member udp_members[] = {
	NUMBER(udp, src_port, 16),
	NUMBER(udp, dst_port, 16),
	COMPUTED(udp, length, 16),
	COMPUTED(udp, checksum, 16),
};

/* Ports of nobody in front of data. */
static void settle_udp(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next)
{
	struct pktcap_udp *udp = (void *)h->header.bytes;

	(void)s;
	(void)next;
	udp->src_port |= 0xc000;
	udp->dst_port |= 0xc000;
}

/* --- all of them --------------------------------------------------------- */
#define LINKS "vlan vlan arp ipv4 ipv4 ipv4 ipv6 ipv6 ipv6 data"
#define INSIDE_IP "ipv4 ipv6 udp data"

/* Name, pktcap_build_X(), its struct, its protocol, what settles members that
 * mean something for each other, what may follow. */
#define KINDS(KIND)                                                        \
	KIND(eth, eth, eth, ETH, NULL, LINKS)                              \
	KIND(vlan, vlan, vlan, VLAN, settle_vlan, LINKS)                   \
	KIND(arp, arp, arp, ARP, NULL, "")                                 \
	KIND(ipv4, ipv4, ipv4, IPV4, settle_ipv4, INSIDE_IP)               \
	KIND(ipv6, ipv6, ipv6, IPV6, NULL,                                 \
	     INSIDE_IP " icmp6 icmp6_message nd")                          \
	KIND(icmp6, icmp6, icmp6, ICMP6, settle_icmp6, "data ipv6")        \
	KIND(icmp6_message, icmp6, icmp6, ICMP6, settle_icmp6_message, "") \
	KIND(nd, nd, nd, ICMP6, settle_nd, "")                             \
	KIND(udp, udp, udp, UDP, settle_udp, "data")

#define CALLS(name, builder, type, id, settle, carries)                       \
	_Static_assert(sizeof(struct pktcap_##type) <= STACK_STRUCT, #name);  \
	static int build_##name(struct pktcap_build *build,                   \
				const void *header, uint32_t keep)            \
	{                                                                     \
		return pktcap_build_##builder(build, header, keep);           \
	}                                                                     \
	static int get_##name(const struct pktcap_layer *layer, void *header) \
	{                                                                     \
		return pktcap_##type##_get(layer, header);                    \
	}
KINDS(CALLS)

#define ROW(name, builder, type, id, settle, carries)         \
	{ #name,                                              \
	  PKTCAP_PROTO_##id,                                  \
	  sizeof(struct pktcap_##type),                       \
	  build_##name,                                       \
	  get_##name,                                         \
	  name##_members,                                     \
	  sizeof(name##_members) / sizeof(name##_members[0]), \
	  settle,                                             \
	  carries },
const struct stack_kind stack_kinds[] = { KINDS(ROW) };

const size_t stack_kind_count = sizeof(stack_kinds) / sizeof(stack_kinds[0]);
