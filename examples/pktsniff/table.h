/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables of text: columns as wide as what is in them. */
#ifndef PKTSNIFF_TABLE_H
#define PKTSNIFF_TABLE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { TABLE_COLUMNS = 9, TABLE_ROWS = 80, TABLE_CELL = 56 };

struct table {
	/* "l" or "r" for each column: where its cells stand. */
	const char *sides;
	size_t rows;
	char cells[TABLE_ROWS][TABLE_COLUMNS][TABLE_CELL];
};

/* Empties it. */
void table_begin(struct table *table, const char *sides);

/*
 * A row; cells are separated by "|" in @format. What goes into it must not
 * have any. One row too many is left out.
 */
void table_row(struct table *table, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Row @row as a line without the newline, cut to @size; two spaces between
 * columns and none at the end.
 */
void table_line(const struct table *table, size_t row, char *line, size_t size);

/* All of them. */
void table_print(const struct table *table, FILE *to);

/* Numbers for people: "1.2 MB", "10.0 kbit/s", "0.4 /s". */
enum { HUMAN = 24 };
const char *human(char text[static HUMAN], double value, const char *unit);

/* "12.5%" of @whole, "-" where that is nothing. */
const char *human_share(char text[static HUMAN], uint64_t part, uint64_t whole);

/* "1.234 s", "2m05s", "3h12m". */
const char *human_duration(char text[static HUMAN], int64_t ns);

#endif
