/* SPDX-License-Identifier: BSD-2-Clause */
/* Shows where in a text something is wrong. */
#ifndef PKTSNIFF_CARET_H
#define PKTSNIFF_CARET_H

#include <stddef.h>

/* Which line of @text the byte at @offset is in, from 1 on. */
size_t caret_line(const char *text, size_t offset);

/*
 * On stderr: that line, cut to the terminal's width, and a caret below the
 * byte. Nothing in @text can do anything to the terminal.
 */
void caret_show(const char *text, size_t offset);

/* The line alone. */
void caret_show_text(const char *text);

#endif
