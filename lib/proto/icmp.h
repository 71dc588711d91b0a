/* SPDX-License-Identifier: BSD-2-Clause */
/* What ICMP and ICMPv6 have in common; of errors: RFC 4884. */
#ifndef PROTO_ICMP_H
#define PROTO_ICMP_H

#include "proto/fields.h"
#include "proto/write.h"

/* The packet that is quoted takes @len bytes behind @header, 0: all. */
void icmp_quotation(struct step *step, size_t header, size_t len);
/* The extensions behind such a quotation, if there are any. */
void icmp_extensions(struct fields *f, size_t header, size_t len);
/* The same where @at says where they begin. */
void icmp_extension_structure(struct fields *f, size_t at);

/* The first 8 bytes; @rest is what is behind the checksum. */
static inline void icmp_write(struct write *w, uint8_t type, uint8_t code,
			      uint16_t checksum, uint32_t rest)
{
	uint8_t *p = write_space(w, 8);

	if (!p)
		return;
	p[0] = type;
	p[1] = code;
	put_be16(p + 2, checksum);
	put_be32(p + 4, rest);
}

#endif
