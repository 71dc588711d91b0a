/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a graph of decisions means, apart from any program; random graphs and
 * packets; and whether programs decide like that. For tests of the inside,
 * each of which has its own.
 */
#ifndef UNIT_GRAPHS_H
#define UNIT_GRAPHS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <linux/filter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter/graph.h"

#define KEEP 262144u
#define MEMORY ((size_t)512 << 20)

enum {
	VALUES = 14,
	NODES = 40,
	VARIABLES = 6,
	PACKETS = 48,
	BYTES = 48,
};

/* --- what a graph means, word for word ----------------------------------- */
/* What one packet has put into the variables. */
struct memory {
	uint32_t values[FILTER_VARIABLES];
	uint32_t set; /* a bit for each */
};

/* Returns false if the packet is rejected for it. */
static inline bool compute(uint32_t op, uint32_t a, uint32_t b, uint32_t *out)
{
	switch (op) {
	case BPF_ADD:
		*out = a + b;
		return true;
	case BPF_SUB:
		*out = a - b;
		return true;
	case BPF_MUL:
		*out = a * b;
		return true;
	case BPF_DIV:
		*out = b ? a / b : 0;
		return b != 0;
	case BPF_MOD:
		*out = b ? a % b : 0;
		return b != 0;
	case BPF_AND:
		*out = a & b;
		return true;
	case BPF_OR:
		*out = a | b;
		return true;
	case BPF_XOR:
		*out = a ^ b;
		return true;
	case BPF_LSH:
		*out = a << (b & 31);
		return true;
	default:
		*out = a >> (b & 31);
		return true;
	}
}

static inline bool evaluate_with(const struct filter_value *v,
				 const struct memory *memory,
				 const struct pktcap_packet *pkt, uint32_t *out)
{
	uint32_t a = 0, b = 0;
	uint64_t at = v->k;

	if (v->a && !evaluate_with(v->a, memory, pkt, &a))
		return false;
	if (v->b && !evaluate_with(v->b, memory, pkt, &b))
		return false;
	switch (v->kind) {
	case FILTER_VALUE_CONST:
		*out = v->k;
		return true;
	case FILTER_VALUE_LENGTH:
		*out = pkt->wirelen;
		return true;
	case FILTER_VALUE_VARIABLE:
		assert_true(memory->set >> v->k & 1);
		*out = memory->values[v->k];
		return true;
	case FILTER_VALUE_NEG:
		*out = -a;
		return true;
	case FILTER_VALUE_LOAD_AT:
		at = a + v->k;
		/* fall through */
	case FILTER_VALUE_LOAD:
	case FILTER_VALUE_HEADER:
		*out = 0;
		at = (uint32_t)at;
		if (at >= (uint32_t)SKF_LL_OFF && at < (uint32_t)SKF_NET_OFF)
			at -= (uint32_t)SKF_LL_OFF;
		if (at + (v->size ? v->size : 1) > pkt->caplen)
			return false;
		for (int i = 0; i < (v->size ? v->size : 1); i++)
			*out = *out << 8 | pkt->data[at + (unsigned int)i];
		if (v->kind == FILTER_VALUE_HEADER)
			*out = (*out & 15) * 4;
		return true;
	default:
		break;
	}
	return compute(v->op, a, b, out);
}

static inline bool evaluate(const struct filter_value *v,
			    const struct pktcap_packet *pkt, uint32_t *out)
{
	struct memory memory = { .set = 0 };

	return evaluate_with(v, &memory, pkt, out);
}

static inline bool compares(uint32_t compare, uint32_t a, uint32_t b)
{
	switch (compare) {
	case FILTER_EQ:
		return a == b;
	case FILTER_GT:
		return a > b;
	case FILTER_GE:
		return a >= b;
	default:
		return a & b;
	}
}

/* *@failed: a value could not be computed, and that rejected the packet. */
static inline uint32_t verdict_of(const struct filter_node *node,
				  const struct pktcap_packet *pkt, bool *failed)
{
	struct memory memory = { .set = 0 };
	uint32_t a, b;

	*failed = true;
	while (node->compare != FILTER_RETURN) {
		if (node->compare == FILTER_KNOWN) {
			node = node->f;
			continue;
		}
		if (!evaluate_with(node->a, &memory, pkt, &a))
			return 0;
		if (node->compare == FILTER_LET) {
			memory.values[node->b->k] = a;
			memory.set |= 1u << node->b->k;
			node = node->t;
			continue;
		}
		if (!evaluate_with(node->b, &memory, pkt, &b))
			return 0;
		node = compares(node->compare, a, b) ? node->t : node->f;
	}
	*failed = node->a && !evaluate_with(node->a, &memory, pkt, &a);
	if (!node->a)
		return KEEP;
	return *failed ? 0 : a;
}

