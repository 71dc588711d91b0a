/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether what was heard of at a time is too old. */
#ifndef REASSEMBLE_TIMEOUT_H
#define REASSEMBLE_TIMEOUT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Either way: one time stamp far in the future would keep all that comes behind
 * it from ever ending. Stamps of packets may be any number, so their difference
 * may not fit.
 */
static inline bool is_timeout(int64_t now, int64_t then, int64_t timeout)
{
	uint64_t distance = now > then ? (uint64_t)now - (uint64_t)then
				       : (uint64_t)then - (uint64_t)now;

	return distance > (uint64_t)timeout;
}

#endif
