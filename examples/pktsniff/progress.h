/* SPDX-License-Identifier: BSD-2-Clause */
/* A bar on stderr while a large file is read. */
#ifndef PKTSNIFF_PROGRESS_H
#define PKTSNIFF_PROGRESS_H

#include "source.h"

struct progress {
	bool wanted;
	bool on_screen;
	uint64_t calls;
	int64_t next_ns; /* monotonic clock: when to draw it again */
};

/* @wanted: stderr is a terminal and nobody else writes to it. */
void progress_start(struct progress *progress, bool wanted);
/* After each packet; looks at the clock now and then only. */
void progress_show(struct progress *progress, const struct source *source,
		   uint64_t packets);
void progress_erase(struct progress *progress);

#endif
