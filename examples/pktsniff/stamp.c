/* SPDX-License-Identifier: BSD-2-Clause */
#include "stamp.h"

#include <stdio.h>
#include <time.h>

#define NS_PER_SECOND INT64_C(1000000000)

enum {
	FORM_CLOCK = 0,
	FORM_NONE = 1,
	FORM_SECONDS = 2,
	FORM_SINCE_PREVIOUS = 3,
	FORM_DATE = 4,
	FORM_SINCE_FIRST = 5,
};

static void print_fraction(const struct stamp *stamp, int64_t ns)
{
	if (stamp->nano)
		printf(".%09d ", (int)ns);
	else
		printf(".%06d ", (int)(ns / 1000));
}

static void print_local(const struct stamp *stamp, int64_t seconds)
{
	time_t when = (time_t)seconds;
	struct tm tm;

	if (!localtime_r(&when, &tm)) {
		fputs("[no such time]", stdout);
		return;
	}
	if (stamp->form == FORM_DATE)
		printf("%04d-%02d-%02d ", tm.tm_year + 1900, tm.tm_mon + 1,
		       tm.tm_mday);
	printf("%02d:%02d:%02d", tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/*
 * Both times are rounded down to what is shown first, so that differences add
 * up to what the other forms show.
 */
static void print_since(struct stamp *stamp, int64_t ts_ns)
{
	int64_t unit = stamp->nano ? 1 : 1000;
	int64_t now = ts_ns - ts_ns % unit;
	int64_t passed, seconds;

	if (!stamp->have_reference)
		stamp->reference_ns = now;
	stamp->have_reference = true;
	passed = now - stamp->reference_ns;
	putchar(passed < 0 ? '-' : ' ');
	passed = passed < 0 ? -passed : passed;
	seconds = passed / NS_PER_SECOND;
	printf("%02d:%02d:%02d", (int)(seconds / 3600 % 24),
	       (int)(seconds / 60 % 60), (int)(seconds % 60));
	print_fraction(stamp, passed % NS_PER_SECOND);
	if (stamp->form == FORM_SINCE_PREVIOUS)
		stamp->reference_ns = now;
}

void stamp_print(struct stamp *stamp, int64_t ts_ns)
{
	int64_t seconds = ts_ns / NS_PER_SECOND;
	int64_t ns = ts_ns % NS_PER_SECOND;

	if (ns < 0) {
		ns += NS_PER_SECOND;
		seconds--;
	}
	switch (stamp->form) {
	case FORM_NONE:
		return;
	case FORM_SECONDS:
		printf("%lld", (long long)seconds);
		break;
	case FORM_SINCE_PREVIOUS:
	case FORM_SINCE_FIRST:
		print_since(stamp, ts_ns);
		return;
	default:
		print_local(stamp, seconds);
	}
	print_fraction(stamp, ns);
}
