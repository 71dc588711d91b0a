// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/device.h>

#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "device/link.h"

static int take(void *user, const struct netlink_message *message)
{
	struct link link;

	if (message->type == RTM_NEWLINK && link_parse(message, &link))
		link_counters(link.counters, user);
	return 0;
}

int pktcap_device_counters(uint32_t ifindex,
			   struct pktcap_device_counters *counters)
{
	struct netlink nl;
	int r;

	memset(counters, 0, sizeof(*counters));
	if (!ifindex || ifindex > INT32_MAX)
		return -ENODEV;
	r = netlink_open(&nl, 0);
	if (r < 0)
		return r;
	r = link_get(&nl, ifindex, NULL, take, counters);
	netlink_close(&nl);
	return r;
}
