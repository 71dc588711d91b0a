// SPDX-License-Identifier: BSD-2-Clause
/* All names of the text form, for help and completion. */
#include "build/form.h"

#include "base/text.h"

enum { HEADER_MAX = 512, NAMES_MAX = 100 };

/* Whoever wants to know the names of a layer. */
struct listing {
	const struct form_special *specials; /* of the layer */
	size_t header_len;
	pktcap_build_name_fn fn;
	void *arg;
	int stopped;
};

static int tell(struct listing *listing, const char *name, const char *field,
		const char *example)
{
	const struct pktcap_build_name told = {
		.name = name,
		.field = field,
		.example = example,
	};

	if (!listing->stopped)
		listing->stopped = listing->fn(listing->arg, &told);
	return listing->stopped;
}

static const char *example_of(const struct pktcap_field *field)
{
	switch (field->type) {
	case PKTCAP_FIELD_MAC:
		return "02:00:00:00:00:01";
	case PKTCAP_FIELD_IPV4:
		return "192.0.2.1";
	case PKTCAP_FIELD_IPV6:
		return "2001:db8::1";
	case PKTCAP_FIELD_BYTES:
	case PKTCAP_FIELD_TEXT:
		return "0x0102";
	case PKTCAP_FIELD_HEX:
		return field->bit_width < 8 ? "0x1" : "0x10";
	case PKTCAP_FIELD_FLAG:
		return NULL;
	default:
		return "1";
	}
}

static bool is_special(const struct form_special *special, const char *name)
{
	for (; special && special->name; special++)
		if (strcmp(special->name, name) == 0)
			return true;
	return false;
}

static int tell_field(void *arg, const struct pktcap_field *field)
{
	struct listing *listing = arg;

	if (!form_is_settable(field, listing->header_len) ||
	    is_special(listing->specials, field->name))
		return 0;
	return tell(arg, field->name, field->name, example_of(field));
}

/* Does the header begin with a field of this name? */
static int is_field(void *arg, const struct pktcap_field *field)
{
	const char *const *name = arg;

	return !field->depth && field->name && strcmp(field->name, *name) == 0;
}

static void tell_short_names(struct listing *listing,
			     const struct form_field *fields,
			     const struct pktcap_layer *header)
{
	for (; fields && fields->name; fields++) {
		const char *name = fields->field;

		if (name && !is_special(listing->specials, fields->name) &&
		    pktcap_layer_fields(header, is_field, &name))
			tell(listing, fields->name, name, NULL);
	}
}

static void tell_header(struct listing *listing, const struct form_layer *layer,
			const struct pktcap_layer *header)
{
	listing->header_len = header->header_len;
	pktcap_layer_fields(header, tell_field, listing);
	tell_short_names(listing, layer->fields, header);
	tell_short_names(listing, form_common_fields, header);
}

static void tell_defaults(struct listing *listing,
			  const struct form_layer *layer)
{
	uint8_t bytes[HEADER_MAX];
	struct pktcap_build build;

	pktcap_build_start(&build, bytes, sizeof(bytes));
	if (!build_append(&build, layer->proto, layer->writer, layer->defaults,
			  0) &&
	    pktcap_build_finish(&build) >= 0)
		tell_header(listing, layer, &build.layers[0]);
}

/* @header: as it is there; NULL: as it is to begin with. */
static int tell_fields(const struct form_layer *layer,
		       const struct pktcap_layer *header,
		       pktcap_build_name_fn fn, void *arg)
{
	struct listing listing = {
		.specials = layer->specials,
		.fn = fn,
		.arg = arg,
	};
	const struct form_special *special;

	if (header)
		tell_header(&listing, layer, header);
	else if (layer->writer)
		tell_defaults(&listing, layer);
	for (special = layer->specials; special && special->name; special++)
		tell(&listing, special->name, special->name, special->example);
	return listing.stopped;
}

static int tell_layers(struct listing *listing)
{
	const struct form_layer *layer;
	const char *name;

	for (size_t i = 0; (layer = form_layer_at(i)); i++)
		for (size_t j = 0; (name = form_layer_name(layer, j)); j++)
			tell(listing, name, layer->name, NULL);
	return listing->stopped;
}

int pktcap_build_names(const char *layer, pktcap_build_name_fn fn, void *arg)
{
	struct listing listing = { .fn = fn, .arg = arg };
	const struct form_layer *found;

	if (!layer)
		return tell_layers(&listing);
	found = form_layer_of(
		(struct form_word){ layer, strlen(layer), 0, false });
	return found ? tell_fields(found, NULL, fn, arg) : -ENOENT;
}

