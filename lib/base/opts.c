// SPDX-License-Identifier: BSD-2-Clause
#include "base/opts.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"

int opts_copy(void *dst, size_t known, const void *src,
	      struct pktcap_error *error)
{
	const uint8_t *bytes = src;
	uint32_t given;

	memset(dst, 0, known);
	if (!src)
		return 0;
	memcpy(&given, src, sizeof(given));
	if (given < sizeof(given))
		return error_set(error, -EINVAL, "size",
				 "options without their size: initialise them "
				 "with the _OPTS() macro of the header");
	for (size_t i = known; i < given; i++)
		if (bytes[i])
			return error_set(
				error, -E2BIG, "size",
				"options use a field that libpktcap %s "
				"does not know: update the library",
				pktcap_version());
	memcpy(dst, src, given < known ? given : known);
	return 0;
}

int opts_check_number(const char *name, uint64_t value, uint64_t min,
		      uint64_t max, struct pktcap_error *error)
{
	if (value <= max && (!value || value >= min))
		return 0;
	return error_set(error, -EINVAL, name,
			 "%s: out of range: %lu to %lu, or 0 for the default",
			 name, (unsigned long)min, (unsigned long)max);
}

int opts_check_ranges(const void *opts, const struct opts_range *ranges,
		      size_t n, struct pktcap_error *error)
{
	const uint8_t *bytes = opts;
	uint32_t value;
	int err = 0;

	for (const struct opts_range *r = ranges; !err && r < ranges + n; r++) {
		memcpy(&value, bytes + r->offset, sizeof(value));
		err = opts_check_number(r->name, value, r->min, r->max, error);
	}
	return err;
}
