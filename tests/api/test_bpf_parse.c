// SPDX-License-Identifier: BSD-2-Clause
/* Programs read back: what is one, what is not, and where it goes wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include <pktcap/bpf.h>

#include "support/guard.h"

struct row {
	const char *name;
	const char *text;
	int64_t want;
	size_t at; /* of the error */
};

static struct row rows[] = {
	{ "one instruction", "1\n6 0 0 262144\n", 1, 0 },
	{ "no newline at the end", "1\n6 0 0 0", 1, 0 },
	{ "white space is free", "\t 2 40\v0 0\r\n12\n\n6 0 0 0  ", 2, 0 },
	{ "comments", "# a program\n1 # insn\n6 0 0 0# all\n#", 1, 0 },
	{ "greatest numbers", "1\n65535 255 255 4294967295", 1, 0 },
	{ "leading zeros", "1\n0000000006 000 0 0", 1, 0 },
	{ "no instruction", "0\n", 0, 0 },
	{ "nothing", "", -EINVAL, 0 },
	{ "only white space", " \n", -EINVAL, 2 },
	{ "only a comment", "# 1", -EINVAL, 3 },
	{ "not the form", "ldh [12]", -EINVAL, 0 },
	{ "hexadecimal", "1\n0x28 0 0 12", -EINVAL, 3 },
	{ "negative", "1\n6 0 0 -1", -EINVAL, 8 },
	{ "commas", "1\n6,0,0,1", -EINVAL, 3 },
	{ "code too great", "1\n65536 0 0 0", -EINVAL, 2 },
	{ "jt too great", "1\n6 256 0 0", -EINVAL, 4 },
	{ "jf too great", "1\n6 0 256 0", -EINVAL, 6 },
	{ "k too great", "1\n6 0 0 4294967296", -EINVAL, 8 },
	{ "k beyond 64 bits", "1\n6 0 0 18446744073709551617", -EINVAL, 8 },
	{ "too few instructions", "2\n6 0 0 0\n", -EINVAL, 10 },
	{ "too few numbers", "1\n6 0 0", -EINVAL, 7 },
	{ "too many instructions", "1\n6 0 0 0\n6 0 0 0\n", -EINVAL, 10 },
	{ "count too great", "1048577\n", -E2BIG, 0 },
	{ "count with a letter behind it", "12x\n", -EINVAL, 2 },
	{ "count beyond 64 bits", "18446744073709551617\n", -E2BIG, 0 },
	{ "C", "{ 0x28, 0, 0, 0x0000000c },\n{ 0x6, 0, 0, 0x00040000 },\n", 2,
	  0 },
	{ "C without white space", "{0x28,0,0,12},{6,0,0,0X1}", -EINVAL, 22 },
	{ "C without a last comma", " {0x28,0,0,12},{6,0,0,0xFfff}", 2, 0 },
	{ "C, end inside", "{ 0x28, 0, 0, 12", -EINVAL, 16 },
	{ "C, number missing", "{ 0x28, 0, 0, }", -EINVAL, 14 },
	{ "C, code too great", "{ 0x10000, 0, 0, 0 }", -EINVAL, 4 },
	{ "C, jump too great", "{ 0x15, 0, 0x100, 0 }", -EINVAL, 13 },
	{ "C, k too great", "{ 0x15, 0, 0, 0x100000000 }", -EINVAL, 16 },
	{ "C, something else between", "{ 6, 0, 0, 0 }; { 6, 0, 0, 0 }",
	  -EINVAL, 14 },
	{ "mnemonics",
	  "(000) ldh [12]\n(001) jeq #0x800 jt 2 jf 3\n"
	  "(002) ret #1\n(003) ret #0\n",
	  4, 0 },
	{ "mnemonics in one line", "(0)ldh[x+14](1)ret(2)tax", 3, 0 },
	{ "no such mnemonic", "(000) ldq [12]", -EINVAL, 6 },
	{ "no mnemonic", "(000) [12]", -EINVAL, 6 },
	{ "not its operand", "(000) tax #1", -EINVAL, 6 },
	{ "operand missing", "(000) jeq jt 1 jf 1", -EINVAL, 6 },
	{ "wrong number", "(001) ret", -EINVAL, 0 },
	{ "no number", "() ret", -EINVAL, 1 },
	{ "number not closed", "(000 ret", -EINVAL, 5 },
	{ "no such ancillary value", "(000) ld [vlan]", -EINVAL, 10 },
	{ "bracket not closed", "(000) ld [12", -EINVAL, 12 },
	{ "memory not closed", "(000) st M[1", -EINVAL, 12 },
	{ "half a header length", "(000) ldxb 4*([14]&0xe)", -EINVAL, 17 },
	{ "branch without ways", "(000) jeq #1", -EINVAL, 12 },
	{ "branch backward", "(000) jeq #1 jt 0 jf 1", -EINVAL, 16 },
	{ "branch too far", "(000) jeq #1 jt 1 jf 257", -EINVAL, 21 },
	{ "ways behind what is no branch", "(000) ret #1 jt 1 jf 1", -EINVAL,
	  13 },
	{ "unknown code too great", "(000) unimp 0x10000", -EINVAL, 14 },
};

