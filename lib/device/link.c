// SPDX-License-Identifier: BSD-2-Clause
#include "device/link.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/error.h"

static void parse_kind(struct bytes info, struct link *link)
{
	struct netlink_attr attr;

	while (netlink_next_attr(&info, &attr)) {
		if (attr.type == IFLA_INFO_KIND)
			link->kind = attr.value;
		else if (attr.type == IFLA_INFO_DATA)
			link->kind_data = attr.value;
	}
}

static void parse_attr(const struct netlink_attr *attr, struct link *link)
{
	switch (attr->type) {
	case IFLA_IFNAME:
		netlink_string(attr->value, link->name, sizeof(link->name));
		break;
	case IFLA_ADDRESS:
		link->mac = attr->value;
		break;
	case IFLA_MTU:
		bytes_host32(attr->value, 0, &link->mtu);
		break;
	case IFLA_LINK:
		bytes_host32(attr->value, 0, &link->parent);
		break;
	case IFLA_LINK_NETNSID:
		link->parent_elsewhere = true;
		break;
	case IFLA_MASTER:
		bytes_host32(attr->value, 0, &link->master);
		break;
	case IFLA_PROMISCUITY:
		bytes_host32(attr->value, 0, &link->promiscuity);
		break;
	case IFLA_IFALIAS:
		link->alias = attr->value;
		break;
	case IFLA_LINKINFO:
		parse_kind(attr->value, link);
		break;
	case IFLA_PROP_LIST:
		link->altnames = attr->value;
		break;
	case IFLA_STATS64:
		link->counters = attr->value;
		break;
	}
}

bool link_parse_ifindex(const struct netlink_message *message,
			uint32_t *ifindex)
{
	uint8_t family;

	return (message->type == RTM_NEWLINK || message->type == RTM_DELLINK) &&
	       message->body.n >= sizeof(struct ifinfomsg) &&
	       bytes_u8(message->body, offsetof(struct ifinfomsg, ifi_family),
			&family) &&
	       family == AF_UNSPEC &&
	       bytes_host32(message->body,
			    offsetof(struct ifinfomsg, ifi_index), ifindex) &&
	       *ifindex != 0;
}

bool link_parse(const struct netlink_message *message, struct link *link)
{
	struct netlink_attr attr;
	struct bytes attrs;
	uint16_t hatype = 0;

	memset(link, 0, sizeof(*link));
	if (!link_parse_ifindex(message, &link->ifindex))
		return false;
	bytes_host16(message->body, offsetof(struct ifinfomsg, ifi_type),
		     &hatype);
	bytes_host32(message->body, offsetof(struct ifinfomsg, ifi_flags),
		     &link->kernel_flags);
	link->hatype = hatype;
	attrs = bytes_slice(message->body,
			    NLMSG_ALIGN(sizeof(struct ifinfomsg)), SIZE_MAX);
	while (netlink_next_attr(&attrs, &attr))
		parse_attr(&attr, link);
	return link->name[0] != '\0';
}

uint32_t link_flags(uint32_t kernel_flags)
{
	static const struct {
		uint32_t kernel;
		uint32_t ours;
	} map[] = {
		{ IFF_UP, PKTCAP_DEVICE_UP },
		{ IFF_RUNNING, PKTCAP_DEVICE_RUNNING },
		{ IFF_LOWER_UP, PKTCAP_DEVICE_CARRIER },
		{ IFF_LOOPBACK, PKTCAP_DEVICE_LOOPBACK },
		{ IFF_POINTOPOINT, PKTCAP_DEVICE_POINTOPOINT },
		{ IFF_BROADCAST, PKTCAP_DEVICE_BROADCAST },
		{ IFF_MULTICAST, PKTCAP_DEVICE_MULTICAST },
		{ IFF_NOARP, PKTCAP_DEVICE_NOARP },
		{ IFF_ALLMULTI, PKTCAP_DEVICE_ALLMULTI },
		{ IFF_PROMISC, PKTCAP_DEVICE_PROMISC },
	};
	uint32_t flags = 0;

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (kernel_flags & map[i].kernel)
			flags |= map[i].ours;
	return flags;
}

void link_counters(struct bytes s, struct pktcap_device_counters *out)
{
	memset(out, 0, sizeof(*out));
/* An older kernel sends a shorter struct: what it lacks stays zero. */
#define TAKE(theirs, ours) \
	bytes_host64(s, offsetof(struct rtnl_link_stats64, theirs), &out->ours)
	TAKE(rx_packets, rx_packets);
	TAKE(tx_packets, tx_packets);
	TAKE(rx_bytes, rx_bytes);
	TAKE(tx_bytes, tx_bytes);
	TAKE(rx_errors, rx_errors);
	TAKE(tx_errors, tx_errors);
	TAKE(rx_dropped, rx_dropped);
	TAKE(tx_dropped, tx_dropped);
	TAKE(rx_missed_errors, rx_missed);
	TAKE(rx_fifo_errors, rx_fifo);
	TAKE(rx_nohandler, rx_nohandler);
	TAKE(multicast, multicast);
#undef TAKE
}

/* ALTIFNAMSIZ of the kernel, 5.5: what an alternative name may need. */
#define ALTNAME_SIZE 128

int link_get(struct netlink *nl, uint32_t ifindex, const char *name,
	     netlink_fn fn, void *user)
{
	struct {
		struct ifinfomsg link;
		struct nlattr attr;
		char name[ALTNAME_SIZE];
	} ask = { .link.ifi_index = (int)ifindex };
	size_t n = sizeof(ask.link);

	if (!ifindex) {
		size_t len = strlen(name) + 1;

		if (len > sizeof(ask.name))
			return -ENODEV;
		ask.attr.nla_type = len > PKTCAP_DEVICE_NAME_SIZE
					    ? IFLA_ALT_IFNAME
					    : IFLA_IFNAME;
		ask.attr.nla_len = (uint16_t)(NLA_HDRLEN + len);
		memcpy(ask.name, name, len);
		n += NLA_ALIGN((size_t)ask.attr.nla_len);
	}
	return netlink_request(nl, RTM_GETLINK, 0,
			       (struct bytes){ (const uint8_t *)&ask, n }, fn,
			       user);
}

int link_dump(struct netlink *nl, netlink_fn fn, void *user)
{
	const struct ifinfomsg all = { .ifi_family = AF_UNSPEC };

	return netlink_request(
		nl, RTM_GETLINK, NLM_F_DUMP,
		(struct bytes){ (const uint8_t *)&all, sizeof(all) }, fn, user);
}

int link_check_name(const char *ifname, struct pktcap_error *error)
{
	if (strlen(ifname) < PKTCAP_DEVICE_NAME_SIZE)
		return 0;
	return error_set(error, -ENAMETOOLONG, "ifname",
			 "%s: an interface name has at most %d bytes: list the "
			 "interfaces to see their names",
			 ifname, PKTCAP_DEVICE_NAME_SIZE - 1);
}
