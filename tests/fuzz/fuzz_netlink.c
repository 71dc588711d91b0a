// SPDX-License-Identifier: BSD-2-Clause
/*
 * Whatever a kernel might answer, listing and watching stay in bounds. The
 * sockets of this program are its own: they deliver the input, which is a
 * choice (list, sockets or watch) and datagrams, each behind its length in two
 * bytes.
 */
/* With it, glibc declares socket functions with types no program can repeat. */
#undef _GNU_SOURCE
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include <pktcap/device.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct {
	const uint8_t *data;
	size_t left;
	uint32_t seq;  /* of the last request */
	int notify_fd; /* the socket that does not wait */
} input;

int socket(int domain, int type, int protocol)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

	(void)domain;
	(void)protocol;
	if (type & SOCK_NONBLOCK)
		input.notify_fd = fd;
	return fd;
}

int bind(int fd, const struct sockaddr *address, socklen_t len)
{
	(void)fd;
	(void)address;
	(void)len;
	return 0;
}

ssize_t sendto(int fd, const void *data, size_t n, int flags,
	       const struct sockaddr *address, socklen_t len)
{
	struct nlmsghdr header;

	(void)fd;
	(void)flags;
	(void)address;
	(void)len;
	memcpy(&header, data, sizeof(header));
	input.seq = header.nlmsg_seq;
	return (ssize_t)n;
}

/* Ends the request when the input is used up. */
static ssize_t deliver_end(struct msghdr *msg)
{
	struct nlmsghdr done = { .nlmsg_len = sizeof(done),
				 .nlmsg_type = NLMSG_DONE,
				 .nlmsg_seq = input.seq };

	if (msg->msg_iov->iov_len >= sizeof(done))
		memcpy(msg->msg_iov->iov_base, &done, sizeof(done));
	return sizeof(done);
}

ssize_t recvmsg(int fd, struct msghdr *msg, int flags)
{
	size_t n, fits = msg->msg_iov->iov_len;

	memset(msg->msg_name, 0, msg->msg_namelen);
	if (input.left < 2 && fd == input.notify_fd) {
		errno = EAGAIN;
		return -1;
	}
	if (input.left < 2)
		return deliver_end(msg);
	n = (size_t)input.data[0] << 8 | input.data[1];
	if (n > input.left - 2)
		n = input.left - 2;
	if (n)
		memcpy(msg->msg_iov->iov_base, input.data + 2,
		       n < fits ? n : fits);
	if (!(flags & MSG_PEEK)) {
		input.data += 2 + n;
		input.left -= 2 + n;
	}
	return (ssize_t)n;
}

static void list(void)
{
	struct pktcap_device_list *devices;
	size_t n;

	if (pktcap_device_list_open(&devices, NULL) < 0)
		return;
	n = pktcap_device_list_count(devices);
	for (size_t i = 0; i < n; i++) {
		const struct pktcap_device *device =
			pktcap_device_list_at(devices, i);

		pktcap_device_list_find(devices, device->name);
		pktcap_device_list_nearest(devices, device->name);
		for (uint32_t k = 0; k < device->altname_count; k++)
			pktcap_device_list_find(devices, device->altnames[k]);
	}
	pktcap_device_list_close(devices);
}

static void sockets(void)
{
	struct pktcap_device_sockets *found;
	const struct pktcap_device_socket *socket;
	volatile uint8_t read;

	if (pktcap_device_sockets_open(&found, 0, NULL) < 0)
		return;
	for (size_t i = 0; (socket = pktcap_device_sockets_at(found, i)); i++)
		for (uint32_t k = 0; k < socket->membership_count; k++)
			read = socket->memberships[k].address[0];
	(void)read;
	pktcap_device_sockets_close(found);
}

static void watch(const char *ifname)
{
	struct pktcap_device_watch *links;
	struct pktcap_device_event event;

	if (pktcap_device_watch_open(&links, ifname, NULL) < 0)
		return;
	while (pktcap_device_watch_next(links, &event) > 0)
		;
	pktcap_device_watch_close(links);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pktcap_device_counters counters;

	if (!size)
		return 0;
	memset(&input, 0, sizeof(input));
	input.data = data + 1;
	input.left = size - 1;
	input.notify_fd = -1;
	if (data[0] == 'l')
		list();
	else if (data[0] == 'n')
		watch("v0");
	else if (data[0] == 's')
		sockets();
	else if (data[0] == 'c')
		pktcap_device_counters(1, &counters);
	else
		watch(NULL);
	return 0;
}
