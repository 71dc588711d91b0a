// SPDX-License-Identifier: BSD-2-Clause
#include "proto/write.h"

enum {
	ETHERTYPE_MPLS_MULTICAST = 0x8848,
	/* IEEE 802.1AC: stands for a length that does not fit. */
	ETHERTYPE_LLC = 0x8870
};

void finish_type(struct finish *f, size_t at)
{
	uint16_t now = u16_at((struct bytes){ f->p, f->header_len }, at);

	if (f->keep & PKTCAP_KEEP_NEXT)
		return;
	/* Both of its types lead to a label, which does not know by which. */
	if (f->next == PKTCAP_PROTO_MPLS && now == ETHERTYPE_MPLS_MULTICAST)
		return;
	if (f->next != PKTCAP_PROTO_LLC)
		finish_next16(f, at);
	else if (f->keep & PKTCAP_KEEP_LENGTHS || now == ETHERTYPE_LLC)
		return;
	else if (f->payload_len < ETHERTYPE_MIN)
		put_be16(f->p + at, (uint16_t)f->payload_len);
	else
		put_be16(f->p + at, ETHERTYPE_LLC);
}

void finish_ports(struct finish *f)
{
	static const uint8_t none[4];

	if (memcmp(f->p, none, sizeof(none)) == 0)
		finish_next16(f, 2);
}
