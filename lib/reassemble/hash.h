/* SPDX-License-Identifier: BSD-2-Clause */
/* Where in a table something is looked for. */
#ifndef REASSEMBLE_HASH_H
#define REASSEMBLE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * @seed keeps who sends packets from choosing where they go; the address of a
 * table is one. @n is a multiple of 8.
 */
static inline uint32_t hash_key(const void *key, size_t n, uint64_t seed)
{
	const uint8_t *p = key;
	uint64_t hash = seed ^ 0x9e3779b97f4a7c15u, word;

	for (size_t i = 0; i + sizeof(word) <= n; i += sizeof(word)) {
		memcpy(&word, p + i, sizeof(word));
		hash = (hash ^ word) * 0xff51afd7ed558ccdu;
		hash ^= hash >> 32;
	}
	hash *= 0xc4ceb9fe1a85ec53u;
	return (uint32_t)(hash >> 32);
}

/* Where of @count buckets a key belongs; their address is the seed. */
static inline uint32_t *hash_bucket(uint32_t *buckets, uint32_t count,
				    const void *key, size_t n)
{
	return &buckets[hash_key(key, n, (uintptr_t)buckets) % count];
}

#endif
