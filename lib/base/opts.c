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
