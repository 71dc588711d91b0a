// SPDX-License-Identifier: BSD-2-Clause
#include "base/text.h"

struct text text_over(char *buf, size_t size)
{
	if (size)
		buf[0] = '\0';
	return (struct text){ .buf = buf, .size = size };
}

void text_char(struct text *t, char c)
{
	if (t->len + 1 < t->size) {
		t->buf[t->len] = c;
		t->buf[t->len + 1] = '\0';
	}
	t->len++;
}

void text_string(struct text *t, const char *s)
{
	while (*s)
		text_char(t, *s++);
}

void text_safe(struct text *t, const char *s)
{
	for (; *s; s++)
		text_char(t, *s >= ' ' && *s <= '~' ? *s : '?');
}

void text_number(struct text *t, uint64_t value, unsigned int base,
		 unsigned int width, char fill)
{
	char digits[20]; /* 2^64 - 1 has 20 decimals */
	unsigned int n = 0;

	do
		digits[n++] = "0123456789abcdef"[value % base];
	while (value /= base);
	for (; width > n; width--)
		text_char(t, fill);
	while (n)
		text_char(t, digits[--n]);
}

static void text_signed(struct text *t, int64_t value)
{
	if (value < 0)
		text_char(t, '-');
	text_number(t, value < 0 ? -(uint64_t)value : (uint64_t)value, 10, 0,
		    0);
}

void text_vformat(struct text *t, const char *format, va_list args)
{
	for (; *format; format++) {
		if (*format != '%') {
			text_char(t, *format);
			continue;
		}
		switch (*++format) {
		case 's':
			text_safe(t, va_arg(args, const char *));
			break;
		case 'd':
			text_signed(t, va_arg(args, int));
			break;
		case 'u':
			text_number(t, va_arg(args, unsigned int), 10, 0, 0);
			break;
		case 'x':
			text_number(t, va_arg(args, unsigned int), 16, 0, 0);
			break;
		case 'l':
			format++;
			text_number(t, va_arg(args, unsigned long), 10, 0, 0);
			break;
		case 'z':
			format++;
			text_number(t, va_arg(args, size_t), 10, 0, 0);
			break;
		default:
			text_char(t, '%');
			break;
		}
	}
}

void text_format(struct text *t, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_vformat(t, format, args);
	va_end(args);
}
