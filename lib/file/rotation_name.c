// SPDX-License-Identifier: BSD-2-Clause
#include "file/rotation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

#define NS_PER_S INT64_C(1000000000)

static void break_down(int64_t seconds, bool gmt, struct tm *tm)
{
	time_t t = (time_t)seconds;

	if (gmt)
		gmtime_r(&t, tm);
	else
		localtime_r(&t, tm);
}

static int write_stem(const struct rotation_name *name, int64_t ns, char *stem,
		      size_t size)
{
	size_t n = strlen(name->template);
	struct tm tm;

	if (!name->strftime) {
		if (n >= size)
			return -ENAMETOOLONG;
		memcpy(stem, name->template, n + 1);
		return 0;
	}
	break_down(ns / NS_PER_S, name->gmt, &tm);
	return strftime(stem, size, name->template, &tm) ? 0 : -ENAMETOOLONG;
}

static unsigned int digits(uint32_t value)
{
	unsigned int n = 1;

	for (; value >= 10; value /= 10)
		n++;
	return n;
}

int rotation_name_next(struct rotation_name *name, int64_t ns)
{
	struct text path = text_over(name->path, sizeof(name->path));
	struct text part = text_over(name->part, sizeof(name->part));
	char stem[PATH_MAX];
	int err = write_stem(name, ns, stem, sizeof(stem));

	if (err)
		return err;
	if (name->ring)
		name->number = name->any ? (name->number + 1) % name->ring : 0;
	else if (name->any && !strcmp(stem, name->stem))
		name->number++;
	else
		name->number = 0;
	name->any = true;
	strcpy(name->stem, stem);
	text_string(&path, stem);
	if (name->ring)
		text_number(&path, name->number, 10, digits(name->ring - 1),
			    '0');
	else if (name->number)
		text_number(&path, name->number, 10, 1, '0');
	text_string(&part, name->path);
	text_string(&part, ".part");
	return part.len < part.size && path.len < path.size ? 0 : -ENAMETOOLONG;
}

/* Seconds that local time is ahead of UTC. */
static int64_t ahead(int64_t seconds, bool gmt)
{
	struct tm tm;

	break_down(seconds, gmt, &tm);
	return tm.tm_gmtoff;
}

int64_t rotation_boundary(int64_t ns, uint32_t interval_s, bool gmt)
{
	int64_t now = ns / NS_PER_S, offset = ahead(now, gmt);
	int64_t next = ((now + offset) / interval_s + 1) * interval_s - offset;
	int64_t shifted = next + offset - ahead(next, gmt);

	/* Clocks were put forward or back in between. */
	if (shifted > now)
		next = shifted;
	return next < INT64_MAX / NS_PER_S ? next * NS_PER_S : INT64_MAX;
}

int rotation_files_add(struct rotation_files *files, const char *path)
{
	if (files->count == files->room) {
		uint32_t room = files->room * 2 + 16;
		char **paths = realloc(files->paths, room * sizeof(*paths));

		if (!paths)
			return -ENOMEM;
		files->paths = paths;
		files->room = room;
	}
	files->paths[files->count] = malloc(strlen(path) + 1);
	if (!files->paths[files->count])
		return -ENOMEM;
	strcpy(files->paths[files->count++], path);
	return 0;
}

static void forget(struct rotation_files *files, uint32_t i)
{
	free(files->paths[i]);
	files->count--;
	memmove(files->paths + i, files->paths + i + 1,
		(files->count - i) * sizeof(*files->paths));
}

bool rotation_files_drop(struct rotation_files *files)
{
	bool gone = !unlink(files->paths[0]) || errno == ENOENT;

	forget(files, 0);
	return gone;
}

void rotation_files_replace(struct rotation_files *files, const char *path)
{
	for (uint32_t i = files->count; i--;)
		if (!strcmp(files->paths[i], path))
			forget(files, i);
}

void rotation_files_free(struct rotation_files *files)
{
	while (files->count)
		free(files->paths[--files->count]);
	free(files->paths);
}
