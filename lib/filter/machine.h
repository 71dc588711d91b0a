/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Operator precedence with two stacks of our own, because the depth of an
 * expression is its writer's choice. A number may be an operand of arithmetic
 * or an id with the qualifiers of the term before: what follows it decides.
 */
#ifndef FILTER_MACHINE_H
#define FILTER_MACHINE_H

#include "filter/parse.h"

/* What may stand where an operand is expected. */
enum mode {
	MODE_TERM, /* a primitive or arithmetic: where an expression begins */
	MODE_ANY,  /* also an id, with the qualifiers in force */
	MODE_ID,   /* ids only: behind qualifiers */
	MODE_ARITH
};

enum op_kind {
	OP_BOTTOM,
	OP_PAREN,
	OP_BRACKET,
	OP_INNER, /* the parenthesis of inner( */
	OP_HEAD,  /* qualifiers: a prefix of the id behind */
	OP_NOT,
	OP_JOIN, /* and, or: code is the enum ast_kind */
	OP_RELATION,
	OP_BINARY,
	OP_NEGATE
};

struct op {
	struct quals quals;   /* in force where it stands */
	uint32_t offset, len; /* in the text */
	uint32_t kind;
	uint32_t code;
	uint32_t mode;	  /* where it stands */
	uint32_t content; /* of a parenthesis: the mode behind and/or in it */
};

enum item_kind { ITEM_NUMBER, ITEM_ARITH, ITEM_BOOL };

struct item {
	struct quals quals; /* of a number: in force; of others: passed on */
	struct token token;
	struct arith *arith;
	struct ast *ast;
	uint32_t kind;
	uint32_t mode;	  /* where it stands */
	bool id;	  /* made of ids only */
	bool id_in_paren; /* and with parentheses around */
	bool bare;	  /* a name with the qualifiers of a term before it */
};

struct stack {
	void *base;
	size_t n, max, size;
};

struct machine {
	struct parser p;
	struct stack ops, items;
	struct quals quals; /* for an id at the token */
	uint32_t mode;	    /* for an operand at the token */
};

/* Pushed with the token, the mode and the qualifiers of the moment. */
int machine_push_op(struct machine *m, uint32_t kind, uint32_t code);
struct item *machine_push_item(struct machine *m, uint32_t kind);
struct op *machine_top_op(struct machine *m);
struct item *machine_top_item(struct machine *m);

struct arith *machine_new_arith(struct machine *m, uint32_t kind,
				const struct token *at, struct arith *a,
				struct arith *b);
/* Where an operator is, for nodes and messages. */
struct token machine_op_token(const struct op *op);

/* Makes of a number what is asked for; -EINVAL if it cannot be. */
int machine_as_arith(struct machine *m, struct item *item);
int machine_as_bool(struct machine *m, struct item *item);
void machine_set_depth(struct ast *ast);

/* -EINVAL at the token, where what the name says was expected. */
int machine_number_fault(struct machine *m);
int machine_id_fault(struct machine *m);
int machine_comparison_fault(struct machine *m);
int machine_operator_fault(struct machine *m);

/* OP_BOTTOM and everything that is closed later. */
bool machine_opens(uint32_t kind);
/* Down to what was opened last. */
int machine_reduce_all(struct machine *m);
/* Arithmetic only, as far as it binds as strong as @level; 0 for all. */
int machine_reduce_arith(struct machine *m, unsigned int level);

#endif
