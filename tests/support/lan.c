// SPDX-License-Identifier: BSD-2-Clause
#include "support/lan.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/request.h"
#include "support/world.h"

/* Where programs that are executed find the namespaces; 0 is the bridge's. */
enum { LAN_FD = 100 };

static const struct host {
	int (*mode)(const char *name);
	bool filters;
} hosts[LAN_HOSTS + 1] = {
	[1] = { .filters = false },
	[2] = { .filters = true },
	[3] = { .filters = true, .mode = world_promisc },
	[LAN_FIREWALLED] = { .filters = true },
	[5] = { .filters = true, .mode = world_allmulti },
};

static int namespace_open(void)
{
	int fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static int namespace_enter(int fd)
{
	return setns(fd, CLONE_NEWNET) ? -errno : 0;
}

/* The process is in it afterwards. */
static int namespace_new(int at)
{
	int fd, err = 0;

	if (unshare(CLONE_NEWNET))
		return -errno;
	fd = namespace_open();
	if (fd < 0)
		return fd;
	/* Without O_CLOEXEC. */
	if (dup2(fd, at) < 0)
		err = -errno;
	close(fd);
	return err ? err : world_up("lo");
}

/* What nf_tables calls a message: both of a table, of IPv4. */
static void table_message(struct request *r, uint16_t type)
{
	const struct nfgenmsg head = { .nfgen_family = NFPROTO_IPV4 };

	request_init(r, (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | type),
		     NLM_F_CREATE, &head, sizeof(head));
}

/* Changes come in one datagram, between two such messages. */
static void batch_message(struct request *r, uint16_t type)
{
	const struct nfgenmsg head = { .res_id =
					       htobe16(NFNL_SUBSYS_NFTABLES) };

	request_init(r, type, 0, &head, sizeof(head));
	r->header.nlmsg_flags = NLM_F_REQUEST;
}

static void chain_message(struct request *r)
{
	const uint32_t hook = htobe32(NF_INET_LOCAL_IN), priority = htobe32(0);
	const uint32_t policy = htobe32(NF_DROP);
	struct rtattr *nest;

	table_message(r, NFT_MSG_NEWCHAIN);
	request_attribute(r, NFTA_CHAIN_TABLE, "lan", sizeof("lan"));
	request_attribute(r, NFTA_CHAIN_NAME, "in", sizeof("in"));
	nest = request_nest(r, NFTA_CHAIN_HOOK | NLA_F_NESTED);
	request_attribute(r, NFTA_HOOK_HOOKNUM, &hook, sizeof(hook));
	request_attribute(r, NFTA_HOOK_PRIORITY, &priority, sizeof(priority));
	request_nest_end(r, nest);
	request_attribute(r, NFTA_CHAIN_POLICY, &policy, sizeof(policy));
	request_attribute(r, NFTA_CHAIN_TYPE, "filter", sizeof("filter"));
}

/* nft add table lan; nft add chain lan in { type filter hook input; drop } */
static int firewall(void)
{
	struct request r[4];
	struct iovec iov[4];
	struct msghdr message = { .msg_iov = iov, .msg_iovlen = 4 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
	int err = 0;

	if (fd < 0)
		return -EOPNOTSUPP;
	batch_message(&r[0], NFNL_MSG_BATCH_BEGIN);
	table_message(&r[1], NFT_MSG_NEWTABLE);
	request_attribute(&r[1], NFTA_TABLE_NAME, "lan", sizeof("lan"));
	chain_message(&r[2]);
	batch_message(&r[3], NFNL_MSG_BATCH_END);
	for (int i = 0; i < 4; i++)
		iov[i] = (struct iovec){ &r[i], r[i].header.nlmsg_len };
	if (sendmsg(fd, &message, 0) < 0)
		err = -errno;
	for (int i = 0; i < 2 && !err; i++)
		err = request_receive_ack(fd);
	close(fd);
	return err ? -EOPNOTSUPP : 0;
}

/* "pk0", or "eth0" of host @number, has the addresses that end so. */
static int settle_in(const char *name, unsigned int number)
{
	unsigned int last = number ? 10 + number : 1;
	char text[64];
	int err, fd;

	/* world_enter() switched it off; where it could not, it is on. */
	snprintf(text, sizeof(text), "/proc/sys/net/ipv6/conf/%s/disable_ipv6",
		 name);
	fd = open(text, O_WRONLY | O_CLOEXEC);
	if (fd >= 0) {
		if (write(fd, "0", 1) < 0)
			fprintf(stderr, "%s: IPv6 stays off\n", name);
		close(fd);
	}
	world_quiet_ipv6(name);
	err = world_up(name);
	snprintf(text, sizeof(text), "10.9.0.%u", last);
	if (!err)
		err = world_address(name, text, 24);
	/* Written as if it was decimal. */
	snprintf(text, sizeof(text), "fd00:9::%u", last);
	if (!err)
		err = world_address(name, text, 64);
	snprintf(text, sizeof(text), "fe80::%u", last);
	return err ? err : world_address(name, text, 64);
}

/* In the bridge's namespace: a port of it, and @name in the one of @to. */
static int attach(const char *name, unsigned int number, bool filters, int to)
{
	char port[16], leg[16];
	int err;

	snprintf(port, sizeof(port), "port%u", number);
	snprintf(leg, sizeof(leg), "leg%u", number);
	err = world_veth_down(port, filters ? leg : name);
	if (!err)
		err = world_port(port, "br0");
	if (!err)
		err = world_up(port);
	/*
	 * Here and not there, so that it stays without addresses and answers
	 * nothing of what macvlan leaves to it.
	 */
	if (!err && filters)
		err = world_macvlan_down(name, leg);
	if (!err && filters)
		err = world_up(leg);
	return err ? err : world_move(name, to);
}

static int add_host(unsigned int number)
{
	const struct host *host = &hosts[number];
	int at = LAN_FD + (int)number;
	int err = namespace_new(at);

	if (!err)
		err = namespace_enter(LAN_FD);
	if (!err)
		err = attach("eth0", number, host->filters, at);
	if (!err)
		err = namespace_enter(at);
	if (!err && host->mode)
		err = host->mode("eth0");
	return err ? err : settle_in("eth0", number);
}

static int add_hosts(int home)
{
	int err = namespace_new(LAN_FD);

	if (!err)
		err = world_bridge("br0");
	if (!err)
		err = attach("pk0", 0, false, home);
	for (unsigned int i = 1; i <= LAN_HOSTS && !err; i++)
		err = add_host(i);
	return err;
}

/* Where the last leg came up, ports of the bridge have yet to hear of it. */
static int settle_ports(void)
{
	int err = namespace_enter(LAN_FD);

	return err ? err : world_up("br0");
}

static int wall_up(void)
{
	int err = world_lan_enter(LAN_FIREWALLED);

	return err ? err : firewall();
}

int world_lan(void)
{
	int home = namespace_open();
	int err, walled;

	if (home < 0)
		return home;
	err = add_hosts(home);
	walled = wall_up();
	if (!err)
		err = namespace_enter(home);
	if (!err)
		err = settle_in("pk0", 0);
	if (!err)
		err = settle_ports();
	if (!err)
		err = namespace_enter(home);
	close(home);
	return err ? err : walled;
}

int world_lan_enter(unsigned int number)
{
	if (number < 1 || number > LAN_HOSTS)
		return -EINVAL;
	return namespace_enter(LAN_FD + (int)number);
}
