/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DEVICE_FIND_H
#define DEVICE_FIND_H

#include <stdbool.h>

struct ifreq;

/*
 * What people call an interface: its name, an alternative name (5.5) or its
 * decimal index. Leaves the real name in @req; false: there is none. @fd is
 * any socket, whose network namespace counts.
 */
bool device_find(int fd, const char *ifname, struct ifreq *req);

#endif
