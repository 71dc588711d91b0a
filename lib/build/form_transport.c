// SPDX-License-Identifier: BSD-2-Clause
/* The text form of what IP carries. */
#include "build/form_header.h"

/* --- TCP ---------------------------------------------------------------------
 */

static const struct pktcap_tcp tcp = { .window = 65535 };

static const struct form_field tcp_fields[] = {
	{ "syn", "flag_syn", 0 },
	{ "ack_flag", "flag_ack", 0 },
	{ "fin", "flag_fin", 0 },
	{ "rst", "flag_rst", 0 },
	{ "psh", "flag_psh", 0 },
	{ "urg", "flag_urg", 0 },
	{ "ece", "flag_ece", 0 },
	{ "cwr", "flag_cwr", 0 },
	{ "ae", "flag_ae", 0 },
	{ "win", "window", 0 },
	{ "urp", "urgent_pointer", 0 },
	{ "data_offset", NULL, FORM_OWN_LENGTH },
	{ NULL, NULL, 0 },
};

static const struct form_flag flags[] = {
	{ "fin", 'f', PKTCAP_TCP_FIN }, { "syn", 's', PKTCAP_TCP_SYN },
	{ "rst", 'r', PKTCAP_TCP_RST }, { "psh", 'p', PKTCAP_TCP_PSH },
	{ "ack", 'a', PKTCAP_TCP_ACK }, { "ack", '.', PKTCAP_TCP_ACK },
	{ "urg", 'u', PKTCAP_TCP_URG }, { "ece", 'e', PKTCAP_TCP_ECE },
	{ "cwr", 'c', PKTCAP_TCP_CWR }, { "cwr", 'w', PKTCAP_TCP_CWR },
	{ "n", 'n', PKTCAP_TCP_AE },	{ NULL, 0, 0 },
};

/* "syn,ack", "SA" or a number. */
static int set_flags(struct form_parser *p, const struct form_special *self,
		     struct form_word value)
{
	uint8_t *header = form_start(p);
	uint64_t bits;

	if (form_flags(p, self, value, flags, 0x1ff, &bits))
		return p->build->status;
	header[12] = (uint8_t)((header[12] & 0xfe) | bits >> 8);
	header[13] = (uint8_t)bits;
	return 0;
}

/* "VALUE:ECHO" */
static int set_timestamps(struct form_parser *p,
			  const struct form_special *self,
			  struct form_word value)
{
	uint64_t stamp = 0, echo = 0;
	uint8_t *bytes;

	if (form_before_colon(p, &value, UINT32_MAX, &stamp) ||
	    form_number(p, value, UINT32_MAX, &echo))
		return p->build->status;
	bytes = form_option(p, value.at, self->kind, 8);
	if (!bytes)
		return p->build->status;
	put_be32(bytes, (uint32_t)stamp);
	put_be32(bytes + 4, (uint32_t)echo);
	return 0;
}

/* "LEFT:RIGHT", a list */
static int append_sack(struct form_parser *p, const struct form_special *self,
		       struct form_word value)
{
	struct form_word block, list = value;
	uint64_t left = 0, right = 0;
	size_t blocks = 0;
	uint8_t *bytes;

	while (form_element(&list, &block))
		blocks++;
	bytes = form_option(p, value.at, self->kind, 8 * blocks);
	for (; bytes && form_element(&value, &block); bytes += 8) {
		if (form_before_colon(p, &block, UINT32_MAX, &left) ||
		    form_number(p, block, UINT32_MAX, &right))
			return p->build->status;
		put_be32(bytes, (uint32_t)left);
		put_be32(bytes + 4, (uint32_t)right);
	}
	return p->build->status;
}

