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
 * @sender_hardware: borrowed; the getter sets none to NULL, of a header that is
 *                   built NULL is zeros
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
 * @reserved_flag:   the reserved flag, 1 or 0
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
	uint8_t reserved_flag;
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
 * pktcap_ipv4_options_put - write the options of an IPv4 header
 * @buf:     gets them, for struct pktcap_ipv4
 * @size:    bytes at @buf; a header has room for 40
 * @options: borrowed for the call
 * @n:       their number
 *
 * Return: bytes written; as struct pktcap_tlv says, and -ERANGE for more than
 * 40 bytes, and for an end (0) or no operation (1) that has data.
 */
PKTCAP_API int pktcap_ipv4_options_put(void *buf, size_t size,
				       const struct pktcap_tlv *options,
				       size_t n);

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
 * pktcap_ipv6_options_put - write hop-by-hop or destination options
 * @buf:     gets them, for struct pktcap_ipv6_options
 * @size:    bytes at @buf
 * @options: borrowed for the call; padding, which some need in front of them to
 *           be aligned, is an option as others: of type 0, which has no data,
 *           one byte, of type 1 two and its data
 * @n:       their number
 *
 * The header is filled up behind them when it is built.
 *
 * Return: bytes written; as struct pktcap_tlv says.
 */
PKTCAP_API int pktcap_ipv6_options_put(void *buf, size_t size,
				       const struct pktcap_tlv *options,
				       size_t n);

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

/* struct pktcap_icmp.type; IANA has the others. */
enum pktcap_icmp_type {
	PKTCAP_ICMP_ECHO_REPLY = 0,
	PKTCAP_ICMP_UNREACHABLE = 3,
	PKTCAP_ICMP_SOURCE_QUENCH = 4,
	PKTCAP_ICMP_REDIRECT = 5,
	PKTCAP_ICMP_ECHO_REQUEST = 8,
	PKTCAP_ICMP_ROUTER_ADVERTISEMENT = 9,
	PKTCAP_ICMP_ROUTER_SOLICITATION = 10,
	PKTCAP_ICMP_TIME_EXCEEDED = 11,
	PKTCAP_ICMP_PARAMETER_PROBLEM = 12,
	PKTCAP_ICMP_TIMESTAMP_REQUEST = 13,
	PKTCAP_ICMP_TIMESTAMP_REPLY = 14,
	PKTCAP_ICMP_INFORMATION_REQUEST = 15,
	PKTCAP_ICMP_INFORMATION_REPLY = 16,
	PKTCAP_ICMP_MASK_REQUEST = 17,
	PKTCAP_ICMP_MASK_REPLY = 18,
	PKTCAP_ICMP_EXTENDED_ECHO_REQUEST = 42,
	PKTCAP_ICMP_EXTENDED_ECHO_REPLY = 43,
};

/* Its code where the type is UNREACHABLE, */
enum pktcap_icmp_unreachable {
	PKTCAP_ICMP_NET_UNREACHABLE = 0,
	PKTCAP_ICMP_HOST_UNREACHABLE = 1,
	PKTCAP_ICMP_PROTOCOL_UNREACHABLE = 2,
	PKTCAP_ICMP_PORT_UNREACHABLE = 3,
	PKTCAP_ICMP_FRAGMENTATION_NEEDED = 4,
	PKTCAP_ICMP_SOURCE_ROUTE_FAILED = 5,
	PKTCAP_ICMP_NET_UNKNOWN = 6,
	PKTCAP_ICMP_HOST_UNKNOWN = 7,
	PKTCAP_ICMP_NET_PROHIBITED = 9,
	PKTCAP_ICMP_HOST_PROHIBITED = 10,
	PKTCAP_ICMP_COMMUNICATION_PROHIBITED = 13,
};

/* REDIRECT, */
enum pktcap_icmp_redirect {
	PKTCAP_ICMP_REDIRECT_NET = 0,
	PKTCAP_ICMP_REDIRECT_HOST = 1,
	PKTCAP_ICMP_REDIRECT_TOS_NET = 2,
	PKTCAP_ICMP_REDIRECT_TOS_HOST = 3,
};

