/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef FILE_FOREIGN_H
#define FILE_FOREIGN_H

#include <pktcap/base.h>

#include "base/bytes.h"

/* Says what a file is that begins with @start and is none of ours. -EPROTO. */
int foreign_error(struct bytes start, const char *name,
		  struct pktcap_error *error);

#endif
