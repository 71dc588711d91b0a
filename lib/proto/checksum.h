/* SPDX-License-Identifier: BSD-2-Clause */
/* Sums over bytes: that of the Internet (RFC 1071), and CRC32c of SCTP. */
#ifndef PROTO_CHECKSUM_H
#define PROTO_CHECKSUM_H

#include "base/bytes.h"

/*
 * Adds @b, as words in the order of this machine, which the carry makes the
 * same sum; an odd byte at the end counts as one with a zero behind it.
 */
uint64_t inet_sum(uint64_t sum, struct bytes b);

/* 0xffff where a checksum that was added with the rest is right. */
static inline uint16_t inet_fold(uint64_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

/* RFC 9260, appendix A; begin with UINT32_MAX, and invert the result. */
uint32_t crc32c(uint32_t crc, struct bytes b);

#endif
