/* SPDX-License-Identifier: BSD-2-Clause */
/* What the errors of ICMP and ICMPv6 have in common: RFC 4884. */
#ifndef PROTO_ICMP_H
#define PROTO_ICMP_H

#include "proto/fields.h"

/* The packet that is quoted takes @len bytes behind @header, 0: all. */
void icmp_quotation(struct step *step, size_t header, size_t len);
/* The extensions behind such a quotation, if there are any. */
void icmp_extensions(struct fields *f, size_t header, size_t len);
/* The same where @at says where they begin. */
void icmp_extension_structure(struct fields *f, size_t at);

#endif
