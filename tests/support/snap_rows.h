/* SPDX-License-Identifier: BSD-2-Clause */
/* How much of the packets of extended_rows.h is header. */
#ifndef TESTS_SUPPORT_SNAP_ROWS_H
#define TESTS_SUPPORT_SNAP_ROWS_H

#include <stdint.h>

enum { SNAP_WHOLE = 0 };

static const struct snap_row {
	const char *packet;
	uint32_t kept; /* of the packet with its tags in their place */
} snap_rows[] = {
	{ "tcp4", 54 },	   { "tcp4opt", 74 },	 { "tcp4later", 34 },
	{ "udp4", 42 },	   { "sctp4", 46 },	 { "icmp4", 42 },
	{ "tcp6", 74 },	   { "udp6", 62 },	 { "icmp6", 62 },
	{ "v5", 58 },	   { "v5v7", 62 },	 { "v5v6v7", 66 },
	{ "q5v7", 82 },	   { "hop", 82 },	 { "hop16", 82 },
	{ "frag", 82 },	   { "later", 62 },	 { "hoplater", 70 },
	{ "esp6", 62 },	   { "ah4", 34 },	 { "ipip", 74 },
	{ "6in4", 94 },	   { "vxlan", 42 },	 { "gtp", 42 },
	{ "v7v5", 64 },	   { "mpls4", 64 },	 { "mpls6", 64 },
	{ "pppoes", 64 },  { "arp", 64 },	 { "other", 64 },
	{ "v5other", 64 }, { "o9", SNAP_WHOLE },
};

#endif
