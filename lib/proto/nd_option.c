// SPDX-License-Identifier: BSD-2-Clause
/* Options of neighbour discovery: RFC 4861, 4.6; 4191, 2.3; 8106, 5; 8781, 4 */
#include "proto/nd_option.h"

enum type {
	SOURCE_ADDRESS = 1,
	TARGET_ADDRESS = 2,
	PREFIX = 3,
	MTU = 5,
	ROUTE = 24,
	RDNSS = 25,
	DNSSL = 31,
	CAPTIVE_PORTAL = 37,
	PREF64 = 38
};

enum { NAME_MAX_LEN = 253 };

static const struct label types[] = {
	{ SOURCE_ADDRESS, "source link-layer address" },
	{ TARGET_ADDRESS, "target link-layer address" },
	{ PREFIX, "prefix information" },
	{ 4, "redirected header" },
	{ MTU, "MTU" },
	{ 7, "advertisement interval" },
	{ 8, "home agent information" },
	{ 11, "CGA" },
	{ 12, "RSA signature" },
	{ 13, "timestamp" },
	{ 14, "nonce" },
	{ ROUTE, "route information" },
	{ RDNSS, "recursive DNS server" },
	{ 26, "flags extension" },
	{ DNSSL, "DNS search list" },
	{ 33, "address registration" },
	{ CAPTIVE_PORTAL, "captive portal" },
	{ PREF64, "PREF64" },
	{ 0, NULL },
};

static const struct label preferences[] = {
	{ 0, "medium" },
	{ 1, "high" },
	{ 3, "low" },
	{ 0, NULL },
};

/* Bits behind the first byte of the option. */
static const struct field_def prefix_rows[] = {
	{ "prefix_length", 16, 8, PKTCAP_FIELD_UINT, "bits", NULL },
	{ "on_link", 24, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "autonomous", 25, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "router_address", 26, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "valid_lifetime", 32, 32, PKTCAP_FIELD_UINT, "s", NULL },
	{ "preferred_lifetime", 64, 32, PKTCAP_FIELD_UINT, "s", NULL },
	{ "prefix", 128, 128, PKTCAP_FIELD_IPV6, NULL, NULL },
};

static const struct field_def route_rows[] = {
	{ "prefix_length", 16, 8, PKTCAP_FIELD_UINT, "bits", NULL },
	{ "preference", 27, 2, PKTCAP_FIELD_UINT, NULL, preferences },
	{ "lifetime", 32, 32, PKTCAP_FIELD_UINT, "s", NULL },
};

static const struct field_def pref64_rows[] = {
	{ "scaled_lifetime", 16, 13, PKTCAP_FIELD_UINT, "8 s", NULL },
	{ "prefix_length_code", 29, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "prefix", 32, 96, PKTCAP_FIELD_BYTES, NULL, NULL },
};

/* Bytes an option of this type has at least. */
static size_t least(uint8_t type)
{
	switch (type) {
	case PREFIX:
		return 32;
	case PREF64:
		return 16;
	default:
		return 8;
	}
}

static void servers(struct fields *f, size_t at, size_t end)
{
	fields_uint(f, "lifetime", at + 4, 4, "s", NULL);
	fields_list(f, "servers");
	for (at += 8; end - at >= 16; at += 16) {
		fields_group(f, "server", at, 16);
		fields_data(f, "address", PKTCAP_FIELD_IPV6, at, 16);
		fields_end(f);
	}
	fields_end(f);
}

/*
 * A name of labels that are not compressed, with dots between them; returns
 * where it ends, 0 if it is malformed.
 */
static size_t name(struct bytes b, size_t at, size_t end, char *out,
		   size_t *out_len)
{
	size_t n = 0;
	uint8_t len;

	while (at < end && bytes_u8(b, at, &len) && len) {
		if (len > 63 || at + 1 + len > end ||
		    n + 1 + len > NAME_MAX_LEN)
			return 0;
		if (n)
			out[n++] = '.';
		bytes_copy(b, at + 1, out + n, len);
		n += len;
		at += 1u + len;
	}
	*out_len = n;
	return at < end && n ? at + 1 : 0;
}

static void search_list(struct fields *f, size_t at, size_t end)
{
	char text[NAME_MAX_LEN];
	size_t len, next;

	fields_uint(f, "lifetime", at + 4, 4, "s", NULL);
	fields_list(f, "domains");
	for (at += 8; (next = name(f->b, at, end, text, &len)); at = next) {
		fields_group(f, "domain", at, next - at);
		fields_text(f, "name", text, len, at, next - at);
		fields_end(f);
	}
	fields_end(f);
}

/* An URI with zeros behind it (RFC 8910, 2.3). */
static void captive_portal(struct fields *f, size_t at, size_t end)
{
	while (end > at && !u8_at(f->b, end - 1))
		end--;
	fields_data(f, "uri", PKTCAP_FIELD_TEXT, at, end - at);
}

/* @at: the option's first byte. */
static void value(struct fields *f, uint8_t type, size_t at, size_t end)
{
	switch (end - at < least(type) ? 0 : type) {
	case SOURCE_ADDRESS:
	case TARGET_ADDRESS:
		fields_data(f, "address",
			    end - at == 8 ? PKTCAP_FIELD_MAC
					  : PKTCAP_FIELD_BYTES,
			    at + 2, end - at - 2);
		break;
	case PREFIX:
		fields_rows(f, prefix_rows, 7, at);
		break;
	case MTU:
		fields_uint(f, "mtu", at + 4, 4, "bytes", NULL);
		break;
	case ROUTE:
		fields_rows(f, route_rows, 3, at);
		if (end - at > 8)
			fields_data(f, "prefix", PKTCAP_FIELD_BYTES, at + 8,
				    end - at - 8);
		break;
	case RDNSS:
		servers(f, at, end);
		break;
	case DNSSL:
		search_list(f, at, end);
		break;
	case CAPTIVE_PORTAL:
		captive_portal(f, at + 2, end);
		break;
	case PREF64:
		fields_rows(f, pref64_rows, 3, at);
		break;
	default:
		fields_data(f, "value", PKTCAP_FIELD_BYTES, at + 2,
			    end - at - 2);
	}
}

void nd_options(struct fields *f, const struct pktcap_layer *layer)
{
	struct pktcap_tlv option;
	uint32_t offset = 0;

	fields_list(f, "options");
	while (pktcap_nd_option_next(layer, &offset, &option) == 1) {
		fields_group(f, "option", option.offset, option.len + 2);
		fields_uint(f, "type", option.offset, 1, NULL, types);
		fields_uint(f, "length", option.offset + 1, 1, "8 bytes", NULL);
		value(f, (uint8_t)option.type, option.offset,
		      option.offset + option.len + 2);
		fields_end(f);
	}
	fields_end(f);
}