/* and TIME_EXCEEDED. */
enum pktcap_icmp_time_exceeded {
	PKTCAP_ICMP_EXCEEDED_TTL = 0,
	PKTCAP_ICMP_EXCEEDED_REASSEMBLY = 1,
};

/**
 * struct pktcap_icmp - ICMP header (RFC 792)
 * @type:     enum pktcap_icmp_type, or any other
 * @code:     by type, as the enums above have it
 * @checksum: as in the packet
 * @rest:     bytes 4 to 7. Echo: identifier << 16 | sequence number; redirect:
 *            the gateway; unreachable: the MTU of the next hop in the low 16
 *            bits; parameter problem: the pointer << 24
 * @body_len: bytes at @body
 * @reserved: zero
 * @body:     what is behind in the header, as captured: times, an address mask,
 *            routers; borrowed, NULL if there is none
 *
 * The packet that an error quotes is in the layers behind this one, with
 * PKTCAP_LAYER_QUOTED. The payload of ICMP includes extensions (RFC 4884).
 */
struct pktcap_icmp {
	uint8_t type;
	uint8_t code;
	uint16_t checksum;
	uint32_t rest;
	uint32_t body_len;
	uint32_t reserved;
	union {
		const uint8_t *body;
		uint64_t body_slot;
	};
};

PKTCAP_API int pktcap_icmp_get(const struct pktcap_layer *layer,
			       struct pktcap_icmp *out);

/* struct pktcap_icmp6.type; IANA has the others. */
enum pktcap_icmp6_type {
	PKTCAP_ICMP6_UNREACHABLE = 1,
	PKTCAP_ICMP6_TOO_BIG = 2,
	PKTCAP_ICMP6_TIME_EXCEEDED = 3,
	PKTCAP_ICMP6_PARAMETER_PROBLEM = 4,
	PKTCAP_ICMP6_ECHO_REQUEST = 128,
	PKTCAP_ICMP6_ECHO_REPLY = 129,
	PKTCAP_ICMP6_LISTENER_QUERY = 130,
	PKTCAP_ICMP6_LISTENER_REPORT = 131,
	PKTCAP_ICMP6_LISTENER_DONE = 132,
	PKTCAP_ICMP6_ROUTER_SOLICITATION = 133,
	PKTCAP_ICMP6_ROUTER_ADVERTISEMENT = 134,
	PKTCAP_ICMP6_NEIGHBOUR_SOLICITATION = 135,
	PKTCAP_ICMP6_NEIGHBOUR_ADVERTISEMENT = 136,
	PKTCAP_ICMP6_REDIRECT = 137,
	PKTCAP_ICMP6_LISTENER_REPORT_V2 = 143,
};

/* Its code where the type is UNREACHABLE, */
enum pktcap_icmp6_unreachable {
	PKTCAP_ICMP6_NO_ROUTE = 0,
	PKTCAP_ICMP6_COMMUNICATION_PROHIBITED = 1,
	PKTCAP_ICMP6_BEYOND_SCOPE = 2,
	PKTCAP_ICMP6_ADDRESS_UNREACHABLE = 3,
	PKTCAP_ICMP6_PORT_UNREACHABLE = 4,
	PKTCAP_ICMP6_SOURCE_POLICY = 5,
	PKTCAP_ICMP6_ROUTE_REJECTED = 6,
};

/* TIME_EXCEEDED, */
enum pktcap_icmp6_time_exceeded {
	PKTCAP_ICMP6_EXCEEDED_HOPS = 0,
	PKTCAP_ICMP6_EXCEEDED_REASSEMBLY = 1,
};

/* and PARAMETER_PROBLEM. */
enum pktcap_icmp6_parameter_problem {
	PKTCAP_ICMP6_BAD_FIELD = 0,
	PKTCAP_ICMP6_BAD_NEXT_HEADER = 1,
	PKTCAP_ICMP6_BAD_OPTION = 2,
};

/**
 * struct pktcap_icmp6 - ICMPv6 header (RFC 4443, section 2.1)
 * @type:     enum pktcap_icmp6_type, or any other
 * @code:     by type, as the enums above have it
 * @checksum: as in the packet
 * @rest:     bytes 4 to 7. Echo: identifier << 16 | sequence number; packet too
 *            big: the MTU; parameter problem: the pointer
 * @body_len: bytes at @body
 * @reserved: zero
 * @body:     what is behind in the header, as captured: all the rest of
 *            messages that are no errors and no echo; borrowed, NULL if there
 *            is none
 *
 * The packet that an error quotes is in the layers behind this one, with
 * PKTCAP_LAYER_QUOTED. Other messages than errors and echo are all header.
 */
