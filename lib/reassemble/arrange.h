/* SPDX-License-Identifier: BSD-2-Clause */
/* What opening either helper needs: options, and one piece of memory. */
#ifndef REASSEMBLE_ARRANGE_H
#define REASSEMBLE_ARRANGE_H

#include <errno.h>

#include "base/error.h"
#include "reassemble/pieces.h"

/* A number of the options: @value, or @usual for 0; false if out of range. */
static inline int arrange_option(uint64_t *value, uint64_t usual, uint64_t min,
				 uint64_t max, const char *name,
				 struct pktcap_error *error)
{
	if (!*value)
		*value = usual;
	if (*value >= min && *value <= max)
		return 0;
	return error_set(error, -EINVAL, name, "%s has to be from %lu to %lu",
			 name, (unsigned long)min, (unsigned long)max);
}

/*
 * How many entries of @each bytes a table has: as arrange_option(), but at most
 * half of @memory, for the rest is for bytes of packets.
 */
static inline int arrange_table(uint32_t *count, uint64_t usual, uint64_t max,
				uint64_t memory, size_t each, const char *name,
				struct pktcap_error *error)
{
	uint64_t fits = memory / 2 / each, value = *count;
	int err;

	if (fits > max)
		fits = max;
	err = arrange_option(&value, usual < fits ? usual : fits, 1, fits, name,
			     error);
	*count = (uint32_t)value;
	return err;
}

/* What both options have: a policy for overlaps, and a timeout; 0 or -EINVAL.
 */
int arrange_policy(uint32_t overlap, int64_t *timeout_ns, int64_t usual,
		   struct pktcap_error *error);

/*
 * @fixed bytes, which are not cleared, and behind them blocks for @pool, of
 * @memory in all; NULL if there is none to do what @purpose says.
 */
void *arrange_memory(uint64_t memory, size_t fixed, struct pool *pool,
		     const char *purpose, struct pktcap_error *error);

#endif
