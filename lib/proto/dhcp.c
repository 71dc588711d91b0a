// SPDX-License-Identifier: BSD-2-Clause
/*
 * BOOTP (RFC 951, 3) and DHCP for IPv4 (RFC 2131, 2), a row is 32 bits:
 *
 *	op(8)  htype(8)  hlen(8)  hops(8)
 *	transaction id
 *	seconds(16)  flags(16)
 *	client's address
 *	your address
 *	server's address
 *	relay agent's address
 *	client's hardware address (16 bytes)
 *	server name (64 bytes), may hold options
 *	boot file (128 bytes), may hold options
 *	magic cookie, then options: code(8) length(8) value
 */
#include "proto/dhcp.h"
#include "proto/dns.h"
#include "proto/write.h"

enum {
	CHADDR_AT = 28,
	SNAME_AT = 44,
	FILE_AT = 108,
	FILE_END = 236,
	HEADER = 236,
	COOKIE_AT = 236,
	OPTIONS_AT = 240,
};

#define COOKIE PKTCAP_DHCP_COOKIE
#define ITERATION_ENDED UINT32_MAX

enum { OPTION_PAD = 0, OPTION_OVERLOAD = 52, OPTION_END = 255 };

/* 255 bytes of name, of which each may become "\\ddd". */
enum { NAME_TEXT = 255 * 4 + 1 };

enum { HTYPE_ETHERNET = 1, HLEN_MAX = 16 };

static bool has_cookie(struct bytes b)
{
	return u32_at(b, COOKIE_AT) == COOKIE;
}

/* The captured part alone has to be plausible: it may end anywhere. */
static bool check(struct bytes b)
{
	uint8_t op = u8_at(b, 0), htype = u8_at(b, 1), hlen = u8_at(b, 2);

	if ((op != 1 && op != 2) || !htype || !hlen || hlen > HLEN_MAX)
		return false;
	/* BOOTP without a cookie has a vendor's bytes or zeros there. */
	return b.n < OPTIONS_AT || has_cookie(b) || u32_at(b, COOKIE_AT) == 0;
}

static enum pktcap_status decode(struct step *step)
{
	return step_whole(step, HEADER);
}

static const struct label ops[] = {
	{ 1, "request" },
	{ 2, "reply" },
	{ 0, NULL },
};

static const struct label htypes[] = {
	{ 1, "Ethernet" },     { 6, "IEEE 802" },   { 7, "ARCNET" },
	{ 15, "Frame Relay" }, { 16, "ATM" },	    { 18, "Fibre Channel" },
	{ 20, "serial" },      { 24, "IEEE 1394" }, { 32, "InfiniBand" },
	{ 0, NULL },
};

static const struct label cookies[] = { { COOKIE, "DHCP" }, { 0, NULL } };

