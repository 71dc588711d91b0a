// SPDX-License-Identifier: BSD-2-Clause
#include "device/find.h"

#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "device/link.h"

/* A decimal index instead of a name: asks the kernel for the name. */
static bool name_of_index(int fd, const char *digits, struct ifreq *req)
{
	size_t n = strlen(digits);

	if (n > 9 || strspn(digits, "0123456789") != n)
		return false;
	req->ifr_ifindex = (int)strtoul(digits, NULL, 10);
	return !ioctl(fd, SIOCGIFNAME, req); /* there is none with index 0 */
}

static int take_name(void *user, const struct netlink_message *message)
{
	struct link link;
	struct ifreq *req = user;

	if (link_parse(message, &link))
		memcpy(req->ifr_name, link.name, sizeof(req->ifr_name));
	return 0;
}

/* Alternative names may be longer than struct ifreq has room for. */
static bool name_of_altname(const char *altname, struct ifreq *req)
{
	struct netlink nl;
	int err = netlink_open(&nl, 0);

	if (err)
		return false;
	err = link_get(&nl, 0, altname, take_name, req);
	netlink_close(&nl);
	return !err && *req->ifr_name;
}

bool device_find(int fd, const char *ifname, struct ifreq *req)
{
	memset(req, 0, sizeof(*req));
	if (strlen(ifname) >= sizeof(req->ifr_name))
		return name_of_altname(ifname, req);
	strcpy(req->ifr_name, ifname);
	/* There and back: an alternative name becomes the real one. */
	if (!ioctl(fd, SIOCGIFINDEX, req))
		return !ioctl(fd, SIOCGIFNAME, req);
	return name_of_index(fd, ifname, req);
}
