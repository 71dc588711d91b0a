// SPDX-License-Identifier: BSD-2-Clause
/* The most instructions of a packet, against all ways through a program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <linux/filter.h>
#include <stdlib.h>

#include <pktcap/bpf.h>

enum { INSNS_MAX = 14, PROGRAMS = 20000, LONGEST = 1 << 20 };

#define RET                              \
	{                                \
		BPF_RET | BPF_K, 0, 0, 1 \
	}
#define LD                                \
	{                                 \
		BPF_LD | BPF_IMM, 0, 0, 0 \
	}
#define JA(k)                             \
	{                                 \
		BPF_JMP | BPF_JA, 0, 0, k \
	}
#define JEQ(t, f)                                  \
	{                                          \
		BPF_JMP | BPF_JEQ | BPF_K, t, f, 0 \
	}

struct row {
	const char *name;
	int64_t want;
	size_t n;
	struct pktcap_insn insns[4];
};

static struct row rows[] = {
	{ "a return", 1, 1, { RET } },
	{ "one way", 3, 3, { LD, LD, RET } },
	{ "behind the first return", 1, 3, { RET, LD, RET } },
	{ "the longer way", 4, 4, { JEQ(2, 0), LD, LD, RET } },
	{ "over a jump", 2, 3, { JA(1), LD, RET } },
	{ "nothing", -EINVAL, 0, { RET } },
	{ "no return", -EINVAL, 1, { LD } },
	{ "jump out", -EINVAL, 2, { JA(1), RET } },
	{ "jump far out", -EINVAL, 2, { JA(UINT32_MAX), RET } },
	{ "branch out", -EINVAL, 2, { JEQ(0, 1), RET } },
	{ "too many", -E2BIG, LONGEST + 1, { RET } },
};

static void run(void **state)
{
	const struct row *r = *state;

	assert_int_equal(pktcap_bpf_cost(r->insns, r->n), r->want);
}

static uint32_t any(uint32_t *seed, uint32_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed % below;
}

/* Goes all ways there are: no deeper than the program is long. */
static int64_t longest(const struct pktcap_insn *insn)
{
	int64_t t, f;

	if (insn->code == (BPF_RET | BPF_K))
		return 1;
	if (insn->code == (BPF_LD | BPF_IMM))
		return 1 + longest(insn + 1);
	if (insn->code == (BPF_JMP | BPF_JA))
		return 1 + longest(insn + 1 + insn->k);
	t = longest(insn + 1 + insn->jt);
	f = longest(insn + 1 + insn->jf);
	return 1 + (t > f ? t : f);
}

static void as_all_ways(void **state)
{
	static const struct pktcap_insn kinds[] = { RET,       LD,
						    JA(0),     JEQ(0, 0),
						    JEQ(0, 0), JEQ(0, 0) };
	struct pktcap_insn insns[INSNS_MAX];
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < PROGRAMS; i++) {
		uint32_t n = 1 + any(&seed, INSNS_MAX);

		for (uint32_t at = 0; at + 1 < n; at++) {
			insns[at] = kinds[any(&seed, 6)];
			insns[at].jt = (uint8_t)any(&seed, n - at - 1);
			insns[at].jf = (uint8_t)any(&seed, n - at - 1);
			insns[at].k = any(&seed, n - at - 1);
		}
		insns[n - 1] = kinds[0];
		assert_int_equal(pktcap_bpf_validate(insns, n, NULL), 0);
		assert_int_equal(pktcap_bpf_cost(insns, n), longest(insns));
	}
}

/* Where there are more ways than anybody could go. */
static void longest_program(void **state)
{
	static const struct pktcap_insn jeq = JEQ(1, 0), ret = RET;
	struct pktcap_insn *insns = malloc(LONGEST * sizeof(*insns));

	(void)state;
	assert_non_null(insns);
	for (size_t i = 0; i < LONGEST; i++)
		insns[i] = i + 2 < LONGEST ? jeq : ret;
	assert_int_equal(pktcap_bpf_cost(insns, LONGEST), LONGEST - 1);
	free(insns);
}

int main(void)
{
	enum { ROWS = sizeof(rows) / sizeof(rows[0]), OTHERS = 2 };
	struct CMUnitTest tests[ROWS + OTHERS] = {
		cmocka_unit_test(as_all_ways),
		cmocka_unit_test(longest_program),
	};

	for (size_t i = 0; i < ROWS; i++)
		tests[OTHERS + i] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = run,
			.initial_state = &rows[i],
		};
	return _cmocka_run_group_tests("bpf_cost", tests, ROWS + OTHERS, NULL,
				       NULL);
}
