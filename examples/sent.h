/* SPDX-License-Identifier: BSD-2-Clause */
/* What examples that send share: what went out, in words. */
#ifndef SENT_H
#define SENT_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

/* @ns: from the first packet to the last: that is one gap less than packets,
 * and of one packet there is no rate. */
static inline void sent_print(uint64_t packets, uint64_t bytes, int64_t ns)
{
	double seconds = ns > 0 ? (double)ns / 1e9 : 1e-9;
	double gaps = packets > 1 ? (double)(packets - 1) : 0;

	printf("%" PRIu64 " packet%s, %" PRIu64 " bytes sent in %.3f s",
	       packets, packets == 1 ? "" : "s", bytes, seconds);
	if (packets > 1)
		printf(": %.0f packets/s, %.3f Mbit/s", gaps / seconds,
		       (double)bytes / (double)packets * gaps * 8 / seconds /
			       1e6);
	putchar('\n');
}

/* What is not as the user thinks, where there is any. */
static inline void sent_note(uint64_t packets, const char *what)
{
	if (packets)
		fprintf(stderr, "%" PRIu64 " packet%s %s\n", packets,
			packets == 1 ? "" : "s", what);
}

#endif
