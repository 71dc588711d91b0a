// SPDX-License-Identifier: BSD-2-Clause
/* TCP options (RFC 9293, 3.1), and the RFC of each at its name. */
#include "proto/tcp_option.h"
#include "proto/option.h"

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

/* RFC 8684, 3 */
enum mptcp {
	MP_CAPABLE = 0,
	MP_JOIN = 1,
	DSS = 2,
	ADD_ADDR = 3,
	REMOVE_ADDR = 4,
	MP_FASTCLOSE = 7,
};

static const struct label mptcp_subtypes[] = {
	{ MP_CAPABLE, "MP_CAPABLE" },
	{ MP_JOIN, "MP_JOIN" },
	{ DSS, "DSS" },
	{ ADD_ADDR, "ADD_ADDR" },
	{ REMOVE_ADDR, "REMOVE_ADDR" },
	{ 5, "MP_PRIO" },
	{ 6, "MP_FAIL" },
	{ MP_FASTCLOSE, "MP_FASTCLOSE" },
	{ 8, "MP_TCPRST" },
	{ 15, "MP_EXPERIMENTAL" },
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

/* Option bytes as they are told: where the value begins, and ends. */
struct span {
	size_t at, end;
};

static void rest(struct fields *f, const char *name, struct span s)
{
	if (s.at < s.end)
		fields_data(f, name, PKTCAP_FIELD_BYTES, s.at, s.end - s.at);
}

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

static void mp_capable(struct fields *f, struct span s)
{
	static const struct field_def rows[] = {
		{ "mptcp_version", 4, 4, PKTCAP_FIELD_UINT, NULL, NULL },
		{ "checksum_required", 8, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
		{ "flags", 9, 7, PKTCAP_FIELD_HEX, NULL, NULL },
	};

	fields_rows(f, rows, 3, s.at);
	if (s.end - s.at >= 10)
		fields_hex(f, "sender_key", s.at + 2, 8, NULL);
	if (s.end - s.at >= 18)
		fields_hex(f, "receiver_key", s.at + 10, 8, NULL);
	s.at += 18;
	rest(f, "data", s);
}

/* SYN has 12 bytes, SYN and ACK 16, the third segment 24 without an id. */
static void mp_join(struct fields *f, struct span s)
{
	static const struct field_def backup = {
		"backup", 7, 1, PKTCAP_FIELD_FLAG, NULL, NULL
	};
	size_t len = s.end - s.at;

	if (len == 10 || len == 14) {
		fields_rows(f, &backup, 1, s.at);
		fields_uint(f, "address_id", s.at + 1, 1, NULL, NULL);
		if (len == 10)
			fields_hex(f, "token", s.at + 2, 4, NULL);
		else
			fields_hex(f, "hmac", s.at + 2, 8, NULL);
		fields_hex(f, "nonce", s.end - 4, 4, NULL);
	} else {
		s.at += 2;
		rest(f, "hmac", s);
	}
}

static void dss(struct fields *f, struct span s)
{
	uint8_t flags = u8_at(f->b, s.at + 1);
	size_t ack = flags & 2 ? 8 : 4, dsn = flags & 8 ? 8 : 4;
	bool has_ack = flags & 1, has_map = flags & 4;
	size_t need = 2 + (has_ack ? ack : 0) + (has_map ? dsn + 6 : 0);

	fields_hex(f, "flags", s.at + 1, 1, NULL);
	if (s.end - s.at < need)
		return;
	s.at += 2;
	if (has_ack) {
		fields_uint(f, "data_ack", s.at, ack, NULL, NULL);
		s.at += ack;
	}
	if (!has_map)
		return;
	fields_uint(f, "data_seq", s.at, dsn, NULL, NULL);
	fields_uint(f, "subflow_seq", s.at + dsn, 4, NULL, NULL);
	fields_uint(f, "data_length", s.at + dsn + 4, 2, "bytes", NULL);
	s.at += dsn + 6;
	if (s.end - s.at >= 2)
		fields_hex(f, "checksum", s.at, 2, NULL);
}

/* Without or with a port; the first one has no HMAC if it is an echo. */
static void add_addr(struct fields *f, struct span s)
{
	static const struct field_def echo = { "echo", 7,
					       1,      PKTCAP_FIELD_FLAG,
					       NULL,   NULL };
	size_t len = s.end - s.at, size = len >= 18 ? 16 : 4;

	fields_rows(f, &echo, 1, s.at);
	fields_uint(f, "address_id", s.at + 1, 1, NULL, NULL);
	if (len < 2 + size)
		return;
	fields_data(f, "address",
		    size == 4 ? PKTCAP_FIELD_IPV4 : PKTCAP_FIELD_IPV6, s.at + 2,
		    size);
	s.at += 2 + size;
	if ((s.end - s.at) % 8 == 2) {
		fields_uint(f, "port", s.at, 2, NULL, NULL);
		s.at += 2;
	}
	rest(f, "hmac", s);
}

static void remove_addr(struct fields *f, struct span s)
{
	fields_list(f, "addresses");
	for (s.at++; s.at < s.end; s.at++) {
		fields_group(f, "address", s.at, 1);
		fields_uint(f, "address_id", s.at, 1, NULL, NULL);
		fields_end(f);
	}
	fields_end(f);
}

static void mp_fastclose(struct fields *f, struct span s)
{
	s.at += 2;
	if (s.end - s.at == 8)
		fields_hex(f, "receiver_key", s.at, 8, NULL);
	else
		rest(f, "value", s);
}

static void mptcp(struct fields *f, struct span s)
{
	static const struct field_def subtype = { "subtype", 0,
						  4,	     PKTCAP_FIELD_UINT,
						  NULL,	     mptcp_subtypes };

	if (s.end - s.at < 2)
		return;
	fields_rows(f, &subtype, 1, s.at);
	switch (u8_at(f->b, s.at) >> 4) {
	case MP_CAPABLE:
		mp_capable(f, s);
		break;
	case MP_JOIN:
		mp_join(f, s);
		break;
	case DSS:
		dss(f, s);
		break;
	case ADD_ADDR:
		add_addr(f, s);
		break;
	case REMOVE_ADDR:
		remove_addr(f, s);
		break;
	case MP_FASTCLOSE:
		mp_fastclose(f, s);
		break;
	default:
		s.at++;
		rest(f, "value", s);
	}
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
	rest(f, id == EXPERIMENT_FAST_OPEN ? "cookie" : "value", s);
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
		rest(f, "digest", s);
		break;
	case PKTCAP_TCP_OPTION_USER_TIMEOUT:
		user_timeout(f, s);
		break;
	case PKTCAP_TCP_OPTION_AO:
		fields_uint(f, "key_id", s.at, 1, NULL, NULL);
		fields_uint(f, "next_key_id", s.at + 1, 1, NULL, NULL);
		s.at += 2;
		rest(f, "mac", s);
		break;
	case PKTCAP_TCP_OPTION_MPTCP:
		mptcp(f, s);
		break;
	case PKTCAP_TCP_OPTION_FAST_OPEN:
		rest(f, "cookie", s);
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
		rest(f, "value", s);
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
