/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Offsets where numbers end, where they have a sign, and where the kernel has
 * something else than the packet's bytes.
 */
#ifndef TESTS_SUPPORT_FILTER_EDGES_H
#define TESTS_SUPPORT_FILTER_EDGES_H

#include <stddef.h>

#define EDGE_AT(protocol, offset)                                           \
	protocol "[" offset "] < 0x80", protocol "[" offset ":2] < 0x8000", \
		"not " protocol "[" offset ":4] = 0"
#define EDGES_OF(protocol)                                                 \
	EDGE_AT(protocol, "-1"), EDGE_AT(protocol, "-4"),                  \
		EDGE_AT(protocol, "-14"), EDGE_AT(protocol, "0xfffffff1"), \
		EDGE_AT(protocol, "0xffffffff"),                           \
		EDGE_AT(protocol, "0x7fffffff"),                           \
		EDGE_AT(protocol, "0x80000000"),                           \
		EDGE_AT(protocol, "0xfffff000"), EDGE_AT(protocol, "11"),  \
		EDGE_AT(protocol, "15")

static const char *const filter_edges[] = {
	EDGES_OF("ether"),
	EDGES_OF("ip"),
	EDGES_OF("tcp"),
	EDGE_AT("link", "-14"),
	EDGE_AT("link", "0x7fffffff"),
	EDGE_AT("link", "0x7ffffff0"),
	EDGE_AT("link", "0xfffff00c"),
	EDGE_AT("link", "0xfffffff0"),
	EDGE_AT("ip6", "0x7ffffff0"),
	EDGE_AT("ip6", "0xffffffd8"),
	NULL,
};

#endif
