/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Headers of TCP, UDP, SCTP, ESP, AH and QUIC.
 * What a getter returns is told once, at the end of pktcap/proto.h.
 */
#ifndef PKTCAP_PROTO_TRANSPORT_H
#define PKTCAP_PROTO_TRANSPORT_H

#include <pktcap/proto.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bits of struct pktcap_tcp.flags (RFC 9293, 3.1; AE: RFC 9768) */
enum pktcap_tcp_flags {
	PKTCAP_TCP_FIN = 1u << 0,
	PKTCAP_TCP_SYN = 1u << 1,
	PKTCAP_TCP_RST = 1u << 2,
	PKTCAP_TCP_PSH = 1u << 3,
	PKTCAP_TCP_ACK = 1u << 4,
	PKTCAP_TCP_URG = 1u << 5,
	PKTCAP_TCP_ECE = 1u << 6,
	PKTCAP_TCP_CWR = 1u << 7,
	PKTCAP_TCP_AE = 1u << 8,
};

/**
 * struct pktcap_tcp - TCP header (RFC 9293, section 3.1)
 * @src_port:    source port
 * @dst_port:    destination port
 * @seq:         sequence number
 * @ack:         acknowledgement number, valid with PKTCAP_TCP_ACK
 * @flags:       PKTCAP_TCP_*, 9 bits
 * @window:      as in the packet, not scaled
 * @checksum:    as in the packet
 * @urgent:      urgent pointer, valid with PKTCAP_TCP_URG
 * @header_len:  bytes, options included
 * @options_len: bytes at @options
 * @reserved:    zero
 * @options:     behind the fixed header, borrowed
 */
struct pktcap_tcp {
	uint16_t src_port;
	uint16_t dst_port;
	uint32_t seq;
	uint32_t ack;
	uint16_t flags;
	uint16_t window;
	uint16_t checksum;
	uint16_t urgent;
	uint8_t header_len;
	uint8_t options_len;
	uint8_t reserved[2];
	union {
		const uint8_t *options;
		uint64_t options_slot;
	};
};

PKTCAP_API int pktcap_tcp_get(const struct pktcap_layer *layer,
			      struct pktcap_tcp *out);

/**
 * struct pktcap_udp - UDP header (RFC 768)
 * @src_port: source port, 0 if the sender expects no answer
 * @dst_port: destination port
 * @length:   bytes, header included; 0 in datagrams of more than 64 KiB
 * @checksum: as in the packet; 0 if there is none
 */
struct pktcap_udp {
	uint16_t src_port;
	uint16_t dst_port;
	uint16_t length;
	uint16_t checksum;
};

PKTCAP_API int pktcap_udp_get(const struct pktcap_layer *layer,
			      struct pktcap_udp *out);

#ifdef __cplusplus
}
#endif
#endif
