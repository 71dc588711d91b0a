// SPDX-License-Identifier: BSD-2-Clause
/*
 * Hellos (RFC 8446, 4.1.2 and 4.1.3), the first message of a record. Vectors
 * have their length in front, of one byte or two:
 *
 *	version(16)  random(32 bytes)  session id<8>
 *	client: cipher suites<16>  compression methods<8>
 *	server: cipher suite(16)   compression method(8)
 *	extensions<16>: type(16)  data<16>
 */
#include "proto/tls.h"

enum { RANDOM = 32, FIXED = 2 + RANDOM, HOST_NAME = 0 };

bool tls_vector(struct bytes b, size_t *at, size_t size, struct bytes *out)
{
	size_t len = 0;

	*out = (struct bytes){ NULL, 0 };
	if (!bytes_has(b, *at, size))
		return false;
	while (size--)
		len = len << 8 | b.p[(*at)++];
	*out = bytes_slice(b, *at, len);
	*at += len;
	return out->n == len;
}

/* A vector of @size bytes of length that fills all of @b. */
static struct bytes list(struct bytes b, size_t size)
{
	struct bytes out;
	size_t at = 0;

	return tls_vector(b, &at, size, &out) ? out : (struct bytes){ NULL, 0 };
}

static bool has_grease(struct bytes b)
{
	for (size_t i = 0; i + 1 < b.n; i += 2)
		if (tls_is_grease(u16_at(b, i)))
			return true;
	return false;
}

static void server_name(struct bytes data, struct pktcap_tls_hello *out)
{
	struct bytes entries = list(data, 2), name;
	size_t at = 1;

	if (u8_at(entries, 0) != HOST_NAME ||
	    !tls_vector(entries, &at, 2, &name))
		return;
	out->server_name = name.p;
	out->server_name_len = (uint16_t)name.n;
}

static void versions(struct bytes data, struct pktcap_tls_hello *out)
{
	struct bytes offered = list(data, 1);
	uint16_t best = 0;

	if (out->type == PKTCAP_TLS_SERVER_HELLO) {
		if (data.n == 2)
			out->real_version = u16_at(data, 0);
		return;
	}
	out->versions = offered.p;
	out->versions_len = (uint16_t)offered.n;
	out->grease |= has_grease(offered);
	for (size_t i = 0; i + 1 < offered.n; i += 2) {
		uint16_t version = u16_at(offered, i);

		if (!tls_is_grease(version) && version > best)
			best = version;
	}
	/* What is offered here counts, even if it is less. */
	if (best)
		out->real_version = best;
}

static void extension(struct bytes data, uint16_t type,
		      struct pktcap_tls_hello *out)
{
	struct bytes values = list(data, 2);

	out->grease |= tls_is_grease(type);
	switch (type) {
	case TLS_EXTENSION_SERVER_NAME:
		server_name(data, out);
		break;
	case TLS_EXTENSION_ALPN:
		out->alpn = values.p;
		out->alpn_len = (uint16_t)values.n;
		break;
	case TLS_EXTENSION_GROUPS:
		out->groups = values.p;
		out->groups_len = (uint16_t)values.n;
		out->grease |= has_grease(values);
		break;
	case TLS_EXTENSION_SIGNATURES:
		out->signatures = values.p;
		out->signatures_len = (uint16_t)values.n;
		break;
	case TLS_EXTENSION_VERSIONS:
		versions(data, out);
		break;
	}
}

/* False where one is not all there. */
static bool extensions(struct bytes all, struct pktcap_tls_hello *out)
{
	size_t at = 0;

	while (at < all.n) {
		struct bytes data;
		uint16_t type;

		if (!bytes_be16(all, at, &type))
			return false;
		at += 2;
		if (!tls_vector(all, &at, 2, &data))
			return false;
		extension(data, type, out);
	}
	return true;
}

/* What a client offers, or a server chose. */
static bool ciphers(struct bytes b, size_t *at, struct pktcap_tls_hello *out)
{
	struct bytes v;
	bool whole;

	if (out->type == PKTCAP_TLS_SERVER_HELLO) {
		out->cipher_suite = u16_at(b, *at);
		out->compression = u8_at(b, *at + 2);
		*at += 3;
		return *at <= b.n;
	}
	whole = tls_vector(b, at, 2, &v);
	out->cipher_suites = v.p;
	out->cipher_suites_len = (uint16_t)v.n;
	if (!whole || v.n % 2 || !tls_vector(b, at, 1, &v))
		return false;
	out->compressions = v.p;
	out->compressions_len = (uint8_t)v.n;
	return true;
}

