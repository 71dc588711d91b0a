// SPDX-License-Identifier: BSD-2-Clause
#include "proto/fields.h"

#include <string.h>

enum { DEPTH_MAX = 7 };

const char *label_of(const struct label *labels, uint64_t value)
{
	if (labels)
		for (; labels->name; labels++)
			if (labels->value == value)
				return labels->name;
	return NULL;
}

static void emit(struct fields *f, const struct pktcap_field *field)
{
	if (!f->stopped)
		f->stopped = f->fn(f->arg, field);
	f->labels = NULL;
}

static void emit_labelled(struct fields *f, struct pktcap_field *field,
			  const struct label *labels)
{
	field->label = label_of(labels, field->value);
	f->labels = labels;
	emit(f, field);
}

/* @width bits, 1 to 64, from @bit on; false where they were not captured. */
static bool bits(struct bytes b, size_t bit, size_t width, uint64_t *out)
{
	size_t last = (bit + width - 1) / 8;
	uint64_t value = 0;

	if (!bytes_has(b, bit / 8, last - bit / 8 + 1))
		return false;
	for (size_t i = bit; i < bit + width;) {
		/* What is left of this byte, or of the field. */
		size_t take = 8 - i % 8;
		uint8_t part = b.p[i / 8];

		if (take > bit + width - i)
			take = bit + width - i;
		part = (uint8_t)(part >> (8 - i % 8 - take));
		value = value << take | (part & ((1u << take) - 1));
		i += take;
	}
	*out = value;
	return true;
}

/* Two's complement of @width bits. */
static uint64_t extend_sign(uint64_t value, size_t width)
{
	uint64_t sign = UINT64_C(1) << (width - 1);

	return (value ^ sign) - sign;
}

static bool is_number(uint8_t type)
{
	return type <= PKTCAP_FIELD_FLAG;
}

static void row(struct fields *f, const struct field_def *def, size_t at)
{
	struct pktcap_field field = {
		.name = def->name,
		.unit = def->unit,
		.bit_offset = (uint32_t)(at * 8 + def->bit_offset),
		.bit_width = def->bit_width,
		.type = def->type,
		.depth = f->depth,
	};

	if (!is_number(def->type)) {
		fields_data(f, def->name, def->type, at + def->bit_offset / 8,
			    def->bit_width / 8);
		return;
	}
	if (!bits(f->b, field.bit_offset, def->bit_width, &field.value))
		return;
	if (def->type == PKTCAP_FIELD_INT)
		field.value = extend_sign(field.value, def->bit_width);
	emit_labelled(f, &field, def->labels);
}

void fields_rows(struct fields *f, const struct field_def *rows, size_t n,
		 size_t at)
{
	for (size_t i = 0; i < n && !f->stopped; i++)
		row(f, &rows[i], at);
}

static void big_endian(struct fields *f, const char *name, uint8_t type,
		       size_t at, size_t len, const char *unit,
		       const struct label *labels)
{
	struct field_def def = {
		.name = name,
		.bit_width = (uint16_t)(len * 8),
		.type = type,
		.unit = unit,
		.labels = labels,
	};

	row(f, &def, at);
}

void fields_uint(struct fields *f, const char *name, size_t at, size_t len,
		 const char *unit, const struct label *labels)
{
	big_endian(f, name, PKTCAP_FIELD_UINT, at, len, unit, labels);
}

void fields_hex(struct fields *f, const char *name, size_t at, size_t len,
		const struct label *labels)
{
	big_endian(f, name, PKTCAP_FIELD_HEX, at, len, NULL, labels);
}

void fields_bits(struct fields *f, const char *name,
		 enum pktcap_field_type type, uint64_t value, size_t bit,
		 size_t width, const char *label)
{
	emit(f, &(struct pktcap_field){
			.name = name,
			.label = label,
			.value = value,
			.bit_offset = (uint32_t)bit,
			.bit_width = (uint32_t)width,
			.type = (uint8_t)type,
			.depth = f->depth,
		});
}

void fields_number(struct fields *f, const char *name,
		   enum pktcap_field_type type, uint64_t value, size_t at,
		   size_t len, const char *label)
{
	fields_bits(f, name, type, value, at * 8, len * 8, label);
}

void fields_le(struct fields *f, const char *name, enum pktcap_field_type type,
	       size_t at, size_t len, const char *unit,
	       const struct label *labels)
{
	uint64_t value = 0;

	if (!bytes_has(f->b, at, len))
		return;
	for (size_t i = len; i > 0; i--)
		value = value << 8 | f->b.p[at + i - 1];
	/* The sign goes with the highest bit. */
	if (type == PKTCAP_FIELD_INT && len < 8 && value >> (len * 8 - 1))
		value |= UINT64_MAX << len * 8;
	emit_labelled(f,
		      &(struct pktcap_field){
			      .name = name,
			      .unit = unit,
			      .value = value,
			      .bit_offset = (uint32_t)(at * 8),
			      .bit_width = (uint32_t)(len * 8),
			      .type = (uint8_t)type,
			      .depth = f->depth,
		      },
		      labels);
}

