// SPDX-License-Identifier: BSD-2-Clause
/*
 * JA4, the fingerprint of a TLS client (github.com/FoxIO-LLC/ja4):
 *
 *	t13d1516h2_8daaf6152771_e5627efa2ab1
 *
 * over TCP, the highest version offered, d with a server name and i without,
 * two digits for the number of cipher suites and two for extensions, the first
 * and the last character of the first protocol; 12 digits of SHA-256 of the
 * sorted cipher suites; the same of the sorted extensions but server name and
 * ALPN, with the signature algorithms in their order.
 */
#include "base/sha256.h"
#include "base/text.h"
#include "proto/tls.h"

enum { VALUES_MAX = 1024, COUNT_MAX = 99, HASH_BYTES = 6 };

struct values {
	uint16_t v[VALUES_MAX];
	size_t n;
};

static bool add(struct values *values, uint16_t value)
{
	if (tls_is_grease(value))
		return true;
	if (values->n == VALUES_MAX)
		return false;
	values->v[values->n++] = value;
	return true;
}

static void sort(struct values *values)
{
	for (size_t i = 1; i < values->n; i++) {
		uint16_t value = values->v[i];
		size_t j = i;

		for (; j && values->v[j - 1] > value; j--)
			values->v[j] = values->v[j - 1];
		values->v[j] = value;
	}
}

static void put_count(struct text *t, size_t n)
{
	text_number(t, n < COUNT_MAX ? n : COUNT_MAX, 10, 2, '0');
}

static void put_version(struct text *t, uint16_t version)
{
	static const struct label names[] = {
		{ 0x0304, "13" }, { 0x0303, "12" }, { 0x0302, "11" },
		{ 0x0301, "10" }, { 0x0300, "s3" }, { 0x0002, "s2" },
		{ 0, NULL },
	};
	const char *name = label_of(names, version);

	text_string(t, name ? name : "00");
}

static bool is_alphanumeric(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z');
}

/* Of a protocol that is no text the first and the last digit of its bytes. */
static void put_protocol(struct text *t, const struct pktcap_tls_hello *hello)
{
	struct bytes all = { hello->alpn, hello->alpn_len }, one;
	uint8_t first, last;
	size_t at = 0;

	tls_vector(all, &at, 1, &one);
	if (!one.n) {
		text_string(t, "00");
		return;
	}
	first = one.p[0];
	last = one.p[one.n - 1];
	if (is_alphanumeric(first) && is_alphanumeric(last)) {
		text_char(t, (char)first);
		text_char(t, (char)last);
	} else {
		text_number(t, first >> 4, 16, 1, '0');
		text_number(t, last & 15, 16, 1, '0');
	}
}

/* Digits with commas between them. */
static void hash_values(struct sha256 *s, const uint16_t *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char digits[8];
		struct text t = text_over(digits, sizeof(digits));

		if (i)
			text_char(&t, ',');
		text_number(&t, v[i], 16, 4, '0');
		sha256_add(s, digits, t.len);
	}
}

static void put_hash(struct text *t, struct sha256 *s)
{
	uint8_t hash[SHA256_SIZE];

	sha256_end(s, hash);
	for (size_t i = 0; i < HASH_BYTES; i++)
		text_number(t, hash[i], 16, 2, '0');
}

static void put_ciphers(struct text *t, struct values *suites)
{
	struct sha256 s;

	if (!suites->n) {
		text_string(t, "000000000000");
		return;
	}
	sort(suites);
	sha256_init(&s);
	hash_values(&s, suites->v, suites->n);
	put_hash(t, &s);
}

static void put_extensions(struct text *t, struct values *types,
			   const struct pktcap_tls_hello *hello)
{
	struct bytes signatures = { hello->signatures, hello->signatures_len };
	struct values shown = { .n = 0 };
	struct sha256 s;

	for (size_t i = 0; i < types->n; i++)
		if (types->v[i] != TLS_EXTENSION_SERVER_NAME &&
		    types->v[i] != TLS_EXTENSION_ALPN)
			add(&shown, types->v[i]);
	if (!shown.n) {
		text_string(t, "000000000000");
		return;
	}
	sort(&shown);
	sha256_init(&s);
	hash_values(&s, shown.v, shown.n);
	shown.n = 0;
	for (size_t i = 0; i + 1 < signatures.n; i += 2)
		add(&shown, u16_at(signatures, i));
	if (shown.n) {
		sha256_add(&s, "_", 1);
		hash_values(&s, shown.v, shown.n);
	}
	put_hash(t, &s);
}

static int collect(const struct pktcap_layer *layer,
		   const struct pktcap_tls_hello *hello, struct values *suites,
		   struct values *types, bool *named)
{
	struct bytes b = { hello->cipher_suites, hello->cipher_suites_len };
	struct pktcap_tls_extension e;
	uint32_t offset = 0;
	int err;

	for (size_t i = 0; i + 1 < b.n; i += 2)
		if (!add(suites, u16_at(b, i)))
			return -E2BIG;
	while ((err = pktcap_tls_extension_next(layer, &offset, &e)) == 1) {
		if (!add(types, e.type))
			return -E2BIG;
		*named |= e.type == TLS_EXTENSION_SERVER_NAME;
	}
	return err ? err : hello->complete ? 0 : -EPROTO;
}

int pktcap_tls_ja4(const struct pktcap_layer *layer, char *buf, size_t size)
{
	struct values suites = { .n = 0 }, types = { .n = 0 };
	struct text t = text_over(buf, size);
	struct pktcap_tls_hello hello;
	bool named = false;
	int err = pktcap_tls_hello_get(layer, &hello);

	if (!err && hello.type != PKTCAP_TLS_CLIENT_HELLO)
		err = -EPROTOTYPE;
	if (!err)
		err = collect(layer, &hello, &suites, &types, &named);
	if (err)
		return err;
	if (size < PKTCAP_TLS_JA4_SIZE)
		return -ENOSPC;
	text_char(&t, 't');
	put_version(&t, hello.real_version);
	text_char(&t, named ? 'd' : 'i');
	put_count(&t, suites.n);
	put_count(&t, types.n);
	put_protocol(&t, &hello);
	text_char(&t, '_');
	put_ciphers(&t, &suites);
	text_char(&t, '_');
	put_extensions(&t, &types, &hello);
	return 0;
}
