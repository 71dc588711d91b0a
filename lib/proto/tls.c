// SPDX-License-Identifier: BSD-2-Clause
/*
 * TLS records (RFC 8446, 5.1):
 *
 *	type(8)  version(16)  length(16)  content
 *
 * In handshake records, messages (4): type(8), length(24), body. Once keys are
 * agreed on these are encrypted, which in TLS 1.2 only the change of cipher
 * spec in front says.
 */
#include "proto/tls.h"

enum {
	LENGTH_MAX = (1 << 14) + 2048,
	/* A message this long is no message but encrypted. */
	MESSAGE_MAX = 1 << 18,
	CHANGE = 6, /* a record that changes the cipher spec */
	ALERT = 2,
	HELLO_REQUEST = 0,
	CERTIFICATE = 11,
	SERVER_HELLO_DONE = 14,
	FINISHED = 20,
};

static bool check(struct bytes b)
{
	uint8_t type, major, minor;
	uint16_t length;

	if (!bytes_u8(b, 0, &type) || type < PKTCAP_TLS_CHANGE_CIPHER_SPEC ||
	    type > PKTCAP_TLS_HEARTBEAT || !bytes_u8(b, 1, &major) ||
	    major != 3 || !bytes_u8(b, 2, &minor) || minor > 4 ||
	    !bytes_be16(b, 3, &length) || length > LENGTH_MAX)
		return false;
	switch (type) {
	case PKTCAP_TLS_CHANGE_CIPHER_SPEC:
		return length == 1;
	case PKTCAP_TLS_ALERT:
		return length == ALERT || (length >= 16 && length <= 256);
	case PKTCAP_TLS_HANDSHAKE:
		return length >= TLS_MESSAGE_HEADER;
	default:
		return true;
	}
}

/* What is behind a record is the next one, if it looks like one. */
static enum pktcap_status decode(struct step *step)
{
	uint16_t length;
	size_t end;

	if (!bytes_be16(step->b, 3, &length))
		return step_short(step, TLS_RECORD_HEADER);
	if (length > LENGTH_MAX)
		return PKTCAP_STATUS_MALFORMED;
	end = TLS_RECORD_HEADER + (size_t)length;
	if (end > step->wire) {
		step->flags |= PKTCAP_LAYER_BEYOND;
		end = step->wire;
	}
	if (end > step->b.n) {
		if (u8_at(step->b, 0) != PKTCAP_TLS_APPLICATION_DATA)
			return PKTCAP_STATUS_TRUNCATED;
		/* What is missing is encrypted. */
		return step_next(step, TLS_RECORD_HEADER, NEXT_NOTHING,
				 step->number);
	}
	return step_next(step, end, NEXT_TCP, step->number);
}

struct bytes tls_content(const struct pktcap_layer *layer)
{
	struct bytes b = { layer->data, layer->header_len };

	return bytes_slice(b, TLS_RECORD_HEADER, u16_at(b, 3));
}

