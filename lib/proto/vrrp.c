// SPDX-License-Identifier: BSD-2-Clause
/*
 * VRRP, version 2 (RFC 3768, 5.1) and 3 (RFC 9568, 5.1), a row is 32 bits:
 *
 *	version(4) type(4)  VRID(8)  priority(8)  count(8)
 *	2: auth type(8) interval(8)            checksum(16)
 *	3: reserved(4) interval(12, in 1/100 s)  checksum(16)
 *	addresses, of IPv4 or IPv6 as the header in front is
 *	2: authentication (8 bytes)
 */
#include "proto/fields.h"
#include "proto/write.h"

enum { HEADER = 8, COUNT_AT = 3 };

/* OpenBSD's CARP has the same number and the same first byte. */
enum { CARP_LENGTH = 36, CARP_WORDS = 7 };

static size_t address_len(uint16_t below)
{
	return below == PKTCAP_PROTO_IPV6 ? 16 : 4;
}

static enum pktcap_status decode(struct step *step)
{
	unsigned int version = u8_at(step->b, 0) >> 4;
	size_t count = u8_at(step->b, COUNT_AT);

	if (version == 2 && step->wire == CARP_LENGTH && count == CARP_WORDS)
		return PKTCAP_STATUS_UNSUPPORTED;
	if (step->b.n && version != 2 && version != 3)
		return PKTCAP_STATUS_MALFORMED;
	/* Version 2 has eight bytes of authentication, which some leave out. */
	return step_whole(step, HEADER + count * address_len(step->below));
}

static const struct label types[] = { { 1, "advertisement" }, { 0, NULL } };

static const struct label priorities[] = {
	{ 0, "stops being master" },
	{ 100, "default" },
	{ 255, "owns the addresses" },
	{ 0, NULL },
};

static const struct label auth_types[] = {
	{ 0, "none" },
	{ 1, "password" },
	{ 2, "IP authentication header" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "version", 0, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "type", 4, 4, PKTCAP_FIELD_UINT, NULL, types },
	{ "vrid", 8, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "priority", 16, 8, PKTCAP_FIELD_UINT, NULL, priorities },
	{ "address_count", 24, 8, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def v2_rows[] = {
	{ "auth_type", 32, 8, PKTCAP_FIELD_UINT, NULL, auth_types },
	{ "interval", 40, 8, PKTCAP_FIELD_UINT, "s", NULL },
	{ "checksum", 48, 16, PKTCAP_FIELD_HEX, NULL, NULL },
};

static const struct field_def v3_rows[] = {
	{ "reserved", 32, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "interval", 36, 12, PKTCAP_FIELD_UINT, "1/100 s", NULL },
	{ "checksum", 48, 16, PKTCAP_FIELD_HEX, NULL, NULL },
};

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	enum pktcap_field_type type = layer->below == PKTCAP_PROTO_IPV6
					      ? PKTCAP_FIELD_IPV6
					      : PKTCAP_FIELD_IPV4;
	size_t len = address_len(layer->below), at = HEADER;
	bool v2 = u8_at(f->b, 0) >> 4 == 2;

	if (v2)
		fields_rows(f, v2_rows, sizeof(v2_rows) / sizeof(v2_rows[0]),
			    0);
	else
		fields_rows(f, v3_rows, sizeof(v3_rows) / sizeof(v3_rows[0]),
			    0);
	fields_list(f, "addresses");
	for (size_t i = u8_at(f->b, COUNT_AT); i && bytes_has(f->b, at, len);
	     i--, at += len) {
		fields_group(f, "address", at, len);
		fields_data(f, "address", type, at, len);
		fields_end(f);
	}
	fields_end(f);
	if (at < f->b.n)
		fields_data(f, v2 ? "authentication" : "rest",
			    PKTCAP_FIELD_BYTES, at, f->b.n - at);
}

int pktcap_vrrp_get(const struct pktcap_layer *layer, struct pktcap_vrrp *out)
{
	struct bytes b = layer_bytes(layer), addresses, rest;
	int err = layer_expect(layer, PKTCAP_PROTO_VRRP, HEADER);
	uint8_t version = u8_at(b, 0) >> 4;
	size_t len = address_len(layer->below);

	if (err)
		return err;
	if (version != 2 && version != 3)
		return -ENODATA;
	addresses = bytes_slice(b, HEADER, u8_at(b, COUNT_AT) * len);
	rest = bytes_slice(b, HEADER + u8_at(b, COUNT_AT) * len, SIZE_MAX);
	*out = (struct pktcap_vrrp){
		.version = version,
		.type = u8_at(b, 0) & 15,
		.vrid = u8_at(b, 1),
		.priority = u8_at(b, 2),
		.address_count = u8_at(b, COUNT_AT),
		.address_len = (uint8_t)len,
		.auth_type = version == 2 ? u8_at(b, 4) : 0,
		.reserved = version == 3 ? u8_at(b, 4) >> 4 : 0,
		.interval = version == 2 ? u8_at(b, 5) : u16_at(b, 4) & 0xfff,
		.checksum = u16_at(b, 6),
		.addresses_len = (uint32_t)addresses.n,
		.authentication_len = (uint32_t)rest.n,
		.addresses = addresses.p,
		.authentication = rest.p,
	};
	return 0;
}

const struct proto proto_vrrp = {
	.name = "vrrp",
	.title = "Virtual Router Redundancy Protocol",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_vrrp *vrrp = header;
	size_t len = address_len(w->below), count = vrrp->addresses_len / len;
	bool v2 = vrrp->version == 2;
	uint8_t *p = write_space(w, HEADER);

	if (w->keep & PKTCAP_KEEP_LENGTHS)
		count = vrrp->address_count;
	else
		write_multiple(w, "addresses_len", vrrp->addresses_len,
			       (unsigned int)len);
	write_bits(w, "version", vrrp->version, 4);
	write_bits(w, "type", vrrp->type, 4);
	write_bits(w, "address_count", count, 8);
	write_bits(w, "reserved", vrrp->reserved, 4);
	write_bits(w, "interval", vrrp->interval, v2 ? 8 : 12);
	if (!p)
		return;
	p[0] = (uint8_t)(vrrp->version << 4 | vrrp->type);
	p[1] = vrrp->vrid;
	p[2] = vrrp->priority;
	p[COUNT_AT] = (uint8_t)count;
	put_be16(p + 4, (uint16_t)(vrrp->reserved << 12 | vrrp->interval));
	if (v2)
		p[4] = vrrp->auth_type;
	put_be16(p + 6, vrrp->checksum);
	write_bytes(w, vrrp->addresses, vrrp->addresses_len);
	write_bytes(w, vrrp->authentication, vrrp->authentication_len);
}

const struct writer writer_vrrp = { .write = write };
