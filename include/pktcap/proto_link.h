/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Headers of link layers, and of the protocols that bridges speak.
 * What a getter returns is told once, at the end of pktcap/proto.h.
 */
#ifndef PKTCAP_PROTO_LINK_H
#define PKTCAP_PROTO_LINK_H

#include <pktcap/proto.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * struct pktcap_eth - Ethernet header (IEEE 802.3)
 * @dst:  destination
 * @src:  source
 * @type: EtherType (from 0x0600 on), or the length of an 802.3 frame
 */
struct pktcap_eth {
	uint8_t dst[6];
	uint8_t src[6];
	uint16_t type;
};

PKTCAP_API int pktcap_eth_get(const struct pktcap_layer *layer,
			      struct pktcap_eth *out);

/**
 * struct pktcap_vlan - a VLAN tag (IEEE 802.1Q, 802.1ad)
 * @tpid: the type that announced it: 0x8100, 0x88a8, 0x9100, ...
 * @vid:  VLAN, 0 to 4095; 0 is a priority tag
 * @pcp:  priority, 0 to 7
 * @dei:  1 if the frame may be dropped first
 * @type: EtherType of what follows, or an 802.3 length; 0 where the tag came
 *        out of metadata, whose frame has its type in the Ethernet header
 */
struct pktcap_vlan {
	uint16_t tpid;
	uint16_t vid;
	uint8_t pcp;
	uint8_t dei;
	uint16_t type;
};

PKTCAP_API int pktcap_vlan_get(const struct pktcap_layer *layer,
			       struct pktcap_vlan *out);

/**
 * struct pktcap_llc - 802.2 logical link control
 * @dsap:        destination service access point, group bit included
 * @ssap:        source service access point, response bit included
 * @control:     1 byte of it if its last two bits are 1 (an unnumbered frame),
 *               otherwise 2 bytes, big-endian
 * @control_len: bytes, 1 or 2; 0 builds an unnumbered information frame,
 *               whatever @control is
 * @reserved:    zero
 */
struct pktcap_llc {
	uint8_t dsap;
	uint8_t ssap;
	uint16_t control;
	uint8_t control_len;
	uint8_t reserved;
};

PKTCAP_API int pktcap_llc_get(const struct pktcap_layer *layer,
			      struct pktcap_llc *out);

/**
 * struct pktcap_snap - SNAP header behind LLC (IEEE 802, section 9.5)
 * @oui: organisation, 24 bits; with 0 @pid is an EtherType
 * @pid: protocol, as the organisation numbers it
 * @pad: two bytes in front of a bridged Ethernet frame, of the organisation
 *       0x0080c2 with the protocols 1 and 7 (RFC 2684); otherwise 0
 */
struct pktcap_snap {
	uint32_t oui;
	uint16_t pid;
	uint16_t pad;
};

PKTCAP_API int pktcap_snap_get(const struct pktcap_layer *layer,
			       struct pktcap_snap *out);

/**
 * struct pktcap_sll - Linux cooked capture (LINKTYPE_LINUX_SLL)
 * @pkttype:     0 to us, 1 broadcast, 2 multicast, 3 to another host,
 *               4 sent by us
 * @hatype:      ARPHRD_ type of the device
 * @address_len: of the sender's address, bytes; may be more than 8
 * @protocol:    EtherType, or one of Linux's own: 1 Novell, 4 LLC
 * @address:     of the sender, the first 8 bytes; zero behind it, mostly
 */
struct pktcap_sll {
	uint16_t pkttype;
	uint16_t hatype;
	uint16_t address_len;
	uint16_t protocol;
	uint8_t address[8];
};

PKTCAP_API int pktcap_sll_get(const struct pktcap_layer *layer,
			      struct pktcap_sll *out);

/**
 * struct pktcap_sll2 - Linux cooked capture v2 (LINKTYPE_LINUX_SLL2)
 * @ifindex:     interface, as its machine numbers them
 * @protocol:    EtherType, or one of Linux's own: 1 Novell, 4 LLC
 * @reserved:    as in the packet, zero
 * @hatype:      ARPHRD_ type of the device
 * @pkttype:     as in struct pktcap_sll
 * @address_len: of the sender's address, bytes; may be more than 8
 * @address:     of the sender, the first 8 bytes; zero behind it, mostly
 */
