/* SPDX-License-Identifier: BSD-2-Clause */
/* What examples that send share: what went out, in words. */
#ifndef SENT_H
#define SENT_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

static inline void sent_print(uint64_t packets, uint64_t bytes, int64_t ns)
{
	double seconds = ns > 0 ? (double)ns / 1e9 : 1e-9;

	printf("%" PRIu64 " packets, %" PRIu64
	       " bytes sent in %.3f s: %.0f packets/s, %.3f Mbit/s\n",
	       packets, bytes, seconds, (double)packets / seconds,
	       (double)bytes * 8 / seconds / 1e6);
}

/* What is not as the user thinks, where there is any. */
static inline void sent_note(uint64_t packets, const char *what)
{
	if (packets)
		fprintf(stderr, "%" PRIu64 " packet%s %s\n", packets,
			packets == 1 ? "" : "s", what);
}

#endif
