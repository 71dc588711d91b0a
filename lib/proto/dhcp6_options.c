// SPDX-License-Identifier: BSD-2-Clause
/*
 * What the options of DHCPv6 hold (RFC 8415, 21 and those of the IANA
 * registry). Some hold options themselves.
 */
#include "proto/dhcp.h"
#include "proto/dhcp6.h"

/* A LIST with a GROUP of fields in it has to fit below the deepest level. */
enum { DEPTH_OF_LIST_MAX = 5 };

static const struct label codes[] = {
	{ 1, "client id" },
	{ 2, "server id" },
	{ 3, "IA_NA" },
	{ 4, "IA_TA" },
	{ 5, "IA address" },
	{ 6, "option request" },
	{ 7, "preference" },
	{ 8, "elapsed time" },
	{ 9, "relay message" },
	{ 11, "authentication" },
	{ 12, "server unicast" },
	{ 13, "status code" },
	{ 14, "rapid commit" },
	{ 15, "user class" },
	{ 16, "vendor class" },
	{ 17, "vendor-specific information" },
	{ 18, "interface id" },
	{ 19, "reconfigure message" },
	{ 20, "reconfigure accept" },
	{ 21, "SIP server names" },
	{ 22, "SIP server addresses" },
	{ 23, "DNS servers" },
	{ 24, "domain search list" },
	{ 25, "IA_PD" },
	{ 26, "IA prefix" },
	{ 27, "NIS servers" },
	{ 28, "NIS+ servers" },
	{ 29, "NIS domain" },
	{ 30, "NIS+ domain" },
	{ 31, "SNTP servers" },
	{ 32, "information refresh time" },
	{ 37, "remote id" },
	{ 38, "subscriber id" },
	{ 39, "client FQDN" },
	{ 41, "time zone" },
	{ 42, "time zone name" },
	{ 43, "echo request" },
	{ 44, "lease query" },
	{ 45, "client data" },
	{ 46, "client last transaction time" },
	{ 56, "NTP server" },
	{ 59, "boot file URL" },
	{ 60, "boot file parameters" },
	{ 61, "client architecture" },
	{ 62, "client network interface" },
	{ 64, "AFTR name" },
	{ 79, "client link-layer address" },
	{ 82, "SOL_MAX_RT" },
	{ 83, "INF_MAX_RT" },
	{ 94, "S46 MAP-E container" },
	{ 95, "S46 MAP-T container" },
	{ 96, "S46 4over6 container" },
	{ 103, "captive portal" },
	{ 112, "MUD URL" },
	{ 0, NULL },
};

static const struct label statuses[] = {
	{ 0, "success" },	  { 1, "unspecified failure" },
	{ 2, "no addresses" },	  { 3, "no binding" },
	{ 4, "not on link" },	  { 5, "use multicast" },
	{ 6, "no prefixes" },	  { 7, "unknown query type" },
	{ 8, "malformed query" }, { 9, "not configured" },
	{ 10, "not allowed" },	  { 0, NULL },
};

static const struct label duid_types[] = {
	{ 1, "link layer and time" },
	{ 2, "enterprise" },
	{ 3, "link layer" },
	{ 4, "UUID" },
	{ 0, NULL },
};

static const struct field_def ia_rows[] = {
	{ "iaid", 0, 32, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "t1", 32, 32, PKTCAP_FIELD_UINT, "s", NULL },
	{ "t2", 64, 32, PKTCAP_FIELD_UINT, "s", NULL },
};

static const struct field_def address_rows[] = {
	{ "address", 0, 128, PKTCAP_FIELD_IPV6, NULL, NULL },
	{ "preferred_lifetime", 128, 32, PKTCAP_FIELD_UINT, "s", NULL },
	{ "valid_lifetime", 160, 32, PKTCAP_FIELD_UINT, "s", NULL },
};

static const struct field_def prefix_rows[] = {
	{ "preferred_lifetime", 0, 32, PKTCAP_FIELD_UINT, "s", NULL },
	{ "valid_lifetime", 32, 32, PKTCAP_FIELD_UINT, "s", NULL },
	{ "prefix_length", 64, 8, PKTCAP_FIELD_UINT, "bits", NULL },
	{ "prefix", 72, 128, PKTCAP_FIELD_IPV6, NULL, NULL },
};

#define ROWS(f, rows, at) \
	fields_rows(f, rows, sizeof(rows) / sizeof((rows)[0]), at)

size_t dhcp6_options_in(uint16_t code)
{
	switch (code) {
	case 3:
	case 25:
		return 12;
	case 4:
		return 4;
	case 5:
		return 24;
	case 26:
		return 25;
	default:
		return 0;
	}
}

/* RFC 8415, 11: a type, and what makes it unique. */
static void duid(struct fields *f, size_t at, size_t len)
{
	size_t skip = 2;

	fields_uint(f, "duid_type", at, 2, NULL, duid_types);
	switch (u16_at(f->b, at)) {
	case 1:
		if (len < 8)
			break;
		fields_uint(f, "hardware_type", at + 2, 2, NULL, NULL);
		/* Its seconds begin in 2000. */
		fields_time(f, "time",
			    (u32_at(f->b, at + 4) + INT64_C(946684800)) *
				    1000000000,
			    at + 4, 4);
		skip = 8;
		break;
	case 2:
		if (len < 6)
			break;
		fields_uint(f, "enterprise", at + 2, 4, NULL, NULL);
		skip = 6;
		break;
	case 3:
		if (len < 4)
			break;
		fields_uint(f, "hardware_type", at + 2, 2, NULL, NULL);
		skip = 4;
		break;
	default:
		break;
	}
	if (skip != 2 && len - skip == 6 && u16_at(f->b, at) != 2)
		fields_data(f, "link_address", PKTCAP_FIELD_MAC, at + skip, 6);
	else
		fields_data(f, "duid", PKTCAP_FIELD_BYTES, at + skip,
			    len - skip);
}

