// SPDX-License-Identifier: BSD-2-Clause
/* Extension headers of IPv6. */
#include "print/line_ip.h"

static const struct line_name option_names[] = {
	{ 0x05, "rtalert: 0x" },
	{ 0xc2, "jumbo: " },
	{ 0xc9, "homeaddr: " },
	{ 0, NULL },
};

enum { ROUTER_ALERT = 0x05, JUMBO = 0xc2, HOME_ADDRESS = 0xc9 };

/* With a blank behind some, as tcpdump has it. */
static void put_option(struct line *l, const struct pktcap_tlv *option)
{
	const char *name = line_name(option_names, option->type);

	put_char(&l->t, '(');
	if (!option->type) {
		PUT(&l->t, "pad1)");
	} else if (option->type == 1) {
		PUT(&l->t, "padn)");
	} else if (option->type == ROUTER_ALERT && option->len == 2) {
		line_put_hex(l, name, line_be(option->data, 2), 4, ") ");
	} else if (option->type == JUMBO && option->len == 4) {
		line_told(l, name, line_be(option->data, 4), ") ");
	} else if (option->type == HOME_ADDRESS && option->len == 16) {
		put_string(&l->t, name);
		put_ipv6(&l->t, option->data);
		put_char(&l->t, ')');
	} else {
		line_put_hex(l, "opt_type 0x", option->type, 2, ": len=");
		line_told(l, "", option->len, ")");
	}
}

static void put_options(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_tlv option;
	uint32_t offset = 0;

	while (pktcap_ipv6_option_next(layer, &offset, &option) == 1)
		put_option(l, &option);
	put_char(&l->t, ' ');
}

void line_ip6_options(struct line *l, const struct pktcap_layer *layer)
{
	bool hop_by_hop = layer->proto == PKTCAP_PROTO_IPV6_HOPOPTS;
	struct pktcap_ipv6_options options;

	if (pktcap_ipv6_options_get(layer, &options)) {
		line_truncated(l, hop_by_hop ? "hbhopt" : "dstopt");
		return;
	}
	put_string(&l->t, hop_by_hop ? "HBH " : "DSTOPT ");
	if (line_verbose(l))
		put_options(l, layer);
	line_ip_payload(l, options.next_header);
}

/* Segment routing (RFC 8754) has its list from the last segment on. */
static void put_addresses(struct line *l, const struct pktcap_ipv6_routing *r)
{
	for (unsigned int i = 0; i < r->address_count; i++) {
		line_told(l, ", [", i, "]");
		put_ipv6(&l->t, r->addresses + 16u * i);
	}
}

void line_ip6_routing(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_ipv6_routing r;

	if (pktcap_ipv6_routing_get(layer, &r)) {
		line_truncated(l, "rt6");
		return;
	}
	line_told(l, "RT6 (len=", r.header_len / 8 - 1u, ", type=");
	put_uint(&l->t, r.type);
	if (!r.type)
		PUT(&l->t, " [Deprecated]");
	line_told(l, ", segleft=", r.segments_left, "");
	if (r.type != 4 && line_verbose(l))
		line_put_hex(l, ", rsv=0x", r.rest, 0, "");
	if (r.type == 4)
		line_told(l, ", last-entry=", r.rest >> 24, "");
	if (r.type == 4 && r.rest >> 16 & 0xff)
		line_put_hex(l, ", flags=0x", r.rest >> 16 & 0xff, 0, "");
	if (r.type == 4)
		line_put_hex(l, ", tag=", r.rest & 0xffff, 0, "");
	put_addresses(l, &r);
	PUT(&l->t, ") ");
	/* Segment routing lists them from the last one on (RFC 8754, 2). */
	if (r.segments_left && r.address_count)
		memcpy(l->ip.last,
		       r.addresses +
			       (r.type == 4 ? 0 : 16 * (r.address_count - 1u)),
		       ADDRESS_MAX);
	line_ip_payload(l, r.next_header);
}

void line_ip6_fragment(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_ipv6_fragment fragment;

	if (pktcap_ipv6_fragment_get(layer, &fragment)) {
		line_truncated(l, "frag6");
		return;
	}
	if (line_verbose(l))
		line_put_hex(l, "frag (0x", fragment.id, 8, ":");
	else
		PUT(&l->t, "frag (");
	line_told(l, "", fragment.offset, "|");
	line_told(l, "", line_payload(l, layer), ")");
	l->ip.fragmented = true;
	if (fragment.offset) {
		l->ended = true;
		return;
	}
	put_char(&l->t, ' ');
	line_ip_payload(l, fragment.next_header);
}
