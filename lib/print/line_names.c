// SPDX-License-Identifier: BSD-2-Clause
/* Numbers by the names that tcpdump's readers know. */
#include "print/line.h"

static const struct line_name ethertypes[] = {
	{ 0x0800, "IPv4" },
	{ 0x86dd, "IPv6" },
	{ 0x0806, "ARP" },
	{ 0x8100, "802.1Q" },
	{ 0x0200, "PUP" },
	{ 0x0500, "Sprite" },
	{ 0x0600, "NS" },
	{ 0x6001, "MOP DL" },
	{ 0x6002, "MOP RC" },
	{ 0x6003, "DN" },
	{ 0x6004, "LAT" },
	{ 0x6007, "SCA" },
	{ 0x6558, "TEB" },
	{ 0x8035, "Reverse ARP" },
	{ 0x8037, "Novell IPX" },
	{ 0x809b, "Appletalk" },
	{ 0x80f3, "Appletalk ARP" },
	{ 0x814c, "SNMP" },
	{ 0x8808, "MPCP" },
	{ 0x8809, "Slow Protocols" },
	{ 0x880b, "PPP" },
	{ 0x8847, "MPLS unicast" },
	{ 0x8848, "MPLS multicast" },
	{ 0x8863, "PPPoE D" },
	{ 0x8864, "PPPoE S" },
	{ 0x888e, "EAPOL" },
	{ 0x88a8, "802.1Q-QinQ" },
	{ 0x88c7, "RRCP" },
	{ 0x88cc, "LLDP" },
	{ 0x88e5, "802.1AE MACsec" },
	{ 0x88f7, "PTP" },
	{ 0x8902, "CFM" },
	{ 0x8906, "FCoE" },
	{ 0x8914, "FIP" },
	{ 0x9000, "Loopback" },
	{ 0x9100, "802.1Q-9100" },
	{ 0x9200, "802.1Q-9200" },
	{ 0, NULL },
};

const char *line_ethertype(uint32_t type)
{
	return line_name(ethertypes, type);
}

void line_put_hex(struct line *l, const char *before, uint64_t value,
		  unsigned int width, const char *behind)
{
	put_string(&l->t, before);
	put_hex(&l->t, value, width);
	put_string(&l->t, behind);
}

void line_put_ethertype(struct line *l, uint32_t type)
{
	const char *name = line_ethertype(type);
	bool quick = line_has(l, PKTCAP_PRINT_QUICK);

	if (!quick)
		PUT(&l->t, "ethertype ");
	if (name)
		put_string(&l->t, name);
	else if (quick)
		PUT(&l->t, "Unknown Ethertype");
	else
		PUT(&l->t, "Unknown");
	if (!quick || !name)
		line_put_hex(l, " (0x", type, 4, ")");
}

const struct line_name line_ip_protocols[] = {
	{ 6, "TCP" },	     { 17, "UDP" },
	{ 1, "ICMP" },	     { 58, "ICMPv6" },
	{ 0, "Options" },    { 2, "IGMP" },
	{ 4, "IPIP" },	     { 8, "EGP" },
	{ 9, "IGRP" },	     { 33, "DCCP" },
	{ 41, "IPv6" },	     { 43, "Routing" },
	{ 44, "Fragment" },  { 46, "RSVP" },
	{ 47, "GRE" },	     { 50, "ESP" },
	{ 51, "AH" },	     { 55, "Mobile IP" },
	{ 88, "EIGRP" },     { 89, "OSPF" },
	{ 103, "PIM" },	     { 108, "Compressed IP" },
	{ 112, "VRRP" },     { 113, "PGM" },
	{ 132, "SCTP" },     { 135, "Mobility" },
	{ 143, "Ethernet" }, { 0, NULL },
};
