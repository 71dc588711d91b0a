// SPDX-License-Identifier: BSD-2-Clause
/* What has a packet inside again. */
#include "support/stack_kinds.h"

enum { GRE_CHECKSUM = 0x8000, GRE_KEY = 0x2000, GRE_SEQUENCE = 0x1000 };

static const struct stack_member gre_members[] = {
	NUMBER(gre, flags, 16),	     NEXT(gre, protocol, 16, UNKNOWN_TYPE),
	COMPUTED(gre, checksum, 16), NUMBER(gre, key, 32),
	NUMBER(gre, seq, 32),
};

/* What is not 0 would set its flag. */
static void settle_gre(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next)
{
	struct pktcap_gre *gre = (void *)h->header.bytes;

	(void)s;
	(void)next;
	gre->flags &= GRE_CHECKSUM | GRE_KEY | GRE_SEQUENCE;
	if (!(gre->flags & GRE_CHECKSUM))
		gre->checksum = 0;
	if (!(gre->flags & GRE_KEY))
		gre->key = 0;
	if (!(gre->flags & GRE_SEQUENCE))
		gre->seq = 0;
}

static const struct stack_member vxlan_members[] = {
	NUMBER(vxlan, vni, 24),		 NUMBER(vxlan, group, 16),
	FIXED(vxlan, flags, 8),		 NUMBER(vxlan, policy_flags, 8),
	NUMBER(vxlan, reserved_byte, 8),
};

static const struct stack_member geneve_members[] = {
	NUMBER(geneve, vni, 24),
	NEXT(geneve, protocol, 16, UNKNOWN_TYPE),
	COMPUTED(geneve, header_len, 16),
	NUMBER(geneve, control, 1),
	NUMBER(geneve, critical, 1),
	POINTER(geneve, options, options_len, 4, 60),
};

/* Of a class for experiments (RFC 8926, 7). */
static const struct stack_element geneve_options[] = {
	{ 4, 4, { 0xff, 1, 1, 0 } },
	{ 8, 4, { 0xff, 1, 2, 1 } },
};

static void settle_geneve(struct stack *s, struct stack_header *h,
			  const struct stack_kind *next)
{
	struct pktcap_geneve *geneve = (void *)h->header.bytes;

	/* Nobody looks into control messages. */
	if (next)
		geneve->control = 0;
	geneve->options_len =
		(uint8_t)stack_list(s, h->borrowed[0], 60, geneve_options, 2);
}

static const struct stack_member gtpu_members[] = {
	NUMBER(gtpu, teid, 32),		COMPUTED(gtpu, length, 16),
	COMPUTED(gtpu, header_len, 32), NUMBER(gtpu, seq, 16),
	NUMBER(gtpu, flags, 8),		FIXED(gtpu, type, 255),
	NUMBER(gtpu, npdu, 8),
};

static void settle_gtpu(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	struct pktcap_gtpu *gtpu = (void *)h->header.bytes;

	(void)s;
	(void)next;
	gtpu->flags = 0x30 | (gtpu->flags & 3);
	if (!(gtpu->flags & 2))
		gtpu->seq = 0;
	if (!(gtpu->flags & 1))
		gtpu->npdu = 0;
}

#define KINDS(KIND)                                                     \
	KIND(gre, gre, gre, GRE, settle_gre, "eth ipv4 ipv6 mpls data") \
	KIND(vxlan, vxlan, vxlan, VXLAN, NULL, "eth")                   \
	KIND(geneve, geneve, geneve, GENEVE, settle_geneve,             \
	     "eth ipv4 ipv6 data")                                      \
	KIND(gtpu, gtpu, gtpu, GTPU, settle_gtpu, "ipv4 ipv6")

STACK_KINDS(KINDS, tunnel)