struct pktcap_icmp6 {
	uint8_t type;
	uint8_t code;
	uint16_t checksum;
	uint32_t rest;
	uint32_t body_len;
	uint32_t reserved;
	union {
		const uint8_t *body;
		uint64_t body_slot;
	};
};

PKTCAP_API int pktcap_icmp6_get(const struct pktcap_layer *layer,
				struct pktcap_icmp6 *out);

/**
 * struct pktcap_nd - neighbour discovery message (RFC 4861, section 4), an
 * ICMPv6 layer of type 133 to 137
 * @target:         of solicitations, advertisements and redirects
 * @destination:    of redirects
 * @flags:          of a router advertisement 0x80 managed, 0x40 other
 *                  configuration, 0x18 preference; of an advertisement the word
 *                  with 0x80000000 router, 0x40000000 solicited, 0x20000000
 *                  override; of others that reserved word
 * @reachable_time: of a router advertisement, ms
 * @retransmission: of a router advertisement, ms
 * @lifetime:       of a router advertisement, s
 * @type:           133 router solicitation, 134 router advertisement, 135
 *                  solicitation, 136 advertisement, 137 redirect
 * @hop_limit:      of a router advertisement
 * @options_len:    bytes at @options
 * @checksum:       as in the packet
 * @code:           should be 0
 * @reserved:       zero
 * @options:        borrowed; pktcap_nd_option_next() reads them
 *
 * The getter returns -EPROTOTYPE for ICMPv6 messages of other types, too. What
 * a message does not have is 0.
 */
struct pktcap_nd {
	uint8_t target[16];
	uint8_t destination[16];
	uint32_t flags;
	uint32_t reachable_time;
	uint32_t retransmission;
	uint16_t lifetime;
	uint8_t type;
	uint8_t hop_limit;
	uint32_t options_len;
	uint16_t checksum;
	uint8_t code;
	uint8_t reserved;
	union {
		const uint8_t *options;
		uint64_t options_slot;
	};
};

PKTCAP_API int pktcap_nd_get(const struct pktcap_layer *layer,
			     struct pktcap_nd *out);

/**
 * pktcap_nd_option_next - the next option of a neighbour discovery message
 * @layer:  the ICMPv6 layer, borrowed
 * @offset: 0 for the first option, then belongs to the walk
 * @option: its type is 1 and 2 link-layer addresses, 3 prefix, 5 MTU, 25 DNS
 *          servers, 31 DNS search list, ... (IANA); its data is behind type and
 *          length
 *
 * Return: as struct pktcap_tlv says.
 */
PKTCAP_API int pktcap_nd_option_next(const struct pktcap_layer *layer,
				     uint32_t *offset,
				     struct pktcap_tlv *option);

/**
 * pktcap_nd_options_put - write options of a neighbour discovery message
 * @buf:     gets them, for struct pktcap_nd
 * @size:    bytes at @buf
 * @options: borrowed for the call
 * @n:       their number
 *
 * Each is filled up with zeros to a multiple of 8 bytes.
 *
 * Return: bytes written; as struct pktcap_tlv says.
 */
PKTCAP_API int pktcap_nd_options_put(void *buf, size_t size,
				     const struct pktcap_tlv *options,
				     size_t n);

/**
 * struct pktcap_mld - multicast listener message (RFC 2710, RFC 3810), an
 * ICMPv6 layer of type 130 to 132 or 143
 * @group:         the group; zeros in a report of version 2
 * @max_response:  ms; above 32767 in version 2 a code
 * @count:         sources of a query, records of a report, of version 2
 * @type:          130 query, 131 report, 132 done, 143 report of version 2
 * @version:       1 or 2, as type and length tell
 * @query_flags:   of a query of version 2: 8 suppress, 0 to 7 robustness
 * @interval_code: of a query of version 2, seconds; above 127 a code
 * @sources_len:   bytes at @sources
 * @body_len:      bytes at @body
 * @checksum:      as in the packet
 * @reserved_word: of a report of version 2 in front of @count, of others behind
 *                 @max_response
 * @code:          should be 0
 * @reserved:      zero
 * @sources:       of a query of version 2, 16 bytes each, borrowed; otherwise
 *                 NULL
 * @body:          of others all behind the fields above, as captured: the
 *                 records of a report of version 2, which
 *                 pktcap_multicast_record_next() reads; borrowed, NULL if there
 *                 is none
 *
 * The getter returns -EPROTOTYPE for ICMPv6 messages of other types, too.
 */
