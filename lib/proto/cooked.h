/* SPDX-License-Identifier: BSD-2-Clause */
/* What both headers of Linux cooked captures say in the same way. */
#ifndef PROTO_COOKED_H
#define PROTO_COOKED_H

#include "proto/fields.h"
#include "proto/write.h"

extern const struct label label_pkttype[];

/* What follows a cooked header; its type means what the device's type says. */
enum pktcap_status cooked_next(struct step *step, size_t header_len,
			       uint16_t hatype, uint16_t protocol);

/* The 8 bytes of address at @at, of which @len count. */
void cooked_address(struct fields *f, size_t at, size_t len);

/* The type of what follows: an EtherType, or one of Linux's own. */
void cooked_protocol(struct fields *f, size_t at);

/* What follows a header that is written: a type or, of 802.11, the device's. */
void cooked_finish(struct finish *f, size_t hatype_at, size_t protocol_at);
bool cooked_carries(uint16_t proto);

#endif
