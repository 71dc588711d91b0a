// SPDX-License-Identifier: BSD-2-Clause
/* What somebody may have meant who wrote a name that does not exist. */
#include "build/form.h"

#include <strings.h>

enum { NAME_MAX_LEN = 24, DISTANCE_MAX = 2 };

/* The best name so far. */
struct similar {
	struct form_word word;
	const char *best;
	size_t distance;
	size_t header_len; /* what fields are looked for in */
	bool values;	   /* names are those of values */
};

static bool same(struct form_word word, size_t i, const char *name, size_t j)
{
	return strncasecmp(word.p + i, name + j, 1) == 0;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to insert, leave out, change or swap with the next one, counted up to
 * DISTANCE_MAX + 1. */
static size_t distance(struct form_word word, const char *name)
{
	size_t len = strlen(name), rows[3][NAME_MAX_LEN + 1];
	size_t *row = rows[0], *above, *second;

	if (word.len > NAME_MAX_LEN || len > NAME_MAX_LEN)
		return DISTANCE_MAX + 1;
	for (size_t j = 0; j <= len; j++)
		row[j] = j;
	for (size_t i = 1; i <= word.len; i++) {
		row = rows[i % 3];
		above = rows[(i - 1) % 3];
		second = rows[(i + 1) % 3]; /* above */
		row[0] = i;
		for (size_t j = 1; j <= len; j++) {
			row[j] = above[j - 1] + !same(word, i - 1, name, j - 1);
			row[j] = smaller(row[j], above[j] + 1);
			row[j] = smaller(row[j], row[j - 1] + 1);
			if (i > 1 && j > 1 && same(word, i - 1, name, j - 2) &&
			    same(word, i - 2, name, j - 1))
				row[j] = smaller(row[j], second[j - 2] + 1);
		}
	}
	return row[len];
}

/* The first word of a name of several: "dst" of "dst_port"; or the other way
 * round, but for values: "IPv6-ICMP" is another one than "IPv6". */
static bool begins(const struct similar *similar, const char *name)
{
	const struct form_word *word = &similar->word;
	size_t len = strlen(name), least = len < word->len ? len : word->len;

	if (least < 3 || len == word->len ||
	    (similar->values && len == least) ||
	    strncasecmp(word->p, name, least) != 0)
		return false;
	return strchr("_ -", len > least ? name[least] : word->p[least]);
}

static void consider(struct similar *similar, const char *name)
{
	size_t n = begins(similar, name) ? 1 : distance(similar->word, name);

	/* Short names are easily alike. */
	if (n > DISTANCE_MAX || n > (strlen(name) + 1) / 3)
		return;
	/* Of two, the one that begins as the word does. */
	n = 2 * n + (n && strncasecmp(similar->word.p, name, 1) != 0);
	if (n < similar->distance) {
		similar->best = name;
		similar->distance = n;
	}
}

const char *form_similar_layer(struct form_word word)
{
	struct similar similar = { .word = word, .distance = SIZE_MAX };
	const struct form_layer *layer;
	const char *name;

	for (size_t i = 0; (layer = form_layer_at(i)); i++)
		for (size_t j = 0; (name = form_layer_name(layer, j)); j++)
			consider(&similar, name);
	return similar.best;
}

const char *form_similar_label(const struct label *labels,
			       struct form_word word)
{
	struct similar similar = {
		.word = word,
		.distance = SIZE_MAX,
		.values = true,
	};

	for (; labels && labels->name; labels++)
		consider(&similar, labels->name);
	return similar.best;
}

static int consider_field(void *arg, const struct pktcap_field *field)
{
	struct similar *similar = arg;

	if (form_is_settable(field, similar->header_len))
		consider(similar, field->name);
	return 0;
}

/* Short names of fields that the header has. */
static void consider_short(struct similar *similar, struct form_parser *p,
			   const struct form_field *field)
{
	for (; field && field->name; field++)
		if (form_has_field(p,
				   field->field ? field->field : field->name))
			consider(similar, field->name);
}

const char *form_similar_field(struct form_parser *p, struct form_word word)
{
	struct similar similar = { .word = word, .distance = SIZE_MAX };
	const struct form_special *special = p->layer->specials;

	for (; special && special->name; special++)
		consider(&similar, special->name);
	if (!p->layer->writer)
		return similar.best;
	consider_short(&similar, p, p->layer->fields);
	consider_short(&similar, p, form_common_fields);
	similar.header_len = form_len(p);
	form_walk(p, consider_field, &similar);
	return similar.best;
}
