/* SPDX-License-Identifier: BSD-2-Clause */
/* What opening either helper needs: options, and one piece of memory. */
#ifndef REASSEMBLE_ARRANGE_H
#define REASSEMBLE_ARRANGE_H

#include <errno.h>

#include "base/error.h"

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

#endif
