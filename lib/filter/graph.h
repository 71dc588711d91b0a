/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A filter as a graph of decisions: each node compares two values and goes on
 * to one of two others, until a leaf says what becomes of the packet. Values
 * and nodes are shared: what is equal is there once, so pointers compare.
 *
 * Built from the leaves upward; "a and b" is a(b(t, f), f). A value beyond the
 * packet's end rejects it, as does a division by zero, so the order of tests
 * matters and is kept.
 *
 * Variables are for what is found out in different ways and used behind the
 * place where these meet, such as where a header begins. The tests that use
 * variable k are entered by filter_known(k, tests, search), where "search" ends
 * in filter_let(k, value, tests). Each use of a variable is built like that, as
 * if it were the only one; optimising leaves out all searches but the first.
 * Whatever a packet is like, all searches for k must find the same value.
 *
 * Errors stick: once memory or the limit is exhausted the constructors return
 * NULL, take NULL for anything, and filter_graph_error() says why.
 */
#ifndef FILTER_GRAPH_H
#define FILTER_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pktcap/bpf.h>

#include "base/arena.h"
#include "base/text.h"

/* The most nodes, and the most values, of one graph. */
#define FILTER_GRAPH_MAX (1u << 20)

/*
 * Variables are 0 ... FILTER_VARIABLES - 1. At most 12 can be needed at one
 * time: four words of scratch memory stay for the arithmetic.
 */
#define FILTER_VARIABLES 62

/*
 * Where no packet has bytes. Variables can be this constant, to say that there
 * is no such header; whoever sets them promises that no other value is.
 */
#define FILTER_NOWHERE 0x7fffffffu

struct filter_graph;

enum filter_value_kind {
	FILTER_VALUE_CONST,   /* k */
	FILTER_VALUE_LOAD,    /* @size bytes at k, or SKF_AD_OFF + n */
	FILTER_VALUE_LOAD_AT, /* @size bytes at a + k */
	FILTER_VALUE_HEADER,  /* 4 * (byte at k & 15) */
	FILTER_VALUE_LENGTH,  /* of the packet on the wire */
	FILTER_VALUE_ALU,     /* a op b, modulo 2^32 */
	FILTER_VALUE_NEG,     /* -a */
	FILTER_VALUE_VARIABLE /* k: what the last FILTER_LET put there */
};

struct filter_value {
	const struct filter_value *a, *b;
	struct filter_value *next; /* of the same hash */
	uint32_t id;		   /* dense, from 0 */
	uint32_t k;
	uint32_t max;	    /* it is never more */
	uint32_t cost;	    /* instructions to compute it alone, saturating */
	uint64_t variables; /* in it: a bit for each */
	uint8_t kind;	    /* enum filter_value_kind */
	uint8_t size;	    /* of a load: 1, 2 or 4 */
	uint8_t op;	    /* BPF_ADD ... BPF_XOR */
	uint8_t depth;	    /* scratch words to compute it alone, saturating */
	uint16_t height;    /* of its tree, saturating */
	bool spares_x;	    /* computed without the index register */
};

enum filter_compare {
	FILTER_EQ,     /* a == b */
	FILTER_GT,     /* a > b, unsigned */
	FILTER_GE,     /* a >= b, unsigned */
	FILTER_SET,    /* (a & b) != 0 */
	FILTER_RETURN, /* a leaf: keep as many bytes as a says, 0 rejects */
	FILTER_LET,    /* b, a variable, is a from here on; t and f are one */
	FILTER_KNOWN,  /* was a, a variable, set on each way here? */
};

struct filter_node {
	const struct filter_value *a, *b;
	const struct filter_node *t, *f; /* NULL in leaves */
	struct filter_node *next;	 /* of the same hash */
	uint32_t id;	    /* dense, from 0; more than those of t and f */
	uint8_t compare;    /* enum filter_compare */
	uint64_t variables; /* that must be set here: a bit for each */
	uint64_t sets;	    /* those that are set on every way from here on */
};

/* NULL if there is no memory. All of it lives and dies with @arena. */
struct filter_graph *filter_graph_new(struct arena *arena);

/* 0, -ENOMEM, or -E2BIG if FILTER_GRAPH_MAX or the arena's limit was hit. */
int filter_graph_error(const struct filter_graph *g);

/*
 * Values. Constants are folded and the simpler of equal forms is taken.
 * @op is BPF_ADD, _SUB, _MUL, _DIV, _MOD, _AND, _OR, _XOR, _LSH or _RSH.
 * As in the kernel, shifts count modulo 32; dividing by a value that is 0
 * rejects the packet, a constant 0 included: callers complain before.
 * Ancillary loads that depend on registers (XOR_X, NLATTR) are not for this,
 * and VLAN_TPID is one of 802.1Q or 802.1ad: ask for it only where there is a
 * tag.
 */
const struct filter_value *filter_const(struct filter_graph *g, uint32_t k);
const struct filter_value *filter_load(struct filter_graph *g, uint32_t size,
				       uint32_t offset);
