// SPDX-License-Identifier: BSD-2-Clause
/* From header to header, as each one says what follows it. */
#include <pktcap/decode.h>

#include "proto/next.h"

/*
 * Only inline functions get it, and decode() gets the step alone: so all of it
 * stays in registers, while a step is written and read again for each header.
 */
struct walk {
	const struct pktcap_packet *pkt;
	enum pktcap_level level;
	struct pktcap_layer *first;
	struct pktcap_layer *layer; /* the next one to be written */
	struct pktcap_layer *end;
	uint32_t offset; /* of step.b in the packet */
	struct step *step;
};

enum { FLAGS_AT = offsetof(struct pktcap_layer, flags) };

/*
 * The next layer of the array, with what is known before it is decoded, but no
 * flags; NULL if the array is full, which the last layer then says. Written in
 * place, and inline: calls and copies are most of what a header costs.
 */
static inline __attribute__((always_inline)) struct pktcap_layer *
begin_layer(struct walk *w, uint32_t id)
{
	struct pktcap_layer *layer = w->layer;
	const struct step *step = w->step;

	if (layer == w->end) {
		if (layer != w->first)
			layer[-1].flags |= PKTCAP_LAYER_MORE;
		return NULL;
	}
	w->layer++;
	if (sizeof(layer->data) < sizeof(layer->data_slot))
		layer->data_slot = 0;
	layer->data = step->b.p;
	layer->offset = w->offset;
	layer->header_len = 0;
	layer->caplen = (uint32_t)step->b.n;
	layer->wirelen = (uint32_t)step->wire;
	layer->number = step->number;
	layer->proto = (uint16_t)id;
	layer->below = step->below;
	/* No flags yet, PKTCAP_STATUS_OK, and what is reserved: one store. */
	memset((uint8_t *)layer + FLAGS_AT, 0, sizeof(*layer) - FLAGS_AT);
	return layer;
}

/* The tag that the kernel took out stood behind the addresses. */
static bool add_metadata_tag(struct walk *w)
{
	const struct pktcap_packet *pkt = w->pkt;
	struct pktcap_layer *layer;

	if (!(pkt->flags & PKTCAP_PACKET_VLAN) ||
	    pkt->flags & PKTCAP_PACKET_VLAN_INLINE)
		return true;
	layer = begin_layer(w, PKTCAP_PROTO_VLAN);
	if (!layer)
		return false;
	layer->caplen = 0;
	layer->number = (uint32_t)pkt->vlan_tpid << 16 | pkt->vlan_tci;
	layer->flags = PKTCAP_LAYER_METADATA;
	w->step->below = PKTCAP_PROTO_VLAN;
	return true;
}

static void add_data(struct walk *w, enum pktcap_status status)
{
	struct pktcap_layer *layer = begin_layer(w, PKTCAP_PROTO_DATA);

	if (!layer)
		return;
	layer->flags = w->step->flags;
	layer->status = (uint8_t)status;
}

/* Only a number that names a protocol can be one that nobody knows. */
static enum pktcap_status nobody(enum next next)
{
	switch (next) {
	case NEXT_UNKNOWN:
	case NEXT_PROTO:
	case NEXT_LINK:
	case NEXT_ETHERTYPE:
	case NEXT_IP:
	case NEXT_SAP:
	case NEXT_PPP:
		return PKTCAP_STATUS_UNSUPPORTED;
	default:
		return PKTCAP_STATUS_OK;
	}
}

/*
 * What the header says about its payload ends the layer, too. It may say more
 * than is there: of a datagram whose other fragments follow, or of one that is
 * quoted, that is how it should be.
 */
static void apply_lengths(struct step *step, struct pktcap_layer *layer,
			  uint16_t inherited)
{
	size_t stated = step->payload_len + step->trailer_len;

	if (stated > step->wire - step->header_len &&
	    !(inherited & (PKTCAP_LAYER_FIRST_FRAGMENT | PKTCAP_LAYER_QUOTED)))
		layer->flags |= PKTCAP_LAYER_BEYOND;
	layer->wirelen = (uint32_t)(step->header_len + stated);
	if (layer->caplen > layer->wirelen)
		layer->caplen = layer->wirelen;
	step->wire = step->header_len + step->payload_len;
	if (step->b.n > step->wire)
		step->b.n = step->wire;
	step->payload_len = SIZE_MAX; /* for the next header */
	step->trailer_len = 0;
}

/* A layer whose own lengths go beyond the packet keeps what it says. */
static void enter_payload(struct walk *w, uint32_t id)
{
	struct step *step = w->step;
	size_t header_len = step->header_len;

	w->offset += (uint32_t)header_len;
	step->wire -= header_len;
	step->b = bytes_slice(step->b, header_len, SIZE_MAX);
	step->flags &= (uint16_t)~PKTCAP_LAYER_BEYOND;
	step->flags |= step->next_flags;
	step->below = (uint16_t)id;
}

