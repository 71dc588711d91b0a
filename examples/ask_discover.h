/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which IPv6 addresses are there to be asked for? A prefix has too many, but an
 * echo request goes to all nodes of a link, and most of them answer it. Their
 * addresses are no more than candidates, whom ask_sweep() asks.
 */
#ifndef ASK_DISCOVER_H
#define ASK_DISCOVER_H

#include "ask_sweep.h"

enum { ASK_ECHO_REQUEST = 128, ASK_ECHO_REPLY = 129 }; /* of ICMPv6 */

static inline int ask_echo(struct ask *ask, const uint8_t *from)
{
	const struct pktcap_icmp6 icmp6 = { .type = ASK_ECHO_REQUEST,
					    .rest = ask->echo };
	struct pktcap_eth eth = { .dst = { 0x33, 0x33, [5] = 1 } };
	struct pktcap_ipv6 ip = { .hop_limit = 1 };
	uint8_t frame[NEIGHBOUR_FRAME];
	struct pktcap_build build;

	memcpy(eth.src, ask->device->mac, 6);
	memcpy(ip.src, from, 16);
	memcpy(ip.dst, neighbour_all_nodes, 16);
	pktcap_build_start(&build, frame, sizeof(frame));
	pktcap_build_eth(&build, &eth, 0);
	pktcap_build_ipv6(&build, &ip, 0);
	pktcap_build_icmp6(&build, &icmp6, 0);
	return ask_transmit(ask, frame, pktcap_build_finish(&build));
}

static inline int ask_take_echo(struct ask *ask,
				const struct pktcap_packet *pkt)
{
	struct ask_host host = { .address.family = AF_INET6 };
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	struct pktcap_icmp6 icmp6;
	struct pktcap_ipv6 ip;

	if (n < 3 || pktcap_ipv6_get(&layers[1], &ip) ||
	    pktcap_icmp6_get(&layers[2], &icmp6) ||
	    icmp6.type != ASK_ECHO_REPLY || icmp6.rest != ask->echo ||
	    ip.src[0] == 0xff || ask->n == 1u << ASK_BITS)
		return 0;
	memcpy(host.address.bytes, ip.src, 16);
	return ask_add_host(ask, &host);
}

/* From each address of ours, or from that we were told. */
static inline int ask_echo_all(struct ask *ask)
{
	const struct pktcap_address *own = ask->device->addresses;
	bool asked = false;

	if (ask->from.family == AF_INET6)
		return ask_echo(ask, ask->from.bytes);
	for (uint32_t i = 0; i < ask->device->address_count; i++) {
		if (own[i].family != AF_INET6)
			continue;
		if (ask_echo(ask, own[i].bytes))
			return -1;
		asked = true;
	}
	return asked ? 0
		     : ask_failed(ask->ifname,
				  "it has no IPv6 address: --from");
}

/*
 * Adds who answers; to an address of ours hosts tell those of the same kind.
 * Waits each try to its end. Returns 0, or -1 after a message.
 */
static inline int ask_discover(struct ask *ask)
{
	ask->take = ask_take_echo;
	ask->echo = (uint32_t)progress_now_ns();
	for (uint32_t i = 0; i <= ask->retries; i++)
		if (ask_pace(ask) || ask_echo_all(ask) ||
		    ask_receive(ask, ask_deadline(ask), false))
			return -1;
	return 0;
}

#endif
