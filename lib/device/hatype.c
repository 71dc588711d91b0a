// SPDX-License-Identifier: BSD-2-Clause
#include "device/hatype.h"

#include <pktcap/base.h>

#include <linux/if_arp.h>

#ifndef ARPHRD_VSOCKMON /* 4.12 */
#define ARPHRD_VSOCKMON 826
#endif

/*
 * PPP is left out on purpose: what stands before the IP header depends on the
 * driver. So are the GRE tunnels, whose header comes and goes with the remote
 * address.
 */
uint32_t device_linktype(uint32_t hatype)
{
	switch (hatype) {
	case ARPHRD_ETHER:
	case ARPHRD_EETHER:
	case ARPHRD_LOOPBACK:
		return PKTCAP_LINKTYPE_ETHERNET;
	case ARPHRD_NONE:
	case ARPHRD_RAWIP:
	case ARPHRD_TUNNEL:
	case ARPHRD_TUNNEL6:
	case ARPHRD_SIT:
		return PKTCAP_LINKTYPE_RAW;
	case ARPHRD_IEEE80211:
		return PKTCAP_LINKTYPE_IEEE802_11;
	case ARPHRD_IEEE80211_PRISM:
		return PKTCAP_LINKTYPE_IEEE802_11_PRISM;
	case ARPHRD_IEEE80211_RADIOTAP:
		return PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP;
	case ARPHRD_IEEE802154:
		return PKTCAP_LINKTYPE_IEEE802_15_4_NOFCS;
	case ARPHRD_CISCO:
		return PKTCAP_LINKTYPE_C_HDLC;
	case ARPHRD_CAN:
		return PKTCAP_LINKTYPE_CAN_SOCKETCAN;
	case ARPHRD_NETLINK:
		return PKTCAP_LINKTYPE_NETLINK;
	case ARPHRD_VSOCKMON:
		return PKTCAP_LINKTYPE_VSOCK;
	default:
		return PKTCAP_LINKTYPE_LINUX_SLL2;
	}
}
