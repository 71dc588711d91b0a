// SPDX-License-Identifier: BSD-2-Clause
/*
 * Members that are not named are zero, and so comes out of the getter what was
 * not compared; lengths and checksums hold garbage that must not come out.
 */
#include "support/stack_kinds.h"

#include <string.h>

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
	vlan->tpid = tpids[s->plain ? 0 : stack_random(s, 3)];
}

/* --- 802.2 --------------------------------------------------------------- */
enum { UNKNOWN_SAP = 0x7c };

static const struct stack_member llc_members[] = {
	NEXT(llc, dsap, 8, UNKNOWN_SAP),
	NEXT(llc, ssap, 8, UNKNOWN_SAP),
	NUMBER(llc, control, 16),
	NUMBER(llc, control_len, 2),
};

/* A numbered frame in front of data only; what follows others is of somebody.
 */
static void settle_llc(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next)
{
	struct pktcap_llc *llc = (void *)h->header.bytes;

	llc->control_len = (uint8_t)(next || stack_random(s, 2) ? 1 : 2);
	llc->control = llc->control_len == 1 ? 3 : llc->control & 0xfeff;
}

static const struct stack_member snap_members[] = {
	NEXT(snap, oui, 24, 0),
	NEXT(snap, pid, 16, UNKNOWN_TYPE),
};

/* --- labels -------------------------------------------------------------- */
static const struct stack_member mpls_members[] = {
	NUMBER(mpls, label, 20),   NUMBER(mpls, tc, 3),
	COMPUTED(mpls, bottom, 1), NUMBER(mpls, ttl, 8),
	NUMBER(mpls, has_word, 0), NUMBER(mpls, word, 32),
};

/* No label that has a meaning; in front of Ethernet a control word, without
 * which the addresses would tell something else. */
static void settle_mpls(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	struct pktcap_mpls *mpls = (void *)h->header.bytes;

	(void)s;
	mpls->label |= 16;
	mpls->has_word = next && next->proto == PKTCAP_PROTO_ETH;
	mpls->word = mpls->has_word ? mpls->word & 0xfffffff : 0;
}

/* --- PPP ----------------------------------------------------------------- */
enum { UNKNOWN_PPP = 0x4001 };

static const struct stack_member pppoe_members[] = {
	NUMBER(pppoe, session, 16), COMPUTED(pppoe, length, 16),
	FIXED(pppoe, version, 1),   FIXED(pppoe, type, 1),
	FIXED(pppoe, code, 0),
};

static const struct stack_member pppoe_discovery_members[] = {
	NUMBER(pppoe, session, 16), COMPUTED(pppoe, length, 16),
	FIXED(pppoe, version, 1),   FIXED(pppoe, type, 1),
	FIXED(pppoe, code, 9),	    POINTER(pppoe, tags, tags_len, 1, 60),
};

/* A service name, a number of the host, a relay's. */
static const struct stack_element pppoe_tags[] = {
	{ 4, 4, { 1, 1, 0, 0 } },
	{ 8, 4, { 1, 3, 0, 4 } },
	{ 16, 4, { 1, 16, 0, 12 } },
};

static void settle_discovery(struct stack *s, struct stack_header *h,
			     const struct stack_kind *next)
{
	struct pktcap_pppoe *pppoe = (void *)h->header.bytes;

	(void)next;
	pppoe->tags_len =
		(uint32_t)stack_list(s, h->borrowed[0], 60, pppoe_tags, 3);
}

static const struct stack_member ppp_members[] = {
	NEXT(ppp, protocol, 16, UNKNOWN_PPP),
	FIXED(ppp, protocol_len, 2),
	NUMBER(ppp, framed, 1),
	FIXED(ppp, address, 0xff),
	FIXED(ppp, control, 3),
	NUMBER(ppp, has_direction, 1),
	NUMBER(ppp, direction, 8),
};

/* Framing and direction are of a link; in PPPoE there are none. */
static void settle_ppp(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next)
{
	struct pktcap_ppp *ppp = (void *)h->header.bytes;

	(void)next;
	if (h != s->headers)
		ppp->framed = ppp->has_direction = 0;
	else
		ppp->framed = 1;
	if (!ppp->framed)
		ppp->address = ppp->control = 0;
	if (!ppp->has_direction)
		ppp->direction = 0;
}

static const struct stack_member chdlc_members[] = {
	NEXT(ppp, protocol, 16, UNKNOWN_TYPE),
	FIXED(ppp, protocol_len, 2),
	FIXED(ppp, framed, 1),
	FIXED(ppp, address, 0x0f),
	FIXED(ppp, control, 0),
	FIXED(ppp, cisco, 1),
};

static const struct stack_member pppcp_members[] = {
	NUMBER(pppcp, protocol, 16),
	COMPUTED(pppcp, length, 16),
	NUMBER(pppcp, code, 2),
	NUMBER(pppcp, id, 8),
	POINTER(pppcp, data, data_len, 1, 60),
};

/* An MRU, a magic number. */
static const struct stack_element pppcp_options[] = {
	{ 4, 2, { 1, 4 } },
	{ 6, 2, { 5, 6 } },
};

