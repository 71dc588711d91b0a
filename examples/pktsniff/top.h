/* SPDX-License-Identifier: BSD-2-Clause */
/* --top: a tally on the terminal, drawn anew all the time. */
#ifndef PKTSNIFF_TOP_H
#define PKTSNIFF_TOP_H

#include "report.h"

enum { TOP_INTERVAL_MS = 1000 };

struct top {
	const char *title; /* interface or file */
	const char *note;  /* at the bottom, NULL for the keys */
	bool live;	   /* rates are those of now, not of the whole file */
	bool paused;
};

/*
 * Draws what there is room for. @report: @since_ns is the time since the last
 * call. Returns 0 or a negative errno.
 */
int top_draw(const struct top *top, const struct report *report);

#endif
