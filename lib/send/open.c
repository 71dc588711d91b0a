// SPDX-License-Identifier: BSD-2-Clause
/* Opening a socket that only sends, or borrowing one that does more. */
#include "send/send.h"

#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/packet_socket.h"

static int handle_new(struct pktcap_send **out,
		      const struct pktcap_send_opts *opts,
		      struct pktcap_error *error)
{
	struct pktcap_send *s;
	int err;

	s = calloc(1, sizeof(*s));
	if (!s)
		return error_set(error, -ENOMEM, "calloc", "out of memory");
	s->fd = -1;
	err = send_options_read(&s->opts, opts, error);
	if (err)
		free(s);
	else
		*out = s;
	return err;
}

/* The interface first: that it is not there needs no privilege to be told. */
static int find(struct pktcap_send *s, const char *ifname,
		struct pktcap_error *error)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int err;

	if (fd < 0)
		return error_set(error, -errno, "socket",
				 "%s: cannot be looked up",
				 ifname ? ifname : "any");
	err = send_link_find(s, fd, ifname, error);
	close(fd);
	return err;
}

static int option_failed(const struct pktcap_send *s, const char *option,
			 int err, struct pktcap_error *error)
{
	return error_set(error, err, option, "%s: %s: %s; open it without",
			 s->ifname, option, strerror(-err));
}

static int set_options(struct pktcap_send *s, struct pktcap_error *error)
{
	int err;

	if (s->opts.flags & PKTCAP_SEND_QDISC_BYPASS) {
		err = socket_set(s->fd, SOL_PACKET, PACKET_QDISC_BYPASS, 1);
		if (err)
			return option_failed(s, "PACKET_QDISC_BYPASS", err,
					     error);
	}
	err = send_buffer_set(s, s->fd);
	return err ? option_failed(s, "SO_SNDBUF", err, error) : 0;
}

static int bind_socket(struct pktcap_send *s, struct pktcap_error *error)
{
	struct sockaddr_ll addr;

	s->addressed = !s->ifindex;
	if (s->addressed)
		return 0;
	send_address(&addr, s->ifindex);
	if (!bind(s->fd, (struct sockaddr *)&addr, sizeof(addr)))
		return 0;
	return error_set(error, -errno, "bind",
			 "%s: cannot be bound: see whether it still exists",
			 s->ifname);
}

static int open_engine(struct pktcap_send *s, struct pktcap_error *error)
{
	const struct send_engine *engine = send_engine_find(s->opts.engine);
	int err;

	if (!engine)
		engine = &send_engine_mmsg; /* AUTO */
	err = engine->open(s, error);
	if (!err)
		s->engine = engine;
	return err;
}

/* A socket of its own: bound before options, and options before the ring. */
static int open_own(struct pktcap_send *s, const char *ifname,
		    struct pktcap_error *error)
{
	int err = find(s, ifname, error);

	if (err)
		return err;
	s->fd = packet_socket_open(SOCK_RAW, s->ifname, error);
	if (s->fd < 0)
		return s->fd;
	err = bind_socket(s, error);
	if (!err)
		err = set_options(s, error);
	if (!err)
		err = send_stamps_open(s, error);
	return err ? err : open_engine(s, error);
}

/* The caller gets @s, or nothing if opening it has failed; returns @err. */
static int hand_out(struct pktcap_send **out, struct pktcap_send *s, int err)
{
	if (err)
		pktcap_send_close(s);
	else
		*out = s;
	return err;
}

int pktcap_send_open(struct pktcap_send **out, const char *ifname,
		     const struct pktcap_send_opts *opts,
		     struct pktcap_error *error)
{
	struct pktcap_send *s;
	int err;

	*out = NULL;
	err = handle_new(&s, opts, error);
	if (err)
		return err;
	return hand_out(out, s, open_own(s, ifname, error));
}

static int keep_options(const struct pktcap_send *s, struct pktcap_error *error)
{
	const uint32_t own = PKTCAP_SEND_QDISC_BYPASS |
			     PKTCAP_SEND_STAMP_SOFTWARE |
			     PKTCAP_SEND_STAMP_HARDWARE;

	if (s->opts.flags & own || s->opts.sndbuf_bytes ||
	    s->opts.engine >= PKTCAP_SEND_ENGINE_RING)
		return error_set(
			error, -EINVAL, "borrow",
			"descriptor %d: a borrowed socket stays as it "
			"is: neither RING nor XDP, QDISC_BYPASS, stamps "
			"or sndbuf_bytes; open one of your own",
			s->fd);
	return 0;
}

/* With it the first bytes of each frame would be for the kernel. */
static int refuse_vnet_header(int fd, struct pktcap_error *error)
{
	socklen_t len = sizeof(int);
	int on = 0;

	if (getsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &on, &len) || !on)
		return 0;
	return error_set(error, -EINVAL, "PACKET_VNET_HDR",
			 "descriptor %d: PACKET_VNET_HDR is on, a header in "
			 "front of each frame: switch it off, or open a socket "
			 "of your own",
			 fd);
}

/* The name of what the socket is bound to, or NULL. */
static int name_bound(const struct packet_socket *found, int fd,
		      struct ifreq *req, struct pktcap_error *error)
{
	req->ifr_ifindex = found->ifindex;
	if (found->ifindex > 0 && !ioctl(fd, SIOCGIFNAME, req))
		return 0;
	return error_set(error, -ENODEV, "SIOCGIFNAME",
			 "descriptor %d: its interface is gone", fd);
}

static int borrow(struct pktcap_send *s, const char *ifname,
		  struct pktcap_error *error)
{
	struct packet_socket found;
	struct ifreq req = { 0 };
	int err;

	err = packet_socket_look(&found, s->fd, error);
	if (!err && found.type != SOCK_RAW)
		err = error_set(error, -EPROTOTYPE, "SO_TYPE",
				"descriptor %d: a socket of type SOCK_DGRAM "
				"(a cooked capture) makes link headers of its "
				"own: open another one to send from",
				s->fd);
	if (!err)
		err = keep_options(s, error);
	if (!err)
		err = refuse_vnet_header(s->fd, error);
	if (!err && !ifname && found.ifindex) {
		err = name_bound(&found, s->fd, &req, error);
		ifname = req.ifr_name;
	}
	if (!err)
		err = send_link_find(s, s->fd, ifname, error);
	s->addressed = !s->ifindex || (int)s->ifindex != found.ifindex;
	return err ? err : open_engine(s, error);
}

int pktcap_send_borrow(struct pktcap_send **out, int fd, const char *ifname,
		       const struct pktcap_send_opts *opts,
		       struct pktcap_error *error)
{
	struct pktcap_send *s;
	int err;

	*out = NULL;
	err = handle_new(&s, opts, error);
	if (err)
		return err;
	s->fd = fd;
	s->borrowed = true;
	return hand_out(out, s, borrow(s, ifname, error));
}

void pktcap_send_close(struct pktcap_send *s)
{
	if (!s)
		return;
	if (s->engine)
		s->engine->close(s);
	send_stamps_close(s);
	if (s->fd >= 0 && !s->borrowed)
		close(s->fd);
	free(s);
}
