// SPDX-License-Identifier: BSD-2-Clause
/* TCP options (RFC 9293, 3.1), and the RFC of each at its name. */
#include "proto/tcp_option.h"
#include "proto/option.h"
#include "proto/tcp_mptcp.h"

static const struct label kinds[] = {
	{ PKTCAP_TCP_OPTION_END, "end" },
	{ PKTCAP_TCP_OPTION_NOP, "nop" },
	{ PKTCAP_TCP_OPTION_MSS, "maximum segment size" },
	{ PKTCAP_TCP_OPTION_WINDOW_SCALE, "window scale" },
	{ PKTCAP_TCP_OPTION_SACK_PERMITTED, "SACK permitted" },
	{ PKTCAP_TCP_OPTION_SACK, "SACK" },
	{ 6, "echo" },
	{ 7, "echo reply" },
	{ PKTCAP_TCP_OPTION_TIMESTAMPS, "timestamps" },
	{ 9, "partial order connection permitted" },
	{ 10, "partial order service profile" },
	{ 11, "CC" },
	{ 12, "CC.NEW" },
	{ 13, "CC.ECHO" },
	{ 14, "alternate checksum request" },
	{ 15, "alternate checksum data" },
	{ PKTCAP_TCP_OPTION_MD5, "MD5 signature" },
	{ 27, "quick-start response" },
	{ PKTCAP_TCP_OPTION_USER_TIMEOUT, "user timeout" },
	{ PKTCAP_TCP_OPTION_AO, "authentication" },
	{ PKTCAP_TCP_OPTION_MPTCP, "multipath TCP" },
	{ PKTCAP_TCP_OPTION_FAST_OPEN, "fast open cookie" },
	{ 69, "encryption negotiation" },
	{ PKTCAP_TCP_OPTION_ACCECN0, "accurate ECN order 0" },
	{ PKTCAP_TCP_OPTION_ACCECN1, "accurate ECN order 1" },
	{ PKTCAP_TCP_OPTION_EXPERIMENT1, "experiment 1" },
	{ PKTCAP_TCP_OPTION_EXPERIMENT2, "experiment 2" },
	{ 0, NULL },
};

/* RFC 6994: who experiments says so in the first two bytes. */
enum { EXPERIMENT_FAST_OPEN = 0xf989 };

static const struct label experiments[] = {
	{ 0x0348, "TCP HOST_ID" },
	{ 0xacce, "accurate ECN" },
	{ 0xe2d4, "SMC-R" },
	{ EXPERIMENT_FAST_OPEN, "fast open" },
	{ 0, NULL },
};

/* RFC 2018 */
static void sack(struct fields *f, struct span s)
{
	fields_list(f, "blocks");
	for (; s.end - s.at >= 8; s.at += 8) {
		fields_group(f, "block", s.at, 8);
		fields_uint(f, "left", s.at, 4, NULL, NULL);
		fields_uint(f, "right", s.at + 4, 4, NULL, NULL);
		fields_end(f);
	}
	fields_end(f);
}

/* RFC 9768, 3.2.3: counters of bytes, in an order that the kind tells. */
static void accecn(struct fields *f, uint8_t kind, struct span s)
{
	static const char *const order[2][3] = {
		{ "e0b", "ceb", "e1b" },
		{ "e1b", "ceb", "e0b" },
	};
	const char *const *names = order[kind == PKTCAP_TCP_OPTION_ACCECN1];

	for (int i = 0; i < 3 && s.end - s.at >= 3; i++, s.at += 3)
		fields_uint(f, names[i], s.at, 3, "bytes", NULL);
}

static void user_timeout(struct fields *f, struct span s)
{
	static const struct field_def rows[] = {
		{ "minutes", 0, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "timeout", 1, 15, PKTCAP_FIELD_UINT, NULL, NULL },
	};

	fields_rows(f, rows, 2, s.at);
}

