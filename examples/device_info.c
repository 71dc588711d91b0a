// SPDX-License-Identifier: BSD-2-Clause
/*
 * Shows everything about one network interface.
 * cc device_info.c -lpktcap -o device_info && ./device_info eth0
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <pktcap/pktcap.h>

#include "output.h"

static void print_ip(const char *what, uint16_t family, const uint8_t *bytes)
{
	char text[INET6_ADDRSTRLEN];

	if (family && inet_ntop(family, bytes, text, sizeof(text)))
		printf("%s%s", what, text);
}

static void print_far(const char *what, const struct pktcap_address *a)
{
	print_ip(what, a->family, a->bytes);
	if (a->family)
		putchar('\n');
}

static void print_addresses(const struct pktcap_device *d)
{
	for (uint32_t i = 0; i < d->address_count; i++) {
		const struct pktcap_address *a = &d->addresses[i];

		print_ip("address      ", a->family, a->bytes);
		printf("/%u scope %u", a->prefix_len, a->scope);
		if (a->flags & PKTCAP_ADDRESS_BROADCAST)
			print_ip(" broadcast ", a->family, a->broadcast);
		if (a->flags & PKTCAP_ADDRESS_PEER)
			print_ip(" peer ", a->family, a->peer);
		putchar('\n');
	}
	print_far("gateway      ", &d->gateway4);
	print_far("gateway      ", &d->gateway6);
}

static void print_device(const struct pktcap_device *d)
{
	const char *type = pktcap_linktype_name(d->linktype);

	printf("name         %s\nindex        %u\n", d->name, d->ifindex);
	printf("description  %s\nalias        %s\n", d->description, d->alias);
	for (uint32_t i = 0; i < d->altname_count; i++)
		printf("altname      %s\n", d->altnames[i]);
	printf("kind         %s\ndriver       %s\n", d->kind, d->driver);
	printf("link type    %s (%u)\n", type ? type : "?", d->linktype);
	printf("mac          ");
	for (uint32_t i = 0; i < d->mac_len; i++)
		printf("%s%02x", i ? ":" : "", d->mac[i]);
	printf("\nmtu          %u\nspeed        %" PRIu64 " Mbit/s\n", d->mtu,
	       d->speed_mbps);
	printf("state       %s%s%s%s\n",
	       d->flags & PKTCAP_DEVICE_UP ? " up" : " down",
	       d->flags & PKTCAP_DEVICE_RUNNING ? " running" : "",
	       d->flags & PKTCAP_DEVICE_CARRIER ? " carrier" : "",
	       d->flags & PKTCAP_DEVICE_PROMISC ? " promiscuous" : "");
	printf("promiscuity  %u\nallmulti     %u\n", d->promiscuity,
	       d->allmulti);
	printf("parent       %u\nmaster       %u\n", d->parent, d->master);
	printf("received     %" PRIu64 " packets, %" PRIu64 " bytes\n",
	       d->counters.rx_packets, d->counters.rx_bytes);
	printf("sent         %" PRIu64 " packets, %" PRIu64 " bytes\n",
	       d->counters.tx_packets, d->counters.tx_bytes);
	print_addresses(d);
}

int main(int argc, char **argv)
{
	struct pktcap_address servers[8];
	struct pktcap_device_list *list;
	const struct pktcap_device *device;
	struct pktcap_error error;
	int n;

	if (argc != 2 || argv[1][0] == '-') {
		fprintf(stderr, "usage: %s INTERFACE\n", argv[0]);
		return 2;
	}
	if (pktcap_device_list_open(&list, &error) < 0)
		return fprintf(stderr, "%s\n", error.text) != 0;
	device = pktcap_device_list_find(list, argv[1]);
	if (device)
		print_device(device);
	else
		fprintf(stderr, "%s: no such interface\n", argv[1]);
	n = pktcap_device_dns_servers(servers, 8, &error);
	if (n < 0)
		fprintf(stderr, "%s\n", error.text);
	for (int i = 0; device && i < n && i < 8; i++)
		print_far("dns          ", &servers[i]);
	pktcap_device_list_close(list);
	return output_end() || !device || n < 0;
}
