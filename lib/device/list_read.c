// SPDX-License-Identifier: BSD-2-Clause
/* From rtnetlink dumps to entries. */
#include "device/list.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/array.h"
#include "device/address.h"
#include "device/hatype.h"
#include "device/link.h"

#define TRIES 16 /* of a dump that changes under way */

/* IFLA_ALLMULTI (6.0), which cannot be asked for with #ifdef. */
enum { ATTR_ALLMULTI = 61 };

static int add_entry(struct pktcap_device_list *list, struct entry **out)
{
	void *array = list->entries;
	int r = array_grow(&array, &list->room, list->count, sizeof(**out));

	list->entries = array;
	if (r < 0)
		return r;
	*out = &list->entries[list->count++];
	memset(*out, 0, sizeof(**out));
	(*out)->device.driver = "";
	(*out)->device.description = "";
	return 0;
}

/* --- links --- */

static int read_altnames(struct pktcap_device_list *list, struct bytes names,
			 struct pktcap_device *device)
{
	struct bytes rest = names;
	struct netlink_attr attr;
	const char **altnames;
	size_t n = 0;

	while (netlink_next_attr(&rest, &attr))
		n += attr.type == IFLA_ALT_IFNAME;
	if (!n)
		return 0;
	altnames = arena_take(&list->arena, n * sizeof(*altnames));
	if (!altnames)
		return -ENOMEM;
	device->altnames = altnames;
	while (netlink_next_attr(&names, &attr)) {
		if (attr.type != IFLA_ALT_IFNAME)
			continue;
		*altnames = list_string(list, attr.value);
		if (!*altnames++)
			return -ENOMEM;
		device->altname_count++;
	}
	return 0;
}

static void read_vlan_id(struct bytes data, struct entry *entry)
{
	struct netlink_attr attr;
	uint16_t id;

	while (netlink_next_attr(&data, &attr)) {
		if (attr.type != IFLA_VLAN_ID ||
		    !bytes_host16(attr.value, 0, &id))
			continue;
		entry->vlan_id = id;
		entry->has_vlan_id = true;
	}
}

/* Not in link_parse(), which is part of programs that only capture. */
static uint32_t read_allmulti(const struct netlink_message *message)
{
	struct bytes attrs = bytes_slice(
		message->body, NLMSG_ALIGN(sizeof(struct ifinfomsg)), SIZE_MAX);
	struct netlink_attr attr;
	uint32_t count = 0;

	while (netlink_next_attr(&attrs, &attr))
		if (attr.type == ATTR_ALLMULTI)
			bytes_host32(attr.value, 0, &count);
	return count;
}

static int add_link(void *user, const struct netlink_message *message)
{
	struct pktcap_device_list *list = user;
	struct pktcap_device *device;
	struct entry *entry;
	struct link link;
	int r;

	if (message->type != RTM_NEWLINK || !link_parse(message, &link))
		return 0;
	r = add_entry(list, &entry);
	if (r < 0)
		return r;
	device = &entry->device;
	device->ifindex = link.ifindex;
	device->flags = link_flags(link.kernel_flags);
	device->mtu = link.mtu;
	device->promiscuity = link.promiscuity;
	device->allmulti = read_allmulti(message);
	device->hatype = link.hatype;
	device->linktype = device_linktype(link.hatype);
	device->master = link.master;
	device->parent = link.parent_elsewhere ? 0 : link.parent;
	if (device->parent == device->ifindex)
		device->parent = 0; /* tunnels name themselves */
	entry->parent_elsewhere = link.parent_elsewhere;
	memcpy(device->name, link.name, sizeof(device->name));
	if (link.mac.n <= sizeof(device->mac)) {
		device->mac_len = (uint32_t)link.mac.n;
		if (link.mac.n)
			memcpy(device->mac, link.mac.p, link.mac.n);
	}
	link_counters(link.counters, &device->counters);
	device->kind = list_string(list, link.kind);
	device->alias = list_string(list, link.alias);
	if (!device->kind || !device->alias)
		return -ENOMEM;
	if (!strcmp(device->kind, "vlan"))
		read_vlan_id(link.kind_data, entry);
	return read_altnames(list, link.altnames, device);
}

static int by_ifindex(const void *a, const void *b)
{
	uint32_t x = ((const struct entry *)a)->device.ifindex;
	uint32_t y = ((const struct entry *)b)->device.ifindex;

	return (x > y) - (x < y);
}

struct entry *list_entry(const struct pktcap_device_list *list,
			 uint32_t ifindex)
{
	struct entry key = { .device.ifindex = ifindex };

	return list->count ? bsearch(&key, list->entries, list->count,
				     sizeof(key), by_ifindex)
			   : NULL;
}

