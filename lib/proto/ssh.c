// SPDX-License-Identifier: BSD-2-Clause
/*
 * SSH as far as it is in the clear (RFC 4253, 4.2, 6 and 7.1): a line
 *
 *	SSH-2.0-software comments
 *
 * and packets, until keys are there:
 *
 *	length(32)  padding length(8)  message number(8)  payload  padding
 *
 * A segment may hold a line, a packet, both, or a piece of one.
 */
#include "proto/fields.h"

enum {
	LINE_MAX_LENGTH = 255,
	PACKET_HEADER = 6,
	PACKET_MIN = 12,
	PACKET_MAX = 35000,
	PADDING_MIN = 4,
	COOKIE = 16,
	LISTS_AT = PACKET_HEADER + COOKIE,
	LISTS = 10,
	KEXINIT = 20,
};

static bool has_line(struct bytes b)
{
	return b.n >= 4 && !memcmp(b.p, "SSH-", 4);
}

/* Those that are sent before keys are in use. */
static bool is_clear_message(uint8_t number)
{
	return (number >= 1 && number <= 4) || number == KEXINIT ||
	       number == 21 || (number >= 30 && number <= 34);
}

static bool has_packet(struct bytes b)
{
	uint32_t length = u32_at(b, 0);
	uint8_t padding = u8_at(b, 4);

	return b.n >= PACKET_HEADER && length >= PACKET_MIN &&
	       length <= PACKET_MAX && (length + 4) % 8 == 0 &&
	       padding >= PADDING_MIN && padding < length &&
	       is_clear_message(u8_at(b, 5));
}

/* "SSH-2.0-x" or "SSH-1.5-x": the version has a dot and digits. */
static bool is_version(struct bytes b)
{
	size_t dash = 4;

	while (dash < b.n && dash < 9 &&
	       (b.p[dash] == '.' || (b.p[dash] >= '0' && b.p[dash] <= '9')))
		dash++;
	return dash == b.n || (dash > 4 && b.p[dash] == '-');
}

static bool check(struct bytes b)
{
	return (has_line(b) && is_version(b)) || has_packet(b);
}

/*
 * On any port. Of packets only the first: Thrift has a length in front, too,
 * and then 80 01, which would be 128 bytes of padding and a disconnect.
 */
static bool guess(struct bytes b)
{
	return check(b) && (has_line(b) || u8_at(b, 5) == KEXINIT);
}

static enum pktcap_status decode(struct step *step)
{
	return step_whole(step, 4);
}

/* Bytes of the line without its end; *@all with it. */
static size_t line_length(struct bytes b, size_t *all)
{
	const uint8_t *end;

	*all = 0;
	if (!has_line(b))
		return 0;
	end = memchr(b.p, '\n', b.n < LINE_MAX_LENGTH ? b.n : LINE_MAX_LENGTH);
	*all = end ? (size_t)(end - b.p) + 1 : b.n;
	if (!end)
		return b.n;
	return end > b.p && end[-1] == '\r' ? *all - 2 : *all - 1;
}

struct line_parts {
	struct bytes protocol, software, comments;
};

static struct line_parts split_line(struct bytes line)
{
	struct line_parts parts = { .protocol =
					    bytes_slice(line, 4, SIZE_MAX) };
	struct bytes rest = parts.protocol;
	const uint8_t *at = rest.n ? memchr(rest.p, '-', rest.n) : NULL;

	if (!at)
		return parts;
	parts.protocol.n = (size_t)(at - rest.p);
	rest = bytes_slice(rest, parts.protocol.n + 1, SIZE_MAX);
	parts.software = rest;
	at = rest.n ? memchr(rest.p, ' ', rest.n) : NULL;
	if (!at)
		return parts;
	parts.software.n = (size_t)(at - rest.p);
	parts.comments = bytes_slice(rest, parts.software.n + 1, SIZE_MAX);
	return parts;
}

static const struct label numbers[] = {
	{ 1, "disconnect" },
	{ 2, "ignore" },
	{ 3, "unimplemented" },
	{ 4, "debug" },
	{ KEXINIT, "key exchange init" },
	{ 21, "new keys" },
	{ 30, "key exchange 30" },
	{ 31, "key exchange 31" },
	{ 32, "key exchange 32" },
	{ 33, "key exchange 33" },
	{ 34, "key exchange 34" },
	{ 0, NULL },
};

static const char *const list_names[LISTS] = {
	"kex_algorithms",
	"server_host_key_algorithms",
	"encryption_client_to_server",
	"encryption_server_to_client",
	"mac_client_to_server",
	"mac_server_to_client",
	"compression_client_to_server",
	"compression_server_to_client",
	"languages_client_to_server",
	"languages_server_to_client",
};

