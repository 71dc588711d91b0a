// SPDX-License-Identifier: BSD-2-Clause
/* The grammar of the text form, see form.h. */
#include "build/form.h"

#include <strings.h>

#include "base/error.h"
#include "base/text.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool form_is(struct form_word word, const char *name)
{
	return !word.quoted && name && strlen(name) == word.len &&
	       strncasecmp(word.p, name, word.len) == 0;
}

struct form_name form_name(struct form_word word)
{
	struct form_name name;
	size_t len =
		word.len < sizeof(name.text) ? word.len : sizeof(name.text) - 1;

	if (len)
		memcpy(name.text, word.p, len);
	name.text[len] = '\0';
	return name;
}

int form_fail(struct form_parser *p, size_t at, int code, const char *format,
	      ...)
{
	const char *layer = p->layer ? p->layer->name : "text";
	char message[sizeof(p->error->text)];
	struct text text = text_over(message, sizeof(message));
	va_list args;

	build_failed(p->build, p->layer ? p->layer->proto : 0, code, NULL, 0,
		     0);
	if (p->layer)
		text_format(&text, "%s: ", layer);
	va_start(args, format);
	text_vformat(&text, format, args);
	va_end(args);
	return error_set_at(p->error, at, code, layer, "%s", message);
}

int form_build_failed(struct form_parser *p, size_t at)
{
	const struct pktcap_build *b = p->build;
	int code = pktcap_build_error(b, p->error);

	if (code == -EPROTOTYPE)
		return build_cannot_follow(b, at, p->layer->name,
					   "set a number by hand", p->error);
	if (p->error)
		p->error->offset = at;
	return code;
}

static void skip_blanks(struct form_parser *p)
{
	while (is_blank(p->text[p->at]))
		p->at++;
}

/* From the quote on; what is between them is still with its escapes. */
static int read_quoted(struct form_parser *p, struct form_word *word)
{
	size_t start = p->at + 1, end = start;

	while (p->text[end] && p->text[end] != '"')
		end += p->text[end] == '\\' && p->text[end + 1] ? 2 : 1;
	if (!p->text[end])
		return form_fail(p, p->at, -EBADMSG,
				 "this quote does not end: add a \"");
	*word = (struct form_word){ p->text + start, end - start, start, true };
	p->at = end + 1;
	return 0;
}

/* Up to a blank, "/", or a byte of @stops; empty where there is none. */
static int read_word(struct form_parser *p, const char *stops,
		     struct form_word *word)
{
	size_t start = p->at;

	if (p->text[start] == '"')
		return read_quoted(p, word);
	if (p->text[start] == '\'')
		return form_fail(p, start, -EBADMSG,
				 "quotes are \"these\", not 'these'");
	while (p->text[p->at] && !is_blank(p->text[p->at]) &&
	       p->text[p->at] != '/' && !strchr(stops, p->text[p->at]))
		p->at++;
	*word = (struct form_word){ p->text + start, p->at - start, start,
				    false };
	return 0;
}

/* Behind "=": a word, or quotes, which may follow a colon ("12:\"host\""). */
static int read_value(struct form_parser *p, struct form_word *value)
{
	struct form_word quoted;
	int err = read_word(p, "\"", value);

	if (err || value->quoted || !value->len || p->text[p->at] != '"' ||
	    p->text[p->at - 1] != ':')
		return err;
	err = read_quoted(p, &quoted);
	value->len = p->at - value->at;
	return err;
}

/* A field by one of its short names, or by that of the header itself. */
static int set_header_field(struct form_parser *p, struct form_word name,
			    struct form_word value)
{
	const struct form_field *field = form_field_of(p->layer->fields, name);
	struct form_name real = form_name(name);
	int err;

	if (!field)
		field = form_field_of(form_common_fields, name);
	if (!field)
		return form_set_field(p, real.text, value);
	err = form_set_field(p, field->field ? field->field : field->name,
			     value);
	if (err)
		return err;
	p->build->keep[p->index] |=
		(uint8_t)(field->keep & (PKTCAP_KEEP_ALL | FORM_OWN_LENGTH));
	if (field->keep & FORM_HOPS)
		p->hops_said = p->index + 1;
	return 0;
}

