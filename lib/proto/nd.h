/* SPDX-License-Identifier: BSD-2-Clause */
/* ICMPv6 messages that are all header: neighbour discovery and MLD. */
#ifndef PROTO_ND_H
#define PROTO_ND_H

#include "proto/fields.h"

enum nd_type {
	MLD_QUERY = 130,
	MLD_REPORT = 131,
	MLD_DONE = 132,
	ND_ROUTER_SOLICITATION = 133,
	ND_ROUTER_ADVERTISEMENT = 134,
	ND_SOLICITATION = 135,
	ND_ADVERTISEMENT = 136,
	ND_REDIRECT = 137,
	MLD_REPORT_V2 = 143
};

/* Bytes of the fixed part of a message, 0 for one of another type. */
size_t nd_fixed_len(uint8_t type);
size_t mld_fixed_len(uint8_t type);
/* What is behind type, code and checksum. */
void nd_fields(struct fields *f, const struct pktcap_layer *layer);
void mld_fields(struct fields *f, const struct pktcap_layer *layer);

#endif
