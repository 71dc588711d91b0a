// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/base.h>

#include <errno.h>
#include <strings.h>

static const struct linktype {
	uint16_t number;
	const char *name;
	const char *description;
} linktypes[] = {
	{ PKTCAP_LINKTYPE_NULL, "NULL", "BSD loopback" },
	{ PKTCAP_LINKTYPE_ETHERNET, "EN10MB", "Ethernet" },
	{ PKTCAP_LINKTYPE_PPP, "PPP", "PPP" },
	{ PKTCAP_LINKTYPE_PPP_HDLC, "PPP_SERIAL", "PPP over serial" },
	{ PKTCAP_LINKTYPE_PPP_ETHER, "PPP_ETHER", "PPPoE" },
	{ PKTCAP_LINKTYPE_RAW, "RAW", "Raw IP" },
	/* In files of BSD systems, and of OpenBSD. */
	{ 12, "RAW", "Raw IP" },
	{ 14, "RAW", "Raw IP" },
	{ PKTCAP_LINKTYPE_C_HDLC, "C_HDLC", "Cisco HDLC" },
	{ PKTCAP_LINKTYPE_IEEE802_11, "IEEE802_11", "802.11" },
	{ PKTCAP_LINKTYPE_FRELAY, "FRELAY", "Frame Relay" },
	{ PKTCAP_LINKTYPE_LOOP, "LOOP", "OpenBSD loopback" },
	{ PKTCAP_LINKTYPE_LINUX_SLL, "LINUX_SLL", "Linux cooked v1" },
	{ PKTCAP_LINKTYPE_IEEE802_11_PRISM, "PRISM_HEADER",
	  "802.11 plus Prism header" },
	{ PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP, "IEEE802_11_RADIO",
	  "802.11 plus radiotap header" },
	{ PKTCAP_LINKTYPE_IEEE802_15_4_NOFCS, "IEEE802_15_4_NOFCS",
	  "IEEE 802.15.4 without FCS" },
	{ PKTCAP_LINKTYPE_CAN_SOCKETCAN, "CAN_SOCKETCAN",
	  "CAN-bus with SocketCAN headers" },
	{ PKTCAP_LINKTYPE_IPV4, "IPV4", "Raw IPv4" },
	{ PKTCAP_LINKTYPE_IPV6, "IPV6", "Raw IPv6" },
	{ PKTCAP_LINKTYPE_NETLINK, "NETLINK", "Linux netlink" },
	{ PKTCAP_LINKTYPE_VSOCK, "VSOCK", "Linux vsock" },
	{ PKTCAP_LINKTYPE_LINUX_SLL2, "LINUX_SLL2", "Linux cooked v2" },
};

enum { LINKTYPES = sizeof(linktypes) / sizeof(linktypes[0]) };

static const struct linktype *find(uint32_t number)
{
	for (int i = 0; i < LINKTYPES; i++)
		if (linktypes[i].number == number)
			return &linktypes[i];
	return NULL;
}

const char *pktcap_linktype_name(uint32_t linktype)
{
	const struct linktype *found = find(linktype);

	return found ? found->name : NULL;
}

const char *pktcap_linktype_description(uint32_t linktype)
{
	const struct linktype *found = find(linktype);

	return found ? found->description : NULL;
}

int pktcap_linktype_from_name(const char *name)
{
	for (int i = 0; i < LINKTYPES; i++)
		if (!strcasecmp(linktypes[i].name, name))
			return linktypes[i].number;
	return -ENOENT;
}
