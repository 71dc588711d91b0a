/* SPDX-License-Identifier: BSD-2-Clause */
/* Every test of one table with every row of another. */
#ifndef TESTS_SUPPORT_MATRIX_H
#define TESTS_SUPPORT_MATRIX_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

struct matrix_test {
	const char *name;
	CMUnitTestFunction run;
};

#define MATRIX_TEST(function)        \
	{                            \
#function, function, \
	}

/*
 * Runs each of @n tests with each of @count rows of @size bytes, which begin
 * with their name and are found in *state. Returns how many failed.
 */
static inline int matrix_run(const char *group, const struct matrix_test *tests,
			     size_t n, void *rows, size_t count, size_t size)
{
	struct CMUnitTest *all = calloc(n * count, sizeof(*all));
	char(*names)[96] = calloc(n * count, sizeof(*names));
	int failed;

	for (size_t i = 0; i < n * count; i++) {
		const struct matrix_test *test = &tests[i / count];
		char *row = (char *)rows + i % count * size;

		snprintf(names[i], sizeof(names[i]), "%s [%s]", test->name,
			 *(const char **)(void *)row);
		all[i] = (struct CMUnitTest){ .name = names[i],
					      .test_func = test->run,
					      .initial_state = row };
	}
	failed = _cmocka_run_group_tests(group, all, n * count, NULL, NULL);
	free(all);
	free(names);
	return failed;
}

#endif
