/* SPDX-License-Identifier: BSD-2-Clause */
#include "lists.h"
#include "slurp.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_MAX = 4 << 20 }; /* the library takes no more */

static const struct list_file *find(const struct lists *lists, const char *name)
{
	for (size_t i = 0; i < lists->count; i++)
		if (strcmp(lists->files[i].name, name) == 0)
			return &lists->files[i];
	return NULL;
}

static int add(struct lists *lists, const char *name)
{
	struct list_file *files =
		realloc(lists->files, (lists->count + 1) * sizeof(*files));
	struct list_file *file;
	int ret;

	if (!files)
		return -ENOMEM;
	lists->files = files;
	file = &files[lists->count];
	file->name = strdup(name);
	if (!file->name)
		return -ENOMEM;
	file->text = slurp(name, LIST_MAX, &file->len);
	if (file->text) {
		lists->count++;
		return 0;
	}
	ret = -errno;
	lists->failed = errno;
	free(file->name);
	return ret;
}

int lists_get(void *user, const char *name, const char **text, size_t *len)
{
	struct lists *lists = user;
	const struct list_file *file = find(lists, name);

	if (!file) {
		int ret = add(lists, name);

		if (ret)
			return ret;
		file = find(lists, name);
	}
	*text = file->text;
	*len = file->len;
	return 0;
}

void lists_free(struct lists *lists)
{
	for (size_t i = 0; i < lists->count; i++) {
		free(lists->files[i].name);
		free(lists->files[i].text);
	}
	free(lists->files);
	*lists = (struct lists){ .files = NULL };
}
