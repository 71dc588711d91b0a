/* SPDX-License-Identifier: BSD-2-Clause */
/* Where in a table something is looked for. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014. */
static inline uint64_t hash_mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

/*
 * @seed keeps who sends packets from choosing where they go; the address of a
 * table is one. @n is a multiple of 8.
 */
static inline uint64_t hash_key(const void *key, size_t n, uint64_t seed)
{
	const uint8_t *p = key;
	uint64_t hash = seed, word;

	for (size_t i = 0; i + sizeof(word) <= n; i += sizeof(word)) {
		memcpy(&word, p + i, sizeof(word));
		hash = hash_mix(hash + 0x9e3779b97f4a7c15u + word);
	}
	return hash;
}

/* Where of @count buckets a key belongs; their address is the seed. */
static inline uint32_t *hash_bucket(uint32_t *buckets, uint32_t count,
				    const void *key, size_t n)
{
	return &buckets[(uint32_t)hash_key(key, n, (uintptr_t)buckets) % count];
}

#endif
