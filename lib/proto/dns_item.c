// SPDX-License-Identifier: BSD-2-Clause
/* Walks over the items of which records, options and parameters are made. */
#include "proto/dns.h"

static size_t left(const struct dns_cursor *c)
{
	return c->end - c->at;
}

static size_t in_layer(const struct dns_cursor *c)
{
	return c->m->base + c->at;
}

static const char *unit_of(enum dns_kind kind)
{
	switch (kind) {
	case DNS_SECONDS:
		return "s";
	case DNS_TENTHS:
		return "100 ms";
	default:
		return NULL;
	}
}

/* What nanoseconds cannot tell is the last time that they can. */
static int64_t nanoseconds(uint64_t seconds)
{
	if (seconds > INT64_MAX / 1000000000)
		return INT64_MAX;
	return (int64_t)seconds * 1000000000;
}

static bool number(struct dns_cursor *c, const struct dns_item *item)
{
	struct bytes b = bytes_slice(c->m->b, c->at, item->len);

	if (left(c) < item->len)
		return false;
	c->last = 0;
	for (size_t i = 0; i < b.n; i++)
		c->last = c->last << 8 | b.p[i];
	if (item->kind == DNS_HEX)
		fields_hex(c->f, item->name, in_layer(c), item->len,
			   item->labels);
	else if (item->kind == DNS_TIME)
		fields_time(c->f, item->name, nanoseconds(c->last), in_layer(c),
			    item->len);
	else
		fields_uint(c->f, item->name, in_layer(c), item->len,
			    unit_of(item->kind), item->labels);
	c->at += item->len;
	return true;
}

static bool name(struct dns_cursor *c, const char *field)
{
	char buf[PKTCAP_DNS_NAME_SIZE];
	struct text t = text_over(buf, sizeof(buf));
	size_t end;

	if (!left(c) || dns_name(c->m, c->at, &t, &end) || end > c->end)
		return false;
	fields_text(c->f, field, buf, t.len, in_layer(c), end - c->at);
	c->at = end;
	return true;
}

static bool data(struct dns_cursor *c, const char *field,
		 enum pktcap_field_type type, size_t len)
{
	if (left(c) < len)
		return false;
	fields_data(c->f, field, type, in_layer(c), len);
	c->at += len;
	return true;
}

static bool string(struct dns_cursor *c, const char *field)
{
	uint8_t len;

	if (!left(c) || !bytes_u8(c->m->b, c->at, &len) || left(c) - 1 < len)
		return false;
	c->at++;
	return data(c, field, PKTCAP_FIELD_TEXT, len);
}

static bool bit_rows(struct dns_cursor *c, const struct dns_item *item)
{
	const struct field_def *last = item->rows;
	size_t n = 1;

	if (left(c) < item->len)
		return false;
	for (; last->bit_offset + last->bit_width < item->len * 8; last++)
		n++;
	fields_rows(c->f, item->rows, n, in_layer(c));
	c->at += item->len;
	return true;
}

static bool one(struct dns_cursor *c, const struct dns_item *item)
{
	switch (item->kind) {
	case DNS_UINT:
	case DNS_HEX:
	case DNS_SECONDS:
	case DNS_TENTHS:
	case DNS_TIME:
		return number(c, item);
	case DNS_NAME:
		return name(c, item->name);
	case DNS_STRING:
		return string(c, item->name);
	case DNS_IPV4:
		return data(c, item->name, PKTCAP_FIELD_IPV4, 4);
	case DNS_IPV6:
		return data(c, item->name, PKTCAP_FIELD_IPV6, 16);
	case DNS_MAC:
		return data(c, item->name, PKTCAP_FIELD_MAC, 6);
	case DNS_COUNTED:
		return data(c, item->name, PKTCAP_FIELD_BYTES, c->last);
	case DNS_TEXT:
		return data(c, item->name, PKTCAP_FIELD_TEXT, left(c));
	case DNS_BYTES:
	case DNS_BASE64:
		return data(c, item->name, PKTCAP_FIELD_BYTES, left(c));
	case DNS_PART:
		return data(c, item->name, PKTCAP_FIELD_BYTES, item->len);
	case DNS_ROWS:
		return bit_rows(c, item);
	case DNS_CALL:
		return item->call(c, item->name);
	case DNS_REPEAT:
		break;
	}
	return false;
}

/* Every element takes at least a byte. */
static bool repeat(struct dns_cursor *c, const struct dns_item *item)
{
	const struct dns_item *each = item->each;
	bool ok = true;

	fields_list(c->f, item->name);
	while (ok && left(c) && !c->f->stopped) {
		fields_group(c->f, each->name, in_layer(c), 0);
		ok = one(c, each);
		fields_end(c->f);
	}
	fields_end(c->f);
	return ok;
}

void dns_items(struct dns_cursor *c, const struct dns_item *items)
{
	bool ok = true;

	for (; items->name && ok; items++)
		ok = items->kind == DNS_REPEAT ? repeat(c, items)
					       : one(c, items);
	if (left(c))
		data(c, "rest", PKTCAP_FIELD_BYTES, left(c));
}
