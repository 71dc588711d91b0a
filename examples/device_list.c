// SPDX-License-Identifier: BSD-2-Clause
/*
 * Lists the network interfaces with their addresses.
 * cc device_list.c -lpktcap -o device_list && ./device_list
 */
#include <arpa/inet.h>
#include <pktcap/pktcap.h>
#include <stdio.h>

#include "output.h"

static void print_addresses(const struct pktcap_device *device)
{
	char text[INET6_ADDRSTRLEN];

	for (uint32_t i = 0; i < device->address_count; i++) {
		const struct pktcap_address *a = &device->addresses[i];

		inet_ntop(a->family, a->bytes, text, sizeof(text));
		printf("    %s/%u\n", text, a->prefix_len);
	}
}

int main(int argc, char **argv)
{
	struct pktcap_device_list *list;
	struct pktcap_error error;

	if (argc != 1) {
		fprintf(stderr, "usage: %s\n", argv[0]);
		return 2;
	}
	if (pktcap_device_list_open(&list, &error) < 0) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	for (size_t i = 0; i < pktcap_device_list_count(list); i++) {
		const struct pktcap_device *device =
			pktcap_device_list_at(list, i);

		printf("%3u %-15s %s, %s\n", device->ifindex, device->name,
		       device->flags & PKTCAP_DEVICE_UP ? "up" : "down",
		       device->description);
		print_addresses(device);
	}
	pktcap_device_list_close(list);
	return output_end();
}
