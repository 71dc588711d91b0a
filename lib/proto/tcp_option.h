/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef PROTO_TCP_OPTION_H
#define PROTO_TCP_OPTION_H

#include "proto/fields.h"

enum { TCP_HEADER = 20, TCP_OFFSET_AT = 12 };

/* What the header says is its length, in bytes. */
static inline uint8_t tcp_header_len(struct bytes b)
{
	return (uint8_t)((u8_at(b, TCP_OFFSET_AT) >> 4) * 4);
}

void tcp_options(struct fields *f, const struct pktcap_layer *layer);

#endif
