// SPDX-License-Identifier: BSD-2-Clause
/*
 * OSPF, version 2 (RFC 2328, A.3) and 3 (RFC 5340, A.3), a row is 32 bits:
 *
 *	version(8)  type(8)  length(16)
 *	router id
 *	area id
 *	checksum(16)  2: auth type(16)  3: instance(8) 0(8)
 *	2: authentication (8 bytes)
 *
 * and what the type says. Of advertisements (LSA) the headers are told.
 */
#include "proto/fields.h"
#include "proto/write.h"

enum { V2_HEADER = 24, V3_HEADER = 16, LSA_HEADER = 20, LENGTH_AT = 2 };

enum { HELLO = 1, DESCRIPTION = 2, REQUEST = 3, UPDATE = 4, ACK = 5 };

static bool is_v3(struct bytes b)
{
	return u8_at(b, 0) == 3;
}

static size_t header_of(struct bytes b)
{
	return is_v3(b) ? V3_HEADER : V2_HEADER;
}

/* Bytes of version 2's digest are behind the length that it states. */
static enum pktcap_status decode(struct step *step)
{
	size_t header = header_of(step->b), length;
	uint8_t version;

	if (!bytes_u8(step->b, 0, &version))
		return step_short(step, V3_HEADER);
	if (version != 2 && version != 3)
		return PKTCAP_STATUS_MALFORMED;
	if (!bytes_has(step->b, 0, header))
		return step_short(step, header);
	length = u16_at(step->b, LENGTH_AT);
	if (length < header || length > step->wire)
		return PKTCAP_STATUS_MALFORMED;
	return step_whole(step, header);
}

static const struct label types[] = {
	{ HELLO, "hello" },
	{ DESCRIPTION, "database description" },
	{ REQUEST, "link state request" },
	{ UPDATE, "link state update" },
	{ ACK, "link state acknowledgement" },
	{ 0, NULL },
};

static const struct label auth_types[] = {
	{ 0, "none" },
	{ 1, "password" },
	{ 2, "cryptographic" },
	{ 0, NULL },
};

static const struct label v2_lsa_types[] = {
	{ 1, "router" },
	{ 2, "network" },
	{ 3, "summary (network)" },
	{ 4, "summary (ASBR)" },
	{ 5, "AS external" },
	{ 6, "group membership" },
	{ 7, "NSSA" },
	{ 9, "opaque (link)" },
	{ 10, "opaque (area)" },
	{ 11, "opaque (AS)" },
	{ 0, NULL },
};

static const struct label v3_lsa_types[] = {
	{ 0x2001, "router" },
	{ 0x2002, "network" },
	{ 0x2003, "inter-area prefix" },
	{ 0x2004, "inter-area router" },
	{ 0x4005, "AS external" },
	{ 0x2006, "group membership" },
	{ 0x2007, "NSSA" },
	{ 0x0008, "link" },
	{ 0x2009, "intra-area prefix" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "version", 0, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "type", 8, 8, PKTCAP_FIELD_UINT, NULL, types },
	{ "length", 16, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "router_id", 32, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "area_id", 64, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "checksum", 96, 16, PKTCAP_FIELD_HEX, NULL, NULL },
};

static const struct field_def v2_rows[] = {
	{ "auth_type", 112, 16, PKTCAP_FIELD_UINT, NULL, auth_types },
	{ "auth_data", 128, 64, PKTCAP_FIELD_BYTES, NULL, NULL },
};

