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

#ifdef __cplusplus
}
#endif
#endif
