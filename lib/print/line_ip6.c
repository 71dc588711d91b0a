// SPDX-License-Identifier: BSD-2-Clause
/* IPv6 and its extension headers. */
#include "print/line_ip.h"

#include <netinet/in.h>

enum { HEADER = 40 };

static void put_header(struct line *l, const struct pktcap_ipv6 *ip)
{
	unsigned int traffic_class = ip->dscp * 4u + ip->ecn;
	const char *next = line_name(line_ip_protocols, ip->next_header);

	put_char(&l->t, '(');
	if (traffic_class)
		line_put_hex(l, "class 0x", traffic_class, 2, ", ");
	if (ip->flow_label)
		line_put_hex(l, "flowlabel 0x", ip->flow_label, 5, ", ");
	line_told(l, "hlim ", ip->hop_limit, ", next-header ");
	put_string(&l->t, next ? next : "unknown");
	line_told(l, " (", ip->next_header, ") payload length: ");
	put_uint(&l->t, ip->payload_length);
	PUT(&l->t, ") ");
}

static void check_length(struct line *l, const struct pktcap_layer *layer,
			 const struct pktcap_ipv6 *ip)
{
	size_t there = line_left(l, layer);
	size_t stated = ip->payload_length + (size_t)HEADER;

	if (!ip->payload_length)
		return;
	if (stated > there)
		line_told(l, "truncated-ip6 - ", stated - there,
			  " bytes missing!");
	line_state(l, layer, ip->payload_length);
}

static void put_damaged(struct line *l, const struct pktcap_layer *layer)
{
	uint64_t version;

	if (layer->caplen >= HEADER && line_field(layer, "version", &version) &&
	    version != 6)
		line_not_ip(l, (unsigned int)version);
	else
		line_truncated(l, "ip6");
}

void line_ipv6(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_ipv6 ip;

	if (layer->status != PKTCAP_STATUS_OK || pktcap_ipv6_get(layer, &ip)) {
		put_damaged(l, layer);
		return;
	}
	if (!line_has(l, PKTCAP_PRINT_LINK))
		PUT(&l->t, "IP6 ");
	check_length(l, layer, &ip);
	if (line_verbose(l))
		put_header(l, &ip);
	l->ip = (struct line_ip){
		.version = 6,
		.protocol = ip.next_header,
		.ttl = ip.hop_limit,
		.layer = layer,
	};
	memcpy(l->ip.src, ip.src, sizeof(ip.src));
	memcpy(l->ip.dst, ip.dst, sizeof(ip.dst));
	memcpy(l->ip.last, ip.dst, sizeof(ip.dst));
	if (!line_has_ports(ip.next_header)) {
		line_addresses(l);
		PUT(&l->t, ": ");
	}
	line_ip_payload(l, ip.next_header);
}
