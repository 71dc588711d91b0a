// SPDX-License-Identifier: BSD-2-Clause
#include "filter/graph_table.h"

#include <errno.h>
#include <linux/filter.h>

#include "bpf/compute.h"

enum { FIRST_BUCKETS = 64 };

static uint32_t hash_of(const struct filter_value *v)
{
	uint32_t what =
		(uint32_t)v->kind << 16 | (uint32_t)v->size << 8 | v->op;

	return filter_hash(filter_pair(what, v->k),
			   filter_pair(v->a ? v->a->id : UINT32_MAX,
				       v->b ? v->b->id : UINT32_MAX));
}

static bool equal(const struct filter_value *v, const struct filter_value *w)
{
	return v->kind == w->kind && v->k == w->k && v->size == w->size &&
	       v->op == w->op && v->a == w->a && v->b == w->b;
}

static bool grow(struct filter_graph *g)
{
	uint32_t n = g->value_buckets ? g->value_buckets * 2 : FIRST_BUCKETS;
	struct filter_value **to =
		filter_graph_take(g, n * sizeof(struct filter_value *));

	if (!to)
		return false;
	for (uint32_t i = 0; i < g->value_buckets; i++) {
		struct filter_value *v = g->values[i];

		while (v) {
			struct filter_value *next = v->next;
			uint32_t at = hash_of(v) & (n - 1);

			v->next = to[at];
			to[at] = v;
			v = next;
		}
	}
	g->values = to;
	g->value_buckets = n;
	return true;
}

/* The one value that is equal to @wanted. */
static const struct filter_value *intern(struct filter_graph *g,
					 const struct filter_value *wanted)
{
	struct filter_value *v;
	uint32_t at;

	if (g->error)
		return NULL;
	if (g->value_n == g->value_buckets && !grow(g))
		return NULL;
	at = hash_of(wanted) & (g->value_buckets - 1);
	for (v = g->values[at]; v; v = v->next)
		if (equal(v, wanted))
			return v;
	if (g->value_n == FILTER_GRAPH_MAX) {
		g->error = -E2BIG;
		return NULL;
	}
	v = filter_graph_take_raw(g, sizeof(*v));
	if (!v)
		return NULL;
	*v = *wanted;
	v->id = g->value_n++;
	g->has_costly |= v->cost > 1;
	if (v->a)
		v->variables |= v->a->variables;
	if (v->b)
		v->variables |= v->b->variables;
	v->next = g->values[at];
	g->values[at] = v;
	return v;
}

const struct filter_value *filter_const(struct filter_graph *g, uint32_t k)
{
	return intern(g, &(struct filter_value){ .kind = FILTER_VALUE_CONST,
						 .spares_x = true,
						 .k = k,
						 .max = k,
						 .cost = 1 });
}

static uint32_t max_of_size(uint32_t size)
{
	return UINT32_MAX >> (32 - 8 * size);
}

const struct filter_value *filter_load(struct filter_graph *g, uint32_t size,
				       uint32_t offset)
{
	struct filter_value v = { .kind = FILTER_VALUE_LOAD,
				  .spares_x = true,
				  .size = (uint8_t)size,
				  .k = offset,
				  .max = max_of_size(size),
				  .cost = 1 };

	/* Ancillary values are whole words, whatever size is asked for. */
	if (offset > INT32_MAX)
		v.max = UINT32_MAX;
	return intern(g, &v);
}

/* Nothing in an ancillary region becomes an offset, or the other way round. */
static bool adds_up(uint32_t offset, uint32_t addend, uint32_t *sum)
{
	*sum = offset + addend;
	return offset <= INT32_MAX && *sum <= INT32_MAX;
}

static bool is_alu_k(const struct filter_value *v, uint32_t op)
{
	return v->kind == FILTER_VALUE_ALU && v->op == op &&
	       filter_is_const(v->b);
}

static uint16_t height_over(const struct filter_value *a)
{
	return a->height < UINT16_MAX ? (uint16_t)(a->height + 1) : UINT16_MAX;
}

static uint32_t saturated(uint64_t n)
{
	return n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
}

