// SPDX-License-Identifier: BSD-2-Clause
#include "support/request.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void *request_append(struct request *r, const void *data, size_t n)
{
	uint8_t *p = r->bytes + r->header.nlmsg_len;

	if (n)
		memcpy(p, data, n);
	r->header.nlmsg_len += (uint32_t)NLMSG_ALIGN(n);
	return p;
}

void request_init(struct request *r, uint16_t type, uint16_t flags,
		  const void *body, size_t n)
{
	memset(r, 0, sizeof(*r));
	r->header.nlmsg_len = NLMSG_HDRLEN;
	r->header.nlmsg_type = type;
	r->header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	request_append(r, body, n);
}

void request_attribute(struct request *r, unsigned int type, const void *data,
		       size_t n)
{
	struct rtattr head = { .rta_len = (unsigned short)RTA_LENGTH(n),
			       .rta_type = (unsigned short)type };

	request_append(r, &head, sizeof(head));
	request_append(r, data, n);
}

struct rtattr *request_nest(struct request *r, unsigned int type)
{
	struct rtattr head = { .rta_len = sizeof(head),
			       .rta_type = (unsigned short)type };

	return request_append(r, &head, sizeof(head));
}

void request_nest_end(const struct request *r, struct rtattr *head)
{
	head->rta_len = (unsigned short)(r->bytes + r->header.nlmsg_len -
					 (uint8_t *)head);
}

int request_receive_ack(int fd)
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

int request_send(const struct request *r)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	int err;

	if (fd < 0)
		return -errno;
	err = send(fd, r, r->header.nlmsg_len, 0) < 0 ? -errno
						      : request_receive_ack(fd);
	close(fd);
	return err;
}
