/* SPDX-License-Identifier: BSD-2-Clause */
/* What examples that send share: how fast, in a user's words. */
#ifndef RATE_H
#define RATE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/send.h>

/* A decimal number, without exponents, signs or "nan"; *@end is behind it. */
static inline double rate_number(const char *text, const char **end)
{
	size_t len = strspn(text, "0123456789.");
	char *behind;
	double number = strtod(text, &behind);

	*end = text + len;
	return len && behind == *end ? number : -1;
}

/* Says what an option wants; returns -1. */
static inline int rate_wrong(const char *option, const char *text,
			     const char *wanted)
{
	fprintf(stderr, "%s %s: %s\n", option, text, wanted);
	return -1;
}

/* Sets @opts, or returns -1. */
static inline int rate_read(const char *text,
			    struct pktcap_send_pace_opts *opts)
{
	static const char prefixes[] = "kMG", others[] = "Kmg";
	const char *unit, *prefix;
	double number = rate_number(text, &unit);
	int packets;

	packets = !*unit;
	prefix = *unit ? strchr(prefixes, *unit) : NULL;
	/* tc(8) has 10mbit; 10m alone could be anything. */
	if (*unit && unit[1] && !prefix && strchr(others, *unit))
		prefix = prefixes + (strchr(others, *unit) - others);
	for (const char *p = prefixes; prefix && p <= prefix; p++)
		number *= 1000;
	unit += prefix != NULL;
	packets |= !strcmp(unit, "pps");
	if (!packets && strcmp(unit, "bit") && strcmp(unit, "bps") && *unit)
		return -1;
	if (!(number > 1e-6 && number <= (packets ? 1e9 : 1e15)))
		return -1;
	if (!packets)
		opts->bits_per_s = (uint64_t)(number < 1 ? 1 : number);
	else if (number == (double)(uint64_t)number)
		opts->packets_per_s = (uint64_t)number;
	else /* 0.5 or 29.97 */
		opts->gap_ns = (uint64_t)(1e9 / number);
	return 0;
}

/*
 * "1000" or "10kpps": packets per second; "10M" or "1.5Gbit": bits per second.
 * Sets @opts, or returns -1 after a message.
 */
static inline int rate_parse(const char *option, const char *text,
			     struct pktcap_send_pace_opts *opts)
{
	if (!rate_read(text, opts))
		return 0;
	return rate_wrong(option, text,
			  "packets or bits per second: 500, 2kpps, 1Mbit");
}

/* A whole number below 10^9, or -1 after a message. */
static inline int rate_count(const char *option, const char *text)
{
	size_t len = strspn(text, "0123456789");

	if (len && len < 10 && !text[len])
		return atoi(text);
	return rate_wrong(option, text, "how many, 0 to 999999999");
}

/* "2" or "0.5": times as fast as captured. Sets @opts, or returns -1 after a
 * message. */
static inline int rate_speed(const char *option, const char *text,
			     struct pktcap_send_pace_opts *opts)
{
	const char *end;
	double speed = rate_number(text, &end);

	if (*end || !(speed >= 1e-6 && speed <= 4000))
		return rate_wrong(option, text,
				  "times as fast as captured: 2, 0.5");
	opts->speed_ppm = (uint32_t)(speed * 1e6 + 0.5);
	return 0;
}

#endif
