/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BER (X.690) as far as SNMP has it: tags of one byte, definite lengths. No
 * nesting is followed by itself: who knows what is inside looks there.
 */
#ifndef PROTO_BER_H
#define PROTO_BER_H

#include "proto/fields.h"

enum ber_tag {
	BER_ANY = 0, /* in a question */
	BER_INTEGER = 0x02,
	BER_STRING = 0x04,
	BER_NULL = 0x05,
	BER_OID = 0x06,
	BER_SEQUENCE = 0x30,
};

/* An element: its value is @n bytes at @at; @whole with tag and length. */
struct ber {
	size_t at;
	size_t n;
	size_t whole; /* 0: there is none */
	uint8_t tag;
};

struct ber_walk {
	struct bytes b;
	size_t at, end; /* end: what was captured, or the element around */
	bool outermost; /* may go beyond what was captured */
};

struct ber_walk ber_all(struct bytes b);
struct ber_walk ber_inside(struct bytes b, struct ber element);

/*
 * The next element, if it has this tag and its length stays inside the one
 * around it; what was not captured of its value may be missing.
 */
bool ber_next(struct ber_walk *walk, uint8_t tag, struct ber *out);

/* Up to eight bytes with sign; 0 for what is not there or longer. */
int64_t ber_number(struct bytes b, struct ber element);
struct bytes ber_bytes(struct bytes b, struct ber element);

/* Fields; none for an element that is not there. */
void ber_field_number(struct fields *f, const char *name, struct ber element,
		      const struct label *labels);
void ber_field_data(struct fields *f, const char *name,
		    enum pktcap_field_type type, struct ber element);
void ber_field_oid(struct fields *f, const char *name, struct ber element);
/* "type" and "value" of a variable. */
void ber_field_value(struct fields *f, struct ber element);

#endif