static void experiment(struct fields *f, struct span s)
{
	uint16_t id = u16_at(f->b, s.at);

	fields_hex(f, "experiment", s.at, 2, experiments);
	s.at += 2;
	span_rest(f, id == EXPERIMENT_FAST_OPEN ? "cookie" : "value", s);
}

/* What every option of this kind must have at least, without kind and length */
static size_t value_min(uint8_t kind)
{
	switch (kind) {
	case PKTCAP_TCP_OPTION_WINDOW_SCALE:
		return 1;
	case PKTCAP_TCP_OPTION_MSS:
	case PKTCAP_TCP_OPTION_USER_TIMEOUT:
	case PKTCAP_TCP_OPTION_AO:
	case PKTCAP_TCP_OPTION_EXPERIMENT1:
	case PKTCAP_TCP_OPTION_EXPERIMENT2:
		return 2;
	case PKTCAP_TCP_OPTION_TIMESTAMPS:
		return 8;
	default:
		return 0;
	}
}

static void value(struct fields *f, uint8_t kind, size_t at, size_t end)
{
	struct span s = { at, end };

	switch (s.end - s.at < value_min(kind) ? UINT8_MAX : kind) {
	case PKTCAP_TCP_OPTION_MSS:
		fields_uint(f, "mss", s.at, 2, "bytes", NULL);
		break;
	case PKTCAP_TCP_OPTION_WINDOW_SCALE:
		fields_uint(f, "shift", s.at, 1, "bits", NULL);
		break;
	case PKTCAP_TCP_OPTION_SACK:
		sack(f, s);
		break;
	case PKTCAP_TCP_OPTION_TIMESTAMPS:
		fields_uint(f, "value", s.at, 4, NULL, NULL);
		fields_uint(f, "echo_reply", s.at + 4, 4, NULL, NULL);
		break;
	case PKTCAP_TCP_OPTION_MD5:
		span_rest(f, "digest", s);
		break;
	case PKTCAP_TCP_OPTION_USER_TIMEOUT:
		user_timeout(f, s);
		break;
	case PKTCAP_TCP_OPTION_AO:
		fields_uint(f, "key_id", s.at, 1, NULL, NULL);
		fields_uint(f, "next_key_id", s.at + 1, 1, NULL, NULL);
		s.at += 2;
		span_rest(f, "mac", s);
		break;
	case PKTCAP_TCP_OPTION_MPTCP:
		tcp_mptcp_fields(f, s);
		break;
	case PKTCAP_TCP_OPTION_FAST_OPEN:
		span_rest(f, "cookie", s);
		break;
	case PKTCAP_TCP_OPTION_ACCECN0:
	case PKTCAP_TCP_OPTION_ACCECN1:
		accecn(f, kind, s);
		break;
	case PKTCAP_TCP_OPTION_EXPERIMENT1:
	case PKTCAP_TCP_OPTION_EXPERIMENT2:
		experiment(f, s);
		break;
	default:
		span_rest(f, "value", s);
	}
}

void tcp_options(struct fields *f, const struct pktcap_layer *layer)
{
	(void)layer;
	option_fields(f, TCP_HEADER, tcp_header_len(f->b), kinds, value);
}

static void read_sack(struct bytes b, struct pktcap_tcp_option *option)
{
	size_t blocks = option->data_len / 8u;

	for (size_t i = 0; i < 2 * blocks && i < 8; i++)
		option->sack[i] = u32_at(b, 4 * i);
	option->blocks = (uint8_t)(blocks < 4 ? blocks : 4);
}

