// SPDX-License-Identifier: BSD-2-Clause
/*
 * Extension headers of IPv6 (RFC 8200, 4):
 *
 *	options:   next header(8) length(8) options
 *
 *	fragment:  next header(8) 0(8) offset(13) 0(2) more(1)
 *	           identification(32)
 *
 *	mobility:  next header(8) length(8) type(8) 0(8) checksum(16)
 *	           data
 *
 * Lengths are words of 8 bytes behind the first. ipv6_routing.c has the other.
 */
#include "proto/ipv6_ext.h"

enum {
	OPTIONS_AT = 2,
	FRAGMENT = 8,
	FRAGMENT_OFFSET_MASK = 0xfff8,
	MOBILITY_DATA = 6
};

enum option { PAD1 = 0, PADN = 1, ROUTER_ALERT = 5, HOME_ADDRESS = 0xc9 };

enum pktcap_status ipv6_ext_next(struct step *step, size_t len)
{
	uint8_t next = u8_at(step->b, 0);

	if (next == IPV6_NO_NEXT_HEADER)
		return step_next(step, len, NEXT_NOTHING, next);
	return step_next(step, len, NEXT_IP, next);
}

enum pktcap_status ipv6_ext_decode(struct step *step)
{
	size_t len = ipv6_ext_len(step->b);

	if (!bytes_has(step->b, 0, 2))
		return step_short(step, IPV6_EXT_MIN);
	if (!bytes_has(step->b, 0, len))
		return step_short(step, len);
	return ipv6_ext_next(step, len);
}

int ipv6_ext_expect(const struct pktcap_layer *layer, uint16_t proto)
{
	int err = layer_expect(layer, proto, IPV6_EXT_MIN);

	return err ? err
		   : layer_expect(layer, proto,
				  ipv6_ext_len(layer_bytes(layer)));
}

void ipv6_ext_fields(struct fields *f)
{
	fields_uint(f, "next_header", 0, 1, NULL, label_ip_protocol);
	fields_uint(f, "length", 1, 1, "8 bytes", NULL);
}

static const struct label option_types[] = {
	{ PAD1, "Pad1" },
	{ PADN, "PadN" },
	{ 0x04, "tunnel encapsulation limit" },
	{ ROUTER_ALERT, "router alert" },
	{ 0x07, "CALIPSO" },
	{ 0x08, "SMF_DPD" },
	{ 0x0f, "performance and diagnostic metrics" },
	{ 0x11, "IOAM" },
	{ 0x23, "RPL" },
	{ 0x26, "quick-start" },
	{ 0x30, "minimum path MTU" },
	{ 0x31, "IOAM" },
	{ IPV6_OPTION_JUMBO, "jumbo payload" },
	{ HOME_ADDRESS, "home address" },
	{ 0, NULL },
};

/* The option at @at, of those that end at @end; < 0 as in option.h. */
static int tlv_len(struct bytes b, size_t at, size_t end)
{
	uint8_t type, len;

	if (!bytes_u8(b, at, &type))
		return -ENODATA;
	if (type == PAD1)
		return 1;
	if (end - at < 2)
		return -EPROTO;
	if (!bytes_u8(b, at + 1, &len))
		return -ENODATA;
	if (len > end - at - 2)
		return -EPROTO;
	return bytes_has(b, at + 2, len) ? 2 + len : -ENODATA;
}

static void option_value(struct fields *f, size_t at, size_t len)
{
	uint8_t type = u8_at(f->b, at - 2);

	if (type == ROUTER_ALERT && len == 2)
		fields_uint(f, "alert", at, 2, NULL, NULL);
	else if (type == IPV6_OPTION_JUMBO && len == 4)
		fields_uint(f, "payload_length", at, 4, "bytes", NULL);
	else if (type == HOME_ADDRESS && len == 16)
		fields_data(f, "address", PKTCAP_FIELD_IPV6, at, len);
	else if (len)
		fields_data(f, "value", PKTCAP_FIELD_BYTES, at, len);
}

static void options_fields(struct fields *f, const struct pktcap_layer *layer)
{
	size_t at = OPTIONS_AT, end = ipv6_ext_len(f->b);

	ipv6_ext_fields(f);
	if (layer->caplen <= at)
		return;
	fields_list(f, "options");
	while (at < end) {
		int len = tlv_len(f->b, at, end);

		if (len < 0)
			break;
		fields_group(f, "option", at, (size_t)len);
		fields_hex(f, "type", at, 1, option_types);
		if (len > 1) {
			fields_uint(f, "length", at + 1, 1, "bytes", NULL);
			option_value(f, at + 2, (size_t)len - 2);
		}
		fields_end(f);
		at += (size_t)len;
	}
	fields_end(f);
}

static bool has_options(const struct pktcap_layer *layer)
{
	return layer->proto == PKTCAP_PROTO_IPV6_HOPOPTS ||
	       layer->proto == PKTCAP_PROTO_IPV6_DSTOPTS;
}

