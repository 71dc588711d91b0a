/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DEVICE_ETHTOOL_H
#define DEVICE_ETHTOOL_H

#include <pktcap/device.h>

#include <stdbool.h>

/*
 * Questions to a driver. @fd is any socket; drivers that do not answer leave
 * 0, "" or false. ioctls, because the files of /sys may show the interfaces of
 * another network namespace.
 */
uint64_t ethtool_speed_mbps(int fd, const char *ifname);
void ethtool_driver(int fd, const char *ifname, char *out, size_t size);
bool ethtool_is_wireless(int fd, const char *ifname);

#endif
