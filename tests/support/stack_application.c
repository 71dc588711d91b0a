// SPDX-License-Identifier: BSD-2-Clause
#include "support/stack_kinds.h"

#include <string.h>

static const struct stack_member dns_members[] = {
	NUMBER(dns, id, 16),
	COMPUTED(dns, length, 16),
	NUMBER(dns, question_count, 16),
	NUMBER(dns, answer_count, 16),
	NUMBER(dns, response, 1),
	NUMBER(dns, authoritative, 1),
	NUMBER(dns, truncated, 1),
	NUMBER(dns, recursion_desired, 1),
	NUMBER(dns, recursion_available, 1),
	NUMBER(dns, reserved_flag, 1),
	NUMBER(dns, authentic_data, 1),
	NUMBER(dns, checking_disabled, 1),
	NUMBER(dns, rcode, 4),
	POINTER(dns, body, body_len, 1, 64),
};
#define mdns_members dns_members

/* "a", A, IN, then addresses of the same name. */
static const struct stack_element question = { 7, 7, { 1, 97, 0, 0, 1, 0, 1 } };
static const struct stack_element answer = {
	16, 12, { 0xc0, 12, 0, 1, 0, 1, 0, 0, 14, 16, 0, 4 }
};

static void settle_dns(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next)
{
	struct pktcap_dns *dns = (void *)h->header.bytes;
	size_t len;

	(void)next;
	memcpy(h->borrowed[0], question.bytes, question.len);
	len = stack_list(s, h->borrowed[0] + question.len, 48, &answer, 1);
	dns->question_count = 1;
	dns->answer_count = (uint16_t)(len / answer.len);
	dns->body_len = (uint32_t)(question.len + len);
}

/* --- what hosts ask for when they start ---------------------------------- */
static const struct stack_member dhcp_members[] = {
	FIXED(dhcp, op, 1),
	FIXED(dhcp, htype, 1),
	FIXED(dhcp, hlen, 6),
	NUMBER(dhcp, hops, 4),
	NUMBER(dhcp, xid, 32),
	NUMBER(dhcp, secs, 16),
	NUMBER(dhcp, flags, 16),
	BYTES(dhcp, ciaddr),
	BYTES(dhcp, yiaddr),
	BYTES(dhcp, siaddr),
	BYTES(dhcp, giaddr),
	BYTES(dhcp, chaddr),
	FIXED(dhcp, cookie, PKTCAP_DHCP_COOKIE),
	POINTER(dhcp, options, options_len, 1, 60),
};

/* A message type, an address that is wanted, a name. */
static const struct stack_element dhcp_options[] = {
	{ 3, 3, { 53, 1, 1 } },
	{ 6, 2, { 50, 4 } },
	{ 6, 6, { 12, 4, 'n', 'a', 'm', 'e' } },
};

static void settle_dhcp(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	struct pktcap_dhcp *dhcp = (void *)h->header.bytes;
	size_t len = stack_list(s, h->borrowed[0], 60, dhcp_options, 3);

	(void)next;
	h->borrowed[0][len] = 255;
	dhcp->options_len = (uint32_t)len + 1;
	dhcp->flags &= 0x8000;
	memset(dhcp->chaddr + dhcp->hlen, 0, 16u - dhcp->hlen);
}

static const struct stack_member dhcp6_members[] = {
	FIXED(dhcp6, type, 1),
	NUMBER(dhcp6, xid, 24),
	POINTER(dhcp6, options, options_len, 1, 60),
};

/* A client's number, the time since it began. */
static const struct stack_element dhcp6_options[] = {
	{ 14, 8, { 0, 1, 0, 10, 0, 3, 0, 1 } },
	{ 6, 4, { 0, 8, 0, 2 } },
};

static void settle_dhcp6(struct stack *s, struct stack_header *h,
			 const struct stack_kind *next)
{
	struct pktcap_dhcp6 *dhcp6 = (void *)h->header.bytes;

	(void)next;
	dhcp6->options_len =
		(uint32_t)stack_list(s, h->borrowed[0], 60, dhcp6_options, 2);
}

static const struct stack_member radius_members[] = {
	FIXED(radius, code, 1),
	NUMBER(radius, id, 8),
	COMPUTED(radius, length, 16),
	BYTES(radius, authenticator),
	POINTER(radius, attributes, attributes_len, 1, 60),
};

/* A name, a port. */
static const struct stack_element radius_attributes[] = {
	{ 6, 6, { 1, 6, 'n', 'a', 'm', 'e' } },
	{ 6, 2, { 5, 6 } },
};

static void settle_radius(struct stack *s, struct stack_header *h,
			  const struct stack_kind *next)
{
	struct pktcap_radius *radius = (void *)h->header.bytes;

	(void)next;
	radius->attributes_len = (uint32_t)stack_list(s, h->borrowed[0], 60,
						      radius_attributes, 2);
}

