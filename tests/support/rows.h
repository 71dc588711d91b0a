/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of which each is a row of a table, and called what the row is. */
#ifndef TESTS_SUPPORT_ROWS_H
#define TESTS_SUPPORT_ROWS_H

#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Puts one with each row as its state behind the first @n in @all. */
#define ADD_ROWS(all, n, rows, test)                                          \
	do {                                                                  \
		for (size_t i = 0; i < sizeof(rows) / sizeof(*(rows)); i++) { \
			assert((n) < sizeof(all) / sizeof(*(all)));           \
			(all)[(n)++] = (struct CMUnitTest){                   \
				.name = (rows)[i].name,                       \
				.test_func = test,                            \
				.initial_state =                              \
					(void *)(uintptr_t) & (rows)[i],      \
			};                                                    \
		}                                                             \
	} while (0)

#endif
