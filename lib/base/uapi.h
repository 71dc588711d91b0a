/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel constants that older headers lack. Each is the kernel's own number,
 * with the release that brought it; whether the running kernel knows it is
 * found out by trying.
 */
#ifndef BASE_UAPI_H
#define BASE_UAPI_H

#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#ifndef AF_XDP /* 4.18 */
#define AF_XDP 44
#endif
#ifndef SOL_XDP /* 4.18 */
#define SOL_XDP 283
#endif
#ifndef PACKET_IGNORE_OUTGOING /* 4.20 */
#define PACKET_IGNORE_OUTGOING 23
#endif
#ifndef TP_STATUS_GSO_TCP /* 6.4 */
#define TP_STATUS_GSO_TCP (1 << 8)
#endif
#ifndef SO_TIMESTAMPNS_NEW /* 5.1 */
#define SO_TIMESTAMPNS_NEW 64
#endif
#ifndef SO_TIMESTAMPING_NEW /* 5.1 */
#define SO_TIMESTAMPING_NEW 65
#endif
#ifndef SO_NETNS_COOKIE /* 5.14 */
#define SO_NETNS_COOKIE 71
#endif
#ifndef SIOCGSTAMP_NEW /* 5.1: always two 64-bit numbers */
#define SIOCGSTAMP_NEW _IOR(0x89, 0x06, long long[2])
#define SIOCGSTAMPNS_NEW _IOR(0x89, 0x07, long long[2])
#endif
#ifndef SIOCGSTAMP_OLD /* two longs, all that kernels before 5.1 know */
#define SIOCGSTAMP_OLD 0x8906
#define SIOCGSTAMPNS_OLD 0x8907
#endif

#endif
