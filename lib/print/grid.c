/* SPDX-License-Identifier: BSD-2-Clause */
#include "print/grid.h"

enum { COLUMNS = 2 * GRID_BITS + 1 };

void grid_begin(struct grid *grid, struct text *t)
{
	grid->t = t;
	memset(grid->above, 0, sizeof(grid->above));
	memset(grid->owner, 0, sizeof(grid->owner));
	grid->last_owner = 0;
	grid->ruled = false;
	grid->running = false;
	grid->cells = 0;
}

uint16_t grid_owner(struct grid *grid)
{
	/* Neighbours differ, also after a very long header. */
	if (++grid->last_owner == 0)
		grid->last_owner = 1;
	return grid->last_owner;
}

bool grid_free(const struct grid *grid, unsigned int bit, unsigned int bits)
{
	for (unsigned int i = bit; i < bit + bits; i++)
		if (grid->owner[i])
			return false;
	return true;
}

bool grid_row_full(const struct grid *grid)
{
	for (unsigned int i = 0; i < GRID_BITS; i++)
		if (!grid->owner[i])
			return false;
	return true;
}

/* A line of @n columns at most without the blanks at its end. */
static void write_line(struct grid *grid, const char *line, size_t n)
{
	while (n && line[n - 1] == ' ')
		n--;
	put_bytes(grid->t, line, n);
	put_char(grid->t, '\n');
}

static void write_ruler(struct grid *grid)
{
	char tens[COLUMNS], units[COLUMNS];

	memset(tens, ' ', sizeof(tens));
	memset(units, ' ', sizeof(units));
	for (unsigned int i = 0; i < GRID_BITS; i++) {
		if (i % 10 == 0)
			tens[2 * i + 1] = (char)('0' + i / 10);
		units[2 * i + 1] = (char)('0' + i % 10);
	}
	write_line(grid, tens, sizeof(tens));
	write_line(grid, units, sizeof(units));
	grid->ruled = true;
}

/* Whose a bit is; outside of the row it is nobody's. */
static uint16_t owner_of(const uint16_t *row, unsigned int bit)
{
	return bit < GRID_BITS ? row[bit] : 0;
}

/* Where cells meet left and right of a bit's left edge. */
static bool is_edge(const uint16_t *row, unsigned int bit)
{
	return owner_of(row, bit - 1) != owner_of(row, bit);
}

/* Between two rows a line is drawn where it divides owners. */
static bool is_divided(const struct grid *grid, unsigned int bit)
{
	return owner_of(grid->above, bit) != owner_of(grid->owner, bit);
}

static char corner(const struct grid *grid, unsigned int bit)
{
	bool left = is_divided(grid, bit - 1), right = is_divided(grid, bit);
	bool edge = is_edge(grid->above, bit) || is_edge(grid->owner, bit);

	if (!left && !right)
		return edge ? '|' : ' ';
	return edge ? '+' : '-';
}

static void write_border(struct grid *grid)
{
	char line[COLUMNS];
	bool any = false;

	for (unsigned int bit = 0; bit <= GRID_BITS; bit++) {
		line[2 * bit] = corner(grid, bit);
		if (bit == GRID_BITS)
			break;
		any |= is_divided(grid, bit);
		line[2 * bit + 1] = is_divided(grid, bit) ? '-' : ' ';
	}
	if (any)
		write_line(grid, line, sizeof(line));
}

/* The row is above of what comes now. */
static void shift(struct grid *grid)
{
	memcpy(grid->above, grid->owner, sizeof(grid->above));
	memset(grid->owner, 0, sizeof(grid->owner));
	grid->cells = 0;
}

static unsigned int row_lines(const struct grid *grid)
{
	unsigned int most = 1;

	for (unsigned int i = 0; i < grid->cells; i++)
		if (grid->cell[i].lines > most)
			most = grid->cell[i].lines;
	return most;
}

/* The text that a cell has on a line of a row of @height lines, centred. */
static void draw_cell(const struct grid_cell *cell, char *line, unsigned int at,
		      unsigned int height)
{
	unsigned int skip = (height - cell->lines) / 2;
	unsigned int width = 2u * cell->bits - 1;
	const char *text;
	size_t len;

	if (at < skip || at - skip >= cell->lines)
		return;
	text = cell->line[at - skip];
	len = strlen(text);
	memcpy(line + 2u * cell->bit + 1 + (width - len) / 2, text, len);
}

