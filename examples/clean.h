/* SPDX-License-Identifier: BSD-2-Clause */
/* How examples print what somebody else has written. */
#ifndef CLEAN_H
#define CLEAN_H

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

#endif
