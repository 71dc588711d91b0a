/* SPDX-License-Identifier: BSD-2-Clause */
/* Counts packets by protocol, by address and by conversation. */
#ifndef PKTSNIFF_TALLY_H
#define PKTSNIFF_TALLY_H

#include "amount.h"
#include "track.h"

#include <pktcap/base.h>
#include <pktcap/proto.h>

#include <stdbool.h>

enum { TALLY_LEVELS = PKTCAP_LEVEL_APPLICATION + 1 };

/*
 * A packet counts once in each protocol it has, and in @others of each level
 * where it has none: what ICMP errors quote is not looked at. Without payload
 * it is in @bare instead of the others of the application level.
 */
struct tally {
	struct amount total;
	struct amount protos[PKTCAP_PROTO_COUNT];
	struct amount others[TALLY_LEVELS];
	struct amount bare;
	struct amount truncated;
	struct amount malformed;
	struct pace total_pace;
	struct pace paces[PKTCAP_PROTO_COUNT];
	int64_t first_ns; /* the earliest and the latest packet */
	int64_t last_ns;
	struct track talkers;
	struct track conversations;
};

/* Returns 0 or -ENOMEM. */
int tally_open(struct tally *tally);
void tally_packet(struct tally *tally, const struct pktcap_packet *pkt);
void tally_close(struct tally *tally);

/* Brings all paces up to date, @seconds after the last time. */
void tally_pace(struct tally *tally, double seconds);

/* What people call a protocol: "IPv4", "DNS". */
enum { TALLY_NAME = 24 };
const char *tally_name(char name[static TALLY_NAME], uint32_t proto);

#endif
