// SPDX-License-Identifier: BSD-2-Clause
#include "device/promisc.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/if_packet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "base/uapi.h"
#include "device/link.h"

static int find_interface(int fd, const char *ifname, uint32_t *ifindex,
			  struct pktcap_error *error)
{
	struct ifreq req;

	memset(&req, 0, sizeof(req));
	memcpy(req.ifr_name, ifname, strlen(ifname));
	if (ioctl(fd, SIOCGIFINDEX, &req))
		return error_set(error, -errno, "SIOCGIFINDEX",
				 errno == ENODEV
					 ? "%s: no such interface: list the "
					   "interfaces to see their names"
					 : "%s: cannot find the interface",
				 ifname);
	*ifindex = (uint32_t)req.ifr_ifindex;
	return 0;
}

/* Protocol 0: the socket receives nothing, it only holds the membership. */
static int open_socket(uint32_t method, const char *ifname,
		       struct pktcap_error *error)
{
	bool packet = method == PKTCAP_PROMISC_METHOD_MEMBERSHIP;
	int fd = packet ? socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0)
			: socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd >= 0)
		return fd;
	if (errno == EPERM)
		return error_set(error, -EPERM, "socket",
				 "%s: a promiscuous membership needs "
				 "CAP_NET_RAW: run as root or setcap "
				 "cap_net_raw+ep PROGRAM",
				 ifname);
	return error_set(error, -errno, "socket",
			 "%s: opening a socket failed (error %d): check the "
			 "limit on open files and the sandbox",
			 ifname, errno);
}

static int add_membership(const struct pktcap_device_promisc *holder,
			  const char *ifname, struct pktcap_error *error)
{
	struct packet_mreq mreq = {
		.mr_ifindex = (int)holder->ifindex,
		.mr_type = holder->mode == PKTCAP_PROMISC_MODE_ALL
				   ? PACKET_MR_PROMISC
				   : PACKET_MR_ALLMULTI,
	};

	if (!setsockopt(holder->fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &mreq,
			sizeof(mreq)))
		return 0;
	return error_set(error, -errno, "PACKET_ADD_MEMBERSHIP",
			 "%s: the interface cannot be made promiscuous (error "
			 "%d): see whether it still exists",
			 ifname, errno);
}

static int start(struct pktcap_device_promisc *holder, const char *ifname,
		 struct pktcap_error *error)
{
	int r = open_socket(holder->method, ifname, error);

	if (r < 0)
		return r;
	holder->fd = r;
	r = find_interface(holder->fd, ifname, &holder->ifindex, error);
	if (r == 0 && holder->method == PKTCAP_PROMISC_METHOD_MEMBERSHIP)
		r = add_membership(holder, ifname, error);
	else if (r == 0)
		r = promisc_flag_set(holder, ifname, error);
	if (r < 0)
		close(holder->fd);
	return r;
}

static int check(const char *ifname, uint32_t mode, uint32_t method,
		 struct pktcap_error *error)
{
	if (mode > PKTCAP_PROMISC_MODE_MULTICAST)
		return error_set(error, -EINVAL, "mode",
				 "%u is no PKTCAP_PROMISC_MODE", mode);
	if (method > PKTCAP_PROMISC_METHOD_FLAG)
		return error_set(error, -EINVAL, "method",
				 "%u is no PKTCAP_PROMISC_METHOD", method);
	return link_check_name(ifname, error);
}

int pktcap_device_promisc_open(struct pktcap_device_promisc **out,
			       const char *ifname, uint32_t mode,
			       uint32_t method, struct pktcap_error *error)
{
	struct pktcap_device_promisc *holder;
	int r;

	*out = NULL;
	r = check(ifname, mode, method, error);
	if (r < 0)
		return r;
	holder = malloc(sizeof(*holder));
	if (!holder)
		return error_set(error, -ENOMEM, "malloc", "%s: out of memory",
				 ifname);
	*holder = (struct pktcap_device_promisc){ .slot_fd = -1,
						  .mode = mode,
						  .method = method };
	r = start(holder, ifname, error);
	if (r < 0) {
		free(holder);
		return r;
	}
	*out = holder;
	return 0;
}

int pktcap_device_promisc_close(struct pktcap_device_promisc *holder)
{
	int r = 0;

	if (!holder)
		return 0;
	if (holder->slot_fd >= 0)
		r = promisc_flag_restore(holder);
	close(holder->fd);
	free(holder);
	return r;
}