static void settle_pppcp(struct stack *s, struct stack_header *h,
			 const struct stack_kind *next)
{
	static const uint16_t protocols[] = { 0xc021, 0x8021, 0xc223 };
	struct pktcap_pppcp *pppcp = (void *)h->header.bytes;

	(void)next;
	pppcp->protocol = protocols[s->plain ? 0 : stack_random(s, 3)];
	pppcp->code |= 1;
	pppcp->data_len =
		(uint16_t)stack_list(s, h->borrowed[0], 60, pppcp_options, 2);
}

/* --- bridges ------------------------------------------------------------- */
static const struct stack_member stp_members[] = {
	NUMBER(stp, root_cost, 32),
	NUMBER(stp, root_priority, 16),
	BYTES(stp, root),
	NUMBER(stp, bridge_priority, 16),
	BYTES(stp, bridge),
	NUMBER(stp, port, 16),
	NUMBER(stp, message_age, 16),
	NUMBER(stp, max_age, 16),
	NUMBER(stp, hello_time, 16),
	NUMBER(stp, forward_delay, 16),
	NUMBER(stp, flags, 8),
};

static const struct stack_member lacp_members[] = {
	BYTES(lacp, actor),
	BYTES(lacp, partner),
	NUMBER(lacp, collector_max_delay, 16),
	FIXED(lacp, subtype, 1),
	FIXED(lacp, version, 1),
};

static const struct stack_member lldp_members[] = {
	POINTER(lldp, chassis, chassis_len, 1, 40),
	POINTER(lldp, port, port_len, 1, 40),
	NUMBER(lldp, ttl, 16),
	FIXED(lldp, chassis_subtype, 7),
	FIXED(lldp, port_subtype, 7),
	POINTER(lldp, tlvs, tlvs_len, 1, 50),
};

/* A system's name, as often as not; then the end. */
static void settle_lldp(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	static const struct stack_element name = {
		6, 6, { 10, 4, 'n', 'a', 'm', 'e' }
	};
	struct pktcap_lldp *lldp = (void *)h->header.bytes;
	size_t len = stack_list(s, h->borrowed[2], 48, &name, 1);

	(void)next;
	memset(h->borrowed[2] + len, 0, 2);
	lldp->tlvs_len = (uint32_t)len + 2;
	lldp->chassis_len |= 1; /* an empty one is none */
	lldp->port_len |= 1;
}

/* --- what captures have instead ------------------------------------------ */
static const struct stack_member sll_members[] = {
	NUMBER(sll, pkttype, 2),     FIXED(sll, hatype, 1),
	NUMBER(sll, address_len, 3), NEXT(sll, protocol, 16, UNKNOWN_TYPE),
	BYTES(sll, address),
};

static const struct stack_member sll2_members[] = {
	NUMBER(sll2, ifindex, 32),  NEXT(sll2, protocol, 16, UNKNOWN_TYPE),
	NUMBER(sll2, reserved, 16), FIXED(sll2, hatype, 1),
	NUMBER(sll2, pkttype, 2),   NUMBER(sll2, address_len, 3),
	BYTES(sll2, address),
};

/* OSI is what follows data's family. */
static const struct stack_member null_members[] = {
	NEXT(null, family, 8, 7),
	NUMBER(null, big_endian, 1),
};

/* tshark does not know Linux's number of IPv6, which may come at random. */
static void settle_null(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	struct pktcap_null *null = (void *)h->header.bytes;

	if (s->plain && next)
		null->family = 0;
}

#define LINKS "vlan vlan arp ipv4 ipv4 ipv4 ipv6 ipv6 ipv6 mpls data"
#define FRAMES LINKS " llc pppoe pppoe_discovery lldp lacp"

#define KINDS(KIND)                                                           \
	KIND(eth, eth, eth, ETH, NULL, FRAMES)                                \
	KIND(vlan, vlan, vlan, VLAN, settle_vlan, FRAMES)                     \
	KIND(llc, llc, llc, LLC, settle_llc, "snap snap stp data")            \
	KIND(snap, snap, snap, SNAP, NULL, "arp ipv4 ipv6 data")              \
	KIND(mpls, mpls, mpls, MPLS, settle_mpls, "mpls ipv4 ipv6 !eth data") \
	KIND(pppoe, pppoe, pppoe, PPPOE, NULL, "ppp")                         \
	KIND(pppoe_discovery, pppoe, pppoe, PPPOE, settle_discovery, "")      \
	KIND(ppp, ppp, ppp, PPP, settle_ppp, "ipv4 ipv6 mpls pppcp data")     \
	KIND(chdlc, ppp, ppp, PPP, NULL, "ipv4 ipv6 mpls data")               \
	KIND(pppcp, pppcp, pppcp, PPPCP, settle_pppcp, "")                    \
	KIND(stp, stp, stp, STP, NULL, "")                                    \
	KIND(lacp, lacp, lacp, LACP, NULL, "")                                \
	KIND(lldp, lldp, lldp, LLDP, settle_lldp, "")                         \
	KIND(sll, sll, sll, SLL, NULL, LINKS)                                 \
	KIND(sll2, sll2, sll2, SLL2, NULL, LINKS)                             \
	KIND(null, null, null, NULL, settle_null, "ipv4 ipv6 data")

STACK_KINDS(KINDS, link)