struct pktcap_sll2 {
	uint32_t ifindex;
	uint16_t protocol;
	uint16_t reserved;
	uint16_t hatype;
	uint8_t pkttype;
	uint8_t address_len;
	uint8_t address[8];
};

PKTCAP_API int pktcap_sll2_get(const struct pktcap_layer *layer,
			       struct pktcap_sll2 *out);

/**
 * struct pktcap_null - BSD loopback (LINKTYPE_NULL, LINKTYPE_LOOP)
 * @family:     AF_ of the system that captured: 2 is IPv4 everywhere; IPv6 is
 *              10 (Linux), 24 (NetBSD, OpenBSD), 28 (FreeBSD) or 30 (macOS)
 * @big_endian: 1 if the packet has it in network order; 0 only if it has no
 *              more than 16 bits
 * @reserved:   zero
 */
struct pktcap_null {
	uint32_t family;
	uint8_t big_endian;
	uint8_t reserved[3];
};

PKTCAP_API int pktcap_null_get(const struct pktcap_layer *layer,
			       struct pktcap_null *out);

/**
 * struct pktcap_mpls - a label (RFC 3032)
 * @label:    20 bits; below 16 a special one
 * @tc:       traffic class, 3 bits
 * @bottom:   1 if no label follows
 * @ttl:      hops left
 * @has_word: 1 if a word of RFC 4385 follows the last label: a pseudowire's
 *            control word, or an associated channel (its first bits are 0001)
 * @word:     this word
 */
struct pktcap_mpls {
	uint32_t label;
	uint8_t tc;
	uint8_t bottom;
	uint8_t ttl;
	uint8_t has_word;
	uint32_t word;
};

PKTCAP_API int pktcap_mpls_get(const struct pktcap_layer *layer,
			       struct pktcap_mpls *out);

/**
 * struct pktcap_pppoe - PPP over Ethernet (RFC 2516, section 4)
 * @session:  0 while it is discovered
 * @length:   of PPP's frame, or of all tags, bytes
 * @version:  1; 0 is built as 1 unless all is kept
 * @type:     1; 0 as well
 * @code:     0 in a session; 9 PADI, 7 PADO, 0x19 PADR, 0x65 PADS, 0xa7 PADT
 * @reserved: zero
 * @tags_len: bytes at @tags
 * @tags:     of discovery, all of them, borrowed; otherwise NULL
 */
struct pktcap_pppoe {
	uint16_t session;
	uint16_t length;
	uint8_t version;
	uint8_t type;
	uint8_t code;
	uint8_t reserved[5];
	uint32_t tags_len;
	union {
		const uint8_t *tags;
		uint64_t tags_slot;
	};
};

PKTCAP_API int pktcap_pppoe_get(const struct pktcap_layer *layer,
				struct pktcap_pppoe *out);
/* The tags of discovery, see struct pktcap_tlv; a session has none. */
PKTCAP_API int pktcap_pppoe_tag_next(const struct pktcap_layer *layer,
				     uint32_t *offset, struct pktcap_tlv *tag);
PKTCAP_API int pktcap_pppoe_tags_put(void *buf, size_t size,
				     const struct pktcap_tlv *tags, size_t n);

/**
 * struct pktcap_ppp - PPP (RFC 1661), or Cisco's HDLC
 * @protocol:      0x0021 IPv4, 0x0057 IPv6, 0xc021 LCP, ...; with @cisco an
 *                 EtherType
 * @protocol_len:  bytes, 1 if it is compressed, else 2; 0 builds 2
 * @framed:        1 if address and control are there
 * @address:       0xff; 0x0f or 0x8f of Cisco
 * @control:       3; 0 of Cisco
 * @has_direction: 1 if a byte in front says which way the frame went
 * @direction:     this byte: 0 received, otherwise sent
 * @cisco:         1 if this is Cisco's HDLC
 * @reserved:      zero
 */
struct pktcap_ppp {
	uint16_t protocol;
	uint8_t protocol_len;
	uint8_t framed;
	uint8_t address;
	uint8_t control;
	uint8_t has_direction;
	uint8_t direction;
	uint8_t cisco;
	uint8_t reserved;
};

