/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes in the three forms of tcpdump: -x, -X and -A. */
#include <pktcap/print.h>

#include "print/value.h"

enum { PER_LINE = 16 };

static void put_lines(struct text *t, const uint8_t *data, size_t len,
		      enum pktcap_hex form)
{
	for (size_t at = 0; at < len; at += PER_LINE) {
		size_t n = len - at < PER_LINE ? len - at : PER_LINE;

		PUT(t, "\t0x");
		put_hex(t, at, 4);
		PUT(t, ": ");
		put_dump_line(t, data + at, n, form == PKTCAP_HEX_ASCII);
		put_char(t, '\n');
	}
}

/* Lines of a text protocol end as lines do here. */
static void put_ascii(struct text *t, const uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		uint8_t c = data[i];

		if (c == '\r' && (i + 1 == len || data[i + 1] == '\n'))
			continue;
		put_char(t, (c >= ' ' && c <= '~') || c == '\t' || c == '\n'
				    ? (char)c
				    : '.');
	}
	put_char(t, '\n');
}

int pktcap_print_hex(const uint8_t *data, size_t len, enum pktcap_hex form,
		     char *buf, size_t size)
{
	struct text t = { .buf = buf, .size = size };

	if (form == PKTCAP_ASCII)
		put_ascii(&t, data, len);
	else
		put_lines(&t, data, len, form);
	return value_result(&t);
}
