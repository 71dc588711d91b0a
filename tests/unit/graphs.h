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
#include <stdlib.h>
#include <string.h>

#include "filter/graph.h"

#define KEEP 262144u
#define MEMORY ((size_t)512 << 20)

enum {
	VALUES = 14,
	NODES = 40,
	PACKETS = 48,
	BYTES = 48,
};

/* --- what a graph means, word for word ----------------------------------- */
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

static inline bool evaluate(const struct filter_value *v,
			    const struct pktcap_packet *pkt, uint32_t *out)
{
	uint32_t a = 0, b = 0;
	uint64_t at = v->k;

	if (v->a && !evaluate(v->a, pkt, &a))
		return false;
	if (v->b && !evaluate(v->b, pkt, &b))
		return false;
	switch (v->kind) {
	case FILTER_VALUE_CONST:
		*out = v->k;
		return true;
	case FILTER_VALUE_LENGTH:
		*out = pkt->wirelen;
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

static inline uint32_t verdict(const struct filter_node *node,
			       const struct pktcap_packet *pkt)
{
	uint32_t a, b;

	for (; node->compare != FILTER_RETURN;
	     node = compares(node->compare, a, b) ? node->t : node->f)
		if (!evaluate(node->a, pkt, &a) || !evaluate(node->b, pkt, &b))
			return 0;
	if (!node->a)
		return KEEP;
	return evaluate(node->a, pkt, &a) ? a : 0;
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

/* Few values, so that tests have to do with each other. */
static inline const struct filter_node *some_graph(struct filter_graph *g)
{
	const struct filter_value *values[VALUES];
	const struct filter_node *nodes[NODES + 3];
	uint32_t value_n = 1 + below(VALUES), n = 3;
	uint32_t width = 2 + below(12);

	for (uint32_t i = 0; i < value_n; i++)
		values[i] = some_value(g, values, i);
	nodes[0] = filter_accept(g);
	nodes[1] = filter_reject(g);
	nodes[2] = filter_return(g, values[below(value_n)]);
	for (uint32_t i = below(NODES); i--; n++) {
		uint32_t from = n > width ? n - width : 0;
		const struct filter_node *t = nodes[from + below(n - from)];
		const struct filter_node *f = nodes[from + below(n - from)];
		const struct filter_value *a = values[below(value_n)];

		nodes[n] = below(3) ? filter_test_k(g, below(4), a,
						    some_number(), t, f)
				    : filter_test(g, below(4), a,
						  values[below(value_n)], t, f);
	}
	return nodes[n - 1];
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
static struct filter_arena arena;

static inline struct filter_graph *new_graph(void)
{
	struct filter_graph *g;

	arena = filter_arena_limited(MEMORY);
	g = filter_graph_new(&arena);
	assert_non_null(g);
	return g;
}

static inline size_t emit(struct filter_graph *g,
			  const struct filter_node *root,
			  struct pktcap_insn **insns)
{
	struct pktcap_error error;
	size_t n;

	assert_int_equal(filter_emit(g, root, KEEP, insns, &n), 0);
	if (pktcap_bpf_validate(*insns, n, &error))
		fail_msg("%s", error.text);
	return n;
}

static inline void show(struct filter_graph *g, const struct filter_node *root,
			const struct pktcap_insn *insns, size_t n)
{
	static char buf[65536];
	struct text text = text_over(buf, sizeof(buf));
	struct filter_arena scratch = filter_arena_limited(1 << 20);

	filter_graph_print(g, root, &scratch, &text);
	filter_arena_free(&scratch);
	print_message("%s", buf);
	pktcap_bpf_dump(insns, n, PKTCAP_BPF_FORM_ASM, buf, sizeof(buf));
	print_message("%s", buf);
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

#endif
