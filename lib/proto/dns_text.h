/* SPDX-License-Identifier: BSD-2-Clause */
/* Text of zone files, word by word. */
#ifndef PROTO_DNS_TEXT_H
#define PROTO_DNS_TEXT_H

#include "proto/dns_write.h"

struct dns_text {
	struct bytes text;
	size_t at;   /* what was not read yet */
	size_t word; /* where the last word begins */
	/* Where data goes to. */
	uint8_t *out;
	size_t room;
	size_t len;
	/* The first thing that is wrong: a negative errno and what. */
	int err;
	struct dns_fault fault;
	uint16_t type; /* of the data */
};

/* Keeps the first failure. */
void dns_text_fail(struct dns_text *t, size_t at, int err, const char *what);

/* The next word, without quotes around it; false at the end, or if that of a
 * quote is not there. */
bool dns_text_word(struct dns_text *t, struct bytes *word);

/* The next word as a name; false, and a failure, if it is none. */
bool dns_text_name(struct dns_text *t, struct dns_wire *wire);

/* Is it this, in upper or in lower case? */
bool dns_text_is(struct bytes word, const char *name);

/* Decimal digits alone; more than UINT32_MAX if they are too many. */
bool dns_text_number(struct bytes word, uint64_t *value);

/* All that is left: the data of a record of this type. */
void dns_text_rdata(struct dns_text *t, uint16_t type);

#endif
