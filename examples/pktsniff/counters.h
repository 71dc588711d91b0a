/* SPDX-License-Identifier: BSD-2-Clause */
/* What was captured and what was lost, on stderr. */
#ifndef PKTSNIFF_COUNTERS_H
#define PKTSNIFF_COUNTERS_H

#include <pktcap/capture.h>

#include <stdbool.h>

struct counters {
	uint64_t nic_before; /* drops of the interface before we began */
	int64_t shown_ns;    /* the progress line, monotonic clock */
	uint64_t shown_packets;
	bool on_screen;
};

void counters_start(struct counters *counters, struct pktcap_capture *cap);

/* Three or four lines at the end, one on SIGUSR1. */
void counters_print(const struct counters *counters, struct pktcap_capture *cap,
		    uint64_t packets, bool at_end);

/* The progress line: drawn anew about twice a second at most. */
enum { COUNTERS_PROGRESS_MS = 500 };
void counters_progress(struct counters *counters, struct pktcap_capture *cap,
		       uint64_t packets, uint64_t bytes);
void counters_erase(struct counters *counters);

#endif
