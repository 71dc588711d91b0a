/* SPDX-License-Identifier: BSD-2-Clause */
/* A tally as text for people. */
#ifndef PKTSNIFF_REPORT_H
#define PKTSNIFF_REPORT_H

#include "table.h"
#include "tally.h"

#include <stdbool.h>
#include <stdio.h>

struct report_losses {
	bool known; /* it is a capture */
	uint64_t kernel;
	uint64_t interface;
};

struct report {
	const struct tally *tally;
	struct report_losses losses;
	int64_t all_ns;	     /* how long it took up to now */
	int64_t since_ns;    /* and since the last report */
	struct amount since; /* what came in that time */
	bool repeated;	     /* there are several reports */
};

void report_print(const struct report *report, FILE *to);
/* One JSON object in a line. */
void report_print_json(const struct report *report, FILE *to);

/* So many talkers and conversations are shown, in this order. */
enum { REPORT_TOP = 10 };
double report_by_bytes(const struct tracked *entry);

/* Protocols of @level for a table: those always shown, then others seen. */
size_t report_protocols(const struct tally *tally, int level,
			uint16_t protos[static PKTCAP_PROTO_COUNT]);

#endif
