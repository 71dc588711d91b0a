/* SPDX-License-Identifier: BSD-2-Clause */
/* What the file of multipath TCP shares with that of the other options. */
#ifndef PROTO_TCP_MPTCP_H
#define PROTO_TCP_MPTCP_H

#include "proto/fields.h"

/* Option bytes as they are told: where the value begins, and ends. */
struct span {
	size_t at, end;
};

static inline void span_rest(struct fields *f, const char *name, struct span s)
{
	if (s.at < s.end)
		fields_data(f, name, PKTCAP_FIELD_BYTES, s.at, s.end - s.at);
}

/* The option of multipath TCP. */
void tcp_mptcp_fields(struct fields *f, struct span s);

#endif