/* False if nothing can follow. */
static bool decode_header(struct walk *w, uint32_t id,
			  const struct proto *proto)
{
	struct step *step = w->step;
	uint16_t inherited = step->flags;
	struct pktcap_layer *layer = begin_layer(w, id);
	enum pktcap_status status;

	if (!layer)
		return false;
	status = proto->decode(step);
	layer->flags = step->flags;
	if (status != PKTCAP_STATUS_OK) {
		layer->status = (uint8_t)status;
		layer->header_len = layer->caplen;
		return false;
	}
	layer->header_len = (uint32_t)step->header_len;
	if (step->payload_len != SIZE_MAX)
		apply_lengths(step, layer, inherited);
	enter_payload(w, id);
	return layer != w->first || add_metadata_tag(w);
}

/* False if this was the last layer. */
static bool next_layer(struct walk *w)
{
	const struct step *step = w->step;
	enum next next = step->next;
	const struct proto *proto;
	uint32_t id;

	if (next >= NEXT_TCP && w->level < PKTCAP_LEVEL_APPLICATION)
		return false;
	id = proto_next(step);
	proto = proto_of(id);
	if (!proto) {
		add_data(w, nobody(next));
		return false;
	}
	/* Levels of tunnels rise and fall: the first too high counts. */
	return proto->level <= w->level && decode_header(w, id, proto);
}

/* With what leads to the first layer in @step. */
static size_t walk(struct step *step, const struct pktcap_packet *pkt,
		   enum pktcap_level level, struct pktcap_layer *layers,
		   size_t max)
{
	struct walk w = {
		.pkt = pkt,
		.level = level,
		.first = layers,
		.layer = layers,
		.end = layers + max,
		.step = step,
	};

	step->flags = 0;
	step->payload_len = SIZE_MAX;
	step->trailer_len = 0;
	step->next_flags = 0;
	while (step->wire && next_layer(&w))
		;
	return (size_t)(w.layer - layers);
}

size_t pktcap_decode_to(const struct pktcap_packet *pkt,
			enum pktcap_level level, struct pktcap_layer *layers,
			size_t max)
{
	struct step step;

	step.b = (struct bytes){ pkt->data, pkt->caplen };
	step.wire = pkt->wirelen;
	step.number = pkt->linktype;
	step.below = PKTCAP_PROTO_NONE;
	step.next = NEXT_LINK;
	if (step.wire < step.b.n)
		step.wire = step.b.n;
	return walk(&step, pkt, level, layers, max);
}

size_t pktcap_decode_payload(uint32_t transport, uint16_t src_port,
			     uint16_t dst_port, const uint8_t *data, size_t len,
			     struct pktcap_layer *layers, size_t max)
{
	/* No tag was taken out of bytes that are no packet. */
	static const struct pktcap_packet no_packet;
	struct step step;

	if (transport != PKTCAP_PROTO_TCP && transport != PKTCAP_PROTO_UDP)
		return 0;
	if (len > UINT32_MAX)
		len = UINT32_MAX;
	step.b = (struct bytes){ data, len };
	step.wire = len;
	step.number = (uint32_t)src_port << 16 | dst_port;
	step.below = (uint16_t)transport;
	step.next = transport == PKTCAP_PROTO_TCP ? NEXT_TCP : NEXT_UDP;
	return walk(&step, &no_packet, PKTCAP_LEVEL_APPLICATION, layers, max);
}

size_t pktcap_decode(const struct pktcap_packet *pkt,
		     struct pktcap_layer *layers, size_t max)
{
	return pktcap_decode_to(pkt, PKTCAP_LEVEL_APPLICATION, layers, max);
}

const struct pktcap_layer *pktcap_layer_find(const struct pktcap_layer *layers,
					     size_t n, uint32_t proto)
{
	for (size_t i = 0; i < n; i++)
		if (layers[i].proto == proto &&
		    !(layers[i].flags & PKTCAP_LAYER_QUOTED))
			return &layers[i];
	return NULL;
}

const struct pktcap_layer *
pktcap_layer_quoted(const struct pktcap_layer *layers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (layers[i].flags & PKTCAP_LAYER_QUOTED)
			return &layers[i];
	return NULL;
}

const struct pktcap_layer *
pktcap_layer_failed(const struct pktcap_layer *layers, size_t n)
{
	const struct pktcap_layer *last = n ? &layers[n - 1] : NULL;

	if (!last || last->status == PKTCAP_STATUS_OK)
		return NULL;
	if (last->flags & PKTCAP_LAYER_QUOTED &&
	    last->status == PKTCAP_STATUS_TRUNCATED)
		return NULL;
	return last;
}

const uint8_t *pktcap_layer_payload(const struct pktcap_layer *layer,
				    size_t *len)
{
	*len = layer->caplen - layer->header_len;
	return *len ? layer->data + layer->header_len : NULL;
}
