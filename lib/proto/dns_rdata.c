// SPDX-License-Identifier: BSD-2-Clause
/* What the data of each type of record consists of. */
#include "proto/dns.h"

#define ITEM(name, kind)                   \
	{                                  \
		name, DNS_##kind, 0, NULL, \
		{                          \
			NULL               \
		}                          \
	}
#define NUMBER(name, kind, len)              \
	{                                    \
		name, DNS_##kind, len, NULL, \
		{                            \
			NULL                 \
		}                            \
	}
#define CODE(name, len, labels)              \
	{                                    \
		name, DNS_UINT, len, labels, \
		{                            \
			NULL                 \
		}                            \
	}
#define CALL(name, function)               \
	{                                  \
		name, DNS_CALL, 0, NULL,   \
		{                          \
			.call = (function) \
		}                          \
	}
#define END                               \
	{                                 \
		NULL, DNS_BYTES, 0, NULL, \
		{                         \
			NULL              \
		}                         \
	}

/* A window of 256 types, no less than @min: its number, length, bitmap. */
static bool window(struct dns_cursor *c, uint32_t min)
{
	uint8_t number, len;

	if (c->end - c->at < 2 || !bytes_u8(c->m->b, c->at, &number) ||
	    !bytes_u8(c->m->b, c->at + 1, &len) || !len || len > 32 ||
	    c->end - c->at - 2 < len || number < min)
		return false;
	for (uint32_t i = 0; i < len * 8u && !c->f->stopped; i++) {
		uint32_t type = number * 256u + i;
		size_t at = c->at + 2 + i / 8;

		if (!(u8_at(c->m->b, at) & 0x80 >> i % 8))
			continue;
		fields_group(c->f, "type", c->m->base + at, 1);
		fields_value(c->f, "type", type, NULL,
			     label_of(label_dns_type, type));
		fields_end(c->f);
	}
	c->at += 2u + len;
	return true;
}

/*
 * Windows ascend (RFC 4034, 4.1.2): were they believed in any order, the text
 * of a message could be a thousand times as long as the message.
 */
static bool bitmap(struct dns_cursor *c, const char *name)
{
	uint32_t min = 0;
	bool ok = true;

	fields_list(c->f, name);
	while (ok && c->at < c->end && !c->f->stopped) {
		uint8_t number = u8_at(c->m->b, c->at);

		ok = window(c, min);
		min = number + 1u;
	}
	fields_end(c->f);
	return ok;
}

static const struct dns_item ipv4[] = { ITEM("address", IPV4), END };
static const struct dns_item ipv6[] = { ITEM("address", IPV6), END };
static const struct dns_item target[] = { ITEM("target", NAME), END };

static const struct dns_item soa[] = {
	ITEM("primary", NAME),	       ITEM("mailbox", NAME),
	NUMBER("serial", UINT, 4),     NUMBER("refresh", SECONDS, 4),
	NUMBER("retry", SECONDS, 4),   NUMBER("expire", SECONDS, 4),
	NUMBER("minimum", SECONDS, 4), END,
};

static const struct dns_item hinfo[] = {
	ITEM("cpu", STRING),
	ITEM("os", STRING),
	END,
};

static const struct dns_item rp[] = {
	ITEM("mailbox", NAME),
	ITEM("texts_name", NAME),
	END,
};

/* Also KX and AFSDB: a number, and the name of a host. */
static const struct dns_item mx[] = {
	NUMBER("preference", UINT, 2),
	ITEM("target", NAME),
	END,
};

static const struct dns_item one_text[] = { ITEM("text", STRING) };
static const struct dns_item txt[] = {
	{ "texts", DNS_REPEAT, 0, NULL, { .each = one_text } },
	END,
};

static const struct dns_item loc[] = {
	NUMBER("version", UINT, 1),
	NUMBER("size", HEX, 1),
	NUMBER("horizontal_precision", HEX, 1),
	NUMBER("vertical_precision", HEX, 1),
	NUMBER("latitude", UINT, 4),
	NUMBER("longitude", UINT, 4),
	NUMBER("altitude", UINT, 4),
	END,
};

