// SPDX-License-Identifier: BSD-2-Clause
#include "device/list.h"

#include <string.h>

/* Longer names are no slip of an interface name. */
#define NAME_MAX_EDITED 31u

static bool has_altname(const struct pktcap_device *device, const char *name)
{
	for (uint32_t i = 0; i < device->altname_count; i++)
		if (!strcmp(device->altnames[i], name))
			return true;
	return false;
}

/* 0 if @name is no decimal number of an interface. */
static uint32_t number_of(const char *name)
{
	uint64_t n = 0;

	if (!*name)
		return 0;
	for (; *name; name++) {
		if (*name < '0' || *name > '9')
			return 0;
		n = n * 10 + (uint64_t)(*name - '0');
		if (n > INT32_MAX)
			return 0;
	}
	return (uint32_t)n;
}

const struct pktcap_device *
pktcap_device_list_find(const struct pktcap_device_list *list, const char *name)
{
	uint32_t number = number_of(name);

	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->entries[i].device.name, name))
			return &list->entries[i].device;
	for (size_t i = 0; i < list->count; i++)
		if (has_altname(&list->entries[i].device, name))
			return &list->entries[i].device;
	for (size_t i = 0; number && i < list->count; i++)
		if (list->entries[i].device.ifindex == number)
			return &list->entries[i].device;
	return NULL;
}

static unsigned int smaller(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/*
 * How many letters to insert, drop, replace or swap with their neighbour
 * turn @a into @b; upper and lower case are equal. Three rows of the usual
 * table, as a swap looks two rows back.
 */
static unsigned int edits(const char *a, const char *b)
{
	unsigned int rows[3][NAME_MAX_EDITED + 1];
	size_t n = strlen(a), m = strlen(b);

	for (unsigned int j = 0; j <= m; j++)
		rows[0][j] = j;
	for (unsigned int i = 1; i <= n; i++) {
		unsigned int *row = rows[i % 3];
		const unsigned int *above = rows[(i - 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			bool equal = lower(a[i - 1]) == lower(b[j - 1]);

			row[j] = smaller(above[j] + 1, row[j - 1] + 1);
			row[j] = smaller(row[j], above[j - 1] + !equal);
			if (i > 1 && j > 1 &&
			    lower(a[i - 1]) == lower(b[j - 2]) &&
			    lower(a[i - 2]) == lower(b[j - 1]))
				row[j] = smaller(row[j],
						 rows[(i - 2) % 3][j - 2] + 1);
		}
	}
	return rows[n % 3][m];
}

const struct pktcap_device *
pktcap_device_list_nearest(const struct pktcap_device_list *list,
			   const char *name)
{
	const struct pktcap_device *nearest = NULL;
	size_t n = strlen(name);
	unsigned int best;

	if (n < 2 || n > NAME_MAX_EDITED)
		return NULL;
	best = n < 6 ? 2 : 3; /* one more than are taken for a slip */
	for (size_t i = 0; i < list->count; i++) {
		const struct pktcap_device *device = &list->entries[i].device;
		unsigned int distance = edits(name, device->name);

		if (distance < best) {
			best = distance;
			nearest = device;
		}
	}
	return nearest;
}
