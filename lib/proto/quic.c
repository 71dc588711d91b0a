// SPDX-License-Identifier: BSD-2-Clause
/*
 * QUIC (RFC 9000, 17). What all versions share (RFC 8999):
 *
 *	1  fixed(1)  type(2)  protected(4)  version(32)
 *	length(8) destination id, length(8) source id
 *
 * Then in Initial packets a token, behind its length; in all but Retry the
 * length of packet number and payload, behind which the datagram may have
 * another packet. Lengths are of 1, 2, 4 or 8 bytes, as the first two bits say.
 * A short header (0, fixed, spin) has the destination's id, of a length that
 * only the destination knows.
 */
#include "proto/dns.h"

enum {
	LONG = 0x80,
	FIXED = 0x40,
	SPIN = 0x20,
	VERSION_AT = 1,
	IDS_AT = 5,
	ID_MAX = 20,
	INTEGRITY_TAG = 16,
	SHORT_MIN = 21, /* what can be told from a stateless reset, and less */
};

#define VERSION_1 0x00000001u
#define VERSION_2 0x6b3343cfu
#define GOOGLE_Q050 0x51303530u
#define GOOGLE_T050 0x54303530u
#define GOOGLE_T051 0x54303531u
#define FACEBOOK_22 0xfaceb001u
#define FACEBOOK_27 0xfaceb002u
#define FACEBOOK_EXPERIMENT 0xfaceb00eu

static bool is_draft(uint32_t version)
{
	return version >> 8 == 0xff0000;
}

/* Laid out as version 1 is: from draft 22 on, and what is made of drafts. */
static bool is_like_1(uint32_t version)
{
	switch (version) {
	case VERSION_1:
	case VERSION_2:
	case GOOGLE_Q050:
	case GOOGLE_T050:
	case GOOGLE_T051:
	case FACEBOOK_22:
	case FACEBOOK_27:
	case FACEBOOK_EXPERIMENT:
		return true;
	default:
		return is_draft(version) && (version & 0xff) >= 22;
	}
}

/* Reserved so that servers get used to what they do not know (15). */
static bool is_grease(uint32_t version)
{
	return (version & 0x0f0f0f0f) == 0x0a0a0a0a;
}

/* Q043 or T051 of Google, and Facebook's. */
static bool is_private(uint32_t version)
{
	return (version & 0xffff0000) == 0x51300000 ||
	       (version & 0xffff0000) == 0x54300000 ||
	       version >> 4 == 0xfaceb00;
}

static bool is_published(uint32_t version)
{
	return is_like_1(version) || is_draft(version);
}

static bool is_known(uint32_t version)
{
	return is_published(version) || is_grease(version) ||
	       is_private(version);
}

static uint8_t long_type(uint8_t first, uint32_t version)
{
	uint8_t bits = first >> 4 & 3;

	if (!version)
		return PKTCAP_QUIC_NEGOTIATION;
	if (!is_like_1(version))
		return PKTCAP_QUIC_UNKNOWN;
	/* Version 2 has other numbers for the same types (RFC 9369, 3.2). */
	return version == VERSION_2 ? (bits + 3) % 4 : bits;
}

/* A length by its first two bits (RFC 9000, 16). */
static bool varint(struct bytes b, size_t *at, uint64_t *out)
{
	uint8_t byte;
	size_t len;

	if (!bytes_u8(b, *at, &byte))
		return false;
	len = (size_t)1 << (byte >> 6);
	if (!bytes_has(b, *at, len))
		return false;
	*out = byte & 0x3f;
	for (size_t i = 1; i < len; i++)
		*out = *out << 8 | b.p[*at + i];
	*at += len;
	return true;
}

/* 1, 0 if there are not enough bytes, -1 if it is longer than allowed. */
static int read_id(struct bytes b, size_t *at, uint8_t max, uint8_t *len,
		   const uint8_t **id)
{
	if (!bytes_u8(b, *at, len))
		return 0;
	if (*len > max)
		return -1;
	if (!bytes_has(b, *at + 1, *len))
		return 0;
	*id = *len ? b.p + *at + 1 : NULL;
	*at += 1u + *len;
	return 1;
}

