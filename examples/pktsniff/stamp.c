/* SPDX-License-Identifier: BSD-2-Clause */
#include "stamp.h"

#include <stdio.h>
#include <string.h>
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

/* ".123456 " */
static size_t put_fraction(const struct stamp *stamp, int64_t ns, char *buf)
{
	int digits = stamp->nano ? 9 : 6;
	uint32_t value = (uint32_t)(stamp->nano ? ns : ns / 1000);

	buf[0] = '.';
	for (int i = digits; i; i--, value /= 10)
		buf[i] = (char)('0' + value % 10);
	buf[digits + 1] = ' ';
	return (size_t)digits + 2;
}

static size_t put_local(const struct stamp *stamp, int64_t seconds, char *buf)
{
	time_t when = (time_t)seconds;
	const char *form =
		stamp->form == FORM_DATE ? "%Y-%m-%d %H:%M:%S" : "%H:%M:%S";
	struct tm tm;

	if (!localtime_r(&when, &tm))
		return (size_t)snprintf(buf, STAMP_MAX, "[no such time]");
	return strftime(buf, STAMP_MAX, form, &tm);
}

static size_t put_second(struct stamp *stamp, int64_t seconds, char *buf)
{
	if (!stamp->have_second || stamp->second != seconds) {
		stamp->second_len =
			stamp->form == FORM_SECONDS
				? (size_t)snprintf(stamp->second_text,
						   STAMP_MAX, "%lld",
						   (long long)seconds)
				: put_local(stamp, seconds, stamp->second_text);
		stamp->second = seconds;
		stamp->have_second = true;
	}
	memcpy(buf, stamp->second_text, stamp->second_len);
	return stamp->second_len;
}

/*
 * Both times are rounded down to what is shown first, so that differences add
 * up to what the other forms show.
 */
static size_t put_since(struct stamp *stamp, int64_t ts_ns, char *buf)
{
	int64_t unit = stamp->nano ? 1 : 1000;
	int64_t now = ts_ns - ts_ns % unit;
	int64_t passed, seconds;
	size_t len;

	if (!stamp->have_reference)
		stamp->reference_ns = now;
	stamp->have_reference = true;
	passed = now - stamp->reference_ns;
	buf[0] = passed < 0 ? '-' : ' ';
	passed = passed < 0 ? -passed : passed;
	seconds = passed / NS_PER_SECOND;
	len = 1 + (size_t)snprintf(buf + 1, STAMP_MAX - 1, "%02d:%02d:%02d",
				   (int)(seconds / 3600 % 24),
				   (int)(seconds / 60 % 60),
				   (int)(seconds % 60));
	if (stamp->form == FORM_SINCE_PREVIOUS)
		stamp->reference_ns = now;
	return len + put_fraction(stamp, passed % NS_PER_SECOND, buf + len);
}

size_t stamp_put(struct stamp *stamp, int64_t ts_ns, char *buf)
{
	int64_t seconds = ts_ns / NS_PER_SECOND;
	int64_t ns = ts_ns % NS_PER_SECOND;
	size_t len;

	if (ns < 0) {
		ns += NS_PER_SECOND;
		seconds--;
	}
	switch (stamp->form) {
	case FORM_NONE:
		return 0;
	case FORM_SINCE_PREVIOUS:
	case FORM_SINCE_FIRST:
		return put_since(stamp, ts_ns, buf);
	default:
		len = put_second(stamp, seconds, buf);
		return len + put_fraction(stamp, ns, buf + len);
	}
}
