// SPDX-License-Identifier: BSD-2-Clause
#include "filter/gen_set.h"

#include <errno.h>
#include <linux/if_ether.h>
#include <stdlib.h>
#include <string.h>

#include "filter/gen_dissect.h"

enum { WORDS = 4 };

/* --- collecting ----------------------------------------------------------- */
static bool add(struct gen *g, struct gen_items *to, struct gen_item item)
{
	if (to->n == to->room) {
		size_t room = to->room ? 2 * to->room : 64;
		struct gen_item *items =
			arena_take(g->arena, room * sizeof(*items));

		if (!items) {
			gen_fail(g, -ENOMEM, "no memory");
			return false;
		}
		if (to->n)
			memcpy(items, to->items, to->n * sizeof(*items));
		to->items = items;
		to->room = room;
	}
	to->items[to->n++] = item;
	return true;
}

static uint32_t word_of(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

/* The last word is a range where the prefix ends in it. */
static struct gen_item item_of(const uint32_t word[WORDS], uint32_t prefix)
{
	struct gen_item item = { .words = (prefix + 31) / 32 };

	for (uint32_t i = 0; i < item.words; i++)
		item.word[i] = word[i];
	if (item.words) {
		item.last = word[item.words - 1];
		if (prefix % 32)
			item.last |= UINT32_MAX >> prefix % 32;
	}
	return item;
}

bool gen_set_ipv4(struct gen *g, uint32_t address, uint32_t prefix)
{
	uint32_t word[WORDS] = { address };

	return add(g, &g->set->ipv4, item_of(word, prefix));
}

bool gen_set_ipv6(struct gen *g, const uint8_t address[16], uint32_t prefix)
{
	uint32_t word[WORDS];

	for (int i = 0; i < WORDS; i++)
		word[i] = word_of(address + 4 * i);
	return add(g, &g->set->ipv6, item_of(word, prefix));
}

/* The last four bytes first: they tell more. */
bool gen_set_ether(struct gen *g, const uint8_t mac[6])
{
	uint32_t word[WORDS] = { word_of(mac + 2),
				 (uint32_t)mac[0] << 8 | mac[1] };

	return add(g, &g->set->ether, item_of(word, 64));
}

/* Networks before what is in them. */
static int by_address(const void *a, const void *b)
{
	const struct gen_item *r = a, *s = b;

	for (int i = 0; i < WORDS; i++)
		if (r->word[i] != s->word[i])
			return r->word[i] > s->word[i] ? 1 : -1;
	if (r->words != s->words)
		return r->words > s->words ? 1 : -1;
	return (r->last < s->last) - (r->last > s->last);
}

static bool covers(const struct gen_item *net, const struct gen_item *item)
{
	uint32_t last = net->words - 1;

	if (!net->words)
		return true;
	if (item->words < net->words ||
	    memcmp(net->word, item->word, last * sizeof(net->word[0])) != 0)
		return false;
	return item->word[last] >= net->word[last] &&
	       item->word[last] <= net->last;
}

static void sort(struct gen_items *set)
{
	size_t kept = 0;

	if (set->n)
		qsort(set->items, set->n, sizeof(*set->items), by_address);
	for (size_t i = 0; i < set->n; i++)
		if (!kept || !covers(&set->items[kept - 1], &set->items[i]))
			set->items[kept++] = set->items[i];
	set->n = kept;
}

/* --- looking up ----------------------------------------------------------- */
struct lookup {
	struct gen *g;
	const struct filter_value *values[WORDS];
	struct gen_ways w;
};

static const struct filter_node *look(const struct lookup *l,
				      const struct gen_item *items, size_t n,
				      uint32_t depth);

/* All items with the same word, from @i on; *@end is behind them. */
static struct filter_arm arm(const struct lookup *l,
			     const struct gen_item *items, size_t n, size_t i,
			     uint32_t depth, size_t *end)
{
	uint32_t word = items[i].word[depth];
	struct filter_arm arm = { { word, items[i].last }, l->w.t };

	*end = i + 1;
	if (items[i].words == depth + 1)
		return arm;
	while (*end < n && items[*end].word[depth] == word)
		++*end;
	arm.range.last = word;
	arm.t = look(l, items + i, *end - i, depth + 1);
	return arm;
}

/* A tree over one word. Recursion no deeper than the words are. */
static const struct filter_node *look(const struct lookup *l,
				      const struct gen_item *items, size_t n,
				      uint32_t depth)
{
	struct filter_arm *arms;
	size_t kept = 0;

	if (n && !items[0].words)
		return l->w.t;
	arms = arena_take(l->g->arena, (n + 1) * sizeof(*arms));
	if (!arms)
		return gen_fail(l->g, -ENOMEM, "no memory");
	for (size_t i = 0; i < n;) {
		struct filter_arm next = arm(l, items, n, i, depth, &i);

		if (kept && arms[kept - 1].t == next.t &&
		    arms[kept - 1].range.last + 1 == next.range.first)
			arms[kept - 1].range.last = next.range.last;
		else
			arms[kept++] = next;
	}
	return filter_switch(l->g->graph, l->values[depth], arms, kept, l->w.f);
}

static const struct filter_node *compare_ipv6(struct gen *g, enum gen_end end,
					      const void *with,
					      struct gen_ways w)
{
	const struct gen_items *set = with;
	struct gen_place place =
		gen_behind(gen_network(g), end == GEN_SOURCE ? 8 : 24);
	struct lookup l = { .g = g, .w = w };

	for (uint32_t i = 0; i < WORDS; i++)
		l.values[i] = gen_load(g, 4, gen_behind(place, 4 * i));
	return look(&l, set->items, set->n, 0);
}

static const struct filter_node *compare_ether(struct gen *g,
					       struct gen_place place,
					       const void *with,
					       struct gen_ways w)
{
	const struct gen_items *set = with;
	struct lookup l = {
		.g = g,
		.values = { gen_load(g, 4, gen_behind(place, 2)),
			    gen_load(g, 2, place) },
		.w = w,
	};

	return look(&l, set->items, set->n, 0);
}

/* --- IPv4 ----------------------------------------------------------------- */
/*
 * An address of IP and of ARP is in one variable, so that one tree serves all.
 */
static const struct filter_node *let_address(struct gen *g, enum gen_end end,
					     bool arp,
					     const struct filter_node *next)
{
	static const uint32_t at[2][2] = { { 12, 16 }, { 14, 24 } };
	struct gen_place place =
		gen_behind(gen_network(g), at[arp][end == GEN_DESTINATION]);

	return gen_let(g, end == GEN_SOURCE ? GEN_FROM : GEN_TO,
		       gen_load(g, 4, place), next);
}

static const struct filter_node *tree_of(struct gen *g, enum gen_end end,
					 const struct gen_items *set,
					 struct gen_ways w)
{
	struct lookup l = { .g = g, .w = w };

	l.values[0] = gen_variable(g, end == GEN_SOURCE ? GEN_FROM : GEN_TO);
	return look(&l, set->items, set->n, 0);
}

/* @next, with the address, where the packet has one. */
static const struct filter_node *any_family(struct gen *g, uint32_t proto,
					    enum gen_end end,
					    const struct filter_node *next,
					    const struct filter_node *f)
{
	struct gen_ways arp = { let_address(g, end, true, next), f };

	if (proto == AST_PROTO_NONE || proto == AST_PROTO_RARP)
		f = arp.f = gen_carries(g, ETH_P_RARP, arp);
	if (proto == AST_PROTO_NONE || proto == AST_PROTO_ARP)
		f = gen_carries(g, ETH_P_ARP, arp);
	if (proto == AST_PROTO_NONE || proto == AST_PROTO_IP)
		f = gen_carries(g, ETH_P_IP,
				(struct gen_ways){
					let_address(g, end, false, next), f });
	return f;
}

/* The other address, of a packet that has one. */
static const struct filter_node *other_end(struct gen *g, uint32_t proto,
					   const struct filter_node *next)
{
	struct gen_ways w = { let_address(g, GEN_DESTINATION, false, next),
			      let_address(g, GEN_DESTINATION, true, next) };

	if (proto == AST_PROTO_NONE)
		return gen_carries(g, ETH_P_IP, w);
	return proto == AST_PROTO_IP ? w.t : w.f;
}

static const struct filter_node *look_up_ipv4(struct gen *g,
					      const struct ast *ast,
					      const struct gen_items *set,
					      struct gen_ways w)
{
	const struct filter_node *other;
	enum gen_end end = GEN_SOURCE;
	struct gen_ways in = w;

	if (ast->dir == AST_DIR_DST)
		end = GEN_DESTINATION;
	else if (ast->dir > AST_DIR_SRC_AND_DST)
		return gen_fail(g, -EINVAL,
				"'%s' is for addresses of 802.11 only",
				filter_dir_name(ast->dir));
	if (ast->dir != AST_DIR_SRC && ast->dir != AST_DIR_DST) {
		other = tree_of(g, GEN_DESTINATION, set, w);
		other = other_end(g, ast->proto, other);
		if (ast->dir == AST_DIR_SRC_AND_DST)
			in.t = other;
		else
			in.f = other;
	}
	return any_family(g, ast->proto, end, tree_of(g, end, set, in), w.f);
}

const struct filter_node *gen_look_up(struct gen *g, const struct ast *ast,
				      struct gen_set *set, struct gen_ways w)
{
	struct gen_ways in = w;

	sort(&set->ipv4);
	sort(&set->ipv6);
	sort(&set->ether);
	if (set->ether.n)
		in.f = w.f = gen_ether_ask(g, ast->dir, compare_ether,
					   &set->ether, w);
	if (set->ipv6.n) {
		in.t = gen_direction(g, ast->dir, compare_ipv6, &set->ipv6, w);
		in.f = w.f = gen_carries(g, ETH_P_IPV6, in);
	}
	return set->ipv4.n ? look_up_ipv4(g, ast, &set->ipv4, w) : w.f;
}
