// SPDX-License-Identifier: BSD-2-Clause
/* What TCP carries: protocols that are told by their ports alone. */
#include "print/line_ip.h"

static const struct line_name ports[] = {
	{ 80, "HTTP" },
	{ 8080, "HTTP" },
	{ 0, NULL },
};

void line_tcp_payload(struct line *l, const struct pktcap_tcp *tcp)
{
	const struct pktcap_layer *next = line_next(l);
	const char *name;

	if (!next || next->proto != PKTCAP_PROTO_DATA)
		return;
	name = line_name(ports, tcp->src_port);
	if (!name)
		name = line_name(ports, tcp->dst_port);
	if (name) {
		PUT(&l->t, ": ");
		put_string(&l->t, name);
	}
}
