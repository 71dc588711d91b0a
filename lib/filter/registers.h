/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Code that brings values into the registers, and what is known to be there.
 */
#ifndef FILTER_REGISTERS_H
#define FILTER_REGISTERS_H

#include <linux/filter.h>

#include "filter/graph.h"

/* Ids of values plus one, so that zero is "unknown". */
struct registers {
	uint32_t a, x;
	uint32_t memory[BPF_MEMWORDS];
};

struct registers_code {
	struct arena *arena;
	struct pktcap_insn *insns;
	size_t n, room;
	size_t limit; /* more instructions are an error */
	struct registers now;
	/* By id of a value: the word it is kept in plus one, 0 for none. */
	const uint8_t *word_of;
	uint32_t *hits; /* by id: how often it was found in its word */
	uint32_t words; /* 0 .. words - 1 are for values, the rest for now */
	uint32_t end;	/* words from here on are for variables */
	const uint8_t *variable_at; /* their words */
	uint32_t loaded;	    /* words that were: a bit for each */
	uint32_t busy; /* words beyond those that hold half of a pair */
	int error;
};

/* Afterwards the accumulator holds @v. */
void registers_load(struct registers_code *code, const struct filter_value *v);

/* Afterwards the index register holds @v. */
void registers_load_x(struct registers_code *code,
		      const struct filter_value *v);

/*
 * Afterwards the accumulator holds @a and the index register @b. Returns true
 * if it is the other way round, which only happens if @commutes.
 */
bool registers_pair(struct registers_code *code, const struct filter_value *a,
		    const struct filter_value *b, bool commutes);

#endif
