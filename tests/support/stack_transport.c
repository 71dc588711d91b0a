// SPDX-License-Identifier: BSD-2-Clause
/* TCP, UDP and their like. */
#include "support/stack_kinds.h"

#include <string.h>

/* A port of nobody. */
static uint16_t high(uint16_t port)
{
	return port | 0xe001;
}

/* In front of data nobody's; of what has a port this one, or none. */
static void settle_ports(struct stack *s, uint16_t *src, uint16_t *dst,
			 const struct stack_kind *next)
{
	*src = high(*src);
	*dst = high(*dst);
	if (!next)
		return;
	*dst = 53;
	if (next->proto != PKTCAP_PROTO_DNS || stack_random(s, 2))
		*src = *dst = 0;
}

static const struct stack_member tcp_members[] = {
	NUMBER(tcp, src_port, 16),
	NEXT(tcp, dst_port, 16, 0),
	NUMBER(tcp, seq, 32),
	NUMBER(tcp, ack, 32),
	NUMBER(tcp, flags, 9),
	NUMBER(tcp, window, 16),
	COMPUTED(tcp, checksum, 16),
	NUMBER(tcp, urgent_pointer, 16),
	COMPUTED(tcp, header_len, 8),
	NUMBER(tcp, reserved_bits, 3),
	POINTER(tcp, options, options_len, 4, 40),
};

static const struct stack_element tcp_options[] = {
	{ 1, 1, { 1 } },    { 4, 2, { 2, 4 } },	  { 3, 2, { 3, 3 } },
	{ 2, 2, { 4, 2 } }, { 10, 2, { 8, 10 } }, { 10, 2, { 5, 10 } },
};

static void settle_tcp(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next)
{
	struct pktcap_tcp *tcp = (void *)h->header.bytes;

	settle_ports(s, &tcp->src_port, &tcp->dst_port, next);
	/* Nobody expects a message where a connection begins or ends. */
	if (s->plain && next)
		tcp->flags = PKTCAP_TCP_PSH | PKTCAP_TCP_ACK;
	tcp->options_len =
		(uint8_t)stack_list(s, h->borrowed[0], 40, tcp_options, 6);
}

static const struct stack_member udp_members[] = {
	NUMBER(udp, src_port, 16),
	NEXT(udp, dst_port, 16, 0),
	COMPUTED(udp, length, 16),
	COMPUTED(udp, checksum, 16),
};

static void settle_udp(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next)
{
	struct pktcap_udp *udp = (void *)h->header.bytes;

	settle_ports(s, &udp->src_port, &udp->dst_port, next);
}

static const struct stack_member udplite_members[] = {
	NUMBER(udplite, src_port, 16),
	NUMBER(udplite, dst_port, 16),
	NUMBER(udplite, coverage, 16),
	COMPUTED(udplite, checksum, 16),
};

/* The header alone, or all. */
static void settle_udplite(struct stack *s, struct stack_header *h,
			   const struct stack_kind *next)
{
	struct pktcap_udplite *udplite = (void *)h->header.bytes;

	(void)next;
	udplite->src_port = high(udplite->src_port);
	udplite->dst_port = high(udplite->dst_port);
	udplite->coverage = (uint16_t)(stack_random(s, 2) * 8);
}

static const struct stack_member sctp_members[] = {
	NUMBER(sctp, src_port, 16),
	NUMBER(sctp, dst_port, 16),
	NUMBER(sctp, tag, 32),
	COMPUTED(sctp, checksum, 32),
	POINTER(sctp, chunks, chunks_len, 1, 64),
};

/* DATA with one byte of it and padding, SHUTDOWN, COOKIE ACK. */
static const struct stack_element sctp_chunks[] = {
	{ 20, 4, { 0, 3, 0, 17 } },
	{ 8, 4, { 7, 0, 0, 8 } },
	{ 4, 4, { 11, 0, 0, 4 } },
};

static void settle_sctp(struct stack *s, struct stack_header *h,
			const struct stack_kind *next)
{
	struct pktcap_sctp *sctp = (void *)h->header.bytes;

	(void)next;
	sctp->src_port = high(sctp->src_port);
	sctp->dst_port = high(sctp->dst_port);
	sctp->chunks_len =
		(uint32_t)stack_list(s, h->borrowed[0], 64, sctp_chunks, 3);
}

static const struct stack_member esp_members[] = {
	NUMBER(esp, spi, 32),
	NUMBER(esp, seq, 32),
};

static const struct stack_member ah_members[] = {
	NUMBER(ah, spi, 32),
	NUMBER(ah, seq, 32),
	COMPUTED(ah, header_len, 16),
	NUMBER(ah, reserved_word, 16),
	NEXT(ah, next_header, 8, UNKNOWN_PROTOCOL),
	POINTER(ah, icv, icv_len, 4, 24),
};

#define KINDS(KIND)                                                        \
	KIND(tcp, tcp, tcp, TCP, settle_tcp, "data dns")                   \
	KIND(udp, udp, udp, UDP, settle_udp,                               \
	     "data data dns mdns vxlan geneve gtpu dhcp dhcp6 radius ntp " \
	     "ntp_control !ntp_private")                                   \
	KIND(udplite, udplite, udplite, UDPLITE, settle_udplite, "data")   \
	KIND(sctp, sctp, sctp, SCTP, settle_sctp, "")                      \
	KIND(esp, esp, esp, ESP, NULL, "data")                             \
	KIND(ah, ah, ah, AH, NULL, "tcp udp ipv4 ipv6 data")

STACK_KINDS(KINDS, transport)
