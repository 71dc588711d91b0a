/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef PKTSNIFF_POSTROTATE_H
#define PKTSNIFF_POSTROTATE_H

/* Runs "@command @file" at the lowest priority, without waiting for it. */
void postrotate_run(const char *command, const char *file);

#endif
