/* SPDX-License-Identifier: BSD-2-Clause */
/* A bar on stderr while a large file is read. */
#ifndef PKTSNIFF_PROGRESS_H
#define PKTSNIFF_PROGRESS_H

#include "../progress.h"
#include "source.h"

struct reading {
	struct progress bar;
	uint64_t calls;
};

/* @wanted: nobody else writes to the terminal, if there is one. */
void reading_start(struct reading *reading, bool wanted);
/* After each packet; looks at the clock now and then only. */
void reading_show(struct reading *reading, const struct source *source,
		  uint64_t packets);
void reading_erase(struct reading *reading);

#endif
