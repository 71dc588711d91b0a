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

/**
 * pktcap_ipv4_option_next - the next option of an IPv4 header
 * @layer:  the header, borrowed
 * @offset: 0 for the first option, then belongs to the walk
 * @option: its type is 7 record route, 68 timestamp, 131 and 137 source routes,
 *          148 router alert, 0 end, 1 no operation, ... (IANA)
 *
 * Return: as struct pktcap_tlv says; end and no operation are options, too.
 */
PKTCAP_API int pktcap_ipv4_option_next(const struct pktcap_layer *layer,
				       uint32_t *offset,
				       struct pktcap_tlv *option);

/**
 * struct pktcap_ipv6 - IPv6 header (RFC 8200, section 3)
 * @src:            source
 * @dst:            destination
 * @flow_label:     20 bits
 * @payload_length: bytes, extension headers included; 0 in jumbograms and in
 *                  merged (GSO) packets of more than 64 KiB
 * @dscp:           6 bits of the traffic class (RFC 2474)
 * @ecn:            2 bits of it (RFC 3168)
 * @next_header:    what follows, IANA number
 * @hop_limit:      hops left
 * @reserved:       zero
 */
struct pktcap_ipv6 {
	uint8_t src[16];
	uint8_t dst[16];
	uint32_t flow_label;
	uint16_t payload_length;
	uint8_t dscp;
	uint8_t ecn;
	uint8_t next_header;
	uint8_t hop_limit;
	uint8_t reserved[2];
};

PKTCAP_API int pktcap_ipv6_get(const struct pktcap_layer *layer,
			       struct pktcap_ipv6 *out);

/**
 * struct pktcap_ipv6_options - hop-by-hop or destination options (RFC 8200,
 * sections 4.3 and 4.6), PKTCAP_PROTO_IPV6_HOPOPTS and _DSTOPTS
 * @header_len:  bytes, options included
 * @options_len: bytes at @options
 * @next_header: what follows, IANA number
 * @reserved:    zero
 * @options:     borrowed; pktcap_ipv6_option_next() reads them
 */
struct pktcap_ipv6_options {
	uint16_t header_len;
	uint16_t options_len;
	uint8_t next_header;
	uint8_t reserved[3];
	union {
		const uint8_t *options;
		uint64_t options_slot;
	};
};

PKTCAP_API int pktcap_ipv6_options_get(const struct pktcap_layer *layer,
				       struct pktcap_ipv6_options *out);

/**
 * pktcap_ipv6_option_next - the next of hop-by-hop or destination options
 * @layer:  the header, borrowed
 * @offset: 0 for the first option, then belongs to the walk
 * @option: its type is 0 and 1 padding, 5 router alert, 0xc2 jumbo payload, ...
 *          (IANA)
 *
 * Return: as struct pktcap_tlv says; padding is an option, too.
 */
PKTCAP_API int pktcap_ipv6_option_next(const struct pktcap_layer *layer,
				       uint32_t *offset,
				       struct pktcap_tlv *option);

/**
 * struct pktcap_ipv6_routing - routing header (RFC 8200, section 4.4)
 * @rest:          bytes 4 to 7. Segment routing (RFC 8754): last entry << 24 |
 *                 flags << 16 | tag; RPL (RFC 6554): how much is compressed;
 *                 others: reserved
 * @header_len:    bytes
 * @data_len:      bytes at @data
 * @next_header:   what follows, IANA number
 * @type:          0 source route, 2 mobile IPv6, 3 RPL, 4 segment routing
 * @segments_left: nodes to visit; 0 at the last one
 * @address_count: addresses at @addresses, of types 0, 2 and 4
 * @reserved:      zero
 * @addresses:     16 bytes each, borrowed. Segment routing counts them from the
 *                 last one, so that the first here is the final destination
 * @data:          behind them: TLVs, or compressed addresses; borrowed
 */
