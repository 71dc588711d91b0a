// SPDX-License-Identifier: BSD-2-Clause
/* ARP, IP with its extension headers, ICMP. */
#include "support/stack_kinds.h"

#include <string.h>

static const struct stack_member arp_members[] = {
	NUMBER(arp, hardware_type, 4),
	NUMBER(arp, protocol_type, 16),
	NUMBER(arp, operation, 4),
	POINTER(arp, sender_hardware, hardware_len, 1, 20),
	POINTER(arp, sender_protocol, protocol_len, 1, 20),
	POINTER(arp, target_hardware, hardware_len, 1, 20),
	POINTER(arp, target_protocol, protocol_len, 1, 20),
};

static void settle_arp(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next)
{
	struct pktcap_arp *arp = (void *)h->header.bytes;

	(void)next;
	if (!s->plain)
		return;
	arp->operation = 1 + arp->operation % 2;
	arp->hardware_type = 1;
	arp->protocol_type = 0x0800;
	arp->hardware_len = 6;
	arp->protocol_len = 4;
}

static const struct stack_member ipv4_members[] = {
	BYTES(ipv4, src),
	BYTES(ipv4, dst),
	COMPUTED(ipv4, total_length, 16),
	NUMBER(ipv4, id, 16),
	MULTIPLE(ipv4, fragment_offset, 16, 8),
	COMPUTED(ipv4, checksum, 16),
	COMPUTED(ipv4, header_len, 8),
	NUMBER(ipv4, dscp, 6),
	NUMBER(ipv4, ecn, 2),
	NUMBER(ipv4, ttl, 8),
	NEXT(ipv4, protocol, 8, UNKNOWN_PROTOCOL),
	NUMBER(ipv4, dont_fragment, 1),
	NUMBER(ipv4, more_fragments, 1),
	NUMBER(ipv4, reserved_flag, 1),
	POINTER(ipv4, options, options_len, 4, 40),
};

static const struct stack_element ipv4_options[] = {
	{ 1, 1, { 1 } },	 { 4, 2, { 148, 4 } },
	{ 7, 3, { 7, 7, 4 } },	 { 8, 4, { 68, 8, 5, 0 } },
	{ 7, 3, { 131, 7, 4 } },
};

/* Of a fragment nothing behind would be decoded; the last option is a source
 * route. */
static void settle_ipv4(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	struct pktcap_ipv4 *ip = (void *)h->header.bytes;

	if (next)
		ip->more_fragments = 0, ip->fragment_offset = 0;
	ip->options_len = (uint8_t)stack_list(s, h->borrowed[0], 40,
					      ipv4_options, s->plain ? 4 : 5);
}

static const struct stack_member ipv6_members[] = {
	BYTES(ipv6, src),
	BYTES(ipv6, dst),
	NUMBER(ipv6, flow_label, 20),
	COMPUTED(ipv6, payload_length, 16),
	NUMBER(ipv6, dscp, 6),
	NUMBER(ipv6, ecn, 2),
	NEXT(ipv6, next_header, 8, UNKNOWN_PROTOCOL),
	NUMBER(ipv6, hop_limit, 8),
};

/* --- multicast -------------------------------------------------------------
 */
static const struct stack_member igmp_members[] = {
	BYTES(igmp, group),
	COMPUTED(igmp, checksum, 16),
	NUMBER(igmp, count, 16),
	NUMBER(igmp, type, 8),
	NUMBER(igmp, max_response, 8),
	NUMBER(igmp, version, 8),
	NUMBER(igmp, query_flags, 4),
	NUMBER(igmp, interval_code, 8),
	POINTER(igmp, sources, sources_len, 1, 40),
	POINTER(igmp, body, body_len, 1, 40),
};

/* Without sources, with one. */
static const struct stack_element igmp_records[] = {
	{ 8, 4, { 2, 0, 0, 0 } },
	{ 12, 4, { 1, 0, 0, 1 } },
};

static const struct stack_element source = { 4, 0, { 0 } };

/* A report of version 3, whose records are of one size to be counted. */
static void settle_report(struct stack *s, struct stack_header *h,
			  struct pktcap_igmp *igmp)
{
	const struct stack_element *record = &igmp_records[stack_random(s, 2)];

	igmp->type = 0x22;
	igmp->body_len = (uint32_t)stack_list(s, h->borrowed[1], 40, record, 1);
	igmp->count = (uint16_t)(igmp->body_len / record->len);
	igmp->group[2] = 0;
	igmp->group[3] = (uint8_t)igmp->count;
	igmp->sources_len = 0;
}

