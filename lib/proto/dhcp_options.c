// SPDX-License-Identifier: BSD-2-Clause
/*
 * What the options of DHCP hold (RFC 2132 and those of the IANA registry). A
 * value is "value", several are "values", and "data" is what does not have the
 * form that its option should have.
 */
#include "proto/dhcp.h"

enum form {
	FORM_DATA,
	FORM_NOTHING, /* being there is all it says */
	FORM_TEXT,
	FORM_ADDRESS,
	FORM_ADDRESSES,
	FORM_PAIRS, /* address and mask, or destination and router */
	FORM_FLAG,
	FORM_U8,
	FORM_U16,
	FORM_U16S,
	FORM_U32,
	FORM_SECONDS,
	FORM_OFFSET, /* seconds, may be negative */
	FORM_TYPE,
	FORM_CODES,
	FORM_OVERLOAD,
	FORM_NODE,
	FORM_CLIENT,
	FORM_VENDOR,
	FORM_AGENT,
	FORM_FQDN,
	FORM_ROUTES,
	FORM_DOMAINS,
};

struct option_def {
	uint8_t code;
	uint8_t form;
	const char *name;
};

static const struct option_def defs[] = {
	{ 1, FORM_ADDRESS, "subnet mask" },
	{ 2, FORM_OFFSET, "time offset" },
	{ 3, FORM_ADDRESSES, "routers" },
	{ 4, FORM_ADDRESSES, "time servers" },
	{ 5, FORM_ADDRESSES, "name servers" },
	{ 6, FORM_ADDRESSES, "DNS servers" },
	{ 7, FORM_ADDRESSES, "log servers" },
	{ 8, FORM_ADDRESSES, "cookie servers" },
	{ 9, FORM_ADDRESSES, "LPR servers" },
	{ 10, FORM_ADDRESSES, "Impress servers" },
	{ 11, FORM_ADDRESSES, "resource location servers" },
	{ 12, FORM_TEXT, "host name" },
	{ 13, FORM_U16, "boot file size" },
	{ 14, FORM_TEXT, "merit dump file" },
	{ 15, FORM_TEXT, "domain name" },
	{ 16, FORM_ADDRESS, "swap server" },
	{ 17, FORM_TEXT, "root path" },
	{ 18, FORM_TEXT, "extensions path" },
	{ 19, FORM_FLAG, "IP forwarding" },
	{ 20, FORM_FLAG, "non-local source routing" },
	{ 21, FORM_PAIRS, "policy filter" },
	{ 22, FORM_U16, "maximum reassembly size" },
	{ 23, FORM_U8, "default TTL" },
	{ 24, FORM_SECONDS, "path MTU aging timeout" },
	{ 25, FORM_U16S, "path MTU plateau table" },
	{ 26, FORM_U16, "interface MTU" },
	{ 27, FORM_FLAG, "all subnets are local" },
	{ 28, FORM_ADDRESS, "broadcast address" },
	{ 29, FORM_FLAG, "perform mask discovery" },
	{ 30, FORM_FLAG, "mask supplier" },
	{ 31, FORM_FLAG, "perform router discovery" },
	{ 32, FORM_ADDRESS, "router solicitation address" },
	{ 33, FORM_PAIRS, "static routes" },
	{ 34, FORM_FLAG, "trailer encapsulation" },
	{ 35, FORM_SECONDS, "ARP cache timeout" },
	{ 36, FORM_FLAG, "IEEE 802.3 encapsulation" },
	{ 37, FORM_U8, "default TCP TTL" },
	{ 38, FORM_SECONDS, "TCP keepalive interval" },
	{ 39, FORM_FLAG, "TCP keepalive garbage" },
	{ 40, FORM_TEXT, "NIS domain" },
	{ 41, FORM_ADDRESSES, "NIS servers" },
	{ 42, FORM_ADDRESSES, "NTP servers" },
	{ 43, FORM_VENDOR, "vendor-specific information" },
	{ 44, FORM_ADDRESSES, "NetBIOS name servers" },
	{ 45, FORM_ADDRESSES, "NetBIOS datagram servers" },
	{ 46, FORM_NODE, "NetBIOS node type" },
	{ 47, FORM_TEXT, "NetBIOS scope" },
	{ 48, FORM_ADDRESSES, "X font servers" },
	{ 49, FORM_ADDRESSES, "X display managers" },
	{ 50, FORM_ADDRESS, "requested address" },
	{ 51, FORM_SECONDS, "lease time" },
	{ 52, FORM_OVERLOAD, "overload" },
	{ 53, FORM_TYPE, "message type" },
	{ 54, FORM_ADDRESS, "server id" },
	{ 55, FORM_CODES, "parameter request list" },
	{ 56, FORM_TEXT, "message" },
	{ 57, FORM_U16, "maximum message size" },
	{ 58, FORM_SECONDS, "renewal time" },
	{ 59, FORM_SECONDS, "rebinding time" },
	{ 60, FORM_TEXT, "vendor class id" },
	{ 61, FORM_CLIENT, "client id" },
	{ 62, FORM_TEXT, "NetWare domain" },
	{ 64, FORM_TEXT, "NIS+ domain" },
	{ 65, FORM_ADDRESSES, "NIS+ servers" },
	{ 66, FORM_TEXT, "TFTP server name" },
	{ 67, FORM_TEXT, "boot file name" },
	{ 68, FORM_ADDRESSES, "home agents" },
	{ 69, FORM_ADDRESSES, "SMTP servers" },
	{ 70, FORM_ADDRESSES, "POP3 servers" },
	{ 71, FORM_ADDRESSES, "NNTP servers" },
	{ 72, FORM_ADDRESSES, "WWW servers" },
	{ 77, FORM_DATA, "user class" },
	{ 80, FORM_NOTHING, "rapid commit" },
	{ 81, FORM_FQDN, "client FQDN" },
	{ 82, FORM_AGENT, "relay agent information" },
	{ 91, FORM_SECONDS, "time since last transaction" },
	{ 92, FORM_ADDRESSES, "associated addresses" },
	{ 93, FORM_U16S, "client system architecture" },
	{ 94, FORM_DATA, "client network interface" },
	{ 97, FORM_DATA, "client machine id" },
	{ 100, FORM_TEXT, "POSIX time zone" },
	{ 101, FORM_TEXT, "time zone name" },
	{ 108, FORM_SECONDS, "IPv6-only preferred" },
	{ 114, FORM_TEXT, "captive portal" },
	{ 116, FORM_FLAG, "auto-configure" },
	{ 117, FORM_U16S, "name service search" },
	{ 118, FORM_ADDRESS, "subnet selection" },
	{ 119, FORM_DOMAINS, "domain search" },
	{ 120, FORM_DATA, "SIP servers" },
	{ 121, FORM_ROUTES, "classless static routes" },
	{ 124, FORM_DATA, "vendor class" },
	{ 125, FORM_DATA, "vendor-identifying information" },
	{ 138, FORM_ADDRESSES, "CAPWAP controllers" },
	{ 150, FORM_ADDRESSES, "TFTP servers" },
	{ 208, FORM_DATA, "PXELINUX magic" },
	{ 209, FORM_TEXT, "PXELINUX configuration" },
	{ 210, FORM_TEXT, "PXELINUX path prefix" },
	{ 211, FORM_SECONDS, "PXELINUX reboot time" },
	{ 249, FORM_ROUTES, "classless static routes (Microsoft)" },
	{ 252, FORM_TEXT, "proxy auto-discovery" },
};