struct pktcap_mld {
	uint8_t group[16];
	uint16_t max_response;
	uint16_t count;
	uint8_t type;
	uint8_t version;
	uint8_t query_flags;
	uint8_t interval_code;
	uint32_t sources_len;
	uint32_t body_len;
	uint16_t checksum;
	uint16_t reserved_word;
	uint8_t code;
	uint8_t reserved[3];
	union {
		const uint8_t *sources;
		uint64_t sources_slot;
	};
	union {
		const uint8_t *body;
		uint64_t body_slot;
	};
};

PKTCAP_API int pktcap_mld_get(const struct pktcap_layer *layer,
			      struct pktcap_mld *out);

/**
 * struct pktcap_igmp - IGMP message (RFC 1112, RFC 2236, RFC 3376)
 * @group:         the group; of a report of version 3 bytes 4 to 7
 * @checksum:      as in the packet
 * @count:         sources of a query, records of a report of version 3
 * @type:          0x11 query, 0x12, 0x16 and 0x22 reports, 0x17 leave
 * @max_response:  tenths of a second; above 127 in version 3 a code
 * @version:       1, 2 or 3, as type and length tell
 * @query_flags:   of a query of version 3: 8 suppress, 0 to 7 robustness
 * @interval_code: of a query of version 3, seconds; above 127 a code
 * @reserved:      zero
 * @sources_len:   bytes at @sources
 * @body_len:      bytes at @body
 * @sources:       of a query of version 3, 4 bytes each, borrowed; otherwise
 *                 NULL
 * @body:          of others all behind the first 8 bytes, as captured: the
 *                 records of a report of version 3, which
 *                 pktcap_multicast_record_next() reads; borrowed, NULL if there
 *                 is none
 */
struct pktcap_igmp {
	uint8_t group[4];
	uint16_t checksum;
	uint16_t count;
	uint8_t type;
	uint8_t max_response;
	uint8_t version;
	uint8_t query_flags;
	uint8_t interval_code;
	uint8_t reserved[3];
	uint32_t sources_len;
	uint32_t body_len;
	union {
		const uint8_t *sources;
		uint64_t sources_slot;
	};
	union {
		const uint8_t *body;
		uint64_t body_slot;
	};
};

PKTCAP_API int pktcap_igmp_get(const struct pktcap_layer *layer,
			       struct pktcap_igmp *out);

/**
 * struct pktcap_multicast_record - group record of an IGMPv3 or MLDv2 report
 * (RFC 3376, section 4.2.4; RFC 3810, section 5.2.5)
 * @group:         of IPv4 the first four bytes
 * @source_count:  addresses at @sources
 * @auxiliary_len: bytes at @auxiliary
 * @type:          1 is include, 2 is exclude, 3 and 4 change to these, 5 allow,
 *                 6 block
 * @version:       4 or 6, of the addresses
 * @reserved:      zero
 * @sources:       4 or 16 bytes each, borrowed
 * @auxiliary:     auxiliary data, borrowed
 */
struct pktcap_multicast_record {
	uint8_t group[16];
	uint16_t source_count;
	uint16_t auxiliary_len;
	uint8_t type;
	uint8_t version;
	uint8_t reserved[2];
	union {
		const uint8_t *sources;
		uint64_t sources_slot;
	};
	union {
		const uint8_t *auxiliary;
		uint64_t auxiliary_slot;
	};
};

/**
 * pktcap_multicast_record_next - the next group record of a report
 * @layer:  an IGMPv3 report, or the ICMPv6 layer of an MLDv2 report; borrowed
 * @offset: 0 for the first record, then belongs to the walk
 * @record: the caller's, left alone unless 1 is returned
 *
 * Return: 1 with a record, 0 behind the last one, -EPROTO if one goes beyond
 * the message, -ENODATA if it was not captured, -EPROTOTYPE for any other layer
 * or message. Any thread.
 */
