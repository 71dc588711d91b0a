/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef PROTO_LLDP_H
#define PROTO_LLDP_H

#include "proto/tlv.h"

/* The value of an organisation's TLV: its OUI, its subtype, and what is known
 * of the rest. */
void lldp_organisation(struct fields *f, const struct tlv *t);

#endif
