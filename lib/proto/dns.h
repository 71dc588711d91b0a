/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of DNS share: messages, names, and labels of numbers. */
#ifndef PROTO_DNS_H
#define PROTO_DNS_H

#include "base/text.h"
#include "proto/fields.h"

enum {
	DNS_HEADER = 12,
	DNS_QUESTION_MIN = 5, /* root, type, class */
	DNS_RECORD_MIN = 11,  /* and TTL, length */
	DNS_TCP_PREFIX = 2,
	DNS_TYPE_OPT = 41,
	DNS_LABEL_MAX = 63,
	DNS_NAME_OCTETS = 255,
	DNS_LABELS_MAX = 127, /* of an octet each */
	DNS_POINTER = 0xc0,   /* in a label's length */
};

/*
 * The header of a query with one question, or of its answer, on whatever port:
 * noise has such numbers one time in 2^45.
 */
bool dns_guess_header(struct bytes b);

/* Offsets in names and records are from here on. */
struct dns_message {
	struct bytes b; /* what is there of it */
	size_t whole;	/* what it has, as far as is known */
	size_t base;	/* of the message in its layer */
	bool mdns;
};

/* -EPROTOTYPE, -ENODATA if there is not even a header, 0. */
int dns_message(const struct pktcap_layer *layer, struct dns_message *out);

/* What it means that @m has no more bytes: -ENODATA if it was cut. */
static inline int dns_short(const struct dns_message *m)
{
	return m->b.n < m->whole ? -ENODATA : -EPROTO;
}

/* @end, behind the name at @at, may be NULL. 0, -EPROTO or -ENODATA. */
int dns_name(const struct dns_message *m, size_t at, struct text *t,
	     size_t *end);

/*
 * Where the labels of the name at @at begin, pointers followed, the root left
 * out. Their number, or -EPROTO or -ENODATA.
 */
int dns_name_labels(const struct dns_message *m, size_t at,
		    uint16_t labels[DNS_LABELS_MAX]);

/*
 * pktcap_dns_record_next() for a known message. A record whose data was cut is
 * told with what there is of it, and -ENODATA returned.
 */
int dns_record(const struct dns_message *m, struct pktcap_dns_record *record);

/* The fields of a record's data, inside its group. */
void dns_rdata_fields(struct fields *f, const struct dns_message *m,
		      const struct pktcap_dns_record *record);

/* A part of a message whose fields are told one after the other. */
struct dns_cursor {
	struct fields *f;
	const struct dns_message *m;
	size_t at, end; /* offsets in the message */
	uint64_t last;	/* the last number that was told */
};

enum dns_kind {
	DNS_UINT,    /* of len bytes */
	DNS_HEX,     /* of len bytes */
	DNS_SECONDS, /* a duration of len bytes */
	DNS_TENTHS,  /* the same in steps of 100 ms */
	DNS_TIME,    /* seconds since 1970, len bytes */
	DNS_NAME,
	DNS_STRING, /* a byte that has the length, then text */
	DNS_IPV4,
	DNS_IPV6,
	DNS_MAC,
	DNS_COUNTED, /* as many bytes as the last number says */
	DNS_TEXT,    /* all that is left */
	DNS_BYTES,   /* all that is left; in zone files hexadecimal */
	DNS_BASE64,  /* the same, in base64 there */
	DNS_PART,    /* len bytes */
	DNS_ROWS,    /* len bytes, which rows covers */
	DNS_REPEAT,  /* each, as often as there are bytes left */
	DNS_CALL,
};

/* What a record's data, an option or a parameter consists of. */
struct dns_item {
	const char *name; /* NULL behind the last item */
	enum dns_kind kind;
	uint8_t len;
	const struct label *labels;
	union {
		const struct field_def *rows;
		const struct dns_item *each;
		bool (*call)(struct dns_cursor *c, const char *name);
	};
};

/* What records of @type consist of; NULL if it is not known. */
const struct dns_item *dns_rdata_items(uint16_t type);

/* Ends early where an item is not there, and tells the rest as bytes. */
void dns_items(struct dns_cursor *c, const struct dns_item *items);

/* For DNS_CALL: options of an OPT record, parameters of SVCB and HTTPS. */
bool dns_options(struct dns_cursor *c, const char *name);
bool dns_parameters(struct dns_cursor *c, const char *name);

extern const struct label label_dns_type[];
extern const struct label label_dns_class[];
extern const struct label label_dns_opcode[];
extern const struct label label_dns_rcode[];
extern const struct label label_dns_security[]; /* DNSSEC algorithms */
extern const struct label label_dns_digest[];	/* of DS records */
extern const struct label label_dns_ede[];	/* extended errors */

#endif
