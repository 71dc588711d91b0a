/* SPDX-License-Identifier: BSD-2-Clause */
/* RTM_NEWLINK and RTM_DELLINK messages, read once for lists and watches. */
#ifndef DEVICE_LINK_H
#define DEVICE_LINK_H

#include <pktcap/device.h>

#include "base/netlink.h"

/* All slices point into the message. */
struct link {
	uint32_t ifindex;
	uint32_t hatype;
	uint32_t kernel_flags; /* IFF_ of netdevice(7) */
	uint32_t mtu;
	uint32_t promiscuity;
	uint32_t parent;
	uint32_t master;
	bool parent_elsewhere; /* @parent counts in another namespace */
	struct bytes mac;
	struct bytes alias;
	struct bytes kind;
	struct bytes kind_data; /* nested, what it holds depends on @kind */
	struct bytes altnames;	/* nested IFLA_ALT_IFNAME */
	struct bytes counters;	/* struct rtnl_link_stats64 */
	char name[PKTCAP_DEVICE_NAME_SIZE];
};

/*
 * False for what is no link of this host: other types, AF_BRIDGE messages
 * (they tell of ports, with the same types) and messages cut short.
 */
bool link_parse(const struct netlink_message *message, struct link *link);

/* Only the number, for those who look for one link among many. */
bool link_parse_ifindex(const struct netlink_message *message,
			uint32_t *ifindex);

/* IFF_ bits as PKTCAP_DEVICE_ bits. */
uint32_t link_flags(uint32_t kernel_flags);

void link_counters(struct bytes stats64, struct pktcap_device_counters *out);

/*
 * Asks for one link: by @ifindex, or by @name if that is 0; a name too long for
 * an interface is taken as an alternative name (5.5). Returns 0, -ENODEV or as
 * netlink_request().
 */
int link_get(struct netlink *nl, uint32_t ifindex, const char *name,
	     netlink_fn fn, void *user);
/* Asks for all. */
int link_dump(struct netlink *nl, netlink_fn fn, void *user);

/* -ENAMETOOLONG with a text unless @ifname fits an interface name. */
int link_check_name(const char *ifname, struct pktcap_error *error);

#endif
