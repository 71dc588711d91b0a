/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DEVICE_HATYPE_H
#define DEVICE_HATYPE_H

#include <stdint.h>

/*
 * The link type of what SOCK_RAW delivers on an interface of ARPHRD_ type
 * @hatype. LINUX_SLL2 where that is not known or not of one kind: such an
 * interface takes a cooked socket.
 */
uint32_t device_linktype(uint32_t hatype);

#endif