/* The packet at @at is a key exchange init: its lists, then two fields. */
static void kexinit_fields(struct fields *f, size_t at, size_t end)
{
	uint32_t len;

	fields_data(f, "cookie", PKTCAP_FIELD_BYTES, at + PACKET_HEADER,
		    COOKIE);
	at += LISTS_AT;
	for (size_t i = 0; i < LISTS; i++) {
		if (at + 4 > end || !bytes_be32(f->b, at, &len) ||
		    len > end - at - 4)
			return;
		fields_data(f, list_names[i], PKTCAP_FIELD_TEXT, at + 4, len);
		at += 4 + len;
	}
	if (at + 5 > end)
		return;
	fields_uint(f, "first_kex_packet_follows", at, 1, NULL, NULL);
	fields_hex(f, "reserved", at + 1, 4, NULL);
}

static void packet_fields(struct fields *f, size_t at, size_t len)
{
	static const struct field_def rows[] = {
		{ "packet_length", 0, 32, PKTCAP_FIELD_UINT, "bytes", NULL },
		{ "padding_length", 32, 8, PKTCAP_FIELD_UINT, "bytes", NULL },
		{ "message", 40, 8, PKTCAP_FIELD_UINT, NULL, numbers },
	};
	size_t padding = u8_at(f->b, at + 4), end = at + len - padding;

	fields_group(f, "packet", at, len);
	fields_rows(f, rows, sizeof(rows) / sizeof(rows[0]), at);
	if (u8_at(f->b, at + 5) == KEXINIT)
		kexinit_fields(f, at, end);
	else if (end > at + PACKET_HEADER)
		fields_data(f, "payload", PKTCAP_FIELD_BYTES,
			    at + PACKET_HEADER, end - at - PACKET_HEADER);
	fields_end(f);
}

static void packets(struct fields *f, size_t at)
{
	fields_list(f, "packets");
	while (has_packet(bytes_slice(f->b, at, SIZE_MAX))) {
		size_t len = u32_at(f->b, at) + 4u;

		packet_fields(f, at, len);
		if (len >= f->b.n - at) {
			at = f->b.n;
			break;
		}
		at += len;
	}
	fields_end(f);
	if (at < f->b.n)
		fields_data(f, "rest", PKTCAP_FIELD_BYTES, at, f->b.n - at);
}

static void line_part(struct fields *f, const char *name, struct bytes part)
{
	if (part.p)
		fields_data(f, name, PKTCAP_FIELD_TEXT,
			    (size_t)(part.p - f->b.p), part.n);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	size_t all, len = line_length(f->b, &all);
	struct line_parts parts = split_line(bytes_slice(f->b, 0, len));

	(void)layer;
	if (len) {
		line_part(f, "protocol", parts.protocol);
		line_part(f, "software", parts.software);
		line_part(f, "comments", parts.comments);
	}
	if (all < f->b.n)
		packets(f, all);
}

int pktcap_ssh_get(const struct pktcap_layer *layer, struct pktcap_ssh *out)
{
	struct bytes b = layer_bytes(layer), rest;
	int err = layer_expect(layer, PKTCAP_PROTO_SSH, 4);
	struct line_parts parts;
	size_t all, len;

	if (err)
		return err;
	len = line_length(b, &all);
	parts = split_line(bytes_slice(b, 0, len));
	rest = bytes_slice(b, all, SIZE_MAX);
	*out = (struct pktcap_ssh){
		.protocol_len = (uint32_t)parts.protocol.n,
		.software_len = (uint32_t)parts.software.n,
		.comments_len = (uint32_t)parts.comments.n,
		.packet_offset = (uint32_t)all,
		.protocol = (const char *)parts.protocol.p,
		.software = (const char *)parts.software.p,
		.comments = (const char *)parts.comments.p,
	};
	if (!has_packet(rest))
		return 0;
	out->packet_length = u32_at(rest, 0);
	out->padding_length = u8_at(rest, 4);
	out->message = u8_at(rest, 5);
	return 0;
}

int pktcap_ssh_list_next(const struct pktcap_layer *layer, uint32_t *offset,
			 struct pktcap_ssh_list *list)
{
	int err = layer_expect(layer, PKTCAP_PROTO_SSH, 4);
	struct bytes b = layer_bytes(layer);
	uint32_t index = *offset >> 28, at = *offset & 0xfffffff, len;
	size_t all, packet, end;

	if (err)
		return err;
	line_length(b, &all);
	packet = all;
	if (index >= LISTS || !has_packet(bytes_slice(b, packet, SIZE_MAX)) ||
	    u8_at(b, packet + 5) != KEXINIT)
		return 0;
	if (!at)
		at = (uint32_t)packet + LISTS_AT;
	end = packet + 4 + u32_at(b, packet) - u8_at(b, packet + 4);
	if (at + 4 > end)
		return -EPROTO;
	if (!bytes_be32(b, at, &len))
		return -ENODATA;
	if (len > end - at - 4)
		return -EPROTO;
	if (!bytes_has(b, at + 4, len))
		return -ENODATA;
	*list = (struct pktcap_ssh_list){
		.text = (const char *)b.p + at + 4,
		.len = len,
		.index = index,
	};
	*offset = (index + 1) << 28 | (at + 4 + len);
	return 1;
}

const struct proto proto_ssh = {
	.name = "ssh",
	.title = "Secure Shell",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	.guess = guess,
	.fields = fields,
};
