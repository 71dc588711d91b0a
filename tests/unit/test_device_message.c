// SPDX-License-Identifier: BSD-2-Clause
/*
 * Links, addresses, routes and packet sockets out of messages built here, and
 * out of every shorter one, which must never be read past its end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/packet_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "device/address.h"
#include "device/link.h"
#include "device/sockets.h"
#include "support/guard.h"
#include "support/rows.h"

struct builder {
	uint16_t type;
	size_t n;
	uint8_t bytes[512];
};

static void put(struct builder *b, const void *data, size_t n)
{
	memcpy(b->bytes + b->n, data, n);
	b->n = NLMSG_ALIGN(b->n + n);
}

static void put_attr(struct builder *b, uint16_t type, const void *data,
		     size_t n)
{
	const struct nlattr header = { .nla_type = type,
				       .nla_len = (uint16_t)(NLA_HDRLEN + n) };

	put(b, &header, sizeof(header));
	put(b, data, n);
}

static void put_u32(struct builder *b, uint16_t type, uint32_t value)
{
	put_attr(b, type, &value, sizeof(value));
}

typedef void (*parse_fn)(const struct netlink_message *message, void *out);

/* Parses all beginnings, the whole last: @out holds what that gave. */
static void parse(const struct builder *b, parse_fn fn, void *out)
{
	for (size_t n = 0; n <= b->n; n++) {
		uint8_t *copy = guard_copy(b->bytes, n);
		struct netlink_message message = { .type = b->type,
						   .body = { copy, n } };

		fn(&message, out);
		guard_free(copy, n);
	}
}

/* --- links --- */

struct parsed_link {
	bool is_link;
	char alias[16];
	struct link link;
};

static void parse_link(const struct netlink_message *message, void *out)
{
	struct parsed_link *parsed = out;

	parsed->is_link = link_parse(message, &parsed->link);
	/* While the message is mapped. */
	netlink_string(parsed->link.alias, parsed->alias,
		       sizeof(parsed->alias));
}

static void build_link(struct builder *b, uint8_t family)
{
	const struct ifinfomsg header = { .ifi_family = family,
					  .ifi_type = 1,
					  .ifi_index = 9,
					  .ifi_flags = IFF_UP | IFF_LOWER_UP };

	put(b, &header, sizeof(header));
	put_attr(b, IFLA_IFNAME, "eth0", 5);
	put_u32(b, IFLA_MTU, 9000);
	put_u32(b, IFLA_MASTER, 4);
	put_attr(b, IFLA_IFALIAS, "the uplink", 10);
}

static void test_link(void **state)
{
	struct builder b = { .type = RTM_NEWLINK };
	struct parsed_link got;

	(void)state;
	build_link(&b, AF_UNSPEC);
	parse(&b, parse_link, &got);
	assert_true(got.is_link);
	assert_string_equal(got.link.name, "eth0");
	assert_int_equal(got.link.ifindex, 9);
	assert_int_equal(got.link.mtu, 9000);
	assert_int_equal(got.link.master, 4);
	assert_int_equal(link_flags(got.link.kernel_flags),
			 PKTCAP_DEVICE_UP | PKTCAP_DEVICE_CARRIER);
	assert_string_equal(got.alias, "the uplink");
}

/* A port leaves its bridge: RTM_DELLINK, but the link stays. */
static void test_bridge_port(void **state)
{
	struct builder b = { .type = RTM_DELLINK };
	struct parsed_link got;

	(void)state;
	build_link(&b, AF_BRIDGE);
	parse(&b, parse_link, &got);
	assert_false(got.is_link);
}

/* --- addresses --- */

struct parsed_address {
	bool is_address;
	struct pktcap_address address;
};

static void parse_address(const struct netlink_message *message, void *out)
{
	struct parsed_address *parsed = out;

	parsed->is_address = address_parse(message, AF_INET, &parsed->address);
}

struct address_row {
	const char *name;
	const char *local; /* four bytes, or NULL for none */
	const char *address;
	const char *broadcast;
	const char *want;
	uint32_t flags;
	uint8_t prefix_len;
	uint8_t family;
	bool is_address;
};

