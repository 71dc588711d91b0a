/* SPDX-License-Identifier: BSD-2-Clause */
#include "listing.h"
#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Interface 0 is the one that stands for all of them. */
static const char *by_number(const char *name)
{
	return strcmp(name, "0") == 0 ? "any" : name;
}

static int open_list(struct pktcap_device_list **list)
{
	struct pktcap_error error = { .code = 0 };
	int ret = pktcap_device_list_open(list, &error);

	if (ret)
		say_error("listing interfaces", ret, &error);
	return ret ? -1 : 0;
}

static bool is_connected(const struct pktcap_device *device)
{
	return (device->flags & PKTCAP_DEVICE_UP) &&
	       (device->flags & PKTCAP_DEVICE_CARRIER) &&
	       !(device->flags & PKTCAP_DEVICE_LOOPBACK);
}

/*
 * Where somebody would look for traffic: connected interfaces, all of them,
 * the loopback, those without a cable, those switched off.
 */
static int rank(const struct pktcap_device *device)
{
	if (device->flags & PKTCAP_DEVICE_ANY)
		return 1;
	if (is_connected(device))
		return 0;
	if (!(device->flags & PKTCAP_DEVICE_UP))
		return 4;
	return device->flags & PKTCAP_DEVICE_LOOPBACK ? 2 : 3;
}

static int compare(const void *a, const void *b)
{
	const struct pktcap_device *const *left = a, *const *right = b;
	int difference = rank(*left) - rank(*right);

	if (difference)
		return difference;
	return ((*left)->ifindex > (*right)->ifindex) -
	       ((*left)->ifindex < (*right)->ifindex);
}

/* All of @list, best first; freed by the caller. NULL after a message. */
static const struct pktcap_device **
sorted(const struct pktcap_device_list *list, size_t *count)
{
	const struct pktcap_device **devices;

	*count = pktcap_device_list_count(list);
	devices = calloc(*count ? *count : 1, sizeof(*devices));
	if (!devices) {
		say("listing interfaces: out of memory");
		return NULL;
	}
	for (size_t i = 0; i < *count; i++)
		devices[i] = pktcap_device_list_at(list, i);
	qsort(devices, *count, sizeof(*devices), compare);
	return devices;
}

static void print_flags(const struct pktcap_device *device)
{
	static const struct {
		uint32_t flag;
		const char *name;
	} names[] = {
		{ PKTCAP_DEVICE_UP, "Up" },
		{ PKTCAP_DEVICE_RUNNING, "Running" },
		{ PKTCAP_DEVICE_LOOPBACK, "Loopback" },
		{ PKTCAP_DEVICE_WIRELESS, "Wireless" },
	};
	bool real =
		!(device->flags & (PKTCAP_DEVICE_ANY | PKTCAP_DEVICE_LOOPBACK));
	const char *comma = "";

	fputs(" [", stdout);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!(device->flags & names[i].flag))
			continue;
		printf("%s%s", comma, names[i].name);
		comma = ", ";
	}
	if (real && device->flags & PKTCAP_DEVICE_UP)
		printf("%s%s", comma,
		       is_connected(device) ? "Connected" : "Disconnected");
	else if (!*comma)
		fputs("none", stdout);
	fputs("]\n", stdout);
}

int listing_interfaces(void)
{
	struct pktcap_device_list *list;
	const struct pktcap_device **devices;
	size_t count;

	if (open_list(&list))
		return -1;
	devices = sorted(list, &count);
	for (size_t i = 0; devices && i < count; i++) {
		printf("%u.", devices[i]->ifindex);
		put_clean(stdout, devices[i]->name);
		fputs(" (", stdout);
		put_clean(stdout, devices[i]->description);
		putchar(')');
		print_flags(devices[i]);
	}
	free(devices);
	pktcap_device_list_close(list);
	return devices ? 0 : -1;
}

