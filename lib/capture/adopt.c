// SPDX-License-Identifier: BSD-2-Clause
/* A packet socket that somebody else opened: look, keep, add what is missing.
 */
#include "capture/capture.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/packet_socket.h"
#include "base/uapi.h"
#include "capture/view.h"

/* Headroom of 0, which is the default, cannot be set while there is a ring. */
static int refuse_ring(int fd, struct pktcap_error *error)
{
	int headroom = 0;

	if (!setsockopt(fd, SOL_PACKET, PACKET_RESERVE, &headroom,
			sizeof(headroom)) ||
	    errno != EBUSY)
		return 0;
	return error_set(error, -EBUSY, "PACKET_RESERVE",
			 "descriptor %d: the socket has a ring of its own: "
			 "pass one without",
			 fd);
}

static int find_bound(struct pktcap_capture *cap,
		      const struct packet_socket *found,
		      struct pktcap_error *error)
{
	struct ifreq req = { .ifr_ifindex = found->ifindex };

	if (!found->ifindex && found->live)
		return link_find_with(cap, cap->fd, "any", error);
	if (!found->ifindex)
		return error_set(error, -EDESTADDRREQ, "bind",
				 "descriptor %d: not bound to an interface: "
				 "say which",
				 cap->fd);
	if (found->ifindex < 0 || ioctl(cap->fd, SIOCGIFNAME, &req))
		return error_set(error, -ENODEV, "SIOCGIFNAME",
				 "descriptor %d: its interface is gone",
				 cap->fd);
	return link_find_with(cap, cap->fd, req.ifr_name, error);
}

/* The socket's type decides whether there is a link header. */
static int match_type(struct pktcap_capture *cap,
		      const struct packet_socket *found,
		      struct pktcap_error *error)
{
	bool dgram = found->type == SOCK_DGRAM;

	if (cap->cooked && !dgram)
		return error_set(error, -EPROTOTYPE, "SO_TYPE",
				 "%s: needs a socket of type SOCK_DGRAM, this "
				 "one is SOCK_RAW",
				 cap->ifname);
	cap->cooked = dgram;
	if (dgram)
		cap->linktype = PKTCAP_LINKTYPE_LINUX_SLL2;
	return 0;
}

/* A ring would throw away what a live socket has queued. */
static int match_engine(struct pktcap_capture *cap,
			const struct packet_socket *found,
			struct pktcap_error *error)
{
	if (!found->live)
		return 0;
	if (cap->opts.engine == PKTCAP_ENGINE_RING)
		return error_set(error, -EBUSY, "engine",
				 "%s: the socket receives already: use engine "
				 "recv, or pass one with protocol 0",
				 cap->ifname);
	cap->opts.engine = PKTCAP_ENGINE_RECV;
	return 0;
}

static uint64_t netns_cookie(int fd)
{
	uint64_t cookie = 0;
	socklen_t len = sizeof(cookie);

	/* Before 5.14 there is no way to ask: 0 for both, which are equal. */
	if (getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &len))
		return 0;
	return cookie;
}

/*
 * The socket may come from another network namespace, or we may be where
 * netlink is forbidden: then the capture goes on without link events.
 */
static void try_watch(struct pktcap_capture *cap)
{
	if (link_watch(cap, NULL) || !cap->watch)
		return;
	if (netns_cookie(pktcap_device_watch_fd(cap->watch)) ==
	    netns_cookie(cap->fd))
		return;
	pktcap_device_watch_close(cap->watch);
	cap->watch = NULL;
}

/* Asks how long the socket's filter is; an error means one that is secret. */
static bool has_filter(int fd)
{
	socklen_t len = 0;

	return getsockopt(fd, SOL_SOCKET, SO_GET_FILTER, NULL, &len) || len;
}

static int adopt(struct pktcap_capture *cap, const char *ifname,
		 struct pktcap_error *error)
{
	struct packet_socket found;
	int err;

	err = packet_socket_look(&found, cap->fd, error);
	if (!err)
		err = refuse_ring(cap->fd, error);
	if (!err)
		err = ifname ? link_find_with(cap, cap->fd, ifname, error)
			     : find_bound(cap, &found, error);
	if (!err)
		err = match_type(cap, &found, error);
	if (!err)
		err = match_engine(cap, &found, error);
	if (err)
		return err;
	/* Its own filter may let longer packets through, and so may its queue.
	 */
	cap->check_snaplen = true;
	view_prepare(cap);
	cap->foreign_filter = has_filter(cap->fd);
	choose_direction(cap);
	if (found.live) /* what is queued was let in before */
		cap->check_direction = true;
	err = open_engine(cap, error);
	/* Also sieves what the socket's old filter has let in. */
	if (!err && cap->opts.filter_len)
		err = pktcap_capture_set_filter(cap, cap->opts.filter,
						cap->opts.filter_len, error);
	if (err)
		return err;
	try_watch(cap);
	err = wake_open(cap, error);
	if (!err && !(found.live && !ifname))
		err = link_listen_if_there(cap, error);
	else if (!err)
		err = link_join(cap, error);
	return err;
}

int pktcap_capture_adopt(struct pktcap_capture **out, int fd,
			 const char *ifname,
			 const struct pktcap_capture_opts *opts,
			 struct pktcap_error *error)
{
	struct pktcap_capture *cap;
	int err;

	*out = NULL;
	err = handle_new(&cap, opts, error);
	if (err)
		return err;
	cap->fd = fd;
	cap->fd_is_callers = true;
	err = adopt(cap, ifname, error);
	if (err) {
		pktcap_capture_close(cap);
		return err;
	}
	cap->fd_is_callers = false;
	*out = cap;
	return 0;
}