void fields_value(struct fields *f, const char *name, uint64_t value,
		  const char *unit, const char *label)
{
	emit(f, &(struct pktcap_field){
			.name = name,
			.label = label,
			.unit = unit,
			.value = value,
			.type = PKTCAP_FIELD_UINT,
			.depth = f->depth,
		});
}

void fields_flag(struct fields *f, const char *name, bool value)
{
	emit(f, &(struct pktcap_field){
			.name = name,
			.value = value,
			.type = PKTCAP_FIELD_FLAG,
			.depth = f->depth,
		});
}

static size_t address_len(enum pktcap_field_type type)
{
	switch (type) {
	case PKTCAP_FIELD_MAC:
		return 6;
	case PKTCAP_FIELD_IPV4:
		return 4;
	case PKTCAP_FIELD_IPV6:
		return 16;
	default:
		return 0;
	}
}

bool fields_fits(enum pktcap_field_type type, size_t len)
{
	size_t need = address_len(type);

	return need ? need == len : !is_number((uint8_t)type);
}

void fields_data(struct fields *f, const char *name,
		 enum pktcap_field_type type, size_t at, size_t len)
{
	struct bytes b = bytes_slice(f->b, at, len);
	size_t need = address_len(type);

	if ((need && (b.n < need || len != need)) || (!b.n && len))
		return;
	emit(f, &(struct pktcap_field){
			.name = name,
			.data = b.p,
			.data_len = (uint32_t)b.n,
			.bit_offset = (uint32_t)(at * 8),
			.bit_width = (uint32_t)(b.n * 8),
			.type = (uint8_t)type,
			.depth = f->depth,
		});
}

void fields_made(struct fields *f, const char *name,
		 enum pktcap_field_type type, const void *data, size_t data_len,
		 size_t at, size_t len)
{
	emit(f, &(struct pktcap_field){
			.name = name,
			.data = data,
			.data_len = (uint32_t)data_len,
			.bit_offset = (uint32_t)(at * 8),
			.bit_width = (uint32_t)(len * 8),
			.type = (uint8_t)type,
			.depth = f->depth,
		});
}

void fields_text(struct fields *f, const char *name, const char *text,
		 size_t text_len, size_t at, size_t len)
{
	fields_made(f, name, PKTCAP_FIELD_TEXT, text, text_len, at, len);
}

void fields_time(struct fields *f, const char *name, int64_t ns, size_t at,
		 size_t len)
{
	emit(f, &(struct pktcap_field){
			.name = name,
			.value = (uint64_t)ns,
			.bit_offset = (uint32_t)(at * 8),
			.bit_width = (uint32_t)(len * 8),
			.type = PKTCAP_FIELD_TIME,
			.depth = f->depth,
		});
}

static void open_nest(struct fields *f, const char *name, uint8_t type,
		      size_t at, size_t len)
{
	if (f->depth >= DEPTH_MAX) {
		f->stopped = f->stopped ? f->stopped : -1;
		return;
	}
	emit(f, &(struct pktcap_field){
			.name = name,
			.bit_offset = (uint32_t)(at * 8),
			.bit_width = (uint32_t)(len * 8),
			.type = type,
			.depth = f->depth,
		});
	f->depth++;
}

void fields_list(struct fields *f, const char *name)
{
	open_nest(f, name, PKTCAP_FIELD_LIST, 0, 0);
}

void fields_group(struct fields *f, const char *name, size_t at, size_t len)
{
	open_nest(f, name, PKTCAP_FIELD_GROUP, at, len);
}

void fields_end(struct fields *f)
{
	if (f->stopped)
		return;
	f->depth--;
	emit(f, &(struct pktcap_field){
			.type = PKTCAP_FIELD_END,
			.depth = f->depth,
		});
}

int fields_walk(struct fields *f, const struct pktcap_layer *layer)
{
	const struct proto *proto = proto_of(layer->proto);

	f->b = layer_bytes(layer);
	if (!proto)
		return 0;
	fields_rows(f, proto->fixed, proto->fixed_count, 0);
	if (proto->fields)
		proto->fields(f, layer);
	return f->stopped;
}

int pktcap_layer_fields(const struct pktcap_layer *layer, pktcap_field_fn fn,
			void *arg)
{
	struct fields f = { .fn = fn, .arg = arg };

	return fields_walk(&f, layer);
}
