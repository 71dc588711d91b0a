// SPDX-License-Identifier: BSD-2-Clause
/* Options of older and newer callers are read; what we do not know is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/opts.h"
#include "support/guard.h"
#include "support/rows.h"

/* What this version knows; a caller may have more or fewer words. */
struct opts {
	uint32_t size;
	uint32_t a;
	uint32_t b;
};

struct row {
	const char *name;
	uint32_t given[5]; /* the first one is the size field */
	size_t bytes;	   /* that the caller really has; 0: passes NULL */
	int want;
	struct opts out;
};

static struct row rows[] = {
	{ "NULL is all defaults", { 0 }, 0, 0, { 0, 0, 0 } },
	{ "same version", { 12, 1, 2 }, 12, 0, { 12, 1, 2 } },
	{ "older caller", { 8, 1 }, 8, 0, { 8, 1, 0 } },
	{ "size field only", { 4 }, 4, 0, { 4, 0, 0 } },
	{ "newer caller, rest zero", { 20, 1, 2 }, 20, 0, { 20, 1, 2 } },
	{ "newer caller, rest in use", { 20, 1, 2, 0, 9 }, 20, -E2BIG, { 0 } },
	{ "size not set", { 0, 1, 2 }, 12, -EINVAL, { 0 } },
	{ "size below its own field", { 3 }, 4, -EINVAL, { 0 } },
};

static void run(void **state)
{
	const struct row *r = *state;
	uint8_t *given = guard_copy(r->given, r->bytes);
	struct pktcap_error error = { 0 };
	struct opts out;

	memset(&out, 0x5a, sizeof(out));
	assert_int_equal(
		opts_copy(&out, sizeof(out), r->bytes ? given : NULL, &error),
		r->want);
	assert_memory_equal(&out, &r->out, sizeof(out));
	assert_int_equal(error.code, r->want);
	assert_string_equal(error.call, r->want ? "size" : "");
	assert_int_equal(
		opts_copy(&out, sizeof(out), r->bytes ? given : NULL, NULL),
		r->want);
	guard_free(given, r->bytes);
}

static const struct opts_range ranges[] = {
	OPTS_RANGE(struct opts, a, 4, 9),
	OPTS_RANGE(struct opts, b, 0, UINT32_MAX),
};

static struct numbers {
	const char *name;
	uint32_t a;
	int want;
} numbers[] = {
	{ "the default", 0, 0 },  { "below", 3, -EINVAL },
	{ "the least", 4, 0 },	  { "the most", 9, 0 },
	{ "above", 10, -EINVAL },
};

static void check(void **state)
{
	const struct numbers *r = *state;
	const struct opts opts = { sizeof(opts), r->a, UINT32_MAX };
	struct pktcap_error error = { 0 };

	assert_int_equal(opts_check_ranges(&opts, ranges, 2, &error), r->want);
	assert_string_equal(error.call, r->want ? "a" : "");
	if (r->want)
		assert_string_equal(
			error.text,
			"a: out of range: 4 to 9, or 0 for the default");
}

int main(void)
{
	enum {
		N = sizeof(rows) / sizeof(rows[0]) +
		    sizeof(numbers) / sizeof(numbers[0])
	};
	struct CMUnitTest tests[N];
	size_t n = 0;

	ADD_ROWS(tests, n, rows, run);
	ADD_ROWS(tests, n, numbers, check);
	return _cmocka_run_group_tests("base_opts", tests, n, NULL, NULL);
}
