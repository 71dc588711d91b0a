// SPDX-License-Identifier: BSD-2-Clause
/*
 * Headers of IPsec, a row is 32 bits:
 *
 *	ESP (RFC 4303, 2)          AH (RFC 4302, 2)
 *	SPI                        next header(8) length(8) reserved(16)
 *	sequence number            SPI
 *	what is encrypted          sequence number
 *	                           integrity check value
 *
 * The length of AH is words of 4 bytes behind the first two.
 */
#include "proto/ipv6_ext.h"

enum { ESP_HEADER = 8, AH_HEADER = 12, AH_LEN_MIN = 8 };

static enum pktcap_status esp_decode(struct step *step)
{
	if (!bytes_has(step->b, 0, ESP_HEADER))
		return step_short(step, ESP_HEADER);
	return step_next(step, ESP_HEADER, NEXT_NOTHING, 0);
}

/* In UDP (RFC 3948, 2): zeros mark IKE, a single byte keeps a path alive. */
static bool esp_check(struct bytes b)
{
	return u32_at(b, 0) != 0;
}

static const struct field_def esp_rows[] = {
	{ "spi", 0, 32, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "seq", 32, 32, PKTCAP_FIELD_UINT, NULL, NULL },
};

int pktcap_esp_get(const struct pktcap_layer *layer, struct pktcap_esp *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_ESP, ESP_HEADER);

	if (err)
		return err;
	*out = (struct pktcap_esp){
		.spi = u32_at(b, 0),
		.seq = u32_at(b, 4),
	};
	return 0;
}

static size_t ah_len(struct bytes b)
{
	return AH_LEN_MIN + u8_at(b, 1) * 4u;
}

static enum pktcap_status ah_decode(struct step *step)
{
	size_t len = ah_len(step->b);

	if (!bytes_has(step->b, 0, AH_HEADER))
		return step_short(step, AH_HEADER);
	if (len < AH_HEADER)
		return PKTCAP_STATUS_MALFORMED;
	if (!bytes_has(step->b, 0, len))
		return step_short(step, len);
	return ipv6_ext_next(step, len);
}

static const struct field_def ah_rows[] = {
	{ "next_header", 0, 8, PKTCAP_FIELD_UINT, NULL, label_ip_protocol },
	{ "length", 8, 8, PKTCAP_FIELD_UINT, "words", NULL },
	{ "reserved", 16, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "spi", 32, 32, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "seq", 64, 32, PKTCAP_FIELD_UINT, NULL, NULL },
};

static void ah_fields(struct fields *f, const struct pktcap_layer *layer)
{
	size_t len = ah_len(f->b);

	(void)layer;
	if (len > AH_HEADER)
		fields_data(f, "icv", PKTCAP_FIELD_BYTES, AH_HEADER,
			    len - AH_HEADER);
}

int pktcap_ah_get(const struct pktcap_layer *layer, struct pktcap_ah *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_AH, AH_HEADER);
	size_t len = ah_len(b);

	if (err)
		return err;
	if (len < AH_HEADER || layer->caplen < len)
		return -ENODATA;
	*out = (struct pktcap_ah){
		.spi = u32_at(b, 4),
		.seq = u32_at(b, 8),
		.header_len = (uint16_t)len,
		.icv_len = (uint16_t)(len - AH_HEADER),
		.reserved_word = u16_at(b, 2),
		.next_header = u8_at(b, 0),
		.icv = layer->data + AH_HEADER,
	};
	return 0;
}

const struct proto proto_esp = {
	.name = "esp",
	.title = "Encapsulating Security Payload",
	.level = PKTCAP_LEVEL_TRANSPORT,
	.decode = esp_decode,
	.check = esp_check,
	FIELD_DEFS(esp_rows),
};

const struct proto proto_ah = {
	.name = "ah",
	.title = "Authentication Header",
	.level = PKTCAP_LEVEL_NETWORK,
	.decode = ah_decode,
	FIELD_DEFS(ah_rows),
	.fields = ah_fields,
};

static void esp_write(struct write *w, const void *header)
{
	const struct pktcap_esp *esp = header;
	uint8_t *p = write_space(w, ESP_HEADER);

	if (!p)
		return;
	put_be32(p, esp->spi);
	put_be32(p + 4, esp->seq);
}

const struct writer writer_esp = {
	.write = esp_write,
	.next = NEXT_NOTHING,
};

static void ah_write(struct write *w, const void *header)
{
	const struct pktcap_ah *ah = header;
	uint8_t *p = write_space(w, AH_HEADER);
	size_t len = AH_HEADER + write_options(w, ah->icv, ah->icv_len, 4);

	len = write_header_len(w, ah->header_len, len);
	write_multiple(w, "header_len", len, 4);
	write_least(w, "header_len", len, AH_LEN_MIN);
	write_limit(w, "header_len", len, AH_LEN_MIN + UINT8_MAX * 4);
	if (!p)
		return;
	p[0] = ah->next_header;
	p[1] = (uint8_t)((len - AH_LEN_MIN) / 4);
	put_be16(p + 2, ah->reserved_word);
	put_be32(p + 4, ah->spi);
	put_be32(p + 8, ah->seq);
}

const struct writer writer_ah = {
	.write = ah_write,
	.finish = ipv6_ext_finish,
	.next = NEXT_IP,
};
