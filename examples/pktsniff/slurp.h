/* SPDX-License-Identifier: BSD-2-Clause */
/* All of a small file at once. */
#ifndef PKTSNIFF_SLURP_H
#define PKTSNIFF_SLURP_H

#include <stddef.h>

/*
 * The bytes of @path ("-": standard input) with a 0 behind them, to be freed;
 * their number in @len. NULL with errno: EFBIG for more than @max.
 */
char *slurp(const char *path, size_t max, size_t *len);

#endif
