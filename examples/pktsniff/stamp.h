/* SPDX-License-Identifier: BSD-2-Clause */
/* Time stamps at the start of a line: tcpdump's -t, -tt ... -ttttt. */
#ifndef PKTSNIFF_STAMP_H
#define PKTSNIFF_STAMP_H

#include <stdbool.h>
#include <stdint.h>

struct stamp {
	unsigned int form; /* how many -t were given */
	bool nano;
	bool have_reference;
	int64_t reference_ns; /* previous packet, or the first */
};

void stamp_print(struct stamp *stamp, int64_t ts_ns);

#endif
