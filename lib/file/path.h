/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef FILE_PATH_H
#define FILE_PATH_H

#include <pktcap/base.h>

/*
 * open(2) with O_CLOEXEC; a fifo's wait for its other end survives signals.
 * Returns the descriptor, or a negative errno with @error filled.
 */
int path_open(const char *path, int flags, unsigned int mode,
	      struct pktcap_error *error);

/* Fills @error with what errno -@code means for @name; returns @code. */
int path_error(struct pktcap_error *error, uint64_t offset, int code,
	       const char *call, const char *name);

#endif
