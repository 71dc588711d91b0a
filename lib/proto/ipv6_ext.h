/* SPDX-License-Identifier: BSD-2-Clause */
/* What IPv6 extension headers have in common: next header, then a length. */
#ifndef PROTO_IPV6_EXT_H
#define PROTO_IPV6_EXT_H

#include "proto/fields.h"
#include "proto/write.h"

enum { IPV6_EXT_MIN = 8, IPV6_NO_NEXT_HEADER = 59, IPV6_OPTION_JUMBO = 0xc2 };

/* What the header says is its length, in bytes. */
static inline size_t ipv6_ext_len(struct bytes b)
{
	return (u8_at(b, 1) + 1u) * 8;
}

/* Behind a header of @len bytes is what its first byte says. */
enum pktcap_status ipv6_ext_next(struct step *step, size_t len);
/* decode() of all but fragment headers. */
enum pktcap_status ipv6_ext_decode(struct step *step);
/* For getters: 0 if the whole header was captured. */
int ipv6_ext_expect(const struct pktcap_layer *layer, uint16_t proto);
/* The rows of next header and length. */
void ipv6_ext_fields(struct fields *f);

/*
 * Fills a header that began at @start up to 8 bytes: with an option of the type
 * @padn, or with zeros if that is 0 or there is but one byte. Then next header
 * and length go to its first two bytes. Returns how much it filled up.
 */
size_t ipv6_ext_write(struct write *w, uint8_t *start, uint8_t next_header,
		      uint16_t header_len, uint8_t padn);
/* finish() of all extension headers. */
void ipv6_ext_finish(struct finish *f);

#endif
