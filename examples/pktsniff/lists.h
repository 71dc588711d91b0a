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
};

/*
 * A pktcap_filter_list_fn; @user is a struct lists. Reads a file once, as a
 * pipe can be read only once and an expression may be compiled for several
 * link types.
 */
int lists_get(void *user, const char *name, const char **text, size_t *len);

void lists_free(struct lists *lists);

#endif
