/* SPDX-License-Identifier: BSD-2-Clause */
/* Every header with all its fields, a line each. */
#include <pktcap/print.h>

#include "base/opts.h"
#include "print/notes.h"
#include "print/title.h"
#include "print/value.h"

#include <stdbool.h>
#include <string.h>

enum {
	INDENT = 4,
	VALUE_COLUMN = 26,
	BITS_COLUMN = 48,
	BITS_MAX = 32, /* wider ones would not fit into a line */
	SHOWN = 32,    /* bytes of a value, unless all are asked for */
	PAYLOAD_SHOWN = 64,
	NAME_MAX_LEN = 64, /* of a name in front of its value */
	PER_LINE = 16,
};

struct tree {
	struct text t;
	size_t line;	  /* where the line that is written began */
	size_t max;	  /* bytes of a value that are shown */
	const char *open; /* name of the group whose line has not ended */
	/* What a group begins with, where that is a name: as text of a line. */
	struct pktcap_field name;
	uint8_t name_data[NAME_MAX_LEN];
	bool named;
};

/* Blanks up to a column, one at least. */
static void fill(struct tree *tree, size_t column)
{
	do
		put_char(&tree->t, ' ');
	while (tree->t.len - tree->line < column);
}

static bool has_bits(const struct pktcap_field *field)
{
	bool whole = field->bit_offset % 8 == 0 && field->bit_width % 8 == 0;

	return field->type <= PKTCAP_FIELD_FLAG && field->bit_width &&
	       field->bit_width <= BITS_MAX && !whole;
}

/* "..01 1..." - where in its bytes it is. */
static void put_bits(struct text *t, const struct pktcap_field *field)
{
	unsigned int begin = field->bit_offset % 8;
	unsigned int end = begin + field->bit_width;

	for (unsigned int i = 0; i < (end + 7) / 8 * 8; i++) {
		if (i && i % 4 == 0)
			put_char(t, ' ');
		if (i < begin || i >= end)
			put_char(t, '.');
		else
			put_char(t,
				 field->value >> (end - 1 - i) & 1 ? '1' : '0');
	}
}

/* An element that is a single value has a field of its own name. */
static bool continues_line(const struct tree *tree,
			   const struct pktcap_field *field)
{
	return tree->open && field->type < PKTCAP_FIELD_LIST &&
	       !strcmp(field->name, tree->open);
}

static void begin_line(struct tree *tree, const struct pktcap_field *field)
{
	tree->line = tree->t.len;
	for (size_t i = 0; i < INDENT * (field->depth + 1u); i++)
		put_char(&tree->t, ' ');
	put_string(&tree->t, field->name);
}

/* The rest of a line. */
static void put_value(struct tree *tree, const struct pktcap_field *field)
{
	if (field->type == PKTCAP_FIELD_FLAG)
		put_string(&tree->t, field->value ? "set" : "not set");
	else
		value_field(&tree->t, field, tree->max);
	if (has_bits(field)) {
		fill(tree, BITS_COLUMN);
		put_bits(&tree->t, field);
	}
	put_char(&tree->t, '\n');
}

static bool is_text(const struct pktcap_field *field, const char *name)
{
	return field->type == PKTCAP_FIELD_TEXT && !strcmp(field->name, name);
}

/* A group's name waits for a value, that both have one line. */
static bool keep_name(struct tree *tree, const struct pktcap_field *field)
{
	if (!tree->open || continues_line(tree, field) ||
	    !is_text(field, "name") ||
	    field->data_len > sizeof(tree->name_data) ||
	    field->data_len > tree->max)
		return false;
	tree->name = *field;
	if (field->data_len)
		memcpy(tree->name_data, field->data, field->data_len);
	tree->name.data = tree->name_data;
	tree->named = true;
	return true;
}

static void put_line(struct tree *tree, const struct pktcap_field *field)
{
	begin_line(tree, field);
	if (field->type >= PKTCAP_FIELD_LIST) {
		put_char(&tree->t, '\n');
		return;
	}
	fill(tree, VALUE_COLUMN);
	put_value(tree, field);
}

/* The line of a group goes on with its value, or with its name and value. */
static bool continue_line(struct tree *tree, const struct pktcap_field *field)
{
	bool paired = tree->named && is_text(field, "value");

	if (!paired && (tree->named || !continues_line(tree, field)))
		return false;
	fill(tree, VALUE_COLUMN);
	if (paired) {
		put_safe(&tree->t, tree->name_data, tree->name.data_len);
		PUT(&tree->t, ": ");
	}
	put_value(tree, field);
	return true;
}

/* What waited stands in lines of its own. */
static void end_line(struct tree *tree)
{
	if (tree->open)
		put_char(&tree->t, '\n');
	if (tree->named)
		put_line(tree, &tree->name);
}

static int put_field(void *arg, const struct pktcap_field *field)
{
	struct tree *tree = arg;
	bool continued;

	if (!tree->named && keep_name(tree, field))
		return 0;
	continued = continue_line(tree, field);
	if (!continued)
		end_line(tree);
	tree->open = NULL;
	tree->named = false;
	if (continued || field->type == PKTCAP_FIELD_END)
		return 0;
	if (field->type == PKTCAP_FIELD_GROUP) {
		begin_line(tree, field);
		tree->open = field->name;
	} else {
		put_line(tree, field);
	}
	return 0;
}

static void put_payload(struct tree *tree, const struct pktcap_layer *layer,
			size_t max)
{
	size_t len = layer->caplen < max ? layer->caplen : max;

	for (size_t at = 0; at < len; at += PER_LINE) {
		size_t n = len - at < PER_LINE ? len - at : PER_LINE;

		PUT(&tree->t, "    ");
		put_hex(&tree->t, at, 4);
		put_char(&tree->t, ' ');
		put_dump_line(&tree->t, layer->data + at, n, true);
		put_char(&tree->t, '\n');
	}
	if (len == layer->caplen)
		return;
	PUT(&tree->t, "    ... ");
	put_uint(&tree->t, layer->caplen - len);
	PUT(&tree->t, " more\n");
}

static void put_layer(struct tree *tree, const struct pktcap_layer *layer,
		      enum pktcap_checksum checksum, uint32_t flags)
{
	bool all = flags & (PKTCAP_PRINT_VERBOSE | PKTCAP_PRINT_VERY_VERBOSE);

	title_line(&tree->t, layer, flags, SIZE_MAX);
	tree->max = all ? SIZE_MAX : SHOWN;
	if (!(flags & PKTCAP_PRINT_QUICK)) {
		pktcap_layer_fields(layer, put_field, tree);
		if (layer->proto == PKTCAP_PROTO_DATA)
			put_payload(tree, layer,
				    all ? SIZE_MAX : PAYLOAD_SHOWN);
	}
	title_notes(&tree->t, layer, checksum, "    ");
}

int pktcap_print_tree(const struct pktcap_packet *pkt,
		      const struct pktcap_layer *layers, size_t n,
		      const struct pktcap_print_opts *opts, char *buf,
		      size_t size)
{
	struct pktcap_print_opts own;
	struct tree tree = { .t = { .buf = buf, .size = size } };
	int err = opts_copy(&own, sizeof(own), opts, NULL);

	for (size_t i = 0; !err && i < n; i++)
		put_layer(&tree, &layers[i],
			  note_checksum(pkt, layers, n, i, own.flags),
			  own.flags);
	if (err) {
		put_end(&tree.t);
		return err;
	}
	return value_result(&tree.t);
}
