/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bytes from outside, read only through getters that can fail. A getter
 * returns false, and leaves @out alone, where the bytes are not all there.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bytes {
	const uint8_t *p;
	size_t n;
};

static inline bool bytes_has(struct bytes b, size_t off, size_t n)
{
	size_t end;

	return !__builtin_add_overflow(off, n, &end) && end <= b.n;
}

static inline bool bytes_u8(struct bytes b, size_t off, uint8_t *out)
{
	if (!bytes_has(b, off, 1))
		return false;
	*out = b.p[off];
	return true;
}

/* Big-endian, the network's order. */
static inline bool bytes_be16(struct bytes b, size_t off, uint16_t *out)
{
	if (!bytes_has(b, off, 2))
		return false;
	memcpy(out, b.p + off, sizeof(*out));
	*out = be16toh(*out);
	return true;
}

static inline bool bytes_be32(struct bytes b, size_t off, uint32_t *out)
{
	if (!bytes_has(b, off, 4))
		return false;
	memcpy(out, b.p + off, sizeof(*out));
	*out = be32toh(*out);
	return true;
}

static inline bool bytes_be64(struct bytes b, size_t off, uint64_t *out)
{
	if (!bytes_has(b, off, 8))
		return false;
	memcpy(out, b.p + off, sizeof(*out));
	*out = be64toh(*out);
	return true;
}

/* Little-endian: 802.11 and radiotap. */
static inline bool bytes_le16(struct bytes b, size_t off, uint16_t *out)
{
	if (!bytes_has(b, off, 2))
		return false;
	memcpy(out, b.p + off, sizeof(*out));
	*out = le16toh(*out);
	return true;
}

static inline bool bytes_le32(struct bytes b, size_t off, uint32_t *out)
{
	if (!bytes_has(b, off, 4))
		return false;
	memcpy(out, b.p + off, sizeof(*out));
	*out = le32toh(*out);
	return true;
}

/* The order of this machine: netlink messages, files written here. */
static inline bool bytes_host16(struct bytes b, size_t off, uint16_t *out)
{
	if (!bytes_has(b, off, sizeof(*out)))
		return false;
	memcpy(out, b.p + off, sizeof(*out));
	return true;
}

static inline bool bytes_host32(struct bytes b, size_t off, uint32_t *out)
{
	if (!bytes_has(b, off, sizeof(*out)))
		return false;
	memcpy(out, b.p + off, sizeof(*out));
	return true;
}

static inline bool bytes_host64(struct bytes b, size_t off, uint64_t *out)
{
	if (!bytes_has(b, off, sizeof(*out)))
		return false;
	memcpy(out, b.p + off, sizeof(*out));
	return true;
}

static inline bool bytes_copy(struct bytes b, size_t off, void *out, size_t n)
{
	if (!bytes_has(b, off, n))
		return false;
	memcpy(out, b.p + off, n);
	return true;
}

/* The part from @off on, at most @n bytes; empty where there is none. */
static inline struct bytes bytes_slice(struct bytes b, size_t off, size_t n)
{
	if (off >= b.n)
		return (struct bytes){ NULL, 0 };
	return (struct bytes){ b.p + off, b.n - off < n ? b.n - off : n };
}

#endif
