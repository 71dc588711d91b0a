/* SPDX-License-Identifier: BSD-2-Clause */
/* The Internet checksum (RFC 1071): a sum of 16-bit words with its carries. */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/*
 * Adds @n bytes to @sum, which begins with 0; every piece but the last one has
 * an even number of them. Big-endian words, whatever the machine has.
 */
uint64_t checksum_add(uint64_t sum, const uint8_t *data, size_t n);

/* What is in the packet if all is well, host order; 0 over one that is there.
 */
uint16_t checksum_end(uint64_t sum);

/*
 * What a checksum field should hold: @field is what it does, @sum that of all
 * bytes with it.
 */
uint16_t checksum_wanted(uint64_t sum, uint16_t field);

#endif
