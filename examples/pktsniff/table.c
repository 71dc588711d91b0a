// SPDX-License-Identifier: BSD-2-Clause
#include "table.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

void table_begin(struct table *table, const char *sides)
{
	table->sides = sides;
	table->rows = 0;
}

void table_row(struct table *table, const char *format, ...)
{
	char text[TABLE_COLUMNS * TABLE_CELL], *rest = text, *cell;
	va_list args;

	if (table->rows == TABLE_ROWS)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	for (size_t i = 0; i < TABLE_COLUMNS; i++) {
		cell = rest ? strsep(&rest, "|") : NULL;
		snprintf(table->cells[table->rows][i], TABLE_CELL, "%s",
			 cell ? cell : "");
	}
	table->rows++;
}

static int column_width(const struct table *table, size_t column)
{
	size_t width = 0, len;

	for (size_t row = 0; row < table->rows; row++) {
		len = strlen(table->cells[row][column]);
		if (len > width)
			width = len;
	}
	return (int)width;
}

void table_line(const struct table *table, size_t row, char *line, size_t size)
{
	size_t columns = strlen(table->sides), at = 0;

	line[0] = '\0';
	for (size_t i = 0; i < columns && at < size; i++) {
		int width = column_width(table, i);

		if (table->sides[i] == 'l')
			width = -width;
		at += (size_t)snprintf(line + at, size - at, "%s%*s",
				       i ? "  " : "", width,
				       table->cells[row][i]);
	}
	for (at = strlen(line); at && line[at - 1] == ' '; at--)
		line[at - 1] = '\0';
}

void table_print(const struct table *table, FILE *to)
{
	char line[TABLE_COLUMNS * (TABLE_CELL + 2)];

	for (size_t row = 0; row < table->rows; row++) {
		table_line(table, row, line, sizeof(line));
		fprintf(to, "%s\n", line);
	}
}

const char *human(char text[static HUMAN], double value, const char *unit)
{
	static const char *const prefixes[] = {
		"", "k", "M", "G", "T", "P", "E"
	};
	size_t i = 0;
	int decimals;

	/* What would be shown as 1000.0 is one of the next prefix. */
	for (; value >= 999.95 && i < 6; i++)
		value /= 1000;
	/* Slow is not the same as nothing. */
	decimals = i > 0 || (value < 10 && value != (double)(int)value);
	snprintf(text, HUMAN, "%.*f %s%s", decimals, value, prefixes[i], unit);
	return text;
}

const char *human_share(char text[static HUMAN], uint64_t part, uint64_t whole)
{
	if (whole)
		snprintf(text, HUMAN, "%.1f%%",
			 100 * (double)part / (double)whole);
	else
		snprintf(text, HUMAN, "-");
	return text;
}

const char *human_duration(char text[static HUMAN], int64_t ns)
{
	int64_t s = ns / 1000000000;

	if (s < 60)
		snprintf(text, HUMAN, "%.3f s", (double)ns / 1e9);
	else if (s < 3600)
		snprintf(text, HUMAN, "%" PRId64 "m%02ds", s / 60,
			 (int)(s % 60));
	else
		snprintf(text, HUMAN, "%" PRId64 "h%02dm", s / 3600,
			 (int)(s / 60 % 60));
	return text;
}
