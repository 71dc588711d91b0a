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
 * @control_len: bytes, 1 or 2
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
 * @oui:      organisation, 24 bits; with 0 @pid is an EtherType
 * @pid:      protocol, as the organisation numbers it
 * @reserved: zero
 */
struct pktcap_snap {
	uint32_t oui;
	uint16_t pid;
	uint16_t reserved;
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
 * @big_endian: 1 if the packet has it in network order
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
 * @version:  1
 * @type:     1
 * @code:     0 in a session; 9 PADI, 7 PADO, 0x19 PADR, 0x65 PADS, 0xa7 PADT
 * @reserved: zero
 */
struct pktcap_pppoe {
	uint16_t session;
	uint16_t length;
	uint8_t version;
	uint8_t type;
	uint8_t code;
	uint8_t reserved;
};

PKTCAP_API int pktcap_pppoe_get(const struct pktcap_layer *layer,
				struct pktcap_pppoe *out);
/* The tags of discovery, see struct pktcap_tlv; a session has none. */
PKTCAP_API int pktcap_pppoe_tag_next(const struct pktcap_layer *layer,
				     uint32_t *offset, struct pktcap_tlv *tag);

/**
 * struct pktcap_ppp - PPP (RFC 1661), or Cisco's HDLC
 * @protocol:      0x0021 IPv4, 0x0057 IPv6, 0xc021 LCP, ...; with @cisco an
 *                 EtherType
 * @protocol_len:  bytes, 1 if it is compressed, else 2
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
 * @reserved: zero
 */
struct pktcap_pppcp {
	uint16_t protocol;
	uint16_t length;
	uint8_t code;
	uint8_t id;
	uint16_t reserved;
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

#ifdef __cplusplus
}
#endif
#endif