static const struct option_def *find(uint8_t code)
{
	for (size_t i = 0; i < sizeof(defs) / sizeof(defs[0]); i++)
		if (defs[i].code == code)
			return &defs[i];
	return NULL;
}

static void code_field(struct fields *f, const char *name, size_t at)
{
	const struct option_def *def = find(u8_at(f->b, at));
	const struct label label[] = {
		{ def ? def->code : 0, def ? def->name : NULL },
		{ 0, NULL },
	};

	fields_uint(f, name, at, 1, NULL, label);
}

const struct label dhcp_messages[] = {
	{ 1, "discover" },
	{ 2, "offer" },
	{ 3, "request" },
	{ 4, "decline" },
	{ 5, "ack" },
	{ 6, "nak" },
	{ 7, "release" },
	{ 8, "inform" },
	{ 9, "force renew" },
	{ 10, "lease query" },
	{ 11, "lease unassigned" },
	{ 12, "lease unknown" },
	{ 13, "lease active" },
	{ 14, "bulk lease query" },
	{ 15, "lease query done" },
	{ 16, "active lease query" },
	{ 17, "lease query status" },
	{ 18, "TLS" },
	{ 0, NULL },
};

static const struct label overloads[] = {
	{ 1, "boot file" },
	{ 2, "server name" },
	{ 3, "boot file and server name" },
	{ 0, NULL },
};

static const struct label nodes[] = {
	{ 1, "B-node" }, { 2, "P-node" }, { 4, "M-node" },
	{ 8, "H-node" }, { 0, NULL },
};

