// SPDX-License-Identifier: BSD-2-Clause
/* Text is cut to its buffer, counted in full and always terminated. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "support/rows.h"

struct row {
	const char *name;
	void (*write)(struct text *t);
	size_t size;
	const char *want; /* what the buffer holds */
	size_t len;	  /* what the whole text has */
};

static void write_abc(struct text *t)
{
	text_string(t, "a");
	text_char(t, 'b');
	text_string(t, "c");
}

static void write_hostile(struct text *t)
{
	text_safe(t, "e\x1b[0m\n\x7f\xc3");
}

static void write_decimals(struct text *t)
{
	text_number(t, 0, 10, 0, ' ');
	text_char(t, ' ');
	text_number(t, UINT64_MAX, 10, 0, ' ');
}

static void write_filled(struct text *t)
{
	text_number(t, 7, 10, 3, '0');
	text_number(t, 0xabc, 16, 6, ' ');
	text_number(t, 1234, 10, 2, '0');
}

static void write_signed(struct text *t)
{
	text_format(t, "%d %d %d", 0, -1, -2147483647 - 1);
}

static void write_unsigned(struct text *t)
{
	text_format(t, "%u %x %lu %zu", 4294967295u, 0xbeefu, 9ul, (size_t)8);
}

static void write_string(struct text *t)
{
	text_format(t, "<%s> 100%%", "a\tb");
}

static struct row rows[] = {
	{ "fits with room to spare", write_abc, 9, "abc", 3 },
	{ "fits exactly", write_abc, 4, "abc", 3 },
	{ "one byte short", write_abc, 3, "ab", 3 },
	{ "room for the terminator only", write_abc, 1, "", 3 },
	{ "no room at all", write_abc, 0, NULL, 3 },
	{ "control and foreign bytes", write_hostile, 32, "e?[0m???", 8 },
	{ "smallest and largest number", write_decimals, 32,
	  "0 18446744073709551615", 22 },
	{ "filled up to a width", write_filled, 32, "007   abc1234", 13 },
	{ "%d", write_signed, 32, "0 -1 -2147483648", 16 },
	{ "%u %x %lu %zu", write_unsigned, 32, "4294967295 beef 9 8", 19 },
	{ "%s and %%", write_string, 32, "<a?b> 100%", 10 },
};

static void run(void **state)
{
	const struct row *r = *state;
	char buf[40];
	struct text t;

	memset(buf, 'X', sizeof(buf));
	t = text_over(buf, r->size);
	r->write(&t);
	assert_int_equal(t.len, r->len);
	if (r->want)
		assert_string_equal(buf, r->want);
	for (size_t i = r->size; i < sizeof(buf); i++)
		assert_int_equal(buf[i], 'X');
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N];
	size_t n = 0;

	ADD_ROWS(tests, n, rows, run);
	return _cmocka_run_group_tests("base_text", tests, n, NULL, NULL);
}
