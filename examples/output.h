/* SPDX-License-Identifier: BSD-2-Clause */
/* What examples share that print what others may read: did it get there? */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdio.h>

/* Returns the exit code: 0, or 1 after a message. */
static inline int output_end(void)
{
	if (!ferror(stdout) && !fflush(stdout))
		return 0;
	perror("standard output");
	return 1;
}

#endif