static struct address_row address_rows[] = {
	{ "an address", "\12\0\0\1", "\12\0\0\1", NULL, "\12\0\0\1", 0, 24,
	  AF_INET, true },
	{ "a broadcast address", "\12\0\0\1", "\12\0\0\1", "\12\0\0\377",
	  "\12\0\0\1", PKTCAP_ADDRESS_BROADCAST, 24, AF_INET, true },
	{ "a peer", "\12\0\0\1", "\12\0\0\2", NULL, "\12\0\0\1",
	  PKTCAP_ADDRESS_PEER, 32, AF_INET, true },
	{ "only IFA_ADDRESS", NULL, "\12\0\0\1", NULL, "\12\0\0\1", 0, 24,
	  AF_INET, true },
	{ "no address at all", NULL, NULL, NULL, NULL, 0, 24, AF_INET, false },
	{ "a prefix too long", "\12\0\0\1", NULL, NULL, NULL, 0, 33, AF_INET,
	  false },
	{ "another family", "\12\0\0\1", NULL, NULL, NULL, 0, 24, AF_INET6,
	  false },
};

static void run_address(void **state)
{
	const struct address_row *r = *state;
	const struct ifaddrmsg header = { .ifa_family = r->family,
					  .ifa_prefixlen = r->prefix_len,
					  .ifa_scope = RT_SCOPE_LINK,
					  .ifa_index = 3 };
	struct builder b = { .type = RTM_NEWADDR };
	struct parsed_address got;

	put(&b, &header, sizeof(header));
	if (r->broadcast)
		put_attr(&b, IFA_BROADCAST, r->broadcast, 4);
	if (r->address)
		put_attr(&b, IFA_ADDRESS, r->address, 4);
	if (r->local)
		put_attr(&b, IFA_LOCAL, r->local, 4);
	parse(&b, parse_address, &got);
	assert_int_equal(got.is_address, r->is_address);
	if (!r->is_address)
		return;
	assert_memory_equal(got.address.bytes, r->want, 4);
	assert_int_equal(got.address.flags, r->flags);
	assert_int_equal(got.address.prefix_len, r->prefix_len);
	assert_int_equal(got.address.scope, RT_SCOPE_LINK);
	assert_int_equal(got.address.ifindex, 3);
	if (r->flags & PKTCAP_ADDRESS_BROADCAST)
		assert_memory_equal(got.address.broadcast, r->broadcast, 4);
	if (r->flags & PKTCAP_ADDRESS_PEER)
		assert_memory_equal(got.address.peer, r->address, 4);
}

/* --- routes --- */

struct gateways {
	int count;
	uint32_t metric;
	struct pktcap_address last;
};

static void take_gateway(void *user, const struct pktcap_address *gateway,
			 uint32_t metric)
{
	struct gateways *got = user;

	got->count++;
	got->metric = metric;
	got->last = *gateway;
}

static void parse_gateways(const struct netlink_message *message, void *out)
{
	memset(out, 0, sizeof(struct gateways));
	gateway_parse(message, AF_INET, take_gateway, out);
}

struct route_row {
	const char *name;
	struct rtmsg header;
	uint32_t table;	   /* RTA_TABLE, 0 for none */
	const char *paths; /* g: a gateway, v: one by IPv6, d: a device only */
	int count;
};

#define DEFAULT                                         \
	.rtm_family = AF_INET, .rtm_type = RTN_UNICAST, \
	.rtm_table = RT_TABLE_MAIN

static struct route_row route_rows[] = {
	{ "one gateway", { DEFAULT }, 0, "g", 1 },
	{ "a gateway by IPv6", { DEFAULT }, 0, "v", 1 },
	{ "only a device", { DEFAULT }, 0, "d", 0 },
	{ "three paths", { DEFAULT }, 0, "gvg", 3 },
	{ "paths without a gateway", { DEFAULT }, 0, "dgd", 1 },
	{ "the table as attribute", { DEFAULT }, RT_TABLE_MAIN, "g", 1 },
	{ "another table", { DEFAULT }, 1000, "g", 0 },
	{ "not a default route", { DEFAULT, .rtm_dst_len = 8 }, 0, "g", 0 },
	{ "a cached route", { DEFAULT, .rtm_flags = RTM_F_CLONED }, 0, "g", 0 },
	{ "a route that forbids",
	  { .rtm_family = AF_INET,
	    .rtm_type = RTN_BLACKHOLE,
	    .rtm_table = RT_TABLE_MAIN },
	  0,
	  "g",
	  0 },
	{ "another family",
	  { .rtm_family = AF_INET6,
	    .rtm_type = RTN_UNICAST,
	    .rtm_table = RT_TABLE_MAIN },
	  0,
	  "g",
	  0 },
};

