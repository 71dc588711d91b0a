/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options as IPv4 and TCP have them: a kind, a length that counts itself and
 * the kind, a value. Of kinds 0 (end) and 1 (nothing) the kind is all.
 */
#ifndef PROTO_OPTION_H
#define PROTO_OPTION_H

#include "proto/fields.h"
#include "proto/write.h"

enum { OPTION_END = 0, OPTION_NOP = 1, OPTION_MIN = 2 };

/* Both headers have 15 words at most, 5 of them in front of the options. */
enum { OPTIONS_MAX = 40 };

/* What stands in front of a value. */
static inline size_t option_header_len(uint32_t kind)
{
	return kind <= OPTION_NOP ? 1 : OPTION_MIN;
}

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

/*
 * The option at @offset (0: at @begin), which moves to the next one: 1, 0 at
 * the end, or as option_len().
 */
static inline int option_next(struct bytes b, size_t begin, size_t end,
			      uint32_t *offset, struct pktcap_tlv *option)
{
	size_t at = *offset ? *offset : begin;
	struct bytes value;
	int len;

	if (at >= end)
		return 0;
	len = option_len(b, at, end);
	if (len < 0)
		return len;
	value = bytes_slice(b, at + OPTION_MIN,
			    len > OPTION_MIN ? (size_t)len - OPTION_MIN : 0);
	*option = (struct pktcap_tlv){
		.data = value.p,
		.offset = (uint32_t)at,
		.type = u8_at(b, at),
		.len = (uint32_t)value.n,
	};
	/* What is behind the end is padding. */
	*offset =
		(uint32_t)(option->type == OPTION_END ? end : at + (size_t)len);
	return 1;
}

/* Tells what is from @at to @end, nothing perhaps: the value of an option. */
typedef void (*option_value)(struct fields *f, uint8_t kind, size_t at,
			     size_t end);

/* All options from @begin to @end; the list stops early if it is broken. */
void option_fields(struct fields *f, size_t begin, size_t end,
		   const struct label *kinds, option_value value);

/* Writes an option whose value is the @len bytes at @data. */
void option_put(struct write *w, uint32_t kind, const uint8_t *data,
		size_t len);
/* What the function that wrote options to @buf returns. */
int option_put_result(struct write *w, const void *buf);

#endif
