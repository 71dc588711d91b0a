/* SPDX-License-Identifier: BSD-2-Clause */
/* What stack.c draws: each struct with its members. */
#ifndef TESTS_SUPPORT_STACK_KINDS_H
#define TESTS_SUPPORT_STACK_KINDS_H

#include "support/stack.h"

enum stack_member_kind {
	STACK_NUMBER = 1, /* any value of so many bits, a multiple of unit */
	STACK_BYTES,	  /* an array of any bytes */
	STACK_COMPUTED,	  /* any value, and another one comes out */
	STACK_NEXT,    /* the same in front of headers; of data, this value */
	STACK_FIXED,   /* always this value */
	STACK_POINTER, /* to bytes, whose number is in another member */
};

struct stack_member {
	const char *name;
	enum stack_member_kind kind;
	uint16_t at, size; /* in the struct */
	uint16_t len_at, len_size;
	uint8_t bits;
	uint8_t unit;
	uint8_t max; /* bytes, of POINTER */
	uint32_t value;
};

struct stack_kind {
	const char *name;
	uint16_t proto;
	uint16_t size;
	int (*build)(struct pktcap_build *build, const void *header,
		     uint32_t keep);
	int (*get)(const struct pktcap_layer *layer, void *header);
	const struct stack_member *members;
	size_t member_count;
	/* What members mean for each other; @next is NULL in front of data. */
	void (*settle)(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next);
	/* Kinds that may follow, "data" or nothing, each as often as it is
	 * named. */
	const char *carries;
};

/* Into a member of 1, 2, 4 or 8 bytes. */
void stack_put_number(uint8_t *p, size_t size, uint64_t value);

extern const struct stack_kind stack_kinds[];
extern const size_t stack_kind_count;

#endif
