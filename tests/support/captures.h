/* SPDX-License-Identifier: BSD-2-Clause */
/* Every packet of every capture in tests/data. */
#ifndef TESTS_SUPPORT_CAPTURES_H
#define TESTS_SUPPORT_CAPTURES_H

#include <pktcap/base.h>

/* Of the capture @path; returns 0 to go on, anything else to stop. */
typedef int (*captures_packet)(void *arg, const char *path,
			       const struct pktcap_packet *pkt);

/*
 * What @packet returned last, -ENODATA if there was none to give it; a capture
 * that cannot be opened stops it as well, and is named on stderr.
 */
int captures_each(captures_packet packet, void *arg);

#endif