static void write_row(struct grid *grid)
{
	unsigned int height = row_lines(grid);
	char line[COLUMNS];

	for (unsigned int at = 0; at < height; at++) {
		memset(line, ' ', sizeof(line));
		for (unsigned int bit = 0; bit <= GRID_BITS; bit++)
			if (is_edge(grid->owner, bit))
				line[2 * bit] = '|';
		for (unsigned int i = 0; i < grid->cells; i++)
			draw_cell(&grid->cell[i], line, at, height);
		write_line(grid, line, sizeof(line));
	}
}

/* Bits that no field told, in front of one that did. */
static void fill_gaps(struct grid *grid)
{
	unsigned int end = GRID_BITS;
	uint16_t gap = 0;

	while (end && !grid->owner[end - 1])
		end--;
	for (unsigned int i = 0; i < end; i++) {
		if (grid->owner[i])
			gap = 0;
		else
			grid->owner[i] = gap = gap ? gap : grid_owner(grid);
	}
}

void grid_row(struct grid *grid)
{
	if (!grid->cells)
		return;
	if (!grid->ruled)
		write_ruler(grid);
	fill_gaps(grid);
	write_border(grid);
	write_row(grid);
	shift(grid);
}

void grid_end(struct grid *grid)
{
	grid_row(grid);
	write_border(grid);
}

/* "flag syn" becomes SYN, "dont fragment" DF. */
static size_t abbreviate(const char *name, char out[static 4])
{
	size_t n = 0;

	if (!strncmp(name, "flag ", 5))
		name += 5;
	if (strchr(name, ' ')) {
		for (size_t i = 0; n < 3 && name[i]; i++)
			if (i == 0 || name[i - 1] == ' ')
				out[n++] = name[i];
	} else {
		for (; n < 3 && name[n]; n++)
			out[n] = name[n];
	}
	for (size_t i = 0; i < n; i++)
		if (out[i] >= 'a' && out[i] <= 'z')
			out[i] = (char)(out[i] - 'a' + 'A');
	out[n] = '\0';
	return n;
}

static void add_line(struct grid_cell *cell, const char *text, size_t n)
{
	if (cell->lines == GRID_LINES)
		return;
	memcpy(cell->line[cell->lines], text, n);
	cell->line[cell->lines++][n] = '\0';
}

/* A word of the name, or the value, down one column. */
static void add_column(struct grid_cell *cell, const char *text)
{
	for (; *text; text++)
		add_line(cell, text, 1);
}

/* Bytes of a line of at most @width columns, up to a blank if there is one. */
static size_t line_length(const char *text, size_t width)
{
	size_t n = strlen(text);

	if (n <= width)
		return n;
	for (n = width; n && text[n] != ' ';)
		n--;
	return n ? n : width;
}

static void add_wrapped(struct grid_cell *cell, const char *text, size_t width)
{
	while (*text) {
		size_t n = line_length(text, width);

		add_line(cell, text, n);
		text += n;
		while (*text == ' ')
			text++;
	}
}

/* Columns of the longest word. */
static size_t longest_word(const char *text)
{
	size_t longest = 0, n = 0;

	for (; *text; text++) {
		n = *text == ' ' ? 0 : n + 1;
		if (n > longest)
			longest = n;
	}
	return longest;
}

/* "reserved" in a cell of 5 columns is "rese.". */
static void add_name(struct grid_cell *cell, const char *name, size_t width)
{
	char line[GRID_INNER + 1];
	size_t n;

	while (*name) {
		n = line_length(name, width);
		memcpy(line, name, n);
		if (name[n] && name[n] != ' ') {
			line[n - 1] = '.';
			while (*name && *name != ' ')
				name++;
		} else {
			name += n;
		}
		add_line(cell, line, n);
		while (*name == ' ')
			name++;
	}
}

/* Of three columns at most: hardly a word fits. */
static void fill_narrow(struct grid_cell *cell, const struct grid_words *words,
			size_t width)
{
	char letters[4];

	abbreviate(words->name, letters);
	if (width == 1)
		add_column(cell, letters);
	else
		add_line(cell, letters, strlen(letters));
	add_wrapped(cell, words->value, width);
}

