/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The terminal for --top: an alternate screen without a cursor, keys without
 * Enter. Whatever ends or stops the program puts it back as it was.
 */
#ifndef PKTSNIFF_SCREEN_H
#define PKTSNIFF_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

/* What is wrong with standard output, or NULL: nothing. */
const char *screen_refusal(void);

void screen_open(void);
void screen_close(void);

struct screen_size {
	unsigned int rows;
	unsigned int columns;
};

struct screen_size screen_size(void);

/* Readable when a key was pressed; -1 without a keyboard. */
int screen_key_fd(void);
/* A key that was pressed, or 0. */
int screen_key(void);

/* True once after another size, or when the program was stopped. */
bool screen_changed(void);

/* Colours are wanted: NO_COLOR is not set. */
bool screen_has_colour(void);

/* Shows @text; nothing while we are in the background. 0 or -errno. */
int screen_draw(const char *text, size_t len);

#endif
