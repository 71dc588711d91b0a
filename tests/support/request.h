/* SPDX-License-Identifier: BSD-2-Clause */
/* A request to the kernel by netlink(7): what links are made and changed by. */
#ifndef TESTS_SUPPORT_REQUEST_H
#define TESTS_SUPPORT_REQUEST_H

#include <linux/rtnetlink.h>
#include <stddef.h>
#include <stdint.h>

/* A request that grows; far more room than any of ours needs. */
struct request {
	union {
		struct nlmsghdr header;
		uint8_t bytes[512];
	};
};

/* Begins with the fixed struct that a @type has: @n bytes at @body. */
void request_init(struct request *r, uint16_t type, uint16_t flags,
		  const void *body, size_t n);
/* Adds bytes; returns where they are. */
void *request_append(struct request *r, const void *data, size_t n);
void request_attribute(struct request *r, unsigned int type, const void *data,
		       size_t n);
/* Opens an attribute that holds others; request_nest_end() closes it. */
struct rtattr *request_nest(struct request *r, unsigned int type);
void request_nest_end(const struct request *r, struct rtattr *head);

/*
 * Sends it by rtnetlink(7) and waits for the answer. Returns 0 or a negative
 * errno, as the others do.
 */
int request_send(const struct request *r);
/* The same on a socket of another family: the next answer that comes on it. */
int request_receive_ack(int fd);

#endif
