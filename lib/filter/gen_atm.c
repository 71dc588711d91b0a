// SPDX-License-Identifier: BSD-2-Clause
/*
 * ATM as SunATM captures it:
 *
 *  0: traffic in the low 4 bits: LANE or LLC
 *  1: path, 2: circuit
 *  4: LLC, or two bytes of LANE and an Ethernet frame; behind "lane" all is
 *     looked for in that frame
 */
#include "filter/gen.h"

#include <errno.h>
#include <linux/filter.h>
#include <string.h>

enum {
	TRAFFIC_MASK = 0x0f,
	TRAFFIC_LANE = 1,
	TRAFFIC_LLC = 2,
	LANE_AT = 4,
	LANE_CONTROL = 0xff00, /* no frame behind it */
	MESSAGE_AT = 9,
};

/* The circuits 0/N that have names. */
static const struct circuit {
	const char *word;
	uint8_t first, last;
	bool connects; /* with messages that connect */
} circuits[] = {
	{ "metac", 1, 1, false },      { "bcc", 2, 2, false },
	{ "oamf4sc", 3, 3, false },    { "oamf4ec", 4, 4, false },
	{ "oam", 3, 4, false },	       { "oamf4", 3, 4, false },
	{ "sc", 5, 5, false },	       { "ilmic", 16, 16, false },
	{ "metaconnect", 1, 1, true }, { "connectmsg", 5, 5, true },
};

static const struct filter_node *traffic(struct gen *g, uint32_t kind,
					 struct gen_ways w)
{
	return gen_equal_masked(g, 1, (struct gen_place){ 0 }, TRAFFIC_MASK,
				kind, w);
}

bool gen_is_atm(const struct gen *g)
{
	return g->opts->linktype == GEN_LINKTYPE_SUNATM;
}

const struct filter_node *gen_atm_llc(struct gen *g, struct gen_ways w)
{
	return traffic(g, TRAFFIC_LLC, w);
}

const struct filter_node *gen_lane_frame(struct gen *g, struct gen_ways w)
{
	return gen_equal(g, 2, (struct gen_place){ .offset = LANE_AT },
			 LANE_CONTROL, (struct gen_ways){ w.f, w.t });
}

/* Setup, call proceeding, connect, its acknowledgement, release, its end. */
static const struct filter_node *connects(struct gen *g, bool meta,
					  struct gen_ways w)
{
	static const uint8_t messages[] = {
		0x02, 0x05, 0x07, 0x4d, 0x5a, 0x0f
	};
	size_t n = sizeof(messages) - meta; /* meta signaling has none for it */

	for (size_t i = 0; i < n; i++)
		w.f = gen_equal(g, 1,
				(struct gen_place){ .offset = MESSAGE_AT },
				messages[i], w);
	return w.f;
}

const struct filter_node *gen_atm(struct gen *g, const struct ast *ast,
				  struct gen_ways w)
{
	const struct circuit *c = circuits;
	struct gen_place path = { .offset = 1 }, circuit = { .offset = 2 };

	if (!gen_is_atm(g))
		return gen_fail(g, -EOPNOTSUPP, "'%s' is for ATM only",
				ast->keyword);
	if (strcmp(ast->keyword, "lane") == 0)
		return traffic(g, TRAFFIC_LANE, w);
	while (strcmp(c->word, ast->keyword) != 0)
		c++;
	if (c->connects)
		w.t = connects(g, c->first == 1, w);
	if (c->first != c->last)
		w.t = gen_equal(
			g, 2, circuit, c->first,
			(struct gen_ways){
				w.t, gen_equal(g, 2, circuit, c->last, w) });
	else
		w.t = gen_equal(g, 2, circuit, c->first, w);
	return gen_equal(g, 1, path, 0, w);
}

const struct filter_node *gen_atm_field(struct gen *g, const struct ast *ast,
					struct gen_ways w)
{
	bool path = strcmp(ast->keyword, "vpi") == 0;
	struct gen_place place = { .offset = path ? 1 : 2 };
	const struct filter_value *value;

	if (!gen_is_atm(g))
		return gen_fail(g, -EOPNOTSUPP, "'%s' is for ATM only",
				ast->keyword);
	value = gen_load(g, path ? 1 : 2, place);
	for (const struct ast_operand *o = ast->operands; o; o = o->next)
		w.f = gen_compare_k(g, ast->compare, value, o->number, w);
	return w.f;
}