PKTCAP_API int pktcap_ppp_get(const struct pktcap_layer *layer,
			      struct pktcap_ppp *out);

/**
 * struct pktcap_pppcp - a message of LCP, IPCP, IPV6CP, PAP, CHAP, EAP, ...
 * @protocol: PPP protocol: 0xc021 LCP, 0xc023 PAP, 0xc223 CHAP, 0x8021 IPCP
 * @length:   of the message, this header included, bytes
 * @code:     of LCP and its like 1 request, 2 ack, 3 nak, 4 reject, ...
 * @id:       that the answer repeats
 * @data_len: bytes at @data, fewer than @length says if the packet was cut
 * @data:     what is behind these four bytes: options, the name and password
 *            of PAP, the value of CHAP, ...; borrowed, NULL if there is none
 */
struct pktcap_pppcp {
	uint16_t protocol;
	uint16_t length;
	uint8_t code;
	uint8_t id;
	uint16_t data_len;
	union {
		const uint8_t *data;
		uint64_t data_slot;
	};
};

PKTCAP_API int pktcap_pppcp_get(const struct pktcap_layer *layer,
				struct pktcap_pppcp *out);
/*
 * The options of a configuration message (LCP, IPCP and their like), see
 * struct pktcap_tlv; other messages have none.
 */
PKTCAP_API int pktcap_pppcp_option_next(const struct pktcap_layer *layer,
					uint32_t *offset,
					struct pktcap_tlv *option);
PKTCAP_API int pktcap_pppcp_options_put(void *buf, size_t size,
					const struct pktcap_tlv *options,
					size_t n);

/**
 * struct pktcap_stp - BPDU of STP, RSTP or MSTP (IEEE 802.1Q, section 14.2)
 * @protocol:        0
 * @version:         0 STP, 2 RSTP, 3 MSTP
 * @type:            0 configuration, 2 that of RSTP and MSTP, 0x80 topology
 *                   change: all that is below is zero
 * @root_cost:       path cost to the root
 * @root_priority:   4 bits priority, 12 bits system id extension
 * @root:            the root's address
 * @bridge_priority: of the sender, as that of the root
 * @bridge:          the sender's address
 * @port:            priority and number of its port
 * @message_age:     1/256 s, as all times
 * @max_age:         when what is known about the root is forgotten
 * @hello_time:      between two BPDUs
 * @forward_delay:   in the states listening and learning
 * @vlan:            PVST+: the VLAN this tree is for, valid with @has_vlan
 * @regions_len:     bytes at @regions
 * @flags:           0x80 topology change acknowledged, 0x40 agreement, 0x20
 *                   forwarding, 0x10 learning, 0x0c role of the port, 0x02
 *                   proposal, 0x01 topology change
 * @has_vlan:        1 or 0
 * @vlan_type:       PVST+: of the element that holds the VLAN, 0
 * @vlan_len:        PVST+: bytes the VLAN has there, 2
 * @version1_length: RSTP, MSTP and PVST+: bytes of version 1's own, 0
 * @reserved:        zero
 * @regions:         MSTP: what the length of version 3 counts, borrowed
 */
struct pktcap_stp {
	uint16_t protocol;
	uint8_t version;
	uint8_t type;
	uint32_t root_cost;
	uint16_t root_priority;
	uint8_t root[6];
	uint16_t bridge_priority;
	uint8_t bridge[6];
	uint16_t port;
	uint16_t message_age;
	uint16_t max_age;
	uint16_t hello_time;
	uint16_t forward_delay;
	uint16_t vlan;
	uint16_t regions_len;
	uint8_t flags;
	uint8_t has_vlan;
	uint16_t vlan_type;
	uint16_t vlan_len;
	uint8_t version1_length;
	uint8_t reserved[3];
	union {
		const uint8_t *regions;
		uint64_t regions_slot;
	};
};

PKTCAP_API int pktcap_stp_get(const struct pktcap_layer *layer,
			      struct pktcap_stp *out);

/**
 * struct pktcap_lacp_port - one side of an aggregated link
 * @system_priority: of its system
 * @system:          address of the system
 * @key:             ports with the same may be aggregated
 * @port_priority:   of the port
 * @port:            number of the port
 * @state:           0x01 active, 0x02 short timeout, 0x04 aggregatable, 0x08
 *                   synchronized, 0x10 collecting, 0x20 distributing, 0x40
 *                   defaulted, 0x80 expired
 * @reserved:        as in the packet
 */