int list_read_links(struct pktcap_device_list *list, struct netlink *nl)
{
	int r = -EINTR;

	for (int i = 0; i < TRIES && r == -EINTR; i++) {
		list->count = 0;
		arena_free(&list->arena);
		r = link_dump(nl, add_link, list);
	}
	if (r == 0 && list->count)
		qsort(list->entries, list->count, sizeof(list->entries[0]),
		      by_ifindex);
	return r;
}

/* --- addresses and gateways, one family at a time --- */

struct family {
	struct pktcap_device_list *list;
	uint8_t number;
};

/*
 * A kernel without the family answers for all families, or with an error that
 * says so: both is "none".
 */
static int dump_family(struct netlink *nl, uint16_t type, uint8_t number,
		       netlink_fn fn, struct family *family)
{
	/* The longest header of the two; the family is first in both. */
	struct rtmsg ask = { .rtm_family = number };
	size_t size = type == RTM_GETADDR ? sizeof(struct ifaddrmsg)
					  : sizeof(struct rtmsg);
	int r;

	family->number = number;
	r = netlink_request(nl, type, NLM_F_DUMP,
			    (struct bytes){ (const uint8_t *)&ask, size }, fn,
			    family);
	return r == -EAFNOSUPPORT || r == -EOPNOTSUPP ? 0 : r;
}

static int dump_both(struct netlink *nl, uint16_t type, netlink_fn fn,
		     struct family *family)
{
	int r = dump_family(nl, type, AF_INET, fn, family);

	return r < 0 ? r : dump_family(nl, type, AF_INET6, fn, family);
}

static int add_address(void *user, const struct netlink_message *message)
{
	struct family *family = user;
	struct pktcap_device_list *list = family->list;
	struct pktcap_address address;
	struct entry *entry;
	void *array = list->addresses;
	int r;

	if (!address_parse(message, family->number, &address))
		return 0;
	entry = list_entry(list, address.ifindex);
	if (!entry)
		return 0; /* younger than the list */
	r = array_grow(&array, &list->address_room, list->address_count,
		       sizeof(address));
	list->addresses = array;
	if (r < 0)
		return r;
	list->addresses[list->address_count++] = address;
	entry->device.address_count++;
	return 0;
}

/* In the kernel's order within an interface: the first is the primary one. */
static int group_addresses(struct pktcap_device_list *list)
{
	struct pktcap_address *grouped, *next;

	if (!list->address_count)
		return 0;
	grouped = malloc(list->address_count * sizeof(*grouped));
	if (!grouped)
		return -ENOMEM;
	next = grouped;
	for (size_t i = 0; i < list->count; i++) {
		struct pktcap_device *device = &list->entries[i].device;

		device->addresses = next;
		next += device->address_count;
		device->address_count = 0;
	}
	for (size_t i = 0; i < list->address_count; i++) {
		const struct pktcap_address *address = &list->addresses[i];
		struct pktcap_device *device =
			&list_entry(list, address->ifindex)->device;
		size_t at = (size_t)(device->addresses - grouped) +
			    device->address_count++;

		grouped[at] = *address;
	}
	free(list->addresses);
	list->addresses = grouped;
	list->address_room = list->address_count;
	return 0;
}

int list_read_addresses(struct pktcap_device_list *list, struct netlink *nl)
{
	struct family family = { .list = list };
	int r = -EINTR;

	for (int i = 0; i < TRIES && r == -EINTR; i++) {
		list->address_count = 0;
		for (size_t k = 0; k < list->count; k++)
			list->entries[k].device.address_count = 0;
		r = dump_both(nl, RTM_GETADDR, add_address, &family);
	}
	return r < 0 ? r : group_addresses(list);
}

static void offer_gateway(const struct pktcap_address *gateway, uint32_t metric,
			  struct pktcap_address *best, uint32_t *best_metric)
{
	if (best->family && *best_metric <= metric)
		return;
	*best = *gateway;
	*best_metric = metric;
}

static void take_gateway(void *user, const struct pktcap_address *gateway,
			 uint32_t metric)
{
	const struct family *family = user;
	struct entry *entry = list_entry(family->list, gateway->ifindex);

	if (!entry)
		return;
	if (family->number == AF_INET)
		offer_gateway(gateway, metric, &entry->device.gateway4,
			      &entry->metric4);
	else
		offer_gateway(gateway, metric, &entry->device.gateway6,
			      &entry->metric6);
}

static int read_route(void *user, const struct netlink_message *message)
{
	const struct family *family = user;

	gateway_parse(message, family->number, take_gateway, user);
	return 0;
}

int list_read_gateways(struct pktcap_device_list *list, struct netlink *nl)
{
	struct family family = { .list = list };
	int r = -EINTR;

	for (int i = 0; i < TRIES && r == -EINTR; i++) {
		for (size_t k = 0; k < list->count; k++) {
			list->entries[k].device.gateway4.family = 0;
			list->entries[k].device.gateway6.family = 0;
		}
		r = dump_both(nl, RTM_GETROUTE, read_route, &family);
	}
	return r;
}
