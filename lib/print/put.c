// SPDX-License-Identifier: BSD-2-Clause
#include "print/put.h"

enum { UINT64_DIGITS = 20, MAC_TEXT = 17, OCTETS_PER_LINE = 16 };

static const char hex_digits[] = "0123456789abcdef";

/* "00" to "99": two digits for one division. */
static const char pairs[] = "00010203040506070809"
			    "10111213141516171819"
			    "20212223242526272829"
			    "30313233343536373839"
			    "40414243444546474849"
			    "50515253545556575859"
			    "60616263646566676869"
			    "70717273747576777879"
			    "80818283848586878889"
			    "90919293949596979899";

/* Writes in front of @end; returns where the number begins. */
static char *decimal(char *end, uint64_t value)
{
	uint32_t small;

	for (; value > UINT32_MAX; value /= 100)
		memcpy(end -= 2, pairs + value % 100 * 2, 2);
	/* A division of 32 bits takes a fraction of the time. */
	for (small = (uint32_t)value; small >= 100; small /= 100)
		memcpy(end -= 2, pairs + small % 100 * 2, 2);
	if (small < 10)
		*--end = (char)('0' + small);
	else
		memcpy(end -= 2, pairs + small * 2, 2);
	return end;
}

void put_uint(struct text *t, uint64_t value)
{
	char digits[UINT64_DIGITS], *end = digits + sizeof(digits);
	char *p = decimal(end, value);

	put_bytes(t, p, (size_t)(end - p));
}

void put_int(struct text *t, int64_t value)
{
	if (value < 0)
		put_char(t, '-');
	put_uint(t, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void put_padded(struct text *t, uint64_t value, unsigned int width)
{
	char digits[UINT64_DIGITS], *end = digits + sizeof(digits);
	char *p = decimal(end, value);

	for (unsigned int n = (unsigned int)(end - p); n < width; n++)
		put_char(t, '0');
	put_bytes(t, p, (size_t)(end - p));
}

void put_hex(struct text *t, uint64_t value, unsigned int width)
{
	char digits[16], *end = digits + sizeof(digits), *p = end;

	do
		*--p = hex_digits[value & 15];
	while ((value >>= 4) || (size_t)(end - p) < width);
	put_bytes(t, p, (size_t)(end - p));
}

static char *octet(char *p, uint8_t value)
{
	if (value >= 100) {
		*p++ = (char)('0' + value / 100);
		value %= 100;
		memcpy(p, pairs + value * 2, 2);
		return p + 2;
	}
	if (value >= 10) {
		memcpy(p, pairs + value * 2, 2);
		return p + 2;
	}
	*p++ = (char)('0' + value);
	return p;
}

static char *ipv4(char *p, const uint8_t *addr)
{
	for (int i = 0; i < 4; i++) {
		if (i)
			*p++ = '.';
		p = octet(p, addr[i]);
	}
	return p;
}

void put_ipv4(struct text *t, const uint8_t *addr)
{
	char text[PUT_MAX];

	put_bytes(t, text, (size_t)(ipv4(text, addr) - text));
}

/* The longest run of two or more zero groups, the first of equal ones. */
static int zero_run(const uint16_t *groups, int *len)
{
	int best = -1;

	*len = 1;
	for (int i = 0, n; i < 8; i += n + 1) {
		for (n = 0; i + n < 8 && !groups[i + n]; n++)
			;
		if (n > *len) {
			best = i;
			*len = n;
		}
	}
	return best;
}

static char *group(char *p, uint16_t value)
{
	if (value > 0xfff)
		*p++ = hex_digits[value >> 12];
	if (value > 0xff)
		*p++ = hex_digits[value >> 8 & 15];
	if (value > 0xf)
		*p++ = hex_digits[value >> 4 & 15];
	*p++ = hex_digits[value & 15];
	return p;
}

void put_ipv6(struct text *t, const uint8_t *addr)
{
	char text[PUT_MAX], *p = text;
	uint16_t groups[8];
	int run, run_len;

	for (int i = 0; i < 8; i++)
		groups[i] = (uint16_t)(addr[2 * i] << 8 | addr[2 * i + 1]);
	run = zero_run(groups, &run_len);
	for (int i = 0; i < 8; i++) {
		if (i == run) {
			*p++ = ':';
			i += run_len - 1;
			if (i == 7)
				*p++ = ':';
			continue;
		}
		if (i)
			*p++ = ':';
		/* IPv4-mapped and IPv4-compatible addresses. */
		if (i == 6 && run == 0 &&
		    (run_len == 6 || (run_len == 5 && groups[5] == 0xffff))) {
			p = ipv4(p, addr + 12);
			break;
		}
		p = group(p, groups[i]);
	}
	put_bytes(t, text, (size_t)(p - text));
}

void put_mac(struct text *t, const uint8_t *mac)
{
	char text[MAC_TEXT], *p = text;

	for (int i = 0; i < 6; i++) {
		if (i)
			*p++ = ':';
		*p++ = hex_digits[mac[i] >> 4];
		*p++ = hex_digits[mac[i] & 15];
	}
	put_bytes(t, text, sizeof(text));
}

void put_octets(struct text *t, const uint8_t *data, size_t n, char separator)
{
	for (size_t i = 0; i < n; i++) {
		char two[2] = { hex_digits[data[i] >> 4],
				hex_digits[data[i] & 15] };

		if (i && separator)
			put_char(t, separator);
		put_bytes(t, two, sizeof(two));
	}
}

static bool printable(uint8_t c)
{
	return c >= ' ' && c <= '~';
}

void put_safe(struct text *t, const uint8_t *data, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint8_t c = data[i];

		if (c & 0x80)
			PUT(t, "M-");
		c &= 0x7f;
		if (!printable(c)) {
			put_char(t, '^');
			c ^= 0x40;
		}
		put_char(t, (char)c);
	}
}

void put_safe_string(struct text *t, const char *s)
{
	for (; *s; s++)
		put_char(t, printable((uint8_t)*s) ? *s : '?');
}

void put_dump_line(struct text *t, const uint8_t *data, size_t n, bool beside)
{
	enum { HEX_WIDTH = OCTETS_PER_LINE / 2 * 5 };
	char text[HEX_WIDTH + 2 + OCTETS_PER_LINE], *p = text;

	memset(text, ' ', sizeof(text));
	for (size_t i = 0; i < n; i++) {
		if (i % 2 == 0)
			*p++ = ' ';
		*p++ = hex_digits[data[i] >> 4];
		*p++ = hex_digits[data[i] & 15];
		/* A blank is a dot here, too: the columns would hide it. */
		text[HEX_WIDTH + 2 + i] = data[i] > ' ' && printable(data[i])
						  ? (char)data[i]
						  : '.';
	}
	put_bytes(t, text, beside ? HEX_WIDTH + 2 + n : (size_t)(p - text));
}

void put_dump(struct text *t, const uint8_t *data, size_t n)
{
	for (size_t at = 0; at < n; at += OCTETS_PER_LINE) {
		size_t left = n - at;

		PUT(t, "\n\t0x");
		put_hex(t, at, 4);
		put_char(t, ':');
		put_char(t, ' ');
		put_dump_line(t, data + at,
			      left < OCTETS_PER_LINE ? left : OCTETS_PER_LINE,
			      true);
	}
}
