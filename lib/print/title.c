/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/title.h"
#include "print/colour.h"
#include "print/notes.h"
#include "print/value.h"

enum { INDENT = 4 }; /* of what is below a title */

/* Between whom: addresses or ports, by the names that all protocols use. */
struct ends {
	char from[PUT_MAX];
	char to[PUT_MAX];
};

static void keep(char text[static PUT_MAX], const struct pktcap_field *field)
{
	struct text t = { .buf = text, .size = PUT_MAX };

	value_field(&t, field, 0);
	put_end(&t);
}

static int find_ends(void *arg, const struct pktcap_field *field)
{
	struct ends *ends = arg;

	if (field->type == PKTCAP_FIELD_END || field->depth)
		return 0;
	if (!strcmp(field->name, "src") || !strcmp(field->name, "src_port"))
		keep(ends->from, field);
	if (!strcmp(field->name, "dst") || !strcmp(field->name, "dst_port"))
		keep(ends->to, field);
	return ends->from[0] && ends->to[0];
}

static size_t put_length(char text[static PUT_MAX],
			 const struct pktcap_layer *layer)
{
	uint32_t len = layer->proto == PKTCAP_PROTO_DATA ? layer->wirelen
							 : layer->header_len;
	struct text t = { .buf = text, .size = PUT_MAX };

	if (!(layer->flags & PKTCAP_LAYER_METADATA)) {
		PUT(&t, ", ");
		put_uint(&t, len);
		put_string(&t, len == 1 ? " byte" : " bytes");
	}
	put_end(&t);
	return t.len;
}

/* In a line of their own; in two where IPv6 needs them. */
static void put_ends_below(struct text *t, const struct ends *ends,
			   size_t columns)
{
	size_t len = strlen(ends->from) + strlen(" > ") + strlen(ends->to);

	PUT(t, "\n    ");
	put_string(t, ends->from);
	put_string(t, len + INDENT <= columns ? " > " : " >\n    ");
	put_string(t, ends->to);
}

void title_line(struct text *t, const struct pktcap_layer *layer,
		uint32_t flags, size_t columns)
{
	const char *title = pktcap_proto_title(layer->proto);
	struct ends ends = { .from = "" };
	bool known, beside;
	char length[PUT_MAX];
	size_t wanted;

	title = title ? title : "?";
	wanted = strlen(title) + put_length(length, layer);
	pktcap_layer_fields(layer, find_ends, &ends);
	wanted += strlen(",  > ") + strlen(ends.from) + strlen(ends.to);
	known = ends.from[0] && ends.to[0];
	beside = wanted <= columns;
	colour_begin(t, flags, layer);
	put_safe_string(t, title);
	if (known && beside) {
		PUT(t, ", ");
		put_string(t, ends.from);
		PUT(t, " > ");
		put_string(t, ends.to);
	}
	put_string(t, length);
	if (known && !beside)
		put_ends_below(t, &ends, columns);
	colour_end(t, flags);
	put_char(t, '\n');
}

void title_notes(struct text *t, const struct pktcap_layer *layer,
		 enum pktcap_checksum checksum, const char *indent)
{
	const char *note;

	if (checksum != PKTCAP_CHECKSUM_NONE) {
		put_string(t, indent);
		PUT(t, "[checksum ");
		put_string(t, pktcap_checksum_name(checksum));
		PUT(t, "]\n");
	}
	for (unsigned int i = 0; (note = note_next(layer, &i));) {
		put_string(t, indent);
		put_char(t, '[');
		put_string(t, note);
		PUT(t, "]\n");
	}
}
