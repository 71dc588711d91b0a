// SPDX-License-Identifier: BSD-2-Clause
#include "proto/tlv.h"
#include "proto/write.h"

/* In front of a value: the type's bits are the first, the length's the last. */
static const struct form {
	uint8_t header; /* bytes, 2 or 4 */
	uint8_t type_bits;
	uint8_t len_bits;
	uint8_t unit;	 /* bytes */
	uint8_t counted; /* bytes of the header that the length counts, too */
} forms[] = {
	[TLV_8_8] = { 2, 8, 8, 1, 0 },	   [TLV_8_8_ALL] = { 2, 8, 8, 1, 2 },
	[TLV_16_16] = { 4, 16, 16, 1, 0 }, [TLV_LLDP] = { 2, 7, 9, 1, 0 },
	[TLV_GENEVE] = { 4, 24, 5, 4, 0 }, [TLV_ND] = { 2, 8, 8, 8, 2 },
};

static size_t header_of(enum tlv_form form)
{
	return forms[form].header;
}

static uint32_t len_max(const struct form *form)
{
	return (1u << form->len_bits) - 1;
}

/* False where the length is less than the element itself. */
static bool read_header(struct bytes b, const struct form *form, struct tlv *t)
{
	uint32_t word = form->header == 2 ? u16_at(b, t->at) : u32_at(b, t->at);

	t->type = word >> (form->header * 8u - form->type_bits);
	t->len = (word & len_max(form)) * form->unit;
	if (t->len < form->counted)
		return false;
	t->len -= form->counted;
	return true;
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
	if (!read_header(b, &forms[form], t) || t->len > end - t->value)
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

uint32_t tlv_type_max(enum tlv_form form)
{
	return (1u << forms[form].type_bits) - 1;
}

uint8_t *tlv_begin(struct write *w, enum tlv_form number, uint32_t type,
		   size_t len)
{
	const struct form *form = &forms[number];
	uint64_t units =
		((uint64_t)len + form->counted + form->unit - 1) / form->unit;
	uint32_t word;
	uint8_t *p;

	write_bits(w, "type", type, form->type_bits);
	write_limit(w, "len", units, len_max(form));
	if (w->err)
		return NULL;
	word = type << (form->header * 8u - form->type_bits) | (uint32_t)units;
	p = write_space(w, form->header - form->counted +
				   (size_t)units * form->unit);
	if (!p)
		return NULL;
	if (form->header == 2)
		put_be16(p, (uint16_t)word);
	else
		put_be32(p, word);
	return p + form->header;
}

static void put_element(struct write *w, enum tlv_form form,
			const struct pktcap_tlv *t)
{
	uint8_t *value = tlv_begin(w, form, t->type, t->len);

	if (value && t->len)
		memcpy(value, t->data, t->len);
}

int tlv_put(enum tlv_form form, void *buf, size_t size,
	    const struct pktcap_tlv *list, size_t n)
{
	struct write w = write_into(buf, size);

	for (size_t i = 0; i < n && !w.err; i++)
		put_element(&w, form, &list[i]);
	return write_result(&w, buf);
}