/* "name value (label)" without what is "" or beyond @size. */
static size_t join(char *line, size_t size, const char *name,
		   const struct grid_words *words)
{
	struct text t = { .buf = line, .size = size };

	put_string(&t, name);
	if (*name && *words->value)
		put_char(&t, ' ');
	put_string(&t, words->value);
	if (*words->label) {
		PUT(&t, " (");
		put_string(&t, words->label);
		put_char(&t, ')');
	}
	put_end(&t);
	return t.len;
}

/*
 * On one line, on two, or on as many as it takes. A label that had to be
 * broken inside a word would be no help, and is left out.
 */
static void fill_cell(struct grid_cell *cell, const struct grid_words *words)
{
	size_t width = 2u * cell->bits - 1, len;
	char line[GRID_INNER + 1];

	if (width <= 3 && strlen(words->name) > width) {
		fill_narrow(cell, words, width);
		return;
	}
	len = join(line, sizeof(line), words->name, words);
	if (len <= width) {
		add_line(cell, line, len);
		return;
	}
	add_name(cell, words->name, width);
	len = join(line, sizeof(line), "", words);
	if (len <= width) {
		add_line(cell, line, len);
		return;
	}
	add_wrapped(cell, words->value, width);
	if (longest_word(words->label) <= width)
		add_wrapped(cell, words->label, width);
}

void grid_cell(struct grid *grid, uint16_t owner, unsigned int bit,
	       unsigned int bits, const struct grid_words *words)
{
	struct grid_cell *cell = &grid->cell[grid->cells++];

	cell->bit = (uint8_t)bit;
	cell->bits = (uint8_t)bits;
	cell->lines = 0;
	fill_cell(cell, words);
	for (unsigned int i = bit; i < bit + bits; i++)
		grid->owner[i] = owner;
}

static void begin_line(struct grid *grid)
{
	PUT(grid->t, "| ");
	grid->column = 1;
	grid->fresh = true;
	grid->joined = false;
}

static void end_line(struct grid *grid)
{
	for (; grid->column < GRID_INNER; grid->column++)
		put_char(grid->t, ' ');
	PUT(grid->t, "|\n");
}

void grid_text_begin(struct grid *grid)
{
	uint16_t owner;

	grid_row(grid);
	owner = grid_owner(grid);
	for (unsigned int i = 0; i < GRID_BITS; i++)
		grid->owner[i] = owner;
	write_border(grid);
	shift(grid);
	grid->running = true;
	begin_line(grid);
}

void grid_text_newline(struct grid *grid)
{
	end_line(grid);
	begin_line(grid);
}

void grid_text_glue(struct grid *grid, char c)
{
	if (grid->column == GRID_INNER - 1)
		grid_text_newline(grid);
	put_char(grid->t, c);
	grid->column++;
	grid->fresh = false;
}

/* What fits behind @column and a blank; one is left for what is glued to it. */
static size_t room_behind(unsigned int column)
{
	return column + 3 < GRID_INNER ? GRID_INNER - 3 - column : 0;
}

void grid_text_keep(struct grid *grid, size_t n)
{
	if (!grid->fresh && n > room_behind(grid->column) &&
	    n <= room_behind(0))
		grid_text_newline(grid);
}

static void put_word(struct grid *grid, const char *word, size_t n)
{
	if (!grid->fresh && n > room_behind(grid->column))
		grid_text_newline(grid);
	else if (!grid->fresh && !grid->joined)
		grid_text_glue(grid, ' ');
	grid->joined = false;
	for (; n; n--)
		grid_text_glue(grid, *word++);
	grid->fresh = false;
}

void grid_text(struct grid *grid, const char *words)
{
	const char *blank;

	while ((blank = strchr(words, ' '))) {
		put_word(grid, words, (size_t)(blank - words));
		words = blank + 1;
	}
	put_word(grid, words, strlen(words));
}

void grid_text_bracket(struct grid *grid)
{
	put_word(grid, "(", 1);
	grid->joined = true;
}

void grid_text_end(struct grid *grid)
{
	end_line(grid);
	grid->running = false;
}
