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
#include "proto/option.h"

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

enum option {
	RECORD_ROUTE = 7,
	TIMESTAMP = 68,
	SECURITY = 130,
	LOOSE_ROUTE = 131,
	STREAM_ID = 136,
	STRICT_ROUTE = 137,
	ROUTER_ALERT = 148
};

static const struct label option_kinds[] = {
	{ OPTION_END, "end" },
	{ OPTION_NOP, "nop" },
	{ RECORD_ROUTE, "record route" },
	{ 25, "quick-start" },
	{ TIMESTAMP, "timestamp" },
	{ 82, "traceroute" },
	{ SECURITY, "security" },
	{ LOOSE_ROUTE, "loose source route" },
	{ 133, "extended security" },
	{ 134, "CIPSO" },
	{ STREAM_ID, "stream id" },
	{ STRICT_ROUTE, "strict source route" },
	{ ROUTER_ALERT, "router alert" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "version", 0, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "ihl", 4, 4, PKTCAP_FIELD_UINT, "words", NULL },
	{ "dscp", 8, 6, PKTCAP_FIELD_UINT, NULL, label_dscp },
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

static const struct label alerts[] = {
	{ 0, "examine the packet" },
	{ 0, NULL },
};

static const struct field_def timestamp_rows[] = {
	{ "pointer", 0, 8, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "overflow", 8, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "flag", 12, 4, PKTCAP_FIELD_UINT, NULL, NULL },
};

/* Record route and source routes: a pointer, and addresses. */
static void route(struct fields *f, size_t at, size_t end)
{
	fields_uint(f, "pointer", at, 1, "bytes", NULL);
	fields_list(f, "addresses");
	for (at++; end - at >= 4 && at < end; at += 4) {
		fields_group(f, "entry", at, 4);
		fields_data(f, "address", PKTCAP_FIELD_IPV4, at, 4);
		fields_end(f);
	}
	fields_end(f);
}

/* Flag 0: times alone; 1 and 3: each behind an address. */
static void timestamps(struct fields *f, size_t at, size_t end)
{
	bool addresses = (u8_at(f->b, at + 1) & 15) != 0;
	size_t size = addresses ? 8 : 4;

	fields_rows(f, timestamp_rows, 3, at);
	fields_list(f, "timestamps");
	for (at += 2; at < end && end - at >= size; at += size) {
		fields_group(f, "entry", at, size);
		if (addresses)
			fields_data(f, "address", PKTCAP_FIELD_IPV4, at, 4);
		fields_uint(f, "time", at + size - 4, 4, "ms", NULL);
		fields_end(f);
	}
	fields_end(f);
}

/* RFC 1108, 2.1 */
static void security(struct fields *f, size_t at, size_t end)
{
	fields_hex(f, "classification", at, 1, NULL);
	if (end - at > 1)
		fields_data(f, "authorities", PKTCAP_FIELD_BYTES, at + 1,
			    end - at - 1);
}

static void value(struct fields *f, uint8_t kind, size_t at, size_t end)
{
	size_t len = end - at;

	if (!len)
		return;
	switch (kind) {
	case RECORD_ROUTE:
	case LOOSE_ROUTE:
	case STRICT_ROUTE:
		route(f, at, end);
		break;
	case SECURITY:
		security(f, at, end);
		break;
	case TIMESTAMP:
		if (len >= 2) {
			timestamps(f, at, end);
			break;
		}
		/* fallthrough */
	default:
		if (len == 2 && kind == ROUTER_ALERT)
			fields_uint(f, "alert", at, 2, NULL, alerts);
		else if (len == 2 && kind == STREAM_ID)
			fields_uint(f, "stream", at, 2, NULL, NULL);
		else
			fields_data(f, "value", PKTCAP_FIELD_BYTES, at, len);
	}
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	(void)layer;
	option_fields(f, HEADER, (u8_at(f->b, 0) & 15u) * 4, option_kinds,
		      value);
}

int pktcap_ipv4_option_next(const struct pktcap_layer *layer, uint32_t *offset,
			    struct pktcap_tlv *option)
{
	int err = layer_expect(layer, PKTCAP_PROTO_IPV4, HEADER);
	struct bytes b = layer_bytes(layer);

	if (err)
		return err;
	return option_next(b, HEADER, (u8_at(b, 0) & 15u) * 4, offset, option);
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
	memset(out, 0, sizeof(*out));
	bytes_copy(b, 12, out->src, sizeof(out->src));
	bytes_copy(b, 16, out->dst, sizeof(out->dst));
	out->total_length = u16_at(b, 2);
	out->id = u16_at(b, 4);
	out->fragment_offset = (uint16_t)((fragment & OFFSET_MASK) * 8);
	out->checksum = u16_at(b, 10);
	out->header_len = header_len;
	out->dscp = u8_at(b, 1) >> 2;
	out->ecn = u8_at(b, 1) & 3;
	out->ttl = u8_at(b, 8);
	out->protocol = u8_at(b, 9);
	out->dont_fragment = fragment >> 14 & 1;
	out->more_fragments = fragment >> 13 & 1;
	out->options_len = header_len - HEADER;
	out->reserved_flag = fragment >> 15;
	out->options = layer->data + HEADER;
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

static void write(struct write *w, const void *header)
{
	const struct pktcap_ipv4 *ip = header;
	uint8_t *p = write_space(w, HEADER);
	size_t len;

	write_bits(w, "dscp", ip->dscp, 6);
	write_bits(w, "ecn", ip->ecn, 2);
	write_bits(w, "reserved_flag", ip->reserved_flag, 1);
	write_bits(w, "dont_fragment", ip->dont_fragment, 1);
	write_bits(w, "more_fragments", ip->more_fragments, 1);
	write_multiple(w, "fragment_offset", ip->fragment_offset, 8);
	write_limit(w, "options_len", ip->options_len, OPTIONS_MAX);
	if (!p)
		return;
	len = HEADER + write_options(w, ip->options, ip->options_len, 4);
	len = write_header_len(w, ip->header_len, len);
	write_multiple(w, "header_len", len, 4);
	write_limit(w, "header_len", len, HEADER + OPTIONS_MAX);
	p[0] = (uint8_t)(0x40 | len / 4);
	p[1] = (uint8_t)(ip->dscp << 2 | ip->ecn);
	put_be16(p + 2, ip->total_length);
	put_be16(p + 4, ip->id);
	put_be16(p + 6,
		 (uint16_t)(ip->reserved_flag << 15 | ip->dont_fragment << 14 |
			    ip->more_fragments << 13 |
			    ip->fragment_offset / 8));
	p[8] = ip->ttl;
	p[9] = ip->protocol;
	put_be16(p + 10, ip->checksum);
	memcpy(p + 12, ip->src, 4);
	memcpy(p + 16, ip->dst, 4);
}

static void finish(struct finish *f)
{
	finish_length(f, "total_length", 2, f->header_len + f->payload_len);
	finish_next8(f, 9);
}

const struct writer writer_ipv4 = {
	.write = write,
	.finish = finish,
	.next = NEXT_IP,
};

int pktcap_ipv4_options_put(void *buf, size_t size,
			    const struct pktcap_tlv *options, size_t n)
{
	struct write w = write_into(buf, size);

	for (size_t i = 0; i < n && !w.err; i++)
		option_put(&w, options[i].type, options[i].data,
			   options[i].len);
	return option_put_result(&w, buf);
}
