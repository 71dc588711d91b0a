// SPDX-License-Identifier: BSD-2-Clause
/* Options in the text form: a kind, a length that counts both, a value. */
#include "build/form.h"

uint8_t *form_option(struct form_parser *p, size_t at, uint8_t kind, size_t len)
{
	uint8_t *option;

	if (len > UINT8_MAX - 2) {
		form_fail(p, at, -ERANGE, "an option has at most %u bytes",
			  UINT8_MAX - 2u);
		return NULL;
	}
	option = form_extend(p, at, 2 + len);
	if (!option)
		return NULL;
	option[0] = kind;
	/* Those of IPv6 count what is behind the length only. */
	option[1] = (uint8_t)(p->layer->counts_value ? len : 2 + len);
	return option + 2;
}

int form_option_number(struct form_parser *p, const struct form_special *self,
		       struct form_word value)
{
	uint64_t limit = (UINT64_C(1) << 8 * self->width) - 1, number = 0;
	uint8_t *bytes;

	if (self->width && form_number(p, value, limit, &number))
		return p->build->status;
	bytes = form_option(p, value.at, (uint8_t)self->kind, self->width);
	if (!bytes)
		return p->build->status;
	for (size_t i = self->width; i > 0; number >>= 8)
		bytes[--i] = (uint8_t)number;
	return 0;
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
	return form_number(p, front, limit, number);
}

int form_option_any(struct form_parser *p, const struct form_special *self,
		    struct form_word value)
{
	uint8_t bytes[UINT8_MAX], *option;
	size_t len = 0;
	uint64_t kind;
	int err = form_before_colon(p, &value, UINT8_MAX, &kind);

	(void)self;
	if (!err && value.len)
		err = form_bytes(p, value, bytes, sizeof(bytes), &len);
	if (err)
		return err;
	option = form_option(p, value.at, (uint8_t)kind, len);
	if (!option)
		return p->build->status;
	memcpy(option, bytes, len);
	return 0;
}

int form_fill_up(struct form_parser *p, size_t unit, size_t *units)
{
	size_t len = p->build->layers[p->index].header_len;
	size_t missing = (unit - len % unit) % unit;

	if (missing && !form_extend(p, p->name.at, missing))
		return p->build->status;
	*units = (len + missing) / unit;
	return 0;
}
