// SPDX-License-Identifier: BSD-2-Clause
#include "device/list.h"

#include <errno.h>
#include <linux/if_arp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "device/ethtool.h"

static bool is_wireless(int fd, const struct pktcap_device *device)
{
	return device->hatype == ARPHRD_IEEE80211 ||
	       device->hatype == ARPHRD_IEEE80211_PRISM ||
	       device->hatype == ARPHRD_IEEE80211_RADIOTAP ||
	       ethtool_is_wireless(fd, device->name);
}

const char *list_string(struct pktcap_device_list *list, struct bytes value)
{
	char *copy;

	if (!value.n || !value.p[0])
		return "";
	copy = arena_take(&list->arena, value.n + 1);
	if (copy)
		netlink_string(value, copy, value.n + 1);
	return copy;
}

static const char *copy(struct pktcap_device_list *list, const char *s)
{
	return list_string(list,
			   (struct bytes){ (const uint8_t *)s, strlen(s) });
}

/* What drivers know and dumps do not tell. */
static int ask_drivers(struct pktcap_device_list *list)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	char driver[32];
	int r = 0;

	if (fd < 0)
		return -errno;
	for (size_t i = 0; i < list->count && r == 0; i++) {
		struct pktcap_device *device = &list->entries[i].device;

		device->speed_mbps = ethtool_speed_mbps(fd, device->name);
		if (is_wireless(fd, device))
			device->flags |= PKTCAP_DEVICE_WIRELESS;
		ethtool_driver(fd, device->name, driver, sizeof(driver));
		device->driver = copy(list, driver);
		if (!device->driver)
			r = -ENOMEM;
	}
	close(fd);
	return r;
}

static int describe_all(struct pktcap_device_list *list)
{
	char line[128];

	for (size_t i = 0; i < list->count; i++) {
		struct entry *entry = &list->entries[i];

		describe(list, entry, line, sizeof(line));
		entry->device.description = copy(list, line);
		if (!entry->device.description)
			return -ENOMEM;
	}
	return 0;
}

static int add_any(struct pktcap_device_list *list)
{
	static const struct entry any = {
		.device = {
			.flags = PKTCAP_DEVICE_ANY | PKTCAP_DEVICE_UP |
				 PKTCAP_DEVICE_RUNNING,
			.linktype = PKTCAP_LINKTYPE_LINUX_SLL2,
			.hatype = ARPHRD_VOID,
			.name = "any",
			.kind = "",
			.driver = "",
			.description = "Pseudo-device that captures on all "
				       "interfaces",
			.alias = "",
		},
	};
	struct entry *entries =
		realloc(list->entries, (list->count + 1) * sizeof(any));

	if (!entries)
		return -ENOMEM;
	list->entries = entries;
	list->entries[list->count++] = any;
	return 0;
}

static int read_all(struct pktcap_device_list *list, struct netlink *nl)
{
	int r = list_read_links(list, nl);

	if (r == 0)
		r = list_read_addresses(list, nl);
	if (r == 0)
		r = list_read_gateways(list, nl);
	if (r == 0)
		r = ask_drivers(list);
	if (r == 0)
		r = describe_all(list);
	/* Last, for it breaks the order of indices. */
	return r == 0 ? add_any(list) : r;
}

int pktcap_device_list_open(struct pktcap_device_list **out,
			    struct pktcap_error *error)
{
	struct pktcap_device_list *list;
	struct netlink nl;
	int r;

	*out = NULL;
	list = calloc(1, sizeof(*list));
	if (!list)
		return error_set(error, -ENOMEM, "calloc",
				 "listing interfaces: out of memory");
	list->arena = arena_limited(SIZE_MAX);
	r = netlink_open(&nl, 0);
	if (r == 0) {
		r = read_all(list, &nl);
		netlink_close(&nl);
	}
	if (r < 0) {
		pktcap_device_list_close(list);
		if (r == -EINTR)
			return error_set(error, r, "rtnetlink",
					 "listing interfaces: they change "
					 "faster than they can be read: try "
					 "again");
		return error_set(error, r, "rtnetlink",
				 "listing interfaces needs an AF_NETLINK "
				 "socket (error %d): check the limits on open "
				 "files and memory, and the sandbox",
				 -r);
	}
	*out = list;
	return 0;
}

size_t pktcap_device_list_count(const struct pktcap_device_list *list)
{
	return list->count;
}

const struct pktcap_device *
pktcap_device_list_at(const struct pktcap_device_list *list, size_t index)
{
	return index < list->count ? &list->entries[index].device : NULL;
}

void pktcap_device_list_close(struct pktcap_device_list *list)
{
	if (!list)
		return;
	arena_free(&list->arena);
	free(list->entries);
	free(list->addresses);
	free(list);
}
