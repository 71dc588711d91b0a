// SPDX-License-Identifier: BSD-2-Clause
/* Each reason to refuse a program: where it is, and what it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <linux/filter.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/bpf.h>

#define RETURN                           \
	{                                \
		BPF_RET | BPF_K, 0, 0, 1 \
	}

struct row {
	const char *name;
	struct pktcap_insn insns[5];
	size_t n;
	size_t at;
	const char *why; /* part of the text; NULL: a valid program */
};

static struct row rows[] = {
	{ "a return", { RETURN }, 1, 0, NULL },
	{ "a return of a", { { BPF_RET | BPF_A, 0, 0, 0 } }, 1, 0, NULL },
	{ "no return",
	  { RETURN, { BPF_LD | BPF_IMM, 0, 0, 0 } },
	  2,
	  1,
	  "last" },
	{ "unknown code",
	  { { 0xf4, 0, 0, 0 }, RETURN },
	  2,
	  0,
	  "no instruction" },
	{ "code over 255",
	  { RETURN, { 0x106, 0, 0, 0 } },
	  2,
	  1,
	  "(code 0x106" },
	{ "division by 0",
	  { RETURN, { BPF_ALU | BPF_DIV | BPF_K, 0, 0, 0 }, RETURN },
	  3,
	  1,
	  "divides by zero" },
	{ "modulo 0",
	  { { BPF_ALU | BPF_MOD | BPF_K, 0, 0, 0 }, RETURN },
	  2,
	  0,
	  "divides by zero" },
	{ "shift by 31",
	  { { BPF_ALU | BPF_LSH | BPF_K, 0, 0, 31 }, RETURN },
	  2,
	  0,
	  NULL },
	{ "shift by 32",
	  { { BPF_ALU | BPF_LSH | BPF_K, 0, 0, 32 }, RETURN },
	  2,
	  0,
	  "shifts too far" },
	{ "shift right by 32",
	  { { BPF_ALU | BPF_RSH | BPF_K, 0, 0, 32 }, RETURN },
	  2,
	  0,
	  "shifts too far" },
	{ "store to M[15]", { { BPF_ST, 0, 0, 15 }, RETURN }, 2, 0, NULL },
	{ "store to M[16]",
	  { { BPF_ST, 0, 0, 16 }, RETURN },
	  2,
	  0,
	  "M[0] to M[15]" },
	{ "load from M[16]",
	  { { BPF_LDX | BPF_MEM, 0, 0, 16 }, RETURN },
	  2,
	  0,
	  "M[0] to M[15]" },
	{ "jump to the last",
	  { { BPF_JMP | BPF_JA, 0, 0, 1 }, RETURN, RETURN },
	  3,
	  0,
	  NULL },
	{ "jump behind the last",
	  { { BPF_JMP | BPF_JA, 0, 0, 2 }, RETURN, RETURN },
	  3,
	  0,
	  "jumps out" },
	{ "jump back",
	  { RETURN, { BPF_JMP | BPF_JA, 0, 0, (uint32_t)-2 }, RETURN },
	  3,
	  1,
	  "jumps out" },
	{ "branch out when true",
	  { { BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0 }, RETURN },
	  2,
	  0,
	  "branches out" },
	{ "branch out when false",
	  { { BPF_JMP | BPF_JSET | BPF_X, 0, 255, 0 }, RETURN },
	  2,
	  0,
	  "branches out" },
	{ "memory never written",
	  { { BPF_ST, 0, 0, 1 }, { BPF_LD | BPF_MEM, 0, 0, 0 }, RETURN },
	  3,
	  1,
	  "not written" },
	{ "memory written on one way only",
	  { { BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0 },
	    { BPF_ST, 0, 0, 0 },
	    { BPF_LD | BPF_MEM, 0, 0, 0 },
	    RETURN },
	  4,
	  2,
	  "not written" },
	{ "memory written on both ways",
	  { { BPF_STX, 0, 0, 0 },
	    { BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0 },
	    { BPF_ST, 0, 0, 0 },
	    { BPF_LD | BPF_MEM, 0, 0, 0 },
	    RETURN },
	  5,
	  0,
	  NULL },
	{ "an ancillary load",
	  { { BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)SKF_AD_OFF }, RETURN },
	  2,
	  0,
	  NULL },
	{ "an unknown ancillary load",
	  { { BPF_LD | BPF_W | BPF_ABS, 0, 0, UINT32_MAX }, RETURN },
	  2,
	  0,
	  "ancillary" },
	{ "the same with x",
	  { { BPF_LD | BPF_W | BPF_IND, 0, 0, UINT32_MAX }, RETURN },
	  2,
	  0,
	  NULL },
};

static void run(void **state)
{
	const struct row *r = *state;
	struct pktcap_error error = { 0 };

	assert_int_equal(pktcap_bpf_validate(r->insns, r->n, &error),
			 r->why ? -EINVAL : 0);
	assert_int_equal(pktcap_bpf_validate(r->insns, r->n, NULL),
			 r->why ? -EINVAL : 0);
	assert_int_equal(error.code, r->why ? -EINVAL : 0);
	if (!r->why)
		return;
	assert_int_equal(error.offset, r->at);
	assert_non_null(strstr(error.text, r->why));
	/* Cut short, it would lose the cure. */
	assert_in_range(strlen(error.text), 1, sizeof(error.text) - 2);
}

static void empty(void **state)
{
	struct pktcap_error error;

	(void)state;
	assert_int_equal(pktcap_bpf_validate(NULL, 0, &error), -EINVAL);
	assert_non_null(strstr(error.text, "without instructions"));
}

/* @n instructions, the last a return; one may be put at @insns[0]. */
static struct pktcap_insn *long_program(size_t n)
{
	struct pktcap_insn *insns = calloc(n, sizeof(*insns));

	assert_non_null(insns);
	insns[n - 1].code = BPF_RET | BPF_K;
	return insns;
}

static void length(void **state)
{
	const size_t limit = 1 << 20;
	struct pktcap_insn *insns = long_program(limit + 1);
	struct pktcap_error error;

	(void)state;
	assert_int_equal(pktcap_bpf_validate(insns, limit + 1, &error), -E2BIG);
	assert_int_equal(error.code, -E2BIG);
	assert_int_equal(pktcap_bpf_validate(insns + 1, limit, NULL), 0);
	free(insns);
}

static void far_jump(void **state)
{
	const size_t n = 100000;
	struct pktcap_insn *insns = long_program(n);
	struct pktcap_error error;

	(void)state;
	insns[0] = (struct pktcap_insn){ BPF_JMP | BPF_JA, 0, 0, n - 3 };
	insns[1].code = BPF_ST;
	insns[n - 2].code = BPF_LD | BPF_MEM;
	assert_int_equal(pktcap_bpf_validate(insns, n, &error), -EINVAL);
	assert_int_equal(error.offset, n - 2);
	insns[0] = (struct pktcap_insn){ BPF_ST, 0, 0, 0 };
	assert_int_equal(pktcap_bpf_validate(insns, n, NULL), 0);
	free(insns);
}

int main(void)
{
	enum { ROWS = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[ROWS + 3] = {
		cmocka_unit_test(empty),
		cmocka_unit_test(length),
		cmocka_unit_test(far_jump),
	};

	for (size_t i = 0; i < ROWS; i++)
		tests[3 + i] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = run,
			.initial_state = &rows[i],
		};
	return _cmocka_run_group_tests("bpf_validate", tests, ROWS + 3, NULL,
				       NULL);
}
