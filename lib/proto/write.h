/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a protocol is written: from the struct its getter fills to the bytes,
 * then, once all headers are there, what only those behind it know. A protocol
 * that can be written ends in a struct writer beside its struct proto.
 */
#ifndef PROTO_WRITE_H
#define PROTO_WRITE_H

#include "proto/proto.h"

/* A header while it is written. */
struct write {
	uint8_t *p;	/* the next byte */
	size_t room;	/* bytes at p */
	uint32_t keep;	/* PKTCAP_KEEP_*: what stays as the struct has it */
	uint16_t below; /* enum pktcap_proto of the header in front */
	/* What the header in front says of this one if the struct tells it:
	 * a tag's TPID, PPPoE's two EtherTypes; -1: what rows.h says. */
	int32_t number;
	/* The first thing that went wrong, 0 or a negative errno. */
	int err;
	const char *field; /* whose value is more than the limit */
	uint64_t value;
	uint64_t limit;
};

/* A header while what is behind it is told to it, from the last to the first.
 */
struct finish {
	uint8_t *p; /* the header's first byte */
	size_t header_len;
	size_t payload_len;
	uint32_t keep;	/* PKTCAP_KEEP_* */
	uint16_t below; /* enum pktcap_proto of the header in front */
	uint16_t next;	/* of the one behind; NONE for data and nothing */
	/* By which it is announced, as the enum next of the writer has it;
	 * -1 if there is no such number. */
	int32_t number;
	uint32_t own; /* by which the header itself is, 0 if nobody said */
	/* As in struct write. */
	int err;
	const char *field;
	uint64_t value;
	uint64_t limit;
};

/* A protocol that can be written. */
struct writer {
	/* @header is the protocol's struct, pktcap_eth for Ethernet. */
	void (*write)(struct write *w, const void *header);
	/*
	 * Lengths and what is announced; checksums are filled in afterwards,
	 * by checksum_fill(). NULL if there is nothing to do.
	 */
	void (*finish)(struct finish *f);
	/* By which kind of number it announces what follows. */
	enum next next;
	/* Protocols that follow without a number; NULL if there are none. */
	bool (*carries)(uint16_t proto);
};

/*
 * Room for @len more bytes of the header, which are zero; NULL, and -ENOSPC, if
 * there is none.
 */
static inline uint8_t *write_space(struct write *w, size_t len)
{
	uint8_t *p = w->p;

	if (len > w->room) {
		if (!w->err)
			w->err = -ENOSPC;
		return NULL;
	}
	memset(p, 0, len);
	w->p += len;
	w->room -= len;
	return p;
}

static inline void write_u8(struct write *w, uint8_t value)
{
	uint8_t *p = write_space(w, 1);

	if (p)
		*p = value;
}

/* Bytes that a struct borrows: options, bodies, addresses; NULL: zeros. */
static inline void write_bytes(struct write *w, const uint8_t *data, size_t len)
{
	uint8_t *p = write_space(w, len);

	if (p && data)
		memcpy(p, data, len);
}

/* Fails, with the field's name, where @value is more than @limit. */
static inline void write_limit(struct write *w, const char *field,
			       uint64_t value, uint64_t limit)
{
	if (value <= limit || w->err)
		return;
	w->err = -ERANGE;
	w->field = field;
	w->value = value;
	w->limit = limit;
}

/* The same where it is less. */
static inline void write_least(struct write *w, const char *field,
			       uint64_t value, uint64_t least)
{
	if (value >= least || w->err)
		return;
	w->err = -ERANGE;
	w->field = field;
	w->value = value;
	w->limit = least;
}

/* What a member is in nearly all packets, where it is 0 and not all is kept. */
static inline uint8_t write_usual(const struct write *w, uint8_t value,
				  uint8_t usual)
{
	return value || w->keep == PKTCAP_KEEP_ALL ? value : usual;
}

/* The same for a number of so many bits. */
static inline void write_bits(struct write *w, const char *field,
			      uint64_t value, unsigned int bits)
{
	write_limit(w, field, value, (UINT64_C(1) << bits) - 1);
}

/* A limit that is none, but what the value has to be a multiple of. */
#define WRITE_UNIT (UINT64_C(1) << 63)

