// SPDX-License-Identifier: BSD-2-Clause
#include "base/netlink.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/descriptor.h"

/*
 * The kernel fills a dump's datagrams up to the largest buffer it was shown,
 * 32 KiB at most. Notifications are small; the buffer grows if one is not.
 */
#define DUMP_BUFFER 32768u
#define NOTIFY_BUFFER 4096u
#define REQUEST_MAX 192u

/* Inline: programs that only capture have one of the two. */
static inline __attribute__((always_inline)) int
open_socket(struct netlink *nl, int protocol, uint32_t groups)
{
	struct sockaddr_nl self = { .nl_family = AF_NETLINK,
				    .nl_groups = groups };
	int type = SOCK_RAW | SOCK_CLOEXEC | (groups ? SOCK_NONBLOCK : 0);
	int err;

	*nl = (struct netlink){ .fd = -1 };
	nl->size = groups ? NOTIFY_BUFFER : DUMP_BUFFER;
	nl->buf = malloc(nl->size);
	if (!nl->buf)
		return -ENOMEM;
	nl->fd = descriptor_above_stdio(socket(AF_NETLINK, type, protocol));
	if (nl->fd < 0)
		goto fail;
	if (groups && bind(nl->fd, (struct sockaddr *)&self, sizeof(self)))
		goto fail;
	return 0;
fail:
	err = -errno;
	netlink_close(nl);
	return err;
}

int netlink_open(struct netlink *nl, uint32_t groups)
{
	return open_socket(nl, NETLINK_ROUTE, groups);
}

int netlink_open_diag(struct netlink *nl)
{
	return open_socket(nl, NETLINK_SOCK_DIAG, 0);
}

void netlink_close(struct netlink *nl)
{
	if (nl->fd >= 0)
		close(nl->fd);
	free(nl->buf);
	*nl = (struct netlink){ .fd = -1 };
}

static ssize_t receive(struct netlink *nl, int flags, size_t size,
		       struct sockaddr_nl *from)
{
	struct iovec iov = { .iov_base = nl->buf, .iov_len = size };
	struct msghdr msg = { .msg_name = from,
			      .msg_namelen = sizeof(*from),
			      .msg_iov = &iov,
			      .msg_iovlen = 1 };
	ssize_t n;

	do
		n = recvmsg(nl->fd, &msg, flags);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : n;
}

static int reserve(struct netlink *nl, size_t n)
{
	uint8_t *buf;

	if (n <= nl->size)
		return 0;
	buf = realloc(nl->buf, n);
	if (!buf)
		return -ENOMEM;
	nl->buf = buf;
	nl->size = n;
	return 0;
}

int netlink_receive(struct netlink *nl, struct bytes *datagram)
{
	struct sockaddr_nl from;
	ssize_t n;
	int r;

	*datagram = (struct bytes){ NULL, 0 };
	/* A datagram that is read into too small a buffer would be lost. */
	n = receive(nl, MSG_PEEK | MSG_TRUNC, 0, &from);
	if (n < 0)
		return (int)n;
	r = reserve(nl, (size_t)n);
	if (r < 0)
		return r;
	memset(&from, 0, sizeof(from));
	n = receive(nl, MSG_TRUNC, nl->size, &from);
	if (n < 0)
		return (int)n;
	if ((size_t)n > nl->size)
		return -ENOBUFS;
	/* Any process may send to our address: only the kernel is number 0. */
	if (from.nl_pid == 0)
		*datagram = (struct bytes){ nl->buf, (size_t)n };
	return 0;
}

bool netlink_next_message(struct bytes *rest, struct netlink_message *message)
{
	const size_t header = NLMSG_HDRLEN;
	uint32_t len;

	if (!bytes_host32(*rest, offsetof(struct nlmsghdr, nlmsg_len), &len) ||
	    len < header || !bytes_has(*rest, 0, len))
		return false;
	bytes_host16(*rest, offsetof(struct nlmsghdr, nlmsg_type),
		     &message->type);
	bytes_host16(*rest, offsetof(struct nlmsghdr, nlmsg_flags),
		     &message->flags);
	bytes_host32(*rest, offsetof(struct nlmsghdr, nlmsg_seq),
		     &message->seq);
	message->body = bytes_slice(*rest, header, len - header);
	/* The last one may lack the padding: the slice is empty then. */
	*rest = bytes_slice(*rest, NLMSG_ALIGN((size_t)len), SIZE_MAX);
	return true;
}