static const uint8_t gateway4[4] = { 10, 0, 0, 1 };
static const uint8_t via6[18] = { [2] = 0xfe, [3] = 0x80, [17] = 1 };

static void put_path(struct builder *b, char path)
{
	if (path == 'g')
		put_attr(b, RTA_GATEWAY, gateway4, sizeof(gateway4));
	else if (path == 'v')
		put_attr(b, RTA_VIA, via6, sizeof(via6));
}

static void put_paths(struct builder *b, const char *paths)
{
	struct builder hops = { .n = 0 };

	for (; *paths; paths++) {
		struct builder hop = { .n = sizeof(struct rtnexthop) };
		struct rtnexthop header = { .rtnh_ifindex = 3 };

		put_path(&hop, *paths);
		header.rtnh_len = (uint16_t)hop.n;
		memcpy(hop.bytes, &header, sizeof(header));
		put(&hops, hop.bytes, hop.n);
	}
	put_attr(b, RTA_MULTIPATH, hops.bytes, hops.n);
}

static void run_route(void **state)
{
	const struct route_row *r = *state;
	struct builder b = { .type = RTM_NEWROUTE };
	struct gateways got;

	put(&b, &r->header, sizeof(r->header));
	if (r->table)
		put_u32(&b, RTA_TABLE, r->table);
	put_u32(&b, RTA_PRIORITY, 77);
	if (strlen(r->paths) > 1) {
		put_paths(&b, r->paths);
	} else {
		put_u32(&b, RTA_OIF, 3);
		put_path(&b, r->paths[0]);
	}
	parse(&b, parse_gateways, &got);
	assert_int_equal(got.count, r->count);
	if (!got.count)
		return;
	assert_int_equal(got.metric, 77);
	assert_int_equal(got.last.ifindex, 3);
	assert_int_equal(got.last.family,
			 !strcmp(r->paths, "v") ? AF_INET6 : AF_INET);
}

/* --- packet sockets --- */

struct parsed_socket {
	size_t count;
	struct pktcap_device_socket socket;
	struct pktcap_device_membership memberships[4];
};

static void take_sockets(struct pktcap_device_sockets *list,
			 struct parsed_socket *parsed)
{
	*parsed = (struct parsed_socket){ .count = list->count };
	if (list->count)
		parsed->socket = list->entries[0].socket;
	assert_in_range(parsed->socket.membership_count, 0, 4);
	for (uint32_t i = 0; i < parsed->socket.membership_count; i++)
		parsed->memberships[i] = parsed->socket.memberships[i];
	arena_free(&list->arena);
	free(list->entries);
}

static void parse_socket(const struct netlink_message *message, void *out)
{
	struct pktcap_device_sockets list = { .arena =
						      arena_limited(SIZE_MAX) };

	assert_int_equal(sockets_add_answer(&list, message), 0);
	take_sockets(&list, out);
}

static void build_socket(struct builder *b, uint8_t family)
{
	const struct packet_diag_msg header = { .pdiag_family = family,
						.pdiag_type = SOCK_RAW,
						.pdiag_num = 3,
						.pdiag_ino = 4711 };
	const struct packet_diag_info info = { .pdi_index = 2,
					       .pdi_version = 2,
					       .pdi_flags = PDI_RUNNING };
	const struct packet_diag_mclist members[2] = {
		{ .pdmc_index = 2, .pdmc_count = 1, .pdmc_type = 1 },
		/* More bytes than the address can have. */
		{ .pdmc_index = 3, .pdmc_count = 2, .pdmc_alen = 0xffff },
	};
	const struct packet_diag_ring ring = { .pdr_block_nr = 1 };

	put(b, &header, sizeof(header));
	put_attr(b, PACKET_DIAG_INFO, &info, sizeof(info));
	put_u32(b, PACKET_DIAG_UID, 1000);
	put_attr(b, PACKET_DIAG_MCLIST, members, sizeof(members));
	put_u32(b, PACKET_DIAG_FANOUT, 0x10007);
	put_attr(b, PACKET_DIAG_RX_RING, &ring, sizeof(ring));
}