/* The same for one that is counted in units of several bytes. */
static inline void write_multiple(struct write *w, const char *field,
				  uint64_t value, unsigned int unit)
{
	if (value % unit == 0 || w->err)
		return;
	write_limit(w, field, value, 0);
	w->limit = WRITE_UNIT | unit;
}

/* A length that the header has of itself: zero is only meant where all is
 * kept. */
static inline size_t write_header_len(const struct write *w, size_t given,
				      size_t computed)
{
	bool keep = w->keep & PKTCAP_KEEP_LENGTHS &&
		    (given || w->keep == PKTCAP_KEEP_ALL);

	return keep ? given : computed;
}

/* Options, filled up with zeros to a multiple of @unit; returns their length.
 */
static inline size_t write_options(struct write *w, const uint8_t *options,
				   size_t len, size_t unit)
{
	size_t whole = (len + unit - 1) / unit * unit;
	uint8_t *p = write_space(w, whole);

	if (p && options)
		memcpy(p, options, len);
	return whole;
}

/* Lists that a caller gets in a buffer of his own, not a header. */
static inline struct write write_into(void *buf, size_t size)
{
	return (struct write){
		.p = buf,
		.room = size > INT32_MAX ? INT32_MAX : size,
		.number = -1,
	};
}

/* What the function that wrote it returns: bytes at @buf, or the failure. */
static inline int write_result(const struct write *w, const void *buf)
{
	return w->err ? w->err : (int)(w->p - (const uint8_t *)buf);
}

static inline void put_be16(uint8_t *p, uint16_t value)
{
	value = htobe16(value);
	memcpy(p, &value, sizeof(value));
}

static inline void put_be24(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 16);
	put_be16(p + 1, (uint16_t)value);
}

static inline void put_be32(uint8_t *p, uint32_t value)
{
	value = htobe32(value);
	memcpy(p, &value, sizeof(value));
}

/* Fails, with the field's name, where @value is more than @limit. */
static inline void finish_limit(struct finish *f, const char *field,
				uint64_t value, uint64_t limit)
{
	if (value <= limit || f->err)
		return;
	f->err = -EMSGSIZE;
	f->field = field;
	f->value = value;
	f->limit = limit;
}

/* Is the field in the header? Its bytes may have been changed in place, so that
 * they promise one that is not there. */
static inline bool finish_has(const struct finish *f, size_t at, size_t len)
{
	return at + len <= f->header_len;
}

/* A length of 16 bits that the header has at @at; one that does not fit fails.
 */
static inline void finish_length(struct finish *f, const char *field, size_t at,
				 size_t value)
{
	if (f->keep & PKTCAP_KEEP_LENGTHS || !finish_has(f, at, 2))
		return;
	finish_limit(f, field, value, UINT16_MAX);
	put_be16(f->p + at, (uint16_t)value);
}

/* What follows, in 16 and in 8 bits; left as it is where no number says so. */
static inline void finish_next16(struct finish *f, size_t at)
{
	if (f->number >= 0 && !(f->keep & PKTCAP_KEEP_NEXT))
		put_be16(f->p + at, (uint16_t)f->number);
}

static inline void finish_next8(struct finish *f, size_t at)
{
	if (f->number >= 0 && !(f->keep & PKTCAP_KEEP_NEXT))
		f->p[at] = (uint8_t)f->number;
}

/* What follows is nothing this header can be in front of. */
static inline void finish_impossible(struct finish *f)
{
	f->err = -EPROTOTYPE;
}

/*
 * An EtherType at @at or, in front of LLC, the length of what follows if it is
 * below ETHERTYPE_MIN and LLC's EtherType is not there.
 */
void finish_type(struct finish *f, size_t at);

/* Ports, of which 0 and 0 become that of the protocol behind them. */
void finish_ports(struct finish *f);

/*
 * The checksum of layer @index, whose bytes are at @p, if it has one; all
 * behind it are finished. What is in a fragment keeps what it has, and so
 * does what needs addresses where there is no IP header in front.
 */
void checksum_fill(const struct pktcap_layer *layers, size_t index, uint8_t *p);

#endif
