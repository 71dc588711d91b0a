// SPDX-License-Identifier: BSD-2-Clause
/*
 * SS7: signal units of MTP level 2, by their length indicator, and fields of
 * MTP level 3 behind it. Words with an h are for links of high speed, whose
 * sequence numbers and length are longer.
 */
#include "filter/gen.h"

#include <errno.h>
#include <linux/filter.h>
#include <string.h>

enum {
	LENGTH_AT = 2,
	LENGTH_MASK = 0x3f,
	HIGH_LENGTH_AT = 4,
	HIGH_LENGTH_MASK = 0xff80,
	HIGH_MORE = 3,	   /* bytes before level 3 */
	PSEUDO_HEADER = 4, /* before level 2 */
};

/* Fill-in units hold nothing, link status units one byte or two. */
static const struct unit {
	const char *word;
	uint8_t least, most; /* bytes, 0 for any number */
	bool high;
} units[] = {
	{ "fisu", 0, 0, false }, { "lssu", 1, 2, false },
	{ "lsu", 1, 2, false },	 { "msu", 3, 0, false },
	{ "hfisu", 0, 0, true }, { "hlssu", 1, 2, true },
	{ "hmsu", 3, 0, true },
};

static const struct field {
	const char *word;
	uint8_t offset, size;
	uint32_t mask, max;
} fields[] = {
	{ "sio", 3, 1, 0xff, 255 },
	{ "opc", 4, 4, 0x00c0ff0f, 16383 },
	{ "dpc", 4, 4, 0xff3f0000, 16383 },
	{ "sls", 7, 1, 0xf0, 15 },
};

/* Where level 2 begins; false if there is none. */
static bool level_2(const struct gen *g, uint32_t *at)
{
	*at = g->opts->linktype == GEN_LINKTYPE_MTP2_WITH_PHDR ? PSEUDO_HEADER
							       : 0;
	return *at || g->opts->linktype == GEN_LINKTYPE_MTP2;
}

static const struct filter_node *fail_link(struct gen *g, const struct ast *ast)
{
	return gen_fail(g, -EOPNOTSUPP, "'%s' is for SS7 (MTP2) only",
			ast->keyword);
}

const struct filter_node *gen_mtp2(struct gen *g, const struct ast *ast,
				   struct gen_ways w)
{
	const struct unit *unit = units;
	const struct filter_value *length;
	struct gen_place place = { 0 };
	uint32_t step;

	if (!level_2(g, &place.offset))
		return fail_link(g, ast);
	while (strcmp(unit->word, ast->keyword) != 0)
		unit++;
	place.offset += unit->high ? HIGH_LENGTH_AT : LENGTH_AT;
	length = gen_load(g, unit->high ? 2 : 1, place);
	length = gen_alu_k(g, BPF_AND, length,
			   unit->high ? HIGH_LENGTH_MASK : LENGTH_MASK);
	step = unit->high ? 0x80 : 1;
	if (!unit->least)
		return filter_test_k(g->graph, FILTER_EQ, length, 0, w.t, w.f);
	if (unit->most)
		w.t = filter_test_k(g->graph, FILTER_GT, length,
				    unit->most * step, w.f, w.t);
	return filter_test_k(g->graph, FILTER_GT, length,
			     (unit->least - 1u) * step, w.t, w.f);
}

/* The bits of @number where level 3 has them. */
static uint32_t placed(const struct field *field, uint32_t number)
{
	switch (field->word[0]) {
	case 'o':
		return (number & 0x3c00) >> 10 | (number & 0x3fc) << 6 |
		       (number & 3) << 22;
	case 'd':
		return (number & 0xff) << 24 | (number & 0x3f00) << 8;
	default:
		return field->mask == 0xf0 ? number << 4 : number;
	}
}

const struct filter_node *gen_mtp3(struct gen *g, const struct ast *ast,
				   struct gen_ways w)
{
	const struct field *field = fields;
	bool high = ast->keyword[0] == 'h';
	const struct filter_value *value;
	struct gen_place place = { 0 };

	if (!level_2(g, &place.offset))
		return fail_link(g, ast);
	while (strcmp(field->word, ast->keyword + high) != 0)
		field++;
	place.offset += field->offset + (high ? HIGH_MORE : 0u);
	value = gen_load(g, field->size, place);
	value = gen_alu_k(g, BPF_AND, value, field->mask);
	for (const struct ast_operand *o = ast->operands; o; o = o->next) {
		if (o->number > field->max)
			return gen_fail_at(g, o->offset, -EINVAL,
					   "%u is greater than %u, the most "
					   "there can be",
					   o->number, field->max);
		w.f = gen_compare_k(g, ast->compare, value,
				    placed(field, o->number), w);
	}
	return w.f;
}
