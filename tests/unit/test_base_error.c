// SPDX-License-Identifier: BSD-2-Clause
/* An error holds one clean sentence that fits, whatever is put in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "support/rows.h"

struct row {
	const char *name;
	uint64_t offset;
	const char *call;
	const char *argument; /* of the text "%s: no" */
	const char *want_call;
	const char *want_text; /* its beginning, where it is cut */
	size_t text_len;
};

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN

static struct row rows[] = {
	{ "a sentence", 0, "bind", "eth0", "bind", "eth0: no", 8 },
	{ "with an offset", UINT64_MAX, "read", "x", "read", "x: no", 5 },
	{ "control bytes of a name", 0, "o\npen", "a\x1b\n", "o?pen", "a??: no",
	  7 },
	{ "a text too long", 0, "bind", FIFTY FIFTY FIFTY FIFTY FIFTY, "bind",
	  FIFTY FIFTY FIFTY FIFTY "0123456", 207 },
	{ "a call too long", 0, FIFTY, "x", TEN TEN TEN "0", "x: no", 5 },
};

static void run(void **state)
{
	const struct row *r = *state;
	struct pktcap_error error;

	memset(&error, 'X', sizeof(error));
	assert_int_equal(error_set_at(&error, r->offset, -EPERM, r->call,
				      "%s: no", r->argument),
			 -EPERM);
	assert_int_equal(error.code, -EPERM);
	assert_int_equal(error.reserved, 0);
	assert_true(error.offset == r->offset);
	assert_string_equal(error.call, r->want_call);
	assert_string_equal(error.text, r->want_text);
	assert_int_equal(strlen(error.text), r->text_len);

	assert_int_equal(error_set(&error, -EIO, r->call, "%d", 1), -EIO);
	assert_true(error.offset == 0);
	assert_string_equal(error.text, "1");
	assert_int_equal(error_set(NULL, -EPERM, r->call, "%s", "x"), -EPERM);
	assert_int_equal(error_set_at(NULL, 1, -EIO, r->call, "x"), -EIO);
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N];
	size_t n = 0;

	ADD_ROWS(tests, n, rows, run);
	return _cmocka_run_group_tests("base_error", tests, n, NULL, NULL);
}
