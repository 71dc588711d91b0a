// SPDX-License-Identifier: BSD-2-Clause
/* A slice never reaches beyond what it is cut from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "support/rows.h"

struct row {
	const char *name;
	size_t off;
	size_t n;
	size_t want;
};

static struct row rows[] = {
	{ "from the middle", 2, 3, 3 },
	{ "all of it", 0, 8, 8 },
	{ "longer than there is", 5, 100, 3 },
	{ "the largest length", 1, SIZE_MAX, 7 },
	{ "nothing", 3, 0, 0 },
	{ "from the end", 8, 1, 0 },
	{ "from behind the end", SIZE_MAX, 1, 0 },
};

static void run(void **state)
{
	static const uint8_t source[8];
	const struct row *r = *state;
	struct bytes slice =
		bytes_slice((struct bytes){ source, 8 }, r->off, r->n);

	assert_int_equal(slice.n, r->want);
	if (r->off < 8)
		assert_ptr_equal(slice.p, source + r->off);
	else
		assert_null(slice.p);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N];
	size_t n = 0;

	ADD_ROWS(tests, n, rows, run);
	return _cmocka_run_group_tests("base_slice", tests, n, NULL, NULL);
}
