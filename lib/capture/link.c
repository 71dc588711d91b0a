// SPDX-License-Identifier: BSD-2-Clause
/*
 * The interface of a capture: found by name, bound, and followed when it goes
 * down, away, comes back or gets another name. The socket and its ring stay
 * the same through all of it.
 */
#include "capture/capture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <net/if_arp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/uapi.h"
#include "capture/view.h"
#include "device/find.h"
#include "device/hatype.h"
#include "device/link.h"

static int no_such_interface(const char *ifname, struct pktcap_error *error)
{
	return error_set(error, -ENODEV, "interface",
			 "%s: no such interface: pktsniff -D or ip link lists "
			 "those there are",
			 ifname);
}

static void set_type(struct pktcap_capture *cap, uint32_t hatype)
{
	cap->linktype = (uint16_t)device_linktype(hatype);
	/* What has no link type of its own has no usable header either. */
	cap->cooked = (cap->opts.flags & PKTCAP_CAPTURE_COOKED) ||
		      cap->linktype == PKTCAP_LINKTYPE_LINUX_SLL2;
	if (cap->cooked)
		cap->linktype = PKTCAP_LINKTYPE_LINUX_SLL2;
	cap->hatype = (uint16_t)hatype;
}

/* "any": all interfaces, with a header that does not depend on their kind. */
static int find_any(struct pktcap_capture *cap)
{
	cap->any = true;
	set_type(cap, ARPHRD_VOID);
	strcpy(cap->ifname, "any");
	return 0;
}

/* Reads index, flags and type of the interface in cap->ifname. */
static int read_link(struct pktcap_capture *cap, int fd)
{
	struct ifreq req = { 0 };

	memcpy(req.ifr_name, cap->ifname, sizeof(req.ifr_name));
	if (ioctl(fd, SIOCGIFINDEX, &req))
		return -errno;
	cap->ifindex = (uint32_t)req.ifr_ifindex;
	if (ioctl(fd, SIOCGIFHWADDR, &req))
		return -errno;
	set_type(cap, req.ifr_hwaddr.sa_family);
	if (ioctl(fd, SIOCGIFFLAGS, &req))
		return -errno;
	cap->link_flags = link_flags((uint16_t)req.ifr_flags);
	return 0;
}

static int find_absent(struct pktcap_capture *cap, const char *ifname,
		       struct pktcap_error *error)
{
	if (strlen(ifname) >= sizeof(cap->ifname))
		return error_set(error, -ENAMETOOLONG, "interface",
				 "%s: no such alternative name, and longer "
				 "than the 15 bytes of an interface's name",
				 ifname);
	if (!(cap->opts.flags & PKTCAP_CAPTURE_WAIT))
		return no_such_interface(ifname, error);
	strcpy(cap->ifname, ifname);
	set_type(cap, ARPHRD_ETHER);
	return 0;
}

int link_find_with(struct pktcap_capture *cap, int fd, const char *ifname,
		   struct pktcap_error *error)
{
	struct ifreq req;
	int err;

	if (!strcmp(ifname, "any"))
		return find_any(cap);
	if (!*ifname)
		return error_set(error, -EINVAL, "interface",
				 "the name of the interface is empty");
	if (!device_find(fd, ifname, &req))
		return find_absent(cap, ifname, error);
	memcpy(cap->ifname, req.ifr_name, sizeof(cap->ifname));
	err = read_link(cap, fd);
	if (err == -ENODEV)
		return find_absent(cap, ifname, error);
	if (err)
		return error_set(error, err, "ioctl",
				 "%s: cannot be looked up: %s", ifname,
				 strerror(-err));
	return 0;
}

int link_find(struct pktcap_capture *cap, const char *ifname,
	      struct pktcap_error *error)
{
	/* Any socket answers; this kind needs no privilege and no protocol. */
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int err;

	if (fd < 0) {
		err = -errno;
		return error_set(error, err, "socket",
				 "%s: cannot be looked up: %s", ifname,
				 strerror(-err));
	}
	err = link_find_with(cap, fd, ifname, error);
	close(fd);
	return err;
}

