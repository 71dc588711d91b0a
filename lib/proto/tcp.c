// SPDX-License-Identifier: BSD-2-Clause
/*
 * TCP (RFC 9293, 3.1), a row is 32 bits:
 *
 *	source port(16)           destination port(16)
 *	sequence number
 *	acknowledgement number
 *	offset(4) reserved(3) AE CWR ECE URG ACK PSH RST SYN FIN  window(16)
 *	checksum(16)              urgent pointer(16)
 *	options, up to offset words
 */
#include "proto/option.h"
#include "proto/tcp_option.h"

static enum pktcap_status decode(struct step *step)
{
	size_t header_len = tcp_header_len(step->b);

	if (!bytes_has(step->b, 0, TCP_HEADER))
		return step_short(step, TCP_HEADER);
	if (header_len < TCP_HEADER)
		return PKTCAP_STATUS_MALFORMED;
	if (!bytes_has(step->b, 0, header_len))
		return step_short(step, header_len);
	return step_next(step, header_len, NEXT_TCP, u32_at(step->b, 0));
}

static const struct field_def rows[] = {
	{ "src_port", 0, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "dst_port", 16, 16, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "seq", 32, 32, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "ack", 64, 32, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "data_offset", 96, 4, PKTCAP_FIELD_UINT, "words", NULL },
	{ "reserved", 100, 3, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "flag_ae", 103, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_cwr", 104, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_ece", 105, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_urg", 106, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_ack", 107, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_psh", 108, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_rst", 109, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_syn", 110, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_fin", 111, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "window", 112, 16, PKTCAP_FIELD_UINT, "bytes", NULL },
	{ "checksum", 128, 16, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "urgent_pointer", 144, 16, PKTCAP_FIELD_UINT, NULL, NULL },
};

int pktcap_tcp_get(const struct pktcap_layer *layer, struct pktcap_tcp *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_TCP, TCP_HEADER);
	uint8_t header_len = tcp_header_len(b);
	struct bytes options;

	if (err)
		return err;
	if (header_len < TCP_HEADER || header_len > layer->wirelen)
		return -ENODATA;
	/* Captures of headers alone often end in the options. */
	options = bytes_slice(b, TCP_HEADER, header_len - TCP_HEADER);
	memset(out, 0, sizeof(*out));
	out->src_port = u16_at(b, 0);
	out->dst_port = u16_at(b, 2);
	out->seq = u32_at(b, 4);
	out->ack = u32_at(b, 8);
	out->flags = u16_at(b, TCP_OFFSET_AT) & 0x1ff;
	out->window = u16_at(b, 14);
	out->checksum = u16_at(b, 16);
	out->urgent_pointer = u16_at(b, 18);
	out->header_len = header_len;
	out->options_len = (uint8_t)options.n;
	out->reserved_bits = u8_at(b, TCP_OFFSET_AT) >> 1 & 7;
	out->options = layer->data + TCP_HEADER;
	return 0;
}

const struct proto proto_tcp = {
	.name = "tcp",
	.title = "Transmission Control Protocol",
	.level = PKTCAP_LEVEL_TRANSPORT,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = tcp_options,
};

static void write(struct write *w, const void *header)
{
	const struct pktcap_tcp *tcp = header;
	uint8_t *p = write_space(w, TCP_HEADER);
	size_t len;

	write_bits(w, "flags", tcp->flags, 9);
	write_bits(w, "reserved_bits", tcp->reserved_bits, 3);
	write_limit(w, "options_len", tcp->options_len, OPTIONS_MAX);
	if (!p)
		return;
	len = TCP_HEADER + write_options(w, tcp->options, tcp->options_len, 4);
	len = write_header_len(w, tcp->header_len, len);
	write_multiple(w, "header_len", len, 4);
	write_limit(w, "header_len", len, TCP_HEADER + OPTIONS_MAX);
	put_be16(p, tcp->src_port);
	put_be16(p + 2, tcp->dst_port);
	put_be32(p + 4, tcp->seq);
	put_be32(p + 8, tcp->ack);
	put_be16(p + TCP_OFFSET_AT,
		 (uint16_t)(len / 4 << 12 | tcp->reserved_bits << 9 |
			    tcp->flags));
	put_be16(p + 14, tcp->window);
	put_be16(p + 16, tcp->checksum);
	put_be16(p + 18, tcp->urgent_pointer);
}

const struct writer writer_tcp = {
	.write = write,
	.finish = finish_ports,
	.next = NEXT_TCP,
};