static const struct dns_item srv[] = {
	NUMBER("priority", UINT, 2),
	NUMBER("weight", UINT, 2),
	NUMBER("port", UINT, 2),
	ITEM("target", NAME),
	END,
};

static const struct dns_item naptr[] = {
	NUMBER("order", UINT, 2),
	NUMBER("preference", UINT, 2),
	ITEM("flags", STRING),
	ITEM("services", STRING),
	ITEM("regexp", STRING),
	ITEM("replacement", NAME),
	END,
};

static const struct dns_item opt[] = {
	CALL("options", dns_options),
	END,
};

static const struct dns_item ds[] = {
	NUMBER("key_tag", UINT, 2),
	CODE("algorithm", 1, label_dns_security),
	CODE("digest_type", 1, label_dns_digest),
	ITEM("digest", BYTES),
	END,
};

static const struct label sshfp_algorithms[] = {
	{ 1, "RSA" },	  { 2, "DSA" },	  { 3, "ECDSA" },
	{ 4, "Ed25519" }, { 6, "Ed448" }, { 0, NULL },
};

static const struct label sshfp_types[] = {
	{ 1, "SHA-1" },
	{ 2, "SHA-256" },
	{ 0, NULL },
};

static const struct dns_item sshfp[] = {
	CODE("algorithm", 1, sshfp_algorithms),
	CODE("fingerprint_type", 1, sshfp_types),
	ITEM("fingerprint", BYTES),
	END,
};

static const struct dns_item rrsig[] = {
	CODE("type_covered", 2, label_dns_type),
	CODE("algorithm", 1, label_dns_security),
	NUMBER("labels", UINT, 1),
	NUMBER("original_ttl", SECONDS, 4),
	NUMBER("expiration", TIME, 4),
	NUMBER("inception", TIME, 4),
	NUMBER("key_tag", UINT, 2),
	ITEM("signer", NAME),
	ITEM("signature", BASE64),
	END,
};

static const struct dns_item nsec[] = {
	ITEM("next_name", NAME),
	CALL("types", bitmap),
	END,
};

