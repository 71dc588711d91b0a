/* SPDX-License-Identifier: BSD-2-Clause */
/* One fragment of IPv4 or IPv6, whichever it is. */
#ifndef REASSEMBLE_FRAGMENT_H
#define REASSEMBLE_FRAGMENT_H

#include "reassemble/pieces.h"

enum {
	/* IPv4 has at most 60; IPv6's hop-by-hop options and routing rarely
	 * more than a few words. */
	FRAGMENT_HEADER_MAX = 256,
	FRAGMENT_PAYLOAD_MAX = 65535,
	FRAGMENT_WHOLE_MAX = FRAGMENT_HEADER_MAX + FRAGMENT_PAYLOAD_MAX,
	FRAGMENT_LINKTYPE = PKTCAP_LINKTYPE_RAW,
};

/* What the fragments of a datagram have in common; compared as bytes. */
struct fragment_key {
	uint8_t src[16];
	uint8_t dst[16];
	uint32_t id;
	uint8_t version;
	uint8_t protocol; /* of IPv4; IPv6 may differ (RFC 8200, 4.5) */
	uint8_t reserved[2];
};

_Static_assert(sizeof(struct fragment_key) % 8 == 0, "hashed in words");

struct fragment {
	struct fragment_key key;
	struct bytes data; /* at least a byte */
	uint32_t offset;
	bool more;
	/* That of the whole, but for its lengths. */
	size_t header_len;
	uint8_t header[FRAGMENT_HEADER_MAX];
};

/* 0, -EPROTOTYPE, -ENODATA or -EPROTO as pktcap_fragments_add() says. */
int fragment_of(const struct pktcap_layer *layers, size_t n,
		struct fragment *out);

/* Bytes that the length of the whole does not count. */
static inline size_t fragment_not_counted(uint8_t version)
{
	return version == 6 ? 40 : 0;
}

/* Writes the length of the whole, and what depends on it. */
void fragment_fix_header(uint8_t *packet, uint8_t version, size_t header_len,
			 size_t len);

#endif
