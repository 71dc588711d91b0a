/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who listens on this host: for each interface how many keep it promiscuous,
 * the packet sockets that get its frames, and the processes that hold them.
 */
#ifndef PROMISC_LOCAL_H
#define PROMISC_LOCAL_H

#include <stdbool.h>
#include <stdio.h>

#include <pktcap/device.h>

/* How often @socket asked for such frames of the interface: 0 or 1. */
static inline unsigned int
promisc_local_asks(const struct pktcap_device_socket *socket, uint32_t ifindex,
		   enum pktcap_device_membership_type type)
{
	for (uint32_t i = 0; i < socket->membership_count; i++)
		if (socket->memberships[i].ifindex == ifindex &&
		    socket->memberships[i].type == type)
			return 1;
	return 0;
}

static inline bool
promisc_local_concerns(const struct pktcap_device_socket *socket,
		       uint32_t ifindex)
{
	if (socket->ifindex == ifindex && socket->protocol)
		return true;
	for (uint32_t i = 0; i < socket->membership_count; i++)
		if (socket->memberships[i].ifindex == ifindex)
			return true;
	return false;
}

static inline void
promisc_local_socket(const struct pktcap_device_socket *socket,
		     uint32_t ifindex)
{
	printf("    socket %u: ", socket->inode);
	if (socket->protocol == 3)
		printf("all protocols");
	else if (socket->protocol)
		printf("protocol 0x%04x", socket->protocol);
	else
		printf("receives nothing");
	if (promisc_local_asks(socket, ifindex,
			       PKTCAP_DEVICE_MEMBERSHIP_PROMISC))
		printf(", promiscuous");
	if (promisc_local_asks(socket, ifindex,
			       PKTCAP_DEVICE_MEMBERSHIP_ALLMULTI))
		printf(", all-multicast");
	if (!(socket->flags & PKTCAP_DEVICE_SOCKET_MEMBERSHIPS))
		printf(", perhaps promiscuous");
	for (uint32_t i = 0; i < socket->process_count; i++)
		printf("%s %s (%u)", i ? "," : ":", socket->processes[i].name,
		       socket->processes[i].pid);
	puts(socket->process_count ? "" : ": a process that is not shown");
}

/* Who keeps the interface promiscuous beside the sockets below. */
static inline void promisc_local_device(const struct pktcap_device *device,
					unsigned int sockets)
{
	bool flag = device->flags & PKTCAP_DEVICE_PROMISC;

	if (device->flags & PKTCAP_DEVICE_ANY) {
		puts("all interfaces");
		return;
	}
	/* Whoever named it chose the bytes. */
	for (const char *c = device->name; *c; c++)
		putchar((unsigned char)*c < ' ' || *c == 0x7f ? '?' : *c);
	printf(": %spromiscuous", device->promiscuity ? "" : "not ");
	if (sockets)
		printf(", by %u socket%s", sockets, sockets == 1 ? "" : "s");
	if (flag)
		printf(", by its flag");
	if (device->promiscuity > sockets + flag)
		printf(", by the kernel (bridge, bond, VLAN, ...)");
	if (device->allmulti)
		printf(", all-multicast");
	putchar('\n');
}

static inline void promisc_local_show(const struct pktcap_device *device,
				      const struct pktcap_device_sockets *list,
				      bool verbose)
{
	size_t n = pktcap_device_sockets_count(list);
	unsigned int promisc = 0, concerned = 0;

	for (size_t i = 0; i < n; i++) {
		const struct pktcap_device_socket *socket =
			pktcap_device_sockets_at(list, i);

		promisc += promisc_local_asks(socket, device->ifindex,
					      PKTCAP_DEVICE_MEMBERSHIP_PROMISC);
		concerned += promisc_local_concerns(socket, device->ifindex);
	}
	if (!device->promiscuity && !concerned &&
	    (!verbose || device->flags & PKTCAP_DEVICE_ANY))
		return;
	promisc_local_device(device, promisc);
	for (size_t i = 0; i < n; i++)
		if (promisc_local_concerns(pktcap_device_sockets_at(list, i),
					   device->ifindex))
			promisc_local_socket(pktcap_device_sockets_at(list, i),
					     device->ifindex);
}

/* Returns 0, or -1 after a message. */
static inline int promisc_local(bool verbose)
{
	struct pktcap_device_sockets *sockets = NULL;
	struct pktcap_device_list *devices;
	struct pktcap_error error;
	size_t hidden;
	int ret;

	ret = pktcap_device_list_open(&devices, &error);
	if (!ret)
		ret = pktcap_device_sockets_open(
			&sockets, PKTCAP_DEVICE_SOCKETS_PROCESSES, &error);
	if (ret) {
		fprintf(stderr, "%s\n", error.text);
		pktcap_device_list_close(devices);
		return -1;
	}
	for (size_t i = 0; i < pktcap_device_list_count(devices); i++)
		promisc_local_show(pktcap_device_list_at(devices, i), sockets,
				   verbose);
	hidden = pktcap_device_sockets_hidden(sockets);
	if (hidden)
		fprintf(stderr,
			"%zu process%s could not be looked into: as root "
			"all are\n",
			hidden, hidden == 1 ? "" : "es");
	pktcap_device_sockets_close(sockets);
	pktcap_device_list_close(devices);
	return 0;
}

#endif
