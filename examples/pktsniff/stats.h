/* SPDX-License-Identifier: BSD-2-Clause */
/* --stats and --top: what came, by protocol, address and conversation. */
#ifndef PKTSNIFF_STATS_H
#define PKTSNIFF_STATS_H

#include "options.h"
#include "tally.h"
#include "top.h"

#include <pktcap/capture.h>

#include <stdbool.h>
#include <stdio.h>

struct stats {
	bool wanted;
	bool top_wanted; /* --top */
	bool on_screen;
	struct top top;
	char note[256];	  /* what we have to say meanwhile */
	int64_t drawn_ns; /* monotonic clock */
	FILE *to;
	bool json;
	struct tally tally;
	struct pktcap_capture *cap; /* NULL: packets of files */
	uint64_t nic_before;
	int64_t interval_ns; /* 0: only at the end */
	int64_t begun_ns;    /* clock of stats_now(): when it began, ... */
	int64_t next_ns;     /* ... when to show the next table, ... */
	int64_t shown_ns;    /* ... and when the last one was shown */
	struct amount shown;
};

/* Returns 0, or -1 after a message. */
int stats_open(struct stats *stats, const struct options *options);

/*
 * Packets come from now on, from @cap or, if that is NULL, from files: then
 * time is that of the packets. @title says where from, and stays.
 */
void stats_begin(struct stats *stats, struct pktcap_capture *cap,
		 const char *title);

/* Both return 0, or a negative errno if the output failed. */
int stats_packet(struct stats *stats, const struct pktcap_packet *pkt);
/*
 * Shortens @wait_ms to when the next table is due, if -1 or later. -ECANCELED
 * if somebody pressed q.
 */
int stats_tick(struct stats *stats, int *wait_ms);

/* No packet comes any more: --top waits for q, or a signal. */
void stats_linger(struct stats *stats);

/* Gives the terminal back. */
void stats_end(struct stats *stats);

/* The table as it is now. */
int stats_show(struct stats *stats);

/* Gives back the memory; nothing is shown. */
void stats_forget(struct stats *stats);

#endif
