/* SPDX-License-Identifier: BSD-2-Clause */
/* What emit.c works with. */
#ifndef FILTER_EMIT_H
#define FILTER_EMIT_H

#include "filter/registers.h"
#include "filter/scratch.h"

/*
 * A node is entered before the code that loads what it compares, or behind it
 * by those who have that in the registers.
 */
enum emit_entry { FULL, SHORT, ENTRIES };

/* A node's last instruction, with where it goes as in struct place. */
struct branch {
	uint32_t code, k, t, f;
};

struct place {
	struct branch branch;
	uint32_t tail_next;	  /* plus one, of those with the same hash */
	uint32_t code_at, code_n; /* loads, in struct registers_code */
	uint32_t where[ENTRIES];  /* counted from the program's end */
	uint32_t near[ENTRIES];	  /* the last jump there, or itself */
	enum emit_entry t, f;	  /* how it enters those it leads to */
	bool reached[ENTRIES];
	bool exchanged; /* b is in A, a in X, and that matters */
};

struct program {
	const struct pktcap_insn *insns;
	size_t n;
};

struct emit {
	struct filter_graph *g;
	struct arena *arena; /* gone with the call */
	const struct filter_node **nodes;
	uint32_t *place_of; /* by id of a node */
	size_t n;
	struct registers_code code;
	struct place *places;
	uint32_t *tails;  /* hash of branches: places plus one */
	uint32_t tail_n;  /* a power of two */
	uint32_t *states; /* what each entry surely has in the registers */
	struct pktcap_insn *out; /* filled from its end */
	uint32_t out_n, out_room;
	uint32_t return_a;  /* "return A", counted from the end, from 1 */
	uint32_t limit;	    /* more instructions are an error */
	uint32_t variables; /* words they have */
	uint8_t variable_at[FILTER_VARIABLES]; /* their words */
	uint32_t keep;
};

/*
 * Goes through the index register what is set? One instruction may bring it
 * there, or it is wanted there behind.
 */
bool emit_let_by_x(const struct filter_node *let);

/* Is nothing to be done, as both variables are in one word? */
bool emit_is_in_place(const struct emit *e, const struct filter_node *let);

/* Puts node @at, whose code is made, before all that were put so far. */
void emit_lay_out(struct emit *e, size_t at);

#endif
