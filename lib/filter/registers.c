// SPDX-License-Identifier: BSD-2-Clause
#include "filter/registers.h"

#include <errno.h>
#include <string.h>

#include "filter/graph_table.h"

enum {
	FIRST_ROOM = 64,
	HEIGHT_MAX = 512, /* bounds the recursion here */
};

static bool grow(struct registers_code *code)
{
	size_t room = code->room ? code->room * 2 : FIRST_ROOM;
	struct pktcap_insn *to =
		arena_take_raw(code->arena, room * sizeof(*to));

	if (!to) {
		code->error = code->arena->left < room * sizeof(*to) ? -E2BIG
								     : -ENOMEM;
		return false;
	}
	if (code->n)
		memcpy(to, code->insns, code->n * sizeof(*to));
	code->insns = to;
	code->room = room;
	return true;
}

static void add(struct registers_code *code, uint32_t op, uint32_t k)
{
	if (code->error)
		return;
	if (code->n == code->limit) {
		code->error = -E2BIG;
		return;
	}
	if (code->n == code->room && !grow(code))
		return;
	code->insns[code->n++] = (struct pktcap_insn){ (uint16_t)op, 0, 0, k };
}

static uint32_t mark(const struct filter_value *v)
{
	return v->id + 1;
}

/* The word of scratch memory that holds @v, or -1. */
static int word_with(const struct registers_code *code,
		     const struct filter_value *v)
{
	if (v->kind == FILTER_VALUE_VARIABLE)
		return code->variable_at[v->k];
	for (uint32_t i = 0; i < code->words + code->busy; i++)
		if (code->now.memory[i] == mark(v))
			return (int)i;
	return -1;
}

static uint32_t size_code(const struct filter_value *v)
{
	return v->size == 4 ? BPF_W : v->size == 2 ? BPF_H : BPF_B;
}

static bool is_immediate(const struct filter_value *v)
{
	return v->kind == FILTER_VALUE_ALU && filter_is_const(v->b) &&
	       !filter_divides_by_zero(v);
}

static void alu(struct registers_code *code, const struct filter_value *v)
{
	if (is_immediate(v)) {
		registers_load(code, v->a);
		add(code, BPF_ALU | v->op | BPF_K, v->b->k);
		return;
	}
	registers_pair(code, v->a, v->b, filter_commutes(v->op));
	add(code, BPF_ALU | v->op | BPF_X, 0);
}

static void compute(struct registers_code *code, const struct filter_value *v)
{
	switch (v->kind) {
	case FILTER_VALUE_CONST:
		add(code, BPF_LD | BPF_IMM, v->k);
		break;
	case FILTER_VALUE_LOAD:
		add(code, BPF_LD | BPF_ABS | size_code(v), v->k);
		break;
	case FILTER_VALUE_LOAD_AT:
		registers_load_x(code, v->a);
		add(code, BPF_LD | BPF_IND | size_code(v), v->k);
		break;
	case FILTER_VALUE_HEADER:
		registers_load_x(code, v);
		add(code, BPF_MISC | BPF_TXA, 0);
		break;
	case FILTER_VALUE_LENGTH:
		add(code, BPF_LD | BPF_W | BPF_LEN, 0);
		break;
	case FILTER_VALUE_NEG:
		registers_load(code, v->a);
		add(code, BPF_ALU | BPF_NEG, 0);
		break;
	default:
		alu(code, v);
		break;
	}
}

static void hit(struct registers_code *code, const struct filter_value *v,
		int word)
{
	code->hits[v->id]++;
	code->loaded |= 1u << word;
}

/* Keeps what was just computed, if it is worth it. */
static void keep(struct registers_code *code, const struct filter_value *v)
{
	uint32_t word = code->word_of[v->id];

	if (!word || code->now.memory[word - 1] == mark(v))
		return;
	add(code, BPF_ST, word - 1);
	code->now.memory[word - 1] = mark(v);
}

void registers_load(struct registers_code *code, const struct filter_value *v)
{
	int word = word_with(code, v);

	if (code->error || code->now.a == mark(v))
		return;
	if (v->height > HEIGHT_MAX) {
		code->error = -ENOSPC;
		return;
	}
	if (code->now.x == mark(v)) {
		add(code, BPF_MISC | BPF_TXA, 0);
	} else if (word >= 0) {
		add(code, BPF_LD | BPF_MEM, (uint32_t)word);
		hit(code, v, word);
	} else {
		compute(code, v);
		keep(code, v);
	}
	code->now.a = mark(v);
}

