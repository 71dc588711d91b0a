// SPDX-License-Identifier: BSD-2-Clause
/* The interface that frames go to: what it is called, what it takes. */
#include "send/send.h"

#include <errno.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <string.h>
#include <sys/ioctl.h>

#include "base/error.h"
#include "device/find.h"
#include "device/hatype.h"
#include "device/link.h"

enum { ETHERNET_HEADER_BYTES = 14 };

static int find_none(struct pktcap_send *s)
{
	s->linktype = PKTCAP_LINKTYPE_LINUX_SLL2;
	s->len_max = UINT32_MAX;
	strcpy(s->ifname, "any");
	return 0;
}

static uint32_t header_bytes(uint32_t linktype)
{
	return linktype == PKTCAP_LINKTYPE_ETHERNET ? ETHERNET_HEADER_BYTES : 0;
}

/* Only for what is surely so: of all else the kernel is the judge. */
static uint32_t longest(uint32_t linktype, uint32_t mtu)
{
	if (mtu && (linktype == PKTCAP_LINKTYPE_ETHERNET ||
		    linktype == PKTCAP_LINKTYPE_RAW))
		return mtu + header_bytes(linktype);
	return UINT32_MAX;
}

static void set_lengths(struct pktcap_send *s, uint32_t mtu)
{
	s->header_bytes = header_bytes(s->linktype);
	s->len_max = longest(s->linktype, mtu);
}

static int read_link(struct pktcap_send *s, int fd, struct ifreq *req)
{
	if (ioctl(fd, SIOCGIFINDEX, req))
		return -errno;
	s->ifindex = (uint32_t)req->ifr_ifindex;
	if (ioctl(fd, SIOCGIFHWADDR, req))
		return -errno;
	s->hatype = req->ifr_hwaddr.sa_family;
	s->linktype = device_linktype(s->hatype);
	if (ioctl(fd, SIOCGIFMTU, req))
		return -errno;
	set_lengths(s, (uint32_t)req->ifr_mtu);
	return 0;
}

int send_link_find(struct pktcap_send *s, int fd, const char *ifname,
		   struct pktcap_error *error)
{
	struct ifreq req;
	int err;

	if (!ifname || !strcmp(ifname, "any"))
		return find_none(s);
	if (!*ifname)
		return error_set(error, -EINVAL, "interface",
				 "the name of the interface is empty");
	if (!device_find(fd, ifname, &req))
		return error_set(error, -ENODEV, "interface",
				 "%s: no such interface: ip link lists those "
				 "there are",
				 ifname);
	memcpy(s->ifname, req.ifr_name, sizeof(s->ifname));
	err = read_link(s, fd, &req);
	return err ? error_set(error, err, "ioctl",
			       "%s: cannot be looked up: %s", ifname,
			       strerror(-err))
		   : 0;
}

uint32_t send_link_mtu(const struct pktcap_send *s, uint32_t ifindex,
		       char name[PKTCAP_DEVICE_NAME_SIZE])
{
	struct ifreq req = { .ifr_ifindex = (int)ifindex };

	if (ioctl(s->fd, SIOCGIFNAME, &req))
		return 0;
	memcpy(name, req.ifr_name, PKTCAP_DEVICE_NAME_SIZE);
	return ioctl(s->fd, SIOCGIFMTU, &req) ? 0 : (uint32_t)req.ifr_mtu;
}

uint32_t send_link_longest(const struct pktcap_send *s, uint32_t ifindex)
{
	struct ifreq req = { .ifr_ifindex = (int)ifindex };
	uint32_t linktype;

	if (ioctl(s->fd, SIOCGIFNAME, &req) ||
	    ioctl(s->fd, SIOCGIFHWADDR, &req))
		return UINT32_MAX;
	linktype = device_linktype(req.ifr_hwaddr.sa_family);
	if (ioctl(s->fd, SIOCGIFMTU, &req))
		return UINT32_MAX;
	return longest(linktype, (uint32_t)req.ifr_mtu);
}

uint32_t send_link_flags(const struct pktcap_send *s, uint32_t ifindex)
{
	struct ifreq req = { .ifr_ifindex = (int)ifindex };

	if (ioctl(s->fd, SIOCGIFNAME, &req) || ioctl(s->fd, SIOCGIFFLAGS, &req))
		return 0;
	return link_flags((uint16_t)req.ifr_flags);
}

void send_link_refresh(struct pktcap_send *s)
{
	char name[PKTCAP_DEVICE_NAME_SIZE];

	set_lengths(s, send_link_mtu(s, s->ifindex, name));
}