/* Elements of @size bytes, each shown by @show. */
static void each(struct fields *f, size_t at, size_t len, size_t size,
		 void (*show)(struct fields *f, size_t at))
{
	fields_list(f, "values");
	for (; len >= size; at += size, len -= size) {
		fields_group(f, "value", at, size);
		show(f, at);
		fields_end(f);
	}
	fields_end(f);
}

static void show_address(struct fields *f, size_t at)
{
	fields_data(f, "value", PKTCAP_FIELD_IPV4, at, 4);
}

static void show_pair(struct fields *f, size_t at)
{
	fields_data(f, "address", PKTCAP_FIELD_IPV4, at, 4);
	fields_data(f, "second", PKTCAP_FIELD_IPV4, at + 4, 4);
}

static void show_u16(struct fields *f, size_t at)
{
	fields_uint(f, "value", at, 2, NULL, NULL);
}

static void show_code(struct fields *f, size_t at)
{
	code_field(f, "value", at);
}

/* RFC 2132, 9.14: a hardware address, or (RFC 4361) a type 255 and a DUID. */
static void client_id(struct fields *f, size_t at, size_t len)
{
	fields_uint(f, "htype", at, 1, NULL, NULL);
	if (u8_at(f->b, at) == 1 && len == 7)
		fields_data(f, "value", PKTCAP_FIELD_MAC, at + 1, 6);
	else
		fields_data(f, "value", PKTCAP_FIELD_BYTES, at + 1, len - 1);
}

static const struct label agent_codes[] = {
	{ 1, "circuit id" },
	{ 2, "remote id" },
	{ 4, "DOCSIS class" },
	{ 5, "link selection" },
	{ 6, "subscriber id" },
	{ 7, "RADIUS attributes" },
	{ 8, "authentication" },
	{ 9, "vendor-specific" },
	{ 10, "flags" },
	{ 11, "server id override" },
	{ 12, "relay id" },
	{ 151, "virtual subnet" },
	{ 152, "virtual subnet control" },
	{ 0, NULL },
};

/* Options in an option; bytes behind a broken one are "rest". */
static void suboptions(struct fields *f, size_t at, size_t len,
		       const struct label *codes)
{
	size_t end = at + len;

	fields_list(f, "suboptions");
	while (end - at >= 2 && u8_at(f->b, at + 1) <= end - at - 2) {
		size_t n = u8_at(f->b, at + 1);

		fields_group(f, "suboption", at, n + 2);
		fields_uint(f, "code", at, 1, NULL, codes);
		fields_uint(f, "length", at + 1, 1, "bytes", NULL);
		/* RFC 3527, RFC 5107: an address of the relay agent. */
		if (codes && n == 4 && (f->b.p[at] == 5 || f->b.p[at] == 11))
			fields_data(f, "address", PKTCAP_FIELD_IPV4, at + 2, n);
		else
			fields_data(f, "data", PKTCAP_FIELD_BYTES, at + 2, n);
		fields_end(f);
		at += n + 2;
	}
	fields_end(f);
	if (at < end)
		fields_data(f, "rest", PKTCAP_FIELD_BYTES, at, end - at);
}

/* Is all of it code, length, value, up to an end or the end? */
static bool has_suboptions(struct bytes b)
{
	size_t at = 0;

	while (b.n - at >= 2 && b.p[at] && b.p[at] != 255 &&
	       b.p[at + 1] <= b.n - at - 2)
		at += b.p[at + 1] + 2u;
	return at == b.n || (at && b.n - at == 1 && b.p[at] == 255);
}

