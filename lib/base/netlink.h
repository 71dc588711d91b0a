/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Talking to the kernel over rtnetlink(7) and sock_diag(7): requests,
 * notifications, and getters for messages and attributes that never read past
 * what is there.
 */
#ifndef BASE_NETLINK_H
#define BASE_NETLINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

struct netlink {
	int fd;
	uint32_t seq; /* of the last request */
	uint8_t *buf;
	size_t size;
};

struct netlink_message {
	uint16_t type;
	uint16_t flags;
	uint32_t seq;
	struct bytes body; /* the fixed header of its type, then attributes */
};

struct netlink_attr {
	uint16_t type; /* without the flags for nesting and byte order */
	struct bytes value;
};

/* Negative ends a request with that error, 0 goes on. */
typedef int (*netlink_fn)(void *user, const struct netlink_message *message);

/*
 * With @groups (RTMGRP_ bits) a non-blocking socket for notifications, with 0
 * one for requests. Returns 0 or a negative errno, with nothing to close.
 */
int netlink_open(struct netlink *nl, uint32_t groups);
/* The same for requests to sock_diag(7). */
int netlink_open_diag(struct netlink *nl);
void netlink_close(struct netlink *nl);

/*
 * One datagram of the kernel; @datagram is valid until the next call. Returns
 * 0, -EAGAIN (nothing is waiting), -ENOBUFS (the kernel dropped some), -ENOMEM
 * (the datagram still waits) or what recvmsg(2) says.
 */
int netlink_receive(struct netlink *nl, struct bytes *datagram);

/*
 * Sends @payload as a message of @type and hands every answer to @fn. @flags:
 * NLM_F_DUMP for a dump, else 0. Returns 0, what @fn returned, what the kernel
 * answered, -EINTR for a dump that changed under way (what @fn got is then to
 * be thrown away), or -EBADMSG.
 */
int netlink_request(struct netlink *nl, uint16_t type, uint16_t flags,
		    struct bytes payload, netlink_fn fn, void *user);

/* Takes the first message off @rest; false where there is no whole one. */
bool netlink_next_message(struct bytes *rest, struct netlink_message *message);
/* The same for attributes. */
bool netlink_next_attr(struct bytes *rest, struct netlink_attr *attr);

/* Copies a string attribute, cut to @size and always terminated. */
void netlink_string(struct bytes value, char *out, size_t size);

#endif