/* The token of an Initial packet, and how long the packet is. */
static int read_lengths(struct bytes b, size_t *at, struct pktcap_quic *q)
{
	uint64_t len = 0;

	if (q->type == PKTCAP_QUIC_INITIAL) {
		if (!varint(b, at, &len) || len > b.n || b.n - len < *at)
			return 0;
		q->token = len ? b.p + *at : NULL;
		q->token_len = (uint32_t)len;
		*at += len;
	}
	return varint(b, at, &q->length);
}

/* All that is left; where the capture was cut, not all of it is there. */
static int read_retry(struct bytes b, size_t *at, struct pktcap_quic *q)
{
	if (!bytes_has(b, *at, INTEGRITY_TAG))
		return 0;
	q->token_len = (uint32_t)(b.n - *at - INTEGRITY_TAG);
	q->token = q->token_len ? b.p + *at : NULL;
	*at = b.n;
	return 1;
}

static int read_versions(struct bytes b, size_t *at, struct pktcap_quic *q)
{
	struct bytes list = bytes_slice(b, *at, b.n);

	if (!list.n)
		return 0;
	if (list.n % 4)
		return -1;
	q->versions = list.p;
	q->versions_len = (uint32_t)list.n;
	*at = b.n;
	return 1;
}

static int read_long(struct bytes b, size_t *at, struct pktcap_quic *q)
{
	uint8_t max = is_like_1(q->version) ? ID_MAX : 255;
	int ok;

	*at = IDS_AT;
	ok = read_id(b, at, max, &q->dcid_len, &q->dcid);
	if (ok == 1)
		ok = read_id(b, at, max, &q->scid_len, &q->scid);
	if (ok != 1)
		return ok;
	switch (q->type) {
	case PKTCAP_QUIC_NEGOTIATION:
		return read_versions(b, at, q);
	case PKTCAP_QUIC_RETRY:
		return read_retry(b, at, q);
	case PKTCAP_QUIC_UNKNOWN:
		return 1;
	default:
		return read_lengths(b, at, q);
	}
}

/* 1, 0 if there are not enough bytes, -1 if this is no QUIC. */
static int parse(struct bytes b, struct pktcap_quic *q)
{
	size_t at = 1;
	int ok = 1;

	*q = (struct pktcap_quic){ .type = PKTCAP_QUIC_1RTT };
	if (!bytes_u8(b, 0, &q->first))
		return 0;
	q->fixed_bit = q->first >> 6 & 1;
	if (!(q->first & LONG)) {
		q->spin = q->first >> 5 & 1;
	} else {
		q->long_header = 1;
		if (!bytes_be32(b, VERSION_AT, &q->version))
			return 0;
		q->type = long_type(q->first, q->version);
		ok = read_long(b, &at, q);
	}
	if (ok == 1)
		q->header_len = (uint32_t)at;
	return ok;
}

/* How long the packet is that begins here, as far as the datagram goes. */
static size_t packet_len(const struct pktcap_quic *q, size_t wire)
{
	size_t left = wire - q->header_len;

	if (q->type > PKTCAP_QUIC_HANDSHAKE)
		return wire;
	return q->header_len + (q->length < left ? (size_t)q->length : left);
}

/* A short header in the same datagram has the same id (RFC 9000, 12.2). */
static bool is_same_connection(struct bytes rest, const struct pktcap_quic *q)
{
	return q->dcid_len && bytes_has(rest, 1, q->dcid_len) &&
	       (rest.p[0] & (LONG | FIXED)) == FIXED &&
	       !memcmp(rest.p + 1, q->dcid, q->dcid_len);
}

static enum pktcap_status decode(struct step *step)
{
	struct pktcap_quic q;
	int ok = parse(step->b, &q);
	size_t end;

