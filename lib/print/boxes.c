/* SPDX-License-Identifier: BSD-2-Clause */
/* Headers as RFCs draw them, with the values of this packet. */
#include <pktcap/print.h>

#include "base/opts.h"
#include "print/grid.h"
#include "print/notes.h"
#include "print/title.h"
#include "print/value.h"

enum {
	NAME_MAX_LEN = 48,
	VALUE_MAX_LEN = 512,
	SHOWN = 32,		   /* bytes of a value ... */
	SHOWN_VERBOSE = 96,	   /* ... in the worst case 4 columns each */
	CELL_BITS = 4 * GRID_BITS, /* what is wider becomes running text */
	COLUMNS_MAX = 80,
	PER_LINE = 16,
	PAYLOAD_LINES = 4,
};

struct boxes {
	struct grid grid;
	uint32_t flags;
	uint32_t row;	 /* the row's first bit, counted from the header's */
	bool moved;	 /* the next field begins a row, wherever it is */
	bool loose;	 /* in a box with fields that have no place in a row */
	bool item;	 /* something is in the box: a comma comes next */
	uint8_t nest;	 /* lists and groups open inside a list */
	uint8_t in_list; /* 1 + the depth of the outermost open list */
};

/* Names as words. */
static void copy_name(char out[static NAME_MAX_LEN], const char *name)
{
	size_t n = 0;

	for (; name[n] && n + 1 < NAME_MAX_LEN; n++)
		out[n] = name[n] == '_' ? ' ' : name[n];
	out[n] = '\0';
}

static size_t shown(const struct boxes *b)
{
	return b->flags & PKTCAP_PRINT_VERBOSE ? SHOWN_VERBOSE : SHOWN;
}

/* --- running text ------------------------------------------------------- */

/* What is in a box is divided by commas. */
static void text_item(struct boxes *b, size_t len)
{
	if (b->item)
		grid_text_glue(&b->grid, ',');
	b->item = true;
	grid_text_keep(&b->grid, len);
}

static void text_begin(struct boxes *b)
{
	if (b->grid.running)
		grid_text_end(&b->grid);
	grid_text_begin(&b->grid);
	b->item = false;
	b->moved = true;
}

static void text_field(struct boxes *b, const struct pktcap_field *field)
{
	char name[NAME_MAX_LEN], value[VALUE_MAX_LEN] = "";
	struct text t = { .buf = value, .size = sizeof(value) };

	copy_name(name, field->name);
	value_field(&t, field, shown(b));
	put_end(&t);
	text_item(b, strlen(name) + 1 + strlen(value));
	grid_text(&b->grid, name);
	grid_text(&b->grid, value);
}

/* A field without a place: computed, told out of order, or very long. */
static void loose_field(struct boxes *b, const struct pktcap_field *field)
{
	if (!b->loose)
		text_begin(b);
	b->loose = true;
	text_field(b, field);
}

static void text_close(struct boxes *b)
{
	if (b->grid.running)
		grid_text_end(&b->grid);
	b->loose = false;
}

/* An element of a list has a box, what is nested in it is in brackets. */
static void open_nest(struct boxes *b, const struct pktcap_field *field)
{
	char name[NAME_MAX_LEN];

	copy_name(name, field->name);
	if (b->nest++ == 0) {
		text_begin(b);
		grid_text(&b->grid, name);
		grid_text_glue(&b->grid, ':');
		return;
	}
	text_item(b, strlen(name) + 2);
	grid_text(&b->grid, name);
	grid_text_bracket(&b->grid);
	b->item = false;
}

static void close_nest(struct boxes *b)
{
	if (--b->nest == 0) {
		text_close(b);
		return;
	}
	grid_text_glue(&b->grid, ')');
	b->item = true;
}

static void list_field(struct boxes *b, const struct pktcap_field *field)
{
	if (field->type == PKTCAP_FIELD_END) {
		if (field->depth + 1 == b->in_list)
			b->in_list = 0;
		else if (b->nest)
			close_nest(b);
	} else if (field->type >= PKTCAP_FIELD_LIST) {
		open_nest(b, field);
	} else {
		if (!b->nest)
			text_begin(b);
		text_field(b, field);
		if (!b->nest)
			text_close(b);
	}
}

/* --- cells --------------------------------------------------------------- */

/* A field's parts, one in each row that it touches. */
struct parts {
	unsigned int first; /* bits of it in the row where it begins */
	unsigned int count;
	unsigned int named; /* the part that has its name and value */
	bool apart;	    /* two parts without a column in common */
};

/* The name goes where most room is, and of equal parts into the middle. */
static struct parts split(unsigned int column, unsigned int bits)
{
	struct parts p = { .first = GRID_BITS - column };
	unsigned int rest, last;

	if (p.first >= bits)
		return (struct parts){ .first = bits, .count = 1 };
	rest = bits - p.first;
	last = rest % GRID_BITS;
	p.count = 1 + (rest + GRID_BITS - 1) / GRID_BITS;
	p.apart = p.count == 2 && last && bits <= GRID_BITS;
	if (p.count == 2)
		p.named = rest > p.first;
	else
		p.named = (p.count - (p.first == GRID_BITS) - (last != 0)) / 2;
	return p;
}

