/* SPDX-License-Identifier: BSD-2-Clause */
#include "progress.h"
#include "clock.h"
#include "message.h"

#include <inttypes.h>
#include <stdio.h>

enum { CALLS_PER_LOOK = 4096, INTERVAL_MS = 200, BAR = 30 };

void progress_start(struct progress *progress, bool wanted)
{
	/* A small file is read before anything is drawn. */
	*progress = (struct progress){ .wanted = wanted,
				       .next_ns = now_ns(CLOCK_MONOTONIC) +
						  INTERVAL_MS * 2000000 };
}

static void draw(uint64_t read, uint64_t bytes, uint64_t packets)
{
	unsigned int percent = (unsigned int)(read / (bytes / 100 + 1));
	unsigned int full = percent * BAR / 100;

	fprintf(stderr, "\r%3u%% [", percent);
	for (unsigned int i = 0; i < BAR; i++)
		putc(i < full ? '#' : ' ', stderr);
	fprintf(stderr,
		"] %" PRIu64 " packet%s, %" PRIu64 " of %" PRIu64 " MB\033[K",
		packets, PLURAL(packets), read / 1000000, bytes / 1000000);
}

void progress_show(struct progress *progress, const struct source *source,
		   uint64_t packets)
{
	uint64_t read, bytes;
	int64_t now;

	if (!progress->wanted || ++progress->calls % CALLS_PER_LOOK)
		return;
	now = now_ns(CLOCK_MONOTONIC);
	if (now < progress->next_ns || !source_progress(source, &read, &bytes))
		return;
	draw(read < bytes ? read : bytes, bytes, packets);
	progress->on_screen = true;
	progress->next_ns = now + INTERVAL_MS * 1000000;
}

void progress_erase(struct progress *progress)
{
	if (progress->on_screen)
		fputs("\r\033[K", stderr);
	progress->on_screen = false;
}
