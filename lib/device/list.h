/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files that make a list share. */
#ifndef DEVICE_LIST_H
#define DEVICE_LIST_H

#include <pktcap/device.h>

#include "base/arena.h"
#include "base/netlink.h"

struct entry {
	struct pktcap_device device;
	uint32_t metric4; /* of its gateways */
	uint32_t metric6;
	uint32_t vlan_id;
	bool has_vlan_id;
	bool parent_elsewhere;
};

struct pktcap_device_list {
	struct entry *entries; /* in order of ifindex, then "any" */
	size_t count;
	size_t room;
	struct pktcap_address *addresses; /* grouped by interface */
	size_t address_count;
	size_t address_room;
	struct arena arena; /* strings, and pointers to them */
};

/* A terminated copy, up to the first zero; NULL if there is no memory. */
const char *list_string(struct pktcap_device_list *list, struct bytes value);

/* NULL if there is no such interface. */
struct entry *list_entry(const struct pktcap_device_list *list,
			 uint32_t ifindex);

/* Fills list->entries and list->addresses from dumps. */
int list_read_links(struct pktcap_device_list *list, struct netlink *nl);
int list_read_addresses(struct pktcap_device_list *list, struct netlink *nl);
int list_read_gateways(struct pktcap_device_list *list, struct netlink *nl);

/* A line about @entry for people, no longer than @size. */
void describe(const struct pktcap_device_list *list, const struct entry *entry,
	      char *out, size_t size);

#endif