struct pktcap_lacp_port {
	uint16_t system_priority;
	uint8_t system[6];
	uint16_t key;
	uint16_t port_priority;
	uint16_t port;
	uint8_t state;
	uint8_t reserved[3];
};

/**
 * struct pktcap_lacp - a slow protocol (IEEE 802.1AX, section 6.4)
 * @actor:               LACP: the sender
 * @partner:             LACP: what the sender thinks of the other side
 * @marker_transaction:  marker: number of the request
 * @marker_system:       marker: who asked
 * @marker_port:         marker: from which port
 * @collector_max_delay: LACP: 10 us
 * @subtype:             1 LACP, 2 marker; of others nothing else is told
 * @version:             1; 0 is built as 1 unless all is kept
 * @marker_type:         1 marker, 2 its response
 * @reserved:            zero
 * @body_len:            bytes at @body
 * @body:                all behind the partner, of a marker all behind its
 *                       number, as captured: the collector and what is
 *                       reserved; borrowed, NULL if there is none: the usual
 *                       one is built then unless all is kept
 */
struct pktcap_lacp {
	struct pktcap_lacp_port actor;
	struct pktcap_lacp_port partner;
	uint32_t marker_transaction;
	uint8_t marker_system[6];
	uint16_t marker_port;
	uint16_t collector_max_delay;
	uint8_t subtype;
	uint8_t version;
	uint8_t marker_type;
	uint8_t reserved[7];
	uint32_t body_len;
	union {
		const uint8_t *body;
		uint64_t body_slot;
	};
};

PKTCAP_API int pktcap_lacp_get(const struct pktcap_layer *layer,
			       struct pktcap_lacp *out);

/**
 * struct pktcap_lldp - what every LLDP message begins with (IEEE 802.1AB)
 * @chassis:         id of the sender, borrowed
 * @port:            id of its port, borrowed
 * @chassis_len:     bytes at @chassis
 * @port_len:        bytes at @port
 * @ttl:             seconds this is true; 0 says goodbye
 * @chassis_subtype: what @chassis is: 4 a MAC address, 7 locally assigned, ...
 * @port_subtype:    what @port is: 3 a MAC address, 5 an interface name, ...
 * @tlvs_len:        bytes at @tlvs
 * @ttl_len:         bytes of the element that begins with @ttl; what it has
 *                   more than 2 is the first at @tlvs; 0 builds 2
 * @reserved:        zero
 * @tlvs:            all behind @ttl, the end and padding included, as captured;
 *                   borrowed, NULL if there is none: the end is built then
 *                   unless all is kept
 */
struct pktcap_lldp {
	union {
		const uint8_t *chassis;
		uint64_t chassis_slot;
	};
	union {
		const uint8_t *port;
		uint64_t port_slot;
	};
	uint16_t chassis_len;
	uint16_t port_len;
	uint16_t ttl;
	uint8_t chassis_subtype;
	uint8_t port_subtype;
	uint32_t tlvs_len;
	uint16_t ttl_len;
	uint16_t reserved;
	union {
		const uint8_t *tlvs;
		uint64_t tlvs_slot;
	};
};

PKTCAP_API int pktcap_lldp_get(const struct pktcap_layer *layer,
			       struct pktcap_lldp *out);
/* All elements, the three above included, up to the end; see pktcap_tlv. */
PKTCAP_API int pktcap_lldp_tlv_next(const struct pktcap_layer *layer,
				    uint32_t *offset, struct pktcap_tlv *tlv);
/* For struct pktcap_lldp.tlvs; the last one has type 0 and no value. */
PKTCAP_API int pktcap_lldp_tlvs_put(void *buf, size_t size,
				    const struct pktcap_tlv *tlvs, size_t n);

