/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text into a buffer of fixed size. Counts what did not fit, so that a caller
 * can tell a cut text from a whole one; always terminated.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	char *buf;
	size_t size; /* bytes at buf, the terminator included */
	size_t len;  /* bytes of the whole text, without the terminator */
};

struct text text_over(char *buf, size_t size);
void text_char(struct text *t, char c);
void text_string(struct text *t, const char *s);
/* As text_string(), with every control byte and non-ASCII byte as "?". */
void text_safe(struct text *t, const char *s);
/* @value in @base 10 or 16, at least @width digits, filled with @fill. */
void text_number(struct text *t, uint64_t value, unsigned int base,
		 unsigned int width, char fill);

/*
 * The few conversions messages need, so that no printf is linked into small
 * programs: %s (as text_safe), %d, %u, %lu, %zu, %x and %%; no widths.
 */
void text_format(struct text *t, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void text_vformat(struct text *t, const char *format, va_list args);

#endif
