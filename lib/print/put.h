/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fast text: what base/text.h does byte by byte, for texts that are made a
 * million times a second. Both write into one struct text; a text that these
 * functions wrote is terminated by put_end() only.
 */
#ifndef PRINT_PUT_H
#define PRINT_PUT_H

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* Room that a number or an address needs at most. */
enum { PUT_MAX = 48 };

/* Where @n bytes fit, all of them are copied, otherwise those that fit. */
static inline void put_bytes(struct text *t, const char *s, size_t n)
{
	size_t left = t->len < t->size ? t->size - t->len : 0;

	if (left)
		memcpy(t->buf + t->len, s, n < left ? n : left);
	t->len += n;
}

static inline void put_string(struct text *t, const char *s)
{
	put_bytes(t, s, strlen(s));
}

/* A literal, whose length the compiler knows. */
#define PUT(t, literal) put_bytes(t, "" literal, sizeof(literal) - 1)

static inline void put_char(struct text *t, char c)
{
	if (t->len < t->size)
		t->buf[t->len] = c;
	t->len++;
}

/* Decimal. */
void put_uint(struct text *t, uint64_t value);
void put_int(struct text *t, int64_t value);
/* Decimal, at least @width digits, zeros in front. */
void put_padded(struct text *t, uint64_t value, unsigned int width);
/* Lower-case hexadecimal, at least @width digits, no "0x". */
void put_hex(struct text *t, uint64_t value, unsigned int width);

/* Four, sixteen (as inet_ntop(3) writes them: RFC 5952), and six bytes. */
void put_ipv4(struct text *t, const uint8_t *addr);
void put_ipv6(struct text *t, const uint8_t *addr);
void put_mac(struct text *t, const uint8_t *mac);
/* @n bytes in hexadecimal, @separator between them unless it is '\0'. */
void put_octets(struct text *t, const uint8_t *data, size_t n, char separator);

/* Nothing but printable ASCII comes out: M-^X for others, as cat -v has it. */
void put_safe(struct text *t, const uint8_t *data, size_t n);
/* The same for text of our own making, or of an interface's name. */
void put_safe_string(struct text *t, const char *s);
/* Up to 16 bytes, " 4500 0054 ...", and @beside them the same as text. */
void put_dump_line(struct text *t, const uint8_t *data, size_t n, bool beside);
/* Lines of 16 bytes, "\n\t0x0010:  4500 0054 ...  E..T", as tcpdump -X. */
void put_dump(struct text *t, const uint8_t *data, size_t n);

/* Terminates the text, cut where it did not fit. */
static inline void put_end(struct text *t)
{
	if (t->size)
		t->buf[t->len < t->size ? t->len : t->size - 1] = '\0';
}

#endif
