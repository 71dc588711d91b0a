/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

/* What @clock shows, nanoseconds. */
int64_t clock_now_ns(clockid_t clock);

#endif
