/* SPDX-License-Identifier: BSD-2-Clause */
/* Bounded reading of packet bytes: every getter says whether they were there.
 */
#ifndef PKTSNIFF_BYTES_H
#define PKTSNIFF_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A piece of a packet: @len bytes were captured at @data, and @wire bytes were
 * there on the wire. The two differ where a packet was cut or padded.
 */
struct bytes {
	const uint8_t *data;
	size_t len;
	size_t wire;
};

/* What is left behind the first @n bytes; nothing if there are fewer. */
static inline struct bytes bytes_after(struct bytes b, size_t n)
{
	size_t cut = n < b.len ? n : b.len;

	b.data = cut ? b.data + cut : b.data;
	b.len -= cut;
	b.wire -= n < b.wire ? n : b.wire;
	return b;
}

/* The same piece as a header that states its own length has it: padding goes.
 */
static inline struct bytes bytes_first(struct bytes b, size_t n)
{
	b.len = n < b.len ? n : b.len;
	b.wire = n < b.wire ? n : b.wire;
	return b;
}

static inline bool bytes_have(struct bytes b, size_t offset, size_t n)
{
	return offset <= b.len && n <= b.len - offset;
}

/* The address of @n bytes, or NULL where they were not captured. */
static inline const uint8_t *bytes_at(struct bytes b, size_t offset, size_t n)
{
	return bytes_have(b, offset, n) ? b.data + offset : NULL;
}

static inline bool bytes_u8(struct bytes b, size_t offset, uint8_t *out)
{
	if (!bytes_have(b, offset, 1))
		return false;
	*out = b.data[offset];
	return true;
}

static inline bool bytes_be16(struct bytes b, size_t offset, uint16_t *out)
{
	if (!bytes_have(b, offset, 2))
		return false;
	*out = (uint16_t)(b.data[offset] << 8 | b.data[offset + 1]);
	return true;
}

static inline bool bytes_be32(struct bytes b, size_t offset, uint32_t *out)
{
	uint16_t high, low;

	if (!bytes_have(b, offset, 4) || !bytes_be16(b, offset, &high) ||
	    !bytes_be16(b, offset + 2, &low))
		return false;
	*out = (uint32_t)high << 16 | low;
	return true;
}

#endif