int pktcap_ipv6_options_get(const struct pktcap_layer *layer,
			    struct pktcap_ipv6_options *out)
{
	struct bytes b = layer_bytes(layer);
	int err = has_options(layer) ? ipv6_ext_expect(layer, layer->proto)
				     : -EPROTOTYPE;

	if (err)
		return err;
	*out = (struct pktcap_ipv6_options){
		.next_header = u8_at(b, 0),
		.header_len = (uint16_t)ipv6_ext_len(b),
		.options_len = (uint16_t)(ipv6_ext_len(b) - OPTIONS_AT),
		.options = layer->data + OPTIONS_AT,
	};
	return 0;
}

int pktcap_ipv6_option_next(const struct pktcap_layer *layer, uint32_t *offset,
			    struct pktcap_tlv *option)
{
	struct bytes b = layer_bytes(layer), value;
	size_t at = *offset ? *offset : OPTIONS_AT, end = ipv6_ext_len(b);
	int len;

	if (!has_options(layer))
		return -EPROTOTYPE;
	if (b.n < OPTIONS_AT)
		return -ENODATA;
	if (at >= end)
		return 0;
	len = tlv_len(b, at, end);
	if (len < 0)
		return len;
	value = bytes_slice(b, at + 2, len > 2 ? (size_t)len - 2 : 0);
	*option = (struct pktcap_tlv){
		.data = value.p,
		.offset = (uint32_t)at,
		.type = u8_at(b, at),
		.len = (uint32_t)value.n,
	};
	*offset = (uint32_t)(at + (size_t)len);
	return 1;
}

static enum pktcap_status decode_fragment(struct step *step)
{
	uint16_t offset = u16_at(step->b, 2);

	if (!bytes_has(step->b, 0, FRAGMENT))
		return step_short(step, FRAGMENT);
	if (offset & FRAGMENT_OFFSET_MASK) {
		step->flags |= PKTCAP_LAYER_FRAGMENT;
		return step_next(step, FRAGMENT, NEXT_NOTHING,
				 u8_at(step->b, 0));
	}
	if (offset & 1)
		step->flags |= PKTCAP_LAYER_FIRST_FRAGMENT;
	return ipv6_ext_next(step, FRAGMENT);
}

static const struct field_def fragment_rows[] = {
	{ "next_header", 0, 8, PKTCAP_FIELD_UINT, NULL, label_ip_protocol },
	{ "reserved", 8, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "fragment_offset", 16, 13, PKTCAP_FIELD_UINT, "8 bytes", NULL },
	{ "reserved_bits", 29, 2, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "more_fragments", 31, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "id", 32, 32, PKTCAP_FIELD_HEX, NULL, NULL },
};

int pktcap_ipv6_fragment_get(const struct pktcap_layer *layer,
			     struct pktcap_ipv6_fragment *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_IPV6_FRAGMENT, FRAGMENT);
	uint16_t offset = u16_at(b, 2);

	if (err)
		return err;
	*out = (struct pktcap_ipv6_fragment){
		.id = u32_at(b, 4),
		.offset = offset & FRAGMENT_OFFSET_MASK,
		.next_header = u8_at(b, 0),
		.more_fragments = offset & 1,
		.reserved_byte = u8_at(b, 1),
		.reserved_bits = offset >> 1 & 3,
	};
	return 0;
}

static const struct label mobility_types[] = {
	{ 0, "binding refresh request" },
	{ 1, "home test init" },
	{ 2, "care-of test init" },
	{ 3, "home test" },
	{ 4, "care-of test" },
	{ 5, "binding update" },
	{ 6, "binding acknowledgement" },
	{ 7, "binding error" },
	{ 8, "fast binding update" },
	{ 9, "fast binding acknowledgement" },
	{ 10, "fast neighbour advertisement" },
	{ 12, "home agent switch" },
	{ 13, "heartbeat" },
	{ 0, NULL },
};

static void mobility_fields(struct fields *f, const struct pktcap_layer *layer)
{
	size_t len = ipv6_ext_len(f->b);

	(void)layer;
	ipv6_ext_fields(f);
	fields_uint(f, "type", 2, 1, NULL, mobility_types);
	fields_uint(f, "reserved", 3, 1, NULL, NULL);
	fields_hex(f, "checksum", 4, 2, NULL);
	fields_data(f, "data", PKTCAP_FIELD_BYTES, MOBILITY_DATA,
		    len - MOBILITY_DATA);
}

int pktcap_ipv6_mobility_get(const struct pktcap_layer *layer,
			     struct pktcap_ipv6_mobility *out)
{
	struct bytes b = layer_bytes(layer);
	int err = ipv6_ext_expect(layer, PKTCAP_PROTO_IPV6_MOBILITY);

	if (err)
		return err;
	*out = (struct pktcap_ipv6_mobility){
		.next_header = u8_at(b, 0),
		.type = u8_at(b, 2),
		.reserved_byte = u8_at(b, 3),
		.checksum = u16_at(b, 4),
		.header_len = (uint16_t)ipv6_ext_len(b),
		.data_len = (uint16_t)(ipv6_ext_len(b) - MOBILITY_DATA),
		.data = layer->data + MOBILITY_DATA,
	};
	return 0;
}