static void test_socket(void **state)
{
	struct builder b = { .type = SOCK_DIAG_BY_FAMILY };
	struct parsed_socket got;

	(void)state;
	build_socket(&b, AF_PACKET);
	parse(&b, parse_socket, &got);
	assert_int_equal(got.count, 1);
	assert_int_equal(got.socket.inode, 4711);
	assert_int_equal(got.socket.ifindex, 2);
	assert_int_equal(got.socket.type, SOCK_RAW);
	assert_int_equal(got.socket.protocol, 3);
	assert_int_equal(got.socket.uid, 1000);
	assert_int_equal(got.socket.fanout, 7);
	assert_int_equal(got.socket.ring_version, 3);
	assert_int_equal(got.socket.flags,
			 PKTCAP_DEVICE_SOCKET_RUNNING |
				 PKTCAP_DEVICE_SOCKET_MEMBERSHIPS |
				 PKTCAP_DEVICE_SOCKET_DETAILS |
				 PKTCAP_DEVICE_SOCKET_RX_RING |
				 PKTCAP_DEVICE_SOCKET_FANOUT |
				 PKTCAP_DEVICE_SOCKET_UID);
	assert_int_equal(got.socket.membership_count, 2);
	assert_int_equal(got.memberships[0].type,
			 PKTCAP_DEVICE_MEMBERSHIP_PROMISC);
	assert_int_equal(got.memberships[1].ifindex, 3);
	assert_int_equal(got.memberships[1].address_len, 32);
}

static void test_other_socket(void **state)
{
	struct builder b = { .type = SOCK_DIAG_BY_FAMILY };
	struct parsed_socket got;

	(void)state;
	build_socket(&b, AF_INET);
	parse(&b, parse_socket, &got);
	assert_int_equal(got.count, 0);
}

struct line_row {
	const char *name;
	const char *line;
	size_t count;
	uint32_t ifindex;
};

static struct line_row line_rows[] = {
	{ "a line", "ffff8800 3 3 0003 2 1 0 0 4711", 1, 2 },
	{ "a line with padding",
	  "  0  3      3    0003   12    0 0      0  4711 ", 1, 12 },
	{ "a line of an interface that is gone", "0 3 3 0003 -1 0 0 0 4711", 1,
	  UINT32_MAX },
	{ "the head line",
	  "sk       RefCnt Type Proto  Iface R Rmem   User   Inode", 0, 0 },
	{ "an empty line", "", 0, 0 },
	{ "a line that ends early", "0 3 3 0003 2 1 0 0", 0, 0 },
	{ "a number too large", "0 3 3 0003 2 1 0 0 4294967296", 0, 0 },
	{ "a number that is none", "0 3 3 0003 2 1 0 0 47x1", 0, 0 },
	{ "another negative number", "0 3 3 0003 -2 1 0 0 4711", 0, 0 },
};

static void run_line(void **state)
{
	const struct line_row *r = *state;
	struct pktcap_device_sockets list = { .arena =
						      arena_limited(SIZE_MAX) };
	size_t n = strlen(r->line);
	uint8_t *copy = guard_copy(r->line, n);
	struct parsed_socket got;

	assert_int_equal(sockets_add_line(&list, (struct bytes){ copy, n }), 0);
	take_sockets(&list, &got);
	guard_free(copy, n);
	assert_int_equal(got.count, r->count);
	if (!got.count)
		return;
	assert_int_equal(got.socket.inode, 4711);
	assert_int_equal(got.socket.ifindex, r->ifindex);
	assert_int_equal(got.socket.protocol, 3);
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(test_link),
		cmocka_unit_test(test_bridge_port),
		cmocka_unit_test(test_socket),
		cmocka_unit_test(test_other_socket),
	};
	size_t n = 4;

	ADD_ROWS(tests, n, address_rows, run_address);
	ADD_ROWS(tests, n, route_rows, run_route);
	ADD_ROWS(tests, n, line_rows, run_line);
	return _cmocka_run_group_tests("device_message", tests, n, NULL, NULL);
}
