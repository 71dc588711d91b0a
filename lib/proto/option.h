/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options as IPv4 and TCP have them: a kind, a length that counts itself and
 * the kind, a value. Of kinds 0 (end) and 1 (nothing) the kind is all.
 */
#ifndef PROTO_OPTION_H
#define PROTO_OPTION_H

#include "base/bytes.h"

#include <errno.h>

enum { OPTION_END = 0, OPTION_NOP = 1, OPTION_MIN = 2 };

/*
 * Bytes of the option at @at, of those up to @end; -EPROTO if its length is
 * impossible, -ENODATA if it was not captured.
 */
static inline int option_len(struct bytes b, size_t at, size_t end)
{
	uint8_t kind, len;

	if (!bytes_u8(b, at, &kind))
		return -ENODATA;
	if (kind <= OPTION_NOP)
		return 1;
	if (end - at < OPTION_MIN)
		return -EPROTO;
	if (!bytes_u8(b, at + 1, &len))
		return -ENODATA;
	if (len < OPTION_MIN || len > end - at)
		return -EPROTO;
	return bytes_has(b, at, len) ? len : -ENODATA;
}

#endif
