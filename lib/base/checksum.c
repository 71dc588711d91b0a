// SPDX-License-Identifier: BSD-2-Clause
#include "base/checksum.h"

#include <endian.h>
#include <string.h>

/*
 * Words of 32 bits are added as they lie in memory, which is four times as
 * fast: the sum of swapped words is the swapped sum (RFC 1071, section 2).
 */
static uint64_t add_native(const uint8_t *data, size_t n)
{
	uint64_t sum = 0;
	uint32_t word;

	for (; n >= sizeof(word); n -= sizeof(word), data += sizeof(word)) {
		memcpy(&word, data, sizeof(word));
		sum += word;
	}
	word = 0;
	if (n)
		memcpy(&word, data, n);
	return sum + word;
}

static uint16_t fold(uint64_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

uint64_t checksum_add(uint64_t sum, const uint8_t *data, size_t n)
{
	return sum + be16toh(fold(add_native(data, n)));
}

uint16_t checksum_end(uint64_t sum)
{
	return (uint16_t)~fold(sum);
}

uint16_t checksum_wanted(uint64_t sum, uint16_t field)
{
	/* Taken out of the sum: in one's complement its inverse is added. */
	return checksum_end(sum + (uint16_t)~field);
}
