/* SPDX-License-Identifier: BSD-2-Clause */
/* -d and --explain: what becomes of an expression, without capturing. */
#ifndef PKTSNIFF_DUMP_H
#define PKTSNIFF_DUMP_H

#include "filter.h"

/* Returns 0, or -1 after a message. */
int dump_filter(const struct options *options, const struct filter *filter);

#endif
