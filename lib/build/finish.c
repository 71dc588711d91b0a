// SPDX-License-Identifier: BSD-2-Clause
/* What a header can only say when all behind it is there. */
#include "build/build.h"

#include "base/error.h"
#include "base/text.h"

/* Of IPv4 the flag and the offset, of IPv6 the offset and the flag, of 802.11
 * the flag and the number. */
static bool is_fragment(const struct pktcap_layer *layer)
{
	struct bytes b = { layer->data, layer->header_len };

	if (layer->proto == PKTCAP_PROTO_IPV4)
		return u16_at(b, 6) & 0x3fff;
	if (layer->proto == PKTCAP_PROTO_IPV6_FRAGMENT)
		return u16_at(b, 2) & 0xfff9;
	if (layer->proto == PKTCAP_PROTO_WIFI)
		return u8_at(b, 1) & 0x04 || u8_at(b, 22) & 15;
	return false;
}

/*
 * Where layers end that no trailer has ended. Returns the first one inside a
 * fragment: lengths and sums of the whole datagram.
 */
static size_t end_layers(struct pktcap_build *b)
{
	size_t in_fragment = SIZE_MAX;

	for (size_t i = 0; i < b->count; i++) {
		struct pktcap_layer *layer = &b->layers[i];

		if (i < b->closed)
			layer->caplen = b->len - layer->offset;
		layer->wirelen = layer->caplen;
		if (i < in_fragment && is_fragment(layer))
			in_fragment = i + 1;
	}
	return in_fragment;
}

static void finish_layer(struct pktcap_build *b, size_t index,
			 const struct writer *writer, uint32_t keep)
{
	struct pktcap_layer *layer = &b->layers[index];
	bool is_last =
		index + 1 == b->count || layer[1].proto == PKTCAP_PROTO_DATA;
	bool is_known = !is_last && b->keep[index + 1] & NUMBER_KNOWN;
	struct finish f;

	/* Of a damaged one not even the fixed part need be there. */
	if (!writer->finish || layer->status != PKTCAP_STATUS_OK)
		return;
	f = (struct finish){
		.p = b->data + layer->offset,
		.header_len = layer->header_len,
		.payload_len = layer->caplen - layer->header_len,
		.keep = keep,
		.below = layer->below,
		.next = is_last ? PKTCAP_PROTO_NONE : layer[1].proto,
		.number = is_known ? (int32_t)layer[1].number : -1,
		.own = layer->number,
	};
	writer->finish(&f);
	if (!f.err || b->status)
		return;
	if (f.err != -EPROTOTYPE) {
		build_failed(b, layer->proto, f.err, f.field, f.value, f.limit);
		return;
	}
	build_failed(b, f.next, f.err, NULL, 0, 0);
	b->failed_below = layer->proto;
}

int pktcap_build_finish(struct pktcap_build *b)
{
	size_t in_fragment;

	if (b->status)
		return b->status;
	in_fragment = end_layers(b);
	for (size_t i = b->count; i-- > 0;) {
		const struct writer *writer = build_writers[b->layers[i].proto];
		uint32_t keep = b->keep[i];

		if (!writer)
			continue;
		if (i >= in_fragment)
			keep |= PKTCAP_KEEP_LENGTHS | PKTCAP_KEEP_CHECKSUM;
		finish_layer(b, i, writer, keep);
		if (!(keep & PKTCAP_KEEP_CHECKSUM))
			checksum_fill(b->layers, i,
				      b->data + b->layers[i].offset);
	}
	return b->status ? b->status : (int)b->len;
}

int pktcap_build_packet(const struct pktcap_build *b, struct pktcap_packet *pkt)
{
	int32_t linktype;

	if (b->status)
		return b->status;
	linktype = b->count ? build_number(NEXT_LINK, &b->layers[0],
					   NUMBER_DECODED)
			    : -1;
	if (linktype < 0)
		return -EPROTOTYPE;
	*pkt = (struct pktcap_packet){
		.data = b->data,
		.caplen = b->len,
		.wirelen = b->len,
		.linktype = (uint16_t)linktype,
	};
	return 0;
}

static const char *name_of(uint16_t proto)
{
	const char *name = pktcap_proto_name(proto);

	return name ? name : "packet";
}

static int beyond_limit(const struct pktcap_build *b, const char *name,
			struct pktcap_error *error)
{
	if (b->limit & WRITE_UNIT)
		return error_set_at(error, b->len, b->status, name,
				    "%s: %s is %lu, no multiple of %lu", name,
				    b->field, (unsigned long)b->value,
				    (unsigned long)(b->limit & ~WRITE_UNIT));
	return error_set_at(
		error, b->len, b->status, name, "%s: %s %s %lu, at %s %lu",
		name, b->field, b->status == -ERANGE ? "is" : "would be",
		(unsigned long)b->value, b->value > b->limit ? "most" : "least",
		(unsigned long)b->limit);
}

int build_cannot_follow(const struct pktcap_build *b, size_t at,
			const char *name, const char *by_hand,
			struct pktcap_error *error)
{
	const char *below = name_of(b->failed_below);
	const char *names[2];

	if (build_between(b->failed_below, b->failed_proto, names))
		return error_set_at(error, at, b->status, name,
				    "%s cannot follow %s: put %s%s%s between, "
				    "or %s",
				    name, below, names[0],
				    names[1] ? " and " : "",
				    names[1] ? names[1] : "", by_hand);
	return error_set_at(error, at, b->status, name,
			    "%s cannot follow %s, which has no number for it: "
			    "put the header between that has, or %s",
			    name, below, by_hand);
}

int pktcap_build_error(const struct pktcap_build *b, struct pktcap_error *error)
{
	const char *name = name_of(b->failed_proto);

	if ((b->status == -ERANGE || b->status == -EBADMSG) && !b->field)
		return error_set_at(error, b->len, b->status, name,
				    "%s: the text is wrong, as "
				    "pktcap_build_text() has told",
				    name);
	switch (b->status) {
	case 0:
		return 0;
	case -ENOSPC:
		return error_set_at(error, b->len, b->status, name,
				    "%s: no room behind %u bytes: the buffer "
				    "has %u, give a larger one",
				    name, b->len, b->size);
	case -ERANGE:
	case -EMSGSIZE:
		return beyond_limit(b, name, error);
	case -EPROTOTYPE:
		if (b->field)
			break;
		return build_cannot_follow(b, b->len, name, "PKTCAP_KEEP_NEXT",
					   error);
	case -E2BIG:
		return error_set_at(error, b->len, b->status, name,
				    "%s: more than %u headers", name,
				    (unsigned int)PKTCAP_LAYERS);
	case -EBUSY:
		return error_set_at(error, b->len, b->status, name,
				    "%s: behind a trailer or padding, which "
				    "have to be the last",
				    name);
	default:
		if (b->field)
			break;
		return error_set_at(error, b->len, b->status, name,
				    "trailer of header %lu: there are %u, and "
				    "inner trailers come first",
				    (unsigned long)b->value,
				    (unsigned int)b->count);
	}
	return error_set_at(error, b->len, b->status, name, "%s: %s", name,
			    b->field);
}
