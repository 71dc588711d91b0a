/* SPDX-License-Identifier: BSD-2-Clause */
/* Interfaces: -D, -L, -J, and the one to take where none was named. */
#ifndef PKTSNIFF_LISTING_H
#define PKTSNIFF_LISTING_H

#include "options.h"

#include <pktcap/device.h>

#include <stddef.h>

/* Each returns 0, or -1 after a message. */
int listing_interfaces(void);
int listing_linktypes(const struct options *options);
int listing_stamps(const struct options *options);

/*
 * The interface @options ask for, else the best of those that are up; at most
 * @size bytes to @name. Returns 0, or -1 after a message.
 */
int listing_choose(const struct options *options, char *name, size_t size);

/* Says that @name does not exist, and what may have been meant. */
void listing_not_found(const char *name);

#endif