static void run(void **state)
{
	const struct row *r = *state;
	struct pktcap_error error = { 0 };
	size_t len = strlen(r->text);
	char *text = (char *)guard_copy(r->text, len);

	assert_int_equal(pktcap_bpf_parse(text, len, NULL, 0, &error), r->want);
	assert_int_equal(error.code, r->want < 0 ? r->want : 0);
	assert_int_equal(error.offset, r->at);
	assert_int_equal(pktcap_bpf_parse(text, len, NULL, 0, NULL), r->want);
	if (r->want < 0)
		assert_true(strlen(error.text) > 0);
	guard_free((uint8_t *)text, len);
}

static const struct pktcap_insn program[] = {
	{ 0x28, 0, 0, 12 },
	{ 0x15, 0, 1, 0x800 },
	{ 0xffff, 255, 254, UINT32_MAX },
};

enum { INSNS = sizeof(program) / sizeof(program[0]) };

/* The program as it is, or as mnemonics can show it. */
static void same_again(const struct pktcap_insn *insns, size_t n)
{
	static char text[4096], again[4096];
	struct pktcap_insn got[INSNS];

	assert_in_range(n, 1, INSNS);
	for (uint32_t form = PKTCAP_BPF_FORM_ASM;
	     form <= PKTCAP_BPF_FORM_DECIMAL; form++) {
		struct pktcap_error error;
		int64_t len =
			pktcap_bpf_dump(insns, n, form, text, sizeof(text));
		int64_t read =
			pktcap_bpf_parse(text, (size_t)len, got, INSNS, &error);

		if (read < 0)
			fail_msg("%s%s", text, error.text);
		assert_int_equal(read, n);
		pktcap_bpf_dump(got, n, form, again, sizeof(again));
		assert_string_equal(again, text);
		if (form != PKTCAP_BPF_FORM_ASM)
			assert_memory_equal(got, insns, n * sizeof(*insns));
	}
}

static void what_was_dumped(void **state)
{
	(void)state;
	same_again(program, INSNS);
}

/* Every code with operands at the ends of their ranges. */
static void every_code(void **state)
{
	static const uint32_t ks[] = { 0,	   1,	       12,
				       INT32_MAX,  1u << 31,   UINT32_MAX,
				       0xfffff000, 0xfffff028, 0xfffff03c,
				       0xfffff040, 0xfffff001, 0xfff00000 };

	(void)state;
	for (uint32_t code = 0; code <= UINT16_MAX; code++) {
		struct pktcap_insn insns[] = {
			{ 6, 0, 0, 0 },
			{ (uint16_t)code, (uint8_t)code, 255, 0 },
		};

		for (size_t i = 0; i < sizeof(ks) / sizeof(ks[0]); i++) {
			insns[1].k = ks[i];
			same_again(insns, 2);
		}
		if (code == 0x200) /* nothing above is an instruction */
			code = UINT16_MAX - 0x200;
	}
}

static void only_what_fits(void **state)
{
	static const char text[] = "3 6 0 0 1 6 0 0 2 6 0 0 3";
	struct pktcap_insn got[3] = { { 0, 0, 0, 0 },
				      { 0, 0, 0, 0 },
				      { 1, 2, 3, 4 } };

	(void)state;
	assert_int_equal(pktcap_bpf_parse(text, strlen(text), got, 2, NULL), 3);
	assert_int_equal(got[1].k, 2);
	assert_int_equal(got[2].k, 4);
}

int main(void)
{
	enum { ROWS = sizeof(rows) / sizeof(rows[0]), OTHERS = 3 };
	struct CMUnitTest tests[ROWS + OTHERS] = {
		cmocka_unit_test(what_was_dumped),
		cmocka_unit_test(every_code),
		cmocka_unit_test(only_what_fits),
	};

	for (size_t i = 0; i < ROWS; i++)
		tests[OTHERS + i] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = run,
			.initial_state = &rows[i],
		};
	return _cmocka_run_group_tests("bpf_parse", tests, ROWS + OTHERS, NULL,
				       NULL);
}