const struct filter_value *filter_load_at(struct filter_graph *g, uint32_t size,
					  const struct filter_value *base,
					  uint32_t offset);
const struct filter_value *filter_header(struct filter_graph *g,
					 uint32_t offset);
const struct filter_value *filter_length(struct filter_graph *g);
const struct filter_value *filter_alu(struct filter_graph *g, uint32_t op,
				      const struct filter_value *a,
				      const struct filter_value *b);
const struct filter_value *filter_neg(struct filter_graph *g,
				      const struct filter_value *a);

/* Variable @k, for what is behind the filter_let() of it. */
const struct filter_value *filter_variable(struct filter_graph *g, uint32_t k);

/* Leaves. What "accept" keeps is said to filter_emit(). */
const struct filter_node *filter_accept(struct filter_graph *g);
const struct filter_node *filter_reject(struct filter_graph *g);
const struct filter_node *filter_return(struct filter_graph *g,
					const struct filter_value *bytes);

/*
 * A decision. NE, LT and LE are EQ, GE and GT with @t and @f exchanged. What
 * leads to the same node either way, or is known, becomes that node.
 */
const struct filter_node *
filter_test(struct filter_graph *g, enum filter_compare compare,
	    const struct filter_value *a, const struct filter_value *b,
	    const struct filter_node *t, const struct filter_node *f);
/* The same with a constant. */
const struct filter_node *filter_test_k(struct filter_graph *g,
					enum filter_compare compare,
					const struct filter_value *a,
					uint32_t k, const struct filter_node *t,
					const struct filter_node *f);

/*
 * Variable @k is @value from here on. Nothing happens if @next does not use it,
 * not even to packets too short for @value.
 */
const struct filter_node *filter_let(struct filter_graph *g, uint32_t k,
				     const struct filter_value *value,
				     const struct filter_node *next);
/*
 * @yes if variable @k was set on every way here, or else @no, which sets it.
 * Decided once and for all by filter_optimize(), or without it by
 * filter_emit(), which then takes @no.
 */
const struct filter_node *filter_known(struct filter_graph *g, uint32_t k,
				       const struct filter_node *yes,
				       const struct filter_node *no);

/*
 * A range of a set: numbers from @first to @last, both in; not the other way.
 */
struct filter_range {
	uint32_t first, last;
};

/* Where a range leads to. */
struct filter_arm {
	struct filter_range range;
	const struct filter_node *t;
};

/*
 * In which of @n ranges is @a? They are sorted and do not overlap. A balanced
 * tree of comparisons of one load: log2(n) steps. @f: in none.
 */
const struct filter_node *filter_switch(struct filter_graph *g,
					const struct filter_value *a,
					const struct filter_arm *arms, size_t n,
					const struct filter_node *f);

/*
 * Is @a in one of @n ranges? They are sorted in place.
 */
const struct filter_node *filter_test_set(struct filter_graph *g,
					  const struct filter_value *a,
					  struct filter_range *ranges, size_t n,
					  const struct filter_node *t,
					  const struct filter_node *f);

/*
 * Leaves out tests whose outcome earlier ones decide on every way, or on some:
 * those go around. The verdict is the same for every packet, truncated ones
 * included. Takes time in proportion to the graph's size; a graph that would
 * need more is left as it is. NULL only as constructors.
 */
const struct filter_node *filter_optimize(struct filter_graph *g,
					  const struct filter_node *root);

/*
 * libpcap's optimizer changes what becomes of packets that end early: it leaves
 * out tests that cannot change the outcome, whose loads would have rejected
 * them, and puts tests of one value together, before loads of others. People
 * know its verdicts, so this does the same, with no more wit than it has: it
 * sees only what comparisons of equal things decide. Packets whose bytes are
 * all there are treated as before. Graphs with variables stay as they are.
 */
const struct filter_node *filter_as_libpcap(struct filter_graph *g,
					    const struct filter_node *root);

/* @no for every filter_known() that is left. NULL only as constructors. */
const struct filter_node *filter_settle(struct filter_graph *g,
					const struct filter_node *root);

/*
 * The program; it lives in the graph's arena. @keep is what "accept" returns.
 * Return: 0; filter_graph_error(); -E2BIG over 2^20 instructions; -ENOSPC if
 * an expression needs more than the 16 words of scratch memory.
 */
int filter_emit(struct filter_graph *g, const struct filter_node *root,
		uint32_t keep, struct pktcap_insn **out, size_t *n);

/* What variable @k is called in print. */
typedef void (*filter_variable_fn)(struct text *out, uint32_t k);

/*
 * One line per node, from the root: "n1: pkt[12:2] == 0x800 ? n2 : reject".
 * Variables are v0, v1 ... where @name is NULL.
 * 0 or -ENOMEM.
 */
int filter_graph_print(const struct filter_graph *g,
		       const struct filter_node *root, filter_variable_fn name,
		       struct arena *scratch, struct text *out);

#endif
