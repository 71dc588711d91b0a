/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Headers of ARP, IP and what belongs to it, and of tunnels.
 * What a getter returns is told once, at the end of pktcap/proto.h.
 */
#ifndef PKTCAP_PROTO_NETWORK_H
#define PKTCAP_PROTO_NETWORK_H

#include <pktcap/proto.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * struct pktcap_arp - ARP, RARP and InARP (RFC 826, 903, 2390)
 * @hardware_type:   1 Ethernet, ...
 * @protocol_type:   EtherType of the protocol addresses
 * @operation:       1 request, 2 reply, 3 and 4 those of RARP, 8 and 9 of InARP
 * @hardware_len:    bytes at each hardware address, 0 to 255
 * @protocol_len:    bytes at each protocol address, 0 to 255
 * @sender_hardware: borrowed; as the others, not NULL even if it has no bytes
 * @sender_protocol: borrowed
 * @target_hardware: borrowed; not set in an ARP request
 * @target_protocol: borrowed
 */
struct pktcap_arp {
	uint16_t hardware_type;
	uint16_t protocol_type;
	uint16_t operation;
	uint8_t hardware_len;
	uint8_t protocol_len;
	union {
		const uint8_t *sender_hardware;
		uint64_t sender_hardware_slot;
	};
	union {
		const uint8_t *sender_protocol;
		uint64_t sender_protocol_slot;
	};
	union {
		const uint8_t *target_hardware;
		uint64_t target_hardware_slot;
	};
	union {
		const uint8_t *target_protocol;
		uint64_t target_protocol_slot;
	};
};

PKTCAP_API int pktcap_arp_get(const struct pktcap_layer *layer,
			      struct pktcap_arp *out);

/**
 * struct pktcap_ipv4 - IPv4 header (RFC 791, section 3.1)
 * @src:             source
 * @dst:             destination
 * @total_length:    bytes, header included; 0 in merged (GSO) packets
 * @id:              of the datagram, for fragments
 * @fragment_offset: bytes
 * @checksum:        as in the packet
 * @header_len:      bytes, options included
 * @dscp:            6 bits (RFC 2474)
 * @ecn:             2 bits (RFC 3168)
 * @ttl:             hops left
 * @protocol:        of the payload, IANA number
 * @dont_fragment:   1 or 0
 * @more_fragments:  1 or 0
 * @options_len:     bytes at @options
 * @evil:            the reserved flag, 1 or 0
 * @reserved:        zero
 * @options:         behind the fixed header, borrowed
 */
struct pktcap_ipv4 {
	uint8_t src[4];
	uint8_t dst[4];
	uint16_t total_length;
	uint16_t id;
	uint16_t fragment_offset;
	uint16_t checksum;
	uint8_t header_len;
	uint8_t dscp;
	uint8_t ecn;
	uint8_t ttl;
	uint8_t protocol;
	uint8_t dont_fragment;
	uint8_t more_fragments;
	uint8_t options_len;
	uint8_t evil;
	uint8_t reserved[7];
	union {
		const uint8_t *options;
		uint64_t options_slot;
	};
};

PKTCAP_API int pktcap_ipv4_get(const struct pktcap_layer *layer,
			       struct pktcap_ipv4 *out);

#ifdef __cplusplus
}
#endif
#endif
