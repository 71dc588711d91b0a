// SPDX-License-Identifier: BSD-2-Clause
#include "proto/write.h"

void finish_type(struct finish *f, size_t at)
{
	if (f->keep & PKTCAP_KEEP_NEXT)
		return;
	if (f->next != PKTCAP_PROTO_LLC) {
		finish_next16(f, at);
		return;
	}
	if (f->payload_len >= ETHERTYPE_MIN) {
		f->err = -EMSGSIZE;
		f->field = "length";
		f->value = f->payload_len;
		f->limit = ETHERTYPE_MIN - 1;
		return;
	}
	if (!(f->keep & PKTCAP_KEEP_LENGTHS))
		put_be16(f->p + at, (uint16_t)f->payload_len);
}

void finish_ports(struct finish *f)
{
	static const uint8_t none[4];

	if (memcmp(f->p, none, sizeof(none)) == 0)
		finish_next16(f, 2);
}