	if (ok < 1)
		return !ok && step->b.n < step->wire ? PKTCAP_STATUS_TRUNCATED
						     : PKTCAP_STATUS_MALFORMED;
	if (q.type <= PKTCAP_QUIC_HANDSHAKE &&
	    q.length > step->wire - q.header_len)
		step->flags |= PKTCAP_LAYER_BEYOND;
	end = packet_len(&q, step->wire);
	/* What was cut is encrypted. */
	if (end > step->b.n)
		return step_next(step, q.header_len, NEXT_NOTHING,
				 step->number);
	if (is_same_connection(bytes_slice(step->b, end, step->b.n), &q))
		return step_next(step, end, NEXT_PROTO, PKTCAP_PROTO_QUIC);
	return step_next(step, end, NEXT_UDP, step->number);
}

static bool check_negotiation(const struct pktcap_quic *q)
{
	struct bytes list = { q->versions, q->versions_len };

	for (size_t at = 0; at < list.n; at += 4)
		if (is_known(u32_at(list, at)))
			return true;
	return false;
}

static bool is_long(struct bytes b, bool (*is_version)(uint32_t version))
{
	struct pktcap_quic q;
	uint8_t first = u8_at(b, 0);

	if (!(first & LONG) || b.n < IDS_AT + 2)
		return false;
	if (u32_at(b, VERSION_AT) && !(first & FIXED))
		return false;
	if (u32_at(b, VERSION_AT) && !is_version(u32_at(b, VERSION_AT)))
		return false;
	if (parse(b, &q) < 0)
		return false;
	if (!q.version)
		return check_negotiation(&q);
	return q.dcid_len <= ID_MAX && q.scid_len <= ID_MAX;
}

/*
 * On any port: a long header of a version that is a single number, or nearly.
 * The others are so many that noise has them, one time in 100 000.
 */
static bool guess(struct bytes b)
{
	return is_long(b, is_published);
}

/*
 * OpenVPN's data on port 443: a peer's number behind 48 to 4f, that of the
 * key. Where it is small or none it is no connection id that anybody draws.
 */
static bool is_openvpn(struct bytes b)
{
	uint32_t peer = u32_at(b, 0) & 0xffffff;

	return (b.p[0] & 0xf8) == 0x48 && (peer < 256 || peer == 0xffffff);
}

/*
 * On QUIC's own: the others, and a short one, too, which is but a guess.
 * Clients of DNSCrypt ask servers on 443 for certificates in plain DNS.
 */
static bool check(struct bytes b)
{
	return is_long(b, is_known) ||
	       (b.n >= SHORT_MIN && (b.p[0] & (LONG | FIXED)) == FIXED &&
		!is_openvpn(b) && !dns_guess_header(b));
}

static const struct label versions[] = {
	{ 0, "version negotiation" },
	{ VERSION_1, "1" },
	{ VERSION_2, "2" },
	{ 0xff00001d, "draft 29" },
	{ 0xff000020, "draft 32" },
	{ 0xff000022, "draft 34" },
	{ 0x51303433, "Q043" },
	{ 0x51303436, "Q046" },
	{ GOOGLE_Q050, "Q050" },
	{ GOOGLE_T050, "T050" },
	{ GOOGLE_T051, "T051" },
	{ FACEBOOK_22, "mvfst draft 22" },
	{ FACEBOOK_27, "mvfst draft 27" },
	{ FACEBOOK_EXPERIMENT, "mvfst experiment" },
	{ 0, NULL },
};

static const struct label types[] = {
	{ PKTCAP_QUIC_INITIAL, "Initial" },
	{ PKTCAP_QUIC_0RTT, "0-RTT" },
	{ PKTCAP_QUIC_HANDSHAKE, "Handshake" },
	{ PKTCAP_QUIC_RETRY, "Retry" },
	{ PKTCAP_QUIC_NEGOTIATION, "Version Negotiation" },
	{ PKTCAP_QUIC_1RTT, "1-RTT" },
	{ 0, NULL },
};

static const char *version_name(uint32_t version)
{
	return is_grease(version) ? "reserved" : label_of(versions, version);
}

static size_t id_fields(struct fields *f, const char *len_name,
			const char *name, size_t at)
{
	uint8_t len = u8_at(f->b, at);

	fields_uint(f, len_name, at, 1, "bytes", NULL);
	if (len)
		fields_data(f, name, PKTCAP_FIELD_BYTES, at + 1, len);
	return at + 1 + len;
}