static const struct label types[] = {
	{ PKTCAP_TLS_CHANGE_CIPHER_SPEC, "change cipher spec" },
	{ PKTCAP_TLS_ALERT, "alert" },
	{ PKTCAP_TLS_HANDSHAKE, "handshake" },
	{ PKTCAP_TLS_APPLICATION_DATA, "application data" },
	{ PKTCAP_TLS_HEARTBEAT, "heartbeat" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "type", 0, 8, PKTCAP_FIELD_UINT, NULL, types },
	{ "version", 8, 16, PKTCAP_FIELD_HEX, NULL, label_tls_version },
	{ "length", 24, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
};

static void alert_fields(struct fields *f, uint16_t length)
{
	static const struct label levels[] = {
		{ 1, "warning" },
		{ 2, "fatal" },
		{ 0, NULL },
	};

	if (length != ALERT) {
		fields_data(f, "encrypted", PKTCAP_FIELD_BYTES,
			    TLS_RECORD_HEADER, length);
		return;
	}
	fields_uint(f, "level", TLS_RECORD_HEADER, 1, NULL, levels);
	fields_uint(f, "description", TLS_RECORD_HEADER + 1, 1, NULL,
		    label_tls_alert);
}

static void heartbeat_fields(struct fields *f, struct bytes content)
{
	static const struct label kinds[] = {
		{ 1, "request" },
		{ 2, "response" },
		{ 0, NULL },
	};

	if (u8_at(content, 0) < 1 || u8_at(content, 0) > 2) {
		fields_data(f, "encrypted", PKTCAP_FIELD_BYTES,
			    TLS_RECORD_HEADER, content.n);
		return;
	}
	fields_uint(f, "heartbeat_type", TLS_RECORD_HEADER, 1, NULL, kinds);
	fields_uint(f, "payload_length", TLS_RECORD_HEADER + 1, 2, "bytes",
		    NULL);
}

/* Lengths of the certificates in a message before TLS 1.3. */
static void certificate_fields(struct fields *f, struct bytes body, size_t at)
{
	struct bytes list, one;
	size_t in_body = 0, in_list = 0;

	tls_vector(body, &in_body, 3, &list);
	fields_list(f, "certificates");
	while (in_list < list.n && !f->stopped) {
		size_t before = in_list;

		if (!tls_vector(list, &in_list, 3, &one) && !one.n)
			break;
		fields_group(f, "certificate", at + 3 + before, 3 + one.n);
		fields_uint(f, "length", at + 3 + before, 3, "bytes", NULL);
		fields_end(f);
	}
	fields_end(f);
}

/* The record in front said that what follows it is encrypted. */
static bool is_behind_change(const struct pktcap_layer *layer)
{
	const uint8_t *front;

	if (layer->below != PKTCAP_PROTO_TLS || layer->offset < CHANGE)
		return false;
	front = layer->data - CHANGE;
	return front[0] == PKTCAP_TLS_CHANGE_CIPHER_SPEC && front[1] == 3 &&
	       front[3] == 0 && front[4] == 1 && front[5] == 1;
}

/*
 * After a HelloRetryRequest of TLS 1.3 a change of cipher spec may be in front
 * of the second client hello, and means nothing (RFC 8446, D.4).
 */
static bool is_second_hello(struct bytes content)
{
	return u32_at(content, 0) ==
	       ((uint32_t)PKTCAP_TLS_CLIENT_HELLO << 24 |
		(uint32_t)(content.n - TLS_MESSAGE_HEADER));
}

/* Is this a message in clear? It may go on in the next record. */
static bool is_message(uint8_t type, size_t len, size_t left, uint16_t length)
{
	if (!label_of(label_tls_message, type) || type == FINISHED)
		return false;
	if (type == HELLO_REQUEST)
		return length == TLS_MESSAGE_HEADER && !len;
	if (type == SERVER_HELLO_DONE)
		return !len;
	return len && (len <= left || len < MESSAGE_MAX);
}

/* One message at @at; returns its length, 0 if it is none. */
static size_t message(struct fields *f, const struct pktcap_layer *layer,
		      struct bytes content, size_t at)
{
	struct bytes body;
	size_t in_content = at + 1, start = TLS_RECORD_HEADER + at;
	uint8_t type;
	uint32_t head;

	if (!bytes_be32(content, at, &head))
		return 0;
	type = (uint8_t)(head >> 24);
	head &= 0xffffff;
	if (!is_message(type, head, content.n - at, u16_at(f->b, 3)))
		return 0;
	tls_vector(content, &in_content, 3, &body);
	fields_group(f, "message", start, TLS_MESSAGE_HEADER + body.n);
	fields_uint(f, "message_type", start, 1, NULL, label_tls_message);
	fields_uint(f, "message_length", start + 1, 3, "bytes", NULL);
	if (type <= PKTCAP_TLS_SERVER_HELLO && !at)
		tls_hello_fields(f, layer);
	else if (type == CERTIFICATE)
		certificate_fields(f, body, start + TLS_MESSAGE_HEADER);
	else if (body.n)
		fields_data(f, "body", PKTCAP_FIELD_BYTES,
			    start + TLS_MESSAGE_HEADER, body.n);
	fields_end(f);
	return TLS_MESSAGE_HEADER + (size_t)head;
}

static void handshake_fields(struct fields *f, const struct pktcap_layer *layer,
			     struct bytes content)
{
	bool encrypted = is_behind_change(layer) && !is_second_hello(content);
	size_t at = 0, len;
	bool clear;

	fields_list(f, "messages");
	while (!encrypted && at < content.n && !f->stopped &&
	       (len = message(f, layer, content, at)))
		at += len;
	fields_end(f);
	/* Behind a message, or too short for one. */
	clear = !encrypted && (at || content.n < TLS_MESSAGE_HEADER);
	if (at < content.n)
		fields_data(f, clear ? "rest" : "encrypted", PKTCAP_FIELD_BYTES,
			    TLS_RECORD_HEADER + at, content.n - at);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	struct bytes content = tls_content(layer);

	if (!content.n)
		return;
	switch (u8_at(f->b, 0)) {
	case PKTCAP_TLS_ALERT:
		alert_fields(f, u16_at(f->b, 3));
		break;
	case PKTCAP_TLS_HANDSHAKE:
		handshake_fields(f, layer, content);
		break;
	case PKTCAP_TLS_HEARTBEAT:
		heartbeat_fields(f, content);
		break;
	case PKTCAP_TLS_APPLICATION_DATA:
		fields_data(f, "encrypted", PKTCAP_FIELD_BYTES,
			    TLS_RECORD_HEADER, content.n);
		break;
	}
}

int pktcap_tls_get(const struct pktcap_layer *layer, struct pktcap_tls *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_TLS, TLS_RECORD_HEADER);

	if (err)
		return err;
	*out = (struct pktcap_tls){
		.type = u8_at(b, 0),
		.version = u16_at(b, 1),
		.length = u16_at(b, 3),
	};
	return 0;
}

const struct proto proto_tls = {
	.name = "tls",
	.title = "Transport Layer Security",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	FIELD_DEFS(rows),
	.fields = fields,
};