static void settle_igmp(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	struct pktcap_igmp *igmp = (void *)h->header.bytes;

	(void)next;
	igmp->version = 3;
	if (stack_random(s, 2)) {
		igmp->query_flags = igmp->interval_code = 0;
		settle_report(s, h, igmp);
		return;
	}
	igmp->type = 0x11;
	igmp->sources_len =
		(uint32_t)stack_list(s, h->borrowed[0], 40, &source, 1);
	igmp->count = (uint16_t)(igmp->sources_len / 4);
	igmp->body_len = 0;
}

static const struct stack_member igmp_join_members[] = {
	BYTES(igmp, group),
	COMPUTED(igmp, checksum, 16),
	FIXED(igmp, type, 0x16),
	FIXED(igmp, version, 2),
	NUMBER(igmp, max_response, 8),
};

static const struct stack_member mld_members[] = {
	BYTES(mld, group),
	NUMBER(mld, max_response, 16),
	NUMBER(mld, count, 16),
	FIXED(mld, type, 130),
	FIXED(mld, version, 2),
	NUMBER(mld, query_flags, 4),
	NUMBER(mld, interval_code, 8),
	COMPUTED(mld, checksum, 16),
	NUMBER(mld, reserved_word, 16),
	NUMBER(mld, code, 8),
	POINTER(mld, sources, sources_len, 1, 48),
};

static void settle_mld(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next)
{
	struct pktcap_mld *mld = (void *)h->header.bytes;

	(void)next;
	if (s->plain) {
		mld->max_response &= 0x7fff;
		mld->interval_code &= 0x7f;
	}
	mld->count = (uint16_t)stack_random(s, 4);
	mld->sources_len = mld->count * 16u;
}

static const struct stack_member mld_report_members[] = {
	NUMBER(mld, count, 16),
	FIXED(mld, type, 143),
	FIXED(mld, version, 2),
	COMPUTED(mld, checksum, 16),
	NUMBER(mld, reserved_word, 16),
	NUMBER(mld, code, 8),
	POINTER(mld, body, body_len, 1, 60),
};

static const struct stack_element mld_record = { 20, 4, { 4, 0, 0, 0 } };

static void settle_mld_report(struct stack *s, struct stack_header *h,
			      const struct stack_kind *next)
{
	struct pktcap_mld *mld = (void *)h->header.bytes;

	(void)next;
	mld->body_len =
		(uint32_t)stack_list(s, h->borrowed[0], 60, &mld_record, 1);
	mld->count = (uint16_t)(mld->body_len / mld_record.len);
}

/* --- extension headers --------------------------------------------------- */
static const struct stack_member ipv6_hopopts_members[] = {
	COMPUTED(ipv6_options, header_len, 16),
	NEXT(ipv6_options, next_header, 8, UNKNOWN_PROTOCOL),
	POINTER_TO(ipv6_options, options, options_len, 8, 60, 1, 2),
};
#define ipv6_dstopts_members ipv6_hopopts_members

static const struct stack_element ipv6_options[] = {
	{ 1, 1, { 0 } },
	{ 2, 2, { 1, 0 } },
	{ 4, 2, { 5, 2 } },
	{ 9, 2, { 0x1e, 7 } },
};

static void settle_options(struct stack *s, struct stack_header *h,
			   const struct stack_kind *next)
{
	struct pktcap_ipv6_options *options = (void *)h->header.bytes;

	(void)next;
	options->options_len =
		(uint16_t)stack_list(s, h->borrowed[0], 60, ipv6_options, 4);
}

static const struct stack_member ipv6_routing_members[] = {
	COMPUTED(ipv6_routing, header_len, 16),
	NEXT(ipv6_routing, next_header, 8, UNKNOWN_PROTOCOL),
	NUMBER(ipv6_routing, type, 8),
	NUMBER(ipv6_routing, segments_left, 8),
	NUMBER(ipv6_routing, rest, 32),
	POINTER_TO(ipv6_routing, addresses, address_count, 1, 3, 16, 0),
	POINTER(ipv6_routing, data, data_len, 8, 0),
};

