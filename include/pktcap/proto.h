/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Protocols: their numbers and names, what a decoded header is, and getters
 * that read one into a plain struct. pktcap/decode.h finds the headers of a
 * packet; nothing here allocates, and every view borrows the packet's bytes.
 */
#ifndef PKTCAP_PROTO_H
#define PKTCAP_PROTO_H

#include <pktcap/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a layer is. Numbers stay; pktcap_proto_name() has the names. */
enum pktcap_proto {
	PKTCAP_PROTO_NONE = 0,
	PKTCAP_PROTO_DATA = 1, /* bytes without a decoder: payload, padding */
	/* link layers */
	PKTCAP_PROTO_ETH = 2, /* Ethernet II and 802.3 */
	PKTCAP_PROTO_LLC = 3,
	PKTCAP_PROTO_SNAP = 4,
	PKTCAP_PROTO_VLAN = 5, /* 802.1Q and 802.1ad, inline or metadata */
	PKTCAP_PROTO_MPLS = 6, /* one label */
	PKTCAP_PROTO_PPPOE = 7,
	PKTCAP_PROTO_PPP = 8,
	PKTCAP_PROTO_PPPCP = 9, /* LCP, IPCP, IPV6CP, PAP, CHAP */
	PKTCAP_PROTO_SLL = 10,
	PKTCAP_PROTO_SLL2 = 11,
	PKTCAP_PROTO_NULL = 12, /* BSD loopback, LINKTYPE_NULL and _LOOP */
	PKTCAP_PROTO_RADIOTAP = 13,
	PKTCAP_PROTO_WIFI = 14, /* IEEE 802.11 MAC header */
	/* network layers */
	PKTCAP_PROTO_ARP = 20, /* and RARP */
	PKTCAP_PROTO_IPV4 = 21,
	PKTCAP_PROTO_IPV6 = 22,
	PKTCAP_PROTO_IPV6_HOPOPTS = 23,
	PKTCAP_PROTO_IPV6_ROUTING = 24,
	PKTCAP_PROTO_IPV6_FRAGMENT = 25,
	PKTCAP_PROTO_IPV6_DSTOPTS = 26,
	PKTCAP_PROTO_IPV6_MOBILITY = 27,
	PKTCAP_PROTO_ICMP = 28,
	PKTCAP_PROTO_ICMP6 = 29, /* and neighbour discovery, MLD */
	PKTCAP_PROTO_IGMP = 30,
	/* tunnels */
	PKTCAP_PROTO_GRE = 31,
	PKTCAP_PROTO_VXLAN = 32,
	PKTCAP_PROTO_GENEVE = 33,
	PKTCAP_PROTO_GTPU = 34,
	/* transport */
	PKTCAP_PROTO_TCP = 40,
	PKTCAP_PROTO_UDP = 41,
	PKTCAP_PROTO_UDPLITE = 42,
	PKTCAP_PROTO_SCTP = 43,
	PKTCAP_PROTO_ESP = 44,
	PKTCAP_PROTO_AH = 45,
	PKTCAP_PROTO_QUIC = 46,
	/* applications and control protocols */
	PKTCAP_PROTO_DNS = 50,	/* and LLMNR */
	PKTCAP_PROTO_MDNS = 51, /* DNS on UDP port 5353 */
	PKTCAP_PROTO_DHCP = 52,
	PKTCAP_PROTO_DHCP6 = 53,
	PKTCAP_PROTO_HTTP = 54,
	PKTCAP_PROTO_TLS = 55,
	PKTCAP_PROTO_NTP = 56,
	PKTCAP_PROTO_SNMP = 57,
	PKTCAP_PROTO_SSH = 58,
	PKTCAP_PROTO_LLDP = 59,
	PKTCAP_PROTO_STP = 60,
	PKTCAP_PROTO_LACP = 61,
	PKTCAP_PROTO_OSPF = 62,
	PKTCAP_PROTO_VRRP = 63,
	PKTCAP_PROTO_RADIUS = 64,
};

/* Numbers are below this one; arrays over all protocols have its size. */
#define PKTCAP_PROTO_COUNT 65

