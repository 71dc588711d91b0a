// SPDX-License-Identifier: BSD-2-Clause
/* A field of a header in the buffer, found by its name and changed there. */
#include "build/form.h"

#include <strings.h>

#include "proto/fields.h"

/* The field that is looked for among all of a header. */
struct search {
	const char *name;
	struct pktcap_field field;
};

static int compare(void *arg, const struct pktcap_field *field)
{
	struct search *search = arg;

	if (field->depth || !field->name || !field->bit_width ||
	    strcmp(field->name, search->name) != 0)
		return 0;
	search->field = *field;
	return 1;
}

/* Nothing follows it yet. */
struct pktcap_layer *form_header(struct form_parser *p)
{
	struct pktcap_layer *layer = &p->build->layers[p->index];

	layer->caplen = layer->header_len;
	layer->wirelen = layer->header_len;
	return layer;
}

static bool find_field(struct form_parser *p, struct search *search)
{
	return pktcap_layer_fields(form_header(p), compare, search) == 1;
}

/* Bits from the first of a header on, the highest first. */
static void put_bits(uint8_t *p, uint32_t offset, uint32_t width,
		     uint64_t value)
{
	while (width--) {
		uint8_t bit = (uint8_t)(0x80 >> (offset & 7));

		if (value >> width & 1)
			p[offset / 8] |= bit;
		else
			p[offset / 8] &= (uint8_t)~bit;
		offset++;
	}
}

/* Labels have blanks where words of the text form cannot. */
static bool is_label(struct form_word word, const char *label)
{
	size_t i;

	for (i = 0; i < word.len && label[i]; i++) {
		char a = word.p[i], b = label[i];

		if ((b == ' ' || b == '_') && (a == '-' || a == '_'))
			continue;
		if (strncasecmp(&a, &b, 1) != 0)
			return false;
	}
	return i == word.len && !label[i];
}

/* What a field of the fixed part calls a value. */
static bool find_label(struct form_parser *p, const char *name,
		       struct form_word word, uint64_t *value)
{
	const struct proto *proto = proto_of(p->layer->proto);

	for (size_t i = 0; i < proto->fixed_count; i++) {
		const struct label *label = proto->fixed[i].labels;

		if (strcmp(proto->fixed[i].name, name) != 0)
			continue;
		for (; label && label->name; label++)
			if (is_label(word, label->name)) {
				*value = label->value;
				return true;
			}
	}
	return false;
}

static int set_number(struct form_parser *p, const struct pktcap_field *field,
		      uint8_t *header, struct form_word word)
{
	uint64_t limit = field->bit_width < 64
				 ? (UINT64_C(1) << field->bit_width) - 1
				 : UINT64_MAX;
	uint64_t value = 1;
	int err = 0;

	/* A flag's name alone sets it. */
	if (word.p && !find_label(p, field->name, word, &value))
		err = form_number(p, word, limit, &value);
	if (!err)
		put_bits(header, field->bit_offset, field->bit_width, value);
	return err;
}

static int set_bytes(struct form_parser *p, const struct pktcap_field *field,
		     uint8_t *header, struct form_word word)
{
	size_t len, room = field->bit_width / 8;
	int err = form_bytes(p, word, NULL, 0, &len);

	if (err)
		return err;
	if (len > room)
		return form_fail(p, word.at, -ERANGE,
				 "%s has %zu bytes, not %zu", field->name, room,
				 len);
	memset(header + field->bit_offset / 8, 0, room);
	return form_bytes(p, word, header + field->bit_offset / 8, room, &len);
}

int form_set_field(struct form_parser *p, const char *name,
		   struct form_word value)
{
	struct search search = { .name = name };
	uint8_t *header = p->build->data + p->build->layers[p->index].offset;
	uint8_t *bytes;

	if (!find_field(p, &search))
		return -ENOENT;
	if (!value.p && search.field.type != PKTCAP_FIELD_FLAG)
		return form_fail(p, value.at, -EBADMSG,
				 "%s has no value: %s=...", name, name);
	bytes = header + search.field.bit_offset / 8;
	switch (search.field.type) {
	case PKTCAP_FIELD_MAC:
		return form_mac(p, value, bytes);
	case PKTCAP_FIELD_IPV4:
		return form_ipv4(p, value, bytes);
	case PKTCAP_FIELD_IPV6:
		return form_ipv6(p, value, bytes);
	case PKTCAP_FIELD_BYTES:
	case PKTCAP_FIELD_TEXT:
		return set_bytes(p, &search.field, header, value);
	case PKTCAP_FIELD_LIST:
	case PKTCAP_FIELD_GROUP:
		return -ENOENT;
	default:
		return set_number(p, &search.field, header, value);
	}
}
