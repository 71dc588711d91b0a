/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sets of addresses: collected first, then looked up by balanced trees, however
 * many there are.
 */
#ifndef FILTER_GEN_SET_H
#define FILTER_GEN_SET_H

#include "filter/gen.h"

/* An address or a network, as words of 32 bits from the one that is looked at
 * first. The last one is a range. */
struct gen_item {
	uint32_t word[4];
	uint32_t last;
	uint32_t words;
};

struct gen_items {
	struct gen_item *items;
	size_t n, room;
};

struct gen_set {
	struct gen_items ipv4, ipv6, ether;
};

/* False with g->status. @prefix bits of the address count. */
bool gen_set_ipv4(struct gen *g, uint32_t address, uint32_t prefix);
bool gen_set_ipv6(struct gen *g, const uint8_t address[16], uint32_t prefix);
bool gen_set_ether(struct gen *g, const uint8_t mac[6]);

/* All that was collected in @set, for the directions and protocols of @ast. */
const struct filter_node *gen_look_up(struct gen *g, const struct ast *ast,
				      struct gen_set *set, struct gen_ways w);

#endif
