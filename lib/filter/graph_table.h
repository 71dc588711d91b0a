/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What value.c and graph.c share: where the values and nodes are found again.
 */
#ifndef FILTER_GRAPH_TABLE_H
#define FILTER_GRAPH_TABLE_H

#include "filter/graph.h"

struct filter_graph {
	struct arena *arena;
	struct filter_value **values; /* buckets */
	struct filter_node **buckets;
	struct filter_node **nodes;	 /* by id */
	uint32_t value_n, value_buckets; /* buckets: a power of two */
	uint32_t node_n, node_buckets;
	bool has_variables;
	bool has_costly; /* a value of more than one instruction */
	bool unsettled;	 /* there is a FILTER_KNOWN */
	const struct filter_node *best; /* filter_optimize() finds nothing */
	int error;
};

/* NULL and a sticky error if there is none left. */
void *filter_graph_take(struct filter_graph *g, size_t n);
/* The same with any contents. */
void *filter_graph_take_raw(struct filter_graph *g, size_t n);

static inline uint64_t filter_pair(uint32_t a, uint32_t b)
{
	return (uint64_t)a << 32 | b;
}

/* Mixes two numbers; good enough for the low bits to pick a bucket. */
static inline uint32_t filter_hash(uint64_t a, uint64_t b)
{
	uint64_t h = a * 0x9e3779b97f4a7c15u + (b + 1) * 0xc2b2ae3d27d4eb4fu;

	h = (h ^ h >> 32) * 0x9e3779b97f4a7c15u;
	return (uint32_t)(h >> 32);
}

/* All bits up to the highest that is set in @max. */
static inline uint32_t filter_ones(uint32_t max)
{
	return max ? UINT32_MAX >> __builtin_clz(max) : 0;
}

static inline bool filter_is_const(const struct filter_value *v)
{
	return v->kind == FILTER_VALUE_CONST;
}

/* Does it choose between two ways when the program runs? */
static inline bool filter_is_test(const struct filter_node *node)
{
	return node->compare < FILTER_RETURN;
}

/* Is the variable that is set here read behind? */
static inline bool filter_let_matters(const struct filter_node *let,
				      const struct filter_node *next)
{
	return let->b->variables & next->variables;
}

/* Of a leaf. */
static inline bool filter_is_reject(const struct filter_node *leaf)
{
	return leaf->a && filter_is_const(leaf->a) && !leaf->a->k;
}

/* The one node that is equal to @wanted, even if it goes one way only. */
const struct filter_node *filter_node_intern(struct filter_graph *g,
					     const struct filter_node *wanted);

bool filter_holds(uint32_t compare, uint32_t a, uint32_t b);

bool filter_commutes(uint32_t op);
/* A division that rejects every packet: of a constant 0. */
bool filter_divides_by_zero(const struct filter_value *v);
/* What one instruction puts into the index register. */
bool filter_loads_x(const struct filter_value *v);

#endif