/* In one instruction that leaves the accumulator alone, if there is one. */
static bool load_x_alone(struct registers_code *code,
			 const struct filter_value *v)
{
	int word = word_with(code, v);

	if (code->now.a == mark(v)) {
		add(code, BPF_MISC | BPF_TAX, 0);
	} else if (word >= 0) {
		add(code, BPF_LDX | BPF_MEM, (uint32_t)word);
		hit(code, v, word);
	} else if (v->kind == FILTER_VALUE_CONST) {
		add(code, BPF_LDX | BPF_IMM, v->k);
	} else if (v->kind == FILTER_VALUE_LENGTH) {
		add(code, BPF_LDX | BPF_W | BPF_LEN, 0);
	} else if (v->kind == FILTER_VALUE_HEADER) {
		add(code, BPF_LDX | BPF_B | BPF_MSH, v->k);
	} else {
		return false;
	}
	return true;
}

void registers_load_x(struct registers_code *code, const struct filter_value *v)
{
	if (code->error || code->now.x == mark(v))
		return;
	if (!load_x_alone(code, v)) {
		registers_load(code, v);
		add(code, BPF_MISC | BPF_TAX, 0);
	}
	code->now.x = mark(v);
}

/* Can @v be computed while the index register goes on holding @x? */
static bool spares(const struct registers_code *code,
		   const struct filter_value *v, const struct filter_value *x)
{
	while (v != x && word_with(code, v) < 0 &&
	       (v->kind == FILTER_VALUE_NEG || is_immediate(v)))
		v = v->a;
	return v == x || word_with(code, v) >= 0 || v->spares_x ||
	       (v->kind == FILTER_VALUE_LOAD_AT && v->a == x);
}

static bool is_direct(const struct registers_code *code,
		      const struct filter_value *a,
		      const struct filter_value *b)
{
	return filter_loads_x(b) || word_with(code, b) >= 0 ||
	       spares(code, a, b);
}

/* What is there already, or needs no scratch memory, decides. */
static bool better_exchanged(const struct registers_code *code,
			     const struct filter_value *a,
			     const struct filter_value *b)
{
	bool direct = is_direct(code, a, b), other = is_direct(code, b, a);

	if (direct != other)
		return other;
	if (!direct)
		return false;
	if (code->now.x == mark(a) && spares(code, b, a))
		return true;
	return code->now.x != mark(b) && code->now.a == mark(b) &&
	       (filter_loads_x(a) || word_with(code, a) >= 0);
}

static int take_word(struct registers_code *code)
{
	if (code->words + code->busy == code->end) {
		if (!code->error)
			code->error = -ENOSPC;
		return -1;
	}
	return (int)(code->words + code->busy++);
}

/* The half that needs more scratch memory comes first. */
static void through_memory(struct registers_code *code,
			   const struct filter_value *a,
			   const struct filter_value *b)
{
	const struct filter_value *first = a->depth > b->depth ? a : b;
	int word;

	registers_load(code, first);
	word = take_word(code);
	if (word < 0)
		return;
	add(code, BPF_ST, (uint32_t)word);
	code->now.memory[word] = mark(first);
	if (first == b) {
		registers_load(code, a);
		registers_load_x(code, b);
	} else {
		registers_load_x(code, b);
		registers_load(code, a);
	}
	code->busy--;
}

bool registers_pair(struct registers_code *code, const struct filter_value *a,
		    const struct filter_value *b, bool commutes)
{
	bool exchanged = commutes && better_exchanged(code, a, b);

	if (exchanged) {
		const struct filter_value *c = a;

		a = b;
		b = c;
	}
	if (code->error)
		return exchanged;
	if (spares(code, a, b) &&
	    !(filter_loads_x(b) && code->now.a == mark(a))) {
		registers_load_x(code, b);
		registers_load(code, a);
	} else if (filter_loads_x(b) || word_with(code, b) >= 0) {
		registers_load(code, a);
		registers_load_x(code, b);
	} else {
		through_memory(code, a, b);
	}
	return exchanged;
}
