/* SPDX-License-Identifier: BSD-2-Clause */
/* What a pcapng file says of the interfaces it was captured on. */
#ifndef PKTSNIFF_DESCRIBE_H
#define PKTSNIFF_DESCRIBE_H

#include "store.h"

#include <pktcap/capture.h>

/*
 * Describes the interface of a capture to @store; on "any" all there are.
 * @filter: the expression, NULL for none. Returns 0, or a negative errno.
 */
int describe_interfaces(struct store *store,
			const struct pktcap_capture_info *info,
			const char *filter);

/* The counters of @cap, a struct pktcap_capture: see struct store. */
void describe_counters(void *cap, struct pktcap_file_interface_stats *stats);

#endif
