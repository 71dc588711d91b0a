/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses and default routes as rtnetlink(7) tells them. */
#ifndef DEVICE_ADDRESS_H
#define DEVICE_ADDRESS_H

#include <pktcap/device.h>

#include "base/netlink.h"

/*
 * A host address of a length of 4 or 16 bytes, which decides its family and
 * its widest prefix; the scope follows from the number itself.
 */
bool address_from_bytes(struct bytes value, struct pktcap_address *address);

/* An RTM_NEWADDR message of @family; false for any other. */
bool address_parse(const struct netlink_message *message, uint8_t family,
		   struct pktcap_address *address);

typedef void (*gateway_fn)(void *user, const struct pktcap_address *gateway,
			   uint32_t metric);

/*
 * Calls @fn for each gateway of an RTM_NEWROUTE message, if that is a default
 * route of @family in the main table. A gateway may be of the other family
 * (IPv4 by way of an IPv6 neighbour); its ifindex is where it is reached.
 */
void gateway_parse(const struct netlink_message *message, uint8_t family,
		   gateway_fn fn, void *user);

#endif
