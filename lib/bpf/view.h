/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a program can ask for that is not at an offset from the packet's first
 * byte: the kernel's "negative offsets", answered from the view.
 */
#ifndef BPF_VIEW_H
#define BPF_VIEW_H

#include <pktcap/base.h>

#include "base/bytes.h"

struct view_value {
	uint32_t value;
	bool found; /* false: not all there, the packet is rejected */
};

/* @size bytes (1, 2 or 4, big-endian) at @at. */
static inline bool view_number(struct bytes bytes, size_t at, size_t size,
			       uint32_t *out)
{
	uint16_t half;
	uint8_t byte;

	if (size == 4)
		return bytes_be32(bytes, at, out);
	if (size == 2) {
		if (!bytes_be16(bytes, at, &half))
			return false;
		*out = half;
		return true;
	}
	if (!bytes_u8(bytes, at, &byte))
		return false;
	*out = byte;
	return true;
}

/* The same at SKF_NET_OFF + n or SKF_LL_OFF + n; nothing is found elsewhere. */
struct view_value view_load(const struct pktcap_packet *pkt, uint32_t k,
			    size_t size);

/*
 * What view_load() finds, and the ancillary values from SKF_AD_OFF on; some
 * depend on the registers @a and @x. Passed one by one: as a struct, gcc keeps
 * the interpreter's registers in one vector and runs half as fast.
 */
struct view_value view_load_absolute(const struct pktcap_packet *pkt,
				     uint32_t k, size_t size, uint32_t a,
				     uint32_t x);

#endif
