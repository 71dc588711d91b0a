/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef PKTSNIFF_CLOCK_H
#define PKTSNIFF_CLOCK_H

#include <stdint.h>
#include <time.h>

/* What @clock shows, nanoseconds. */
static inline int64_t now_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

#endif
