/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a protocol is to the rooms that walk over packets: a file of its own
 * that ends in a struct proto, and a row in rows.h. TEMPLATE.c shows one.
 */
#ifndef PROTO_PROTO_H
#define PROTO_PROTO_H

#include <pktcap/proto.h>
#include <pktcap/proto_application.h>
#include <pktcap/proto_link.h>
#include <pktcap/proto_network.h>
#include <pktcap/proto_transport.h>

#include "base/bytes.h"

#include <errno.h>

/* By which kind of number a header says what follows it. */
enum next {
	NEXT_NOTHING,	/* payload that nobody else looks at */
	NEXT_UNKNOWN,	/* what the number says, nobody here decodes */
	NEXT_PROTO,	/* an enum pktcap_proto */
	NEXT_LINK,	/* a LINKTYPE_ */
	NEXT_ETHERTYPE, /* below ETHERTYPE_MIN a length: LLC */
	NEXT_IP,	/* IANA protocol number */
	NEXT_SAP,	/* destination SAP of LLC << 8 | source SAP */
	NEXT_PPP,	/* PPP protocol number */
	/* Only ports tell, and the payload itself. */
	NEXT_TCP, /* source port << 16 | destination port, then content */
	NEXT_UDP,
};

/* Where a type stands, what is less is a length (IEEE 802.3-2022, 3.2.6). */
enum { ETHERTYPE_MIN = 0x0600 };

/* One header while it is decoded. */
struct step {
	struct bytes b;	 /* from the header's first byte: what was captured */
	size_t wire;	 /* and what was there on the wire; b.n or more */
	uint32_t number; /* what led here, see struct pktcap_layer; then on */
	uint16_t below;	 /* enum pktcap_proto of the header in front */
	uint16_t flags;	 /* PKTCAP_LAYER_* of this layer */
	/* What decode() says if the header is OK. */
	size_t header_len;
	size_t payload_len;  /* on the wire; left at SIZE_MAX: all there is */
	size_t trailer_len;  /* behind a payload_len, and no payload itself */
	uint16_t next_flags; /* PKTCAP_LAYER_* of all layers behind this one */
	enum next next;
};

struct fields;
struct field_def;

/* A protocol: everything but id, names and decode may be left out. */
struct proto {
	const char *name;
	const char *title;
	enum pktcap_level level;
	/*
	 * Finds the end of the header and what follows. Cheap: what is inside
	 * is left to fields() and the getters.
	 */
	enum pktcap_status (*decode)(struct step *step);
	/* Does this look like one? Asked where only a port led here, or none.
	 */
	bool (*check)(struct bytes b);
	/* The same where TCP led here and the form is another in streams. */
	bool (*check_stream)(struct bytes b);
	/* The same where no port led here, if more is asked for then. */
	bool (*guess)(struct bytes b);
	/* The header's fixed part. */
	const struct field_def *fixed;
	size_t fixed_count;
	/* What comes behind it, in the order of the bytes. */
	void (*fields)(struct fields *f, const struct pktcap_layer *layer);
};

/* By enum pktcap_proto; NULL where there is no decoder. */
extern const struct proto *const proto_table[PKTCAP_PROTO_COUNT];

static inline const struct proto *proto_of(uint32_t id)
{
	return id < PKTCAP_PROTO_COUNT ? proto_table[id] : NULL;
}

/*
 * Who takes the payload of TCP and of UDP: an enum pktcap_proto, or
 * PKTCAP_PROTO_NONE. A port is only believed if the content agrees.
 */
uint16_t proto_of_segment(uint32_t ports, struct bytes payload);
uint16_t proto_of_datagram(uint32_t ports, struct bytes payload);

/* A header of @n bytes is not all there: cut by the capture, or by nature? */
static inline enum pktcap_status step_short(const struct step *step, size_t n)
{
	return n <= step->wire && n > step->b.n ? PKTCAP_STATUS_TRUNCATED
						: PKTCAP_STATUS_MALFORMED;
}

static inline enum pktcap_status step_next(struct step *step, size_t header_len,
					   enum next next, uint32_t number)
{
	step->header_len = header_len;
	step->next = next;
	step->number = number;
	return PKTCAP_STATUS_OK;
}

/* A header that ends in an EtherType, or in a length: behind it is padding. */
static inline enum pktcap_status step_typed(struct step *step,
					    size_t header_len)
{
	uint16_t type;

	if (!bytes_be16(step->b, header_len - sizeof(type), &type))
		return step_short(step, header_len);
	if (type < ETHERTYPE_MIN)
		step->payload_len = type;
	return step_next(step, header_len, NEXT_ETHERTYPE, type);
}

/* A message that is all header, of which the first @fixed bytes must be. */
static inline enum pktcap_status step_whole(struct step *step, size_t fixed)
{
	if (!bytes_has(step->b, 0, fixed))
		return step_short(step, fixed);
	if (step->b.n < step->wire)
		return PKTCAP_STATUS_TRUNCATED;
	return step_next(step, step->b.n, NEXT_NOTHING, 0);
}

/* The header's bytes and all that follows in the layer. */
static inline struct bytes layer_bytes(const struct pktcap_layer *layer)
{
	return (struct bytes){ layer->data, layer->caplen };
}

/* What is behind the first @at bytes of the header, as captured. */
static inline struct bytes header_behind(const struct pktcap_layer *layer,
					 size_t at)
{
	struct bytes header =
		bytes_slice(layer_bytes(layer), 0, layer->header_len);

	return bytes_slice(header, at, SIZE_MAX);
}

/* For headers whose length was checked: 0 where the bytes are not there. */
static inline uint8_t u8_at(struct bytes b, size_t off)
{
	uint8_t value = 0;

	bytes_u8(b, off, &value);
	return value;
}

static inline uint16_t u16_at(struct bytes b, size_t off)
{
	uint16_t value = 0;

	bytes_be16(b, off, &value);
	return value;
}

static inline uint32_t u32_at(struct bytes b, size_t off)
{
	uint32_t value = 0;

	bytes_be32(b, off, &value);
	return value;
}

/*
 * What every getter begins with: 0 if @layer is of @proto and at least @len
 * bytes of it are there, otherwise what the getter returns.
 */
static inline int layer_expect(const struct pktcap_layer *layer, uint16_t proto,
			       size_t len)
{
	if (layer->proto != proto)
		return -EPROTOTYPE;
	return layer->caplen < len ? -ENODATA : 0;
}

#endif
