/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a protocol tells its fields. Offsets are bytes behind the layer's first
 * one; what was not captured is left out, so no caller has to look.
 */
#ifndef PROTO_FIELDS_H
#define PROTO_FIELDS_H

#include "proto/proto.h"

/* What the values of a field mean; ends with a NULL name. */
struct label {
	uint32_t value;
	const char *name;
};

const char *label_of(const struct label *labels, uint64_t value);

/* A row of a header's fixed part. */
struct field_def {
	const char *name;
	uint16_t bit_offset;
	uint16_t bit_width; /* numbers: at most 64; bytes: a multiple of 8 */
	uint8_t type;	    /* enum pktcap_field_type */
	const char *unit;
	const struct label *labels;
};

#define FIELD_DEFS(array) \
	.fixed = (array), .fixed_count = sizeof(array) / sizeof((array)[0])

/*
 * Names are keys of the JSON output: lower case, none twice in one layer or
 * group, and not "proto", "layer_..." or "..._label", which that has itself.
 */
struct fields {
	struct bytes b; /* the layer */
	pktcap_field_fn fn;
	void *arg;
	/* Of the field that fn has; NULL where none were told. Set in front of
	 * what tells a label alone. */
	const struct label *labels;
	int stopped; /* what fn returned; nothing is called any more */
	uint8_t depth;
};

/* As pktcap_layer_fields(), for a function that looks at @f: its fn and arg. */
int fields_walk(struct fields *f, const struct pktcap_layer *layer);

/* Rows as a header has them; @at is where their first bit is, in bytes. */
void fields_rows(struct fields *f, const struct field_def *rows, size_t n,
		 size_t at);
#define FIELDS_ROWS(f, rows, at) \
	fields_rows(f, rows, sizeof(rows) / sizeof((rows)[0]), at)
/* @len bytes, 1 to 8, as a big-endian number. @labels and @unit may be NULL. */
void fields_uint(struct fields *f, const char *name, size_t at, size_t len,
		 const char *unit, const struct label *labels);
void fields_hex(struct fields *f, const char *name, size_t at, size_t len,
		const struct label *labels);
/* Little-endian, 1 to 8 bytes: 802.11 and radiotap. */
void fields_le(struct fields *f, const char *name, enum pktcap_field_type type,
	       size_t at, size_t len, const char *unit,
	       const struct label *labels);
/*
 * A number as somebody else read it from @len bytes, 0 if it is part of
 * another field; @label: what it means. No unit.
 */
void fields_number(struct fields *f, const char *name,
		   enum pktcap_field_type type, uint64_t value, size_t at,
		   size_t len, const char *label);
/* The same, of @width bits from @bit on. */
void fields_bits(struct fields *f, const char *name,
		 enum pktcap_field_type type, uint64_t value, size_t bit,
		 size_t width, const char *label);
/* A number that is not in the packet as such. */
void fields_value(struct fields *f, const char *name, uint64_t value,
		  const char *unit, const char *label);
/* The same for a flag. */
void fields_flag(struct fields *f, const char *name, bool value);
/* Bytes, text or an address; cut where the capture is cut (addresses: left
 * out). */
void fields_data(struct fields *f, const char *name,
		 enum pktcap_field_type type, size_t at, size_t len);
/* Could a value of @len bytes be an address of this type, or text, or bytes? */
bool fields_fits(enum pktcap_field_type type, size_t len);
/* Text that was put together, such as a DNS name; at, len: what it was from. */
void fields_text(struct fields *f, const char *name, const char *text,
		 size_t text_len, size_t at, size_t len);
/* Any value of bytes that was put together from @len of them at @at. */
void fields_made(struct fields *f, const char *name,
		 enum pktcap_field_type type, const void *data, size_t data_len,
		 size_t at, size_t len);
/* Nanoseconds since 1970 out of @len bytes at @at. */
void fields_time(struct fields *f, const char *name, int64_t ns, size_t at,
		 size_t len);

/*
 * Nesting, at most 7 deep: fields_list("options"), for each element
 * fields_group("mss") ... fields_end(), then fields_end(). at, len: its bytes.
 */
void fields_list(struct fields *f, const char *name);
void fields_group(struct fields *f, const char *name, size_t at, size_t len);
void fields_end(struct fields *f);

/* Labels that several protocols share. */
extern const struct label label_ethertype[];
extern const struct label label_hardware[]; /* of ARP, and Linux's own */
extern const struct label label_ip_protocol[];
extern const struct label label_dscp[];
extern const struct label label_ppp[];

#endif
