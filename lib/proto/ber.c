// SPDX-License-Identifier: BSD-2-Clause
#include "proto/ber.h"

#include "base/text.h"

/* 128 numbers, more than an OID may have (RFC 2578, 3.5), of ten digits. */
enum { OID_TEXT = 128 * 11 };

/* More than any packet: sums of lengths stay small. */
enum { LENGTH_MAX = 1 << 24 };

struct ber_walk ber_all(struct bytes b)
{
	return (struct ber_walk){ b, 0, b.n, true };
}

struct ber_walk ber_inside(struct bytes b, struct ber element)
{
	return (struct ber_walk){ b, element.at, element.at + element.n,
				  false };
}

/* X.690, 8.1.3: one byte, or how many bytes follow. */
static bool read_length(struct ber_walk *walk, size_t *len)
{
	uint8_t first, byte;

	if (!bytes_u8(walk->b, walk->at++, &first))
		return false;
	*len = first;
	if (first < 0x80)
		return true;
	if (first == 0x80 || first > 0x84)
		return false;
	*len = 0;
	for (first &= 0x7f; first; first--) {
		if (!bytes_u8(walk->b, walk->at++, &byte))
			return false;
		*len = *len << 8 | byte;
	}
	return *len <= LENGTH_MAX;
}

bool ber_next(struct ber_walk *walk, uint8_t tag, struct ber *out)
{
	struct ber_walk here = *walk;
	uint8_t found;
	size_t len;

	if (here.at >= here.end || !bytes_u8(here.b, here.at++, &found) ||
	    (found & 0x1f) == 0x1f || (tag != BER_ANY && found != tag) ||
	    !read_length(&here, &len))
		return false;
	if (!walk->outermost &&
	    (here.at > here.end || len > here.end - here.at))
		return false;
	*out = (struct ber){ here.at, len, here.at - walk->at + len, found };
	walk->at = here.at + len;
	return true;
}

struct bytes ber_bytes(struct bytes b, struct ber element)
{
	return element.whole ? bytes_slice(b, element.at, element.n)
			     : (struct bytes){ NULL, 0 };
}

int64_t ber_number(struct bytes b, struct ber element)
{
	struct bytes value = ber_bytes(b, element);
	uint64_t number;

	if (!value.n || value.n != element.n || value.n > 8)
		return 0;
	number = value.p[0] & 0x80 ? UINT64_MAX : 0;
	for (size_t i = 0; i < value.n; i++)
		number = number << 8 | value.p[i];
	return (int64_t)number;
}

void ber_field_number(struct fields *f, const char *name, struct ber element,
		      const struct label *labels)
{
	struct field_def row = {
		.name = name,
		.bit_width = (uint16_t)(element.n * 8),
		.type = PKTCAP_FIELD_INT,
		.labels = labels,
	};

	if (!element.whole || !element.n)
		return;
	if (element.n > 8)
		fields_data(f, name, PKTCAP_FIELD_BYTES, element.at, element.n);
	else
		fields_rows(f, &row, 1, element.at);
}

void ber_field_data(struct fields *f, const char *name,
		    enum pktcap_field_type type, struct ber element)
{
	if (element.whole && bytes_has(f->b, element.at, element.n))
		fields_data(f, name, type, element.at, element.n);
}

/* X.690, 8.19: seven bits a byte; the first number is two. */
static void oid_text(struct text *t, struct bytes oid)
{
	uint64_t number = 0;
	bool first = true;

	for (size_t i = 0; i < oid.n; i++) {
		number = (number << 7 & UINT32_MAX) | (oid.p[i] & 0x7f);
		if (oid.p[i] & 0x80)
			continue;
		if (first) {
			uint64_t arc = number < 80 ? number / 40 : 2;

			text_number(t, arc, 10, 0, ' ');
			number -= arc * 40;
			first = false;
		}
		text_char(t, '.');
		text_number(t, number, 10, 0, ' ');
		number = 0;
	}
}

void ber_field_oid(struct fields *f, const char *name, struct ber element)
{
	char buf[OID_TEXT];
	struct text t = text_over(buf, sizeof(buf));
	struct bytes oid = ber_bytes(f->b, element);

	if (!oid.n || oid.n != element.n)
		return;
	oid_text(&t, oid);
	if (t.len < sizeof(buf))
		fields_text(f, name, buf, t.len, element.at, element.n);
	else
		fields_data(f, name, PKTCAP_FIELD_BYTES, element.at, element.n);
}

/* Many octet strings are numbers or addresses, not text. */
static bool is_text(struct bytes b)
{
	for (size_t i = 0; i < b.n; i++)
		if ((b.p[i] < ' ' && b.p[i] != '\t' && b.p[i] != '\r' &&
		     b.p[i] != '\n') ||
		    b.p[i] > '~')
			return false;
	return true;
}

enum {
	TYPE_ADDRESS = 0x40,
	TYPE_COUNTER32 = 0x41,
	TYPE_GAUGE32 = 0x42,
	TYPE_TICKS = 0x43,
	TYPE_COUNTER64 = 0x46,
};

static const struct label types[] = {
	{ BER_INTEGER, "integer" },
	{ BER_STRING, "octet string" },
	{ BER_NULL, "null" },
	{ BER_OID, "object id" },
	{ TYPE_ADDRESS, "IP address" },
	{ TYPE_COUNTER32, "counter32" },
	{ TYPE_GAUGE32, "gauge32" },
	{ TYPE_TICKS, "time ticks" },
	{ 0x44, "opaque" },
	{ TYPE_COUNTER64, "counter64" },
	{ 0x80, "no such object" },
	{ 0x81, "no such instance" },
	{ 0x82, "end of MIB view" },
	{ 0, NULL },
};

/* Without a sign, but with a zero byte in front of a top bit. */
static void counter(struct fields *f, struct ber element, const char *unit)
{
	size_t skip = element.n > 1 && !u8_at(f->b, element.at) ? 1 : 0;

	if (element.n && element.n - skip <= 8)
		fields_uint(f, "value", element.at + skip, element.n - skip,
			    unit, NULL);
	else
		fields_data(f, "value", PKTCAP_FIELD_BYTES, element.at,
			    element.n);
}

void ber_field_value(struct fields *f, struct ber element)
{
	fields_value(f, "type", element.tag, NULL,
		     label_of(types, element.tag));
	switch (element.tag) {
	case BER_INTEGER:
		ber_field_number(f, "value", element, NULL);
		break;
	case BER_OID:
		ber_field_oid(f, "value", element);
		break;
	case BER_STRING:
		fields_data(f, "value",
			    is_text(ber_bytes(f->b, element))
				    ? PKTCAP_FIELD_TEXT
				    : PKTCAP_FIELD_BYTES,
			    element.at, element.n);
		break;
	case TYPE_ADDRESS:
		fields_data(f, "value",
			    element.n == 4 ? PKTCAP_FIELD_IPV4
					   : PKTCAP_FIELD_BYTES,
			    element.at, element.n);
		break;
	case TYPE_TICKS:
		counter(f, element, "s/100");
		break;
	case TYPE_COUNTER32:
	case TYPE_GAUGE32:
	case TYPE_COUNTER64:
		counter(f, element, NULL);
		break;
	default:
		if (element.n)
			fields_data(f, "value", PKTCAP_FIELD_BYTES, element.at,
				    element.n);
	}
}
