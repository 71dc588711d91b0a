/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table that every live test of sending is run with: each engine, bound,
 * unbound, and on sockets of captures. A test finds its row in *state.
 */
#ifndef TESTS_SUPPORT_WAYS_H
#define TESTS_SUPPORT_WAYS_H

#include <errno.h>
#include <net/if.h>
#include <pktcap/pktcap.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "support/matrix.h"
#include "support/world.h"

struct way {
	const char *name;
	uint32_t engine;
	uint32_t flags;
	uint32_t capture; /* engine of the capture whose socket is borrowed */
	bool unbound;
	bool named; /* another interface than the socket is bound to */
};

static struct way ways[] = {
	{ .name = "mmsg", .engine = PKTCAP_SEND_ENGINE_MMSG },
	{ .name = "ring", .engine = PKTCAP_SEND_ENGINE_RING },
	{ .name = "auto" },
	{ .name = "mmsg, qdisc bypassed",
	  .engine = PKTCAP_SEND_ENGINE_MMSG,
	  .flags = PKTCAP_SEND_QDISC_BYPASS },
	{ .name = "ring, qdisc bypassed",
	  .engine = PKTCAP_SEND_ENGINE_RING,
	  .flags = PKTCAP_SEND_QDISC_BYPASS },
	{ .name = "mmsg, unbound",
	  .engine = PKTCAP_SEND_ENGINE_MMSG,
	  .unbound = true },
	{ .name = "ring, unbound",
	  .engine = PKTCAP_SEND_ENGINE_RING,
	  .unbound = true },
	{ .name = "with stamps", .flags = PKTCAP_SEND_STAMP_SOFTWARE },
	{ .name = "borrowed from engine recv", .capture = PKTCAP_ENGINE_RECV },
	{ .name = "borrowed from engine ring", .capture = PKTCAP_ENGINE_RING },
	{ .name = "borrowed, another interface",
	  .capture = PKTCAP_ENGINE_RECV,
	  .named = true },
	/* The last one: left out where there is none. */
	{ .name = "xdp", .engine = PKTCAP_SEND_ENGINE_XDP },
};

enum { WAYS = sizeof(ways) / sizeof(ways[0]) };

/* One way, made: sends on "pk0". */
struct sender {
	struct pktcap_send *s;
	struct pktcap_capture *cap; /* NULL: the socket is its own */
	uint32_t ifindex;	    /* for those that have to say it */
};

static inline void sender_borrow(struct sender *sender, const struct way *way,
				 struct pktcap_send_opts *opts)
{
	struct pktcap_error error = { 0 };

	if (pktcap_capture_open(&sender->cap, way->named ? "lo" : "pk0",
				&PKTCAP_CAPTURE_OPTS(.engine = way->capture,
						     .max_delay_us = 1000),
				&error) ||
	    pktcap_send_borrow(&sender->s, pktcap_capture_socket(sender->cap),
			       way->named ? "pk0" : NULL, opts, &error))
		fail_msg("%s: %s", error.call, error.text);
}

static inline struct sender sender_open(const struct way *way,
					struct pktcap_send_opts opts)
{
	struct sender sender = { .ifindex = if_nametoindex("pk0") };
	struct pktcap_error error = { 0 };

	opts.size = sizeof(opts);
	opts.engine = way->engine;
	opts.flags |= way->flags;
	if (way->capture)
		sender_borrow(&sender, way, &opts);
	else if (pktcap_send_open(&sender.s, way->unbound ? NULL : "pk0", &opts,
				  &error))
		fail_msg("%s: %s", error.call, error.text);
	return sender;
}

#define SENDER(way, ...) \
	sender_open(way, (struct pktcap_send_opts){ .size = 0, __VA_ARGS__ })

static inline void sender_close(struct sender *sender)
{
	pktcap_send_close(sender->s);
	pktcap_capture_close(sender->cap);
}

/* A view of bytes, with the interface for those who need it. */
static inline struct pktcap_packet
sender_packet(const struct sender *sender, const uint8_t *data, size_t len)
{
	return (struct pktcap_packet){
		.data = data,
		.caplen = (uint32_t)len,
		.ifindex = (int32_t)sender->ifindex,
	};
}

/* Says why not, if not. */
static inline bool has_xdp(void)
{
	struct pktcap_error error = { 0 };
	struct pktcap_send *s;
	int err = pktcap_send_open(
		&s, "pk0", &PKTCAP_SEND_OPTS(.engine = PKTCAP_SEND_ENGINE_XDP),
		&error);

	pktcap_send_close(s);
	if (err == -EAFNOSUPPORT || err == -EOPNOTSUPP || err == -ENOBUFS)
		printf("left out: %s\n", error.text);
	else
		return true;
	return false;
}

static inline int run_with_ways(const char *group,
				const struct matrix_test *tests, size_t n)
{
	return matrix_run(group, tests, n, ways, WAYS - !has_xdp(),
			  sizeof(ways[0]));
}

#endif
