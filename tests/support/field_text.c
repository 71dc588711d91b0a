// SPDX-License-Identifier: BSD-2-Clause
#include "support/field_text.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

#include "support/rows.h"

__attribute__((format(printf, 2, 3))) static void put(struct field_text *t,
						      const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(t->text + t->len, sizeof(t->text) - t->len, format, args);
	va_end(args);
	assert_in_range(n, 0, sizeof(t->text) - t->len - 1);
	t->len += (size_t)n;
}

static void put_bytes(struct field_text *t, const struct pktcap_field *field,
		      const char *between)
{
	for (uint32_t i = 0; i < field->data_len; i++)
		put(t, "%s%02x", i ? between : "", field->data[i]);
}

static void put_text(struct field_text *t, const struct pktcap_field *field)
{
	put(t, "\"");
	for (uint32_t i = 0; i < field->data_len; i++) {
		uint8_t c = field->data[i];

		put(t, c >= ' ' && c <= '~' ? "%c" : "\\x%02x", c);
	}
	put(t, "\"");
}

static void put_address(struct field_text *t, int family,
			const struct pktcap_field *field)
{
	char text[INET6_ADDRSTRLEN];

	assert_int_equal(field->data_len, family == AF_INET ? 4 : 16);
	put(t, "%s", inet_ntop(family, field->data, text, sizeof(text)));
}

static void put_time(struct field_text *t, int64_t ns)
{
	int64_t seconds = ns / 1000000000, rest = ns % 1000000000;

	if (rest < 0) {
		seconds--;
		rest += 1000000000;
	}
	put(t, "%" PRId64 ".%09" PRId64, seconds, rest);
}

static void put_value(struct field_text *t, const struct pktcap_field *field)
{
	switch (field->type) {
	case PKTCAP_FIELD_UINT:
	case PKTCAP_FIELD_FLAG:
		put(t, "%" PRIu64, field->value);
		break;
	case PKTCAP_FIELD_HEX:
		put(t, "0x%" PRIx64, field->value);
		break;
	case PKTCAP_FIELD_INT:
		put(t, "%" PRId64, (int64_t)field->value);
		break;
	case PKTCAP_FIELD_MAC:
		assert_int_equal(field->data_len, 6);
		put_bytes(t, field, ":");
		break;
	case PKTCAP_FIELD_IPV4:
		put_address(t, AF_INET, field);
		break;
	case PKTCAP_FIELD_IPV6:
		put_address(t, AF_INET6, field);
		break;
	case PKTCAP_FIELD_BYTES:
		put_bytes(t, field, "");
		break;
	case PKTCAP_FIELD_TEXT:
		put_text(t, field);
		break;
	case PKTCAP_FIELD_TIME:
		put_time(t, (int64_t)field->value);
		break;
	default:
		fail_msg("%s is of type %u", field->name, field->type);
	}
	if (field->label)
		put(t, "(%s)", field->label);
}

static bool is_nest(const struct pktcap_field *field)
{
	return field->type == PKTCAP_FIELD_LIST ||
	       field->type == PKTCAP_FIELD_GROUP;
}

int field_text_add(void *arg, const struct pktcap_field *field)
{
	struct field_text *t = arg;
	char before = t->len ? t->text[t->len - 1] : '{';

	assert_in_range(field->depth, 0, 7);
	if (field->type == PKTCAP_FIELD_END) {
		assert_null(field->name);
		put(t, "%c", t->end[field->depth]);
		return 0;
	}
	if (before != '{' && before != '[')
		put(t, " ");
	put(t, "%s", field->name);
	if (is_nest(field)) {
		bool list = field->type == PKTCAP_FIELD_LIST;

		put(t, list ? "[" : "{");
		t->end[field->depth] = list ? ']' : '}';
		return 0;
	}
	put(t, "=");
	put_value(t, field);
	return 0;
}
