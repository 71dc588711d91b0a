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

#ifdef __cplusplus
}
#endif
#endif
