// SPDX-License-Identifier: BSD-2-Clause
/* UDP: ports, checksum, and its length where nobody tells its payload. */
#include "print/line_ip.h"
#include "print/line_text.h"

#include <netinet/in.h>

enum { HEADER = 8 };

/* Of IPv4 it may be left out, so that it says less. */
static bool is_wanted(const struct line *l)
{
	return l->ip.version == 6 ? line_verbose(l)
				  : line_has(l, PKTCAP_PRINT_VERY_VERBOSE);
}

static void put_checksum(struct line *l, const struct pktcap_layer *layer,
			 uint16_t checksum)
{
	uint64_t sum;

	if (!is_wanted(l))
		return;
	switch (line_checksum(l, layer)) {
	case PKTCAP_CHECKSUM_NONE:
		PUT(&l->t, "[no cksum] ");
		return;
	case PKTCAP_CHECKSUM_GOOD:
		PUT(&l->t, "[udp sum ok] ");
		return;
	case PKTCAP_CHECKSUM_NOT_READY:
		PUT(&l->t, "[udp cksum not ready] ");
		return;
	case PKTCAP_CHECKSUM_UNKNOWN:
		return;
	case PKTCAP_CHECKSUM_BAD:
		break;
	}
	sum = line_pseudo_sum(l, IPPROTO_UDP, layer->caplen);
	sum = line_sum(sum, layer->data, layer->caplen);
	line_put_hex(l, "[bad udp cksum 0x", checksum, 4, " -> 0x");
	line_put_hex(l, "", line_sum_wanted(sum, checksum), 4, "!] ");
}

static void put_damaged(struct line *l, const struct pktcap_layer *layer)
{
	size_t wire = line_wire(l, layer);
	uint64_t from, to, length;

	if (!line_field(layer, "src_port", &from) ||
	    !line_field(layer, "dst_port", &to)) {
		line_addresses(l);
		PUT(&l->t, ": ");
		line_truncated(l, "udp");
		return;
	}
	line_ports(l, IPPROTO_UDP, (uint16_t)from, (uint16_t)to);
	l->ended = true;
	if (wire < HEADER)
		line_told(l, "truncated-udp ", wire, "");
	else if (layer->caplen < HEADER ||
		 !line_field(layer, "length", &length))
		line_truncated(l, "udp");
	else
		line_told(l, "truncated-udplength ", length, "");
}

/* Does a printer behind this one tell the payload? */
static bool is_told(const struct line *l)
{
	const struct pktcap_layer *next = line_next(l);

	return next && next->proto < PKTCAP_PROTO_COUNT &&
	       line_printers[next->proto];
}

static bool put_text(struct line *l, const struct pktcap_udp *udp)
{
	const struct pktcap_layer *next = line_next(l);
	const struct line_text *text = line_text_of_udp(udp->src_port);

	if (!text)
		text = line_text_of_udp(udp->dst_port);
	if (!text || !next)
		return false;
	line_put_text(l, text, next);
	return true;
}

void line_udp(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_udp udp;
	size_t stated, there;

	if (layer->status != PKTCAP_STATUS_OK || pktcap_udp_get(layer, &udp)) {
		put_damaged(l, layer);
		return;
	}
	line_ports(l, IPPROTO_UDP, udp.src_port, udp.dst_port);
	put_checksum(l, layer, udp.checksum);
	l->unknown = NULL;
	if (!line_has(l, PKTCAP_PRINT_QUICK) &&
	    (is_told(l) || put_text(l, &udp)))
		return;
	there = line_payload(l, layer);
	stated = udp.length ? udp.length - (size_t)HEADER : there;
	if (stated > there && !l->ip.fragmented)
		line_told(l, "UDP, bad length ", stated, " > ");
	else
		PUT(&l->t, "UDP, length ");
	put_uint(&l->t, stated > there && !l->ip.fragmented ? there : stated);
	l->ended = true;
}
