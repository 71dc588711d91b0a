/* SPDX-License-Identifier: BSD-2-Clause */
/* Which packets are wanted: an expression, or a program somebody else made. */
#ifndef PKTSNIFF_FILTER_H
#define PKTSNIFF_FILTER_H

#include "lists.h"
#include "options.h"
#include "program.h"

#include <pktcap/filter.h>

struct filter {
	const struct options *options;
	char origin[256];	/* "-F FILE", for messages; "": arguments */
	char *text;		/* the expression, if it is one */
	uint32_t flags;		/* PKTCAP_FILTER_* */
	struct program program; /* what was given in -ddd form */
	struct lists *lists;	/* files that @FILE named */
};

/* What packets it is for. */
struct filter_target {
	uint32_t linktype;
	uint32_t snaplen; /* 0: the default */
	uint32_t netmask; /* of the interface, 0 if there is none */
	bool live;	  /* the outer VLAN tag is not in the bytes */
};

/* Trailing arguments or -F; --trigger. Returns 0, or -1 after a message. */
int filter_read(struct filter *filter, const struct options *options);
int filter_read_trigger(struct filter *filter, const struct options *options);
void filter_free(struct filter *filter);

/* Without one every packet is wanted. */
bool filter_given(const struct filter *filter);

/*
 * The expression, compiled for @target with @flags and those of @filter.
 * Returns 0, or a negative errno with @error.
 */
int filter_compile(const struct filter *filter,
		   const struct filter_target *target, uint32_t flags,
		   struct pktcap_filter **out, struct pktcap_error *error);

/* Only its program, or the one that was given. 0 or -errno with @error. */
int filter_program(const struct filter *filter,
		   const struct filter_target *target, struct program *program,
		   struct pktcap_error *error);

/* Says what is wrong with the expression, and where. */
void filter_complain(const struct filter *filter,
		     const struct pktcap_error *error);

#endif
