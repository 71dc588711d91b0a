// SPDX-License-Identifier: BSD-2-Clause
/* The text form of link layers. */
#include "build/form_header.h"

static const struct pktcap_eth eth = {
	.dst = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
	.type = ETHERTYPE_EXPERIMENT,
};
static const struct form_field type_fields[] = {
	{ "id", "vid", 0 },
	{ "vlan", "vid", 0 },
	{ "prio", "pcp", 0 },
	{ "cfi", "dei", 0 },
	{ "type", NULL, PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

static const struct pktcap_vlan vlan = {
	.tpid = 0x8100,
	.type = ETHERTYPE_EXPERIMENT,
};
static const struct pktcap_vlan service_vlan = {
	.tpid = 0x88a8,
	.type = ETHERTYPE_EXPERIMENT,
};

/* --- LLC ---------------------------------------------------------------------
 */

static const struct pktcap_llc llc = { .dsap = 0 };
static const struct form_field llc_fields[] = {
	{ "dsap", NULL, PKTCAP_KEEP_NEXT },
	{ "ssap", NULL, PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

static const struct pktcap_snap snap = { .pid = ETHERTYPE_EXPERIMENT };
static const struct form_field snap_fields[] = {
	{ "oui", NULL, PKTCAP_KEEP_NEXT },
	{ "pid", NULL, PKTCAP_KEEP_NEXT },
	{ "type", "pid", PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

/* --- MPLS --------------------------------------------------------------------
 */

enum { MPLS_HEADER = 4, FIRST_LABEL = 16 /* not reserved: RFC 3032, 2.1 */ };

static const struct pktcap_mpls mpls = { .label = FIRST_LABEL, .ttl = 64 };
static const struct form_field mpls_fields[] = {
	{ "tc", "traffic_class", 0 },
	{ "exp", "traffic_class", 0 },
	{ "cos", "traffic_class", 0 },
	{ "bottom", NULL, PKTCAP_KEEP_NEXT },
	{ "s", "bottom", PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

/* Behind the last label (RFC 4385). */
static int set_control_word(struct form_parser *p,
			    const struct form_special *self,
			    struct form_word value)
{
	uint64_t word = 0;
	uint8_t *bytes;

	(void)self;
	if (form_number(p, value, UINT32_MAX, &word))
		return p->build->status;
	form_cut(p, MPLS_HEADER);
	bytes = form_extend(p, value.at, 4);
	if (!bytes)
		return p->build->status;
	put_be32(bytes, (uint32_t)word);
	return 0;
}

static const struct form_special mpls_specials[] = {
	{ "word", set_control_word, "0", 0, 0 },
	{ .name = NULL },
};

/* --- what captures have instead of a link header ----------------------------
 */

enum { ETHERNET_DEVICE = 1 };

static const struct pktcap_sll sll = {
	.hatype = ETHERNET_DEVICE,
	.address_len = 6,
	.protocol = ETHERTYPE_EXPERIMENT,
};
static const struct pktcap_sll2 sll2 = {
	.hatype = ETHERNET_DEVICE,
	.address_len = 6,
	.protocol = ETHERTYPE_EXPERIMENT,
};
static const struct form_field cooked_fields[] = {
	{ "protocol", NULL, PKTCAP_KEEP_NEXT },
	{ "proto", "protocol", PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

static const struct pktcap_null null = { .family = 0 };
static const struct pktcap_null loop = { .big_endian = 1 };

/* In the order of bytes of a capturing host: the most usual one (kind 0), or in
 * that of the network. */
static int set_family(struct form_parser *p, const struct form_special *self,
		      struct form_word value)
{
	uint64_t family = 0;
	uint32_t bytes;

	if (form_labelled(p, value, form_labels(p, "family"), UINT32_MAX,
			  &family))
		return p->build->status;
	bytes = self->kind ? htobe32((uint32_t)family)
			   : htole32((uint32_t)family);
	memcpy(form_start(p), &bytes, sizeof(bytes));
	p->build->keep[p->index] |= PKTCAP_KEEP_NEXT;
	return 0;
}

static const struct form_special null_specials[] = {
	{ "family", set_family, "2", 0, 0 },
	{ .name = NULL },
};
static const struct form_special loop_specials[] = {
	{ "family", set_family, "2", 1, 0 },
	{ .name = NULL },
};

const struct form_layer form_link_layers[] = {
	{ HEADER(ETH, eth), .alias = { "ether", "ethernet" },
	  .fields = type_fields },
	{ HEADER(VLAN, vlan), .alias = { "dot1q" }, .fields = type_fields },
	{ FORM("dot1ad", VLAN, vlan, service_vlan), .alias = { "qinq" },
	  .fields = type_fields },
	{ HEADER(LLC, llc), .fields = llc_fields },
	{ HEADER(SNAP, snap), .fields = snap_fields },
	{ HEADER(MPLS, mpls), .fields = mpls_fields,
	  .specials = mpls_specials },
	{ HEADER(SLL, sll), .fields = cooked_fields },
	{ HEADER(SLL2, sll2), .fields = cooked_fields },
	{ HEADER(NULL, null), .specials = null_specials },
	{ FORM("loop", NULL, null, loop), .specials = loop_specials },
	{ .name = NULL },
};
