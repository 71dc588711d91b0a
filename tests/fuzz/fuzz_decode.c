// SPDX-License-Identifier: BSD-2-Clause
/* Any bytes with any link type: decoded, read and printed in bounds. */
#include <stddef.h>
#include <stdint.h>

#include "support/examine_print.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint16_t linktypes[] = {
	PKTCAP_LINKTYPE_ETHERNET,   PKTCAP_LINKTYPE_RAW,
	PKTCAP_LINKTYPE_LINUX_SLL,  PKTCAP_LINKTYPE_LINUX_SLL2,
	PKTCAP_LINKTYPE_NULL,	    PKTCAP_LINKTYPE_PPP,
	PKTCAP_LINKTYPE_PPP_HDLC,   PKTCAP_LINKTYPE_PPP_ETHER,
	PKTCAP_LINKTYPE_IEEE802_11, PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP,
	PKTCAP_LINKTYPE_LOOP,	    PKTCAP_LINKTYPE_IPV4,
	PKTCAP_LINKTYPE_IPV6,	    PKTCAP_LINKTYPE_C_HDLC,
	PKTCAP_LINKTYPE_VSOCK,	    PKTCAP_LINKTYPE_CAN_SOCKETCAN,
};

/* Link type, flags (two bytes), what was cut off, then the packet. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pktcap_packet pkt = { .vlan_tpid = 0x8100, .vlan_tci = 0x2005 };

	if (size < 4)
		return 0;
	pkt.linktype =
		linktypes[data[0] % (sizeof(linktypes) / sizeof(linktypes[0]))];
	pkt.flags = (uint32_t)(data[1] << 8 | data[2]);
	pkt.data = data + 4;
	pkt.caplen = (uint32_t)(size - 4);
	pkt.wirelen = pkt.caplen + data[3];
	examine(&pkt);
	/* The bytes choose how they are shown and where the text is cut. */
	examine_print(&pkt, data[2], (size_t)data[1] * 7 + data[3]);
	return 0;
}
