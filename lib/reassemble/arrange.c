// SPDX-License-Identifier: BSD-2-Clause
#include "reassemble/arrange.h"

#include <stdlib.h>

int arrange_policy(uint32_t overlap, int64_t *timeout_ns, int64_t usual,
		   struct pktcap_error *error)
{
	if (overlap > PKTCAP_OVERLAP_REJECT)
		return error_set(error, -EINVAL, "overlap",
				 "no such policy for overlaps");
	if (*timeout_ns < 0)
		return error_set(error, -EINVAL, "timeout_ns",
				 "a timeout below 0");
	if (!*timeout_ns)
		*timeout_ns = usual;
	return 0;
}

void *arrange_memory(uint64_t memory, size_t fixed, struct pool *pool,
		     const char *purpose, struct pktcap_error *error)
{
	size_t at = (fixed + 15) & ~(size_t)15;
	size_t blocks = (size_t)(memory - at) / BLOCK_SIZE;
	uint8_t *all = malloc(at + blocks * BLOCK_SIZE);

	if (!all) {
		error_set(error, -ENOMEM, "malloc", "no memory to %s", purpose);
		return NULL;
	}
	pool_init(pool, all + at, (uint32_t)blocks);
	return all;
}
