// SPDX-License-Identifier: BSD-2-Clause
/*
 * Neighbour discovery (RFC 4861, 4), behind type, code and checksum:
 *
 *	router solicitation:  reserved(32)
 *	router advertisement: hop limit(8) flags(8) lifetime(16) reachable(32)
 *	                      retransmission(32)
 *	solicitation:         reserved(32) target
 *	advertisement:        R S O reserved(29) target
 *	redirect:             reserved(32) target destination
 *
 * then options: type(8) length in 8 bytes(8) value. nd_option.c tells them.
 */
#include "proto/nd.h"
#include "proto/icmp.h"
#include "proto/nd_option.h"

size_t nd_fixed_len(uint8_t type)
{
	switch (type) {
	case ND_ROUTER_SOLICITATION:
		return 8;
	case ND_ROUTER_ADVERTISEMENT:
		return 16;
	case ND_SOLICITATION:
	case ND_ADVERTISEMENT:
		return 24;
	case ND_REDIRECT:
		return 40;
	default:
		return 0;
	}
}

static const struct label preferences[] = {
	{ 0, "medium" },
	{ 1, "high" },
	{ 3, "low" },
	{ 0, NULL },
};

static const struct field_def router_rows[] = {
	{ "hop_limit", 32, 8, PKTCAP_FIELD_UINT, "hops", NULL },
	{ "managed", 40, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "other", 41, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "home_agent", 42, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "preference", 43, 2, PKTCAP_FIELD_UINT, NULL, preferences },
	{ "proxy", 45, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "reserved", 46, 2, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "lifetime", 48, 16, PKTCAP_FIELD_UINT, "s", NULL },
	{ "reachable_time", 64, 32, PKTCAP_FIELD_UINT, "ms", NULL },
	{ "retransmission", 96, 32, PKTCAP_FIELD_UINT, "ms", NULL },
};

static const struct field_def advertisement_rows[] = {
	{ "router", 32, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "solicited", 33, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "override", 34, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "reserved", 35, 29, PKTCAP_FIELD_UINT, NULL, NULL },
};

void nd_fields(struct fields *f, const struct pktcap_layer *layer)
{
	uint8_t type = u8_at(f->b, 0);

	if (type == ND_ROUTER_ADVERTISEMENT)
		fields_rows(f, router_rows, 10, 0);
	else if (type == ND_ADVERTISEMENT)
		fields_rows(f, advertisement_rows, 4, 0);
	else
		fields_uint(f, "reserved", 4, 4, NULL, NULL);
	if (nd_fixed_len(type) >= 24)
		fields_data(f, "target", PKTCAP_FIELD_IPV6, 8, 16);
	if (type == ND_REDIRECT)
		fields_data(f, "destination", PKTCAP_FIELD_IPV6, 24, 16);
	if (layer->caplen > nd_fixed_len(type))
		nd_options(f, layer);
}

/* -EPROTOTYPE for another layer or message, -ENODATA where it was cut. */
static int expect_nd(const struct pktcap_layer *layer)
{
	int err = layer_expect(layer, PKTCAP_PROTO_ICMP6, 1);
	size_t fixed = nd_fixed_len(u8_at(layer_bytes(layer), 0));

	if (err)
		return err;
	if (!fixed)
		return -EPROTOTYPE;
	return layer->caplen < fixed ? -ENODATA : 0;
}

int pktcap_nd_get(const struct pktcap_layer *layer, struct pktcap_nd *out)
{
	struct bytes b = layer_bytes(layer);
	uint8_t type = u8_at(b, 0);
	size_t fixed = nd_fixed_len(type);
	int err = expect_nd(layer);

	if (err)
		return err;
	*out = (struct pktcap_nd){
		.type = type,
		.code = u8_at(b, 1),
		.checksum = u16_at(b, 2),
		.options_len = (uint32_t)(b.n - fixed),
		.options = b.p + fixed,
	};
	if (type == ND_ROUTER_ADVERTISEMENT) {
		out->hop_limit = u8_at(b, 4);
		out->flags = u8_at(b, 5);
		out->lifetime = u16_at(b, 6);
		out->reachable_time = u32_at(b, 8);
		out->retransmission = u32_at(b, 12);
	} else {
		out->flags = u32_at(b, 4);
	}
	if (fixed >= 24)
		bytes_copy(b, 8, out->target, 16);
	if (type == ND_REDIRECT)
		bytes_copy(b, 24, out->destination, 16);
	return 0;
}

int pktcap_nd_option_next(const struct pktcap_layer *layer, uint32_t *offset,
			  struct pktcap_tlv *option)
{
	struct bytes b = layer_bytes(layer);
	size_t at = *offset ? *offset : nd_fixed_len(u8_at(b, 0));
	int err = expect_nd(layer);
	uint8_t words;
	size_t len;

	if (err)
		return err;
	if (at >= layer->wirelen)
		return 0;
	if (!bytes_u8(b, at + 1, &words))
		return b.n < layer->wirelen ? -ENODATA : -EPROTO;
	len = words * 8u;
	if (!len || len > layer->wirelen - at)
		return -EPROTO;
	if (!bytes_has(b, at, len))
		return -ENODATA;
	*option = (struct pktcap_tlv){
		.data = b.p + at + 2,
		.offset = (uint32_t)at,
		.type = u8_at(b, at),
		.len = (uint32_t)len - 2,
	};
	*offset = (uint32_t)(at + len);
	return 1;
}

static void write_router(struct write *w, const struct pktcap_nd *nd)
{
	uint8_t *p;

	write_bits(w, "flags", nd->flags, 8);
	icmp_write(w, nd->type, nd->code, nd->checksum,
		   (uint32_t)nd->hop_limit << 24 | nd->flags << 16 |
			   nd->lifetime);
	p = write_space(w, 8);
	if (!p)
		return;
	put_be32(p, nd->reachable_time);
	put_be32(p + 4, nd->retransmission);
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_nd *nd = header;

	write_least(w, "type", nd->type, ND_ROUTER_SOLICITATION);
	write_limit(w, "type", nd->type, ND_REDIRECT);
	if (nd->type == ND_ROUTER_ADVERTISEMENT)
		write_router(w, nd);
	else
		icmp_write(w, nd->type, nd->code, nd->checksum, nd->flags);
	if (nd_fixed_len(nd->type) >= 24)
		write_bytes(w, nd->target, sizeof(nd->target));
	if (nd->type == ND_REDIRECT)
		write_bytes(w, nd->destination, sizeof(nd->destination));
	write_bytes(w, nd->options, nd->options_len);
}

const struct writer writer_nd = {
	.write = write,
	.next = NEXT_NOTHING,
};

int pktcap_nd_options_put(void *buf, size_t size,
			  const struct pktcap_tlv *options, size_t n)
{
	struct write w = write_into(buf, size);

	for (size_t i = 0; i < n && !w.err; i++) {
		const struct pktcap_tlv *option = &options[i];
		size_t words;
		uint8_t *p;

		write_bits(&w, "type", option->type, 8);
		write_limit(&w, "len", option->len, UINT8_MAX * 8 - 2);
		if (w.err)
			break;
		words = (option->len + 2u + 7u) / 8u;
		p = write_space(&w, words * 8);
		if (!p)
			break;
		p[0] = (uint8_t)option->type;
		p[1] = (uint8_t)words;
		if (option->len)
			memcpy(p + 2, option->data, option->len);
	}
	return write_result(&w, buf);
}
