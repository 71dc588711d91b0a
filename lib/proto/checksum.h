/* SPDX-License-Identifier: BSD-2-Clause */
/* Sums over bytes: that of the Internet (RFC 1071), and CRC32c of SCTP. */
#ifndef PROTO_CHECKSUM_H
#define PROTO_CHECKSUM_H

#include <pktcap/proto.h>

#include "base/bytes.h"

/* Where they are in headers that are not alike. */
enum {
	SCTP_CHECKSUM_AT = 8,
	OSPF_AUTH_AT = 16,
	OSPF_AUTH_END = 24,
	OSPF_CRYPTOGRAPHIC = 2
};

/*
 * Adds @b, as words in the order of this machine, which the carry makes the
 * same sum; an odd byte at the end counts as one with a zero behind it.
 */
uint64_t inet_sum(uint64_t sum, struct bytes b);

/* Of version 1 there is none, whatever its first bit (RFC 2637, 4.1). */
static inline bool gre_has_checksum(struct bytes b)
{
	uint8_t flags = 0, version = 0;

	return bytes_u8(b, 0, &flags) && bytes_u8(b, 1, &version) &&
	       flags & 0x80 && (version & 7) != 1;
}

/* 0xffff where a checksum that was added with the rest is right. */
static inline uint16_t inet_fold(uint64_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

/* RFC 9260, appendix A; begin with UINT32_MAX, and invert the result. */
uint32_t crc32c(uint32_t crc, struct bytes b);

/* Of an SCTP packet, as if its checksum were 0. */
uint32_t sctp_crc(struct bytes packet);

/*
 * The sum of the pseudo header of IPv4 or IPv6, which is the same, that belongs
 * to layer @index, of which @len bytes are covered; false if there is no IP
 * header in front, or if the final destination cannot be told.
 */
bool pseudo_header_sum(const struct pktcap_layer *layers, size_t index,
		       uint8_t protocol, uint32_t len, uint64_t *sum);

/* Is the innermost IP header in front of layer @index one of IPv6? */
bool is_over_ipv6(const struct pktcap_layer *layers, size_t index);

#endif
