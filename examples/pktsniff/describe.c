/* SPDX-License-Identifier: BSD-2-Clause */
#include "describe.h"
#include "clock.h"

#include <pktcap/device.h>

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

static int describe(struct store *store, const struct pktcap_device *device,
		    const struct pktcap_capture_info *info, const char *filter)
{
	struct utsname names;
	uint32_t id;
	char os[sizeof(names.sysname) + sizeof(names.release)];
	struct pktcap_file_interface interface = {
		.name = device->name,
		.description =
			device->alias ? device->alias : device->description,
		.filter = filter,
		.hardware = device->driver,
		.speed_bps = device->speed_mbps * 1000000,
		.linktype = info->linktype,
		.snaplen = info->snaplen,
		.ifindex = (int32_t)device->ifindex,
	};

	if (uname(&names) == 0) {
		snprintf(os, sizeof(os), "%s %s", names.sysname, names.release);
		interface.os = os;
	}
	if (device->mac_len == sizeof(interface.mac)) {
		memcpy(interface.mac, device->mac, sizeof(interface.mac));
		interface.has_mac = 1;
	}
	return store_interface(store, &interface, &id);
}

int describe_interfaces(struct store *store,
			const struct pktcap_capture_info *info,
			const char *filter)
{
	const struct pktcap_device *device;
	struct pktcap_device_list *list;
	int ret = 0;

	if (store->options->format != PKTCAP_FILE_FORMAT_PCAPNG)
		return 0;
	/* One of a file's options cannot be longer. */
	if (filter && strlen(filter) >= UINT16_MAX)
		filter = NULL;
	/* Without a list packets still go to interfaces that have no name. */
	if (pktcap_device_list_open(&list, NULL))
		return 0;
	for (size_t i = 0; !ret && i < pktcap_device_list_count(list); i++) {
		device = pktcap_device_list_at(list, i);
		if (device->ifindex &&
		    (!info->ifindex || device->ifindex == info->ifindex))
			ret = describe(store, device, info, filter);
	}
	pktcap_device_list_close(list);
	return ret;
}

void describe_counters(void *cap, struct pktcap_file_interface_stats *stats)
{
	struct pktcap_capture_stats counted;

	if (pktcap_capture_stats(cap, &counted))
		return;
	stats->ts_ns = now_ns(CLOCK_REALTIME);
	/* What the adapter itself got and lost counts from its own start. */
	stats->accepted = counted.received;
	stats->os_dropped = counted.dropped;
	stats->delivered = counted.delivered;
	stats->has = PKTCAP_FILE_HAS_ACCEPTED | PKTCAP_FILE_HAS_OS_DROPPED |
		     PKTCAP_FILE_HAS_DELIVERED;
}
