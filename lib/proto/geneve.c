// SPDX-License-Identifier: BSD-2-Clause
/*
 * Geneve (RFC 8926, 3.4), a row is 32 bits:
 *
 *	version(2) options length(6) O C reserved(6) protocol(16)
 *	VNI(24) reserved(8)
 *	options: class(16) type(8) reserved(3) length(5), and as many words
 */
#include "proto/tlv.h"
#include "proto/write.h"

enum { HEADER = 8, OPTION_HEADER = 4, OPTIONS_MAX = 63 * 4 };

static size_t header_len(struct bytes b)
{
	return HEADER + (u8_at(b, 0) & 0x3fu) * 4;
}

static enum pktcap_status decode(struct step *step)
{
	size_t len = header_len(step->b);

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	if (u8_at(step->b, 0) >> 6)
		return PKTCAP_STATUS_MALFORMED;
	if (!bytes_has(step->b, 0, len))
		return step_short(step, len);
	return step_next(step, len, NEXT_ETHERTYPE, u16_at(step->b, 2));
}

/* Reserved bits are 0, and those behind the VNI, too, or the protocol known. */
static bool check(struct bytes b)
{
	uint16_t protocol = u16_at(b, 2);

	return b.n >= HEADER && u8_at(b, 0) >> 6 == 0 &&
	       (u8_at(b, 1) & 0x3f) == 0 && protocol >= ETHERTYPE_MIN &&
	       (!u8_at(b, HEADER - 1) || label_of(label_ethertype, protocol));
}

static const struct field_def rows[] = {
	{ "version", 0, 2, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "options_length", 2, 6, PKTCAP_FIELD_UINT, "words", NULL },
	{ "control", 8, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "critical", 9, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "reserved_bits", 10, 6, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "protocol", 16, 16, PKTCAP_FIELD_HEX, NULL, label_ethertype },
	{ "vni", 32, 24, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "reserved", 56, 8, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def option_rows[] = {
	{ "class", 0, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "critical", 16, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "type", 17, 7, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "reserved", 24, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "length", 27, 5, PKTCAP_FIELD_UINT, "words", NULL },
};

int pktcap_geneve_option_next(const struct pktcap_layer *layer,
			      uint32_t *offset, struct pktcap_tlv *option)
{
	int err = layer_expect(layer, PKTCAP_PROTO_GENEVE, HEADER);

	return err ? err
		   : tlv_tell(layer, HEADER, header_len(layer_bytes(layer)),
			      TLV_GENEVE, offset, option);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	struct pktcap_tlv option;
	uint32_t offset = 0;

	if (header_len(f->b) == HEADER || layer->caplen <= HEADER)
		return;
	fields_list(f, "options");
	while (pktcap_geneve_option_next(layer, &offset, &option) == 1) {
		fields_group(f, "option", option.offset,
			     option.len + OPTION_HEADER);
		fields_rows(f, option_rows, 5, option.offset);
		if (option.len)
			fields_data(f, "value", PKTCAP_FIELD_BYTES,
				    option.offset + OPTION_HEADER, option.len);
		fields_end(f);
	}
	fields_end(f);
}

int pktcap_geneve_get(const struct pktcap_layer *layer,
		      struct pktcap_geneve *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_GENEVE, HEADER);
	size_t len = header_len(b);

	if (err)
		return err;
	if (layer->caplen < len)
		return -ENODATA;
	*out = (struct pktcap_geneve){
		.vni = u32_at(b, 4) >> 8,
		.protocol = u16_at(b, 2),
		.header_len = (uint16_t)len,
		.version = u8_at(b, 0) >> 6,
		.control = u8_at(b, 1) >> 7,
		.critical = u8_at(b, 1) >> 6 & 1,
		.reserved_bits = u8_at(b, 1) & 0x3f,
		.reserved_byte = u8_at(b, 7),
		.options_len = (uint8_t)(len - HEADER),
		.options = layer->data + HEADER,
	};
	return 0;
}

const struct proto proto_geneve = {
	.name = "geneve",
	.title = "Generic Network Virtualization Encapsulation",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	FIELD_DEFS(rows),
	.fields = fields,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_geneve *geneve = header;
	uint8_t *p = write_space(w, HEADER);
	size_t len = HEADER +
		     write_options(w, geneve->options, geneve->options_len, 4);

	len = write_header_len(w, geneve->header_len, len);
	write_multiple(w, "header_len", len, 4);
	write_least(w, "header_len", len, HEADER);
	write_limit(w, "header_len", len, HEADER + OPTIONS_MAX);
	write_bits(w, "vni", geneve->vni, 24);
	write_bits(w, "version", geneve->version, 2);
	write_bits(w, "control", geneve->control, 1);
	write_bits(w, "critical", geneve->critical, 1);
	write_bits(w, "reserved_bits", geneve->reserved_bits, 6);
	if (!p)
		return;
	p[0] = (uint8_t)(geneve->version << 6 | (len - HEADER) / 4);
	p[1] = (uint8_t)(geneve->control << 7 | geneve->critical << 6 |
			 geneve->reserved_bits);
	put_be16(p + 2, geneve->protocol);
	put_be24(p + 4, geneve->vni);
	p[7] = geneve->reserved_byte;
}

static void finish(struct finish *f)
{
	finish_next16(f, 2);
}

const struct writer writer_geneve = {
	.write = write,
	.finish = finish,
	.next = NEXT_ETHERTYPE,
};

int pktcap_geneve_options_put(void *buf, size_t size,
			      const struct pktcap_tlv *list, size_t n)
{
	return tlv_put(TLV_GENEVE, buf, size, list, n);
}
