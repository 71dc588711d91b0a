/* SPDX-License-Identifier: BSD-2-Clause */
/* A filter in user space: a program for each link type that there is. */
#ifndef PKTSNIFF_MATCHER_H
#define PKTSNIFF_MATCHER_H

#include "filter.h"

#include <pktcap/base.h>

struct matcher_program {
	uint32_t linktype;
	struct program program; /* none: no packet matches */
	struct program_wants wants;
};

struct matcher {
	const struct filter *filter;
	struct matcher_program *programs;
	size_t count;
	size_t last; /* most packets are like the one before */
	bool compiled;		     /* for one link type at least */
	bool told_unknown;	     /* that a file does not know enough */
	struct pktcap_error refused; /* by the first link type that was not */
};

/*
 * For packets of @linktype; @others: or of others, so that the expression may
 * make no sense for some of them. Returns 0, or -1 after a message.
 */
int matcher_open(struct matcher *matcher, const struct filter *filter,
		 uint32_t linktype, bool others);

/* No link type that came up to now can have what the filter asks for. */
bool matcher_waits(const struct matcher *matcher);

/* Packets of @linktype come, too. Returns 0, or -1 after a message. */
int matcher_add(struct matcher *matcher, uint32_t linktype);

/* Says why no link type can have it. */
void matcher_complain(const struct matcher *matcher);

/*
 * How many bytes of a packet are to be kept, 0 if it does not match, or -1
 * after a message.
 */
int64_t matcher_run(struct matcher *matcher, const struct pktcap_packet *pkt);

void matcher_close(struct matcher *matcher);

#endif
