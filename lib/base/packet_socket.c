// SPDX-License-Identifier: BSD-2-Clause
#include "base/packet_socket.h"

#include <errno.h>
#include <string.h>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/uapi.h"

static int socket_failed(int err, const char *ifname,
			 struct pktcap_error *error)
{
	const char *why = strerror(-err);

	if (err == -EACCES)
		err = -EPERM;
	if (err == -EPERM)
		why = "needs CAP_NET_RAW: run as root, or setcap "
		      "cap_net_raw+ep PROGRAM";
	if (err == -EAFNOSUPPORT)
		why = "this kernel has none (CONFIG_PACKET)";
	return error_set(error, err, "socket",
			 "%s: opening a packet socket %s%s", ifname,
			 err == -EPERM ? "" : "failed: ", why);
}

int packet_socket_open(int type, const char *ifname, struct pktcap_error *error)
{
	int fd = descriptor_above_stdio(
		socket(AF_PACKET, type | SOCK_CLOEXEC, 0));

	return fd < 0 ? socket_failed(fd, ifname, error) : fd;
}

int packet_socket_look(struct packet_socket *found, int fd,
		       struct pktcap_error *error)
{
	struct sockaddr_ll addr = { 0 };
	socklen_t len = sizeof(int);
	int domain;

	if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &len) ||
	    getsockopt(fd, SOL_SOCKET, SO_TYPE, &found->type, &len))
		return error_set(error, -errno, "getsockopt",
				 "descriptor %d: %s", fd, strerror(errno));
	if (domain != AF_PACKET ||
	    (found->type != SOCK_RAW && found->type != SOCK_DGRAM))
		return error_set(error, -EPROTOTYPE, "SO_DOMAIN",
				 "descriptor %d: not a packet socket of type "
				 "SOCK_RAW or SOCK_DGRAM",
				 fd);
	len = sizeof(addr);
	if (getsockname(fd, (struct sockaddr *)&addr, &len))
		return error_set(error, -errno, "getsockname",
				 "descriptor %d: %s", fd, strerror(errno));
	found->live = addr.sll_protocol != 0;
	found->ifindex = addr.sll_ifindex;
	return 0;
}