PKTCAP_API int
pktcap_multicast_record_next(const struct pktcap_layer *layer, uint32_t *offset,
			     struct pktcap_multicast_record *record);

/**
 * pktcap_multicast_records_put - write the group records of a report
 * @buf:     gets them, for struct pktcap_igmp or pktcap_mld
 * @size:    bytes at @buf
 * @records: borrowed for the call
 * @n:       their number
 *
 * Auxiliary data is filled up with zeros to a multiple of 4 bytes.
 *
 * Return: bytes written, -ENOSPC if they do not fit into @size, -ERANGE for a
 * version other than 4 and 6, or more than 1020 bytes of auxiliary data; @buf
 * is written in part then. Any thread.
 */
PKTCAP_API int
pktcap_multicast_records_put(void *buf, size_t size,
			     const struct pktcap_multicast_record *records,
			     size_t n);

/**
 * struct pktcap_gre - GRE header (RFC 2784, RFC 2890; version 1: RFC 2637)
 * @key:         of version 1 payload length << 16 | call
 * @seq:         sequence number
 * @ack:         acknowledgement number, version 1
 * @flags:       0x8000 checksum, 0x4000 routing, 0x2000 key, 0x1000 sequence
 *               number, 0x0080 acknowledgement number; the version in the low 3
 *               bits
 * @protocol:    EtherType of what follows; 0x88be and 0x22eb are ERSPAN
 * @checksum:    as in the packet
 * @offset:      of the active route, bytes
 * @routing_len: bytes at @routing
 * @routing:     routing entries, borrowed
 *
 * What the flags do not announce is 0; to build what is not 0 they are set, and
 * of version 1 that of the key. An empty list of routes gets its end.
 */
struct pktcap_gre {
	uint32_t key;
	uint32_t seq;
	uint32_t ack;
	uint16_t flags;
	uint16_t protocol;
	uint16_t checksum;
	uint16_t offset;
	uint32_t routing_len;
	union {
		const uint8_t *routing;
		uint64_t routing_slot;
	};
};

PKTCAP_API int pktcap_gre_get(const struct pktcap_layer *layer,
			      struct pktcap_gre *out);

/**
 * struct pktcap_vxlan - VXLAN header (RFC 7348, section 5)
 * @vni:           VXLAN network identifier, 24 bits
 * @group:         group policy id; 0 with flag 4
 * @reserved_word: with flag 4 the bytes between @flags and @next_protocol, as
 *                 in the packet; otherwise 0
 * @flags:         8: the VNI is valid, which is built instead of 0 unless all
 *                 is kept; 4: generic protocol extension (GPE), which a
 *                 @next_protocol sets
 * @policy_flags:  of the group policy extension; 0 with flag 4
 * @next_protocol: with flag 4: 1 IPv4, 2 IPv6, 3 Ethernet, 4 NSH, 5 MPLS
 *                 (draft-ietf-nvo3-vxlan-gpe, 3.3); otherwise 0
 * @reserved_byte: as in the packet, behind @vni
 */
struct pktcap_vxlan {
	uint32_t vni;
	uint16_t group;
	uint16_t reserved_word;
	uint8_t flags;
	uint8_t policy_flags;
	uint8_t next_protocol;
	uint8_t reserved_byte;
};

PKTCAP_API int pktcap_vxlan_get(const struct pktcap_layer *layer,
				struct pktcap_vxlan *out);

/**
 * struct pktcap_geneve - Geneve header (RFC 8926, section 3.4)
 * @vni:           virtual network identifier, 24 bits
 * @protocol:      EtherType of what follows; 0x6558 is Ethernet
 * @header_len:    bytes, options included
 * @version:       0
 * @control:       1 in control packets
 * @critical:      1 if an option must be understood
 * @reserved_bits: 6 bits behind these
 * @reserved_byte: as in the packet, behind @vni
 * @options_len:   bytes at @options
 * @reserved:      zero
 * @options:       borrowed; pktcap_geneve_option_next() reads them
 */