/* All but what is in the extensions; false where something is missing. */
static bool read_front(struct bytes b, struct pktcap_tls_hello *out)
{
	size_t at = FIXED;
	struct bytes v;
	bool whole;

	out->version = out->real_version = u16_at(b, 0);
	out->random = b.p + 2;
	if (!tls_vector(b, &at, 1, &v))
		return false;
	out->session_id = v.p;
	out->session_id_len = (uint8_t)v.n;
	if (!ciphers(b, &at, out))
		return false;
	/* Before TLS 1.2 there may be no extensions. */
	if (at == b.n && b.n == out->length)
		return true;
	whole = tls_vector(b, &at, 2, &v);
	out->extensions = v.p;
	out->extensions_len = (uint16_t)v.n;
	return whole && at == b.n && b.n == out->length;
}

/* The random value that makes a ServerHello a HelloRetryRequest. */
static bool is_retry(const uint8_t *random)
{
	static const uint8_t retry[RANDOM] = {
		0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11,
		0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
		0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e,
		0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
	};

	return !memcmp(random, retry, RANDOM);
}

/* What there is of a hello's body. */
static int find_body(const struct pktcap_layer *layer, struct bytes *body,
		     struct pktcap_tls_hello *out)
{
	struct bytes content;
	size_t at = 1;

	if (layer->proto != PKTCAP_PROTO_TLS)
		return -EPROTOTYPE;
	if (layer->header_len <= TLS_RECORD_HEADER)
		return layer->header_len ? -EPROTOTYPE : -ENODATA;
	content = tls_content(layer);
	*out = (struct pktcap_tls_hello){
		.type = u8_at(content, 0),
		.length = u32_at(content, 0) & 0xffffff,
	};
	if (*layer->data != PKTCAP_TLS_HANDSHAKE ||
	    (out->type != PKTCAP_TLS_CLIENT_HELLO &&
	     out->type != PKTCAP_TLS_SERVER_HELLO))
		return -EPROTOTYPE;
	tls_vector(content, &at, 3, body);
	return body->n < FIXED ? -ENODATA : 0;
}

int pktcap_tls_hello_get(const struct pktcap_layer *layer,
			 struct pktcap_tls_hello *out)
{
	struct pktcap_tls_hello hello;
	struct bytes body, suites, all;
	int err = find_body(layer, &body, &hello);

	if (err)
		return err;
	hello.complete = read_front(body, &hello);
	suites = (struct bytes){ hello.cipher_suites, hello.cipher_suites_len };
	hello.grease = has_grease(suites);
	hello.hello_retry =
		hello.type == PKTCAP_TLS_SERVER_HELLO && is_retry(hello.random);
	all = (struct bytes){ hello.extensions, hello.extensions_len };
	hello.complete &= extensions(all, &hello);
	*out = hello;
	return 0;
}

/* All extensions that are there, with what is in front of them in the layer. */
static int find_extensions(const struct pktcap_layer *layer, size_t *start,
			   struct bytes *b, int *missing)
{
	struct pktcap_tls_hello hello;
	struct bytes body;
	int err = find_body(layer, &body, &hello);
	bool whole;

	if (err)
		return err;
	/* Not what is in them: each call of a walk comes here. */
	whole = read_front(body, &hello);
	*missing = body.n < hello.length ? -ENODATA : -EPROTO;
	if (!hello.extensions)
		return whole ? 0 : *missing;
	*start = (size_t)(hello.extensions - layer->data);
	*b = (struct bytes){ layer->data, *start + hello.extensions_len };
	/* Only where the vector was cut may an extension be cut. */
	if (u16_at(*b, *start - 2) == hello.extensions_len)
		*missing = -EPROTO;
	return 1;
}

int pktcap_tls_extension_next(const struct pktcap_layer *layer,
			      uint32_t *offset,
			      struct pktcap_tls_extension *extension)
{
	struct bytes b, data;
	size_t start = 0, at;
	int missing = 0, found = find_extensions(layer, &start, &b, &missing);

	if (found != 1)
		return found;
	if (!*offset)
		*offset = (uint32_t)start;
	at = (size_t)*offset + 2;
	if (*offset == b.n)
		return u16_at(b, start - 2) == b.n - start ? 0 : missing;
	if (!tls_vector(b, &at, 2, &data))
		return missing;
	*extension = (struct pktcap_tls_extension){
		.data = data.n ? data.p : NULL,
		.offset = *offset,
		.type = u16_at(b, *offset),
		.len = (uint16_t)data.n,
	};
	*offset = (uint32_t)at;
	return 1;
}