/* Where a protocol stands; pktcap_decode_to() stops by it. */
enum pktcap_level {
	PKTCAP_LEVEL_NONE = 0,
	PKTCAP_LEVEL_LINK = 1,	      /* Ethernet, tags, MPLS, PPP, 802.11 */
	PKTCAP_LEVEL_NETWORK = 2,     /* ARP, IP and its extensions, GRE */
	PKTCAP_LEVEL_TRANSPORT = 3,   /* TCP, UDP, SCTP, ICMP, ESP */
	PKTCAP_LEVEL_APPLICATION = 4, /* all that is inside these */
};

/**
 * pktcap_proto_name - the short name of a protocol ("ipv4", "dns")
 * @proto: enum pktcap_proto
 *
 * Names are lower case, stable, and those of the JSON output.
 * Return: a static string, NULL for a number without a protocol. Any thread.
 */
PKTCAP_API const char *pktcap_proto_name(uint32_t proto);

/**
 * pktcap_proto_title - a protocol in words ("Internet Protocol version 4")
 * @proto: enum pktcap_proto
 *
 * Return: a static string, NULL for a number without a protocol. Any thread.
 */
PKTCAP_API const char *pktcap_proto_title(uint32_t proto);

/**
 * pktcap_proto_level - where a protocol stands
 * @proto: enum pktcap_proto
 *
 * Return: enum pktcap_level, PKTCAP_LEVEL_NONE for an unknown number.
 */
PKTCAP_API enum pktcap_level pktcap_proto_level(uint32_t proto);

/**
 * pktcap_proto_from_name - the number behind a name
 * @name: as pktcap_proto_name() gives it; upper and lower case are equal
 *
 * Return: enum pktcap_proto, or -ENOENT.
 */
PKTCAP_API int pktcap_proto_from_name(const char *name);

/* How decoding a header ended; anything but OK ends the packet, too. */
enum pktcap_status {
	PKTCAP_STATUS_OK = 0,
	PKTCAP_STATUS_TRUNCATED = 1,   /* not all of the header was captured */
	PKTCAP_STATUS_MALFORMED = 2,   /* contradicts its standard */
	PKTCAP_STATUS_UNSUPPORTED = 3, /* nobody here decodes what follows */
};

/**
 * pktcap_status_name - "ok", "truncated", "malformed" or "unsupported"
 * @status: enum pktcap_status
 *
 * Return: a static string, never NULL.
 */
PKTCAP_API const char *pktcap_status_name(uint32_t status);

/* Bits of struct pktcap_layer.flags */
enum pktcap_layer_flags {
	/* In an IP fragment other than the first: nothing was decoded in it. */
	PKTCAP_LAYER_FRAGMENT = 1u << 0,
	/* In the first fragment of several: the rest is in other packets. */
	PKTCAP_LAYER_FIRST_FRAGMENT = 1u << 1,
	/* A length in the header goes beyond what was on the wire. */
	PKTCAP_LAYER_BEYOND = 1u << 2,
	/* A tag that the kernel took out of the bytes: header_len is 0. */
	PKTCAP_LAYER_METADATA = 1u << 3,
	/* The array was full; more headers follow this one. */
	PKTCAP_LAYER_MORE = 1u << 4,
	/* Quoted by an ICMP error: the packet that caused it. */
	PKTCAP_LAYER_QUOTED = 1u << 5,
};

/**
 * struct pktcap_layer - one header of a packet, a borrowed view
 * @data:       the header's first byte, inside the packet's bytes
 * @offset:     of @data in the packet, bytes
 * @header_len: bytes of header at @data; the payload begins behind them.
 *              Where @status is not OK: what is there of it
 * @caplen:     bytes at @data that belong to this layer, header and payload;
 *              padding behind them belongs to the layer in front
 * @wirelen:    the same as its own lengths state it, or as it was on the wire;
 *              @caplen is less where the packet was cut
 * @number:     what led here: EtherType, IP protocol, SAP, PPP protocol,
 *              the link type for the first; for TCP's and UDP's payload the
 *              source port << 16 | destination port; for a tag out of metadata
 *              its TPID << 16 | TCI
 * @proto:      enum pktcap_proto
 * @below:      enum pktcap_proto of the header in front, 0 for the first
 * @flags:      PKTCAP_LAYER_*
 * @status:     enum pktcap_status
 * @reserved:   zero
 *
 * 40 bytes on every architecture.
 */
