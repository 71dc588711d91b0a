/* SPDX-License-Identifier: BSD-2-Clause */
/* What the two files of DHCP share. */
#ifndef PROTO_DHCP_H
#define PROTO_DHCP_H

#include "proto/fields.h"

/* What messages are. */
extern const struct label dhcp_messages[];

/* One option of @len bytes of value at @at, inside a group that is open. */
void dhcp_option_fields(struct fields *f, uint8_t code, size_t at, size_t len);

/*
 * Names as DNS has them, in @len bytes at @at, as a list "values". In DHCP they
 * may refer to others in the same option (RFC 3397), in DHCPv6 none does.
 */
void dhcp_domains(struct fields *f, size_t at, size_t len);

#endif