const struct proto proto_ipv6_hopopts = {
	.name = "ipv6_hopopts",
	.title = "IPv6 Hop-by-Hop Options",
	.level = PKTCAP_LEVEL_NETWORK,
	.decode = ipv6_ext_decode,
	.fields = options_fields,
};

const struct proto proto_ipv6_dstopts = {
	.name = "ipv6_dstopts",
	.title = "IPv6 Destination Options",
	.level = PKTCAP_LEVEL_NETWORK,
	.decode = ipv6_ext_decode,
	.fields = options_fields,
};

const struct proto proto_ipv6_fragment = {
	.name = "ipv6_fragment",
	.title = "IPv6 Fragment Header",
	.level = PKTCAP_LEVEL_NETWORK,
	.decode = decode_fragment,
	FIELD_DEFS(fragment_rows),
};

const struct proto proto_ipv6_mobility = {
	.name = "ipv6_mobility",
	.title = "IPv6 Mobility Header",
	.level = PKTCAP_LEVEL_NETWORK,
	.decode = ipv6_ext_decode,
	.fields = mobility_fields,
};

enum { LEN_MAX = (UINT8_MAX + 1) * 8 };

size_t ipv6_ext_write(struct write *w, uint8_t *start, uint8_t next_header,
		      uint16_t header_len, uint8_t padn)
{
	size_t len = (size_t)(w->p - start), filled = -len % 8;
	uint8_t *p = write_space(w, filled);

	if (padn && p && filled > 1) {
		p[0] = padn;
		p[1] = (uint8_t)(filled - 2);
	}
	len = write_header_len(w, header_len, len + filled);
	write_multiple(w, "header_len", len, 8);
	write_least(w, "header_len", len, IPV6_EXT_MIN);
	write_limit(w, "header_len", len, LEN_MAX);
	if (w->err)
		return 0;
	start[0] = next_header;
	start[1] = (uint8_t)(len / 8 - 1);
	return filled;
}

void ipv6_ext_finish(struct finish *f)
{
	finish_next8(f, 0);
}

static void write_options_header(struct write *w, const void *header)
{
	const struct pktcap_ipv6_options *options = header;
	uint8_t *start = w->p;

	write_space(w, OPTIONS_AT);
	write_bytes(w, options->options, options->options_len);
	ipv6_ext_write(w, start, options->next_header, options->header_len,
		       PADN);
}

static void write_fragment(struct write *w, const void *header)
{
	const struct pktcap_ipv6_fragment *fragment = header;
	uint8_t *p = write_space(w, FRAGMENT);

	write_multiple(w, "offset", fragment->offset, 8);
	write_bits(w, "more_fragments", fragment->more_fragments, 1);
	write_bits(w, "reserved_bits", fragment->reserved_bits, 2);
	if (!p)
		return;
	p[0] = fragment->next_header;
	p[1] = fragment->reserved_byte;
	put_be16(p + 2,
		 (uint16_t)(fragment->offset | fragment->reserved_bits << 1 |
			    fragment->more_fragments));
	put_be32(p + 4, fragment->id);
}

static void write_mobility(struct write *w, const void *header)
{
	const struct pktcap_ipv6_mobility *mobility = header;
	uint8_t *start = w->p, *p = write_space(w, MOBILITY_DATA);

	if (p) {
		p[2] = mobility->type;
		p[3] = mobility->reserved_byte;
		put_be16(p + 4, mobility->checksum);
	}
	write_bytes(w, mobility->data, mobility->data_len);
	ipv6_ext_write(w, start, mobility->next_header, mobility->header_len,
		       PADN);
}

const struct writer writer_ipv6_hopopts = {
	.write = write_options_header,
	.finish = ipv6_ext_finish,
	.next = NEXT_IP,
};

const struct writer writer_ipv6_dstopts = {
	.write = write_options_header,
	.finish = ipv6_ext_finish,
	.next = NEXT_IP,
};

const struct writer writer_ipv6_fragment = {
	.write = write_fragment,
	.finish = ipv6_ext_finish,
	.next = NEXT_IP,
};

const struct writer writer_ipv6_mobility = {
	.write = write_mobility,
	.finish = ipv6_ext_finish,
	.next = NEXT_IP,
};

int pktcap_ipv6_options_put(void *buf, size_t size,
			    const struct pktcap_tlv *options, size_t n)
{
	struct write w = write_into(buf, size);

	for (size_t i = 0; i < n && !w.err; i++) {
		const struct pktcap_tlv *option = &options[i];
		uint8_t *p;

		write_bits(&w, "type", option->type, 8);
		write_limit(&w, "len", option->len,
			    option->type == PAD1 ? 0 : UINT8_MAX);
		if (w.err)
			break;
		p = write_space(&w, option->type == PAD1 ? 1 : 2);
		if (!p)
			break;
		p[0] = (uint8_t)option->type;
		if (option->type != PAD1)
			p[1] = (uint8_t)option->len;
		write_bytes(&w, option->data, option->len);
	}
	return write_result(&w, buf);
}
