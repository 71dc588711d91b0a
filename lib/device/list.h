/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files that make a list share. */
#ifndef DEVICE_LIST_H
#define DEVICE_LIST_H

#include <pktcap/device.h>

#include "base/netlink.h"

struct chunk {
	struct chunk *next;
	size_t used;
	size_t size;
	char bytes[];
};

/* Strings and pointers to them, freed together. */
struct arena {
	struct chunk *chunks;
};

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
	struct arena arena;
};

/* Aligned for pointers; NULL if there is no memory. */
void *arena_take(struct arena *arena, size_t n);
/* A terminated copy, up to the first zero. */
const char *arena_string(struct arena *arena, struct bytes value);
void arena_free(struct arena *arena);

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
