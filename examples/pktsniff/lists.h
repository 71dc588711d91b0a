/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that expressions name: "host @FILE". */
#ifndef PKTSNIFF_LISTS_H
#define PKTSNIFF_LISTS_H

#include <stddef.h>

struct list_file {
	char *name;
	char *text;
	size_t len;
};

struct lists {
	struct list_file *files;
	size_t count;
	int failed; /* errno of the one that could not be read */
};

/*
 * A pktcap_filter_list_fn; @user is a struct lists. Reads a file once, as a
 * pipe can be read only once and an expression may be compiled for several
 * link types. Why it cannot be read is in @failed, as the library says which
 * list it is and where.
 */
int lists_get(void *user, const char *name, const char **text, size_t *len);

void lists_free(struct lists *lists);

#endif
