/* SPDX-License-Identifier: BSD-2-Clause */
/* What the examples with filters share: an expression from arguments. */
#ifndef EXPRESSION_H
#define EXPRESSION_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/base.h>

/* The arguments with a blank between them; to be freed. */
static inline char *expression_join(char **words)
{
	size_t size = 1;
	char *text, *end;

	for (char **word = words; *word; word++)
		size += strlen(*word) + 1;
	text = end = calloc(size, 1);
	if (!text)
		abort();
	for (char **word = words; *word; word++) {
		if (end > text)
			*end++ = ' ';
		end = stpcpy(end, *word);
	}
	return text;
}

/* What is wrong, and where: control bytes would change the terminal. */
static inline void expression_complain(const char *expression,
				       const struct pktcap_error *error)
{
	for (const char *c = expression; *c; c++)
		putc((unsigned char)*c < ' ' || *c == 0x7f ? '?' : *c, stderr);
	fprintf(stderr, "\n%*s^ %s\n", (int)error->offset, "", error->text);
}

#endif