static void put_cells(struct boxes *b, const struct pktcap_field *field,
		      unsigned int column)
{
	struct parts parts = split(column, field->bit_width);
	unsigned int left = field->bit_width, bits = parts.first;
	uint16_t owner = grid_owner(&b->grid);
	char name[NAME_MAX_LEN], value[VALUE_MAX_LEN] = "";
	struct text t = { .buf = value, .size = sizeof(value) };
	const struct grid_words words = { name, value,
					  field->label ? field->label : "" };
	const struct grid_words other = { parts.apart ? name : "",
					  parts.apart ? "(continued)" : "",
					  "" };

	copy_name(name, field->name);
	value_bare(&t, field, shown(b));
	put_end(&t);
	for (unsigned int i = 0; i < parts.count; i++) {
		if (i) {
			grid_row(&b->grid);
			b->row += GRID_BITS;
		}
		grid_cell(&b->grid, owner, column, bits,
			  i == parts.named ? &words : &other);
		left -= bits;
		bits = left < GRID_BITS ? left : GRID_BITS;
		column = 0;
	}
}

/* Goes to the row in which @bit is; false if that is written already. */
static bool go_to_row(struct boxes *b, uint32_t bit)
{
	if (b->moved) {
		b->row = bit;
		b->moved = false;
	}
	if (bit < b->row)
		return false;
	if (bit - b->row >= GRID_BITS) {
		grid_row(&b->grid);
		b->row = bit - (bit - b->row) % GRID_BITS;
	}
	return true;
}

static void cell_field(struct boxes *b, const struct pktcap_field *field)
{
	unsigned int column, bits = field->bit_width;

	if (!bits || bits > CELL_BITS) {
		loose_field(b, field);
		return;
	}
	if (!go_to_row(b, field->bit_offset)) {
		loose_field(b, field);
		return;
	}
	column = field->bit_offset - b->row;
	if (bits > GRID_BITS - column)
		bits = GRID_BITS - column;
	if (!grid_free(&b->grid, column, bits)) {
		loose_field(b, field);
		return;
	}
	text_close(b);
	put_cells(b, field, column);
	if (grid_row_full(&b->grid)) {
		grid_row(&b->grid);
		b->row += GRID_BITS;
	}
}

static int put_field(void *arg, const struct pktcap_field *field)
{
	struct boxes *b = arg;

	if (b->in_list) {
		list_field(b, field);
	} else if (field->type == PKTCAP_FIELD_LIST) {
		text_close(b);
		b->in_list = field->depth + 1;
		b->nest = 0;
	} else if (field->type < PKTCAP_FIELD_LIST) {
		cell_field(b, field);
	}
	return 0;
}

/* --- layers -------------------------------------------------------------- */

static void put_payload(struct boxes *b, const struct pktcap_layer *layer)
{
	bool all = b->flags & PKTCAP_PRINT_VERBOSE;
	size_t len = layer->caplen, max = PAYLOAD_LINES * PER_LINE;
	char line[GRID_INNER + 1];

	if (!len || b->flags & PKTCAP_PRINT_QUICK)
		return;
	if (all || len < max)
		max = len;
	text_begin(b);
	for (size_t at = 0; at < max; at += PER_LINE) {
		struct text t = { .buf = line, .size = sizeof(line) };
		size_t n = max - at < PER_LINE ? max - at : PER_LINE;

		if (at)
			grid_text_newline(&b->grid);
		put_dump_line(&t, layer->data + at, n, true);
		put_end(&t);
		grid_text(&b->grid, line);
	}
	if (max < len) {
		struct text t = { .buf = line, .size = sizeof(line) };

		PUT(&t, "... ");
		put_uint(&t, len - max);
		PUT(&t, " more");
		put_end(&t);
		grid_text_newline(&b->grid);
		grid_text(&b->grid, line);
	}
	text_close(b);
}

static void put_layer(struct boxes *b, const struct pktcap_layer *layer,
		      enum pktcap_checksum checksum, struct text *t)
{
	title_line(t, layer, b->flags, COLUMNS_MAX);
	grid_begin(&b->grid, t);
	b->row = 0;
	b->moved = false;
	b->loose = false;
	b->in_list = 0;
	if (layer->proto == PKTCAP_PROTO_DATA)
		put_payload(b, layer);
	else
		pktcap_layer_fields(layer, put_field, b);
	text_close(b);
	grid_end(&b->grid);
	title_notes(t, layer, checksum, "");
}

int pktcap_print_boxes(const struct pktcap_packet *pkt,
		       const struct pktcap_layer *layers, size_t n,
		       const struct pktcap_print_opts *opts, char *buf,
		       size_t size)
{
	struct text t = { .buf = buf, .size = size };
	struct pktcap_print_opts own;
	struct boxes boxes;
	int err = opts_copy(&own, sizeof(own), opts, NULL);

	boxes.flags = own.flags;
	for (size_t i = 0; !err && i < n; i++) {
		if (i)
			put_char(&t, '\n');
		put_layer(&boxes, &layers[i],
			  note_checksum(pkt, layers, n, i, own.flags), &t);
	}
	if (err) {
		put_end(&t);
		return err;
	}
	return value_result(&t);
}