static void addresses(struct fields *f, size_t at, size_t len)
{
	fields_list(f, "values");
	for (; len >= 16; at += 16, len -= 16) {
		fields_group(f, "value", at, 16);
		fields_data(f, "value", PKTCAP_FIELD_IPV6, at, 16);
		fields_end(f);
	}
	fields_end(f);
}

static void numbers(struct fields *f, size_t at, size_t len,
		    const struct label *labels)
{
	fields_list(f, "values");
	for (; len >= 2; at += 2, len -= 2) {
		fields_group(f, "value", at, 2);
		fields_uint(f, "value", at, 2, NULL, labels);
		fields_end(f);
	}
	fields_end(f);
}

static void status(struct fields *f, size_t at, size_t len)
{
	fields_uint(f, "status", at, 2, NULL, statuses);
	fields_data(f, "message", PKTCAP_FIELD_TEXT, at + 2, len - 2);
}

/* RFC 4704, 4.1: flags, then a name that may end without a zero. */
static void fqdn(struct fields *f, size_t at, size_t len)
{
	static const struct field_def flags[] = {
		{ "flags_reserved", 0, 5, PKTCAP_FIELD_HEX, NULL, NULL },
		{ "flag_no_update", 5, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "flag_override", 6, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "flag_server", 7, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	};

	ROWS(f, flags, at);
	dhcp_domains(f, at + 1, len - 1);
}

/* A number of an enterprise (and what follows it). */
static void enterprise(struct fields *f, size_t at, size_t len)
{
	fields_uint(f, "enterprise", at, 4, NULL, NULL);
	fields_data(f, "data", PKTCAP_FIELD_BYTES, at + 4, len - 4);
}

/* Options in an option, and what is in front of them. */
static void container(struct fields *f, uint16_t code, size_t at, size_t len)
{
	size_t fixed = dhcp6_options_in(code);

	if (code == 4)
		fields_rows(f, ia_rows, 1, at);
	else if (code == 5)
		ROWS(f, address_rows, at);
	else if (code == 26)
		ROWS(f, prefix_rows, at);
	else
		ROWS(f, ia_rows, at);
	if (len == fixed)
		return;
	if (f->depth <= DEPTH_OF_LIST_MAX)
		dhcp6_option_fields(f, at + fixed, at + len);
	else
		fields_data(f, "data", PKTCAP_FIELD_BYTES, at + fixed,
			    len - fixed);
}

/* Values of a form that does without a function of its own; false: another. */
static bool simple(struct fields *f, uint16_t code, size_t at, size_t len)
{
	switch (code) {
	case 7:
	case 19:
		if (len == 1)
			fields_uint(f, "value", at, 1, NULL,
				    code == 19 ? dhcp6_types : NULL);
		return len == 1;
	case 8:
		if (len == 2)
			fields_uint(f, "value", at, 2, "s/100", NULL);
		return len == 2;
	case 32:
	case 46:
	case 82:
	case 83:
		if (len == 4)
			fields_uint(f, "value", at, 4, "s", NULL);
		return len == 4;
	case 13:
		if (len >= 2)
			status(f, at, len);
		return len >= 2;
	case 12:
		fields_data(f, "value", PKTCAP_FIELD_IPV6, at, len);
		return len == 16;
	case 41:
	case 42:
	case 59:
	case 103:
	case 112:
		fields_data(f, "value", PKTCAP_FIELD_TEXT, at, len);
		return true;
	default:
		return false;
	}
}

/* Lists and structures, where there is room; false where the length does not
 * suit the code. */
static bool structured(struct fields *f, uint16_t code, size_t at, size_t len)
{
	if (f->depth > DEPTH_OF_LIST_MAX)
		return false;
	switch (code) {
	case 1:
	case 2:
		if (len >= 2)
			duid(f, at, len);
		return len >= 2;
	case 6:
	case 43:
	case 61:
		if (len % 2 == 0)
			numbers(f, at, len, code == 61 ? NULL : codes);
		return len % 2 == 0;
	case 16:
	case 17:
	case 37:
		if (len >= 4)
			enterprise(f, at, len);
		return len >= 4;
	case 22:
	case 23:
	case 27:
	case 28:
	case 31:
		if (len % 16 == 0)
			addresses(f, at, len);
		return len % 16 == 0;
	case 21:
	case 24:
	case 29:
	case 30:
	case 64:
		dhcp_domains(f, at, len);
		return true;
	case 39:
		if (len >= 1)
			fqdn(f, at, len);
		return len >= 1;
	default:
		return false;
	}
}

static void value(struct fields *f, uint16_t code, size_t at, size_t len)
{
	size_t fixed = dhcp6_options_in(code);

	if (fixed && len >= fixed)
		container(f, code, at, len);
	else if (code != DHCP6_OPTION_RELAY_MESSAGE &&
		 !simple(f, code, at, len) && !structured(f, code, at, len) &&
		 len)
		fields_data(f, "data", PKTCAP_FIELD_BYTES, at, len);
}

/* Calls itself for options in options, as deep as fields may be. */
void dhcp6_option_fields(struct fields *f, size_t at, size_t end)
{
	struct pktcap_dhcp6_option option;

	fields_list(f, "options");
	while (dhcp6_option(f->b, at, end, &option)) {
		fields_group(f, "option", at, option.len + 4u);
		fields_uint(f, "code", at, 2, NULL, codes);
		fields_uint(f, "length", at + 2, 2, "bytes", NULL);
		value(f, option.code, at + 4, option.len);
		fields_end(f);
		at += option.len + 4u;
	}
	fields_end(f);
}