struct pktcap_layer {
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
	uint32_t offset;
	uint32_t header_len;
	uint32_t caplen;
	uint32_t wirelen;
	uint32_t number;
	uint16_t proto;
	uint16_t below;
	uint16_t flags;
	uint8_t status;
	uint8_t reserved[5];
};

/* Room for all headers of nearly every packet; decoders take longer arrays. */
#define PKTCAP_LAYERS 32

/* What a header that is built (pktcap/build.h) keeps as its struct has it,
 * instead of having it filled in. */
enum pktcap_keep {
	/* Of itself and of what follows, and how many elements a list has. */
	PKTCAP_KEEP_LENGTHS = 1u << 0,
	/* What it says of the header behind it: EtherType, protocol number,
	 * MPLS's bottom bit; and any header may follow it then. */
	PKTCAP_KEEP_NEXT = 1u << 1,
	PKTCAP_KEEP_CHECKSUM = 1u << 2,
	PKTCAP_KEEP_ALL = 7,
};

/* What a field is, and so how it is shown. */
enum pktcap_field_type {
	PKTCAP_FIELD_UINT = 1,	/* value, decimal */
	PKTCAP_FIELD_HEX = 2,	/* value, hexadecimal */
	PKTCAP_FIELD_INT = 3,	/* value, an int64_t */
	PKTCAP_FIELD_FLAG = 4,	/* value 0 or 1 */
	PKTCAP_FIELD_MAC = 5,	/* data, 6 bytes */
	PKTCAP_FIELD_IPV4 = 6,	/* data, 4 bytes */
	PKTCAP_FIELD_IPV6 = 7,	/* data, 16 bytes */
	PKTCAP_FIELD_BYTES = 8, /* data */
	PKTCAP_FIELD_TEXT = 9,	/* data: bytes meant as text, hostile */
	PKTCAP_FIELD_TIME = 10, /* value, int64_t nanoseconds since 1970 */
	/* These have no value: what follows up to their END is inside them. */
	PKTCAP_FIELD_LIST = 20,	 /* groups of which each is an element */
	PKTCAP_FIELD_GROUP = 21, /* fields that belong together */
	PKTCAP_FIELD_END = 22,
};

/**
 * struct pktcap_field - one field of a header, a borrowed view
 * @name:       stable, lower case ("ttl", "src_port"); NULL for END
 * @label:      what the value means ("TCP" for 6), NULL if nothing is known
 * @unit:       "bytes", "s", ...; NULL if it has none
 * @data:       the bytes of addresses, BYTES and TEXT; not terminated. Inside
 *              the packet, except what was put together (DNS names, addresses
 *              that are shortened)
 * @value:      of numbers, flags and times; in host order
 * @data_len:   bytes at @data
 * @bit_offset: where the field begins, in bits behind the layer's first byte
 * @bit_width:  bits it takes in the packet; 0 if it was computed
 * @type:       enum pktcap_field_type
 * @depth:      0 for the layer's own fields, 1 inside a LIST or GROUP, ...
 * @reserved:   zero
 */
struct pktcap_field {
	const char *name;
	const char *label;
	const char *unit;
	const uint8_t *data;
	uint64_t value;
	uint32_t data_len;
	uint32_t bit_offset;
	uint32_t bit_width;
	uint8_t type;
	uint8_t depth;
	uint8_t reserved[2];
};

/* Gets one field, valid during the call; nonzero ends the walk. */
typedef int (*pktcap_field_fn)(void *arg, const struct pktcap_field *field);

/**
 * pktcap_layer_fields - every field of a header, in the order of its bytes
 * @layer: from pktcap_decode(), borrowed
 * @fn:    called for each field; depth never exceeds 7, and every LIST and
 *         GROUP is followed by its END unless @fn stops the walk
 * @arg:   given to @fn
 *
 * Fields that were not captured are left out. A layer that is not OK gives
 * the fields in front of the damage.
 *
 * Return: 0, or what @fn returned.
 */
PKTCAP_API int pktcap_layer_fields(const struct pktcap_layer *layer,
				   pktcap_field_fn fn, void *arg);

