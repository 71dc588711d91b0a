/* SPDX-License-Identifier: BSD-2-Clause */
/* Lists of type, length and value, as link layers have them. */
#ifndef PROTO_TLV_H
#define PROTO_TLV_H

#include "proto/fields.h"

enum tlv_form {
	TLV_8_8,     /* type (1), length of the value (1) */
	TLV_8_8_ALL, /* type (1), length of the whole element (1) */
	TLV_16_16,   /* type (2), length of the value (2) */
	TLV_LLDP,    /* type (7 bits), length of the value (9 bits) */
	TLV_GENEVE,  /* type (3), length of the value in words of 4 bytes (1) */
	TLV_ND,	     /* type (1), length of the whole in units of 8 bytes (1) */
};

/* An element; offsets in bytes behind the layer's first one. */
struct tlv {
	uint32_t type;
	uint32_t at; /* the element's first byte */
	uint32_t value;
	uint32_t len; /* of the value */
	uint32_t next;
};

/*
 * The element at @t->next of a list that ends before @end: 1, 0 at the end,
 * -EPROTO where it goes beyond, -ENODATA where it was cut.
 */
int tlv_next(struct bytes b, size_t end, enum tlv_form form, struct tlv *t);
/* The same for callers of the library; the list begins at @begin. */
int tlv_tell(const struct pktcap_layer *layer, size_t begin, size_t end,
	     enum tlv_form form, uint32_t *offset, struct pktcap_tlv *out);
/* The greatest type there can be. */
uint32_t tlv_type_max(enum tlv_form form);

struct write;
/*
 * Type and length of an element, and zeros for its value up to a whole unit,
 * where the value is to go; NULL, and what is wrong, if it cannot be.
 */
uint8_t *tlv_begin(struct write *w, enum tlv_form form, uint32_t type,
		   size_t len);
/* Writes a list; what struct pktcap_tlv says of pktcap_X_put(). */
int tlv_put(enum tlv_form form, void *buf, size_t size,
	    const struct pktcap_tlv *list, size_t n);

/* What the elements of a list are; ends with a NULL name. */
struct tlv_kind {
	uint32_t type;
	const char *name;
	uint8_t value; /* enum pktcap_field_type, or 0: nothing known */
	const char *unit;
};

struct tlv_list {
	const char *name;    /* "options" */
	const char *element; /* "option" */
	enum tlv_form form;
	const struct tlv_kind *kinds;
	/* Tells a value and returns true, or false: as its kind says. */
	bool (*value)(struct fields *f, const struct tlv *t);
};

/* All elements from @at to @end, where the list stops early if it is broken. */
void tlv_fields(struct fields *f, const struct tlv_list *list, size_t at,
		size_t end);

#endif
