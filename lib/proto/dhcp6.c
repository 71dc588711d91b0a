// SPDX-License-Identifier: BSD-2-Clause
/*
 * DHCPv6 (RFC 8415, 8 and 9):
 *
 *	type(8)  transaction id(24)  options
 *	type(8)  hop count(8)  link address(16 bytes)  peer address(16 bytes)
 *		options                                    relayed messages
 *
 * An option is code(16), length(16), value. A relay has the message that it
 * got in one, which may come from another relay.
 */
#include "proto/dhcp6.h"
#include "proto/write.h"

enum { OPTION_HEADER = 4, TYPE_MAX = 36, CODE_MAX = 255 };

/* Relays drop messages that went through more (RFC 8415, 7.6: 8; before: 32).
 */
enum { RELAYS_MAX = 32 };

enum { HOP_COUNT_AT = 1, LINK_ADDRESS_AT = 2 };

/* More than any relay lets through, even one that does not drop as it should.
 */
enum { PLAUSIBLE_HOPS = 64 };

/* None, or an address of a link: global, unique local or link-local. */
static bool is_link_address(uint8_t first)
{
	return !first || first >> 5 == 1 || (first >= 0xfc && first <= 0xfe);
}

/* The captured part alone has to be plausible: it may end anywhere. */
static bool check(struct bytes b)
{
	uint16_t code;
	uint8_t type;

	if (!bytes_u8(b, 0, &type) || !type || type > TYPE_MAX)
		return false;
	if (dhcp6_is_relay(type) &&
	    (u8_at(b, HOP_COUNT_AT) > PLAUSIBLE_HOPS ||
	     !is_link_address(u8_at(b, LINK_ADDRESS_AT))))
		return false;
	/* The option's length may lie: that is for the decoder to tell. */
	return !bytes_be16(b, dhcp6_header(type), &code) ||
	       (code && code <= CODE_MAX);
}

static enum pktcap_status decode(struct step *step)
{
	return step_whole(step, dhcp6_header(u8_at(step->b, 0)));
}

bool dhcp6_option(struct bytes b, size_t at, size_t end,
		  struct pktcap_dhcp6_option *option)
{
	size_t len;

	if (end > b.n)
		end = b.n;
	if (at >= end || end - at < OPTION_HEADER)
		return false;
	len = u16_at(b, at + 2);
	if (len > end - at - OPTION_HEADER)
		return false;
	*option = (struct pktcap_dhcp6_option){
		.data = b.p + at + OPTION_HEADER,
		.offset = (uint32_t)at,
		.code = u16_at(b, at),
		.len = (uint16_t)len,
	};
	return true;
}

int pktcap_dhcp6_option_next(const struct pktcap_layer *layer,
			     const struct pktcap_dhcp6_option *inside,
			     uint32_t *offset,
			     struct pktcap_dhcp6_option *option)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_DHCP6,
			       dhcp6_header(u8_at(b, 0)));
	size_t at = dhcp6_header(u8_at(b, 0)), end = layer->wirelen;

	if (err)
		return err;
	if (inside) {
		at = inside->offset + OPTION_HEADER;
		end = at + inside->len;
		if (inside->code == DHCP6_OPTION_RELAY_MESSAGE)
			at += dhcp6_header(u8_at(b, at));
		else if (dhcp6_options_in(inside->code))
			at += dhcp6_options_in(inside->code);
		else
			return 0;
	}
	if (*offset)
		at = *offset;
	if (at == end)
		return 0;
	if (!dhcp6_option(b, at, end, option))
		return b.n < end ? -ENODATA : -EPROTO;
	*offset = (uint32_t)at + OPTION_HEADER + option->len;
	return 1;
}

const struct label dhcp6_types[] = {
	{ 1, "solicit" },
	{ 2, "advertise" },
	{ 3, "request" },
	{ 4, "confirm" },
	{ 5, "renew" },
	{ 6, "rebind" },
	{ 7, "reply" },
	{ 8, "release" },
	{ 9, "decline" },
	{ 10, "reconfigure" },
	{ 11, "information request" },
	{ 12, "relay forward" },
	{ 13, "relay reply" },
	{ 14, "lease query" },
	{ 15, "lease query reply" },
	{ 16, "lease query done" },
	{ 17, "lease query data" },
	{ 20, "DHCPv4 query" },
	{ 21, "DHCPv4 response" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "type", 0, 8, PKTCAP_FIELD_UINT, NULL, dhcp6_types },
	{ "xid", 8, 24, PKTCAP_FIELD_HEX, NULL, NULL },
};

