// SPDX-License-Identifier: BSD-2-Clause
/*
 * Members that are not named are zero, and so comes out of the getter what was
 * not compared; lengths and checksums hold garbage that must not come out.
 */
#include "support/stack_kinds.h"

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

#define LINKS "vlan vlan arp ipv4 ipv4 ipv4 ipv6 ipv6 ipv6 data"

#define KINDS(KIND)                           \
	KIND(eth, eth, eth, ETH, NULL, LINKS) \
	KIND(vlan, vlan, vlan, VLAN, settle_vlan, LINKS)

STACK_KINDS(KINDS, link)