int link_watch(struct pktcap_capture *cap, struct pktcap_error *error)
{
	if (cap->any && !cap->opts.on_event &&
	    !(cap->opts.flags &
	      (PKTCAP_CAPTURE_PROMISC | PKTCAP_CAPTURE_ALLMULTI)))
		return 0;
	memcpy(cap->awaited, cap->ifname, sizeof(cap->awaited));
	return pktcap_device_watch_open(&cap->watch,
					cap->any ? NULL : cap->ifname, error);
}

static int membership(struct pktcap_capture *cap, uint32_t ifindex, int type,
		      bool on)
{
	struct packet_mreq req = {
		.mr_ifindex = (int)ifindex,
		.mr_type = (unsigned short)type,
	};

	return setsockopt(cap->fd, SOL_PACKET,
			  on ? PACKET_ADD_MEMBERSHIP : PACKET_DROP_MEMBERSHIP,
			  &req, sizeof(req))
		       ? -errno
		       : 0;
}

int pktcap_capture_set_promisc(struct pktcap_capture *cap, uint32_t ifindex,
			       int on)
{
	return membership(cap, ifindex, PACKET_MR_PROMISC, on);
}

/* All memberships that the options ask for, on one interface. */
static int join(struct pktcap_capture *cap, uint32_t ifindex)
{
	int err = 0;

	if (cap->opts.flags & PKTCAP_CAPTURE_PROMISC)
		err = membership(cap, ifindex, PACKET_MR_PROMISC, true);
	if (!err && (cap->opts.flags & PKTCAP_CAPTURE_ALLMULTI))
		err = membership(cap, ifindex, PACKET_MR_ALLMULTI, true);
	return err;
}

static int join_every(struct pktcap_capture *cap)
{
	struct if_nameindex *all;
	int err = 0;

	if (!(cap->opts.flags &
	      (PKTCAP_CAPTURE_PROMISC | PKTCAP_CAPTURE_ALLMULTI)))
		return 0;
	all = if_nameindex();
	if (!all)
		return -errno;
	for (struct if_nameindex *i = all; i->if_index && !err; i++) {
		err = join(cap, i->if_index);
		if (err == -ENODEV) /* gone since it was listed */
			err = 0;
	}
	if_freenameindex(all);
	return err;
}

static int bind_socket(struct pktcap_capture *cap)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = (int)cap->ifindex,
	};

	return bind(cap->fd, (struct sockaddr *)&addr, sizeof(addr)) ? -errno
								     : 0;
}

/* An interface that is down takes the bind and leaves an error behind. */
static int read_down(struct pktcap_capture *cap)
{
	int err = 0;
	socklen_t len = sizeof(err);

	if (getsockopt(cap->fd, SOL_SOCKET, SO_ERROR, &err, &len))
		return -errno;
	if (err == ENETDOWN && !(cap->opts.flags & PKTCAP_CAPTURE_STRICT))
		return 0;
	return -err;
}

static int listen_failed(struct pktcap_capture *cap, int err, const char *call,
			 struct pktcap_error *error)
{
	if (err == -ENODEV)
		return no_such_interface(cap->ifname, error);
	if (err == -ENETDOWN)
		return error_set(error, err, call,
				 "%s: the interface is down: ip link set %s up",
				 cap->ifname, cap->ifname);
	return error_set(error, err, call, "%s: cannot listen: %s", cap->ifname,
			 strerror(-err));
}

int link_join(struct pktcap_capture *cap, struct pktcap_error *error)
{
	int err;

	err = cap->any ? join_every(cap) : join(cap, cap->ifindex);
	return err ? listen_failed(cap, err, "PACKET_ADD_MEMBERSHIP", error)
		   : 0;
}

int link_listen(struct pktcap_capture *cap, struct pktcap_error *error)
{
	int err;

	err = link_join(cap, error);
	if (err)
		return err;
	view_prepare(cap);
	err = bind_socket(cap);
	if (!err)
		err = read_down(cap);
	return err ? listen_failed(cap, err, "bind", error) : 0;
}

static int gone(struct pktcap_capture *cap)
{
	cap->ifindex = 0;
	cap->link_flags = 0;
	/* It may have had another name since. */
	memcpy(cap->ifname, cap->awaited, sizeof(cap->ifname));
	return cap->opts.flags & PKTCAP_CAPTURE_STRICT ? -ENODEV : 0;
}

