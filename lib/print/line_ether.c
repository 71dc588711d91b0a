// SPDX-License-Identifier: BSD-2-Clause
/* Ethernet and VLAN tags: shown with -e, or if nobody knows what follows. */
#include "print/line.h"
#include "proto/proto.h"

void line_put_macs(struct line *l, const struct pktcap_eth *eth,
		   const char *behind)
{
	put_mac(&l->t, eth->src);
	PUT(&l->t, " > ");
	put_mac(&l->t, eth->dst);
	put_string(&l->t, behind);
}

/* The frame's length stands behind the first type only. */
void line_put_frame_length(struct line *l, size_t length)
{
	if (l->length_told) {
		PUT(&l->t, ", ");
		return;
	}
	line_told(l, ", length ", length, ": ");
	l->length_told = true;
}

/* The tag that the kernel took out was on the wire as well. */
static size_t frame_length(const struct line *l)
{
	const struct pktcap_layer *first = &l->layers[l->frame];
	bool taken =
		l->frame + 1 < l->n && first[1].flags & PKTCAP_LAYER_METADATA;

	return line_wire(l, first) + (taken ? 4 : 0);
}

static void put_length_field(struct line *l, const struct pktcap_layer *layer,
			     uint16_t length)
{
	size_t wire = line_payload(l, layer);

	line_limit(l, layer, length);
	if (!line_has(l, PKTCAP_PRINT_LINK))
		return;
	PUT(&l->t, "802.3");
	if (l->length_told)
		PUT(&l->t, ": ");
	else
		line_told(l, ", length ", length < wire ? length : wire, ": ");
}

static void put_type(struct line *l, const struct pktcap_layer *layer,
		     uint16_t type)
{
	if (type < ETHERTYPE_MIN) {
		put_length_field(l, layer, type);
	} else if (line_has(l, PKTCAP_PRINT_LINK)) {
		line_put_ethertype(l, type);
		line_put_frame_length(l, frame_length(l));
	}
}

/* Addresses and type, if -e did not tell them, and then the bytes. */
static void unknown(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_eth eth;

	if (!line_has(l, PKTCAP_PRINT_LINK) && layer->number >= ETHERTYPE_MIN &&
	    !pktcap_eth_get(&l->layers[l->frame], &eth)) {
		line_put_macs(l, &eth, ", ");
		line_put_ethertype(l, layer->number);
		line_put_frame_length(l, frame_length(l));
	}
	line_dump(l, layer->data, layer->caplen);
}

/* A tag out of metadata comes next, and has the frame's type behind it. */
static bool tag_was_taken(const struct line *l)
{
	const struct pktcap_layer *next = line_next(l);

	return next && next->flags & PKTCAP_LAYER_METADATA;
}

void line_eth(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_eth eth;

	if (pktcap_eth_get(layer, &eth)) {
		line_truncated(l, "ether");
		return;
	}
	l->frame = l->at;
	l->length_told = false;
	l->unknown = unknown;
	if (line_has(l, PKTCAP_PRINT_LINK))
		line_put_macs(l, &eth, ", ");
	if (!tag_was_taken(l))
		put_type(l, layer, eth.type);
}

void line_put_tag(struct line *l, const struct pktcap_vlan *vlan)
{
	line_told(l, "vlan ", vlan->vid, "");
	line_told(l, ", p ", vlan->pcp, vlan->dei ? ", DEI, " : ", ");
}

void line_vlan(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_vlan vlan;
	struct pktcap_eth eth;

	if (pktcap_vlan_get(layer, &vlan)) {
		line_truncated(l, "vlan");
		return;
	}
	if (l->vlan) {
		l->vlan(l, &vlan);
		return;
	}
	if (layer->flags & PKTCAP_LAYER_METADATA) {
		if (line_has(l, PKTCAP_PRINT_LINK)) {
			line_put_ethertype(l, vlan.tpid);
			line_put_frame_length(l, frame_length(l));
		}
		if (!pktcap_eth_get(&l->layers[l->frame], &eth))
			vlan.type = eth.type;
	}
	if (line_has(l, PKTCAP_PRINT_LINK))
		line_put_tag(l, &vlan);
	put_type(l, layer, vlan.type);
}
