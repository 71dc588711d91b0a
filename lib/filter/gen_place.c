// SPDX-License-Identifier: BSD-2-Clause
/* Bytes of the packet and comparisons with them. */
#include "filter/gen.h"

#include <errno.h>
#include <linux/filter.h>

#include "base/error.h"

struct gen_place gen_behind(struct gen_place place, uint32_t bytes)
{
	place.offset += bytes;
	return place;
}

struct gen_place gen_moved(struct gen *g, struct gen_place place,
			   const struct filter_value *bytes)
{
	place.base = place.base
			     ? filter_alu(g->graph, BPF_ADD, place.base, bytes)
			     : bytes;
	return place;
}

struct gen_place gen_network(const struct gen *g)
{
	return gen_behind(g->layer->payload, g->layer->network);
}

const struct filter_value *gen_ip_length(struct gen *g,
					 struct gen_place network)
{
	if (!network.base)
		return filter_header(g->graph,
				     network.offset -
					     (g->tagged ? GEN_TAG_LEN : 0));
	return gen_alu_k(g, BPF_LSH,
			 gen_alu_k(g, BPF_AND, gen_load(g, 1, network), 15), 2);
}

struct gen_place gen_behind_ip(struct gen *g, struct gen_place network)
{
	return gen_moved(g, network, gen_ip_length(g, network));
}

const struct filter_value *gen_alu_k(struct gen *g, uint32_t op,
				     const struct filter_value *a, uint32_t k)
{
	return filter_alu(g->graph, op, a, filter_const(g->graph, k));
}

const struct filter_value *gen_ancillary(struct gen *g, uint32_t number)
{
	return filter_load(g->graph, 4, (uint32_t)SKF_AD_OFF + number);
}

/* The tag's four bytes count, as they do in a file. */
const struct filter_value *gen_length(struct gen *g)
{
	const struct filter_value *length = filter_length(g->graph);

	return g->tagged ? gen_alu_k(g, BPF_ADD, length, GEN_TAG_LEN) : length;
}

const struct filter_value *gen_load(struct gen *g, uint32_t size,
				    struct gen_place place)
{
	if (place.base)
		return filter_load_at(g->graph, size, place.base,
				      place.offset - (g->tagged && !place.found
							      ? GEN_TAG_LEN
							      : 0));
	/* No byte of any packet, and what the kernel has there is not meant. */
	if (place.offset >= (uint32_t)SKF_AD_OFF)
		return filter_load(g->graph, size, FILTER_NOWHERE);
	if (g->tagged && !place.found)
		return gen_tagged_load(g, size, place.offset);
	return filter_load(g->graph, size, place.offset);
}

const struct filter_value *gen_type(struct gen *g)
{
	return g->layer->protocol ? g->layer->protocol
				  : gen_load(g, 2, g->layer->type);
}

const struct filter_node *gen_equal(struct gen *g, uint32_t size,
				    struct gen_place place, uint32_t k,
				    struct gen_ways w)
{
	return filter_test_k(g->graph, FILTER_EQ, gen_load(g, size, place), k,
			     w.t, w.f);
}

const struct filter_node *gen_equal_masked(struct gen *g, uint32_t size,
					   struct gen_place place,
					   uint32_t mask, uint32_t k,
					   struct gen_ways w)
{
	const struct filter_value *value = gen_load(g, size, place);

	return filter_test_k(g->graph, FILTER_EQ,
			     gen_alu_k(g, BPF_AND, value, mask), k, w.t, w.f);
}

const struct filter_node *gen_bits(struct gen *g, uint32_t size,
				   struct gen_place place, uint32_t mask,
				   struct gen_ways w)
{
	return filter_test_k(g->graph, FILTER_SET, gen_load(g, size, place),
			     mask, w.t, w.f);
}

/* The last four bytes first: they tell more. */
const struct filter_node *gen_mac(struct gen *g, struct gen_place place,
				  const uint8_t mac[6], struct gen_ways w)
{
	uint32_t high = (uint32_t)mac[0] << 8 | mac[1];
	uint32_t low = (uint32_t)mac[2] << 24 | (uint32_t)mac[3] << 16 |
		       (uint32_t)mac[4] << 8 | mac[5];

	w.t = gen_equal(g, 2, place, high, w);
	return gen_equal(g, 4, gen_behind(place, 2), low, w);
}

const struct filter_node *gen_direction(struct gen *g, uint32_t dir,
					gen_compare_fn compare,
					const void *with, struct gen_ways w)
{
	switch (dir) {
	case AST_DIR_SRC:
		return compare(g, GEN_SOURCE, with, w);
	case AST_DIR_DST:
		return compare(g, GEN_DESTINATION, with, w);
	case AST_DIR_NONE:
	case AST_DIR_SRC_OR_DST:
		w.f = compare(g, GEN_DESTINATION, with, w);
		return compare(g, GEN_SOURCE, with, w);
	case AST_DIR_SRC_AND_DST:
		w.t = compare(g, GEN_DESTINATION, with, w);
		return compare(g, GEN_SOURCE, with, w);
	default:
		return gen_fail(g, -EINVAL,
				"'%s' is for addresses of 802.11 only",
				filter_dir_name(dir));
	}
}
