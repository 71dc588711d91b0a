// SPDX-License-Identifier: BSD-2-Clause
#include "device/list.h"

#include <linux/if_arp.h>
#include <string.h>

#include "base/text.h"

static const struct {
	const char *kind;
	const char *words;
} kinds[] = {
	{ "bond", "Bond of interfaces" },
	{ "bridge", "Bridge" },
	{ "can", "CAN bus" },
	{ "dummy", "Dummy interface" },
	{ "erspan", "ERSPAN mirror tunnel" },
	{ "geneve", "GENEVE tunnel" },
	{ "gre", "GRE tunnel" },
	{ "gretap", "Ethernet over GRE tunnel" },
	{ "hsr", "HSR or PRP ring" },
	{ "ifb", "Intermediate functional block" },
	{ "ip6gre", "GRE over IPv6 tunnel" },
	{ "ip6gretap", "Ethernet over GRE over IPv6 tunnel" },
	{ "ip6tnl", "IPv6 tunnel" },
	{ "ipip", "IP in IP tunnel" },
	{ "ipvlan", "IP VLAN" },
	{ "ipvtap", "IP VLAN tap" },
	{ "macsec", "MACsec" },
	{ "macvlan", "MAC VLAN" },
	{ "macvtap", "MAC VLAN tap" },
	{ "netkit", "Virtual pair for containers" },
	{ "nlmon", "Netlink monitor" },
	{ "ppp", "Point-to-point protocol" },
	{ "sit", "IPv6 in IPv4 tunnel" },
	{ "team", "Team of interfaces" },
	{ "tun", "Tunnel (tun/tap)" },
	{ "vcan", "Virtual CAN bus" },
	{ "veth", "Virtual Ethernet pair" },
	{ "vlan", "VLAN" },
	{ "vrf", "Virtual routing domain" },
	{ "vsockmon", "Virtual socket monitor" },
	{ "vti", "IPsec tunnel" },
	{ "vxcan", "Virtual CAN bus pair" },
	{ "vxlan", "VXLAN tunnel" },
	{ "wireguard", "WireGuard tunnel" },
	{ "xfrm", "IPsec interface" },
};

static const char *words_for_kind(const char *kind)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].kind, kind))
			return kinds[i].words;
	return NULL;
}

static const char *words_for_hatype(uint32_t hatype)
{
	switch (hatype) {
	case ARPHRD_ETHER:
		return "Ethernet";
	case ARPHRD_INFINIBAND:
		return "InfiniBand";
	case ARPHRD_PPP:
		return "Point-to-point protocol";
	case ARPHRD_CAN:
		return "CAN bus";
	case ARPHRD_IEEE802154:
		return "IEEE 802.15.4";
	case ARPHRD_IEEE1394:
		return "FireWire";
	case ARPHRD_TUNNEL:
	case ARPHRD_TUNNEL6:
	case ARPHRD_SIT:
	case ARPHRD_IPGRE:
		return "IP tunnel";
	case ARPHRD_NETLINK:
		return "Netlink monitor";
	case ARPHRD_NONE:
	case ARPHRD_RAWIP:
		return "Raw IP";
	default:
		return "Network interface";
	}
}

static void describe_hardware(const struct pktcap_device *device,
			      struct text *text)
{
	text_string(text, device->flags & PKTCAP_DEVICE_WIRELESS
				  ? "Wireless"
				  : words_for_hatype(device->hatype));
	if (device->driver[0])
		text_format(text, " (%s)", device->driver);
}

static void describe_kind(const struct pktcap_device_list *list,
			  const struct entry *entry, struct text *text)
{
	const struct pktcap_device *device = &entry->device;
	const char *words = words_for_kind(device->kind);
	struct entry *parent = NULL;

	if (device->parent)
		parent = list_entry(list, device->parent);
	text_format(text, "%s", words ? words : device->kind);
	if (entry->has_vlan_id)
		text_format(text, " %u", entry->vlan_id);
	if (!strcmp(device->kind, "veth") || !strcmp(device->kind, "netkit")) {
		if (parent)
			text_format(text, ", peer %s", parent->device.name);
		else if (entry->parent_elsewhere)
			text_string(text, ", peer in another namespace");
	} else if (parent) {
		text_format(text, " on %s", parent->device.name);
	}
}

void describe(const struct pktcap_device_list *list, const struct entry *entry,
	      char *out, size_t size)
{
	const struct pktcap_device *device = &entry->device;
	struct text text = text_over(out, size);

	if (device->flags & PKTCAP_DEVICE_LOOPBACK)
		text_string(&text, "Loopback");
	else if (device->kind[0])
		describe_kind(list, entry, &text);
	else
		describe_hardware(device, &text);
}
