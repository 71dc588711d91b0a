/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of build_dns: who asks whom, from where, for which name. */
#ifndef BUILD_DNS_OPTIONS_H
#define BUILD_DNS_OPTIONS_H

#include <arpa/inet.h>
#include <getopt.h>
#include <netinet/ether.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/pktcap.h>

struct query {
	struct pktcap_eth eth;
	struct pktcap_ipv4 ip;
	bool has_smac, has_sip;
	const char *ifname;
	const char *name;
};

/* Returns false after a message. */
static inline bool query_option(struct query *q, const struct option *which,
				const char *value)
{
	int option = which->val;
	uint8_t *mac = option == 's' ? q->eth.src : q->eth.dst;
	uint8_t *ip = option == 'S' ? q->ip.src : q->ip.dst;
	bool is_mac = option == 's' || option == 'd';
	struct ether_addr ether;

	q->has_smac |= option == 's';
	q->has_sip |= option == 'S';
	if (is_mac && ether_aton_r(value, &ether))
		return memcpy(mac, &ether, sizeof(ether));
	if (!is_mac && inet_pton(AF_INET, value, ip) == 1)
		return true;
	fprintf(stderr, "--%s %s: no %s\n", which->name, value,
		is_mac ? "hardware address such as 02:00:00:00:00:01"
		       : "IPv4 address such as 192.0.2.1");
	return false;
}

/* Returns 0, or 2 after a message: the exit code. */
static inline int query_options(struct query *q, int argc, char **argv)
{
	static const struct option options[] = {
		{ "smac", required_argument, NULL, 's' },
		{ "dmac", required_argument, NULL, 'd' },
		{ "sip", required_argument, NULL, 'S' },
		{ "dip", required_argument, NULL, 'D' },
		{ NULL, 0, NULL, 0 },
	};
	int option, index;

	while ((option = getopt_long(argc, argv, "", options, &index)) != -1) {
		if (option == '?')
			break;
		if (!query_option(q, &options[index], optarg))
			return 2;
	}
	if (option == -1 && (argc - optind == 1 || argc - optind == 2)) {
		q->ifname = argv[optind];
		q->name = argv[optind + 1] ? argv[optind + 1] : "localhost";
		return 0;
	}
	fprintf(stderr,
		"usage: %s [--smac MAC] [--dmac MAC] [--sip ADDRESS] "
		"[--dip ADDRESS] INTERFACE [NAME]\n",
		argv[0]);
	return 2;
}

/* What was not chosen. NULL, or what is wrong with the interface. */
static inline const char *query_defaults(struct query *q,
					 const struct pktcap_device *device)
{
	if (!device)
		return "no such interface: ip link lists them";
	if (device->linktype != PKTCAP_LINKTYPE_ETHERNET)
		return "is not Ethernet";
	if (device->flags & PKTCAP_DEVICE_UP &&
	    !(device->flags & PKTCAP_DEVICE_CARRIER))
		fprintf(stderr, "%s: no carrier: what is sent there is lost\n",
			device->name);
	if (!q->has_smac)
		memcpy(q->eth.src, device->mac, sizeof(q->eth.src));
	for (uint32_t i = 0; i < device->address_count && !q->has_sip; i++) {
		q->has_sip = device->addresses[i].family == AF_INET;
		if (q->has_sip)
			memcpy(q->ip.src, device->addresses[i].bytes, 4);
	}
	return q->has_sip ? NULL : "has no IPv4 address: choose one with --sip";
}

#endif
