// SPDX-License-Identifier: BSD-2-Clause
#include "device/ethtool.h"

#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/sockios.h>
#include <linux/wireless.h>
#include <string.h>
#include <sys/ioctl.h>

#include "base/netlink.h"

#define LINK_MODE_WORDS_MAX 127 /* what the signed byte can tell */

static bool ask(int fd, const char *ifname, unsigned long request, void *data)
{
	struct ifreq req;

	memset(&req, 0, sizeof(req));
	memcpy(req.ifr_name, ifname, strlen(ifname));
	req.ifr_data = data;
	return ioctl(fd, request, &req) == 0;
}

static uint64_t known_speed(uint32_t speed)
{
	return speed == (uint32_t)SPEED_UNKNOWN ? 0 : speed;
}

/* What drivers and kernels answer that lack the newer request. */
static uint64_t old_speed(int fd, const char *ifname)
{
	struct ethtool_cmd cmd = { .cmd = ETHTOOL_GSET };

	if (!ask(fd, ifname, SIOCETHTOOL, &cmd))
		return 0;
	/* Only the lower half is set where the driver is older still. */
	if (cmd.speed == UINT16_MAX)
		return 0;
	return known_speed((uint32_t)cmd.speed_hi << 16 | cmd.speed);
}

uint64_t ethtool_speed_mbps(int fd, const char *ifname)
{
	union {
		struct ethtool_link_settings settings;
		uint8_t room[sizeof(struct ethtool_link_settings) +
			     3 * 4 * LINK_MODE_WORDS_MAX];
	} u;

	/* Asked with no words of link modes, it tells how many it has. */
	memset(&u, 0, sizeof(u));
	u.settings.cmd = ETHTOOL_GLINKSETTINGS;
	if (!ask(fd, ifname, SIOCETHTOOL, &u) ||
	    u.settings.link_mode_masks_nwords >= 0)
		return old_speed(fd, ifname);
	u.settings.cmd = ETHTOOL_GLINKSETTINGS;
	u.settings.link_mode_masks_nwords =
		(int8_t)-u.settings.link_mode_masks_nwords;
	if (!ask(fd, ifname, SIOCETHTOOL, &u) ||
	    u.settings.link_mode_masks_nwords <= 0)
		return old_speed(fd, ifname);
	return known_speed(u.settings.speed);
}

void ethtool_driver(int fd, const char *ifname, char *out, size_t size)
{
	struct ethtool_drvinfo info;

	memset(&info, 0, sizeof(info));
	info.cmd = ETHTOOL_GDRVINFO;
	if (!ask(fd, ifname, SIOCETHTOOL, &info))
		memset(&info, 0, sizeof(info));
	netlink_string((struct bytes){ (const uint8_t *)info.driver,
				       sizeof(info.driver) },
		       out, size);
}

bool ethtool_is_wireless(int fd, const char *ifname)
{
	return ask(fd, ifname, SIOCGIWNAME, NULL);
}
