// SPDX-License-Identifier: BSD-2-Clause
/* Headers one after the other into the caller's buffer. */
#include "build/build.h"

#include "base/error.h"
#include "proto/dns_write.h"

/* No layer has its end yet. */
#define OPEN UINT16_MAX

void pktcap_build_start(struct pktcap_build *b, void *buf, size_t size)
{
	/* Not all of it: the array of layers is filled as they come. */
	b->data_slot = 0;
	b->data = buf;
	b->field_slot = 0;
	b->size = size > INT32_MAX ? INT32_MAX : (uint32_t)size;
	/* Nobody may add to NULL; nothing is written there. */
	if (!buf) {
		b->data = (uint8_t *)b;
		b->size = 0;
	}
	b->len = 0;
	b->status = 0;
	b->count = 0;
	b->closed = OPEN;
}

int build_failed(struct pktcap_build *b, uint16_t proto, int err,
		 const char *field, uint64_t value, uint64_t limit)
{
	if (b->status)
		return b->status;
	b->status = err;
	b->failed_proto = proto;
	b->failed_below = b->count ? b->layers[b->count - 1].proto : 0;
	b->field = field;
	b->value = value;
	b->limit = limit;
	return err;
}

/*
 * Can the header in front say that @layer follows, by a number or because it
 * carries it without one? The number is set to -1 if there is none.
 */
static bool can_announce(const struct pktcap_layer *layer,
			 enum number_source source, int32_t *number)
{
	const struct writer *writer = build_writers[layer->below];

	if (layer->below == PKTCAP_PROTO_DATA)
		return false;
	/* Of one that was copied nothing is known, and nothing filled in. */
	if (!writer)
		return true;
	*number = build_number(writer->next, layer, source);
	return *number >= 0 || build_carries(writer, layer->proto);
}

const struct pktcap_layer *pktcap_build_layers(const struct pktcap_build *b,
					       size_t *n)
{
	*n = b->count;
	return b->layers;
}

bool build_has_trailer(const struct pktcap_build *b)
{
	return b->closed != OPEN;
}

/*
 * The next layer, of which nothing but what it is is known yet. It counts when
 * its bytes are there.
 */
static inline struct pktcap_layer *begin_layer(struct pktcap_build *b,
					       uint16_t proto)
{
	struct pktcap_layer *layer = &b->layers[b->count];

	if (b->status)
		return NULL;
	if (b->count == PKTCAP_LAYERS || b->closed != OPEN) {
		build_failed(b, proto, b->closed != OPEN ? -EBUSY : -E2BIG,
			     NULL, 0, PKTCAP_LAYERS);
		return NULL;
	}
	*layer = (struct pktcap_layer){
		.data = b->data + b->len,
		.offset = b->len,
		.proto = proto,
		.below = b->count ? b->layers[b->count - 1].proto : 0,
	};
	return layer;
}

static inline int end_layer(struct pktcap_build *b, struct pktcap_layer *layer,
			    size_t header_len, uint32_t keep,
			    enum number_source source)
{
	bool is_header = layer->proto != PKTCAP_PROTO_DATA && b->count;
	int32_t number = -1;

	if (is_header && !can_announce(layer, source, &number) &&
	    !(b->keep[b->count - 1] & PKTCAP_KEEP_NEXT))
		return build_failed(b, layer->proto, -EPROTOTYPE, NULL, 0, 0);
	if (number >= 0)
		layer->number = (uint32_t)number;
	layer->header_len = (uint32_t)header_len;
	b->len += (uint32_t)header_len;
	b->keep[b->count++] = (uint8_t)((keep & PKTCAP_KEEP_ALL) |
					(number >= 0 ? NUMBER_KNOWN : 0));
	return 0;
}

int build_append(struct pktcap_build *b, uint16_t proto,
		 const struct writer *writer, const void *header, uint32_t keep)
{
	struct pktcap_layer *layer = begin_layer(b, proto);
	struct write w;

	if (!layer)
		return b->status;
	w = (struct write){
		.p = b->data + b->len,
		.room = b->size - b->len,
		.keep = keep,
		.below = layer->below,
		.number = -1,
	};
	writer->write(&w, header);
	if (w.err)
		return build_failed(b, proto, w.err, w.field, w.value, w.limit);
	if (w.number >= 0)
		layer->number = (uint32_t)w.number;
	return end_layer(b, layer, (size_t)(w.p - layer->data), keep,
			 w.number >= 0 ? NUMBER_GIVEN : NUMBER_NONE);
}

/* Is there room for @len more bytes? Otherwise the build has failed. */
static bool has_room(struct pktcap_build *b, uint16_t proto, size_t len)
{
	if (len <= b->size - b->len)
		return true;
	build_failed(b, proto, -ENOSPC, NULL, len, b->size);
	return false;
}

/* Bytes behind all that is there, if there is room for them. */
static bool append_bytes(struct pktcap_build *b, uint16_t proto,
			 const void *data, size_t len)
{
	uint8_t *p = b->data + b->len;

	if (!has_room(b, proto, len))
		return false;
	if (len && data)
		memcpy(p, data, len);
	else if (len)
		memset(p, 0, len);
	return true;
}

/*
 * Data goes on with data in front of it; a layer of its own otherwise. Its
 * bytes are there.
 */
static int take_data(struct pktcap_build *b, size_t len)
{
	/* Behind the last header there is room for, data is its payload. */
	bool goes_on = b->count && b->closed == OPEN &&
		       (b->layers[b->count - 1].proto == PKTCAP_PROTO_DATA ||
			b->count == PKTCAP_LAYERS);
	struct pktcap_layer *layer;

	if (!goes_on) {
		layer = begin_layer(b, PKTCAP_PROTO_DATA);
		if (!layer || end_layer(b, layer, 0, 0, NUMBER_NONE))
			return b->status;
	}
	b->len += (uint32_t)len;
	return 0;
}

