/* SPDX-License-Identifier: BSD-2-Clause */
/* How examples print what somebody else has written. */
#ifndef CLEAN_H
#define CLEAN_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Control bytes would change the terminal, those of other encodings, too. */
static inline void print_clean(const char *before, const char *text,
			       const char *behind)
{
	fputs(before, stdout);
	for (; *text; text++)
		putchar(*text >= ' ' && *text <= '~' ? *text : '?');
	fputs(behind, stdout);
}

/* A name, which has no blanks either. */
static inline void print_clean_name(const uint8_t *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		putchar(name[i] > ' ' && name[i] <= '~' ? name[i] : '?');
}

#endif