/**
 * struct pktcap_tlv - an element of a list of types, lengths and values
 * @data:     the value, borrowed
 * @offset:   of the element in the layer, bytes
 * @type:     what it is, as its protocol numbers them
 * @len:      bytes at @data, whatever the packet's own length counts
 * @reserved: zero
 *
 * From pktcap_X_next(layer, offset, out) of protocols with such lists. @offset
 * is 0 for the first element, then belongs to the walk:
 *
 *	uint32_t at = 0;
 *	struct pktcap_tlv tag;
 *	while (pktcap_pppoe_tag_next(layer, &at, &tag) == 1)
 *		...
 *
 * They return 1 with an element, 0 behind the last one or if the message has no
 * list, -EPROTO if an element goes beyond the list, -ENODATA if it was not
 * captured, -EPROTOTYPE for a layer of another protocol. @out is left alone
 * unless 1 is returned. Any thread.
 *
 * The way back, to build such a list, is pktcap_X_put(buf, size, elements, n):
 * it writes @n elements, which it borrows and of which it does not read
 * @offset, to the @size bytes at @buf, where the struct of the header points to
 * then. @data may be NULL where @len is 0. It returns the bytes of the list,
 * -ENOSPC if they are more than @size, -ERANGE if a type or a length does not
 * fit into its field, both with @buf written in part. Any thread.
 */
struct pktcap_tlv {
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
	uint32_t offset;
	uint32_t type;
	uint32_t len;
	uint32_t reserved;
};

/* What can be said about a checksum. */
enum pktcap_checksum {
	PKTCAP_CHECKSUM_NONE = 0, /* the header has none, or it is not used */
	PKTCAP_CHECKSUM_GOOD = 1,
	PKTCAP_CHECKSUM_BAD = 2,
	/* Sent by this machine: hardware would have filled it in later. */
	PKTCAP_CHECKSUM_NOT_READY = 3,
	/* Not all it is over was captured as it was sent. */
	PKTCAP_CHECKSUM_UNKNOWN = 4,
};

/**
 * pktcap_layer_checksum - is the checksum of a header right?
 * @pkt:    the packet, borrowed; its flags tell what the kernel knows
 * @layers: all layers of it, from pktcap_decode() or pktcap_decode_to()
 * @n:      their number
 * @index:  of the header in @layers, less than @n
 *
 * Reads all the checksum is over, which may be the whole packet: IPv4 headers,
 * ICMP, ICMPv6, IGMP, TCP, UDP, UDP-Lite, SCTP, GRE, mobility headers, OSPF and
 * VRRP. Others have none. It is unknown in fragments, in packets that were cut
 * or merged, in those an ICMP error quotes, and where it does not fit because
 * a checksum inside a tunnel is not ready. Without the kernel's word (in a
 * file) a checksum counts as not ready if it is what a sender leaves to
 * hardware, the sum of the pseudo header. UDP without a checksum, SCTP with 0
 * (RFC 9653) and OSPF with cryptographic authentication have none. Over IPv6
 * only what carries a tunnel may be without (RFC 8200, 8.1; RFC 6935): VXLAN,
 * Geneve, GTP-U and ESP; other UDP with 0 is bad, or unknown if @layers ends
 * in front of its payload.
 *
 * Return: enum pktcap_checksum. Any thread.
 */
PKTCAP_API enum pktcap_checksum
pktcap_layer_checksum(const struct pktcap_packet *pkt,
		      const struct pktcap_layer *layers, size_t n,
		      size_t index);

/**
 * pktcap_checksum_name - "none", "good", "bad", "not ready" or "unknown"
 * @checksum: enum pktcap_checksum
 *
 * Return: a static string, never NULL.
 */
PKTCAP_API const char *pktcap_checksum_name(uint32_t checksum);

/*
 * Getters, pktcap_X_get(), read a header into a plain struct: one for each
 * protocol, in pktcap/proto_link.h, proto_network.h, proto_transport.h and
 * proto_application.h. All of them read @layer, which is borrowed, into @out,
 * which is the caller's; pointers in @out borrow the packet's bytes. They
 * return
 *   0
 *   -EPROTOTYPE  the layer is of another protocol
 *   -ENODATA     what @out tells of was not all captured, or is malformed
 * and leave @out alone if they fail. Any thread. Numbers are in host order.
 *
 * Of AH, ARP, Geneve, GRE, GTP-U, IPv4, IPv6's options and routing headers,
 * QUIC, radiotap, SNMP and STP all of the header must be there, the bytes that
 * @out borrows included. Of others the fields are enough: a length beside
 * borrowed bytes counts those that were captured, which may be fewer than the
 * header says.
 */

#ifdef __cplusplus
}
#endif
#endif
