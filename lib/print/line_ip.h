/* SPDX-License-Identifier: BSD-2-Clause */
/* What IPv4 and IPv6 have in common. */
#ifndef PRINT_LINE_IP_H
#define PRINT_LINE_IP_H

#include "print/line.h"
#include "proto/checksum.h"

/* Do these print their ports together with the addresses? */
bool line_has_ports(uint8_t protocol);
/* Not the version that the link layer announced. */
void line_not_ip(struct line *l, unsigned int version);
/* Says what cannot be said with a header behind it, and how to go on. */
void line_ip_payload(struct line *l, uint8_t next);

/* pktcap_layer_checksum(), PKTCAP_CHECKSUM_UNKNOWN where nobody wants it. */
enum pktcap_checksum line_checksum(const struct line *l,
				   const struct pktcap_layer *layer);
/* To say what would be right; begins with the pseudo header (RFC 9293, 3.1). */
uint64_t line_pseudo_sum(const struct line *l, uint8_t protocol, size_t length);

static inline uint64_t line_sum(uint64_t sum, const uint8_t *data, size_t n)
{
	return inet_sum(sum, (struct bytes){ data, n });
}

/* What should be where @field is now, with which the sum was made. */
static inline uint16_t line_sum_wanted(uint64_t sum, uint16_t field)
{
	/* In one's complement the inverse is added to take it out. */
	sum += (uint16_t)~htobe16(field);
	return be16toh((uint16_t)~inet_fold(sum));
}

/* What TCP carries, by its ports, where no layer of its own is behind it. */
void line_tcp_payload(struct line *l, const struct pktcap_tcp *tcp);

#endif
