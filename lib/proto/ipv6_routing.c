// SPDX-License-Identifier: BSD-2-Clause
/*
 * IPv6 Routing Header (RFC 8200, 4.4), a row is 32 bits:
 *
 *	next header(8) length(8) type(8) segments left(8)
 *	by type: 4 bytes, then addresses
 *
 * Types 0 (RFC 5095: deprecated) and 2 (RFC 6275) have 32 reserved bits there,
 * 4 (RFC 8754: segment routing) last entry(8) flags(8) tag(16), and TLVs behind
 * the addresses; 3 (RFC 6554) compresses its addresses.
 */
#include "proto/ipv6_ext.h"

enum { ADDRESSES_AT = 8, ADDRESS = 16 };

enum type { SOURCE_ROUTE = 0, MOBILE = 2, RPL = 3, SEGMENT_ROUTING = 4 };

/* Of segment routing the last entry, and what fills up its TLVs (RFC 8754,
 * 2.1.1.2); of RPL how many bytes were filled up, in the upper 4 bits. */
enum { LAST_ENTRY_AT = 4, SEGMENT_PADN = 4, RPL_PAD_AT = 5 };

static const struct label types[] = {
	{ SOURCE_ROUTE, "source route" },
	{ MOBILE, "mobile IPv6" },
	{ RPL, "RPL source route" },
	{ SEGMENT_ROUTING, "segment routing" },
	{ 253, "experiment 1" },
	{ 254, "experiment 2" },
	{ 0, NULL },
};

static const struct field_def segment_rows[] = {
	{ "last_entry", 32, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "flags", 40, 8, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "tag", 48, 16, PKTCAP_FIELD_HEX, NULL, NULL },
};

static const struct field_def rpl_rows[] = {
	{ "compressed", 32, 4, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "compressed_last", 36, 4, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "pad", 40, 4, PKTCAP_FIELD_UINT, "bytes", NULL },
};

/* Whole addresses of a header that was captured whole. */
static size_t addresses_of(struct bytes b)
{
	size_t room = (ipv6_ext_len(b) - ADDRESSES_AT) / ADDRESS;
	size_t segments = u8_at(b, 4) + 1u;

	switch (u8_at(b, 2)) {
	case SOURCE_ROUTE:
	case MOBILE:
		return room;
	case SEGMENT_ROUTING:
		return segments < room ? segments : room;
	default:
		return 0;
	}
}

static void addresses(struct fields *f, size_t count)
{
	fields_list(f, "addresses");
	for (size_t i = 0, at = ADDRESSES_AT; i < count; i++, at += ADDRESS) {
		if (!bytes_has(f->b, at, ADDRESS))
			break;
		fields_group(f, "entry", at, ADDRESS);
		fields_data(f, "address", PKTCAP_FIELD_IPV6, at, ADDRESS);
		fields_end(f);
	}
	fields_end(f);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	uint8_t type = u8_at(f->b, 2);
	size_t count = addresses_of(f->b);
	size_t at = ADDRESSES_AT + count * ADDRESS, end = ipv6_ext_len(f->b);

	ipv6_ext_fields(f);
	fields_uint(f, "type", 2, 1, NULL, types);
	fields_uint(f, "segments_left", 3, 1, NULL, NULL);
	if (layer->caplen < ADDRESSES_AT)
		return;
	if (type == SEGMENT_ROUTING)
		fields_rows(f, segment_rows, 3, 0);
	else if (type == RPL)
		fields_rows(f, rpl_rows, 3, 0);
	else
		fields_hex(f, "reserved", 4, 4, NULL);
	if (count)
		addresses(f, count);
	if (end > at)
		fields_data(f, "data", PKTCAP_FIELD_BYTES, at, end - at);
}

int pktcap_ipv6_routing_get(const struct pktcap_layer *layer,
			    struct pktcap_ipv6_routing *out)
{
	struct bytes b = layer_bytes(layer);
	int err = ipv6_ext_expect(layer, PKTCAP_PROTO_IPV6_ROUTING);
	size_t count = addresses_of(b);
	size_t data_at = ADDRESSES_AT + count * ADDRESS;

	if (err)
		return err;
	*out = (struct pktcap_ipv6_routing){
		.rest = u32_at(b, 4),
		.next_header = u8_at(b, 0),
		.type = u8_at(b, 2),
		.segments_left = u8_at(b, 3),
		.address_count = (uint8_t)count,
		.header_len = (uint16_t)ipv6_ext_len(b),
		.data_len = (uint16_t)(ipv6_ext_len(b) - data_at),
		.addresses = layer->data + ADDRESSES_AT,
		.data = layer->data + data_at,
	};
	return 0;
}

const struct proto proto_ipv6_routing = {
	.name = "ipv6_routing",
	.title = "IPv6 Routing Header",
	.level = PKTCAP_LEVEL_NETWORK,
	.decode = ipv6_ext_decode,
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_ipv6_routing *routing = header;
	uint8_t *start = w->p, *p = write_space(w, ADDRESSES_AT);
	size_t filled;

	write_bytes(w, routing->addresses,
		    routing->address_count * (size_t)ADDRESS);
	write_bytes(w, routing->data, routing->data_len);
	filled = ipv6_ext_write(
		w, start, routing->next_header, routing->header_len,
		routing->type == SEGMENT_ROUTING ? SEGMENT_PADN : 0);
	if (!p)
		return;
	p[2] = routing->type;
	p[3] = routing->segments_left;
	put_be32(p + 4, routing->rest);
	if (w->keep & PKTCAP_KEEP_LENGTHS)
		return;
	if (routing->type == SEGMENT_ROUTING && routing->address_count)
		p[LAST_ENTRY_AT] = (uint8_t)(routing->address_count - 1);
	if (routing->type == RPL && filled)
		p[RPL_PAD_AT] = (uint8_t)(filled << 4 | (p[RPL_PAD_AT] & 15));
}

const struct writer writer_ipv6_routing = {
	.write = write,
	.finish = ipv6_ext_finish,
	.next = NEXT_IP,
};
