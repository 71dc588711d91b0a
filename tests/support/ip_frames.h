/* SPDX-License-Identifier: BSD-2-Clause */
/* Fragments and segments as packets without a link header, for reassembly. */
#ifndef TESTS_SUPPORT_IP_FRAMES_H
#define TESTS_SUPPORT_IP_FRAMES_H

#include <stddef.h>
#include <stdint.h>

#include <pktcap/base.h>

enum { IP_FRAME_MAX = 4096 };

struct ip_frame {
	struct pktcap_packet pkt; /* its data is in bytes */
	uint8_t bytes[IP_FRAME_MAX];
};

struct ip_fragment {
	uint8_t version; /* 4 or 6, which is behind a hop-by-hop header, too */
	uint8_t protocol;
	uint16_t id;
	uint32_t offset; /* bytes */
	uint8_t more;
	const void *data;
	size_t len;
};

void ip_frame_fragment(struct ip_frame *out, const struct ip_fragment *frag);

struct ip_segment {
	uint8_t version;
	uint8_t from_server; /* port 80, the client has 1000 + port */
	uint16_t port;
	uint32_t seq, ack;
	uint8_t flags; /* PKTCAP_TCP_* */
	const void *data;
	size_t len;
};

void ip_frame_segment(struct ip_frame *out, const struct ip_segment *seg);

#endif
