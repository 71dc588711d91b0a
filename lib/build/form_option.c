// SPDX-License-Identifier: BSD-2-Clause
/* Options in the text form: a kind, a length, a value. */
#include "build/form.h"

uint8_t *form_option(struct form_parser *p, size_t at, uint32_t kind,
		     size_t len)
{
	struct pktcap_build *b = p->build;
	struct write w = write_into(b->data + b->len, b->size - b->len);
	uint8_t *value = tlv_begin(&w, p->layer->options, kind, len);

	if (w.err == -ERANGE)
		form_fail(p, at, w.err, "%zu bytes are more than an option has",
			  len);
	else if (w.err)
		form_no_room(p, at, len);
	if (!value)
		return NULL;
	len = (size_t)(w.p - (b->data + b->len));
	b->len += (uint32_t)len;
	b->layers[p->index].header_len += (uint32_t)len;
	return value;
}

static void put_number(uint8_t *bytes, size_t width, uint64_t number)
{
	for (size_t i = width; i > 0; number >>= 8)
		bytes[--i] = (uint8_t)number;
}

static uint64_t number_max(const struct form_special *self)
{
	return (UINT64_C(1) << 8 * self->width) - 1;
}

int form_option_number(struct form_parser *p, const struct form_special *self,
		       struct form_word value)
{
	uint64_t number = 0;
	uint8_t *bytes;

	if (self->width && form_number(p, value, number_max(self), &number))
		return p->build->status;
	bytes = form_option(p, value.at, self->kind, self->width);
	if (!bytes)
		return p->build->status;
	put_number(bytes, self->width, number);
	return 0;
}

static size_t count_elements(struct form_word list)
{
	struct form_word element;
	size_t n = 0;

	while (form_element(&list, &element))
		n++;
	return n;
}

int form_option_numbers(struct form_parser *p, const struct form_special *self,
			struct form_word value)
{
	uint8_t *bytes = form_option(p, value.at, self->kind,
				     count_elements(value) * self->width);
	struct form_word element;
	uint64_t number;

	if (!bytes)
		return p->build->status;
	for (; form_element(&value, &element); bytes += self->width) {
		if (form_number(p, element, number_max(self), &number))
			return p->build->status;
		put_number(bytes, self->width, number);
	}
	return 0;
}

int form_option_ipv4(struct form_parser *p, const struct form_special *self,
		     struct form_word value)
{
	uint8_t *bytes =
		form_option(p, value.at, self->kind, count_elements(value) * 4);
	struct form_word element;

	if (!bytes)
		return p->build->status;
	for (; form_element(&value, &element); bytes += 4)
		if (form_ipv4(p, element, bytes))
			return p->build->status;
	return 0;
}

int form_option_mac(struct form_parser *p, const struct form_special *self,
		    struct form_word value)
{
	uint8_t *bytes = form_option(p, value.at, self->kind, 6);

	return bytes ? form_mac(p, value, bytes) : p->build->status;
}

static int append_bytes(struct form_parser *p, uint32_t kind,
			struct form_word value)
{
	size_t len = 0;
	uint8_t *bytes;

	if (form_bytes(p, value, NULL, 0, &len))
		return p->build->status;
	bytes = form_option(p, value.at, kind, len);
	if (!bytes)
		return p->build->status;
	return form_bytes(p, value, bytes, len, &len);
}

int form_option_bytes(struct form_parser *p, const struct form_special *self,
		      struct form_word value)
{
	return append_bytes(p, self->kind, value);
}

int form_option_text(struct form_parser *p, const struct form_special *self,
		     struct form_word value)
{
	value.quoted = true;
	return append_bytes(p, self->kind, value);
}

int form_option_single(struct form_parser *p, const struct form_special *self,
		       struct form_word value)
{
	uint8_t *byte = form_extend(p, value.at, 1);

	if (!byte)
		return p->build->status;
	*byte = (uint8_t)self->kind;
	return 0;
}

int form_before_colon(struct form_parser *p, struct form_word *value,
		      uint64_t limit, uint64_t *number)
{
	const char *colon =
		!value->quoted ? memchr(value->p, ':', value->len) : NULL;
	struct form_word front = *value;

	if (!colon)
		return form_fail(p, value->at, -EBADMSG,
				 "two values with a colon between: 1:2");
	front.len = (size_t)(colon - value->p);
	value->p += front.len + 1;
	value->at += front.len + 1;
	value->len -= front.len + 1;
	if (value->len && value->p[0] == '"') {
		value->p++;
		value->at++;
		value->len -= 2;
		value->quoted = true;
	}
	return form_number(p, front, limit, number);
}

int form_option_any(struct form_parser *p, const struct form_special *self,
		    struct form_word value)
{
	uint64_t kind;

	(void)self;
	if (form_before_colon(p, &value, tlv_type_max(p->layer->options),
			      &kind))
		return p->build->status;
	if (value.len || value.quoted)
		return append_bytes(p, (uint32_t)kind, value);
	return form_option(p, value.at, (uint32_t)kind, 0) ? 0
							   : p->build->status;
}