/* The row of this name, that for a value or that without one; any other one of
 * the name if there is no such row. */
static const struct form_special *
find_special(const struct form_special *special, struct form_word name,
	     bool has_value)
{
	const struct form_special *other = NULL;

	for (; special && special->name; special++) {
		if (!form_is(name, special->name))
			continue;
		if (has_value == (special->example != NULL))
			return special;
		other = special;
	}
	return other;
}

static int set_special(struct form_parser *p,
		       const struct form_special *special,
		       struct form_word value)
{
	if (special->example && !value.p)
		return form_fail(p, value.at, -EBADMSG,
				 "%s has no value: %s=%s", special->name,
				 special->name, special->example);
	if (!special->example && value.p)
		return form_fail(p, value.at, -EBADMSG, "%s takes no value",
				 special->name);
	return special->set(p, special, value);
}

static int set_field(struct form_parser *p, struct form_word name,
		     struct form_word value)
{
	const struct form_special *special =
		find_special(p->layer->specials, name, value.p != NULL);
	int err;

	if (special)
		return set_special(p, special, value);
	err = p->layer->writer ? set_header_field(p, name, value) : -ENOENT;
	if (err != -ENOENT)
		return err;
	return form_unknown(p, name, form_similar_field(p, name));
}

static int parse_field(struct form_parser *p)
{
	struct form_word name, value = { NULL, 0, 0, false };
	int err = read_word(p, "=\"", &name);

	if (err)
		return err;
	if (!name.quoted && !name.len)
		return form_fail(p, p->at, -EBADMSG,
				 "a field has a name: name=value");
	value.at = name.at;
	if (p->text[p->at] == '=' && !name.quoted) {
		p->at++;
		err = read_value(p, &value);
		if (!err && !value.len && !value.quoted)
			err = form_fail(p, value.at, -EBADMSG,
					"%s has no value behind its =",
					form_name(name).text);
		return err ? err : set_field(p, name, value);
	}
	if (p->layer->value)
		return p->layer->value(p, NULL, name);
	if (name.quoted)
		return form_fail(p, name.at - 1, -EBADMSG,
				 "a value in quotes has a name in front");
	skip_blanks(p);
	if (p->text[p->at] == '=')
		return form_fail(p, p->at, -EBADMSG,
				 "no blanks around this: %s=...",
				 form_name(name).text);
	return set_field(p, name, value);
}

static int begin_layer(struct form_parser *p, struct form_word name)
{
	const struct form_layer *layer = p->layer;

	p->name = name;
	p->index = p->build->count;
	p->mark = 0;
	if (!layer->writer)
		return 0;
	if (build_append(p->build, layer->proto, layer->writer, layer->defaults,
			 0))
		return form_build_failed(p, name.at);
	form_ask_front(p);
	return 0;
}

static int parse_layer(struct form_parser *p)
{
	static const struct form_word data = { "data", 4, 0, false };
	struct form_word name;
	int err;

	p->layer = NULL;
	err = read_word(p, "=\"", &name);
	if (err)
		return err;
	if (!name.quoted && !name.len)
		return form_fail(p, name.at, -EBADMSG,
				 "a layer is missing here, such as eth, ip, "
				 "udp or data");
	p->layer = form_layer_of(name.quoted ? data : name);
	if (!p->layer)
		return form_unknown(p, name, form_similar_layer(name));
	err = begin_layer(p, name);
	if (!err && name.quoted)
		err = p->layer->value(p, NULL, name);
	for (skip_blanks(p); !err && p->text[p->at] && p->text[p->at] != '/';
	     skip_blanks(p))
		err = parse_field(p);
	if (!err && p->layer->end)
		err = p->layer->end(p);
	return err;
}

int pktcap_build_text(struct pktcap_build *build, const char *text,
		      struct pktcap_error *error)
{
	struct form_parser p = { .text = text,
				 .build = build,
				 .error = error,
				 .first = build->count };
	int err = build->status;

	if (err)
		return pktcap_build_error(build, error);
	for (;;) {
		skip_blanks(&p);
		err = parse_layer(&p);
		if (err || !p.text[p.at])
			break;
		p.at++;
	}
	return err;
}
