// SPDX-License-Identifier: BSD-2-Clause
/*
 * GTP-U (3GPP TS 29.281, 5.1):
 *
 *	version(3) PT spare E S PN  type(8)  length(16)
 *	TEID(32)
 *	E, S or PN: sequence number(16)  N-PDU number(8)  next extension(8)
 *	extensions: length in words(8), data, next extension(8)
 */
#include "proto/fields.h"
#include "proto/write.h"

enum {
	HEADER = 8,
	OPTIONAL = 4,
	NEXT_EXTENSION_AT = 11,
	OPTIONAL_FLAGS = 7,
	VERSION_1 = 0x30, /* and the protocol type of GTP */
	EXTENSION_FLAG = 4,
	SEQ_FLAG = 2,
	NPDU_FLAG = 1,
	SIGNAL_MAX = 512,
	G_PDU = 255
};

static size_t extensions_at(struct bytes b)
{
	return HEADER + (u8_at(b, 0) & OPTIONAL_FLAGS ? OPTIONAL : 0);
}

/* The type of the extension at @at is told by the byte in front of it. */
static int extension_len(struct bytes b, size_t at)
{
	uint8_t words;

	if (!(u8_at(b, 0) & EXTENSION_FLAG) || !u8_at(b, at - 1))
		return 0;
	if (!bytes_u8(b, at, &words))
		return -ENODATA;
	if (!words)
		return -EPROTO;
	return bytes_has(b, at, words * 4u) ? words * 4 : -ENODATA;
}

/* Where the header ends; negative if it does not. */
static int header_len(struct bytes b)
{
	size_t at = extensions_at(b);
	int len;

	if (!bytes_has(b, 0, at))
		return -ENODATA;
	while ((len = extension_len(b, at)) > 0)
		at += (size_t)len;
	return len ? len : (int)at;
}

static enum pktcap_status decode(struct step *step)
{
	uint8_t flags = u8_at(step->b, 0);
	size_t end = HEADER + (size_t)u16_at(step->b, 2);
	int len = header_len(step->b);

	if (!bytes_has(step->b, 0, extensions_at(step->b)))
		return step_short(step, extensions_at(step->b));
	if (flags >> 4 != 3 || len == -EPROTO || (len > 0 && (size_t)len > end))
		return PKTCAP_STATUS_MALFORMED;
	if (len < 0)
		return step_short(step, step->b.n + 1);
	step->payload_len = end - (size_t)len;
	if (u8_at(step->b, 1) != G_PDU)
		return step_next(step, (size_t)len, NEXT_NOTHING, 0);
	return step_next(step, (size_t)len, NEXT_LINK, PKTCAP_LINKTYPE_RAW);
}

static const struct label types[] = {
	{ 1, "echo request" },	    { 2, "echo response" },
	{ 26, "error indication" }, { 31, "supported extension headers" },
	{ 253, "tunnel status" },   { 254, "end marker" },
	{ G_PDU, "G-PDU" },	    { 0, NULL },
};

/* What a session has inside, as far as it can be seen. */
static bool has_ip(struct bytes b)
{
	int at = header_len(b);
	uint8_t first;

	return at < 0 || !bytes_u8(b, (size_t)at, &first) || first >> 4 == 4 ||
	       first >> 4 == 6;
}

/*
 * The length leaves nothing over. It may be more than was captured, where a
 * packet was: other messages are short.
 */
static bool check(struct bytes b)
{
	size_t end = HEADER + (size_t)u16_at(b, 2);
	uint8_t type = u8_at(b, 1);

	if (b.n < HEADER || u8_at(b, 0) >> 4 != 3 || !label_of(types, type))
		return false;
	if (end <= b.n)
		return end == b.n;
	return type == G_PDU ? has_ip(b) : end <= SIGNAL_MAX;
}

static const struct label extension_types[] = {
	{ 0x20, "service class indicator" },
	{ 0x40, "UDP port" },
	{ 0x81, "RAN container" },
	{ 0x82, "long PDCP PDU number" },
	{ 0x83, "XW RAN container" },
	{ 0x84, "NR RAN container" },
	{ 0x85, "PDU session container" },
	{ 0xc0, "PDCP PDU number" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "version", 0, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "protocol_type", 3, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "spare", 4, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "has_extension", 5, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "has_seq", 6, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "has_npdu", 7, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "type", 8, 8, PKTCAP_FIELD_UINT, NULL, types },
	{ "length", 16, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "teid", 32, 32, PKTCAP_FIELD_HEX, NULL, NULL },
};

