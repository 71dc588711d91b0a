/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef PKTSNIFF_CAPINFO_H
#define PKTSNIFF_CAPINFO_H

#include "options.h"

/*
 * What is in the file --capinfo names, a line for each fact, in the words of
 * capinfos -M; without hashes. Returns 0, or -1 after a message: what comes
 * before the damage is shown all the same.
 */
int capinfo_show(const struct options *options);

#endif
