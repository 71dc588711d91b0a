// SPDX-License-Identifier: BSD-2-Clause
#include "support/decode_row.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "support/packets.h"
#include "support/rows.h"

enum { TEXT = 8192 };

struct text {
	char s[TEXT];
	size_t n;
	char closing[8]; /* of each list and group that is open */
};

static void put(struct text *t, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	t->n += (size_t)vsnprintf(t->s + t->n, TEXT - t->n, format, args);
	va_end(args);
	assert_true(t->n < TEXT);
}

/* Digits with spaces between them, for people. */
static uint32_t row_bytes(const char *hex, uint8_t *bytes)
{
	char digits[2 * DECODE_ROW_BYTES + 1];
	size_t n = 0;

	for (; *hex; hex++) {
		assert_true(n + 1 < sizeof(digits));
		if (*hex != ' ')
			digits[n++] = *hex;
	}
	digits[n] = '\0';
	return packet_hex(bytes, digits);
}

size_t decode_row(const struct decode_row *row, uint8_t *bytes,
		  struct pktcap_packet *pkt, struct pktcap_layer *layers)
{
	uint32_t len = row_bytes(row->hex, bytes);

	*pkt = (struct pktcap_packet){
		.data = bytes,
		.caplen = len,
		.wirelen = row->wirelen ? row->wirelen : len,
		.linktype = row->linktype,
	};
	return pktcap_decode(pkt, layers, PKTCAP_LAYERS);
}

static void put_layer(struct text *t, const struct pktcap_layer *layer)
{
	put(t, "%s%s", t->n ? " " : "", pktcap_proto_name(layer->proto));
	if (layer->status != PKTCAP_STATUS_OK)
		put(t, ":%s", pktcap_status_name(layer->status));
	put(t, "%s%s%s%s", layer->flags & PKTCAP_LAYER_FRAGMENT ? "/" : "",
	    layer->flags & PKTCAP_LAYER_FIRST_FRAGMENT ? "+" : "",
	    layer->flags & PKTCAP_LAYER_BEYOND ? ">" : "",
	    layer->flags & PKTCAP_LAYER_QUOTED ? "\"" : "");
}

static void put_value(struct text *t, const struct pktcap_field *field)
{
	switch (field->type) {
	case PKTCAP_FIELD_HEX:
		put(t, "0x%" PRIx64, field->value);
		return;
	case PKTCAP_FIELD_INT:
	case PKTCAP_FIELD_TIME:
		put(t, "%" PRId64, (int64_t)field->value);
		return;
	case PKTCAP_FIELD_UINT:
	case PKTCAP_FIELD_FLAG:
		put(t, "%" PRIu64, field->value);
		return;
	case PKTCAP_FIELD_TEXT:
		put(t, "\"%.*s\"", (int)field->data_len, field->data);
		return;
	default:
		for (uint32_t i = 0; i < field->data_len; i++)
			put(t, "%02x", field->data[i]);
	}
}

/* a=1 b=[{c=2} {c=3}]: elements of a list have no name. */
static int put_field(void *arg, const struct pktcap_field *field)
{
	struct text *t = arg;
	char last = t->n ? t->s[t->n - 1] : '[';
	bool list = field->type == PKTCAP_FIELD_LIST;

	if (field->type == PKTCAP_FIELD_END) {
		put(t, "%c", t->closing[field->depth]);
		return 0;
	}
	put(t, "%s", last == '[' || last == '{' ? "" : " ");
	if (!field->depth || t->closing[field->depth - 1] != ']')
		put(t, "%s=", field->name);
	if (list || field->type == PKTCAP_FIELD_GROUP) {
		t->closing[field->depth] = list ? ']' : '}';
		put(t, list ? "[" : "{");
	} else {
		put_value(t, field);
	}
	return 0;
}

void test_decode_row(void **state)
{
	const struct decode_row *row = *state;
	struct pktcap_layer layers[PKTCAP_LAYERS];
	uint8_t bytes[DECODE_ROW_BYTES];
	struct text names = { .n = 0 }, fields = { .n = 0 };
	struct pktcap_packet pkt;
	size_t n = decode_row(row, bytes, &pkt, layers);

	for (size_t i = 0; i < n; i++)
		put_layer(&names, &layers[i]);
	assert_string_equal(names.s, row->layers);
	if (!row->fields)
		return;
	assert_true(row->shown < n);
	assert_int_equal(
		pktcap_layer_fields(&layers[row->shown], put_field, &fields),
		0);
	assert_string_equal(fields.s, row->fields);
}
