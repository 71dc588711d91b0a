/* SPDX-License-Identifier: BSD-2-Clause */
/* What the two files of DHCP share. */
#ifndef PROTO_DHCP_H
#define PROTO_DHCP_H

#include "proto/fields.h"

/* One option of @len bytes of value at @at, inside a group that is open. */
void dhcp_option_fields(struct fields *f, uint8_t code, size_t at, size_t len);

#endif