static const struct field_def key_flags[] = {
	{ "reserved_flags_1", 0, 7, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "zone_key", 7, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "revoked", 8, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "reserved_flags_2", 9, 6, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "secure_entry_point", 15, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
};

static const struct dns_item dnskey[] = {
	{ "flags", DNS_ROWS, 2, NULL, { .rows = key_flags } },
	NUMBER("protocol", UINT, 1),
	CODE("algorithm", 1, label_dns_security),
	ITEM("public_key", BASE64),
	END,
};

static const struct label nsec3_hashes[] = { { 1, "SHA-1" }, { 0, NULL } };

static const struct dns_item nsec3[] = {
	CODE("hash_algorithm", 1, nsec3_hashes),
	NUMBER("flags", HEX, 1),
	NUMBER("iterations", UINT, 2),
	NUMBER("salt_length", UINT, 1),
	ITEM("salt", COUNTED),
	NUMBER("hash_length", UINT, 1),
	ITEM("next_hash", COUNTED),
	CALL("types", bitmap),
	END,
};

static const struct dns_item nsec3param[] = {
	CODE("hash_algorithm", 1, nsec3_hashes),
	NUMBER("flags", HEX, 1),
	NUMBER("iterations", UINT, 2),
	NUMBER("salt_length", UINT, 1),
	ITEM("salt", COUNTED),
	END,
};

static const struct label tlsa_usages[] = {
	{ 0, "PKIX-TA" }, { 1, "PKIX-EE" }, { 2, "DANE-TA" },
	{ 3, "DANE-EE" }, { 0, NULL },
};

static const struct label tlsa_selectors[] = {
	{ 0, "certificate" },
	{ 1, "public key" },
	{ 0, NULL },
};

static const struct label tlsa_matching[] = {
	{ 0, "exact" },
	{ 1, "SHA-256" },
	{ 2, "SHA-512" },
	{ 0, NULL },
};

static const struct dns_item tlsa[] = {
	CODE("usage", 1, tlsa_usages),
	CODE("selector", 1, tlsa_selectors),
	CODE("matching_type", 1, tlsa_matching),
	ITEM("association", BYTES),
	END,
};

static const struct dns_item svcb[] = {
	NUMBER("priority", UINT, 2),
	ITEM("target", NAME),
	CALL("parameters", dns_parameters),
	END,
};

static const struct dns_item key_bytes[] = {
	ITEM("public_key", BASE64),
	END,
};

static const struct label zonemd_schemes[] = { { 1, "SIMPLE" }, { 0, NULL } };

static const struct label zonemd_hashes[] = {
	{ 1, "SHA-384" },
	{ 2, "SHA-512" },
	{ 0, NULL },
};

static const struct dns_item zonemd[] = {
	NUMBER("serial", UINT, 4),
	CODE("scheme", 1, zonemd_schemes),
	CODE("hash_algorithm", 1, zonemd_hashes),
	ITEM("digest", BYTES),
	END,
};

static const struct dns_item csync[] = {
	NUMBER("serial", UINT, 4),
	NUMBER("flags", HEX, 2),
	CALL("types", bitmap),
	END,
};

static const struct dns_item eui48[] = { ITEM("address", MAC), END };

static const struct dns_item tsig[] = {
	ITEM("algorithm", NAME),
	NUMBER("time_signed", TIME, 6),
	NUMBER("fudge", SECONDS, 2),
	NUMBER("mac_length", UINT, 2),
	ITEM("mac", COUNTED),
	NUMBER("original_id", HEX, 2),
	CODE("error", 2, label_dns_rcode),
	NUMBER("other_length", UINT, 2),
	ITEM("other", COUNTED),
	END,
};

static const struct dns_item uri[] = {
	NUMBER("priority", UINT, 2),
	NUMBER("weight", UINT, 2),
	ITEM("target", TEXT),
	END,
};

static const struct field_def caa_flags[] = {
	{ "critical", 0, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "reserved_flags", 1, 7, PKTCAP_FIELD_HEX, NULL, NULL },
};

static const struct dns_item caa[] = {
	{ "flags", DNS_ROWS, 1, NULL, { .rows = caa_flags } },
	ITEM("tag", STRING),
	ITEM("value", TEXT),
	END,
};

static const struct layout {
	uint16_t type;
	const struct dns_item *items;
} layouts[] = {
	/* clang-format off */
	{ 1, ipv4 }, { 2, target }, { 3, target }, { 4, target }, { 5, target },
	{ 6, soa }, { 7, target }, { 8, target }, { 9, target }, { 12, target },
	{ 13, hinfo }, { 15, mx }, { 16, txt }, { 17, rp }, { 18, mx },
	{ 28, ipv6 }, { 29, loc }, { 33, srv }, { 35, naptr }, { 36, mx },
	{ 39, target }, { DNS_TYPE_OPT, opt }, { 43, ds }, { 44, sshfp },
	{ 46, rrsig }, { 47, nsec }, { 48, dnskey }, { 50, nsec3 },
	{ 51, nsec3param }, { 52, tlsa }, { 53, tlsa }, { 59, ds },
	{ 60, dnskey }, { 61, key_bytes }, { 62, csync }, { 63, zonemd },
	{ 64, svcb }, { 65, svcb }, { 99, txt }, { 108, eui48 }, { 250, tsig },
	{ 256, uri }, { 257, caa },
	/* clang-format on */
};

const struct dns_item *dns_rdata_items(uint16_t type)
{
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++)
		if (layouts[i].type == type)
			return layouts[i].items;
	return NULL;
}

void dns_rdata_fields(struct fields *f, const struct dns_message *m,
		      const struct pktcap_dns_record *record)
{
	static const struct dns_item unknown[] = { ITEM("data", BYTES), END };
	const struct dns_item *items = dns_rdata_items(record->type);
	size_t end = (size_t)record->rdata_offset + record->rdata_len;
	struct dns_cursor c = {
		.f = f,
		.m = m,
		.at = record->rdata_offset,
		.end = end < m->b.n ? end : m->b.n,
	};

	/* In updates a record without data stands for all of its name. */
	if (record->rdata_len && c.at < c.end)
		dns_items(&c, items ? items : unknown);
}
