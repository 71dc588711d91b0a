/* SPDX-License-Identifier: BSD-2-Clause */
/* Interfaces: -D, -L, -J, and the one to take where none was named. */
#ifndef PKTSNIFF_LISTING_H
#define PKTSNIFF_LISTING_H

#include "options.h"

#include <pktcap/device.h>

#include <stdbool.h>
#include <stddef.h>

/* Each returns 0, or -1 after a message. */
int listing_interfaces(void);
int listing_linktypes(const struct options *options);
int listing_stamps(const struct options *options);

struct listing_choice {
	char name[256];
	bool found; /* there is one of this name: what follows is known */
	uint32_t linktype;
	uint32_t netmask; /* of its first IPv4 address, 0 without one */
};

/*
 * The interface @options ask for, else the best of those that are up. One that
 * was named is only looked for if @know. Returns 0, or -1 after a message.
 */
int listing_choose(const struct options *options, bool know,
		   struct listing_choice *choice);

/* Says that @name does not exist, and what may have been meant. */
void listing_not_found(const char *name);

#endif