static const struct field_def relay_rows[] = {
	{ "type", 0, 8, PKTCAP_FIELD_UINT, NULL, dhcp6_types },
	{ "hop_count", 8, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "link_address", 16, 128, PKTCAP_FIELD_IPV6, NULL, NULL },
	{ "peer_address", 144, 128, PKTCAP_FIELD_IPV6, NULL, NULL },
};

static void message(struct fields *f, size_t at, size_t end)
{
	uint8_t type = u8_at(f->b, at);

	if (dhcp6_is_relay(type))
		fields_rows(f, relay_rows,
			    sizeof(relay_rows) / sizeof(relay_rows[0]), at);
	else
		fields_rows(f, rows, sizeof(rows) / sizeof(rows[0]), at);
	if (at + dhcp6_header(type) < end)
		dhcp6_option_fields(f, at + dhcp6_header(type), end);
}

/* The message that the relay's message from *@at to *@end has got. */
static bool enter_relayed(struct bytes b, size_t *at, size_t *end)
{
	struct pktcap_dhcp6_option option;
	size_t next = *at + DHCP6_RELAY_HEADER;

	if (!dhcp6_is_relay(u8_at(b, *at)))
		return false;
	while (dhcp6_option(b, next, *end, &option)) {
		next = option.offset + OPTION_HEADER;
		if (option.code == DHCP6_OPTION_RELAY_MESSAGE && option.len) {
			*at = next;
			*end = next + option.len;
			return true;
		}
		next += option.len;
	}
	return false;
}

/* Messages in messages are told one after the other, from outside inwards. */
static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	size_t at = 0, end = f->b.n;

	(void)layer;
	message(f, at, end);
	if (!dhcp6_is_relay(u8_at(f->b, 0)))
		return;
	fields_list(f, "relayed");
	for (int i = 0; i < RELAYS_MAX && enter_relayed(f->b, &at, &end); i++) {
		fields_group(f, "message", at, end - at);
		message(f, at, end);
		fields_end(f);
	}
	fields_end(f);
}

int pktcap_dhcp6_get(const struct pktcap_layer *layer, struct pktcap_dhcp6 *out)
{
	struct bytes b = layer_bytes(layer), options;
	uint8_t type = u8_at(b, 0);
	int err = layer_expect(layer, PKTCAP_PROTO_DHCP6, dhcp6_header(type));

	if (err)
		return err;
	options = bytes_slice(b, dhcp6_header(type), SIZE_MAX);
	*out = (struct pktcap_dhcp6){
		.type = type,
		.options_len = (uint32_t)options.n,
		.options = options.p,
	};
	if (dhcp6_is_relay(type)) {
		out->hop_count = u8_at(b, 1);
		bytes_copy(b, 2, out->link_address, 16);
		bytes_copy(b, 18, out->peer_address, 16);
	} else {
		out->xid = u32_at(b, 0) & 0xffffff;
	}
	return 0;
}

const struct proto proto_dhcp6 = {
	.name = "dhcp6",
	.title = "Dynamic Host Configuration Protocol for IPv6",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	.fields = fields,
};

int pktcap_dhcp6_options_put(void *buf, size_t size,
			     const struct pktcap_dhcp6_option *options,
			     size_t n)
{
	struct write w = write_into(buf, size);

	for (size_t i = 0; i < n; i++) {
		uint8_t *p = write_space(&w, OPTION_HEADER);

		if (!p)
			break;
		put_be16(p, options[i].code);
		put_be16(p + 2, options[i].len);
		write_bytes(&w, options[i].data, options[i].len);
	}
	return write_result(&w, buf);
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_dhcp6 *dhcp6 = header;
	uint8_t *p = write_space(w, dhcp6_header(dhcp6->type));

	write_bits(w, "xid", dhcp6->xid, 24);
	if (!p)
		return;
	if (dhcp6_is_relay(dhcp6->type)) {
		p[HOP_COUNT_AT] = dhcp6->hop_count;
		memcpy(p + LINK_ADDRESS_AT, dhcp6->link_address, 16);
		memcpy(p + LINK_ADDRESS_AT + 16, dhcp6->peer_address, 16);
	} else {
		put_be32(p, dhcp6->xid);
	}
	p[0] = dhcp6->type;
	write_bytes(w, dhcp6->options, dhcp6->options_len);
}

const struct writer writer_dhcp6 = { .write = write };
