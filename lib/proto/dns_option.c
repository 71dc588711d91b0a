// SPDX-License-Identifier: BSD-2-Clause
/*
 * Options of OPT records (RFC 6891, 6.1.2) and parameters of SVCB and HTTPS
 * records (RFC 9460, 2.2), both of them code (2 bytes), length (2), value.
 */
#include "proto/dns.h"

enum { HEADER = 4, FAMILY_IPV4 = 1, FAMILY_IPV6 = 2 };

struct layout {
	uint16_t code;
	const struct dns_item *items;
};

static const struct label option_codes[] = {
	{ 1, "LLQ" },
	{ 2, "UL" },
	{ 3, "NSID" },
	{ 5, "DAU" },
	{ 6, "DHU" },
	{ 7, "N3U" },
	{ 8, "CLIENT-SUBNET" },
	{ 9, "EXPIRE" },
	{ 10, "COOKIE" },
	{ 11, "TCP-KEEPALIVE" },
	{ 12, "PADDING" },
	{ 13, "CHAIN" },
	{ 14, "KEY-TAG" },
	{ 15, "EXTENDED-ERROR" },
	{ 16, "CLIENT-TAG" },
	{ 17, "SERVER-TAG" },
	{ 18, "REPORT-CHANNEL" },
	{ 19, "ZONEVERSION" },
	{ 26946, "DEVICE-ID" },
	{ 0, NULL },
};

/* Only the bytes of an address that the prefix needs are sent. */
static bool subnet_address(struct dns_cursor *c, const char *name)
{
	uint16_t family = u16_at(c->m->b, c->at - 4);
	size_t size = family == FAMILY_IPV4 ? 4 : 16, len = c->end - c->at;
	uint8_t address[16] = { 0 };

	if ((family != FAMILY_IPV4 && family != FAMILY_IPV6) || len > size)
		return false;
	bytes_copy(c->m->b, c->at, address, len);
	fields_made(c->f, name,
		    family == FAMILY_IPV4 ? PKTCAP_FIELD_IPV4
					  : PKTCAP_FIELD_IPV6,
		    address, size, c->m->base + c->at, len);
	c->at = c->end;
	return true;
}

static const struct label families[] = {
	{ FAMILY_IPV4, "IPv4" },
	{ FAMILY_IPV6, "IPv6" },
	{ 0, NULL },
};

static const struct dns_item nsid[] = {
	{ "nsid", DNS_BYTES, 0, NULL, { NULL } },
	{ 0 },
};

static const struct dns_item subnet[] = {
	{ "family", DNS_UINT, 2, families, { NULL } },
	{ "source_prefix", DNS_UINT, 1, NULL, { NULL } },
	{ "scope_prefix", DNS_UINT, 1, NULL, { NULL } },
	{ "address", DNS_CALL, 0, NULL, { .call = subnet_address } },
	{ 0 },
};

static const struct dns_item expire[] = {
	{ "expire", DNS_SECONDS, 4, NULL, { NULL } },
	{ 0 },
};

static const struct dns_item cookie[] = {
	{ "client_cookie", DNS_PART, 8, NULL, { NULL } },
	{ "server_cookie", DNS_BYTES, 0, NULL, { NULL } },
	{ 0 },
};

static const struct dns_item keepalive[] = {
	{ "timeout", DNS_TENTHS, 2, NULL, { NULL } },
	{ 0 },
};

static const struct dns_item padding[] = {
	{ "padding", DNS_BYTES, 0, NULL, { NULL } },
	{ 0 },
};

static const struct dns_item extended_error[] = {
	{ "info_code", DNS_UINT, 2, label_dns_ede, { NULL } },
	{ "extra_text", DNS_TEXT, 0, NULL, { NULL } },
	{ 0 },
};

static const struct dns_item one_algorithm[] = {
	{ "algorithm", DNS_UINT, 1, label_dns_security, { NULL } },
};

static const struct dns_item algorithms[] = {
	{ "algorithms", DNS_REPEAT, 0, NULL, { .each = one_algorithm } },
	{ 0 },
};

static const struct dns_item one_tag[] = {
	{ "key_tag", DNS_UINT, 2, NULL, { NULL } },
};

static const struct dns_item key_tags[] = {
	{ "key_tags", DNS_REPEAT, 0, NULL, { .each = one_tag } },
	{ 0 },
};

static const struct dns_item agent[] = {
	{ "agent", DNS_NAME, 0, NULL, { NULL } },
	{ 0 },
};