/* RFC 4702, 2: flags, two result codes, a name as text or as DNS has it. */
static void fqdn(struct fields *f, size_t at, size_t len)
{
	static const struct field_def rows[] = {
		{ "flags_reserved", 0, 4, PKTCAP_FIELD_HEX, NULL, NULL },
		{ "flag_no_update", 4, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "flag_encoded", 5, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "flag_override", 6, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "flag_server", 7, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "a_result", 8, 8, PKTCAP_FIELD_UINT, NULL, NULL },
		{ "ptr_result", 16, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	};

	fields_rows(f, rows, sizeof(rows) / sizeof(rows[0]), at);
	fields_data(f, "name",
		    u8_at(f->b, at) & 4 ? PKTCAP_FIELD_BYTES
					: PKTCAP_FIELD_TEXT,
		    at + 3, len - 3);
}

/* One route (RFC 3442): width of the prefix, its bytes, router; 0 if broken. */
static size_t route(struct fields *f, size_t at, size_t len)
{
	size_t width = u8_at(f->b, at), n = (width + 7) / 8;
	uint8_t destination[4] = { 0 };

	if (width > 32 || len < 1 + n + 4)
		return 0;
	bytes_copy(f->b, at + 1, destination, n);
	fields_group(f, "route", at, 1 + n + 4);
	fields_uint(f, "prefix_length", at, 1, "bits", NULL);
	fields_made(f, "destination", PKTCAP_FIELD_IPV4, destination, 4, at + 1,
		    n);
	fields_data(f, "router", PKTCAP_FIELD_IPV4, at + 1 + n, 4);
	fields_end(f);
	return 1 + n + 4;
}

static void routes(struct fields *f, size_t at, size_t len)
{
	size_t n;

	fields_list(f, "routes");
	for (; len && (n = route(f, at, len)); len -= n)
		at += n;
	fields_end(f);
	if (len)
		fields_data(f, "rest", PKTCAP_FIELD_BYTES, at, len);
}

/* Does the length suit the form? */
static bool fits(enum form form, struct bytes value)
{
	switch (form) {
	case FORM_DATA:
		return false;
	case FORM_NOTHING:
		return value.n == 0;
	case FORM_ADDRESS:
	case FORM_U32:
	case FORM_SECONDS:
	case FORM_OFFSET:
		return value.n == 4;
	case FORM_ADDRESSES:
		return value.n % 4 == 0;
	case FORM_PAIRS:
		return value.n % 8 == 0;
	case FORM_FLAG:
		return value.n == 1 && value.p[0] <= 1;
	case FORM_U8:
	case FORM_TYPE:
	case FORM_OVERLOAD:
	case FORM_NODE:
		return value.n == 1;
	case FORM_U16:
		return value.n == 2;
	case FORM_U16S:
		return value.n % 2 == 0;
	case FORM_CLIENT:
		return value.n >= 1;
	case FORM_FQDN:
		return value.n >= 3;
	case FORM_VENDOR:
		return value.n && has_suboptions(value);
	default:
		return true;
	}
}

static void offset_field(struct fields *f, size_t at)
{
	static const struct field_def row = { "value",		0,   32,
					      PKTCAP_FIELD_INT, "s", NULL };

	fields_rows(f, &row, 1, at);
}

static void list_fields(struct fields *f, enum form form, size_t at, size_t len)
{
	switch (form) {
	case FORM_ADDRESSES:
		each(f, at, len, 4, show_address);
		break;
	case FORM_PAIRS:
		each(f, at, len, 8, show_pair);
		break;
	case FORM_U16S:
		each(f, at, len, 2, show_u16);
		break;
	case FORM_CODES:
		each(f, at, len, 1, show_code);
		break;
	case FORM_VENDOR:
		suboptions(f, at, len, NULL);
		break;
	case FORM_AGENT:
		suboptions(f, at, len, agent_codes);
		break;
	case FORM_ROUTES:
		routes(f, at, len);
		break;
	case FORM_DOMAINS:
		dhcp_domains(f, at, len);
		break;
	default:
		break;
	}
}

static void value_fields(struct fields *f, enum form form, size_t at,
			 size_t len)
{
	switch (form) {
	case FORM_TEXT:
		fields_data(f, "value", PKTCAP_FIELD_TEXT, at, len);
		break;
	case FORM_ADDRESS:
		show_address(f, at);
		break;
	case FORM_FLAG:
	case FORM_U8:
	case FORM_U16:
	case FORM_U32:
		fields_uint(f, "value", at, len, NULL, NULL);
		break;
	case FORM_SECONDS:
		fields_uint(f, "value", at, len, "s", NULL);
		break;
	case FORM_OFFSET:
		offset_field(f, at);
		break;
	case FORM_TYPE:
		fields_uint(f, "value", at, len, NULL, dhcp_messages);
		break;
	case FORM_OVERLOAD:
		fields_uint(f, "value", at, len, NULL, overloads);
		break;
	case FORM_NODE:
		fields_uint(f, "value", at, len, NULL, nodes);
		break;
	case FORM_CLIENT:
		client_id(f, at, len);
		break;
	case FORM_FQDN:
		fqdn(f, at, len);
		break;
	default:
		list_fields(f, form, at, len);
		break;
	}
}

void dhcp_option_fields(struct fields *f, uint8_t code, size_t at, size_t len)
{
	const struct option_def *def = find(code);
	struct bytes value = bytes_slice(f->b, at, len);

	code_field(f, "code", at - 2);
	fields_uint(f, "length", at - 1, 1, "bytes", NULL);
	if (def && fits(def->form, value))
		value_fields(f, def->form, at, len);
	else if (len)
		fields_data(f, "data", PKTCAP_FIELD_BYTES, at, len);
}
