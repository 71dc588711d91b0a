/* SPDX-License-Identifier: BSD-2-Clause */
#include "hex.h"

#include <stdio.h>

enum { BYTES_PER_LINE = 16, HEX_WIDTH = BYTES_PER_LINE / 2 * 5 };

static int printable(uint8_t c)
{
	return c > 0x20 && c < 0x7f;
}

/* Writes " 4500 0054 ..." at @text; returns its length. */
static int hex_line(char *text, const uint8_t *data, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *p = text;

	for (size_t i = 0; i < n; i++) {
		if (i % 2 == 0)
			*p++ = ' ';
		*p++ = digits[data[i] >> 4];
		*p++ = digits[data[i] & 15];
	}
	return (int)(p - text);
}

static void print_lines(struct bytes bytes, int with_ascii)
{
	char hex[HEX_WIDTH + 1];
	char ascii[BYTES_PER_LINE];

	for (size_t at = 0; at < bytes.len; at += BYTES_PER_LINE) {
		size_t left = bytes.len - at;
		size_t n = left < BYTES_PER_LINE ? left : BYTES_PER_LINE;
		int width = hex_line(hex, bytes.data + at, n);

		printf("\n\t0x%04zx: %.*s", at, width, hex);
		if (!with_ascii)
			continue;
		for (size_t i = 0; i < n; i++)
			ascii[i] = printable(bytes.data[at + i])
					   ? (char)bytes.data[at + i]
					   : '.';
		printf("%*s  %.*s", HEX_WIDTH - width, "", (int)n, ascii);
	}
}

void hex_print(struct bytes bytes)
{
	print_lines(bytes, 0);
}

void hex_ascii_print(struct bytes bytes)
{
	print_lines(bytes, 1);
}

void ascii_print(struct bytes bytes)
{
	putchar('\n');
	for (size_t i = 0; i < bytes.len; i++) {
		uint8_t c = bytes.data[i];

		/* Lines of a text protocol end as lines do here. */
		if (c == '\r' && i + 1 < bytes.len && bytes.data[i + 1] == '\n')
			continue;
		putchar(printable(c) || c == ' ' || c == '\t' || c == '\n'
				? c
				: '.');
	}
}