/* The same socket and ring on the new interface; memberships went with it. */
static int back(struct pktcap_capture *cap,
		const struct pktcap_device_event *event)
{
	uint16_t linktype = cap->linktype;
	int err;

	memcpy(cap->ifname, event->name, sizeof(cap->ifname));
	if (!cap->cooked && device_linktype(event->hatype) != linktype)
		return -EMEDIUMTYPE;
	cap->ifindex = event->ifindex;
	cap->hatype = (uint16_t)event->hatype;
	err = link_listen(cap, NULL);
	if (err == -ENODEV) { /* and gone again: that event is on its way */
		cap->ifindex = 0;
		return 0;
	}
	return err == -ENETDOWN ? 0 : err;
}

/* What @cap->ifname is now, as an event would tell it. */
static bool look_again(struct pktcap_capture *cap,
		       struct pktcap_device_event *now)
{
	struct ifreq req = { 0 };

	memset(now, 0, sizeof(*now));
	memcpy(req.ifr_name, cap->ifname, sizeof(req.ifr_name));
	memcpy(now->name, cap->ifname, sizeof(now->name));
	if (ioctl(cap->fd, SIOCGIFINDEX, &req))
		return false;
	now->ifindex = (uint32_t)req.ifr_ifindex;
	if (ioctl(cap->fd, SIOCGIFHWADDR, &req))
		return false;
	now->hatype = req.ifr_hwaddr.sa_family;
	return true;
}

/*
 * It was absent when it was looked up, or has gone since. What came before the
 * watch was opened is no event of the watch: it is asked for once more.
 */
static int listen_late(struct pktcap_capture *cap)
{
	enum { TRIES = 16 };
	struct pktcap_device_event now;
	int err = 0;

	cap->ifindex = 0;
	for (int i = 0; i < TRIES && !err && !cap->ifindex; i++) {
		if (!look_again(cap, &now))
			return 0; /* the watch will tell */
		err = back(cap, &now);
	}
	return err;
}

int link_listen_if_there(struct pktcap_capture *cap, struct pktcap_error *error)
{
	bool wait = cap->opts.flags & PKTCAP_CAPTURE_WAIT;
	int err = -ENODEV;

	if (cap->any || cap->ifindex)
		err = link_listen(cap, error);
	return err == -ENODEV && wait ? listen_late(cap) : err;
}

static int act_on_any(struct pktcap_capture *cap,
		      const struct pktcap_device_event *event)
{
	int err = 0;

	if (event->type == PKTCAP_DEVICE_EVENT_BACK)
		err = join(cap, event->ifindex);
	return err == -ENODEV ? 0 : err;
}

static int act(struct pktcap_capture *cap,
	       const struct pktcap_device_event *event)
{
	if (cap->any)
		return act_on_any(cap, event);
	cap->link_flags = event->flags;
	switch (event->type) {
	case PKTCAP_DEVICE_EVENT_GONE:
		return gone(cap);
	case PKTCAP_DEVICE_EVENT_BACK:
		return back(cap, event);
	case PKTCAP_DEVICE_EVENT_RENAMED:
		memcpy(cap->ifname, event->name, sizeof(cap->ifname));
		return 0;
	default:
		return 0;
	}
}

int link_events(struct pktcap_capture *cap)
{
	struct pktcap_device_event event;
	int n;

	while ((n = pktcap_device_watch_next(cap->watch, &event)) > 0) {
		cap->failure = act(cap, &event);
		if (cap->opts.on_event)
			cap->opts.on_event(cap->opts.event_user, &event);
		if (cap->failure)
			return cap->failure;
	}
	/* What it failed to take in makes its descriptor readable no more. */
	cap->watch_behind = n < 0;
	return n;
}

int link_error(struct pktcap_capture *cap, int err)
{
	if (err == EINTR)
		return 0;
	if (err != ENETDOWN)
		return -err;
	/* The watch knows more: down, or gone? */
	if (cap->watch && link_events(cap))
		return cap->failure;
	if (cap->opts.flags & PKTCAP_CAPTURE_STRICT)
		cap->failure = -ENETDOWN;
	return cap->failure;
}