struct pktcap_ipv6_routing {
	uint32_t rest;
	uint16_t header_len;
	uint16_t data_len;
	uint8_t next_header;
	uint8_t type;
	uint8_t segments_left;
	uint8_t address_count;
	uint8_t reserved[4];
	union {
		const uint8_t *addresses;
		uint64_t addresses_slot;
	};
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
};

PKTCAP_API int pktcap_ipv6_routing_get(const struct pktcap_layer *layer,
				       struct pktcap_ipv6_routing *out);

/**
 * struct pktcap_ipv6_fragment - fragment header (RFC 8200, section 4.5)
 * @id:             of the datagram
 * @offset:         bytes
 * @next_header:    what the datagram begins with, IANA number
 * @more_fragments: 1 or 0
 * @reserved_byte:  as in the packet, behind @next_header
 * @reserved_bits:  2 bits behind the offset
 * @reserved:       zero
 */
struct pktcap_ipv6_fragment {
	uint32_t id;
	uint16_t offset;
	uint8_t next_header;
	uint8_t more_fragments;
	uint8_t reserved_byte;
	uint8_t reserved_bits;
	uint8_t reserved[2];
};

PKTCAP_API int pktcap_ipv6_fragment_get(const struct pktcap_layer *layer,
					struct pktcap_ipv6_fragment *out);

/**
 * struct pktcap_ipv6_mobility - mobility header (RFC 6275, section 6.1)
 * @header_len:    bytes, @data included
 * @data_len:      bytes at @data
 * @checksum:      as in the packet
 * @next_header:   59, nothing, in all that exists
 * @type:          of the message: 5 binding update, 6 acknowledgement, ...
 * @reserved_byte: as in the packet, behind @type
 * @reserved:      zero
 * @data:          the message, borrowed
 */
struct pktcap_ipv6_mobility {
	uint16_t header_len;
	uint16_t data_len;
	uint16_t checksum;
	uint8_t next_header;
	uint8_t type;
	uint8_t reserved_byte;
	uint8_t reserved[7];
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
};

PKTCAP_API int pktcap_ipv6_mobility_get(const struct pktcap_layer *layer,
					struct pktcap_ipv6_mobility *out);

/**
 * struct pktcap_icmp - ICMP header (RFC 792)
 * @type:     3 unreachable, 8 echo request, 0 echo reply, ...
 * @code:     by type
 * @checksum: as in the packet
 * @rest:     bytes 4 to 7. Echo: identifier << 16 | sequence number; redirect:
 *            the gateway; unreachable: the MTU of the next hop in the low 16
 *            bits; parameter problem: the pointer << 24
 *
 * The packet that an error quotes is in the layers behind this one, with
 * PKTCAP_LAYER_QUOTED. The payload of ICMP includes extensions (RFC 4884).
 */
struct pktcap_icmp {
	uint8_t type;
	uint8_t code;
	uint16_t checksum;
	uint32_t rest;
};

PKTCAP_API int pktcap_icmp_get(const struct pktcap_layer *layer,
			       struct pktcap_icmp *out);

/**
 * struct pktcap_icmp6 - ICMPv6 header (RFC 4443, section 2.1)
 * @type:     1 unreachable, 128 echo request, 135 neighbour solicitation, ...
 * @code:     by type
 * @checksum: as in the packet
 * @rest:     bytes 4 to 7. Echo: identifier << 16 | sequence number; packet too
 *            big: the MTU; parameter problem: the pointer
 *
 * The packet that an error quotes is in the layers behind this one, with
 * PKTCAP_LAYER_QUOTED. Other messages than errors and echo are all header.
 */
struct pktcap_icmp6 {
	uint8_t type;
	uint8_t code;
	uint16_t checksum;
	uint32_t rest;
};

PKTCAP_API int pktcap_icmp6_get(const struct pktcap_layer *layer,
				struct pktcap_icmp6 *out);

#ifdef __cplusplus
}
#endif
#endif
