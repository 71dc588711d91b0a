// SPDX-License-Identifier: BSD-2-Clause
/*
 * Expressions and the trees they make, refusals and their place; where libpcap
 * is installed it must take and refuse the same, the extensions apart.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "unit/filter_rows.h"

#if __has_include(<pcap/pcap.h>)
#include <pcap/pcap.h>
#endif

static int parse(const char *text, size_t len, uint32_t flags, char *out,
		 size_t size, struct pktcap_error *error)
{
	struct arena arena =
		arena_limited(len * FILTER_ARENA_PER_BYTE + (1 << 16));
	struct text printed = text_over(out, size);
	struct ast *ast;
	int rc = filter_parse(&arena, text, len, flags, &ast, error);

	if (!rc)
		rc = filter_print_ast(&arena, ast, &printed);
	arena_free(&arena);
	return rc;
}

static void check_row(void **state)
{
	const struct row *r = *state;
	struct pktcap_error error;
	char first[512], second[512];
	int rc = parse(r->text, strlen(r->text), r->flags, first, sizeof(first),
		       &error);

	if (!r->tree) {
		assert_int_equal(rc, -EINVAL);
		assert_int_equal(error.offset, r->offset);
		assert_string_equal(error.text, r->error);
		return;
	}
	assert_int_equal(rc, 0);
	assert_string_equal(first, r->tree);
	/* What was printed means the same. */
	assert_int_equal(parse(first, strlen(first), FILTER_EXTENDED, second,
			       sizeof(second), &error),
			 0);
	assert_string_equal(first, second);
}

#if __has_include(<pcap/pcap.h>)
/* Its error when the grammar, not a link type or a name, is at fault. */
static bool refused_by_grammar(const char *error)
{
	return strstr(error, "syntax error") != NULL;
}

static void agree_with_libpcap(void **state)
{
	pcap_t *pcap = pcap_open_dead(DLT_EN10MB, 65535);

	(void)state;
	assert_non_null(pcap);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		struct bpf_program program;
		bool refused = false, taken;

		/* "foo" would be looked up in the net. */
		if (r->flags || strstr(r->text, "foo"))
			continue;
		taken = pcap_compile(pcap, &program, r->text, 1, 0) == 0;
		if (taken)
			pcap_freecode(&program);
		else
			refused = refused_by_grammar(pcap_geterr(pcap));
		if ((taken && !r->tree) || (refused && r->tree))
			fail_msg("libpcap differs: %s", r->text);
	}
	pcap_close(pcap);
}
#else
static void agree_with_libpcap(void **state)
{
	(void)state;
	skip();
}
#endif

/* @open @times, @middle, @close @times, with a stack of the usual size. What
 * costs the square of the length takes hours here, and recursion the stack;
 * the time itself is measured by tests/bench, not asserted: machines differ. */
static void check_repeated(const char *open, const char *middle,
			   const char *close, size_t times)
{
	size_t no = strlen(open), nc = strlen(close), nm = strlen(middle);
	size_t len = times * (no + nc) + nm, size = 20 * len + 100;
	char *text = malloc(len + 1), *out = malloc(size), *p = text;
	struct pktcap_error error;

	assert_non_null(text);
	assert_non_null(out);
	for (size_t i = 0; i < times; i++, p += no)
		memcpy(p, open, no);
	memcpy(p, middle, nm);
	p += nm;
	for (size_t i = 0; i < times; i++, p += nc)
		memcpy(p, close, nc);
	assert_int_equal(parse(text, len, 0, out, size, &error), 0);
	free(text);
	free(out);
}

static void deep_and_long(void **state)
{
	(void)state;
	check_repeated("(", "tcp", ")", 10000);
	check_repeated("(", "tcp", ")", 500000);
	check_repeated("!", "tcp", "", 1 << 20);
	check_repeated("", "port 1", " or 2", 200000);
	check_repeated("ip[", "0] = 0", "", 1);
	check_repeated("-", "5 > 3", "", 1 << 20);
	check_repeated("1+", "5 > 3", "", 1 << 19);
}

static void bounded(void **state)
{
	struct arena arena = arena_limited(1000);
	struct pktcap_error error;
	struct ast *ast;

	(void)state;
	assert_int_equal(
		filter_parse(&arena, "tcp or udp or ip", 16, 0, &ast, &error),
		-ENOMEM);
	assert_int_equal(error.code, -ENOMEM);
	assert_int_equal(
		filter_parse(&arena, "", FILTER_TEXT_MAX + 1, 0, &ast, &error),
		-E2BIG);
	arena_free(&arena);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N + 3];

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].text,
						.test_func = check_row,
						.initial_state = &rows[i] };
	tests[N] = (struct CMUnitTest)cmocka_unit_test(agree_with_libpcap);
	tests[N + 1] = (struct CMUnitTest)cmocka_unit_test(deep_and_long);
	tests[N + 2] = (struct CMUnitTest)cmocka_unit_test(bounded);
	return _cmocka_run_group_tests("filter_parse", tests, N + 3, NULL,
				       NULL);
}
