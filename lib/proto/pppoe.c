// SPDX-License-Identifier: BSD-2-Clause
/*
 * PPP over Ethernet (RFC 2516, section 4):
 *
 *	version (4 bits)  type (4)  code (1)  session (2)  length (2)
 *
 * then PPP, or, while a session is discovered, tags: type (2), length (2).
 */
#include "proto/tlv.h"
#include "proto/write.h"

enum {
	HEADER = 6,
	LENGTH_AT = 4,
	VERSION_TYPE = 0x11,
	CODE_SESSION = 0,
	ETHERTYPE_DISCOVERY = 0x8863,
	ETHERTYPE_SESSION = 0x8864,
};

static enum pktcap_status decode(struct step *step)
{
	uint8_t version, code;
	size_t length;

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	version = u8_at(step->b, 0);
	code = u8_at(step->b, 1);
	length = u16_at(step->b, LENGTH_AT);
	if (version != VERSION_TYPE)
		return PKTCAP_STATUS_MALFORMED;
	if (step->number == ETHERTYPE_DISCOVERY) {
		if (!bytes_has(step->b, 0, HEADER + length))
			return step_short(step, HEADER + length);
		step->payload_len = 0;
		return step_next(step, HEADER + length, NEXT_NOTHING, 0);
	}
	step->payload_len = length;
	if (code != CODE_SESSION)
		return step_next(step, HEADER, NEXT_UNKNOWN, code);
	return step_next(step, HEADER, NEXT_PROTO, PKTCAP_PROTO_PPP);
}

static const struct label codes[] = {
	{ CODE_SESSION, "session" },
	{ 0x07, "PADO" },
	{ 0x09, "PADI" },
	{ 0x0a, "PADG" },
	{ 0x0b, "PADC" },
	{ 0x0c, "PADQ" },
	{ 0x19, "PADR" },
	{ 0x65, "PADS" },
	{ 0xa7, "PADT" },
	{ 0xd3, "PADM" },
	{ 0xd4, "PADN" },
	{ 0, NULL },
};

static const struct field_def rows[] = {
	{ "version", 0, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "type", 4, 4, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "code", 8, 8, PKTCAP_FIELD_HEX, NULL, codes },
	{ "session", 16, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "length", 32, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
};

static const struct tlv_kind tags[] = {
	{ 0x0000, "end of list", 0, NULL },
	{ 0x0101, "service name", PKTCAP_FIELD_TEXT, NULL },
	{ 0x0102, "access concentrator", PKTCAP_FIELD_TEXT, NULL },
	{ 0x0103, "host unique", 0, NULL },
	{ 0x0104, "cookie", 0, NULL },
	{ 0x0105, "vendor specific", 0, NULL },
	{ 0x0106, "credits", PKTCAP_FIELD_HEX, NULL },
	{ 0x0107, "metrics", 0, NULL },
	{ 0x0108, "sequence number", PKTCAP_FIELD_UINT, NULL },
	{ 0x0109, "credit scale", PKTCAP_FIELD_UINT, NULL },
	{ 0x0110, "relay session id", 0, NULL },
	{ 0x0111, "home URL", PKTCAP_FIELD_TEXT, NULL },
	{ 0x0112, "message of the minute", PKTCAP_FIELD_TEXT, NULL },
	{ 0x0120, "maximum payload", PKTCAP_FIELD_UINT, "bytes" },
	{ 0x0121, "IP route", 0, NULL },
	{ 0x0201, "service name error", PKTCAP_FIELD_TEXT, NULL },
	{ 0x0202, "access concentrator error", PKTCAP_FIELD_TEXT, NULL },
	{ 0x0203, "generic error", PKTCAP_FIELD_TEXT, NULL },
	{ 0, NULL, 0, NULL },
};

static size_t tags_end(const struct pktcap_layer *layer)
{
	if (layer->number != ETHERTYPE_DISCOVERY)
		return 0;
	return HEADER + (size_t)u16_at(layer_bytes(layer), LENGTH_AT);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	static const struct tlv_list list = {
		.name = "tags",
		.element = "tag",
		.form = TLV_16_16,
		.kinds = tags,
	};

	tlv_fields(f, &list, HEADER, tags_end(layer));
}

int pktcap_pppoe_get(const struct pktcap_layer *layer, struct pktcap_pppoe *out)
{
	struct bytes b = layer_bytes(layer);
	struct bytes behind = header_behind(layer, HEADER);
	int err = layer_expect(layer, PKTCAP_PROTO_PPPOE, HEADER);

	if (err)
		return err;
	*out = (struct pktcap_pppoe){
		.session = u16_at(b, 2),
		.length = u16_at(b, LENGTH_AT),
		.version = u8_at(b, 0) >> 4,
		.type = u8_at(b, 0) & 15,
		.code = u8_at(b, 1),
		.tags_len = (uint32_t)behind.n,
		.tags = behind.p,
	};
	return 0;
}

int pktcap_pppoe_tag_next(const struct pktcap_layer *layer, uint32_t *offset,
			  struct pktcap_tlv *tag)
{
	if (layer->proto != PKTCAP_PROTO_PPPOE)
		return -EPROTOTYPE;
	return tlv_tell(layer, HEADER, tags_end(layer), TLV_16_16, offset, tag);
}

const struct proto proto_pppoe = {
	.name = "pppoe",
	.title = "PPP over Ethernet",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_pppoe *pppoe = header;
	uint8_t version = write_usual(w, pppoe->version, 1);
	uint8_t type = write_usual(w, pppoe->type, 1);
	uint8_t *p = write_space(w, HEADER);

	write_bits(w, "version", version, 4);
	write_bits(w, "type", type, 4);
	write_bytes(w, pppoe->tags, pppoe->tags_len);
	if (!p)
		return;
	p[0] = (uint8_t)(version << 4 | type);
	p[1] = pppoe->code;
	put_be16(p + 2, pppoe->session);
	put_be16(p + LENGTH_AT, pppoe->length);
	w->number = pppoe->code == CODE_SESSION && !pppoe->tags_len
			    ? ETHERTYPE_SESSION
			    : ETHERTYPE_DISCOVERY;
}

static void finish(struct finish *f)
{
	finish_length(f, "length", LENGTH_AT,
		      f->header_len - HEADER + f->payload_len);
}

static bool carries(uint16_t proto)
{
	return proto == PKTCAP_PROTO_PPP;
}

const struct writer writer_pppoe = {
	.write = write,
	.finish = finish,
	.next = NEXT_NOTHING,
	.carries = carries,
};

int pktcap_pppoe_tags_put(void *buf, size_t size, const struct pktcap_tlv *list,
			  size_t n)
{
	return tlv_put(TLV_16_16, buf, size, list, n);
}
