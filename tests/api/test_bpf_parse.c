// SPDX-License-Identifier: BSD-2-Clause
/* The -ddd form read back: what is it, what is not, and where it goes wrong. */
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
	{ "count beyond 64 bits", "18446744073709551617\n", -E2BIG, 0 },
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

static void what_was_dumped(void **state)
{
	struct pktcap_insn got[INSNS];
	char text[128];
	int64_t len = pktcap_bpf_dump(program, INSNS, PKTCAP_BPF_FORM_DECIMAL,
				      text, sizeof(text));

	(void)state;
	assert_int_equal(pktcap_bpf_parse(text, (size_t)len, got, INSNS, NULL),
			 INSNS);
	assert_memory_equal(got, program, sizeof(program));
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
	enum { ROWS = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[ROWS + 2] = {
		cmocka_unit_test(what_was_dumped),
		cmocka_unit_test(only_what_fits),
	};

	for (size_t i = 0; i < ROWS; i++)
		tests[2 + i] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = run,
			.initial_state = &rows[i],
		};
	return _cmocka_run_group_tests("bpf_parse", tests, ROWS + 2, NULL,
				       NULL);
}