const struct filter_value *filter_load_at(struct filter_graph *g, uint32_t size,
					  const struct filter_value *base,
					  uint32_t offset)
{
	uint32_t sum;

	if (g->error || !base)
		return NULL;
	if (filter_is_const(base) && base->k <= INT32_MAX &&
	    adds_up(offset, base->k, &sum))
		return filter_load(g, size, sum);
	if (is_alu_k(base, BPF_ADD) && adds_up(offset, base->b->k, &sum))
		return filter_load_at(g, size, base->a, sum);
	return intern(g, &(struct filter_value){
				 .kind = FILTER_VALUE_LOAD_AT,
				 .size = (uint8_t)size,
				 .a = base,
				 .k = offset,
				 .max = max_of_size(size),
				 .depth = base->depth,
				 .height = height_over(base),
				 .cost = saturated(1ull + base->cost) });
}

const struct filter_value *filter_header(struct filter_graph *g,
					 uint32_t offset)
{
	return intern(g, &(struct filter_value){ .kind = FILTER_VALUE_HEADER,
						 .k = offset,
						 .max = 60,
						 .cost = 1 });
}

const struct filter_value *filter_length(struct filter_graph *g)
{
	return intern(g, &(struct filter_value){ .kind = FILTER_VALUE_LENGTH,
						 .spares_x = true,
						 .max = UINT32_MAX,
						 .cost = 1 });
}

const struct filter_value *filter_variable(struct filter_graph *g, uint32_t k)
{
	g->has_variables = true;
	return intern(g, &(struct filter_value){ .kind = FILTER_VALUE_VARIABLE,
						 .variables = UINT64_C(1) << k,
						 .spares_x = true,
						 .k = k,
						 .max = UINT32_MAX,
						 .cost = 1 });
}

const struct filter_value *filter_neg(struct filter_graph *g,
				      const struct filter_value *a)
{
	if (g->error || !a)
		return NULL;
	if (filter_is_const(a))
		return filter_const(g, -a->k);
	if (a->kind == FILTER_VALUE_NEG)
		return a->a;
	return intern(
		g, &(struct filter_value){ .kind = FILTER_VALUE_NEG,
					   .spares_x = a->spares_x,
					   .a = a,
					   .max = UINT32_MAX,
					   .depth = a->depth,
					   .height = height_over(a),
					   .cost = saturated(1ull + a->cost) });
}

static uint64_t max_of(uint32_t op, const struct filter_value *a,
		       const struct filter_value *b)
{
	uint64_t am = a->max, bm = b->max;

	switch (op) {
	case BPF_ADD:
		return am + bm;
	case BPF_MUL:
		return am * bm;
	case BPF_AND:
		return am < bm ? am : bm;
	case BPF_OR:
	case BPF_XOR:
		return filter_ones(a->max | b->max);
	case BPF_DIV:
		return filter_is_const(b) && b->k ? am / b->k : am;
	case BPF_MOD: /* by a value up to bm, or not at all */
		return bm && bm - 1 < am ? bm - 1 : am;
	case BPF_LSH:
		return filter_is_const(b) ? am << b->k : UINT64_MAX;
	case BPF_RSH:
		return filter_is_const(b) ? am >> b->k : am;
	default:
		return UINT64_MAX;
	}
}

bool filter_commutes(uint32_t op)
{
	return op == BPF_ADD || op == BPF_MUL || op == BPF_AND ||
	       op == BPF_OR || op == BPF_XOR;
}

bool filter_divides_by_zero(const struct filter_value *v)
{
	return v->kind == FILTER_VALUE_ALU &&
	       (v->op == BPF_DIV || v->op == BPF_MOD) &&
	       filter_is_const(v->b) && !v->b->k;
}

/* What one instruction puts into the index register. */
bool filter_loads_x(const struct filter_value *v)
{
	return v->kind == FILTER_VALUE_CONST ||
	       v->kind == FILTER_VALUE_HEADER ||
	       v->kind == FILTER_VALUE_LENGTH ||
	       v->kind == FILTER_VALUE_VARIABLE;
}

/* Scratch words to have @a and @b in the two registers at once. */
static uint32_t pair_depth(const struct filter_value *a,
			   const struct filter_value *b, bool commutes)
{
	uint32_t more = a->depth > b->depth ? a->depth : b->depth;

	if (a->spares_x || filter_loads_x(b))
		return more;
	if (commutes && (b->spares_x || filter_loads_x(a)))
		return more;
	return a->depth == b->depth ? more + 1u : more;
}

