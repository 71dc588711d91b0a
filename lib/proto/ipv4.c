// SPDX-License-Identifier: BSD-2-Clause
/*
 * IPv4 (RFC 791, 3.1), a row is 32 bits:
 *
 *	version(4) IHL(4)  DSCP(6) ECN(2)  total length(16)
 *	identification(16)        flags(3) fragment offset(13)
 *	TTL(8)  protocol(8)       header checksum(16)
 *	source
 *	destination
 *	options, up to IHL words
 */
#include "proto/fields.h"

enum { HEADER = 20, MORE_FRAGMENTS = 0x2000, OFFSET_MASK = 0x1fff };

static void note_fragment(struct step *step, uint16_t fragment)
{
	if (fragment & OFFSET_MASK)
		step->flags |= PKTCAP_LAYER_FRAGMENT;
	else if (fragment & MORE_FRAGMENTS)
		step->flags |= PKTCAP_LAYER_FIRST_FRAGMENT;
}

static enum pktcap_status decode(struct step *step)
{
	uint8_t first, protocol;
	uint16_t total, fragment;
	size_t header_len;

	if (!bytes_u8(step->b, 0, &first))
		return step_short(step, HEADER);
	header_len = (first & 15u) * 4;
	if (first >> 4 != 4 || header_len < HEADER)
		return PKTCAP_STATUS_MALFORMED;
	if (!bytes_has(step->b, 0, header_len))
		return step_short(step, header_len);
	total = u16_at(step->b, 2);
	fragment = u16_at(step->b, 6);
	protocol = u8_at(step->b, 9);
	/* 0: merged segments of more than 64 KiB, the real length counts. */
	if (total && total < header_len)
		return PKTCAP_STATUS_MALFORMED;
	if (total)
		step->payload_len = total - header_len;
	note_fragment(step, fragment);
	if (fragment & OFFSET_MASK)
		return step_next(step, header_len, NEXT_NOTHING, protocol);
	return step_next(step, header_len, NEXT_IP, protocol);
}

static const struct label option_kinds[] = {
	{ 0, "end" },
	{ 1, "nop" },
	{ 7, "record route" },
	{ 68, "timestamp" },
	{ 130, "security" },
	{ 131, "loose source route" },
	{ 136, "stream id" },
	{ 137, "strict source route" },
	{ 148, "router alert" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "version", 0, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "ihl", 4, 4, PKTCAP_FIELD_UINT, "words", NULL },
	{ "dscp", 8, 6, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "ecn", 14, 2, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "total_length", 16, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "id", 32, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "reserved_flag", 48, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "dont_fragment", 49, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "more_fragments", 50, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "fragment_offset", 51, 13, PKTCAP_FIELD_UINT, "8 bytes", NULL },
	{ "ttl", 64, 8, PKTCAP_FIELD_UINT, "hops", NULL },
	{ "protocol", 72, 8, PKTCAP_FIELD_UINT, NULL, label_ip_protocol },
	{ "checksum", 80, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "src", 96, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "dst", 128, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
};

/* One option at @at; returns its length, 0 where the list ends or is broken. */
static size_t option(struct fields *f, size_t at, size_t end)
{
	uint8_t kind, len;

	if (!bytes_u8(f->b, at, &kind))
		return 0;
	if (kind <= 1) {
		len = 1;
	} else if (!bytes_u8(f->b, at + 1, &len) || len < 2 || len > end - at) {
		return 0;
	}
	fields_group(f, "option", at, len);
	fields_uint(f, "kind", at, 1, NULL, option_kinds);
	if (len > 1) {
		fields_uint(f, "length", at + 1, 1, "bytes", NULL);
		fields_data(f, "value", PKTCAP_FIELD_BYTES, at + 2, len - 2u);
	}
	fields_end(f);
	return kind ? len : 0;
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	size_t at = HEADER, end = layer->header_len, len;

	if (end <= at)
		return;
	fields_list(f, "options");
	while (at < end && (len = option(f, at, end)))
		at += len;
	fields_end(f);
}

int pktcap_ipv4_get(const struct pktcap_layer *layer, struct pktcap_ipv4 *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_IPV4, HEADER);
	uint8_t header_len = (u8_at(b, 0) & 15) * 4;
	uint16_t fragment = u16_at(b, 6);

	if (err)
		return err;
	if (header_len < HEADER || layer->caplen < header_len)
		return -ENODATA;
	*out = (struct pktcap_ipv4){
		.total_length = u16_at(b, 2),
		.id = u16_at(b, 4),
		.fragment_offset = (uint16_t)((fragment & OFFSET_MASK) * 8),
		.checksum = u16_at(b, 10),
		.header_len = header_len,
		.dscp = u8_at(b, 1) >> 2,
		.ecn = u8_at(b, 1) & 3,
		.ttl = u8_at(b, 8),
		.protocol = u8_at(b, 9),
		.dont_fragment = fragment >> 14 & 1,
		.more_fragments = fragment >> 13 & 1,
		.options_len = header_len - HEADER,
		.evil = fragment >> 15,
		.options = layer->data + HEADER,
	};
	bytes_copy(b, 12, out->src, sizeof(out->src));
	bytes_copy(b, 16, out->dst, sizeof(out->dst));
	return 0;
}

const struct proto proto_ipv4 = {
	.name = "ipv4",
	.title = "Internet Protocol version 4",
	.level = PKTCAP_LEVEL_NETWORK,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};
