/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the examples share that ask hosts of the local network: arp_resolve,
 * arp_scan and promisc_detect. One interface, many hosts, who are asked again
 * until they answer; answers come while requests still go out.
 */
#ifndef ASK_H
#define ASK_H

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/pktcap.h>

#include "neighbour.h"
#include "output.h"
#include "privileges.h"
#include "progress.h"
#include "stop.h"

enum { ASK_BITS = 16 }; /* of addresses that can be asked at once */

struct ask_host {
	struct neighbour_address address;
	uint8_t mac[6];
	uint8_t other[6]; /* that answered as well */
	bool answered;
	bool twice;
	bool probed;   /* answered a probe to a false address */
	bool own;      /* of the interface itself: nobody has to be asked */
	uint32_t open; /* requests without an answer */
};

struct ask {
	/* Options, set before ask_open(). */
	struct neighbour_address from; /* family 0: the interface's own */
	uint32_t timeout_ms;
	uint32_t retries;
	struct pktcap_send_pace_opts rate;
	bool patient; /* waits for a second answer of each host, too */
	bool verbose;
	bool ipv6; /* looks for hosts of IPv6 by echo requests */

	const char *ifname;
	struct pktcap_device_list *list;
	const struct pktcap_device *device;
	struct pktcap_capture *cap;
	struct pktcap_send *sender;
	struct pktcap_send_pace pace;
	struct progress progress;
	/* What is done with a packet; returns 0, or -1 after a message. */
	int (*take)(struct ask *ask, const struct pktcap_packet *pkt);
	uint32_t echo;		/* number of our echo requests */
	struct ask_host *hosts; /* in the order of their addresses */
	size_t n;
	size_t open;	/* requests that may still be answered */
	size_t waiting; /* hosts that have not answered */
};

/* Says what failed, and returns -1. */
static inline int ask_failed(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	return -1;
}

static inline void ask_print_mac(FILE *to, const uint8_t *mac)
{
	fprintf(to, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2],
		mac[3], mac[4], mac[5]);
}

/* @mac: NULL: the address alone */
static inline void ask_print(FILE *to, const struct ask_host *host,
			     const char *between, const uint8_t *mac)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(host->address.family, host->address.bytes, text,
		  sizeof(text));
	fprintf(to, "%s%s", text, between);
	if (mac)
		ask_print_mac(to, mac);
}

static inline unsigned int ask_bytes(uint16_t family)
{
	return family == AF_INET ? 4 : 16;
}

/* Has @address the same first @bits as @prefix? */
static inline bool ask_is_inside(const uint8_t *address, const uint8_t *prefix,
				 unsigned int bits)
{
	unsigned int whole = bits / 8, rest = bits % 8;

	return !memcmp(address, prefix, whole) &&
	       (!rest || !((address[whole] ^ prefix[whole]) >> (8 - rest)));
}

/* The interface's own address towards @target; NULL if it has none. */
static inline const struct pktcap_address *
ask_own(const struct ask *ask, const struct neighbour_address *target,
	bool *inside)
{
	const struct pktcap_device *device = ask->device;
	const struct pktcap_address *own, *first = NULL;

	*inside = false;
	for (uint32_t i = 0; i < device->address_count; i++) {
		own = &device->addresses[i];
		if (own->family != target->family)
			continue;
		first = first ? first : own;
		*inside = ask_is_inside(target->bytes, own->bytes,
					own->prefix_len);
		if (*inside)
			return own;
	}
	return first;
}

/* Whom the answers are for: zeros for a probe. */
static inline const uint8_t *ask_from(const struct ask *ask,
				      const struct neighbour_address *target)
{
	const struct pktcap_address *own;
	bool inside;

	if (ask->from.family == target->family)
		return ask->from.bytes;
	own = ask_own(ask, target, &inside);
	return own ? own->bytes : neighbour_nobody;
}

/* Returns 0, or -1 after a message. */
static inline int ask_add_host(struct ask *ask, const struct ask_host *host)
{
	struct ask_host *hosts =
		realloc(ask->hosts, (ask->n + 1) * sizeof(*hosts));

	if (!hosts)
		return ask_failed("addresses", strerror(ENOMEM));
	ask->hosts = hosts;
	hosts[ask->n++] = *host;
	return 0;
}

static inline int ask_check_device(struct ask *ask)
{
	struct pktcap_error error;
	const char *why = NULL;

	if (pktcap_device_list_open(&ask->list, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return -1;
	}
	ask->device = pktcap_device_list_find(ask->list, ask->ifname);
	if (!ask->device)
		why = "no such interface: ip link lists them";
	else if (ask->device->linktype != PKTCAP_LINKTYPE_ETHERNET ||
		 ask->device->mac_len != 6 ||
		 ask->device->flags & PKTCAP_DEVICE_LOOPBACK)
		why = "not Ethernet: nobody there can be asked";
	else if (ask->device->flags & PKTCAP_DEVICE_UP &&
		 !(ask->device->flags & PKTCAP_DEVICE_CARRIER))
		why = "no carrier: nothing is connected to it";
	if (why)
		return ask_failed(ask->ifname, why);
	if (ask->device->flags & PKTCAP_DEVICE_UP)
		return 0;
	fprintf(stderr, "%s: the interface is down: ip link set %s up\n",
		ask->ifname, ask->ifname);
	return -1;
}

/* Listens before the first request is sent, to answers only. */
static inline int ask_open_capture(struct ask *ask)
{
	struct pktcap_capture_opts opts =
		PKTCAP_CAPTURE_OPTS(.flags = PKTCAP_CAPTURE_STRICT,
				    .direction = PKTCAP_DIRECTION_IN);
	struct pktcap_filter *filter;
	struct pktcap_error error;
	size_t n;
	int ret;

	ret = pktcap_filter_compile(
		&filter,
		ask->ipv6 ? "icmp6 and (ip6[40] = 136 or ip6[40] = 129)"
			  : "arp[6:2] = 2 or (icmp6 and ip6[40] = 136)",
		&PKTCAP_FILTER_OPTS(.linktype = PKTCAP_LINKTYPE_ETHERNET,
				    .flags = PKTCAP_FILTER_LIVE),
		&error);
	if (!ret) {
		opts.filter = pktcap_filter_program(filter, &n);
		opts.filter_len = (uint32_t)n;
		ret = pktcap_capture_open(&ask->cap, ask->ifname, &opts,
					  &error);
		pktcap_filter_free(filter);
	}
	if (ret)
		fprintf(stderr, "%s\n", error.text);
	return ret ? -1 : 0;
}

/* From the same socket: there is one thing to be allowed to open. */
static inline int ask_open_sender(struct ask *ask)
{
	struct pktcap_error error;

	if (!pktcap_send_borrow(&ask->sender, pktcap_capture_socket(ask->cap),
				NULL, NULL, &error))
		return 0;
	fprintf(stderr, "%s\n", error.text);
	return -1;
}

/* Returns 0, or -1 after a message; ask_close() afterwards in any case. */
static inline int ask_open(struct ask *ask)
{
	const char *what;

	if (ask_check_device(ask) || ask_open_capture(ask) ||
	    ask_open_sender(ask))
		return -1;
	what = privileges_drop_owner();
	if (!what)
		what = privileges_drop_capabilities();
	if (what)
		return ask_failed(what, strerror(errno));
	stop_on_signals();
	return 0;
}

static inline void ask_close(struct ask *ask)
{
	pktcap_send_close(ask->sender);
	pktcap_capture_close(ask->cap);
	pktcap_device_list_close(ask->list);
	free(ask->hosts);
}

#endif