/* --- time ---------------------------------------------------------------- */
static const struct stack_member ntp_members[] = {
	NUMBER(ntp, leap, 2),	     FIXED(ntp, version, 4),
	FIXED(ntp, mode, 3),	     NUMBER(ntp, stratum, 4),
	NUMBER(ntp, poll, 4),	     FIXED(ntp, precision, 0xe9),
	NUMBER(ntp, root_delay, 32), NUMBER(ntp, root_dispersion, 32),
	BYTES(ntp, reference_id),    NUMBER(ntp, reference, 64),
	NUMBER(ntp, origin, 64),     NUMBER(ntp, receive, 64),
	NUMBER(ntp, transmit, 64),
};

static const struct stack_member ntp_control_members[] = {
	FIXED(ntp_control, version, 2),
	NUMBER(ntp_control, response, 1),
	FIXED(ntp_control, opcode, 2),
	NUMBER(ntp_control, sequence, 16),
	NUMBER(ntp_control, association, 16),
	COMPUTED(ntp_control, count, 16),
	POINTER(ntp_control, data, data_len, 1, 60),
};

/* Variables, to a multiple of 4: behind others there would be padding. */
static void settle_ntp_control(struct stack *s, struct stack_header *h,
			       const struct stack_kind *next)
{
	static const struct stack_element variable = { 4, 4, "v=1," };
	struct pktcap_ntp_control *ntp = (void *)h->header.bytes;

	(void)next;
	ntp->data_len =
		(uint32_t)stack_list(s, h->borrowed[0], 60, &variable, 1);
}

static const struct stack_member ntp_private_members[] = {
	FIXED(ntp_private, response, 1),
	NUMBER(ntp_private, more, 1),
	FIXED(ntp_private, version, 2),
	NUMBER(ntp_private, sequence, 7),
	FIXED(ntp_private, implementation, 3),
	FIXED(ntp_private, request, 42),
	NUMBER(ntp_private, item_count, 12),
	FIXED(ntp_private, item_size, 8),
	POINTER(ntp_private, data, data_len, 1, 48),
};

static void settle_ntp_private(struct stack *s, struct stack_header *h,
			       const struct stack_kind *next)
{
	struct pktcap_ntp_private *ntp = (void *)h->header.bytes;

	(void)next;
	ntp->item_count = (uint16_t)stack_random(s, 6);
	ntp->data_len = ntp->item_count * 8u;
}

/* --- routers ------------------------------------------------------------- */
static const struct stack_member ospf_members[] = {
	FIXED(ospf, version, 2),
	FIXED(ospf, type, 1),
	COMPUTED(ospf, length, 16),
	BYTES(ospf, router_id),
	BYTES(ospf, area_id),
	COMPUTED(ospf, checksum, 16),
	FIXED(ospf, auth_type, 0),
	BYTES(ospf, auth_data),
	POINTER(ospf, body, body_len, 1, 20),
};

/* A hello without neighbours. */
static void settle_ospf(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	struct pktcap_ospf *ospf = (void *)h->header.bytes;

	(void)s;
	(void)next;
	ospf->body_len = 20;
	h->borrowed[0][6] = 0; /* no further block */
}

static const struct stack_member vrrp_members[] = {
	FIXED(vrrp, version, 3),
	FIXED(vrrp, type, 1),
	NUMBER(vrrp, vrid, 8),
	NUMBER(vrrp, priority, 8),
	COMPUTED(vrrp, address_count, 8),
	NUMBER(vrrp, interval, 12),
	COMPUTED(vrrp, checksum, 16),
	POINTER(vrrp, addresses, addresses_len, 1, 64),
};

/* Whole addresses of either kind. */
static void settle_vrrp(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	struct pktcap_vrrp *vrrp = (void *)h->header.bytes;

	(void)next;
	vrrp->addresses_len = 16 * (1 + stack_random(s, 3));
}

#define KINDS(KIND)                                                          \
	KIND(dns, dns, dns, DNS, settle_dns, "")                             \
	KIND(mdns, mdns, dns, MDNS, settle_dns, "")                          \
	KIND(dhcp, dhcp, dhcp, DHCP, settle_dhcp, "")                        \
	KIND(dhcp6, dhcp6, dhcp6, DHCP6, settle_dhcp6, "")                   \
	KIND(radius, radius, radius, RADIUS, settle_radius, "")              \
	KIND(ntp, ntp, ntp, NTP, NULL, "")                                   \
	KIND(ntp_control, ntp_control, ntp_control, NTP, settle_ntp_control, \
	     "")                                                             \
	KIND(ntp_private, ntp_private, ntp_private, NTP, settle_ntp_private, \
	     "")                                                             \
	KIND(ospf, ospf, ospf, OSPF, settle_ospf, "")                        \
	KIND(vrrp, vrrp, vrrp, VRRP, settle_vrrp, "")

STACK_KINDS(KINDS, application)
