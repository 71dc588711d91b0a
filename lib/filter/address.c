// SPDX-License-Identifier: BSD-2-Clause
/* How addresses are written. Nothing here reads beyond the n bytes given. */
#include <string.h>

#include "filter/token.h"

enum { GROUPS = 8, GROUPS_BEFORE_QUAD = 6 };

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t hex_run(const char *p, size_t n, size_t max)
{
	size_t i = 0;

	while (i < n && i < max && hex_digit(p[i]) >= 0)
		i++;
	return i;
}

size_t filter_match_number(const char *p, size_t n)
{
	size_t digits = 0;

	if (n > 2 && p[0] == '0' && (p[1] == 'x' || p[1] == 'X')) {
		digits = hex_run(p + 2, n - 2, n);
		if (digits)
			return digits + 2;
	}
	while (digits < n && is_digit(p[digits]))
		digits++;
	return digits;
}

size_t filter_match_dotted(const char *p, size_t n, uint32_t *parts)
{
	size_t at = filter_match_number(p, n);

	*parts = at ? 1 : 0;
	while (*parts && *parts < 4 && at < n && p[at] == '.') {
		size_t more = filter_match_number(p + at + 1, n - at - 1);

		if (!more)
			break;
		at += 1 + more;
		++*parts;
	}
	return *parts > 1 ? at : 0;
}

bool filter_is_ipv4_range(const char *p, size_t n, size_t *cut)
{
	const char *dash = memchr(p, '-', n);
	uint32_t first, last;

	if (!dash)
		return false;
	*cut = (size_t)(dash - p);
	return filter_match_dotted(p, *cut, &first) == *cut && first == 4 &&
	       filter_match_dotted(dash + 1, n - *cut - 1, &last) ==
		       n - *cut - 1 &&
	       last == 4;
}

static size_t match_six(const char *p, size_t n, char between)
{
	size_t at = 0;

	for (int i = 0; i < 6; i++) {
		size_t digits;

		if (i && (at == n || p[at++] != between))
			return 0;
		digits = hex_run(p + at, n - at, 2);
		if (!digits)
			return 0;
		at += digits;
	}
	return at;
}

static size_t match_three(const char *p, size_t n)
{
	if (n < 14 || hex_run(p, n, 4) < 4 || p[4] != '.' ||
	    hex_run(p + 5, n - 5, 4) < 4 || p[9] != '.' ||
	    hex_run(p + 10, n - 10, 4) < 4)
		return 0;
	return 14;
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

size_t filter_match_mac(const char *p, size_t n)
{
	size_t best = larger(match_six(p, n, ':'), match_six(p, n, '-'));

	best = larger(best, match_six(p, n, '.'));
	best = larger(best, match_three(p, n));
	return larger(best, hex_run(p, n, 12) == 12 ? 12 : 0);
}

size_t filter_match_bogus_mac(const char *p, size_t n)
{
	size_t best = 0, at = 0;

	for (int i = 0;; i++) {
		size_t digits = hex_run(p + at, n - at, 2);

		at += digits;
		if (!digits || at == n || p[at] != ':')
			return best;
		while (at < n && p[at] == ':')
			at++;
		if (i)
			best = at;
	}
}

bool filter_read_mac(const char *p, size_t n, uint8_t *out)
{
	bool pairs = match_six(p, n, ':') == n || match_six(p, n, '-') == n ||
		     match_six(p, n, '.') == n;
	size_t at = 0;

	for (int i = 0; i < 6; i++) {
		size_t digits;

		if (at < n && hex_digit(p[at]) < 0)
			at++;
		digits = hex_run(p + at, n - at, 2);
		if (!digits || (!pairs && digits < 2))
			return false;
		out[i] = 0;
		for (; digits; digits--)
			out[i] = (uint8_t)(out[i] << 4 | hex_digit(p[at++]));
	}
	return true;
}

static size_t match_quad(const char *p, size_t n)
{
	uint32_t parts;
	size_t len = filter_match_dotted(p, n, &parts);

	return parts == 4 ? len : 0;
}

size_t filter_match_ipv6(const char *p, size_t n)
{
	bool gap = n > 1 && p[0] == ':' && p[1] == ':';
	size_t at = gap ? 2 : 0, best = at;
	unsigned int groups = 0;

	for (;;) {
		size_t digits = 0;

		if (gap ? groups < GROUPS_BEFORE_QUAD
			: groups == GROUPS_BEFORE_QUAD)
			digits = match_quad(p + at, n - at);
		if (digits)
			best = larger(best, at + digits);
		digits = hex_run(p + at, n - at, 4);
		if (!digits || groups == (gap ? GROUPS - 1 : GROUPS))
			return best;
		at += digits;
		groups++;
		if (gap || groups == GROUPS)
			best = larger(best, at);
		if (at == n || p[at] != ':')
			return best;
		at++;
		if (!gap && groups < GROUPS && at < n && p[at] == ':') {
			gap = true;
			best = larger(best, ++at);
		}
	}
}

bool filter_read_dotted(const char *p, size_t n, uint8_t *out)
{
	size_t part = 0;
	unsigned int value = 0;

	memset(out, 0, 4);
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '.') {
			value = 0;
			part++;
			continue;
		}
		if (!is_digit(p[i]) || part > 3)
			return false;
		value = value * 10 + (unsigned int)(p[i] - '0');
		if (value > UINT8_MAX)
			return false;
		out[part] = (uint8_t)value;
	}
	return true;
}

bool filter_read_ipv6(const char *p, size_t n, uint8_t *out)
{
	uint8_t bytes[16] = { 0 };
	size_t used = 0, gap = sizeof(bytes), at = 0;

	while (at < n && used < sizeof(bytes)) {
		size_t digits = hex_run(p + at, n - at, 4);
		unsigned int group = 0;

		if (match_quad(p + at, n - at) == n - at && used <= 12) {
			if (!filter_read_dotted(p + at, n - at, bytes + used))
				return false;
			used += 4;
			break;
		}
		for (size_t i = 0; i < digits; i++)
			group = group << 4 | (unsigned int)hex_digit(p[at + i]);
		if (digits) {
			bytes[used++] = (uint8_t)(group >> 8);
			bytes[used++] = (uint8_t)group;
		}
		at += digits;
		if (at + 1 < n && p[at] == ':' && p[at + 1] == ':') {
			gap = used;
			at++;
		}
		at++;
	}
	memset(out, 0, 16);
	gap = gap > used ? used : gap;
	memcpy(out, bytes, gap);
	memcpy(out + 16 - (used - gap), bytes + gap, used - gap);
	return true;
}
