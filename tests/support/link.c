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

/* A request that grows; far more room than any of ours needs. */
struct request {
	union {
		struct nlmsghdr header;
		uint8_t bytes[512];
	};
};

static void *append(struct request *r, const void *data, size_t n)
{
	uint8_t *p = r->bytes + r->header.nlmsg_len;

	if (n)
		memcpy(p, data, n);
	r->header.nlmsg_len += (uint32_t)NLMSG_ALIGN(n);
	return p;
}

static void request_init(struct request *r, uint16_t type, uint16_t flags,
			 const void *body, size_t n)
{
	memset(r, 0, sizeof(*r));
	r->header.nlmsg_len = NLMSG_HDRLEN;
	r->header.nlmsg_type = type;
	r->header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	append(r, body, n);
}

static void attribute(struct request *r, unsigned int type, const void *data,
		      size_t n)
{
	struct rtattr head = { .rta_len = (unsigned short)RTA_LENGTH(n),
			       .rta_type = (unsigned short)type };

	append(r, &head, sizeof(head));
	append(r, data, n);
}

/* Opens an attribute that holds others; nest_end() closes it. */
static struct rtattr *nest(struct request *r, unsigned int type)
{
	struct rtattr head = { .rta_len = sizeof(head),
			       .rta_type = (unsigned short)type };

	return append(r, &head, sizeof(head));
}

static void nest_end(const struct request *r, struct rtattr *head)
{
	head->rta_len = (unsigned short)(r->bytes + r->header.nlmsg_len -
					 (uint8_t *)head);
}

static int receive_ack(int fd)
{
	struct {
		struct nlmsghdr header;
		struct nlmsgerr body;
		uint8_t rest[1024]; /* the request, echoed with an error */
	} reply;
	ssize_t n = recv(fd, &reply, sizeof(reply), 0);

	if (n < 0)
		return -errno;
	if ((size_t)n < sizeof(reply.header) + sizeof(reply.body) ||
	    reply.header.nlmsg_type != NLMSG_ERROR)
		return -EPROTO;
	return reply.body.error;
}

static int request_send(const struct request *r)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	int err;

	if (fd < 0)
		return -errno;
	err = send(fd, r, r->header.nlmsg_len, 0) < 0 ? -errno
						      : receive_ack(fd);
	close(fd);
	return err;
}

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

static int set_up(const char *name, bool up)
{
	struct ifreq ifr;
	int err = set_name(&ifr, name);

	if (!err)
		err = device_ioctl(SIOCGIFFLAGS, &ifr);
	if (err)
		return err;
	ifr.ifr_flags =
		(short)(up ? ifr.ifr_flags | IFF_UP : ifr.ifr_flags & ~IFF_UP);
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
	int err = set_up(name, true);

	if (!err)
		settle_all();
	return err;
}

int world_down(const char *name)
{
	return set_up(name, false);
}

/* No link-local address, hence no neighbour discovery when it goes up. */
static void quiet_ipv6(const char *name)
{
	struct ifinfomsg info = { .ifi_index = (int)if_nametoindex(name) };
	uint8_t none = IN6_ADDR_GEN_MODE_NONE;
	struct rtattr *families, *inet6;
	struct request r;

	request_init(&r, RTM_SETLINK, 0, &info, sizeof(info));
	families = nest(&r, IFLA_AF_SPEC);
	inet6 = nest(&r, AF_INET6);
	attribute(&r, IFLA_INET6_ADDR_GEN_MODE, &none, sizeof(none));
	nest_end(&r, inet6);
	nest_end(&r, families);
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
	attribute(&r, IFLA_IFNAME, a, strlen(a) + 1);
	linkinfo = nest(&r, IFLA_LINKINFO);
	attribute(&r, IFLA_INFO_KIND, "veth", sizeof("veth"));
	data = nest(&r, IFLA_INFO_DATA);
	peer = nest(&r, VETH_INFO_PEER);
	append(&r, &info, sizeof(info));
	attribute(&r, IFLA_IFNAME, b, strlen(b) + 1);
	nest_end(&r, peer);
	nest_end(&r, data);
	nest_end(&r, linkinfo);
	err = request_send(&r);
	if (err)
		return err;
	quiet_ipv6(a);
	quiet_ipv6(b);
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
		quiet_ipv6(name);
		err = world_up(name);
	}
	if (err) {
		close(fd);
		return err;
	}
	return fd;
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

static int rename_link(const char *name, const char *to)
{
	struct ifinfomsg info = { .ifi_index = (int)if_nametoindex(name) };
	struct request r;

	if (!info.ifi_index)
		return -ENODEV;
	if (strlen(to) >= IFNAMSIZ)
		return -ENAMETOOLONG;
	request_init(&r, RTM_SETLINK, 0, &info, sizeof(info));
	attribute(&r, IFLA_IFNAME, to, strlen(to) + 1);
	return request_send(&r);
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
	struct in_addr address;
	struct request r;

	if (!info.ifa_index)
		return -ENODEV;
	if (inet_pton(AF_INET, ip, &address) != 1)
		return -EINVAL;
	request_init(&r, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, &info,
		     sizeof(info));
	attribute(&r, IFA_LOCAL, &address, sizeof(address));
	attribute(&r, IFA_ADDRESS, &address, sizeof(address));
	return request_send(&r);
}