/* With a digest the eight bytes are something else (RFC 2328, D.3). */
static const struct field_def v2_digest_rows[] = {
	{ "auth_type", 112, 16, PKTCAP_FIELD_UINT, NULL, auth_types },
	{ "auth_reserved", 128, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "auth_key_id", 144, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "auth_length", 152, 8, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "auth_sequence", 160, 32, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def v3_rows[] = {
	{ "instance", 112, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "reserved", 120, 8, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def v2_hello_rows[] = {
	{ "mask", 0, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "hello_interval", 32, 16, PKTCAP_FIELD_UINT, "s", NULL },
	{ "options", 48, 8, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "priority", 56, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "dead_interval", 64, 32, PKTCAP_FIELD_UINT, "s", NULL },
	{ "designated_router", 96, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "backup_router", 128, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
};

static const struct field_def v3_hello_rows[] = {
	{ "interface_id", 0, 32, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "priority", 32, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "options", 40, 24, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "hello_interval", 64, 16, PKTCAP_FIELD_UINT, "s", NULL },
	{ "dead_interval", 80, 16, PKTCAP_FIELD_UINT, "s", NULL },
	{ "designated_router", 96, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "backup_router", 128, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
};

static const struct field_def v2_description_rows[] = {
	{ "mtu", 0, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "options", 16, 8, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "flags_reserved", 24, 5, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "flag_init", 29, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_more", 30, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_master", 31, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "sequence", 32, 32, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def v3_description_rows[] = {
	{ "reserved1", 0, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "options", 8, 24, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "mtu", 32, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "reserved2", 48, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "flags_reserved", 56, 5, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "flag_init", 61, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_more", 62, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_master", 63, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "sequence", 64, 32, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def v2_request_rows[] = {
	{ "type", 0, 32, PKTCAP_FIELD_UINT, NULL, v2_lsa_types },
	{ "id", 32, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "router", 64, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
};

static const struct field_def v3_request_rows[] = {
	{ "reserved", 0, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "type", 16, 16, PKTCAP_FIELD_HEX, NULL, v3_lsa_types },
	{ "id", 32, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "router", 64, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
};

static const struct field_def v2_lsa_rows[] = {
	{ "age", 0, 16, PKTCAP_FIELD_UINT, "s", NULL },
	{ "options", 16, 8, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "type", 24, 8, PKTCAP_FIELD_UINT, NULL, v2_lsa_types },
	{ "id", 32, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "router", 64, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "sequence", 96, 32, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "checksum", 128, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "length", 144, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
};

static const struct field_def v3_lsa_rows[] = {
	{ "age", 0, 16, PKTCAP_FIELD_UINT, "s", NULL },
	{ "type", 16, 16, PKTCAP_FIELD_HEX, NULL, v3_lsa_types },
	{ "id", 32, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "router", 64, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "sequence", 96, 32, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "checksum", 128, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "length", 144, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
};

#define ROWS(f, rows, at) \
	fields_rows(f, rows, sizeof(rows) / sizeof((rows)[0]), at)

/* Where the message ends: its own length, or what was captured of it. */
static size_t message_end(struct bytes b)
{
	size_t length = u16_at(b, LENGTH_AT);

	return length < b.n ? length : b.n;
}

static void hello(struct fields *f, size_t at, size_t end)
{
	if (is_v3(f->b))
		ROWS(f, v3_hello_rows, at);
	else
		ROWS(f, v2_hello_rows, at);
	fields_list(f, "neighbours");
	for (at += 20; at + 4 <= end; at += 4) {
		fields_group(f, "neighbour", at, 4);
		fields_data(f, "router_id", PKTCAP_FIELD_IPV4, at, 4);
		fields_end(f);
	}
	fields_end(f);
}

static void requests(struct fields *f, size_t at, size_t end)
{
	fields_list(f, "requests");
	for (; at + 12 <= end; at += 12) {
		fields_group(f, "request", at, 12);
		if (is_v3(f->b))
			ROWS(f, v3_request_rows, at);
		else
			ROWS(f, v2_request_rows, at);
		fields_end(f);
	}
	fields_end(f);
}

static void advertisements(struct fields *f, const struct pktcap_layer *layer)
{
	struct pktcap_ospf_lsa lsa;
	uint32_t offset = 0;

	fields_list(f, "lsas");
	while (pktcap_ospf_lsa_next(layer, &offset, &lsa) > 0) {
		fields_group(f, "lsa", lsa.offset, LSA_HEADER + lsa.body_len);
		if (is_v3(f->b))
			ROWS(f, v3_lsa_rows, lsa.offset);
		else
			ROWS(f, v2_lsa_rows, lsa.offset);
		if (lsa.body_len)
			fields_data(f, "body", PKTCAP_FIELD_BYTES,
				    lsa.offset + LSA_HEADER, lsa.body_len);
		fields_end(f);
	}
	fields_end(f);
}

static void body(struct fields *f, const struct pktcap_layer *layer)
{
	size_t at = header_of(f->b), end = message_end(f->b);

	switch (u8_at(f->b, 1)) {
	case HELLO:
		hello(f, at, end);
		break;
	case DESCRIPTION:
		if (is_v3(f->b))
			ROWS(f, v3_description_rows, at);
		else
			ROWS(f, v2_description_rows, at);
		advertisements(f, layer);
		break;
	case REQUEST:
		requests(f, at, end);
		break;
	case UPDATE:
		fields_uint(f, "lsa_count", at, 4, NULL, NULL);
		advertisements(f, layer);
		break;
	case ACK:
		advertisements(f, layer);
		break;
	default:
		if (at < end)
			fields_data(f, "body", PKTCAP_FIELD_BYTES, at,
				    end - at);
	}
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	size_t end = message_end(f->b);

	if (is_v3(f->b))
		ROWS(f, v3_rows, 0);
	else if (u16_at(f->b, 14) == 2)
		ROWS(f, v2_digest_rows, 0);
	else
		ROWS(f, v2_rows, 0);
	if (end <= header_of(f->b))
		return;
	body(f, layer);
	if (end < f->b.n)
		fields_data(f, "trailer", PKTCAP_FIELD_BYTES, end,
			    f->b.n - end);
}

int pktcap_ospf_get(const struct pktcap_layer *layer, struct pktcap_ospf *out)
{
	struct bytes b = layer_bytes(layer), body, rest;
	int err = layer_expect(layer, PKTCAP_PROTO_OSPF, header_of(b));
	size_t end = u16_at(b, LENGTH_AT);
	uint8_t version = u8_at(b, 0);

	if (err)
		return err;
	if (version != 2 && version != 3)
		return -ENODATA;
	body = bytes_slice(bytes_slice(b, 0, end), header_of(b), SIZE_MAX);
	rest = bytes_slice(b, header_of(b) + body.n, SIZE_MAX);
	*out = (struct pktcap_ospf){
		.version = version,
		.type = u8_at(b, 1),
		.length = u16_at(b, LENGTH_AT),
		.checksum = u16_at(b, 12),
		.auth_type = version == 2 ? u16_at(b, 14) : 0,
		.instance = version == 3 ? u8_at(b, 14) : 0,
		.reserved = version == 3 ? u8_at(b, 15) : 0,
		.body_len = (uint32_t)body.n,
		.rest_len = (uint32_t)rest.n,
		.body = body.p,
		.rest = rest.p,
	};
	bytes_copy(b, 4, out->router_id, 4);
	bytes_copy(b, 8, out->area_id, 4);
	if (version == 2)
		bytes_copy(b, 16, out->auth_data, 8);
	return 0;
}

int pktcap_ospf_hello_get(const struct pktcap_layer *layer,
			  struct pktcap_ospf_hello *out)
{
	struct bytes b = layer_bytes(layer), neighbours;
	size_t at = header_of(b);
	bool v3 = is_v3(b);
	int err = layer_expect(layer, PKTCAP_PROTO_OSPF, 2);

	if (err)
		return err;
	if (u8_at(b, 1) != HELLO)
		return -EPROTOTYPE;
	if (!bytes_has(b, 0, at + 20) || (!v3 && u8_at(b, 0) != 2))
		return -ENODATA;
	neighbours.n = 0;
	if (message_end(b) > at + 20)
		neighbours = bytes_slice(b, at + 20, message_end(b) - at - 20);
	*out = (struct pktcap_ospf_hello){
		.interface_id = v3 ? u32_at(b, at) : 0,
		.dead_interval = v3 ? u16_at(b, at + 10) : u32_at(b, at + 8),
		.options = v3 ? u32_at(b, at + 4) & 0xffffff : u8_at(b, at + 6),
		.hello_interval = u16_at(b, at + (v3 ? 8 : 4)),
		.priority = u8_at(b, at + (v3 ? 4 : 7)),
		.neighbours_len = (uint32_t)neighbours.n,
		.neighbours = neighbours.n ? neighbours.p : NULL,
	};
	if (!v3)
		bytes_copy(b, at, out->mask, 4);
	bytes_copy(b, at + 12, out->designated_router, 4);
	bytes_copy(b, at + 16, out->backup_router, 4);
	return 0;
}

/* Where advertisements begin; 0 in messages that have none. */
static size_t first_lsa(struct bytes b)
{
	switch (u8_at(b, 1)) {
	case DESCRIPTION:
		return header_of(b) + (is_v3(b) ? 12 : 8);
	case UPDATE:
		return header_of(b) + 4;
	case ACK:
		return header_of(b);
	default:
		return 0;
	}
}

int pktcap_ospf_lsa_next(const struct pktcap_layer *layer, uint32_t *offset,
			 struct pktcap_ospf_lsa *lsa)
{
	struct bytes b = layer_bytes(layer);
	size_t at = *offset ? *offset : first_lsa(b), end = message_end(b);
	int err = layer_expect(layer, PKTCAP_PROTO_OSPF, 0);
	int broken = layer->caplen < layer->wirelen ? -ENODATA : -EPROTO;
	size_t len = LSA_HEADER;

	if (err)
		return err;
	if (!at || (at == end && end == u16_at(b, LENGTH_AT)))
		return 0;
	if (at >= end || end - at < LSA_HEADER)
		return broken;
	/* Only updates have what the length of the header counts, too. */
	if (u8_at(b, 1) == UPDATE)
		len = u16_at(b, at + 18);
	if (len < LSA_HEADER || len > end - at)
		return len < LSA_HEADER ? -EPROTO : broken;
	*lsa = (struct pktcap_ospf_lsa){
		.age = u16_at(b, at),
		.type = is_v3(b) ? u16_at(b, at + 2) : u8_at(b, at + 3),
		.sequence = u32_at(b, at + 12),
		.checksum = u16_at(b, at + 16),
		.length = u16_at(b, at + 18),
		.options = is_v3(b) ? 0 : u8_at(b, at + 2),
		.offset = (uint32_t)at,
		.body_len = (uint32_t)(len - LSA_HEADER),
		.body = len > LSA_HEADER ? b.p + at + LSA_HEADER : NULL,
	};
	bytes_copy(b, at + 4, lsa->id, 4);
	bytes_copy(b, at + 8, lsa->router, 4);
	*offset = (uint32_t)(at + len);
	return 1;
}

const struct proto proto_ospf = {
	.name = "ospf",
	.title = "Open Shortest Path First",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_ospf *ospf = header;
	bool v3 = ospf->version == 3;
	size_t header_len = v3 ? V3_HEADER : V2_HEADER;
	size_t length = header_len + ospf->body_len;
	uint8_t *p = write_space(w, header_len);

	write_least(w, "version", ospf->version, 2);
	write_limit(w, "version", ospf->version, 3);
	if (w->keep & PKTCAP_KEEP_LENGTHS)
		length = ospf->length;
	write_bits(w, "length", length, 16);
	if (!p)
		return;
	p[0] = ospf->version;
	p[1] = ospf->type;
	put_be16(p + LENGTH_AT, (uint16_t)length);
	memcpy(p + 4, ospf->router_id, 4);
	memcpy(p + 8, ospf->area_id, 4);
	put_be16(p + 12, ospf->checksum);
	if (v3) {
		p[14] = ospf->instance;
		p[15] = ospf->reserved;
	} else {
		put_be16(p + 14, ospf->auth_type);
		memcpy(p + 16, ospf->auth_data, 8);
	}
	write_bytes(w, ospf->body, ospf->body_len);
	write_bytes(w, ospf->rest, ospf->rest_len);
}

const struct writer writer_ospf = { .write = write };
