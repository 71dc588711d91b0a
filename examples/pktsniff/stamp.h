/* SPDX-License-Identifier: BSD-2-Clause */
/* Time stamps at the start of a line: tcpdump's -t, -tt ... -ttttt. */
#ifndef PKTSNIFF_STAMP_H
#define PKTSNIFF_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for any stamp. */
enum { STAMP_MAX = 64 };

struct stamp {
	unsigned int form; /* how many -t were given */
	bool nano;
	bool have_reference;
	int64_t reference_ns; /* previous packet, or the first */
	/* The second shown last: packets of one second are many. */
	bool have_second;
	int64_t second;
	size_t second_len;
	char second_text[STAMP_MAX];
};

/* Writes the stamp and a blank, of at most STAMP_MAX bytes; returns its length.
 */
size_t stamp_put(struct stamp *stamp, int64_t ts_ns, char *buf);

#endif
