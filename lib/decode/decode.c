// SPDX-License-Identifier: BSD-2-Clause
/* From header to header, as each one says what follows it. */
#include <pktcap/decode.h>

#include "proto/proto.h"

struct walk {
	const struct pktcap_packet *pkt;
	enum pktcap_level level;
	struct pktcap_layer *layers;
	size_t max;
	size_t n;
	struct step step;
	uint32_t offset; /* of step.b in the packet */
};

/* NULL if the array is full, which the last layer then says. */
static struct pktcap_layer *new_layer(struct walk *w)
{
	if (w->n < w->max)
		return &w->layers[w->n++];
	if (w->n)
		w->layers[w->n - 1].flags |= PKTCAP_LAYER_MORE;
	return NULL;
}

static bool add(struct walk *w, uint16_t id, enum pktcap_status status)
{
	struct pktcap_layer *layer = new_layer(w);
	const struct step *step = &w->step;

	if (!layer)
		return false;
	*layer = (struct pktcap_layer){
		.data = step->b.p,
		.offset = w->offset,
		.header_len = (uint32_t)step->header_len,
		.caplen = (uint32_t)step->b.n,
		.wirelen = (uint32_t)step->wire,
		.number = step->number,
		.proto = id,
		.below = step->below,
		.flags = step->flags,
		.status = (uint8_t)status,
	};
	return true;
}

/* The tag that the kernel took out stood behind the addresses. */
static bool add_metadata_tag(struct walk *w)
{
	const struct pktcap_packet *pkt = w->pkt;
	struct pktcap_layer *layer;

	if (!(pkt->flags & PKTCAP_PACKET_VLAN) ||
	    pkt->flags & PKTCAP_PACKET_VLAN_INLINE)
		return true;
	layer = new_layer(w);
	if (!layer)
		return false;
	*layer = (struct pktcap_layer){
		.data = w->step.b.p,
		.offset = w->offset,
		.wirelen = (uint32_t)w->step.wire,
		.number = (uint32_t)pkt->vlan_tpid << 16 | pkt->vlan_tci,
		.proto = PKTCAP_PROTO_VLAN,
		.below = w->step.below,
		.flags = PKTCAP_LAYER_METADATA,
	};
	w->step.below = PKTCAP_PROTO_VLAN;
	return true;
}

static void add_data(struct walk *w, enum pktcap_status status)
{
	w->step.header_len = 0;
	add(w, PKTCAP_PROTO_DATA, status);
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

/* A layer whose own lengths go beyond the packet keeps what it says. */
static void enter_payload(struct walk *w)
{
	struct step *step = &w->step;
	size_t left = step->wire - step->header_len;

	w->offset += (uint32_t)step->header_len;
	step->b = bytes_slice(step->b, step->header_len, step->payload_len);
	step->wire = step->payload_len == SIZE_MAX ? left : step->payload_len;
	step->number = step->next_number;
}

/*
 * What the header says about its payload ends the layer, too. It may say more
 * than is there: of a datagram whose other fragments follow, or of one that is
 * quoted, that is how it should be.
 */
static void apply_lengths(struct step *step, uint16_t inherited)
{
	size_t room = step->wire - step->header_len, stated;

	if (step->payload_len == SIZE_MAX)
		return;
	stated = step->payload_len + step->trailer_len;
	if (stated > room &&
	    !(inherited & (PKTCAP_LAYER_FIRST_FRAGMENT | PKTCAP_LAYER_QUOTED)))
		step->flags |= PKTCAP_LAYER_BEYOND;
	step->wire = step->header_len + stated;
	if (step->b.n > step->wire)
		step->b.n = step->wire;
}

/* False if nothing can follow. */
static bool decode_header(struct walk *w, uint16_t id,
			  const struct proto *proto)
{
	struct step *step = &w->step;
	uint16_t inherited = step->flags;
	enum pktcap_status status;

	step->header_len = 0;
	step->payload_len = SIZE_MAX;
	step->trailer_len = 0;
	step->next_flags = 0;
	step->next = NEXT_NOTHING;
	status = proto->decode(step);
	if (status != PKTCAP_STATUS_OK)
		step->header_len = step->b.n;
	else
		apply_lengths(step, inherited);
	if (!add(w, id, status) || status != PKTCAP_STATUS_OK)
		return false;
	step->flags &= (uint16_t)~PKTCAP_LAYER_BEYOND;
	step->flags |= step->next_flags;
	step->below = id;
	enter_payload(w);
	return w->n != 1 || add_metadata_tag(w);
}

static void walk(struct walk *w)
{
	struct step *step = &w->step;

	while (step->wire) {
		enum next next = step->next;
		const struct proto *proto;
		uint16_t id;

		if (w->level < PKTCAP_LEVEL_APPLICATION &&
		    (next == NEXT_TCP || next == NEXT_UDP))
			return;
		id = proto_next(next, step->number, step->b);
		proto = proto_of(id);
		if (!proto) {
			add_data(w, nobody(next));
			return;
		}
		/* Levels of tunnels rise and fall: the first too high counts.
		 */
		if (proto->level > w->level || !decode_header(w, id, proto))
			return;
	}
}

size_t pktcap_decode_to(const struct pktcap_packet *pkt,
			enum pktcap_level level, struct pktcap_layer *layers,
			size_t max)
{
	struct walk w = {
		.pkt = pkt,
		.level = level,
		.layers = layers,
		.max = max,
		.step = {
			.b = { pkt->data, pkt->caplen },
			.wire = pkt->wirelen,
			.number = pkt->linktype,
			.next = NEXT_LINK,
		},
	};

	if (w.step.wire < w.step.b.n)
		w.step.wire = w.step.b.n;
	walk(&w);
	return w.n;
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
