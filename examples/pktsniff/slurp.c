/* SPDX-License-Identifier: BSD-2-Clause */
#include "slurp.h"
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_ROOM = 4096 };

static char *read_all(FILE *file, size_t max, size_t *len)
{
	size_t room = 0;
	char *text = NULL;

	*len = 0;
	do {
		char *grown;

		room = room ? 2 * room : FIRST_ROOM;
		grown = realloc(text, room);
		if (!grown)
			goto fail;
		text = grown;
		*len += fread(text + *len, 1, room - 1 - *len, file);
		if (*len > max) {
			errno = EFBIG;
			goto fail;
		}
	} while (*len == room - 1);
	text[*len] = '\0';
	if (!ferror(file))
		return text;
fail:
	free(text);
	return NULL;
}

char *slurp(const char *path, size_t max, size_t *len)
{
	FILE *file = is_standard(path) ? stdin : fopen(path, "re");
	char *text;
	int saved;

	if (!file)
		return NULL;
	text = read_all(file, max, len);
	saved = errno;
	if (file != stdin)
		fclose(file);
	errno = saved;
	return text;
}