/* A source route, of mobile IPv6 with one address, or segments. */
static void settle_routing(struct stack *s, struct stack_header *h,
			   const struct stack_kind *next)
{
	static const uint8_t types[] = { 0, 2, 4 };
	struct pktcap_ipv6_routing *routing = (void *)h->header.bytes;

	(void)next;
	routing->type = types[stack_random(s, 3)];
	if (routing->type == 2 || !routing->address_count)
		routing->address_count = 1;
	routing->segments_left =
		s->plain ? 1 : (uint8_t)stack_random(s, routing->address_count);
	if (routing->type == 4)
		routing->rest = (routing->rest & 0xffffff) |
				(routing->address_count - 1u) << 24;
}

static const struct stack_member ipv6_fragment_members[] = {
	NUMBER(ipv6_fragment, id, 32),
	MULTIPLE(ipv6_fragment, offset, 16, 8),
	NEXT(ipv6_fragment, next_header, 8, UNKNOWN_PROTOCOL),
	NUMBER(ipv6_fragment, more_fragments, 1),
	NUMBER(ipv6_fragment, reserved_byte, 8),
	NUMBER(ipv6_fragment, reserved_bits, 2),
};

static void settle_fragment(struct stack *s, struct stack_header *h,
			    const struct stack_kind *next)
{
	struct pktcap_ipv6_fragment *fragment = (void *)h->header.bytes;

	(void)s;
	if (next)
		fragment->offset = fragment->more_fragments = 0;
}

static const struct stack_member ipv6_mobility_members[] = {
	COMPUTED(ipv6_mobility, header_len, 16),
	COMPUTED(ipv6_mobility, checksum, 16),
	FIXED(ipv6_mobility, next_header, 59),
	FIXED(ipv6_mobility, type, 0),
	NUMBER(ipv6_mobility, reserved_byte, 8),
	POINTER_TO(ipv6_mobility, data, data_len, 8, 64, 1, 6),
};

/* A refresh request, which has two bytes that are zero. */
static void settle_mobility(struct stack *s, struct stack_header *h,
			    const struct stack_kind *next)
{
	struct pktcap_ipv6_mobility *mobility = (void *)h->header.bytes;

	(void)next;
	if (!s->plain)
		return;
	mobility->data_len = 2;
	memset(h->borrowed[0], 0, 2);
}

/* --- ICMP ---------------------------------------------------------------- */
static const struct stack_member icmp_members[] = {
	NUMBER(icmp, type, 8),
	NUMBER(icmp, code, 8),
	COMPUTED(icmp, checksum, 16),
	NUMBER(icmp, rest, 32),
};

/* An error does not say where its quotation ends, and so it is the last. */
static void settle_icmp(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	static const uint8_t errors[] = { 3, 4, 5, 11, 12 };
	struct pktcap_icmp *icmp = (void *)h->header.bytes;

	icmp->type = next ? errors[stack_random(s, 5)]
			  : (uint8_t)(stack_random(s, 2) * 8);
	if (next)
		icmp->rest &= 0xff00ffff;
}

static const struct stack_member icmp_message_members[] = {
	FIXED(icmp, type, 13),
	NUMBER(icmp, code, 8),
	COMPUTED(icmp, checksum, 16),
	NUMBER(icmp, rest, 32),
	POINTER(icmp, body, body_len, 1, 12),
};

/* Three times. */
static void settle_icmp_message(struct stack *s, struct stack_header *h,
				const struct stack_kind *next)
{
	struct pktcap_icmp *icmp = (void *)h->header.bytes;

	(void)s;
	(void)next;
	icmp->body_len = 12;
}

static const struct stack_member icmp6_members[] = {
	NUMBER(icmp6, type, 8),
	NUMBER(icmp6, code, 8),
	COMPUTED(icmp6, checksum, 16),
	NUMBER(icmp6, rest, 32),
};

static void settle_icmp6(struct stack *s, struct stack_header *h,
			 const struct stack_kind *next)
{
	struct pktcap_icmp6 *icmp6 = (void *)h->header.bytes;

	icmp6->type = (uint8_t)((next ? 1 : 128) + stack_random(s, 2));
	if (next)
		icmp6->rest &= 0xffffff;
}

static const struct stack_member icmp6_message_members[] = {
	NUMBER(icmp6, type, 8),
	NUMBER(icmp6, code, 8),
	COMPUTED(icmp6, checksum, 16),
	NUMBER(icmp6, rest, 32),
	POINTER(icmp6, body, body_len, 1, 64),
};

