/* SPDX-License-Identifier: BSD-2-Clause */
/* The two ways to run: packets from an interface, or from a file. */
#ifndef PKTSNIFF_RUN_H
#define PKTSNIFF_RUN_H

#include "filter.h"
#include "options.h"
#include "privilege.h"

#include <pktcap/base.h>

/* Each returns 0, or -1 after a message. */
int run_live(const struct options *options, const struct filter *filter,
	     const struct privilege *privilege);
int run_offline(const struct options *options, const struct filter *filter);

/* "link-type EN10MB (Ethernet)" on stderr. */
void run_tell_linktype(uint32_t linktype);

#endif
