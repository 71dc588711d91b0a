/* SPDX-License-Identifier: BSD-2-Clause */
/* Where expressions mean something else than to libpcap 1.10, and why. */
#ifndef TESTS_SUPPORT_FILTER_DIFFERENCES_H
#define TESTS_SUPPORT_FILTER_DIFFERENCES_H

#include <stdbool.h>
#include <stdint.h>

/* What was compared and is not the same. */
struct difference_seen {
	const char *link, *expression;
	const char *packet; /* its name; NULL: one refuses the expression */
	uint32_t caplen;
	bool taken;		/* by us */
	const char *refusal;	/* by libpcap, NULL: it compiles */
	bool refused_by_kernel; /* libpcap's program */
	/* libpcap's program only ended because the packet does. */
	bool ran_out;
	/* In the kernel's machine libpcap's program takes the same. */
	bool same_in_kernel;
	/* Not written on all ways: the kernel would refuse its program. */
	bool reads_unwritten;
	bool generated;
	bool strict; /* only ends of packets may be different */
};

/* The most there is of one in the tables, on all link types. */
struct difference_limit {
	uint32_t expressions, verdicts;
};

/* Counts from 0; NULL if none explains it. */
const char *difference_name(uint32_t i);
struct difference_limit difference_limit(uint32_t i);
int difference_find(const struct difference_seen *seen);

/* Link types whose header has a length that is found out packet by packet. */
bool difference_header_varies(const char *link);

/* May libpcap never come to an end with this packet? Then it is not asked. */
bool difference_endless(const char *expression, const uint8_t *bytes,
			uint32_t caplen);

enum { DIFFERENCES_MAX = 32 };

#endif
