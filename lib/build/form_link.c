// SPDX-License-Identifier: BSD-2-Clause
/* The text form of link layers. */
#include "build/form_header.h"

static const struct pktcap_eth eth = {
	.dst = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
	.type = ETHERTYPE_EXPERIMENT,
};
static const struct form_field eth_fields[] = {
	{ "type", NULL, PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

static const struct pktcap_vlan vlan = {
	.tpid = 0x8100,
	.type = ETHERTYPE_EXPERIMENT,
};
static const struct form_field vlan_fields[] = {
	{ "id", "vid", 0 },
	{ "prio", "pcp", 0 },
	{ "type", NULL, PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

const struct form_layer form_link_layers[] = {
	{ HEADER(ETH, eth), .alias = "ether", .fields = eth_fields },
	{ HEADER(VLAN, vlan), .alias = "dot1q", .fields = vlan_fields },
	{ .name = NULL },
};
