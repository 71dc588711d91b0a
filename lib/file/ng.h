/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers of pcapng and getters for reading it (draft-ietf-opsawg-pcapng). */
#ifndef FILE_NG_H
#define FILE_NG_H

#include "base/bytes.h"

enum ng_type {
	NG_INTERFACE = 1,
	NG_OLD_PACKET = 2,
	NG_SIMPLE_PACKET = 3,
	NG_NAMES = 4,
	NG_STATISTICS = 5,
	NG_PACKET = 6,
	NG_SECRETS = 10,
	NG_SECTION = 0x0a0d0d0a, /* the same in both byte orders */
};

enum {
	NG_MAGIC = 0x1a2b3c4d,
	NG_FRAME_BYTES = 12, /* type and length, and the length again */
	NG_OPTION_END = 0,
	NG_OPTION_COMMENT = 1,
};

enum ng_section_option {
	NG_SECTION_HARDWARE = 2,
	NG_SECTION_OS = 3,
	NG_SECTION_APPLICATION = 4,
};

enum ng_interface_option {
	NG_IF_NAME = 2,
	NG_IF_DESCRIPTION = 3,
	NG_IF_MAC = 6,
	NG_IF_SPEED = 8,
	NG_IF_TSRESOL = 9,
	NG_IF_FILTER = 11,
	NG_IF_OS = 12,
	NG_IF_FCSLEN = 13,
	NG_IF_TSOFFSET = 14,
	NG_IF_HARDWARE = 15,
};

static inline size_t ng_padded(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

static inline bool ng_get16(struct bytes b, size_t off, bool swapped,
			    uint16_t *out)
{
	if (!bytes_host16(b, off, out))
		return false;
	if (swapped)
		*out = __builtin_bswap16(*out);
	return true;
}

static inline bool ng_get32(struct bytes b, size_t off, bool swapped,
			    uint32_t *out)
{
	if (!bytes_host32(b, off, out))
		return false;
	if (swapped)
		*out = __builtin_bswap32(*out);
	return true;
}

static inline bool ng_get64(struct bytes b, size_t off, bool swapped,
			    uint64_t *out)
{
	if (!bytes_host64(b, off, out))
		return false;
	if (swapped)
		*out = __builtin_bswap64(*out);
	return true;
}

/* A time stamp: its upper half first, in any byte order. */
static inline bool ng_ticks(struct bytes b, size_t off, bool swapped,
			    uint64_t *out)
{
	uint32_t high, low;

	if (!ng_get32(b, off, swapped, &high) ||
	    !ng_get32(b, off + 4, swapped, &low))
		return false;
	*out = (uint64_t)high << 32 | low;
	return true;
}

#endif
