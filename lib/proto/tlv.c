// SPDX-License-Identifier: BSD-2-Clause
#include "proto/tlv.h"

static size_t header_of(enum tlv_form form)
{
	return form == TLV_16_16 ? 4 : 2;
}

/* False where the length is less than the element itself. */
static bool read_header(struct bytes b, enum tlv_form form, struct tlv *t)
{
	uint16_t both = u16_at(b, t->at);

	switch (form) {
	case TLV_8_8_ALL:
		t->type = both >> 8;
		if ((both & 0xff) < 2)
			return false;
		t->len = (both & 0xffu) - 2;
		return true;
	case TLV_8_8:
		t->type = both >> 8;
		t->len = both & 0xff;
		return true;
	case TLV_LLDP:
		t->type = both >> 9;
		t->len = both & 0x1ff;
		return true;
	case TLV_16_16:
		t->type = both;
		t->len = u16_at(b, t->at + 2);
		return true;
	}
	return false;
}

int tlv_next(struct bytes b, size_t end, enum tlv_form form, struct tlv *t)
{
	size_t header = header_of(form);

	if (t->next >= end)
		return 0;
	if (end - t->next < header)
		return -EPROTO;
	if (!bytes_has(b, t->next, header))
		return -ENODATA;
	t->at = t->next;
	t->value = t->at + (uint32_t)header;
	if (!read_header(b, form, t) || t->len > end - t->value)
		return -EPROTO;
	if (!bytes_has(b, t->value, t->len))
		return -ENODATA;
	t->next = t->value + t->len;
	return 1;
}

int tlv_tell(const struct pktcap_layer *layer, size_t begin, size_t end,
	     enum tlv_form form, uint32_t *offset, struct pktcap_tlv *out)
{
	struct tlv t = { .next = *offset ? *offset : (uint32_t)begin };
	int err = tlv_next(layer_bytes(layer), end, form, &t);

	if (err != 1)
		return err;
	*offset = t.next;
	*out = (struct pktcap_tlv){
		.data = layer->data + t.value,
		.offset = t.at,
		.type = t.type,
		.len = t.len,
	};
	return 1;
}

static const struct tlv_kind *kind_of(const struct tlv_kind *kinds,
				      uint32_t type)
{
	for (; kinds && kinds->name; kinds++)
		if (kinds->type == type)
			return kinds;
	return NULL;
}

static void tell_header(struct fields *f, enum tlv_form form,
			const struct tlv *t, const char *name)
{
	static const struct field_def lldp[] = {
		{ "length", 7, 9, PKTCAP_FIELD_UINT, "bytes", NULL },
	};
	size_t half = header_of(form) / 2;

	if (form == TLV_LLDP) {
		fields_value(f, "type", t->type, NULL, name);
		FIELDS_ROWS(f, lldp, t->at);
		return;
	}
	fields_number(f, "type",
		      form == TLV_16_16 ? PKTCAP_FIELD_HEX : PKTCAP_FIELD_UINT,
		      t->type, t->at, half, name);
	fields_uint(f, "length", t->at + half, half, "bytes", NULL);
}

static void tell_value(struct fields *f, const struct tlv *t,
		       const struct tlv_kind *kind)
{
	uint8_t type = kind && kind->value ? kind->value : PKTCAP_FIELD_BYTES;
	bool fits = t->len <= 8;

	if (!t->len)
		return;
	if (type == PKTCAP_FIELD_UINT && fits)
		fields_uint(f, "value", t->value, t->len, kind->unit, NULL);
	else if (type == PKTCAP_FIELD_HEX && fits)
		fields_hex(f, "value", t->value, t->len, NULL);
	else if (fields_fits(type, t->len))
		fields_data(f, "value", type, t->value, t->len);
	else
		fields_data(f, "value", PKTCAP_FIELD_BYTES, t->value, t->len);
}

void tlv_fields(struct fields *f, const struct tlv_list *list, size_t at,
		size_t end)
{
	struct tlv t = { .next = (uint32_t)at };

	if (at >= end)
		return;
	fields_list(f, list->name);
	while (tlv_next(f->b, end, list->form, &t) == 1) {
		const struct tlv_kind *kind = kind_of(list->kinds, t.type);

		fields_group(f, list->element, t.at, t.next - t.at);
		tell_header(f, list->form, &t, kind ? kind->name : NULL);
		if (!list->value || !list->value(f, &t))
			tell_value(f, &t, kind);
		fields_end(f);
	}
	fields_end(f);
}