static void version_fields(struct fields *f, const struct pktcap_quic *q)
{
	struct bytes list = { q->versions, q->versions_len };
	size_t at = q->header_len - list.n;

	if (!list.n)
		return;
	fields_list(f, "versions");
	for (size_t i = 0; i < list.n && !f->stopped; i += 4) {
		uint32_t version = u32_at(list, i);

		fields_group(f, "version", at + i, 4);
		fields_number(f, "version", PKTCAP_FIELD_HEX, version, at + i,
			      4, version_name(version));
		fields_end(f);
	}
	fields_end(f);
}

/*
 * What varint() read up to @end. Eight bytes are no place for it: a field of so
 * many bits is a string in JSON, and a length is a number, however written.
 */
static void length_field(struct fields *f, const char *name, uint64_t length,
			 size_t start, size_t end)
{
	size_t len = end - start;

	fields_number(f, name, PKTCAP_FIELD_UINT, length, start,
		      len < 8 ? len : 0, NULL);
}

/* Behind the connection ids, at @at. */
static void rest_fields(struct fields *f, const struct pktcap_quic *q,
			size_t at)
{
	uint64_t length;
	size_t start = at;

	if (q->type == PKTCAP_QUIC_RETRY) {
		if (!q->header_len)
			return;
		fields_data(f, "token", PKTCAP_FIELD_BYTES, at, q->token_len);
		fields_data(f, "integrity_tag", PKTCAP_FIELD_BYTES,
			    at + q->token_len, INTEGRITY_TAG);
		return;
	}
	if (q->type == PKTCAP_QUIC_INITIAL && varint(f->b, &at, &length)) {
		length_field(f, "token_length", length, start, at);
		if (q->token_len)
			fields_data(f, "token", PKTCAP_FIELD_BYTES, at,
				    q->token_len);
		start = at += q->token_len;
	}
	/* Only if what is in front of it is all there. */
	if (q->header_len && varint(f->b, &at, &length))
		length_field(f, "length", length, start, at);
}

static void long_fields(struct fields *f, const struct pktcap_quic *q)
{
	size_t at = IDS_AT;

	fields_number(f, "packet_type", PKTCAP_FIELD_UINT, q->type, 0, 0,
		      label_of(types, q->type));
	if (!bytes_has(f->b, VERSION_AT, 4))
		return;
	fields_number(f, "version", PKTCAP_FIELD_HEX, q->version, VERSION_AT, 4,
		      version_name(q->version));
	at = id_fields(f, "dcid_length", "dcid", at);
	at = id_fields(f, "scid_length", "scid", at);
	if (q->type == PKTCAP_QUIC_NEGOTIATION)
		version_fields(f, q);
	else if (q->type != PKTCAP_QUIC_UNKNOWN)
		rest_fields(f, q, at);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	static const struct field_def form[] = {
		{ "long_header", 0, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "fixed_bit", 1, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	};
	static const struct field_def spin[] = {
		{ "spin_bit", 2, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	};
	struct pktcap_quic q;
	/* Packets behind this one are layers of their own. */
	int ok;

	f->b.n = layer->header_len;
	ok = parse(f->b, &q);
	FIELDS_ROWS(f, form, 0);
	if (q.long_header)
		long_fields(f, &q);
	else
		FIELDS_ROWS(f, spin, 0);
	if (ok == 1 && q.header_len < f->b.n)
		fields_data(f, "protected", PKTCAP_FIELD_BYTES, q.header_len,
			    f->b.n - q.header_len);
}

int pktcap_quic_get(const struct pktcap_layer *layer, struct pktcap_quic *out)
{
	struct bytes b = { layer->data, layer->header_len };
	int err = layer_expect(layer, PKTCAP_PROTO_QUIC, 1);
	struct pktcap_quic quic;

	if (err)
		return err;
	if (parse(b, &quic) != 1)
		return -ENODATA;
	*out = quic;
	return 0;
}

const struct proto proto_quic = {
	.name = "quic",
	.title = "QUIC",
	.level = PKTCAP_LEVEL_TRANSPORT,
	.decode = decode,
	.check = check,
	.guess = guess,
	.fields = fields,
};