static const struct form_special tcp_specials[] = {
	{ "flags", set_flags, "syn,ack", 0, 0 },
	{ "mss", form_option_number, "1460", PKTCAP_TCP_OPTION_MSS, 2 },
	{ "wscale", form_option_number, "7", PKTCAP_TCP_OPTION_WINDOW_SCALE,
	  1 },
	{ "ws", form_option_number, "7", PKTCAP_TCP_OPTION_WINDOW_SCALE, 1 },
	{ "sackok", form_option_number, NULL, PKTCAP_TCP_OPTION_SACK_PERMITTED,
	  0 },
	{ "sack", append_sack, "1:2", PKTCAP_TCP_OPTION_SACK, 0 },
	{ "ts", set_timestamps, "1:0", PKTCAP_TCP_OPTION_TIMESTAMPS, 0 },
	{ "timestamp", set_timestamps, "1:0", PKTCAP_TCP_OPTION_TIMESTAMPS, 0 },
	{ "nop", form_option_single, NULL, PKTCAP_TCP_OPTION_NOP, 0 },
	{ "eol", form_option_single, NULL, PKTCAP_TCP_OPTION_END, 0 },
	{ "option", form_option_any, "254:0xf989", 0, 0 },
	{ .name = NULL },
};

static int end_tcp(struct form_parser *p)
{
	size_t words = form_end_options(p);
	uint8_t *header = form_start(p);

	if (words)
		header[12] = (uint8_t)(words << 4 | (header[12] & 15));
	return p->build->status;
}

/* --- SCTP --------------------------------------------------------------------
 */

static const struct pktcap_sctp sctp = { .src_port = 0 };

enum { CHUNK_HEADER = 4, DATA_HEADER = 12, DATA_WHOLE = 3 };

/* Room for a chunk of @len bytes, filled up to whole words. */
static uint8_t *begin_chunk(struct form_parser *p, size_t at, uint8_t type,
			    uint8_t flags_, size_t len)
{
	uint8_t *chunk = form_extend(p, at, (len + 3) / 4 * 4);

	if (!chunk)
		return NULL;
	chunk[0] = type;
	chunk[1] = flags_;
	put_be16(chunk + 2, (uint16_t)len);
	return chunk;
}

/* The bytes of @value in a chunk, behind @front others. */
static int append_chunk(struct form_parser *p, struct form_word value,
			uint8_t type, uint8_t chunk_flags, size_t front)
{
	size_t len = 0;
	uint8_t *chunk;

	if ((value.len || value.quoted) && form_bytes(p, value, NULL, 0, &len))
		return p->build->status;
	front += CHUNK_HEADER;
	if (len > UINT16_MAX - front)
		return form_fail(p, value.at, -ERANGE,
				 "a chunk has %u bytes "
				 "at most",
				 (unsigned int)UINT16_MAX);
	chunk = begin_chunk(p, value.at, type, chunk_flags, front + len);
	if (!chunk)
		return p->build->status;
	return len ? form_bytes(p, value, chunk + front, len, &len) : 0;
}

/* A whole message: DATA of stream 0, numbers 0. */
static int append_message(struct form_parser *p,
			  const struct form_special *self,
			  struct form_word value)
{
	(void)self;
	return append_chunk(p, value, PKTCAP_SCTP_DATA, DATA_WHOLE,
			    DATA_HEADER);
}

/* "TYPE:HEX" */
static int append_any_chunk(struct form_parser *p,
			    const struct form_special *self,
			    struct form_word value)
{
	uint64_t type;

	(void)self;
	if (form_before_colon(p, &value, UINT8_MAX, &type))
		return p->build->status;
	return append_chunk(p, value, (uint8_t)type, 0, 0);
}

static const struct form_special sctp_specials[] = {
	{ "data", append_message, "\"hello\"", 0, 0 },
	{ "chunk", append_any_chunk, "4:0x00010008c0000201", 0, 0 },
	{ .name = NULL },
};

/* --- the others --------------------------------------------------------------
 */

static const struct pktcap_udp udp = { .length = 8 };
static const struct pktcap_udplite udplite = { .coverage = 8 };

const struct form_layer form_transport_layers[] = {
	{ HEADER(TCP, tcp), .fields = tcp_fields, .specials = tcp_specials,
	  .options = TLV_8_8_ALL, .end = end_tcp },
	{ HEADER(UDP, udp) },
	{ HEADER(UDPLITE, udplite) },
	{ HEADER(SCTP, sctp), .specials = sctp_specials },
	{ .name = NULL },
};
