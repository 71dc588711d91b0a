/* SPDX-License-Identifier: BSD-2-Clause */
/* The IPv6 header that tests of builders put in front of what they build. */
#ifndef TESTS_SUPPORT_BUILT_IP6_H
#define TESTS_SUPPORT_BUILT_IP6_H

#include <pktcap/build.h>

static const struct pktcap_ipv6 ip6 = {
	.src = { 0xfe, 0x80, [15] = 1 },
	.dst = { 0xff, 2, [11] = 1, 0xff, [15] = 2 },
	.flow_label = 0xabcde,
	.dscp = 46,
	.ecn = 1,
	.next_header = 59,
	.hop_limit = 255,
};
#define IP6_ADDRESSES                             \
	"fe80 0000 0000 0000 0000 0000 0000 0001" \
	"ff02 0000 0000 0000 0000 0001 ff00 0002"

#endif