static const struct layout options[] = {
	{ 3, nsid },	 { 5, algorithms }, { 8, subnet },
	{ 9, expire },	 { 10, cookie },    { 11, keepalive },
	{ 12, padding }, { 14, key_tags },  { 15, extended_error },
	{ 18, agent },	 { 0, NULL },
};

static const struct label parameter_keys[] = {
	{ 0, "mandatory" },
	{ 1, "alpn" },
	{ 2, "no-default-alpn" },
	{ 3, "port" },
	{ 4, "ipv4hint" },
	{ 5, "ech" },
	{ 6, "ipv6hint" },
	{ 7, "dohpath" },
	{ 8, "ohttp" },
	{ 9, "tls-supported-groups" },
	{ 0, NULL },
};

static const struct dns_item one_key[] = {
	{ "mandatory_key", DNS_UINT, 2, parameter_keys, { NULL } },
};

static const struct dns_item mandatory[] = {
	{ "mandatory", DNS_REPEAT, 0, NULL, { .each = one_key } },
	{ 0 },
};

static const struct dns_item one_protocol[] = {
	{ "protocol", DNS_STRING, 0, NULL, { NULL } },
};

static const struct dns_item alpn[] = {
	{ "alpn", DNS_REPEAT, 0, NULL, { .each = one_protocol } },
	{ 0 },
};

static const struct dns_item port[] = {
	{ "port", DNS_UINT, 2, NULL, { NULL } },
	{ 0 },
};

static const struct dns_item one_ipv4[] = {
	{ "address", DNS_IPV4, 0, NULL, { NULL } },
};

static const struct dns_item ipv4_hint[] = {
	{ "addresses", DNS_REPEAT, 0, NULL, { .each = one_ipv4 } },
	{ 0 },
};

static const struct dns_item one_ipv6[] = {
	{ "address", DNS_IPV6, 0, NULL, { NULL } },
};

static const struct dns_item ipv6_hint[] = {
	{ "addresses", DNS_REPEAT, 0, NULL, { .each = one_ipv6 } },
	{ 0 },
};

static const struct dns_item ech[] = {
	{ "ech", DNS_BYTES, 0, NULL, { NULL } },
	{ 0 },
};

static const struct dns_item doh_path[] = {
	{ "path", DNS_TEXT, 0, NULL, { NULL } },
	{ 0 },
};

static const struct layout parameters[] = {
	{ 0, mandatory }, { 1, alpn },	    { 3, port },     { 4, ipv4_hint },
	{ 5, ech },	  { 6, ipv6_hint }, { 7, doh_path }, { 0, NULL },
};

static const struct dns_item *find(const struct layout *layouts, uint16_t code)
{
	static const struct dns_item unknown[] = {
		{ "value", DNS_BYTES, 0, NULL, { NULL } },
		{ 0 },
	};

	for (; layouts->items; layouts++)
		if (layouts->code == code)
			return layouts->items;
	return unknown;
}

/* One of them; false where it is not all there. */
static bool element(struct dns_cursor *c, const char *code_name,
		    const struct label *codes, const struct layout *layouts)
{
	size_t at = c->m->base + c->at;
	uint16_t len = u16_at(c->m->b, c->at + 2);
	struct dns_cursor inside = *c;

	if (c->end - c->at < HEADER || c->end - c->at - HEADER < len)
		return false;
	inside.at = c->at + HEADER;
	inside.end = c->at = inside.at + len;
	fields_group(c->f, codes == option_codes ? "option" : "parameter", at,
		     HEADER + (size_t)len);
	fields_uint(c->f, code_name, at, 2, NULL, codes);
	fields_uint(c->f, "length", at + 2, 2, "bytes", NULL);
	dns_items(&inside, find(layouts, u16_at(c->m->b, at - c->m->base)));
	fields_end(c->f);
	return true;
}

bool dns_options(struct dns_cursor *c, const char *name)
{
	bool ok = true;

	fields_list(c->f, name);
	while (ok && c->at < c->end && !c->f->stopped)
		ok = element(c, "code", option_codes, options);
	fields_end(c->f);
	return ok;
}

bool dns_parameters(struct dns_cursor *c, const char *name)
{
	bool ok = true;

	fields_list(c->f, name);
	while (ok && c->at < c->end && !c->f->stopped)
		ok = element(c, "key", parameter_keys, parameters);
	fields_end(c->f);
	return ok;
}
