/* SPDX-License-Identifier: BSD-2-Clause */
/* The link types that expressions are compared with libpcap's on. */
#ifndef TESTS_SUPPORT_PEER_LINKS_H
#define TESTS_SUPPORT_PEER_LINKS_H

#include <pcap/pcap.h>
#include <stdint.h>

#include <pktcap/filter.h>

#include "support/packets.h"

/* LINKTYPE_ numbers are not always those that libpcap calls DLT_. */
static const struct link {
	const char *name;
	uint32_t linktype;
	int dlt;
} links[] = {
	{ "EN10MB", PKTCAP_LINKTYPE_ETHERNET, DLT_EN10MB },
	{ "LINUX_SLL", PKTCAP_LINKTYPE_LINUX_SLL, DLT_LINUX_SLL },
	{ "LINUX_SLL2", PKTCAP_LINKTYPE_LINUX_SLL2, DLT_LINUX_SLL2 },
	{ "RAW", PKTCAP_LINKTYPE_RAW, DLT_RAW },
	{ "IPV4", PKTCAP_LINKTYPE_IPV4, DLT_IPV4 },
	{ "IPV6", PKTCAP_LINKTYPE_IPV6, DLT_IPV6 },
	{ "NULL", PKTCAP_LINKTYPE_NULL, DLT_NULL },
	{ "LOOP", PKTCAP_LINKTYPE_LOOP, DLT_LOOP },
	{ "PPP", PKTCAP_LINKTYPE_PPP, DLT_PPP },
	{ "PPP_SERIAL", PKTCAP_LINKTYPE_PPP_HDLC, DLT_PPP_SERIAL },
	{ "C_HDLC", PKTCAP_LINKTYPE_C_HDLC, DLT_C_HDLC },
	{ "IEEE802_11", PKTCAP_LINKTYPE_IEEE802_11, DLT_IEEE802_11 },
	{ "IEEE802_11_RADIO", PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP,
	  DLT_IEEE802_11_RADIO },
	{ "PFLOG", PACKET_LINKTYPE_PFLOG, DLT_PFLOG },
	{ "SUNATM", PACKET_LINKTYPE_SUNATM, DLT_SUNATM },
	{ "MTP2_WITH_PHDR", PACKET_LINKTYPE_MTP2_WITH_PHDR,
	  DLT_MTP2_WITH_PHDR },
	{ "MTP2", PACKET_LINKTYPE_MTP2, DLT_MTP2 },
};

enum { LINKS = sizeof(links) / sizeof(links[0]) };

/*
 * Without a file libpcap takes the address families of its own system, as we
 * do for a live capture, which changes nothing else where there are families.
 */
static uint32_t flags_of(const struct link *link)
{
	return link->dlt == DLT_NULL || link->dlt == DLT_LOOP ||
			       link->dlt == DLT_PFLOG
		       ? PKTCAP_FILTER_LIVE
		       : 0;
}

#endif
