// SPDX-License-Identifier: BSD-2-Clause
/* A field of a header in the buffer, found by its name and changed there. */
#include "build/form.h"

#include <strings.h>

#include "proto/fields.h"

/* Two headers as layers begin. */
enum { TWO_HEADERS_MAX = 1024 };

/* The field that is looked for among all of a header. */
struct search {
	const char *name;
	size_t len; /* of the header */
	struct fields walk;
	struct pktcap_field field;
	const struct label *labels; /* what its values are called, or NULL */
};

bool form_is_settable(const struct pktcap_field *field, size_t header_len)
{
	uint64_t width = field->bit_width;

	if (field->depth || !field->name || !width ||
	    field->bit_offset + width > header_len * UINT64_C(8))
		return false;
	switch (field->type) {
	case PKTCAP_FIELD_MAC:
		return width == 48;
	case PKTCAP_FIELD_IPV4:
		return width == 32;
	case PKTCAP_FIELD_IPV6:
		return width == 128;
	case PKTCAP_FIELD_BYTES:
	case PKTCAP_FIELD_TEXT:
		return width % 8 == 0;
	case PKTCAP_FIELD_LIST:
	case PKTCAP_FIELD_GROUP:
		return false;
	default:
		return width <= 64;
	}
}

static int compare(void *arg, const struct pktcap_field *field)
{
	struct search *search = arg;

	if (!form_is_settable(field, search->len) ||
	    strcasecmp(field->name, search->name) != 0)
		return 0;
	search->field = *field;
	search->labels = search->walk.labels;
	return 1;
}

static bool find_field(struct form_parser *p, struct search *search)
{
	struct pktcap_layer header = form_header(p);

	search->len = form_len(p);
	search->walk = (struct fields){ .fn = compare, .arg = search };
	return fields_walk(&search->walk, &header) == 1;
}

bool form_has_field(struct form_parser *p, const char *name)
{
	struct search search = { .name = name };

	return find_field(p, &search);
}

const struct label *form_labels(struct form_parser *p, const char *name)
{
	struct search search = { .name = name };

	return find_field(p, &search) ? search.labels : NULL;
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

static bool value_of_label(const struct label *labels, struct form_word word,
			   uint64_t *value)
{
	for (; labels && labels->name; labels++)
		if (is_label(word, labels->name)) {
			*value = labels->value;
			return true;
		}
	return false;
}

static bool begins_with_digit(struct form_word word)
{
	return word.len && word.p[0] >= '0' && word.p[0] <= '9';
}

int form_labelled(struct form_parser *p, struct form_word word,
		  const struct label *labels, uint64_t limit, uint64_t *value)
{
	const char *similar, *label;
	struct form_name name;

	if (value_of_label(labels, word, value) && *value <= limit)
		return 0;
	if (!labels || !labels->name || begins_with_digit(word))
		return form_number(p, word, limit, value);
	similar = form_similar_label(labels, word);
	label = similar ? similar : labels->name;
	name = form_name((struct form_word){ label, strlen(label), 0, false });
	for (char *blank = name.text; (blank = strchr(blank, ' '));)
		*blank = '-';
	return form_fail(p, word.at, -EBADMSG,
			 similar ? "'%s' is no number: did you mean '%s'?"
				 : "'%s' is no number and no name such as "
				   "'%s'",
			 form_name(word).text, name.text);
}

/* Of a number that says what follows. */
static const struct label *labels_of_next(struct form_parser *p,
					  const char *name)
{
	struct form_word word = { name, strlen(name), 0, false };
	const struct form_field *field = form_field_of(p->layer->fields, word);

	if (!field || !(field->keep & PKTCAP_KEEP_NEXT))
		return NULL;
	switch (p->layer->writer->next) {
	case NEXT_ETHERTYPE:
		return label_ethertype;
	case NEXT_IP:
		return label_ip_protocol;
	case NEXT_PPP:
		return label_ppp;
	default:
		return NULL;
	}
}

/* A number that says what follows, or a port, may be named by who has it. */
static bool tells_next(struct form_parser *p, const char *name)
{
	struct form_word word = { name, strlen(name), 0, false };
	const struct form_field *field = form_field_of(p->layer->fields, word);

	if (!field)
		field = form_field_of(form_common_fields, word);
	return (field && field->keep & PKTCAP_KEEP_NEXT) ||
	       strcmp(name, "src_port") == 0;
}

/* The number by which a header such as this one announces the layer; -1 if it
 * has none. Forms of a protocol may have other numbers: it is built. */
static int32_t number_of_layer(struct form_parser *p,
			       const struct form_layer *named)
{
	uint8_t bytes[TWO_HEADERS_MAX];
	struct pktcap_build build;

	if (!named->writer)
		return -1;
	pktcap_build_start(&build, bytes, sizeof(bytes));
	build_append(&build, p->layer->proto, p->layer->writer,
		     p->layer->defaults, 0);
	if (build_append(&build, named->proto, named->writer, named->defaults,
			 0) ||
	    !(build.keep[1] & NUMBER_KNOWN))
		return -1;
	return (int32_t)build.layers[1].number;
}

/* The same for what only decoding knows. */
static int32_t number_of_decoded(struct form_parser *p, struct form_word word)
{
	int proto = pktcap_proto_from_name(form_name(word).text);
	struct pktcap_layer layer = {
		.proto = proto < 0 ? PKTCAP_PROTO_NONE : (uint16_t)proto,
	};

	return build_number(p->layer->writer->next, &layer, NUMBER_NONE);
}

static bool number_of_proto(struct form_parser *p, const char *name,
			    struct form_word word, uint64_t limit,
			    uint64_t *value)
{
	const struct form_layer *named;
	int32_t number;

	if (begins_with_digit(word) || !tells_next(p, name))
		return false;
	named = form_layer_of(word);
	number = named ? number_of_layer(p, named) : number_of_decoded(p, word);
	*value = (uint64_t)number;
	return number >= 0 && *value <= limit;
}

static int set_number(struct form_parser *p, const struct search *search,
		      uint8_t *header, struct form_word word)
{
	const struct pktcap_field *field = &search->field;
	const struct label *labels = search->labels;
	uint64_t limit = field->bit_width < 64
				 ? (UINT64_C(1) << field->bit_width) - 1
				 : UINT64_MAX;
	uint64_t value = 1;
	int err = 0;

	/* A flag's name alone sets it. */
	if (word.p && !number_of_proto(p, field->name, word, limit, &value))
		err = form_labelled(p, word,
				    labels ? labels
					   : labels_of_next(p, field->name),
				    limit, &value);
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
	uint8_t *header = form_start(p), *bytes;

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
	default:
		return set_number(p, &search, header, value);
	}
}