static const struct pktcap_device *best(const struct pktcap_device_list *list)
{
	const struct pktcap_device *found = NULL;

	for (size_t i = 0; i < pktcap_device_list_count(list); i++) {
		const struct pktcap_device *device =
			pktcap_device_list_at(list, i);

		if (device->flags & PKTCAP_DEVICE_UP &&
		    !(device->flags & PKTCAP_DEVICE_ANY) &&
		    (!found || compare(&device, &found) < 0))
			found = device;
	}
	return found;
}

/* What @options mean in @list; NULL after a message. */
static const struct pktcap_device *find(const struct pktcap_device_list *list,
					const struct options *options)
{
	const struct pktcap_device *device;

	if (!options->interface) {
		device = best(list);
		if (!device)
			say("no interface is up: switch one on, or name it "
			    "with -i; -D lists them");
		return device;
	}
	device = pktcap_device_list_find(list, by_number(options->interface));
	if (!device)
		listing_not_found(options->interface);
	return device;
}

static uint32_t netmask_of(const struct pktcap_device *device)
{
	for (uint32_t i = 0; i < device->address_count; i++) {
		const struct pktcap_address *address = &device->addresses[i];

		if (address->family == AF_INET && address->prefix_len)
			return UINT32_MAX << (32 - address->prefix_len);
	}
	return 0;
}

static void know_choice(struct listing_choice *choice,
			const struct pktcap_device *device)
{
	if (!device)
		return;
	choice->found = true;
	choice->linktype = device->linktype;
	choice->netmask = netmask_of(device);
}

int listing_choose(const struct options *options, bool know,
		   struct listing_choice *choice)
{
	struct pktcap_device_list *list;
	const struct pktcap_device *device;

	*choice = (struct listing_choice){ .found = false };
	if (options->interface)
		snprintf(choice->name, sizeof(choice->name), "%s",
			 by_number(options->interface));
	/* A named one is looked up by the capture itself. */
	if (options->interface && !know)
		return 0;
	if (open_list(&list))
		return -1;
	if (options->interface) {
		device = pktcap_device_list_find(list, choice->name);
	} else {
		device = find(list, options);
		if (device)
			snprintf(choice->name, sizeof(choice->name), "%s",
				 device->name);
	}
	know_choice(choice, device);
	pktcap_device_list_close(list);
	return device || options->interface ? 0 : -1;
}

void listing_not_found(const char *name)
{
	const struct pktcap_device *device = NULL;
	struct pktcap_device_list *list;

	if (pktcap_device_list_open(&list, NULL) == 0)
		device = pktcap_device_list_nearest(list, name);
	if (device)
		say("%s: no such interface; did you mean %s? -D lists them",
		    name, device->name);
	else
		say("%s: no such interface; -D lists them", name);
	pktcap_device_list_close(list);
}

static void print_linktype(uint32_t linktype)
{
	const char *name = pktcap_linktype_name(linktype);
	const char *description = pktcap_linktype_description(linktype);

	if (name)
		printf("  %s (%s)\n", name, description ? description : name);
	else
		printf("  %u\n", linktype);
}

static void print_linktypes(const struct pktcap_device *device)
{
	printf("Data link types for %s (use option -y to set):\n",
	       device->name);
	print_linktype(device->linktype);
	if (device->linktype != PKTCAP_LINKTYPE_LINUX_SLL2)
		print_linktype(PKTCAP_LINKTYPE_LINUX_SLL2);
}

static void print_stamps(const struct pktcap_device *device)
{
	printf("Time stamp types for %s (use option -j to set):\n",
	       device->name);
	options_list_stamps();
}

static int with_device(const struct options *options,
		       void (*print)(const struct pktcap_device *device))
{
	struct pktcap_device_list *list;
	const struct pktcap_device *device;

	if (open_list(&list))
		return -1;
	device = find(list, options);
	if (device)
		print(device);
	pktcap_device_list_close(list);
	return device ? 0 : -1;
}

int listing_linktypes(const struct options *options)
{
	return with_device(options, print_linktypes);
}

int listing_stamps(const struct options *options)
{
	return with_device(options, print_stamps);
}
