/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BPF_PAYLOAD_H
#define BPF_PAYLOAD_H

#include "base/bytes.h"

struct network {
	size_t offset;
	uint16_t protocol; /* EtherType */
};

/*
 * How many bytes from the start of the packet its headers take, down to the
 * transport's, as SKF_AD_PAY_OFFSET says it; 0 if the network protocol is
 * unknown or damaged. Of tunnels only IP in IP is looked into.
 */
size_t payload_offset(struct bytes packet, struct network network);

#endif
