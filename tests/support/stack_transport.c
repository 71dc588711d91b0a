// SPDX-License-Identifier: BSD-2-Clause
/* TCP, UDP and their like. */
#include "support/stack_kinds.h"

#include <string.h>

/* A port of nobody. */
static uint16_t high(uint16_t port)
{
	return port | 0xe001;
}

static const struct stack_member tcp_members[] = {
	NUMBER(tcp, src_port, 16),
	NUMBER(tcp, dst_port, 16),
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

	(void)next;
	tcp->src_port = high(tcp->src_port);
	tcp->dst_port = high(tcp->dst_port);
	tcp->options_len =
		(uint8_t)stack_list(s, h->borrowed[0], 40, tcp_options, 6);
}

static const struct stack_member udp_members[] = {
	NUMBER(udp, src_port, 16),
	NUMBER(udp, dst_port, 16),
	COMPUTED(udp, length, 16),
	COMPUTED(udp, checksum, 16),
};

static void settle_udp(struct stack *s, struct stack_header *h,
		       const struct stack_kind *next)
{
	struct pktcap_udp *udp = (void *)h->header.bytes;

	(void)s;
	(void)next;
	udp->src_port = high(udp->src_port);
	udp->dst_port = high(udp->dst_port);
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

#define KINDS(KIND)                                                      \
	KIND(tcp, tcp, tcp, TCP, settle_tcp, "data")                     \
	KIND(udp, udp, udp, UDP, settle_udp, "data")                     \
	KIND(udplite, udplite, udplite, UDPLITE, settle_udplite, "data") \
	KIND(sctp, sctp, sctp, SCTP, settle_sctp, "")

STACK_KINDS(KINDS, transport)