static void read_value(struct bytes b, struct pktcap_tcp_option *option)
{
	if (b.n < value_min(option->kind))
		return;
	switch (option->kind) {
	case PKTCAP_TCP_OPTION_WINDOW_SCALE:
		option->value = u8_at(b, 0);
		break;
	case PKTCAP_TCP_OPTION_MSS:
	case PKTCAP_TCP_OPTION_USER_TIMEOUT:
	case PKTCAP_TCP_OPTION_EXPERIMENT1:
	case PKTCAP_TCP_OPTION_EXPERIMENT2:
		option->value = u16_at(b, 0);
		break;
	case PKTCAP_TCP_OPTION_TIMESTAMPS:
		option->value = u32_at(b, 0);
		option->echo_reply = u32_at(b, 4);
		break;
	case PKTCAP_TCP_OPTION_MPTCP:
		option->value = u8_at(b, 0) >> 4;
		break;
	case PKTCAP_TCP_OPTION_SACK:
		read_sack(b, option);
		break;
	default:
		break;
	}
}

int pktcap_tcp_option_next(const struct pktcap_layer *layer, uint32_t *offset,
			   struct pktcap_tcp_option *option)
{
	int ret = layer_expect(layer, PKTCAP_PROTO_TCP, TCP_HEADER);
	struct bytes b = layer_bytes(layer);
	struct pktcap_tlv tlv;

	if (ret)
		return ret;
	ret = option_next(b, TCP_HEADER, tcp_header_len(b), offset, &tlv);
	if (ret != 1)
		return ret;
	*option = (struct pktcap_tcp_option){
		.kind = (uint8_t)tlv.type,
		.length = (uint8_t)(option_header_len(tlv.type) + tlv.len),
		.offset = (uint8_t)tlv.offset,
		.data_len = (uint8_t)tlv.len,
		.data = tlv.data,
	};
	read_value((struct bytes){ tlv.data, tlv.len }, option);
	return 1;
}

/* Bytes that the members tell, for kinds where they tell all of the value. */
static size_t members_len(const struct pktcap_tcp_option *option)
{
	switch (option->kind) {
	case PKTCAP_TCP_OPTION_WINDOW_SCALE:
	case PKTCAP_TCP_OPTION_MSS:
	case PKTCAP_TCP_OPTION_USER_TIMEOUT:
	case PKTCAP_TCP_OPTION_TIMESTAMPS:
		return value_min(option->kind);
	case PKTCAP_TCP_OPTION_SACK:
		return option->blocks * 8u;
	default:
		return 0;
	}
}

static void put_members(struct write *w, const struct pktcap_tcp_option *option,
			size_t len)
{
	uint8_t value[32];

	switch (option->kind) {
	case PKTCAP_TCP_OPTION_WINDOW_SCALE:
		write_bits(w, "value", option->value, 8);
		value[0] = (uint8_t)option->value;
		break;
	case PKTCAP_TCP_OPTION_TIMESTAMPS:
		put_be32(value, option->value);
		put_be32(value + 4, option->echo_reply);
		break;
	case PKTCAP_TCP_OPTION_SACK:
		write_limit(w, "blocks", option->blocks, 4);
		for (size_t i = 0; i < 8; i++)
			put_be32(value + 4 * i, option->sack[i]);
		break;
	default:
		write_bits(w, "value", option->value, 16);
		put_be16(value, (uint16_t)option->value);
	}
	option_put(w, option->kind, value, len);
}

/* Another length than the kind has, 2 among them: only the data can tell. */
static bool members_tell(const struct pktcap_tcp_option *option, size_t len)
{
	if (!option->data_len)
		return len && option->length != OPTION_MIN;
	return option->data_len == len;
}

int pktcap_tcp_options_put(void *buf, size_t size,
			   const struct pktcap_tcp_option *options, size_t n)
{
	struct write w = write_into(buf, size);

	for (size_t i = 0; i < n && !w.err; i++) {
		const struct pktcap_tcp_option *option = &options[i];
		size_t len = members_len(option);

		if (members_tell(option, len))
			put_members(&w, option, len);
		else
			option_put(&w, option->kind, option->data,
				   option->data_len);
	}
	return option_put_result(&w, buf);
}
