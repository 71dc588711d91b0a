/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where packets come from when they come from files: one after another, or
 * several merged by time.
 */
#ifndef PKTSNIFF_SOURCE_H
#define PKTSNIFF_SOURCE_H

#include "options.h"
#include "unpack.h"

#include <pktcap/file.h>

#include <stdbool.h>

struct source_file {
	const char *name;
	struct pktcap_file_reader *reader;
	struct unpack unpack;
	int fd;		/* what is unpacked, or -1 */
	uint64_t bytes; /* its size, 0 if it is not a plain file */
};

struct source {
	const struct options *options;
	struct source_file *files;
	size_t count;
	size_t current;		/* the one that is read, without a merge */
	char *list;		/* the names of -V, the file's own text */
	uint64_t done;		/* bytes of files that are read */
	uint64_t bytes;		/* of all files; 0 if that is not known */
	uint64_t skipped_bytes; /* --recover */
	uint64_t skipped_places;
	struct pktcap_file_merge *merge;
	bool at_end;
	bool failed; /* a message was printed on the way */
};

/* Opens the first file, or all that are merged. 0, or -1 after a message. */
int source_open(struct source *source, const struct options *options);

/* Is @path one of the files that are read? */
bool source_reads(const struct source *source, const char *path);

/*
 * The next packet. Returns 1 with one, 0 at the end, -EAGAIN where a file
 * that is followed may yet grow, or -1 after a message.
 */
int source_next(struct source *source, const struct pktcap_packet **pkt);

/* With --follow: sleeps until there is more, or a signal came. */
void source_wait(struct source *source);

/* How much of all bytes is read; false if that cannot be told. */
bool source_progress(const struct source *source, uint64_t *read,
		     uint64_t *bytes);

/* About the file that is read, or the first of those merged. */
void source_info(const struct source *source, struct pktcap_file_info *info);

/* The reader that gave the last packet, for what its file knows of it. */
const struct pktcap_file_reader *source_reader(const struct source *source);

/* Returns 0, or -1 if any file could not be read to its end. */
int source_close(struct source *source);

#endif
