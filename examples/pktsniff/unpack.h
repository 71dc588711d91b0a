/* SPDX-License-Identifier: BSD-2-Clause */
/* Compressed capture files, through the programs that unpack them. */
#ifndef PKTSNIFF_UNPACK_H
#define PKTSNIFF_UNPACK_H

#include <pktcap/base.h>

#include <stdbool.h>
#include <sys/types.h>

struct unpack {
	pid_t pid;	  /* 0: the file is read as it is */
	const char *tool; /* "gzip" and the like */
};

/* Is @error, of opening @path, that it is packed by a program we can run? */
bool unpack_can(const char *path, const struct pktcap_error *error);

/*
 * Starts that program. Returns a descriptor that gives the unpacked bytes, or
 * -1 after a message.
 */
int unpack_open(struct unpack *unpack, const char *path,
		const struct pktcap_error *error);

/*
 * Closes @fd and waits for the program. Its failure is told, unless the end
 * of its output was not waited for. Returns 0, or -1 after a message.
 */
int unpack_close(struct unpack *unpack, int fd, const char *path,
		 int read_to_end);

#endif
