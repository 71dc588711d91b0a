// SPDX-License-Identifier: BSD-2-Clause
/* Interfaces of our own namespace: made, changed and deleted. */
#include "support/world.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <linux/veth.h>
#include <net/if.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "support/request.h"

static int set_name(struct ifreq *ifr, const char *name)
{
	size_t n = strlen(name);

	memset(ifr, 0, sizeof(*ifr));
	if (n >= sizeof(ifr->ifr_name))
		return -ENAMETOOLONG;
	memcpy(ifr->ifr_name, name, n);
	return 0;
}

static int device_ioctl(unsigned long command, struct ifreq *ifr)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int err;

	if (fd < 0)
		return -errno;
	err = ioctl(fd, command, ifr) ? -errno : 0;
	close(fd);
	return err;
}

static int get_flags(const char *name, short *flags)
{
	struct ifreq ifr;
	int err = set_name(&ifr, name);

	if (!err)
		err = device_ioctl(SIOCGIFFLAGS, &ifr);
	*flags = err ? 0 : ifr.ifr_flags;
	return err;
}

static int set_flag(const char *name, int flag, bool on)
{
	struct ifreq ifr;
	int err = set_name(&ifr, name);

	if (!err)
		err = device_ioctl(SIOCGIFFLAGS, &ifr);
	if (err)
		return err;
	ifr.ifr_flags =
		(short)(on ? ifr.ifr_flags | flag : ifr.ifr_flags & ~flag);
	return device_ioctl(SIOCSIFFLAGS, &ifr);
}

static bool has_carrier(const char *name)
{
	struct ethtool_value value = { .cmd = ETHTOOL_GLINK };
	struct ifreq ifr;

	if (set_name(&ifr, name))
		return false;
	ifr.ifr_data = (void *)&value;
	return !device_ioctl(SIOCETHTOOL, &ifr) && value.data;
}

/*
 * The queue behind a new carrier is switched on by a kernel worker; what is
 * sent earlier is lost. The interface is RUNNING from then on. has_carrier()
 * comes second because it takes the lock under which the worker does both.
 */
static void settle(const char *name)
{
	const struct timespec millisecond = { .tv_nsec = 1000000 };
	short flags;

	for (int i = 0; i < 2000; i++) {
		if (get_flags(name, &flags) || !(flags & IFF_UP) ||
		    !has_carrier(name) || flags & IFF_RUNNING)
			return;
		nanosleep(&millisecond, NULL);
	}
}

/* Going up may have given an interface at the other end its carrier, too. */
static void settle_all(void)
{
	struct if_nameindex *all = if_nameindex();

	for (struct if_nameindex *i = all; i && i->if_index; i++)
		settle(i->if_name);
	if (all)
		if_freenameindex(all);
}

int world_up(const char *name)
{
	int err = set_flag(name, IFF_UP, true);

	if (!err)
		settle_all();
	return err;
}

int world_down(const char *name)
{
	return set_flag(name, IFF_UP, false);
}

int world_promisc(const char *name)
{
	return set_flag(name, IFF_PROMISC, true);
}

int world_allmulti(const char *name)
{
	return set_flag(name, IFF_ALLMULTI, true);
}

void world_quiet_ipv6(const char *name)
{
	struct ifinfomsg info = { .ifi_index = (int)if_nametoindex(name) };
	uint8_t none = IN6_ADDR_GEN_MODE_NONE;
	struct rtattr *families, *inet6;
	struct request r;

	request_init(&r, RTM_SETLINK, 0, &info, sizeof(info));
	families = request_nest(&r, IFLA_AF_SPEC);
	inet6 = request_nest(&r, AF_INET6);
	request_attribute(&r, IFLA_INET6_ADDR_GEN_MODE, &none, sizeof(none));
	request_nest_end(&r, inet6);
	request_nest_end(&r, families);
	request_send(&r); /* fails only in a kernel without IPv6: as good */
}

int world_veth_down(const char *a, const char *b)
{
	struct ifinfomsg info = { 0 };
	struct rtattr *linkinfo, *data, *peer;
	struct request r;
	int err;

	if (strlen(a) >= IFNAMSIZ || strlen(b) >= IFNAMSIZ)
		return -ENAMETOOLONG;
	request_init(&r, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &info,
		     sizeof(info));
	request_attribute(&r, IFLA_IFNAME, a, strlen(a) + 1);
	linkinfo = request_nest(&r, IFLA_LINKINFO);
	request_attribute(&r, IFLA_INFO_KIND, "veth", sizeof("veth"));
	data = request_nest(&r, IFLA_INFO_DATA);
	peer = request_nest(&r, VETH_INFO_PEER);
	request_append(&r, &info, sizeof(info));
	request_attribute(&r, IFLA_IFNAME, b, strlen(b) + 1);
	request_nest_end(&r, peer);
	request_nest_end(&r, data);
	request_nest_end(&r, linkinfo);
	err = request_send(&r);
	if (err)
		return err;
	world_quiet_ipv6(a);
	world_quiet_ipv6(b);
	return 0;
}

