/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of files in a rotation, when they begin, and which are there. */
#ifndef FILE_ROTATION_H
#define FILE_ROTATION_H

#include <pktcap/file.h>

#include <limits.h>
#include <stdbool.h>

/* How files are named: before each there may be another. */
struct rotation_name {
	const char *template;
	bool strftime;
	bool gmt;
	uint32_t ring; /* numbers there are, 0: as many as it takes */
	uint32_t number;
	bool any; /* there was a file */
	char stem[PATH_MAX];
	char path[PATH_MAX];
	char part[PATH_MAX]; /* the path until it is complete */
};

/* The next file's name, for a file that begins at @ns. 0 or -ENAMETOOLONG. */
int rotation_name_next(struct rotation_name *name, int64_t ns);

/* The first multiple of @interval_s after @ns on the clock on the wall. */
int64_t rotation_boundary(int64_t ns, uint32_t interval_s, bool gmt);

/* Files that are complete, the oldest first. */
struct rotation_files {
	char **paths;
	uint32_t count;
	uint32_t room;
};

/* 0 or -ENOMEM. */
int rotation_files_add(struct rotation_files *files, const char *path);
/* Deletes the oldest; false where unlink(2) did not. It is forgotten anyway. */
bool rotation_files_drop(struct rotation_files *files);
/* A new file takes this path: what was there is not to be deleted later. */
void rotation_files_replace(struct rotation_files *files, const char *path);
void rotation_files_free(struct rotation_files *files);

#endif
