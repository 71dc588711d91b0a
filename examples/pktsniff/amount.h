/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef PKTSNIFF_AMOUNT_H
#define PKTSNIFF_AMOUNT_H

#include <stdint.h>

/* Packets, and the bytes they had on the wire. */
struct amount {
	uint64_t packets;
	uint64_t bytes;
};

/* What an amount was when somebody looked, and how fast it grew since. */
struct pace {
	struct amount before;
	double packets; /* a second */
	double bytes;
};

static inline void amount_add(struct amount *amount, uint64_t bytes)
{
	amount->packets++;
	amount->bytes += bytes;
}

#endif
