/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A packet out of a fuzzer's bytes, the same for all targets that take one:
 * link type, flags (two bytes), what was cut off, then the packet. seeds.py
 * makes them of captures.
 */
#ifndef TESTS_FUZZ_PACKET_INPUT_H
#define TESTS_FUZZ_PACKET_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pktcap/base.h>

enum { PACKET_INPUT_HEAD = 4 };

static const uint16_t packet_input_linktypes[] = {
	PKTCAP_LINKTYPE_ETHERNET,   PKTCAP_LINKTYPE_RAW,
	PKTCAP_LINKTYPE_LINUX_SLL,  PKTCAP_LINKTYPE_LINUX_SLL2,
	PKTCAP_LINKTYPE_NULL,	    PKTCAP_LINKTYPE_PPP,
	PKTCAP_LINKTYPE_PPP_HDLC,   PKTCAP_LINKTYPE_PPP_ETHER,
	PKTCAP_LINKTYPE_IEEE802_11, PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP,
	PKTCAP_LINKTYPE_LOOP,	    PKTCAP_LINKTYPE_IPV4,
	PKTCAP_LINKTYPE_IPV6,	    PKTCAP_LINKTYPE_C_HDLC,
	PKTCAP_LINKTYPE_VSOCK,	    PKTCAP_LINKTYPE_CAN_SOCKETCAN,
};

/* False if there are too few bytes. */
static inline bool packet_input(const uint8_t *data, size_t size,
				struct pktcap_packet *pkt)
{
	const size_t linktypes = sizeof(packet_input_linktypes) /
				 sizeof(packet_input_linktypes[0]);

	if (size < PACKET_INPUT_HEAD)
		return false;
	*pkt = (struct pktcap_packet){
		.data = data + PACKET_INPUT_HEAD,
		.caplen = (uint32_t)(size - PACKET_INPUT_HEAD),
		.linktype = packet_input_linktypes[data[0] % linktypes],
		.flags = (uint32_t)(data[1] << 8 | data[2]),
		.vlan_tpid = 0x8100,
		.vlan_tci = 0x2005,
	};
	pkt->wirelen = pkt->caplen + data[3];
	return true;
}

#endif
