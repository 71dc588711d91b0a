/* SPDX-License-Identifier: BSD-2-Clause */
/* Where packets go: a file, the printed lines, or only a count. */
#ifndef PKTSNIFF_SINK_H
#define PKTSNIFF_SINK_H

#include "options.h"
#include "show.h"
#include "stats.h"
#include "store.h"

#include <pktcap/file.h>

struct sink {
	const struct options *options;
	bool stores; /* -w */
	struct store store;
	bool print;
	struct show show;
	struct stats stats;
	bool output_failed; /* @error is that of standard output */
	uint64_t packets;
	int error; /* negative errno of the first failure, or -ECANCELED
		    * when all files of -W are complete; else 0 */
};

/*
 * Opens what @options ask for. Returns 0, or -1 after a message.
 */
int sink_open(struct sink *sink, const struct options *options,
	      uint32_t linktype, uint32_t snaplen);

/* Takes a packet; non-zero when it could not, see @error. */
int sink_packet(void *sink, const struct pktcap_packet *pkt);

/*
 * Lets files change by the clock. Stores in @wait_ms when to come again, -1
 * for never. Returns @error.
 */
int sink_tick(struct sink *sink, int *wait_ms);

/* SIGUSR2: what --ring-buffer holds goes to the file. */
void sink_trigger(struct sink *sink);

/* Nothing more comes for now: what was printed is to be seen. */
void sink_idle(struct sink *sink);

/*
 * Writes out all that is left and closes. Returns 0, or -1 if anything was
 * lost since the sink was opened, after a message unless the reader of our
 * output simply went away.
 */
int sink_close(struct sink *sink);

/* Shows the table of --stats as it is now. */
void sink_show_stats(struct sink *sink);

/* The reader of the printed lines has seen enough ("pktsniff | head"). */
bool sink_reader_left(const struct sink *sink);

#endif
