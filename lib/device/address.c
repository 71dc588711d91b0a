// SPDX-License-Identifier: BSD-2-Clause
#include "device/address.h"

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

static uint8_t scope_of(const struct pktcap_address *a)
{
	static const uint8_t loopback6[16] = { [15] = 1 };

	if (a->family == AF_INET6) {
		if (a->bytes[0] == 0xfe && (a->bytes[1] & 0xc0) == 0x80)
			return RT_SCOPE_LINK;
		return memcmp(a->bytes, loopback6, 16) ? RT_SCOPE_UNIVERSE
						       : RT_SCOPE_HOST;
	}
	if (a->bytes[0] == 127)
		return RT_SCOPE_HOST;
	return a->bytes[0] == 169 && a->bytes[1] == 254 ? RT_SCOPE_LINK
							: RT_SCOPE_UNIVERSE;
}

bool address_from_bytes(struct bytes value, struct pktcap_address *address)
{
	memset(address, 0, sizeof(*address));
	if (value.n != 4 && value.n != 16)
		return false;
	address->family = value.n == 4 ? AF_INET : AF_INET6;
	address->prefix_len = (uint8_t)(value.n * 8);
	memcpy(address->bytes, value.p, value.n);
	address->scope = scope_of(address);
	return true;
}

/*
 * IFA_LOCAL is the interface's own address and IFA_ADDRESS the other end's;
 * without a peer they are equal, or, for IPv6, IFA_LOCAL is missing.
 */
static bool take_ends(struct bytes local, struct bytes far, size_t size,
		      struct pktcap_address *address)
{
	if (local.n != size)
		local = far;
	if (local.n != size)
		return false;
	memcpy(address->bytes, local.p, size);
	if (far.n == size && memcmp(far.p, local.p, size) != 0) {
		memcpy(address->peer, far.p, size);
		address->flags |= PKTCAP_ADDRESS_PEER;
	}
	return true;
}

bool address_parse(const struct netlink_message *message, uint8_t family,
		   struct pktcap_address *address)
{
	size_t size = family == AF_INET ? 4 : 16;
	struct bytes local = { NULL, 0 }, far = { NULL, 0 };
	struct netlink_attr attr;
	struct bytes rest;
	uint8_t got = 0;

	memset(address, 0, sizeof(*address));
	if (message->type != RTM_NEWADDR ||
	    message->body.n < sizeof(struct ifaddrmsg))
		return false;
	bytes_u8(message->body, offsetof(struct ifaddrmsg, ifa_family), &got);
	bytes_u8(message->body, offsetof(struct ifaddrmsg, ifa_prefixlen),
		 &address->prefix_len);
	bytes_u8(message->body, offsetof(struct ifaddrmsg, ifa_scope),
		 &address->scope);
	bytes_host32(message->body, offsetof(struct ifaddrmsg, ifa_index),
		     &address->ifindex);
	if (got != family || address->prefix_len > size * 8)
		return false;
	address->family = family;
	rest = bytes_slice(message->body, NLMSG_ALIGN(sizeof(struct ifaddrmsg)),
			   SIZE_MAX);
	while (netlink_next_attr(&rest, &attr)) {
		if (attr.type == IFA_LOCAL) {
			local = attr.value;
		} else if (attr.type == IFA_ADDRESS) {
			far = attr.value;
		} else if (attr.type == IFA_BROADCAST && attr.value.n == size) {
			memcpy(address->broadcast, attr.value.p, size);
			address->flags |= PKTCAP_ADDRESS_BROADCAST;
		}
	}
	return take_ends(local, far, size, address);
}

/* What a route says, or one path of several. */
struct hop {
	uint32_t table;
	uint32_t metric;
	uint32_t ifindex;
	struct pktcap_address gateway;
	struct bytes paths;
};

static void take_hop_attrs(struct bytes attrs, struct hop *hop)
{
	struct netlink_attr attr;

	while (netlink_next_attr(&attrs, &attr)) {
		switch (attr.type) {
		case RTA_TABLE:
			bytes_host32(attr.value, 0, &hop->table);
			break;
		case RTA_PRIORITY:
			bytes_host32(attr.value, 0, &hop->metric);
			break;
		case RTA_OIF:
			bytes_host32(attr.value, 0, &hop->ifindex);
			break;
		case RTA_GATEWAY:
			address_from_bytes(attr.value, &hop->gateway);
			break;
		case RTA_VIA: /* 16 bits of family, which the length tells */
			address_from_bytes(bytes_slice(attr.value, 2, SIZE_MAX),
					   &hop->gateway);
			break;
		case RTA_MULTIPATH:
			hop->paths = attr.value;
			break;
		}
	}
}

static void tell(const struct hop *hop, gateway_fn fn, void *user)
{
	struct pktcap_address gateway = hop->gateway;

	gateway.ifindex = hop->ifindex;
	if (gateway.family && gateway.ifindex)
		fn(user, &gateway, hop->metric);
}

static void tell_paths(const struct hop *route, gateway_fn fn, void *user)
{
	struct bytes rest = route->paths;
	uint16_t len;

	while (bytes_host16(rest, offsetof(struct rtnexthop, rtnh_len), &len) &&
	       len >= sizeof(struct rtnexthop) && bytes_has(rest, 0, len)) {
		struct hop hop = { .metric = route->metric };

		bytes_host32(rest, offsetof(struct rtnexthop, rtnh_ifindex),
			     &hop.ifindex);
		take_hop_attrs(bytes_slice(rest, sizeof(struct rtnexthop),
					   len - sizeof(struct rtnexthop)),
			       &hop);
		tell(&hop, fn, user);
		rest = bytes_slice(rest, RTNH_ALIGN((size_t)len), SIZE_MAX);
	}
}

static bool is_default_route(const struct netlink_message *message,
			     uint8_t family, uint32_t *table)
{
	uint8_t got = 0, dst_len = 1, type = 0, short_table = 0;
	uint32_t flags = 0;

	if (message->type != RTM_NEWROUTE ||
	    message->body.n < sizeof(struct rtmsg))
		return false;
	bytes_u8(message->body, offsetof(struct rtmsg, rtm_family), &got);
	bytes_u8(message->body, offsetof(struct rtmsg, rtm_dst_len), &dst_len);
	bytes_u8(message->body, offsetof(struct rtmsg, rtm_type), &type);
	bytes_u8(message->body, offsetof(struct rtmsg, rtm_table),
		 &short_table);
	bytes_host32(message->body, offsetof(struct rtmsg, rtm_flags), &flags);
	*table = short_table;
	return got == family && dst_len == 0 && type == RTN_UNICAST &&
	       !(flags & RTM_F_CLONED);
}

void gateway_parse(const struct netlink_message *message, uint8_t family,
		   gateway_fn fn, void *user)
{
	struct hop hop = { 0 };

	if (!is_default_route(message, family, &hop.table))
		return;
	take_hop_attrs(bytes_slice(message->body,
				   NLMSG_ALIGN(sizeof(struct rtmsg)), SIZE_MAX),
		       &hop);
	if (hop.table != RT_TABLE_MAIN)
		return;
	tell(&hop, fn, user);
	tell_paths(&hop, fn, user);
}