static const struct filter_value *alu(struct filter_graph *g, uint32_t op,
				      const struct filter_value *a,
				      const struct filter_value *b)
{
	const struct filter_value *taller = a->height > b->height ? a : b;
	struct filter_value v = { .kind = FILTER_VALUE_ALU,
				  .op = (uint8_t)op,
				  .a = a,
				  .b = b,
				  .height = height_over(taller) };
	uint64_t max = max_of(op, a, b);
	uint32_t depth = pair_depth(a, b, filter_commutes(op));
	bool immediate = filter_is_const(b) && !filter_divides_by_zero(&v);

	v.max = max < UINT32_MAX ? (uint32_t)max : UINT32_MAX;
	v.depth = (uint8_t)(depth < UINT8_MAX ? depth : UINT8_MAX);
	if (immediate)
		v.depth = a->depth;
	v.spares_x = immediate && a->spares_x;
	v.cost = saturated(1ull + a->cost + (immediate ? 0 : b->cost));
	return intern(g, &v);
}

static const struct filter_value *alu_constant(struct filter_graph *g,
					       uint32_t op,
					       const struct filter_value *a,
					       uint32_t k)
{
	const struct filter_value *b = filter_const(g, k);

	return b ? alu(g, op, a, b) : NULL;
}

/* The exponent of constants that are powers of two, or -1. */
static int log2_of(uint32_t k)
{
	return k && !(k & (k - 1)) ? __builtin_ctz(k) : -1;
}

/* (a op k1) op k2, for operators where that is a op k3. */
static bool combines(uint32_t op, uint32_t k1, uint32_t k2, uint32_t *k3)
{
	if (op == BPF_LSH || op == BPF_RSH) {
		*k3 = k1 + k2;
		return *k3 < 32;
	}
	*k3 = bpf_compute(op, k1, k2);
	return filter_commutes(op);
}

/* Nothing changes; @k is no division by zero. */
static bool is_neutral(uint32_t op, const struct filter_value *a, uint32_t k)
{
	switch (op) {
	case BPF_MUL:
	case BPF_DIV:
		return k == 1;
	case BPF_AND:
		return (filter_ones(a->max) & ~k) == 0;
	case BPF_MOD:
		return k > a->max;
	default:
		return k == 0;
	}
}

/* 4 * (byte & 15) is one instruction, if it is for the index register. */
static bool is_header_length(uint32_t op, const struct filter_value *a,
			     uint32_t k)
{
	return op == BPF_LSH && k == 2 && is_alu_k(a, BPF_AND) &&
	       a->b->k == 15 && a->a->kind == FILTER_VALUE_LOAD &&
	       a->a->size == 1 && a->a->k <= INT32_MAX;
}

static const struct filter_value *alu_k(struct filter_graph *g, uint32_t op,
					const struct filter_value *a,
					uint32_t k)
{
	uint32_t combined;

	if (op == BPF_SUB) {
		op = BPF_ADD;
		k = -k;
	} else if (op == BPF_LSH || op == BPF_RSH) {
		k &= 31;
	} else if (op == BPF_MUL && log2_of(k) >= 0) {
		op = BPF_LSH;
		k = (uint32_t)log2_of(k);
	} else if (op == BPF_DIV && log2_of(k) >= 0) {
		op = BPF_RSH;
		k = (uint32_t)log2_of(k);
	} else if (op == BPF_MOD && log2_of(k) >= 0) {
		op = BPF_AND;
		k--;
	}
	if (!k && (op == BPF_DIV || op == BPF_MOD))
		return alu_constant(g, op, a, k);
	if (!k && (op == BPF_MUL || op == BPF_AND))
		return filter_const(g, 0);
	if (filter_is_const(a))
		return filter_const(g, bpf_compute(op, a->k, k));
	if (is_neutral(op, a, k))
		return a;
	if (is_header_length(op, a, k))
		return filter_header(g, a->a->k);
	if (is_alu_k(a, op) && combines(op, a->b->k, k, &combined))
		return alu_k(g, op, a->a, combined);
	return alu_constant(g, op, a, k);
}

const struct filter_value *filter_alu(struct filter_graph *g, uint32_t op,
				      const struct filter_value *a,
				      const struct filter_value *b)
{
	if (g->error || !a || !b)
		return NULL;
	if (filter_is_const(b))
		return alu_k(g, op, a, b->k);
	if (filter_is_const(a) && filter_commutes(op))
		return alu_k(g, op, b, a->k);
	if (a == b && (op == BPF_AND || op == BPF_OR))
		return a;
	/* Equal ones are found in either order. */
	if (filter_commutes(op) && a->id > b->id)
		return alu(g, op, b, a);
	return alu(g, op, a, b);
}