struct pktcap_geneve {
	uint32_t vni;
	uint16_t protocol;
	uint16_t header_len;
	uint8_t version;
	uint8_t control;
	uint8_t critical;
	uint8_t reserved_bits;
	uint8_t reserved_byte;
	uint8_t options_len;
	uint8_t reserved[2];
	union {
		const uint8_t *options;
		uint64_t options_slot;
	};
};

PKTCAP_API int pktcap_geneve_get(const struct pktcap_layer *layer,
				 struct pktcap_geneve *out);

/**
 * pktcap_geneve_option_next - the next option of a Geneve header
 * @layer:  the header, borrowed
 * @offset: 0 for the first option, then belongs to the walk
 * @option: its type is class << 8 | type, where 0x80 means critical
 *
 * Return: as struct pktcap_tlv says.
 */
PKTCAP_API int pktcap_geneve_option_next(const struct pktcap_layer *layer,
					 uint32_t *offset,
					 struct pktcap_tlv *option);

/**
 * pktcap_geneve_options_put - write options of a Geneve header
 * @buf:     gets them, for struct pktcap_geneve
 * @size:    bytes at @buf
 * @options: borrowed for the call; types as above
 * @n:       their number
 *
 * Each is filled up with zeros to a multiple of 4 bytes.
 *
 * Return: bytes written; as struct pktcap_tlv says.
 */
PKTCAP_API int pktcap_geneve_options_put(void *buf, size_t size,
					 const struct pktcap_tlv *options,
					 size_t n);

/**
 * struct pktcap_gtpu - GTP-U header (3GPP TS 29.281, section 5.1)
 * @teid:           tunnel endpoint identifier
 * @header_len:     bytes, with the optional part and all extensions
 * @length:         bytes behind the first 8, as in the packet
 * @seq:            sequence number, valid with flag 2
 * @flags:          version << 5, 16 protocol type, 4 extensions, 2 sequence
 *                  number, 1 N-PDU number; any of the last three makes the
 *                  header 12 bytes. 0 is built as 0x30 unless all is kept, and
 *                  where none of the three is set, values that are not 0 do
 * @type:           255 a packet of the user, which is built instead of 0 unless
 *                  all is kept, 1 and 2 echo, 254 end marker, ...
 * @npdu:           N-PDU number, valid with flag 1
 * @next_extension: type of the first extension, valid with flag 4
 * @extensions_len: bytes at @extensions
 * @reserved:       zero
 * @extensions:     all of them, borrowed, NULL if there are none;
 *                  pktcap_gtpu_extension_next() reads them
 */
struct pktcap_gtpu {
	uint32_t teid;
	uint32_t header_len;
	uint16_t length;
	uint16_t seq;
	uint8_t flags;
	uint8_t type;
	uint8_t npdu;
	uint8_t next_extension;
	uint32_t extensions_len;
	uint32_t reserved;
	union {
		const uint8_t *extensions;
		uint64_t extensions_slot;
	};
};

PKTCAP_API int pktcap_gtpu_get(const struct pktcap_layer *layer,
			       struct pktcap_gtpu *out);

/**
 * pktcap_gtpu_extension_next - the next extension header of GTP-U
 * @layer:     the header, borrowed
 * @offset:    0 for the first extension, then belongs to the walk
 * @extension: its type is 0x85 PDU session container, 0xc0 PDCP PDU number, ...
 *
 * Return: as struct pktcap_tlv says.
 */
PKTCAP_API int pktcap_gtpu_extension_next(const struct pktcap_layer *layer,
					  uint32_t *offset,
					  struct pktcap_tlv *extension);

/**
 * pktcap_gtpu_extensions_put - write extension headers of GTP-U
 * @buf:        gets them, for struct pktcap_gtpu, whose next_extension is to be
 *              the type of the first one
 * @size:       bytes at @buf
 * @extensions: borrowed for the call; each tells the type of the one behind
 * @n:          their number
 *
 * Each is filled up with zeros: its data has 4 n - 2 bytes.
 *
 * Return: bytes written; as struct pktcap_tlv says.
 */
PKTCAP_API int pktcap_gtpu_extensions_put(void *buf, size_t size,
					  const struct pktcap_tlv *extensions,
					  size_t n);

#ifdef __cplusplus
}
#endif
#endif