/**
 * struct pktcap_radiotap - what an adapter said about an 802.11 frame
 * @tsft:          microseconds of the adapter's clock; as all below valid only
 *                 if its bit of @found is set
 * @present:       the first word of present, as in the packet
 * @found:         which of its fields were read: bit 0 @tsft, 1 @flags, 2
 *                 @rate, 3 @frequency, 5 @signal, 6 @noise, 11 @antenna, 19
 *                 @mcs; further bits as www.radiotap.org has them
 * @header_len:    bytes
 * @frequency:     MHz
 * @channel_flags: 0x0080 2 GHz, 0x0100 5 GHz, 0x0020 CCK, 0x0040 OFDM, ...
 * @flags:         0x10 an FCS is behind the frame, 0x20 its body is padded,
 *                 0x40 the FCS was wrong
 * @rate:          500 kbit/s
 * @signal:        dBm
 * @noise:         dBm
 * @antenna:       which one
 * @mcs:           known bits, flags, MCS
 * @version:       0
 * @pad:           as in the packet
 *
 * Of several antennas this is the first; pktcap_layer_fields() tells all.
 */
struct pktcap_radiotap {
	uint64_t tsft;
	uint32_t present;
	uint32_t found;
	uint16_t header_len;
	uint16_t frequency;
	uint16_t channel_flags;
	uint8_t flags;
	uint8_t rate;
	int8_t signal;
	int8_t noise;
	uint8_t antenna;
	uint8_t mcs[3];
	uint8_t version;
	uint8_t pad;
};

PKTCAP_API int pktcap_radiotap_get(const struct pktcap_layer *layer,
				   struct pktcap_radiotap *out);

/* Subtypes of 802.11 management frames (IEEE 802.11-2020, table 9-1). */
enum pktcap_wifi_management {
	PKTCAP_WIFI_ASSOCIATION_REQUEST = 0,
	PKTCAP_WIFI_ASSOCIATION_RESPONSE = 1,
	PKTCAP_WIFI_REASSOCIATION_REQUEST = 2,
	PKTCAP_WIFI_REASSOCIATION_RESPONSE = 3,
	PKTCAP_WIFI_PROBE_REQUEST = 4,
	PKTCAP_WIFI_PROBE_RESPONSE = 5,
	PKTCAP_WIFI_BEACON = 8,
	PKTCAP_WIFI_DISASSOCIATION = 10,
	PKTCAP_WIFI_AUTHENTICATION = 11,
	PKTCAP_WIFI_DEAUTHENTICATION = 12,
	PKTCAP_WIFI_ACTION = 13,
	PKTCAP_WIFI_ACTION_NO_ACK = 14,
};

/**
 * struct pktcap_wifi - 802.11 MAC header (IEEE 802.11-2020, section 9.2.3)
 * @address:        1 to 4; whose they are depends on @type and @flags
 * @ht_control:     valid with @has_ht_control
 * @duration:       microseconds; of a PS-poll the association id
 * @sequence:       12 bits; 0 in control frames
 * @qos:            QoS control, valid with @has_qos
 * @type:           0 management, 1 control, 2 data, 3 extension
 * @subtype:        of a management frame see enum pktcap_wifi_management
 * @version:        0
 * @flags:          0x01 to and 0x02 from the distribution system, 0x04 more
 *                  fragments, 0x08 retry, 0x10 power save, 0x20 more data,
 *                  0x40 protected, 0x80 order
 * @fragment:       4 bits
 * @addresses:      how many of @address there are
 * @has_qos:        1 or 0
 * @has_ht_control: 1 or 0
 * @header_len:     bytes; a management frame's body is behind them
 * @reserved:       zero
 */
struct pktcap_wifi {
	uint8_t address[4][6];
	uint32_t ht_control;
	uint16_t duration;
	uint16_t sequence;
	uint16_t qos;
	uint8_t type;
	uint8_t subtype;
	uint8_t version;
	uint8_t flags;
	uint8_t fragment;
	uint8_t addresses;
	uint8_t has_qos;
	uint8_t has_ht_control;
	uint8_t header_len;
	uint8_t reserved[5];
};

PKTCAP_API int pktcap_wifi_get(const struct pktcap_layer *layer,
			       struct pktcap_wifi *out);
/*
 * The elements of a management frame (0 SSID, 1 rates, 3 channel, 48 RSN, ...),
 * see struct pktcap_tlv; other frames, and protected ones, have none.
 */
PKTCAP_API int pktcap_wifi_element_next(const struct pktcap_layer *layer,
					uint32_t *offset,
					struct pktcap_tlv *element);

#ifdef __cplusplus
}
#endif
#endif
