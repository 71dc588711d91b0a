/* SPDX-License-Identifier: BSD-2-Clause */
#include "caret.h"

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

enum { INDENT = 2, DOTS = 3, WIDTH_DEFAULT = 80, WIDTH_MIN = 20 };

/* The line that is shown, and the columns of it that there is room for. */
struct line {
	const char *start, *end;
	size_t fault; /* column */
	size_t width;
	size_t from, to; /* columns shown */
};

/* A character as the terminal will have it. */
struct cell {
	size_t bytes;
	size_t columns;
	bool plain; /* false: "?" is shown instead */
};

static struct cell cell_at(const char *p, const char *end)
{
	mbstate_t state;
	wchar_t c = 0;
	size_t bytes;
	int columns;

	memset(&state, 0, sizeof(state));
	bytes = mbrtowc(&c, p, (size_t)(end - p), &state);
	if (!bytes || bytes > (size_t)(end - p))
		return (struct cell){ 1, 1, false };
	/* None, or less: controls, and what changes other characters. */
	columns = wcwidth(c);
	if (columns < 1)
		return (struct cell){ bytes, 1, false };
	return (struct cell){ bytes, (size_t)columns, true };
}

static size_t columns_between(const char *p, const char *end)
{
	size_t columns = 0;

	while (p < end) {
		struct cell cell = cell_at(p, end);

		columns += cell.columns;
		p += cell.bytes;
	}
	return columns;
}

static void put_cell(const char *p, struct cell cell)
{
	if (cell.plain)
		fwrite(p, 1, cell.bytes, stderr);
	else
		putc(*p == '\t' ? ' ' : '?', stderr);
}

static void put_line(const struct line *line)
{
	size_t column = 0;

	fprintf(stderr, "%*s%s", INDENT, "", line->from ? "..." : "");
	for (const char *p = line->start; p < line->end && column < line->to;) {
		struct cell cell = cell_at(p, line->end);

		if (column >= line->from && column + cell.columns <= line->to)
			put_cell(p, cell);
		else if (column + cell.columns > line->from)
			putc(' ', stderr); /* half of a wide one */
		column += cell.columns;
		p += cell.bytes;
	}
	fputs(line->to < line->width ? "...\n" : "\n", stderr);
}

static size_t room_of_terminal(void)
{
	struct winsize size;
	size_t width = WIDTH_DEFAULT;

	if (!ioctl(STDERR_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		width = size.ws_col;
	if (width < WIDTH_MIN)
		width = WIDTH_MIN;
	return width - INDENT - 1;
}

/* The fault in the middle, unless the line begins or ends before. */
static void choose_columns(struct line *line)
{
	size_t room = room_of_terminal();

	line->from = 0;
	line->to = line->width;
	/* The caret may be behind the last column. */
	if (line->width < room)
		return;
	if (line->fault > room / 2)
		line->from = line->fault - room / 2;
	if (line->from + room > line->width)
		line->from = line->width + 1 - room;
	line->to = line->from + room;
	if (line->from)
		line->from += DOTS;
	if (line->to < line->width)
		line->to -= DOTS;
}

/* What is missing at the end is missing behind the last word. */
static const char *fault_at(const char *text, size_t offset)
{
	const char *fault = text + offset;

	if (!fault[strspn(fault, " \t\r\n")])
		while (fault > text && strchr(" \t\r\n", fault[-1]))
			fault--;
	return fault;
}

static struct line line_of(const char *text, const char *fault)
{
	struct line line = { .start = fault,
			     .end = fault + strcspn(fault, "\n") };

	while (line.start > text && line.start[-1] != '\n')
		line.start--;
	setlocale(LC_CTYPE, "");
	line.fault = columns_between(line.start, fault);
	line.width = columns_between(line.start, line.end);
	choose_columns(&line);
	return line;
}

size_t caret_line(const char *text, size_t offset)
{
	const char *fault = fault_at(text, offset);
	size_t number = 1;

	for (const char *p = text; p < fault; p++)
		if (*p == '\n')
			number++;
	return number;
}

void caret_show(const char *text, size_t offset)
{
	struct line line = line_of(text, fault_at(text, offset));
	size_t before = line.from ? line.fault - line.from + DOTS : line.fault;

	put_line(&line);
	fprintf(stderr, "%*s^\n", (int)(INDENT + before), "");
}

void caret_show_text(const char *text)
{
	struct line line = line_of(text, text);

	put_line(&line);
}
