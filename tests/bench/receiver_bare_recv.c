// SPDX-License-Identifier: BSD-2-Clause
/* What a small program does: recvfrom(2), then SIOCGSTAMP for the time. */
#include "bench/receiver.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

struct bare_recv {
	int fd;
	uint8_t buffer[262144];
};

static void set_options(int fd, uint32_t bytes)
{
	const struct timeval wait = { .tv_usec = 100000 };
	int half = (int)(bytes / 2); /* the kernel doubles it */

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &half, sizeof(half)))
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &half, sizeof(half));
}

static int listen_on(int fd, const char *ifname)
{
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = (int)if_nametoindex(ifname),
	};
	struct timeval first;

	/* The first call switches stamping on; there is no packet yet. */
	ioctl(fd, SIOCGSTAMP_OLD, &first);
	return bind(fd, (struct sockaddr *)&address, sizeof(address)) ? -errno
								      : 0;
}

static void bare_close(void *handle)
{
	struct bare_recv *bare = handle;

	close(bare->fd);
	free(bare);
}

static int bare_open(void **handle, const struct receiver_config *config)
{
	struct bare_recv *bare = calloc(1, sizeof(*bare));
	int err;

	if (!bare)
		return -ENOMEM;
	bare->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	err = bare->fd < 0 ? -errno : 0;
	if (!err) {
		set_options(bare->fd, config->buffer_bytes);
		err = listen_on(bare->fd, config->ifname);
	}
	if (err)
		bare_close(bare);
	else
		*handle = bare;
	return err;
}

static int bare_drain(void *handle, struct tally *tally)
{
	struct bare_recv *bare = handle;
	struct sockaddr_ll from;
	socklen_t from_len = sizeof(from);
	struct timeval stamp;
	ssize_t len = recvfrom(bare->fd, bare->buffer, sizeof(bare->buffer),
			       MSG_TRUNC, (struct sockaddr *)&from, &from_len);

	if (len < 0)
		return errno == EAGAIN ? 0 : -errno;
	if (ioctl(bare->fd, SIOCGSTAMP_OLD, &stamp))
		return -errno;
	tally_add(tally, bare->buffer,
		  len < (ssize_t)sizeof(bare->buffer)
			  ? (uint32_t)len
			  : (uint32_t)sizeof(bare->buffer),
		  (uint32_t)len,
		  (int64_t)stamp.tv_sec * 1000000000 + stamp.tv_usec * 1000);
	return 1;
}

const struct receiver receiver_bare_recv = {
	.name = "bare recvfrom + SIOCGSTAMP",
	.open = bare_open,
	.drain = bare_drain,
	.close = bare_close,
};