/* In the order of messages, whose lists are cut. */
enum name_kind { SPECIAL, SHORT_NAME, REAL_NAME };

/* Names for a message, up to where a sentence gets too long. */
struct some_names {
	char buf[NAMES_MAX + sizeof(", ...")];
	struct text text;
	const struct form_special *specials; /* of the layer */
	enum name_kind kind;		     /* only these */
	const char *last;
	bool full;
};

/* Whoever does not find a special in the list does not think of it. */
static enum name_kind kind_of(const struct some_names *names,
			      const struct pktcap_build_name *name)
{
	if (strcmp(name->name, name->field) != 0)
		return SHORT_NAME;
	return is_special(names->specials, name->name) ? SPECIAL : REAL_NAME;
}

static int append_name(void *arg, const struct pktcap_build_name *name)
{
	struct some_names *names = arg;
	const char *between = names->text.len ? ", " : "";

	/* What has a row with a value and one without is there twice. */
	if (kind_of(names, name) != names->kind ||
	    strcmp(names->last, name->name) == 0)
		return 0;
	names->last = name->name;
	names->full = names->text.len + strlen(between) + strlen(name->name) >=
		      NAMES_MAX;
	text_format(&names->text, "%s%s", between,
		    names->full ? "..." : name->name);
	return names->full;
}

/* Is it this name? */
struct wanted {
	struct form_word word;
	bool found;
};

static int compare_name(void *arg, const struct pktcap_build_name *name)
{
	struct wanted *wanted = arg;

	wanted->found |= form_is(wanted->word, name->name);
	return wanted->found;
}

/* The first other form of the protocol that has such a field; NULL if none
 * has. */
static const char *other_form(const struct form_layer *layer,
			      struct form_word word)
{
	struct wanted wanted = { .word = word };
	const struct form_layer *other;

	for (size_t i = 0; layer && (other = form_layer_at(i)); i++) {
		if (other == layer || other->proto != layer->proto ||
		    !other->writer)
			continue;
		pktcap_build_names(other->name, compare_name, &wanted);
		if (wanted.found)
			return other->name;
	}
	return NULL;
}

/* The fields there are, those of the header that is being read as it is; or
 * the layers. */
static void list_names(struct form_parser *p, struct some_names *names)
{
	struct pktcap_layer header;

	names->text = text_over(names->buf, sizeof(names->buf));
	for (; names->kind <= REAL_NAME && !names->full; names->kind++) {
		if (!p->layer) {
			pktcap_build_names(NULL, append_name, names);
		} else if (!p->layer->writer) {
			tell_fields(p->layer, NULL, append_name, names);
		} else {
			header = form_header(p);
			tell_fields(p->layer, &header, append_name, names);
		}
	}
}

/* What looks like a layer because of the "/" in a value: no layer begins with a
 * digit. */
static bool is_value(const struct form_parser *p, struct form_word word)
{
	return word.at > 1 && p->text[word.at - 1] == '/' &&
	       !strchr(" \t\r\n", p->text[word.at - 2]) && word.p[0] >= '0' &&
	       word.p[0] <= '9';
}

int form_unknown(struct form_parser *p, struct form_word word,
		 const char *similar)
{
	const char *what = p->layer ? "field" : "layer";
	struct some_names names = {
		.specials = p->layer ? p->layer->specials : NULL,
		.kind = p->layer ? SPECIAL : REAL_NAME,
		.last = "",
	};

	if (p->layer && form_layer_of(word))
		return form_fail(p, word.at, -EBADMSG,
				 "no field '%s', which is a layer: / %s",
				 form_name(word).text, form_name(word).text);
	if (!p->layer && is_value(p, word))
		return form_fail(p, word.at, -EBADMSG,
				 "no layer '%s': / ends a value that is not in "
				 "quotes",
				 form_name(word).text);
	if (similar)
		return form_fail(p, word.at, -EBADMSG,
				 "no %s '%s': did you mean '%s'?", what,
				 form_name(word).text, similar);
	similar = other_form(p->layer, word);
	if (similar)
		return form_fail(p, word.at, -EBADMSG,
				 "no field '%s': %s has one, a layer of its "
				 "own",
				 form_name(word).text, similar);
	list_names(p, &names);
	return form_fail(p, word.at, -EBADMSG, "no %s '%s': there are %s", what,
			 form_name(word).text, names.buf);
}