static inline uint32_t verdict(const struct filter_node *node,
			       const struct pktcap_packet *pkt)
{
	bool failed;

	return verdict_of(node, pkt, &failed);
}

/* --- random ones -----------------------------------------------------------
 */
static inline uint32_t below(uint32_t n)
{
	static uint64_t state = 88172645463325252u;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 32) % n;
}

static inline uint32_t some_number(void)
{
	switch (below(5)) {
	case 0:
		return below(4);
	case 1:
		return below(BYTES);
	case 2:
		return 1u << below(32);
	case 3:
		return UINT32_MAX - below(3);
	default:
		return below(256);
	}
}

static inline const struct filter_value *
some_value(struct filter_graph *g, const struct filter_value **made, uint32_t n)
{
	static const uint32_t ops[] = { BPF_ADD, BPF_SUB, BPF_MUL, BPF_DIV,
					BPF_MOD, BPF_AND, BPF_OR,  BPF_XOR,
					BPF_LSH, BPF_RSH };
	uint32_t kind = below(n ? 10 : 4);

	switch (kind) {
	case 0:
		return filter_const(g, some_number());
	case 1:
		return filter_header(g, below(BYTES / 2));
	case 2:
		return below(8) ? filter_load(g, 1, below(BYTES / 2))
				: filter_length(g);
	case 3:
		return filter_load(g, 1u << below(3), below(BYTES / 2));
	case 4:
	case 5:
		return filter_load_at(g, 1u << below(3), made[below(n)],
				      below(4) ? below(16) : some_number());
	case 6:
		return filter_neg(g, made[below(n)]);
	case 7:
		return filter_alu(g, ops[below(10)], made[below(n)],
				  filter_const(g, some_number()));
	default:
		return filter_alu(g, ops[below(10)], made[below(n)],
				  made[below(n)]);
	}
}

/*
 * How a variable is found: the first of some tests that holds says which value
 * it gets. Later ones may be computed from earlier ones.
 */
struct search {
	const struct filter_value *tests[3], *values[3];
	uint32_t numbers[3], n;
};

/* Few values, so that tests have to do with each other. */
struct pool {
	struct filter_graph *g;
	const struct filter_value *values[VALUES];
	uint32_t value_n;
	const struct filter_node *nodes[NODES + 3];
	uint32_t n;
	uint32_t width; /* how far back nodes lead */
	struct search searches[VARIABLES];
	uint32_t variables;
};

static inline const struct filter_value *pool_value(const struct pool *p)
{
	return p->values[below(p->value_n)];
}

static inline const struct filter_node *pool_node(const struct pool *p)
{
	uint32_t from = p->n > p->width ? p->n - p->width : 0;

	return p->nodes[from + below(p->n - from)];
}

/* One that is computed with variables below @variables, or not. */
static inline const struct filter_value *pool_variable(const struct pool *p,
						       uint32_t variables)
{
	const struct filter_value *values[3] = { pool_value(p) };

	if (!variables)
		return values[0];
	values[1] = filter_variable(p->g, below(variables));
	if (!below(3))
		return values[1];
	if (below(2))
		return filter_load_at(p->g, 1u << below(3), values[1],
				      below(4) ? below(16) : some_number());
	return some_value(p->g, values, 2);
}

static inline void make_searches(struct pool *p)
{
	p->variables = below(VARIABLES + 1);
	for (uint32_t k = 0; k < p->variables; k++) {
		struct search *search = &p->searches[k];

		search->n = 1 + below(3);
		for (uint32_t i = 0; i < search->n; i++) {
			search->tests[i] = pool_variable(p, k);
			search->numbers[i] = some_number();
			search->values[i] =
				below(2) ? pool_variable(p, k)
					 : filter_const(p->g, below(BYTES));
		}
	}
}

/* @next, where variables below @variables are known, or else @f. */
static inline const struct filter_node *
with_variables(const struct pool *p, uint32_t variables,
	       const struct filter_node *next, const struct filter_node *f)
{
	while (variables--) {
		const struct search *search = &p->searches[variables];
		const struct filter_node *node = f;

		for (uint32_t i = search->n; i--;)
			node = filter_test_k(
				p->g, i & 1 ? FILTER_EQ : FILTER_GT,
				search->tests[i], search->numbers[i],
				filter_let(p->g, variables, search->values[i],
					   next),
				node);
		next = filter_known(p->g, variables, next, node);
	}
	return next;
}