static const struct field_def rows[] = {
	{ "op", 0, 8, PKTCAP_FIELD_UINT, NULL, ops },
	{ "htype", 8, 8, PKTCAP_FIELD_UINT, NULL, htypes },
	{ "hlen", 16, 8, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "hops", 24, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "xid", 32, 32, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "secs", 64, 16, PKTCAP_FIELD_UINT, "s", NULL },
	{ "flag_broadcast", 80, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flags_reserved", 81, 15, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "ciaddr", 96, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "yiaddr", 128, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "siaddr", 160, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
	{ "giaddr", 192, 32, PKTCAP_FIELD_IPV4, NULL, NULL },
};

static void chaddr_fields(struct fields *f)
{
	size_t hlen = u8_at(f->b, 2);

	if (hlen > HLEN_MAX)
		hlen = HLEN_MAX;
	if (u8_at(f->b, 1) == HTYPE_ETHERNET && hlen == 6)
		fields_data(f, "chaddr", PKTCAP_FIELD_MAC, CHADDR_AT, hlen);
	else
		fields_data(f, "chaddr", PKTCAP_FIELD_BYTES, CHADDR_AT, hlen);
	if (hlen < HLEN_MAX)
		fields_data(f, "chaddr_padding", PKTCAP_FIELD_BYTES,
			    CHADDR_AT + hlen, HLEN_MAX - hlen);
}

/* Text up to the first zero byte of a field of @len bytes. */
static void terminated(struct fields *f, const char *name, size_t at,
		       size_t len)
{
	struct bytes b = bytes_slice(f->b, at, len);
	size_t n = b.n ? strnlen((const char *)b.p, b.n) : 0;

	if (b.n)
		fields_data(f, name, PKTCAP_FIELD_TEXT, at, n);
}

/* Where the region of options that @at is in ends. */
static size_t region_end(struct bytes b, size_t at)
{
	if (at >= OPTIONS_AT)
		return b.n;
	return at >= FILE_AT ? FILE_END : FILE_AT;
}

/*
 * The option at or behind *@at, up to the end of its region: 1 and *@at behind
 * it, 0 at the end, -EPROTO where it goes beyond. The end of what was captured
 * is for the caller to judge.
 */
static int next_in_region(struct bytes b, size_t *at,
			  struct pktcap_dhcp_option *option)
{
	size_t end = region_end(b, *at);
	uint8_t code, len;

	while (*at < end && b.p[*at] == OPTION_PAD)
		++*at;
	if (*at >= end || b.p[*at] == OPTION_END)
		return 0;
	code = b.p[*at];
	if (end - *at < 2 || end - *at - 2 < b.p[*at + 1])
		return -EPROTO;
	len = b.p[*at + 1];
	*option = (struct pktcap_dhcp_option){
		.data = b.p + *at + 2,
		.offset = (uint32_t)*at,
		.code = code,
		.len = len,
	};
	*at += 2u + len;
	return 1;
}

/* Which fields hold options, too: bit 0 the boot file, bit 1 the name. */
static unsigned int overload(struct bytes b)
{
	struct pktcap_dhcp_option option;
	size_t at = OPTIONS_AT;

	while (has_cookie(b) && next_in_region(b, &at, &option) > 0)
		if (option.code == OPTION_OVERLOAD && option.len == 1)
			return option.data[0];
	return 0;
}

/* Behind the region of @at (RFC 2131, 4.1): boot file, then server name. */
static size_t next_region(struct bytes b, size_t at)
{
	unsigned int more = overload(b);

	if (at >= OPTIONS_AT && more & 1)
		return FILE_AT;
	if (at >= FILE_AT && more & 2)
		return SNAME_AT;
	return 0;
}

int pktcap_dhcp_option_next(const struct pktcap_layer *layer, uint32_t *offset,
			    struct pktcap_dhcp_option *option)
{
	struct bytes b = layer_bytes(layer);
	size_t at = *offset ? *offset : OPTIONS_AT;
	int err = layer_expect(layer, PKTCAP_PROTO_DHCP, HEADER);

	if (err)
		return err;
	if (b.n < OPTIONS_AT && b.n < layer->wirelen)
		return -ENODATA;
	if (!has_cookie(b) || *offset == ITERATION_ENDED)
		return 0;
	for (;;) {
		size_t from = at;
		int more = next_in_region(b, &at, option);

		if (more > 0) {
			/* The end of the name is where the file begins. */
			*offset = from < FILE_AT && at == FILE_AT
					  ? ITERATION_ENDED
					  : (uint32_t)at;
			return 1;
		}
		if ((more < 0 || at >= b.n) && from >= OPTIONS_AT &&
		    layer->caplen < layer->wirelen)
			return -ENODATA;
		if (more < 0)
			return more;
		at = next_region(b, from);
		if (!at) {
			*offset = ITERATION_ENDED;
			return 0;
		}
	}
}

void dhcp_domains(struct fields *f, size_t at, size_t len)
{
	struct dns_message m = { .b = bytes_slice(f->b, at, len),
				 .whole = len,
				 .base = at };
	char buf[NAME_TEXT];
	size_t from = 0, end;

	fields_list(f, "values");
	while (from < len) {
		struct text t = text_over(buf, sizeof(buf));

		if (dns_name(&m, from, &t, &end) || t.len >= sizeof(buf))
			break;
		fields_group(f, "value", at + from, end - from);
		fields_text(f, "value", buf, t.len, at + from, end - from);
		fields_end(f);
		from = end;
	}
	fields_end(f);
	if (from < len)
		fields_data(f, "rest", PKTCAP_FIELD_BYTES, at + from,
			    len - from);
}

static void options_fields(struct fields *f, const struct pktcap_layer *layer)
{
	struct pktcap_dhcp_option option;
	uint32_t offset = 0;

	fields_list(f, "options");
	while (pktcap_dhcp_option_next(layer, &offset, &option) > 0) {
		fields_group(f, "option", option.offset, option.len + 2u);
		dhcp_option_fields(f, option.code, option.offset + 2,
				   option.len);
		fields_end(f);
	}
	fields_end(f);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	unsigned int used = overload(f->b);

	chaddr_fields(f);
	if (!(used & 2))
		terminated(f, "sname", SNAME_AT, FILE_AT - SNAME_AT);
	if (!(used & 1))
		terminated(f, "file", FILE_AT, FILE_END - FILE_AT);
	if (has_cookie(f->b)) {
		fields_hex(f, "cookie", COOKIE_AT, 4, cookies);
		options_fields(f, layer);
	} else if (f->b.n > COOKIE_AT) {
		fields_data(f, "vendor", PKTCAP_FIELD_BYTES, COOKIE_AT,
			    f->b.n - COOKIE_AT);
	}
}

/* A message may end inside of it: then its upper bits. */
static void get_cookie(struct bytes b, struct pktcap_dhcp *out)
{
	struct bytes cookie = bytes_slice(b, COOKIE_AT, 4);

	out->cookie = 0;
	for (size_t i = 0; i < cookie.n; i++)
		out->cookie |= (uint32_t)cookie.p[i] << (24 - 8 * i);
	out->cookie_len = cookie.n & 3;
}

int pktcap_dhcp_get(const struct pktcap_layer *layer, struct pktcap_dhcp *out)
{
	struct bytes b = layer_bytes(layer), options;
	int err = layer_expect(layer, PKTCAP_PROTO_DHCP, HEADER);

	if (err)
		return err;
	options = bytes_slice(b, OPTIONS_AT, SIZE_MAX);
	*out = (struct pktcap_dhcp){
		.op = u8_at(b, 0),
		.htype = u8_at(b, 1),
		.hlen = u8_at(b, 2),
		.hops = u8_at(b, 3),
		.xid = u32_at(b, 4),
		.secs = u16_at(b, 8),
		.flags = u16_at(b, 10),
		.options_len = (uint32_t)options.n,
		.sname = b.p + SNAME_AT,
		.file = b.p + FILE_AT,
		.options = options.p,
	};
	get_cookie(b, out);
	bytes_copy(b, 12, out->ciaddr, 4);
	bytes_copy(b, 16, out->yiaddr, 4);
	bytes_copy(b, 20, out->siaddr, 4);
	bytes_copy(b, 24, out->giaddr, 4);
	bytes_copy(b, CHADDR_AT, out->chaddr, sizeof(out->chaddr));
	return 0;
}

const struct proto proto_dhcp = {
	.name = "dhcp",
	.title = "Dynamic Host Configuration Protocol",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	FIELD_DEFS(rows),
	.fields = fields,
};

int pktcap_dhcp_options_put(void *buf, size_t size,
			    const struct pktcap_dhcp_option *options, size_t n)
{
	struct write w = write_into(buf, size);
	uint8_t *p;

	for (size_t i = 0; i < n && !w.err; i++) {
		p = write_space(&w, 2);
		write_least(&w, "code", options[i].code, OPTION_PAD + 1);
		write_limit(&w, "code", options[i].code, OPTION_END - 1);
		if (!p)
			break;
		p[0] = options[i].code;
		p[1] = options[i].len;
		write_bytes(&w, options[i].data, options[i].len);
	}
	p = write_space(&w, 1);
	if (p)
		*p = OPTION_END;
	return write_result(&w, buf);
}

static void write_fixed(uint8_t *p, const struct pktcap_dhcp *dhcp)
{
	p[0] = dhcp->op;
	p[1] = dhcp->htype;
	p[2] = dhcp->hlen;
	p[3] = dhcp->hops;
	put_be32(p + 4, dhcp->xid);
	put_be16(p + 8, dhcp->secs);
	put_be16(p + 10, dhcp->flags);
	memcpy(p + 12, dhcp->ciaddr, 4);
	memcpy(p + 16, dhcp->yiaddr, 4);
	memcpy(p + 20, dhcp->siaddr, 4);
	memcpy(p + 24, dhcp->giaddr, 4);
	memcpy(p + CHADDR_AT, dhcp->chaddr, sizeof(dhcp->chaddr));
	if (dhcp->sname)
		memcpy(p + SNAME_AT, dhcp->sname, FILE_AT - SNAME_AT);
	if (dhcp->file)
		memcpy(p + FILE_AT, dhcp->file, FILE_END - FILE_AT);
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_dhcp *dhcp = header;
	bool has_options = dhcp->cookie || dhcp->options_len;
	size_t cookie_len = has_options ? 4 : 0, len;
	uint8_t *p = write_space(w, HEADER), cookie[4];

	write_limit(w, "cookie_len", dhcp->cookie_len, 3);
	if (!p || w->err)
		return;
	if (dhcp->cookie_len)
		cookie_len = dhcp->cookie_len;
	put_be32(cookie, dhcp->cookie);
	write_fixed(p, dhcp);
	write_bytes(w, cookie, cookie_len);
	write_bytes(w, dhcp->options, dhcp->options_len);
	len = HEADER + cookie_len + dhcp->options_len;
	if (len < dhcp->min_len)
		write_space(w, dhcp->min_len - len);
}

const struct writer writer_dhcp = { .write = write };
