// SPDX-License-Identifier: BSD-2-Clause
/* Tells what is in a hello and in its extensions. */
#include "proto/tls.h"

static const char *name_of(const struct label *labels, uint16_t value)
{
	return tls_is_grease(value) ? "GREASE" : label_of(labels, value);
}

static size_t place(const struct fields *f, const uint8_t *p)
{
	return (size_t)(p - f->b.p);
}

static void number16(struct fields *f, const char *name, size_t at,
		     const struct label *labels)
{
	uint16_t value = u16_at(f->b, at);

	if (bytes_has(f->b, at, 2))
		fields_number(f, name, PKTCAP_FIELD_HEX, value, at, 2,
			      name_of(labels, value));
}

static void data(struct fields *f, const char *name, const uint8_t *p,
		 size_t len)
{
	if (p && len)
		fields_data(f, name, PKTCAP_FIELD_BYTES, place(f, p), len);
}

/* Values of two bytes, as a list. */
static void numbers(struct fields *f, const char *list, const char *name,
		    struct bytes b, const struct label *labels)
{
	fields_list(f, list);
	for (size_t i = 0; i + 1 < b.n && !f->stopped; i += 2) {
		fields_group(f, name, place(f, b.p) + i, 2);
		number16(f, name, place(f, b.p) + i, labels);
		fields_end(f);
	}
	fields_end(f);
}

/* The only vector of an extension, its length in @size bytes. */
static struct bytes whole(struct bytes b, size_t size)
{
	struct bytes out;
	size_t at = 0;

	tls_vector(b, &at, size, &out);
	return out;
}

static void server_name(struct fields *f, struct bytes b)
{
	struct bytes entries = whole(b, 2), name;
	size_t at = 1;

	if (!tls_vector(entries, &at, 2, &name) && !name.n)
		return;
	fields_uint(f, "name_type", place(f, entries.p), 1, NULL, NULL);
	if (name.n)
		fields_data(f, "server_name", PKTCAP_FIELD_TEXT,
			    place(f, name.p), name.n);
	if (at < entries.n)
		data(f, "rest", entries.p + at, entries.n - at);
}

static void alpn(struct fields *f, struct bytes b)
{
	struct bytes protocols = whole(b, 2), one;
	size_t at = 0;

	fields_list(f, "protocols");
	while (at < protocols.n && !f->stopped) {
		size_t before = at;

		if (!tls_vector(protocols, &at, 1, &one) && !one.n)
			break;
		fields_group(f, "protocol", place(f, protocols.p) + before,
			     1 + one.n);
		fields_data(f, "protocol", PKTCAP_FIELD_TEXT,
			    place(f, protocols.p) + before + 1, one.n);
		fields_end(f);
	}
	fields_end(f);
}

static void share(struct fields *f, struct bytes b, size_t *at)
{
	size_t start = *at;
	struct bytes key;

	*at += 2;
	tls_vector(b, at, 2, &key);
	number16(f, "group", place(f, b.p) + start, label_tls_group);
	fields_uint(f, "key_length", place(f, b.p) + start + 2, 2, "bytes",
		    NULL);
	data(f, "key", key.p, key.n);
}

/* A client has several, a server one, a retry the group alone. */
static void key_share(struct fields *f, struct bytes b, uint8_t type)
{
	struct bytes shares = whole(b, 2);
	size_t at = 0;

	if (type == PKTCAP_TLS_SERVER_HELLO) {
		if (b.n == 2)
			number16(f, "group", place(f, b.p), label_tls_group);
		else if (b.n > 4)
			share(f, b, &at);
		return;
	}
	fields_list(f, "key_shares");
	while (at + 4 <= shares.n && !f->stopped) {
		fields_group(f, "key_share", place(f, shares.p) + at, 0);
		share(f, shares, &at);
		fields_end(f);
	}
	fields_end(f);
}

static void versions(struct fields *f, struct bytes b, uint8_t type)
{
	if (type == PKTCAP_TLS_SERVER_HELLO)
		number16(f, "selected_version", place(f, b.p),
			 label_tls_version);
	else
		numbers(f, "versions", "version", whole(b, 1),
			label_tls_version);
}

static void extension_value(struct fields *f, uint16_t type, struct bytes b,
			    uint8_t hello)
{
	if (!b.n)
		return;
	switch (type) {
	case TLS_EXTENSION_SERVER_NAME:
		server_name(f, b);
		break;
	case TLS_EXTENSION_GROUPS:
		numbers(f, "groups", "group", whole(b, 2), label_tls_group);
		break;
	case TLS_EXTENSION_SIGNATURES:
		numbers(f, "signature_algorithms", "signature_algorithm",
			whole(b, 2), label_tls_signature);
		break;
	case TLS_EXTENSION_ALPN:
		alpn(f, b);
		break;
	case TLS_EXTENSION_VERSIONS:
		versions(f, b, hello);
		break;
	case TLS_EXTENSION_KEY_SHARE:
		key_share(f, b, hello);
		break;
	default:
		data(f, "data", b.p, b.n);
	}
}

static void extensions(struct fields *f, const struct pktcap_layer *layer,
		       const struct pktcap_tls_hello *hello)
{
	struct pktcap_tls_extension e;
	struct bytes all = { layer->data, layer->header_len };
	uint32_t at = 0;

	fields_list(f, "extensions");
	while (!f->stopped && pktcap_tls_extension_next(layer, &at, &e) == 1) {
		size_t behind = e.offset + TLS_EXTENSION_HEADER;

		fields_group(f, "extension", e.offset, at - e.offset);
		number16(f, "type", e.offset, label_tls_extension);
		fields_uint(f, "length", e.offset + 2, 2, "bytes", NULL);
		extension_value(f, e.type, bytes_slice(all, behind, e.len),
				hello->type);
		fields_end(f);
	}
	fields_end(f);
}

void tls_hello_fields(struct fields *f, const struct pktcap_layer *layer)
{
	struct pktcap_tls_hello h;

	if (pktcap_tls_hello_get(layer, &h))
		return;
	number16(f, "hello_version", place(f, h.random) - 2, label_tls_version);
	data(f, "random", h.random, 32);
	data(f, "session_id", h.session_id, h.session_id_len);
	if (h.type == PKTCAP_TLS_CLIENT_HELLO) {
		numbers(f, "cipher_suites", "cipher_suite",
			(struct bytes){ h.cipher_suites, h.cipher_suites_len },
			label_tls_cipher);
		data(f, "compression_methods", h.compressions,
		     h.compressions_len);
	} else {
		size_t at = place(f, h.random) + 33 + h.session_id_len;

		number16(f, "cipher_suite", at, label_tls_cipher);
		fields_uint(f, "compression_method", at + 2, 1, NULL, NULL);
		fields_number(f, "hello_retry", PKTCAP_FIELD_FLAG,
			      h.hello_retry, 0, 0, NULL);
	}
	if (h.extensions)
		extensions(f, layer, &h);
	fields_number(f, "complete", PKTCAP_FIELD_FLAG, h.complete, 0, 0, NULL);
}
