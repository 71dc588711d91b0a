// SPDX-License-Identifier: BSD-2-Clause
/*
 * Switches an interface promiscuous by its flag, shows it, puts it back.
 * cc promisc.c -lpktcap -o promisc && sudo ./promisc eth0
 */
#include <pktcap/pktcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void show(const char *when, const char *ifname)
{
	const struct pktcap_device *device;
	struct pktcap_device_list *list;

	if (pktcap_device_list_open(&list, NULL) < 0)
		return;
	device = pktcap_device_list_find(list, ifname);
	if (device)
		printf("%-8s flag %s, %u holders\n", when,
		       device->flags & PKTCAP_DEVICE_PROMISC ? "set" : "clear",
		       device->promiscuity);
	pktcap_device_list_close(list);
}

int main(int argc, char **argv)
{
	struct pktcap_device_promisc *holder;
	struct pktcap_error error;
	int r;

	if (argc != 2 || argv[1][0] == '-') {
		fprintf(stderr, "usage: %s INTERFACE\n", argv[0]);
		return 2;
	}
	show("before", argv[1]);
	r = pktcap_device_promisc_open(&holder, argv[1],
				       PKTCAP_PROMISC_MODE_ALL,
				       PKTCAP_PROMISC_METHOD_FLAG, &error);
	if (r < 0) {
		fprintf(stderr, "%s\n", error.text);
		return EXIT_FAILURE;
	}
	show("while", argv[1]);
	r = pktcap_device_promisc_close(holder);
	if (r < 0) {
		fprintf(stderr, "%s: %s\n", argv[1], strerror(-r));
		return EXIT_FAILURE;
	}
	show("after", argv[1]);
	return EXIT_SUCCESS;
}
