/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/value.h"

#include <limits.h>
#include <time.h>

#define NS_PER_SECOND INT64_C(1000000000)

void value_time(struct text *t, int64_t ns, char between)
{
	int64_t seconds = ns / NS_PER_SECOND, fraction = ns % NS_PER_SECOND;
	time_t when;
	struct tm tm;

	if (fraction < 0) {
		fraction += NS_PER_SECOND;
		seconds--;
	}
	when = (time_t)seconds;
	/* A time_t of 32 bits ends in 2038. */
	if (when != seconds || !gmtime_r(&when, &tm)) {
		put_int(t, ns);
		return;
	}
	put_padded(t, (uint64_t)tm.tm_year + 1900, 4);
	put_char(t, '-');
	put_padded(t, (uint64_t)tm.tm_mon + 1, 2);
	put_char(t, '-');
	put_padded(t, (uint64_t)tm.tm_mday, 2);
	put_char(t, between);
	put_padded(t, (uint64_t)tm.tm_hour, 2);
	put_char(t, ':');
	put_padded(t, (uint64_t)tm.tm_min, 2);
	put_char(t, ':');
	put_padded(t, (uint64_t)tm.tm_sec, 2);
	put_char(t, '.');
	put_padded(t, (uint64_t)fraction, 9);
}

/* What is not printable, quotes and "\" as \xNN. */
static void put_quoted(struct text *t, const uint8_t *data, size_t n)
{
	put_char(t, '"');
	for (size_t i = 0; i < n; i++) {
		uint8_t c = data[i];

		if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
			put_char(t, (char)c);
			continue;
		}
		PUT(t, "\\x");
		put_hex(t, c, 2);
	}
	put_char(t, '"');
}

static void put_data(struct text *t, const struct pktcap_field *field,
		     size_t max)
{
	size_t n = field->data_len < max ? field->data_len : max;

	if (field->type == PKTCAP_FIELD_TEXT)
		put_quoted(t, field->data, n);
	else if (field->data_len)
		put_octets(t, field->data, n, '\0');
	else
		PUT(t, "empty");
	if (n == field->data_len)
		return;
	PUT(t, "... ");
	put_uint(t, field->data_len);
	PUT(t, " bytes");
}

static void put_hexadecimal(struct text *t, const struct pktcap_field *field)
{
	PUT(t, "0x");
	put_hex(t, field->value, (field->bit_width + 3) / 4);
}

static void put_value(struct text *t, const struct pktcap_field *field,
		      size_t max)
{
	switch (field->type) {
	case PKTCAP_FIELD_HEX:
		put_hexadecimal(t, field);
		break;
	case PKTCAP_FIELD_INT:
		put_int(t, (int64_t)field->value);
		break;
	case PKTCAP_FIELD_MAC:
		put_mac(t, field->data);
		break;
	case PKTCAP_FIELD_IPV4:
		put_ipv4(t, field->data);
		break;
	case PKTCAP_FIELD_IPV6:
		put_ipv6(t, field->data);
		break;
	case PKTCAP_FIELD_BYTES:
	case PKTCAP_FIELD_TEXT:
		put_data(t, field, max);
		break;
	case PKTCAP_FIELD_TIME:
		value_time(t, (int64_t)field->value, ' ');
		PUT(t, " UTC");
		break;
	case PKTCAP_FIELD_LIST:
	case PKTCAP_FIELD_GROUP:
	case PKTCAP_FIELD_END:
		break;
	default:
		put_uint(t, field->value);
		break;
	}
}

void value_bare(struct text *t, const struct pktcap_field *field, size_t max)
{
	put_value(t, field, max);
	if (field->unit) {
		/* "5 bytes", but "5 x 8 bytes". */
		put_string(t, *field->unit <= '9' ? " x " : " ");
		put_safe_string(t, field->unit);
	}
}

void value_field(struct text *t, const struct pktcap_field *field, size_t max)
{
	value_bare(t, field, max);
	if (field->label) {
		PUT(t, " (");
		put_safe_string(t, field->label);
		put_char(t, ')');
	}
}

int value_result(struct text *t)
{
	put_end(t);
	return t->len < INT_MAX ? (int)t->len : INT_MAX;
}