bool netlink_next_attr(struct bytes *rest, struct netlink_attr *attr)
{
	uint16_t len, type;

	if (!bytes_host16(*rest, offsetof(struct nlattr, nla_len), &len) ||
	    !bytes_host16(*rest, offsetof(struct nlattr, nla_type), &type) ||
	    len < NLA_HDRLEN || !bytes_has(*rest, 0, len))
		return false;
	attr->type = type & NLA_TYPE_MASK;
	attr->value = bytes_slice(*rest, NLA_HDRLEN, len - (size_t)NLA_HDRLEN);
	*rest = bytes_slice(*rest, NLA_ALIGN((size_t)len), SIZE_MAX);
	return true;
}

void netlink_string(struct bytes value, char *out, size_t size)
{
	size_t n = 0;

	while (n < value.n && n + 1 < size && value.p[n]) {
		out[n] = (char)value.p[n];
		n++;
	}
	out[n] = '\0';
}

static int send_request(struct netlink *nl, uint16_t type, uint16_t flags,
			struct bytes payload)
{
	const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct nlmsghdr header = { .nlmsg_type = type, .nlmsg_seq = ++nl->seq };
	uint8_t message[REQUEST_MAX] = { 0 };
	ssize_t n;

	if (payload.n > sizeof(message) - NLMSG_HDRLEN)
		return -EMSGSIZE;
	header.nlmsg_len = (uint32_t)(NLMSG_HDRLEN + payload.n);
	/* An acknowledgement ends what is not a dump: one end for both. */
	header.nlmsg_flags = NLM_F_REQUEST | (flags ? flags : NLM_F_ACK);
	memcpy(message, &header, sizeof(header));
	memcpy(message + NLMSG_HDRLEN, payload.p, payload.n);
	do
		n = sendto(nl->fd, message, header.nlmsg_len, 0,
			   (const struct sockaddr *)&kernel, sizeof(kernel));
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : 0;
}

/* What has come of a request so far. */
struct answer {
	uint32_t seq;
	int result;
	bool interrupted;
	bool ended;
};

/* No errno is larger than 4095: -EBADMSG for what cannot be one. */
static int error_of(uint32_t status)
{
	uint32_t number = 0u - status;

	if (status <= INT32_MAX)
		return 0;
	return number <= 4095 ? -(int)number : -EBADMSG;
}

static void take_message(struct answer *answer,
			 const struct netlink_message *message, netlink_fn fn,
			 void *user)
{
	uint32_t status = 0;

	if (message->seq != answer->seq)
		return;
	if (message->flags & NLM_F_DUMP_INTR)
		answer->interrupted = true;
	if (message->type == NLMSG_ERROR || message->type == NLMSG_DONE) {
		bytes_host32(message->body, 0, &status);
		answer->ended = true;
		if (!answer->result)
			answer->result = error_of(status);
	} else if (message->type >= NLMSG_MIN_TYPE && !answer->result) {
		answer->result = fn(user, message);
	}
}

int netlink_request(struct netlink *nl, uint16_t type, uint16_t flags,
		    struct bytes payload, netlink_fn fn, void *user)
{
	struct answer answer = { 0 };
	struct netlink_message message;
	struct bytes datagram;
	int r;

	r = send_request(nl, type, flags, payload);
	answer.seq = nl->seq;
	while (!r && !answer.ended) {
		r = netlink_receive(nl, &datagram);
		while (!r && netlink_next_message(&datagram, &message))
			take_message(&answer, &message, fn, user);
		if (!r && datagram.n)
			r = -EBADMSG;
	}
	if (r < 0)
		return r;
	if (answer.result < 0)
		return answer.result;
	return answer.interrupted ? -EINTR : 0;
}
