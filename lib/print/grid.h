/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Boxes of a header diagram: rows of 32 bits, each two columns wide, and boxes
 * of a whole row's width with running text. What is above a row is remembered,
 * nothing else: each row is written when it is complete.
 */
#ifndef PRINT_GRID_H
#define PRINT_GRID_H

#include "print/put.h"

enum {
	GRID_BITS = 32,
	GRID_INNER = 2 * GRID_BITS - 1, /* columns between the outer lines */
	GRID_LINES = 8,			/* of text in a cell, at most */
};

struct grid_cell {
	uint8_t bit; /* the first one's place in its row */
	uint8_t bits;
	uint8_t lines;
	char line[GRID_LINES][GRID_INNER + 1];
};

struct grid {
	struct text *t;
	uint16_t above[GRID_BITS]; /* whose each bit is, 0 for nobody's */
	uint16_t owner[GRID_BITS];
	uint16_t last_owner;
	bool ruled;	     /* the ruler was written */
	bool running;	     /* a box of running text is open */
	bool fresh;	     /* and has no word on this line */
	bool joined;	     /* the next word stands right behind */
	unsigned int column; /* in it */
	unsigned int cells;
	struct grid_cell cell[GRID_BITS];
};

void grid_begin(struct grid *grid, struct text *t);
/* The last row ends where its last cell does. */
void grid_end(struct grid *grid);

/* Another owner than all before; what has one owner has no line inside. */
uint16_t grid_owner(struct grid *grid);
/* Are these bits of the row nobody's? */
bool grid_free(const struct grid *grid, unsigned int bit, unsigned int bits);
bool grid_row_full(const struct grid *grid);
/* What a cell says of its field; each may be "". */
struct grid_words {
	const char *name;
	const char *value;
	const char *label;
};

/* A cell that fits in the row, in bits that are free. */
void grid_cell(struct grid *grid, uint16_t owner, unsigned int bit,
	       unsigned int bits, const struct grid_words *words);
/* Writes the row, if it has a cell; bits without one get blank cells. */
void grid_row(struct grid *grid);

/* A box as wide as a row, with words that run over its lines. */
void grid_text_begin(struct grid *grid);
/* Words, divided by blanks. */
void grid_text(struct grid *grid, const char *words);
/* Begins a line unless @n columns are left on this one, or on none. */
void grid_text_keep(struct grid *grid, size_t n);
/* Right behind the last word. */
void grid_text_glue(struct grid *grid, char c);
void grid_text_newline(struct grid *grid);
/* "(", and the next word right behind it. */
void grid_text_bracket(struct grid *grid);
void grid_text_end(struct grid *grid);

#endif
