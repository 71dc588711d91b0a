// SPDX-License-Identifier: BSD-2-Clause
#include "proto/option.h"

static void tell(struct fields *f, const struct pktcap_tlv *option,
		 const struct label *kinds, option_value value)
{
	size_t at = option->offset, header = option_header_len(option->type);
	size_t end = at + header + option->len;

	fields_group(f, "option", at, end - at);
	fields_uint(f, "kind", at, 1, NULL, kinds);
	if (header == OPTION_MIN) {
		fields_uint(f, "length", at + 1, 1, "bytes", NULL);
		value(f, (uint8_t)option->type, at + OPTION_MIN, end);
	}
	fields_end(f);
}

void option_fields(struct fields *f, size_t begin, size_t end,
		   const struct label *kinds, option_value value)
{
	uint32_t offset = (uint32_t)begin;
	struct pktcap_tlv option;

	if (begin >= end || begin >= f->b.n)
		return;
	fields_list(f, "options");
	while (option_next(f->b, begin, end, &offset, &option) == 1)
		tell(f, &option, kinds, value);
	fields_end(f);
}

void option_put(struct write *w, uint32_t kind, const uint8_t *data, size_t len)
{
	size_t header = option_header_len(kind);
	uint8_t *p;

	write_bits(w, "type", kind, 8);
	write_limit(w, "len", len,
		    header == OPTION_MIN ? UINT8_MAX - OPTION_MIN : 0);
	if (w->err)
		return;
	p = write_space(w, header + len);
	if (!p)
		return;
	p[0] = (uint8_t)kind;
	if (header == OPTION_MIN)
		p[1] = (uint8_t)(OPTION_MIN + len);
	if (len)
		memcpy(p + OPTION_MIN, data, len);
}

int option_put_result(struct write *w, const void *buf)
{
	write_limit(w, "options_len", (size_t)(w->p - (const uint8_t *)buf),
		    OPTIONS_MAX);
	return write_result(w, buf);
}
