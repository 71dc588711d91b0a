// SPDX-License-Identifier: BSD-2-Clause
#include "bpf/payload.h"

#include <linux/if_ether.h>
#include <netinet/in.h>

#ifndef IPPROTO_UDPLITE
#define IPPROTO_UDPLITE 136
#endif

enum {
	IPV4_HEADER = 20,
	IPV6_HEADER = 40,
	IPV6_EXTENSION = 8,
	TCP_HEADER = 20,
	NO_TRANSPORT = 256, /* above any protocol number */
	HEADERS_MAX = 15,   /* followed by the kernel, too, and no more */
};

/* The header to be looked at next. */
struct cursor {
	size_t at;
	uint16_t network;      /* EtherType, 0 when at the transport header */
	uint16_t transport;    /* IPPROTO_, or NO_TRANSPORT behind a fragment */
	unsigned int followed; /* headers that led to another of their layer */
};

static bool may_follow(struct cursor *c)
{
	return c->followed++ < HEADERS_MAX;
}

static bool skip_vlan(struct bytes packet, struct cursor *c)
{
	if (!bytes_be16(packet, c->at + 2, &c->network))
		return false;
	c->at += 4;
	return true;
}

/* The transport header, or the IP header of the packet inside. */
static void enter(struct cursor *c, uint8_t protocol)
{
	c->transport = protocol;
	c->network = protocol == IPPROTO_IPIP	? ETH_P_IP
		     : protocol == IPPROTO_IPV6 ? ETH_P_IPV6
						: 0;
}

static bool skip_ipv4(struct bytes packet, struct cursor *c)
{
	uint16_t fragment;
	uint8_t first, protocol;

	if (!bytes_has(packet, c->at, IPV4_HEADER) ||
	    !bytes_u8(packet, c->at, &first) ||
	    !bytes_be16(packet, c->at + 6, &fragment) ||
	    !bytes_u8(packet, c->at + 9, &protocol))
		return false;
	if ((first & 0xf) * 4 < IPV4_HEADER)
		return false;
	c->at += (size_t)(first & 0xf) * 4;
	if (fragment & 0x1fff) { /* a later one: no transport header */
		c->transport = NO_TRANSPORT;
		c->network = 0;
	} else if (fragment & 0x2000) { /* the first: nothing inside it */
		c->transport = protocol;
		c->network = 0;
	} else {
		enter(c, protocol);
	}
	return true;
}

static bool skip_ipv6_fragment(struct bytes packet, struct cursor *c)
{
	uint16_t fragment;
	uint8_t next;

	if (!bytes_has(packet, c->at, IPV6_EXTENSION) ||
	    !bytes_u8(packet, c->at, &next) ||
	    !bytes_be16(packet, c->at + 2, &fragment))
		return false;
	c->at += IPV6_EXTENSION;
	c->transport = fragment & 0xfff8 ? NO_TRANSPORT : next;
	c->network = 0;
	return true;
}

static bool skip_ipv6_options(struct bytes packet, struct cursor *c,
			      uint8_t *next)
{
	uint8_t units;

	if (!bytes_u8(packet, c->at + 1, &units) ||
	    !bytes_u8(packet, c->at, next))
		return false;
	c->at += ((size_t)units + 1) * IPV6_EXTENSION;
	return true;
}

static bool skip_ipv6(struct bytes packet, struct cursor *c)
{
	uint8_t next;

	if (!bytes_has(packet, c->at, IPV6_HEADER) ||
	    !bytes_u8(packet, c->at + 6, &next))
		return false;
	c->at += IPV6_HEADER;
	while (next == IPPROTO_HOPOPTS || next == IPPROTO_ROUTING ||
	       next == IPPROTO_DSTOPTS) {
		if (!skip_ipv6_options(packet, c, &next))
			return false;
		if (!may_follow(c)) {
			c->transport = next;
			c->network = 0;
			return true;
		}
	}
	if (next == IPPROTO_FRAGMENT)
		return skip_ipv6_fragment(packet, c);
	enter(c, next);
	return true;
}

static bool skip_network(struct bytes packet, struct cursor *c)
{
	switch (c->network) {
	case ETH_P_8021Q:
	case ETH_P_8021AD:
		return skip_vlan(packet, c);
	case ETH_P_IP:
		return skip_ipv4(packet, c);
	case ETH_P_IPV6:
		return skip_ipv6(packet, c);
	case ETH_P_ARP:
		c->transport = NO_TRANSPORT;
		c->network = 0;
		return true;
	default:
		return false;
	}
}

static size_t tcp_header(struct bytes packet, size_t at)
{
	uint8_t words;

	if (!bytes_u8(packet, at + 12, &words))
		return 0;
	words >>= 4;
	return words * 4 < TCP_HEADER ? TCP_HEADER : (size_t)words * 4;
}

static size_t transport_header(struct bytes packet, const struct cursor *c)
{
	switch (c->transport) {
	case IPPROTO_TCP:
		return tcp_header(packet, c->at);
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
	case IPPROTO_IGMP:
		return 8;
	case IPPROTO_DCCP:
	case IPPROTO_SCTP:
		return 12;
	default:
		return 0;
	}
}

size_t payload_offset(struct bytes packet, struct network network)
{
	struct cursor c = {
		.at = network.offset,
		.network = network.protocol,
		.transport = NO_TRANSPORT,
	};

	do
		if (!skip_network(packet, &c))
			return 0;
	while (c.network && may_follow(&c));
	if (c.at > packet.n)
		c.at = packet.n;
	return c.at + transport_header(packet, &c);
}