int build_data_in_place(struct pktcap_build *b, size_t len)
{
	if (b->status || !has_room(b, PKTCAP_PROTO_DATA, len))
		return b->status;
	return take_data(b, len);
}

int pktcap_build_data(struct pktcap_build *b, const void *data, size_t len)
{
	if (b->status || !append_bytes(b, PKTCAP_PROTO_DATA, data, len))
		return b->status;
	return take_data(b, len);
}

/* Of what was captured; data and damaged headers are bytes without a header. */
static size_t header_bytes(const struct pktcap_layer *layer)
{
	if (layer->proto == PKTCAP_PROTO_DATA ||
	    layer->header_len > layer->caplen)
		return layer->caplen;
	return layer->header_len;
}

/* What is in front of a message decides if its length is there, too. */
static bool has_other_form(const struct pktcap_build *b,
			   const struct pktcap_layer *layer)
{
	return b->count && layer->proto == PKTCAP_PROTO_DNS &&
	       dns_in_stream(layer->below) !=
		       dns_in_stream(b->layers[b->count - 1].proto);
}

int pktcap_build_layer(struct pktcap_build *b, const struct pktcap_layer *layer,
		       uint32_t keep)
{
	size_t len = header_bytes(layer);
	struct pktcap_layer *copy;

	if (layer->flags & PKTCAP_LAYER_METADATA)
		return b->status;
	if (layer->proto == PKTCAP_PROTO_DATA)
		return pktcap_build_data(b, layer->data, len);
	if (has_other_form(b, layer))
		return build_failed(
			b, layer->proto, -EPROTOTYPE,
			"a length is in front of messages in TCP alone: build "
			"this one out of its struct",
			0, 0);
	copy = begin_layer(b, layer->proto);
	if (!copy || !append_bytes(b, layer->proto, layer->data, len))
		return b->status;
	copy->status = layer->status;
	if (layer->header_len > layer->caplen)
		copy->status = PKTCAP_STATUS_TRUNCATED;
	if (layer->flags & PKTCAP_LAYER_QUOTED ||
	    copy->status != PKTCAP_STATUS_OK)
		keep = PKTCAP_KEEP_ALL;
	/* A message of an application that goes on in another segment. */
	if (layer->flags & PKTCAP_LAYER_BEYOND &&
	    pktcap_proto_level(layer->proto) == PKTCAP_LEVEL_APPLICATION)
		keep |= PKTCAP_KEEP_LENGTHS;
	copy->number = layer->number;
	return end_layer(b, copy, len, keep, NUMBER_DECODED);
}

/* Bytes that layers from @first on do not count among theirs. */
static int append_trailer(struct pktcap_build *b, size_t first,
			  const void *data, size_t len)
{
	uint16_t proto = first ? b->layers[first - 1].proto : 0;
	size_t end = b->closed < b->count ? b->closed : b->count;

	/* What is closed cannot take it in. */
	if (first > b->closed)
		return build_failed(b, proto, -EBUSY, NULL, 0, 0);
	if (b->status || !append_bytes(b, proto, data, len))
		return b->status;
	for (size_t i = first; i < end; i++)
		b->layers[i].caplen = b->len - b->layers[i].offset;
	b->closed = (uint16_t)first;
	b->len += (uint32_t)len;
	return 0;
}

int pktcap_build_trailer(struct pktcap_build *b, size_t index, const void *data,
			 size_t len)
{
	if (b->status)
		return b->status;
	if (index >= b->count || index >= b->closed)
		return build_failed(b, 0, -EINVAL, NULL, index, b->count);
	return append_trailer(b, index + 1, data, len);
}

/* The length of an 802.3 frame counts no padding: it is outside of all. */
int pktcap_build_pad(struct pktcap_build *b, size_t len)
{
	return append_trailer(b, 0, NULL, len > b->len ? len - b->len : 0);
}

/* What is in the packet from @end up to @outer_end. */
static void copy_trailer(struct pktcap_build *b, size_t first,
			 const struct pktcap_packet *pkt, uint32_t end,
			 uint32_t outer_end)
{
	if (end < outer_end && outer_end <= pkt->caplen)
		append_trailer(b, first, pkt->data + end, outer_end - end);
}

int pktcap_build_rest(struct pktcap_build *b, const struct pktcap_packet *pkt,
		      const struct pktcap_layer *layers, size_t n)
{
	size_t built = b->count, header;
	const struct pktcap_layer *last;
	uint32_t end, outer_end;

	/* Decoding a packet without a byte gives no layer. */
	if (!n)
		return b->status;
	last = &layers[n - 1];
	end = last->offset + last->caplen;
	header = header_bytes(last);
	/* What it said of the next one, which is among the payload. */
	if (last->flags & PKTCAP_LAYER_MORE && built &&
	    b->layers[built - 1].proto == last->proto)
		b->keep[built - 1] |= PKTCAP_KEEP_NEXT;
	if (last->caplen > header)
		pktcap_build_data(b, last->data + header,
				  last->caplen - header);
	for (size_t i = n - 1; i-- > 0;) {
		/* Headers correspond from the last one on: those that were
		 * added are in front of it, and so are tags without bytes. */
		size_t first = built + i + 1 > n ? built + i + 1 - n : 0;

		outer_end = layers[i].offset + layers[i].caplen;
		if (outer_end <= end)
			continue;
		copy_trailer(b, first, pkt, end, outer_end);
		end = outer_end;
	}
	copy_trailer(b, 0, pkt, end, pkt->caplen);
	return b->status;
}
