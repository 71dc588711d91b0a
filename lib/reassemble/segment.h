/* SPDX-License-Identifier: BSD-2-Clause */
/* One segment of TCP, and whose it is. */
#ifndef REASSEMBLE_SEGMENT_H
#define REASSEMBLE_SEGMENT_H

#include <pktcap/proto_transport.h>

#include "base/bytes.h"

/* Both ends of a connection, the lesser one first; compared as bytes. */
struct segment_key {
	uint8_t address[2][16];
	uint16_t port[2];
	uint8_t version;
	uint8_t reserved[3];
};

_Static_assert(sizeof(struct segment_key) % 8 == 0, "hashed in words");

struct segment {
	struct segment_key key;
	unsigned int from; /* whose of key: 0 or 1 */
	uint32_t seq;	   /* of the first byte of data */
	uint32_t ack;
	uint16_t flags; /* PKTCAP_TCP_* */
	struct bytes data;
	uint32_t wire; /* bytes of data there were, data.n or more */
	int64_t ts_ns;
};

/* 0, -EPROTOTYPE, -ENODATA or -EPROTO as pktcap_streams_add() says. */
int segment_of(const struct pktcap_packet *pkt,
	       const struct pktcap_layer *layers, size_t n,
	       struct segment *out);

#endif
