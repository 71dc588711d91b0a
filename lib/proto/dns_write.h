/* SPDX-License-Identifier: BSD-2-Clause */
/* DNS from text to bytes: names, records' data, and records in messages. */
#ifndef PROTO_DNS_WRITE_H
#define PROTO_DNS_WRITE_H

#include "proto/dns.h"
#include "proto/write.h"

/* Messages behind this header have their length in front. */
static inline bool dns_in_stream(uint16_t below)
{
	return below == PKTCAP_PROTO_TCP || below == PKTCAP_PROTO_DNS;
}

/* What is wrong with a text. */
struct dns_fault {
	const char *what; /* -ERANGE: what is too much; else a sentence */
	uint64_t value;	  /* -ERANGE: how much it is, and may be */
	uint64_t limit;
	size_t at; /* where in the text */
};

/* A name as messages have it, without pointers. */
struct dns_wire {
	size_t len;
	size_t labels; /* without the root */
	uint8_t octets[DNS_NAME_OCTETS];
	uint8_t at[DNS_LABELS_MAX]; /* where labels begin */
};

/* A character of a master file's text, escaped or not, behind which @at is put;
 * false for an escape that is none. */
bool dns_unescape(struct bytes text, size_t *at, uint8_t *c);

/* From text of the form that dns_name() writes; -EINVAL or -ERANGE. */
int dns_wire(struct bytes text, struct dns_wire *wire, struct dns_fault *fault);

/* Writes @record of @name behind the message @m, whose counts stay as they are.
 */
void dns_write_record(struct write *w, const struct dns_message *m,
		      struct bytes name,
		      const struct pktcap_dns_record *record);

#endif