/* Of private experimentation (RFC 4443, 2.1), all header. */
static void settle_icmp6_message(struct stack *s, struct stack_header *h,
				 const struct stack_kind *next)
{
	struct pktcap_icmp6 *icmp6 = (void *)h->header.bytes;

	(void)next;
	icmp6->type = (uint8_t)(200 + stack_random(s, 2));
}

static const struct stack_member nd_members[] = {
	NUMBER(nd, type, 8),
	NUMBER(nd, code, 8),
	COMPUTED(nd, checksum, 16),
	BYTES(nd, target),
	BYTES(nd, destination),
	NUMBER(nd, flags, 32),
	NUMBER(nd, reachable_time, 32),
	NUMBER(nd, retransmission, 32),
	NUMBER(nd, lifetime, 16),
	NUMBER(nd, hop_limit, 8),
	POINTER(nd, options, options_len, 1, 64),
};

static const struct stack_element nd_options[] = {
	{ 8, 2, { 1, 1 } },
	{ 8, 4, { 5, 1, 0, 0 } },
};

/* Each type has some of the members, and the others are zero. */
static void settle_nd(struct stack *s, struct stack_header *h,
		      const struct stack_kind *next)
{
	struct pktcap_nd *nd = (void *)h->header.bytes;

	(void)next;
	nd->type = (uint8_t)(133 + stack_random(s, 5));
	nd->options_len =
		(uint32_t)stack_list(s, h->borrowed[0], 64, nd_options, 2);
	if (nd->type < 135)
		memset(nd->target, 0, sizeof(nd->target));
	if (nd->type != 137)
		memset(nd->destination, 0, sizeof(nd->destination));
	if (nd->type == 134) {
		nd->flags &= 0xff;
		return;
	}
	nd->reachable_time = nd->retransmission = 0;
	nd->lifetime = 0;
	nd->hop_limit = 0;
}

/* --- all of them --------------------------------------------------------- */
#define INSIDE_IP "ipv4 ipv6 tcp udp udplite sctp gre esp ah data"
#define INSIDE_IP4 INSIDE_IP " icmp icmp icmp_message igmp igmp_join ospf vrrp"
#define INSIDE_IP6                                                           \
	INSIDE_IP                                                            \
	" tcp udp icmp6 icmp6_message nd mld mld_report !vrrp ipv6_dstopts " \
	"ipv6_routing ipv6_fragment ipv6_mobility"

#define KINDS(KIND)                                                         \
	KIND(arp, arp, arp, ARP, settle_arp, "")                            \
	KIND(ipv4, ipv4, ipv4, IPV4, settle_ipv4, INSIDE_IP4)               \
	KIND(ipv6, ipv6, ipv6, IPV6, NULL, INSIDE_IP6 " vrrp ipv6_hopopts") \
	KIND(ipv6_hopopts, ipv6_hopopts, ipv6_options, IPV6_HOPOPTS,        \
	     settle_options, INSIDE_IP6)                                    \
	KIND(ipv6_dstopts, ipv6_dstopts, ipv6_options, IPV6_DSTOPTS,        \
	     settle_options, INSIDE_IP6)                                    \
	KIND(ipv6_routing, ipv6_routing, ipv6_routing, IPV6_ROUTING,        \
	     settle_routing, INSIDE_IP6)                                    \
	KIND(ipv6_fragment, ipv6_fragment, ipv6_fragment, IPV6_FRAGMENT,    \
	     settle_fragment, INSIDE_IP6)                                   \
	KIND(ipv6_mobility, ipv6_mobility, ipv6_mobility, IPV6_MOBILITY,    \
	     settle_mobility, "")                                           \
	KIND(igmp, igmp, igmp, IGMP, settle_igmp, "")                       \
	KIND(igmp_join, igmp, igmp, IGMP, NULL, "")                         \
	KIND(mld, mld, mld, ICMP6, settle_mld, "")                          \
	KIND(mld_report, mld, mld, ICMP6, settle_mld_report, "")            \
	KIND(icmp, icmp, icmp, ICMP, settle_icmp, "data ipv4")              \
	KIND(icmp_message, icmp, icmp, ICMP, settle_icmp_message, "")       \
	KIND(icmp6, icmp6, icmp6, ICMP6, settle_icmp6, "data ipv6")         \
	KIND(icmp6_message, icmp6, icmp6, ICMP6, settle_icmp6_message, "")  \
	KIND(nd, nd, nd, ICMP6, settle_nd, "")

STACK_KINDS(KINDS, network)