static inline const struct filter_node *
some_test(const struct pool *p, uint32_t variables, const struct filter_node *t)
{
	const struct filter_value *a = pool_variable(p, variables);

	if (below(3))
		return filter_test_k(p->g, below(4), a, some_number(), t,
				     pool_node(p));
	return filter_test(p->g, below(4), a, pool_variable(p, variables), t,
			   pool_node(p));
}

static inline const struct filter_node *some_graph(struct filter_graph *g)
{
	struct pool p = { .g = g,
			  .value_n = 1 + below(VALUES),
			  .n = 3,
			  .width = 2 + below(12) };

	for (uint32_t i = 0; i < p.value_n; i++)
		p.values[i] = some_value(g, p.values, i);
	make_searches(&p);
	p.nodes[0] = filter_accept(g);
	p.nodes[1] = filter_reject(g);
	p.nodes[2] = filter_return(g, pool_value(&p));
	for (uint32_t i = below(NODES); i--; p.n++) {
		uint32_t variables = below(p.variables + 1);
		const struct filter_node *node = pool_node(&p);

		for (uint32_t tests = 1 + below(2); tests--;)
			node = some_test(&p, variables, node);
		p.nodes[p.n] =
			with_variables(&p, variables, node, pool_node(&p));
	}
	return p.nodes[p.n - 1];
}

static inline struct pktcap_packet some_packet(uint8_t *bytes)
{
	struct pktcap_packet pkt = { .data = bytes };

	pkt.caplen = below(4) ? BYTES : below(BYTES + 1);
	pkt.wirelen = pkt.caplen + below(3);
	for (uint32_t i = 0; i < BYTES; i++)
		bytes[i] = below(3) ? (uint8_t)below(8) : (uint8_t)below(256);
	return pkt;
}

/* --- checks ----------------------------------------------------------------
 */
static struct arena arena;

static inline struct filter_graph *new_graph(void)
{
	struct filter_graph *g;

	arena = arena_limited(MEMORY);
	g = filter_graph_new(&arena);
	assert_non_null(g);
	return g;
}

static inline void show(struct filter_graph *g, const struct filter_node *root,
			const struct pktcap_insn *insns, size_t n)
{
	static char buf[65536];
	struct text text = text_over(buf, sizeof(buf));
	struct arena scratch = arena_limited(1 << 20);

	filter_graph_print(g, root, NULL, &scratch, &text);
	arena_free(&scratch);
	fputs(buf, stderr);
	pktcap_bpf_dump(insns, n, PKTCAP_BPF_FORM_ASM, buf, sizeof(buf));
	fputs(buf, stderr);
}

static inline size_t emit(struct filter_graph *g,
			  const struct filter_node *root,
			  struct pktcap_insn **insns)
{
	struct pktcap_error error;
	size_t n;

	assert_int_equal(filter_emit(g, root, KEEP, insns, &n), 0);
	if (pktcap_bpf_validate(*insns, n, &error)) {
		show(g, root, *insns, n);
		fail_msg("%s", error.text);
	}
	return n;
}

static inline void check_same(struct filter_graph *g,
			      const struct filter_node *root)
{
	const struct filter_node *better = filter_optimize(g, root);
	struct pktcap_insn *plain, *optimized;
	size_t plain_n = emit(g, root, &plain);
	size_t optimized_n = emit(g, better, &optimized);

	for (int i = 0; i < PACKETS; i++) {
		uint8_t bytes[BYTES];
		struct pktcap_packet pkt = some_packet(bytes);
		uint32_t want = verdict(root, &pkt);

		if (pktcap_bpf_run(plain, plain_n, &pkt) != want) {
			show(g, root, plain, plain_n);
			fail_msg("the program differs from its graph");
		}
		if (verdict(better, &pkt) != want ||
		    pktcap_bpf_run(optimized, optimized_n, &pkt) != want) {
			show(g, root, plain, plain_n);
			show(g, better, optimized, optimized_n);
			fail_msg("the optimised program differs");
		}
	}
}

/* How many instructions are exactly this. */
static inline size_t count(const struct pktcap_insn *insns, size_t n,
			   uint32_t code, uint32_t k)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		found += insns[i].code == code && insns[i].k == k;
	return found;
}

#endif
