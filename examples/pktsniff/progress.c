/* SPDX-License-Identifier: BSD-2-Clause */
#include "progress.h"
#include "message.h"

enum { CALLS_PER_LOOK = 4096 };

void reading_start(struct reading *reading, bool wanted)
{
	reading->calls = 0;
	progress_start(&reading->bar);
	reading->bar.wanted &= wanted;
	/* A small file is read before anything is drawn. */
	reading->bar.next_ns = progress_now_ns() + 2 * PROGRESS_NS;
}

void reading_show(struct reading *reading, const struct source *source,
		  uint64_t packets)
{
	uint64_t read, bytes;
	char what[64];

	if (!reading->bar.wanted || ++reading->calls % CALLS_PER_LOOK ||
	    !source_progress(source, &read, &bytes))
		return;
	snprintf(what, sizeof(what), "bytes, %" PRIu64 " packet%s", packets,
		 PLURAL(packets));
	progress_show(&reading->bar, read, bytes, what);
}

void reading_erase(struct reading *reading)
{
	progress_erase(&reading->bar);
}
