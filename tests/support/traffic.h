/* SPDX-License-Identifier: BSD-2-Clause */
/* One frame of each kind that people look at, as they would be on a wire. */
#ifndef TESTS_SUPPORT_TRAFFIC_H
#define TESTS_SUPPORT_TRAFFIC_H

#include <stddef.h>
#include <stdint.h>

/*
 * ARP request, ICMP echo, UDP (a DNS query), TCP SYN, IPv6 UDP, VLAN, a
 * priority tag (VID 0), QinQ: in this order.
 */
enum { TRAFFIC_KINDS = 8, TRAFFIC_MAX = 256 };

/* Builds frame @kind (0..TRAFFIC_KINDS - 1) at @buf; returns its length. */
size_t traffic_frame(unsigned int kind, uint8_t buf[TRAFFIC_MAX]);

#endif
