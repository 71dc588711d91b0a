/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DEVICE_PROMISC_H
#define DEVICE_PROMISC_H

#include <pktcap/device.h>

struct pktcap_device_promisc {
	int fd;	     /* membership: what holds it; flag: to ask and set */
	int slot_fd; /* flag: our place among the holders, -1 if none */
	uint32_t ifindex;
	uint32_t mode;
	uint32_t method;
};

/*
 * The interface flag. @ifname is only for the text; both start from the fd,
 * ifindex and mode of @holder.
 */
int promisc_flag_set(struct pktcap_device_promisc *holder, const char *ifname,
		     struct pktcap_error *error);
int promisc_flag_restore(struct pktcap_device_promisc *holder);

#endif
