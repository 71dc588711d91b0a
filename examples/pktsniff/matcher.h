/* SPDX-License-Identifier: BSD-2-Clause */
/* A filter in user space: a program for each link type that there is. */
#ifndef PKTSNIFF_MATCHER_H
#define PKTSNIFF_MATCHER_H

#include "filter.h"

#include <pktcap/base.h>

struct matcher_program {
	uint32_t linktype;
	struct program program; /* none: no packet matches */
};

struct matcher {
	const struct filter *filter;
	struct matcher_program *programs;
	size_t count;
	size_t last; /* most packets are like the one before */
};

/*
 * For packets of @linktype; @others: or of others, so that the expression may
 * make no sense for some of them. Returns 0, or -1 after a message.
 */
int matcher_open(struct matcher *matcher, const struct filter *filter,
		 uint32_t linktype, bool others);

/*
 * How many bytes of a packet are to be kept, 0 if it does not match, or -1
 * after a message.
 */
int64_t matcher_run(struct matcher *matcher, const struct pktcap_packet *pkt);

void matcher_close(struct matcher *matcher);

#endif
