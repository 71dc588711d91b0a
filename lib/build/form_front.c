// SPDX-License-Identifier: BSD-2-Clause
/* What a header asks of those in front of it where the text says nothing. */
#include "build/form.h"

enum { TTL_AT = 8, HOP_LIMIT_AT = 7, DST_PORT_AT = 2 };

/* Neighbours believe messages that no router has passed on, and routers do not
 * pass on what is for neighbours: by the time to live of the IP header. */
static void set_hops(struct form_parser *p)
{
	struct pktcap_build *b = p->build;
	size_t i = p->index, at;

	while (i-- > p->first) {
		if (b->layers[i].proto == PKTCAP_PROTO_IPV4)
			at = TTL_AT;
		else if (b->layers[i].proto == PKTCAP_PROTO_IPV6)
			at = HOP_LIMIT_AT;
		else
			continue;
		if (p->hops_said != i + 1)
			b->data[b->layers[i].offset + at] = p->layer->hops;
		return;
	}
}

/* The port that leads to this header, if the one it is sent to is 0. */
static void set_port(struct form_parser *p)
{
	struct pktcap_build *b = p->build;
	const struct pktcap_layer *front = &b->layers[p->index - 1];
	uint8_t *port = b->data + front->offset + DST_PORT_AT;

	if (front->proto != PKTCAP_PROTO_TCP &&
	    front->proto != PKTCAP_PROTO_UDP &&
	    front->proto != PKTCAP_PROTO_UDPLITE)
		return;
	if (port[0] || port[1] || b->keep[p->index - 1] & PKTCAP_KEEP_NEXT ||
	    !(b->keep[p->index] & NUMBER_KNOWN))
		return;
	put_be16(port, (uint16_t)b->layers[p->index].number);
}

void form_ask_front(struct form_parser *p)
{
	if (p->index == p->first)
		return;
	if (p->layer->hops)
		set_hops(p);
	set_port(p);
}