int pktcap_gtpu_extension_next(const struct pktcap_layer *layer,
			       uint32_t *offset, struct pktcap_tlv *extension)
{
	struct bytes b = layer_bytes(layer);
	size_t at = *offset ? *offset : extensions_at(b);
	int err = layer_expect(layer, PKTCAP_PROTO_GTPU, HEADER), len;

	if (err)
		return err;
	if (b.n < at)
		return -ENODATA;
	len = extension_len(b, at);
	if (len <= 0)
		return len;
	*extension = (struct pktcap_tlv){
		.data = b.p + at + 1,
		.offset = (uint32_t)at,
		.type = u8_at(b, at - 1),
		.len = (uint32_t)len - 2,
	};
	*offset = (uint32_t)(at + (size_t)len);
	return 1;
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	struct pktcap_tlv extension;
	uint32_t offset = 0;

	if (!(u8_at(f->b, 0) & OPTIONAL_FLAGS))
		return;
	fields_uint(f, "seq", HEADER, 2, NULL, NULL);
	fields_uint(f, "npdu", HEADER + 2, 1, NULL, NULL);
	fields_hex(f, "next_extension", NEXT_EXTENSION_AT, 1, extension_types);
	if (!(u8_at(f->b, 0) & EXTENSION_FLAG))
		return;
	fields_list(f, "extensions");
	while (pktcap_gtpu_extension_next(layer, &offset, &extension) == 1) {
		size_t at = extension.offset;

		fields_group(f, "extension", at, extension.len + 2);
		fields_uint(f, "length", at, 1, "words", NULL);
		fields_data(f, "value", PKTCAP_FIELD_BYTES, at + 1,
			    extension.len);
		fields_hex(f, "next_extension", at + 1 + extension.len, 1,
			   extension_types);
		fields_end(f);
	}
	fields_end(f);
}

int pktcap_gtpu_get(const struct pktcap_layer *layer, struct pktcap_gtpu *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_GTPU, HEADER);
	bool optional = u8_at(b, 0) & OPTIONAL_FLAGS;
	int len = header_len(b);
	struct bytes extensions;

	if (err)
		return err;
	if (len < 0)
		return -ENODATA;
	extensions = bytes_slice(b, extensions_at(b),
				 (size_t)len - extensions_at(b));
	*out = (struct pktcap_gtpu){
		.teid = u32_at(b, 4),
		.header_len = (uint32_t)len,
		.length = u16_at(b, 2),
		.seq = optional ? u16_at(b, HEADER) : 0,
		.flags = u8_at(b, 0),
		.type = u8_at(b, 1),
		.npdu = optional ? u8_at(b, HEADER + 2) : 0,
		.next_extension = optional ? u8_at(b, NEXT_EXTENSION_AT) : 0,
		.extensions_len = (uint32_t)extensions.n,
		.extensions = extensions.n ? extensions.p : NULL,
	};
	return 0;
}

const struct proto proto_gtpu = {
	.name = "gtpu",
	.title = "GPRS Tunnelling Protocol, user plane",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	FIELD_DEFS(rows),
	.fields = fields,
};

/* What has a value is there; where one of the three is, there is room for all.
 */
static uint8_t flags_of(const struct write *w, const struct pktcap_gtpu *gtpu)
{
	uint8_t flags = write_usual(w, gtpu->flags, VERSION_1);

	if (gtpu->extensions_len)
		flags |= EXTENSION_FLAG;
	if (flags & OPTIONAL_FLAGS)
		return flags;
	if (gtpu->next_extension)
		flags |= EXTENSION_FLAG;
	if (gtpu->seq)
		flags |= SEQ_FLAG;
	if (gtpu->npdu)
		flags |= NPDU_FLAG;
	return flags;
}

static void write(struct write *w, const void *header)
{
	const struct pktcap_gtpu *gtpu = header;
	uint8_t flags = flags_of(w, gtpu);
	bool optional = flags & OPTIONAL_FLAGS;
	uint8_t *p = write_space(w, optional ? HEADER + OPTIONAL : HEADER);

	write_multiple(w, "extensions_len", gtpu->extensions_len, 4);
	write_bytes(w, gtpu->extensions, gtpu->extensions_len);
	if (!p)
		return;
	p[0] = flags;
	p[1] = write_usual(w, gtpu->type, G_PDU);
	put_be16(p + 2, gtpu->length);
	put_be32(p + 4, gtpu->teid);
	if (!optional)
		return;
	put_be16(p + HEADER, gtpu->seq);
	p[HEADER + 2] = gtpu->npdu;
	p[NEXT_EXTENSION_AT] = gtpu->next_extension;
}

static void finish(struct finish *f)
{
	finish_length(f, "length", 2, f->header_len - HEADER + f->payload_len);
}

static bool carries(uint16_t proto)
{
	return proto == PKTCAP_PROTO_IPV4 || proto == PKTCAP_PROTO_IPV6;
}

const struct writer writer_gtpu = {
	.write = write,
	.finish = finish,
	.next = NEXT_NOTHING,
	.carries = carries,
};

/* Length in words, data, and the type of the extension behind. */
static void put_extension(struct write *w, const struct pktcap_tlv *extension,
			  uint32_t next)
{
	uint64_t words = ((uint64_t)extension->len + 2 + 3) / 4;
	uint8_t *p;

	write_bits(w, "type", extension->type, 8);
	write_bits(w, "len", words, 8);
	if (w->err)
		return;
	p = write_space(w, words * 4);
	if (!p)
		return;
	p[0] = (uint8_t)words;
	if (extension->len)
		memcpy(p + 1, extension->data, extension->len);
	p[words * 4 - 1] = (uint8_t)next;
}

int pktcap_gtpu_extensions_put(void *buf, size_t size,
			       const struct pktcap_tlv *list, size_t n)
{
	struct write w = write_into(buf, size);

	for (size_t i = 0; i < n && !w.err; i++)
		put_extension(&w, &list[i], i + 1 < n ? list[i + 1].type : 0);
	return write_result(&w, buf);
}
