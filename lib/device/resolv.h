/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DEVICE_RESOLV_H
#define DEVICE_RESOLV_H

#include <pktcap/device.h>

#include "base/bytes.h"

/*
 * The next "nameserver" line of resolv.conf(5) in @rest; false if there is
 * none left. @scope becomes what follows a "%", or "". Lines that make no
 * sense are skipped.
 */
bool resolv_next(struct bytes *rest, struct pktcap_address *server,
		 char scope[PKTCAP_DEVICE_NAME_SIZE]);

#endif