int world_veth(const char *a, const char *b)
{
	int err = world_veth_down(a, b);

	if (!err)
		err = world_up(a);
	if (!err)
		err = world_up(b);
	return err;
}

int world_tun(const char *name)
{
	struct ifreq ifr;
	int err = set_name(&ifr, name);
	int fd;

	if (err)
		return err;
	fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ifr.ifr_flags = IFF_TUN | IFF_NO_PI;
	err = ioctl(fd, TUNSETIFF, &ifr) ? -errno : 0;
	if (!err) {
		world_quiet_ipv6(name);
		err = world_up(name);
	}
	if (err) {
		close(fd);
		return err;
	}
	return fd;
}

/* @parent: what it is built on, or NULL */
static int create(const char *name, const char *kind, const char *parent)
{
	struct ifinfomsg info = { 0 };
	uint32_t lower = parent ? if_nametoindex(parent) : 0;
	struct rtattr *linkinfo;
	struct request r;
	int err;

	if (strlen(name) >= IFNAMSIZ)
		return -ENAMETOOLONG;
	if (parent && !lower)
		return -ENODEV;
	request_init(&r, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &info,
		     sizeof(info));
	request_attribute(&r, IFLA_IFNAME, name, strlen(name) + 1);
	if (parent)
		request_attribute(&r, IFLA_LINK, &lower, sizeof(lower));
	linkinfo = request_nest(&r, IFLA_LINKINFO);
	request_attribute(&r, IFLA_INFO_KIND, kind, strlen(kind) + 1);
	request_nest_end(&r, linkinfo);
	err = request_send(&r);
	if (!err)
		world_quiet_ipv6(name);
	return err;
}

int world_bridge(const char *name)
{
	int err = create(name, "bridge", NULL);

	return err ? err : world_up(name);
}

int world_macvlan_down(const char *name, const char *lower)
{
	return create(name, "macvlan", lower);
}

int world_delete(const char *name)
{
	struct ifinfomsg info = { .ifi_index = (int)if_nametoindex(name) };
	struct request r;

	if (!info.ifi_index)
		return -ENODEV;
	request_init(&r, RTM_DELLINK, 0, &info, sizeof(info));
	return request_send(&r);
}

static int change_link(const char *name, unsigned int type, const void *data,
		       size_t n)
{
	struct ifinfomsg info = { .ifi_index = (int)if_nametoindex(name) };
	struct request r;

	if (!info.ifi_index)
		return -ENODEV;
	request_init(&r, RTM_SETLINK, 0, &info, sizeof(info));
	request_attribute(&r, type, data, n);
	return request_send(&r);
}

static int rename_link(const char *name, const char *to)
{
	if (strlen(to) >= IFNAMSIZ)
		return -ENAMETOOLONG;
	return change_link(name, IFLA_IFNAME, to, strlen(to) + 1);
}

int world_port(const char *name, const char *bridge)
{
	uint32_t master = if_nametoindex(bridge);

	return change_link(name, IFLA_MASTER, &master, sizeof(master));
}

int world_move(const char *name, int to)
{
	return change_link(name, IFLA_NET_NS_FD, &to, sizeof(to));
}

int world_rename(const char *name, const char *to)
{
	int err = rename_link(name, to);

	if (err != -EBUSY)
		return err;
	/* Before 6.2 an interface that is up keeps its name. */
	err = world_down(name);
	if (!err)
		err = rename_link(name, to);
	return err ? err : world_up(to);
}

int world_mtu(const char *name, unsigned int mtu)
{
	struct ifreq ifr;
	int err = set_name(&ifr, name);

	if (err)
		return err;
	ifr.ifr_mtu = (int)mtu;
	return device_ioctl(SIOCSIFMTU, &ifr);
}

int world_address(const char *name, const char *ip, unsigned int prefix)
{
	struct ifaddrmsg info = { .ifa_family = AF_INET,
				  .ifa_prefixlen = (uint8_t)prefix,
				  .ifa_index = if_nametoindex(name) };
	uint8_t address[16];
	struct request r;
	size_t n = 4;

	if (!info.ifa_index)
		return -ENODEV;
	if (strchr(ip, ':')) {
		info.ifa_family = AF_INET6;
		info.ifa_flags = IFA_F_NODAD; /* of use at once */
		n = sizeof(address);
	}
	if (inet_pton(info.ifa_family, ip, address) != 1)
		return -EINVAL;
	request_init(&r, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, &info,
		     sizeof(info));
	request_attribute(&r, IFA_LOCAL, address, n);
	request_attribute(&r, IFA_ADDRESS, address, n);
	return request_send(&r);
}
