// SPDX-License-Identifier: BSD-2-Clause
/* The option of multipath TCP (RFC 8684, 3; version 0: RFC 6824, 3). */
#include "proto/tcp_mptcp.h"

enum mptcp {
	MP_CAPABLE = 0,
	MP_JOIN = 1,
	DSS = 2,
	ADD_ADDR = 3,
	REMOVE_ADDR = 4,
	MP_PRIO = 5,
	MP_FAIL = 6,
	MP_FASTCLOSE = 7,
};

static const struct label mptcp_subtypes[] = {
	{ MP_CAPABLE, "MP_CAPABLE" },
	{ MP_JOIN, "MP_JOIN" },
	{ DSS, "DSS" },
	{ ADD_ADDR, "ADD_ADDR" },
	{ REMOVE_ADDR, "REMOVE_ADDR" },
	{ MP_PRIO, "MP_PRIO" },
	{ MP_FAIL, "MP_FAIL" },
	{ MP_FASTCLOSE, "MP_FASTCLOSE" },
	{ 8, "MP_TCPRST" },
	{ 15, "MP_EXPERIMENTAL" },
	{ 0, NULL },
};

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
	/* With the first data, in the third segment of version 1. */
	if (s.at + 2 <= s.end) {
		fields_uint(f, "data_length", s.at, 2, "bytes", NULL);
		s.at += 2;
	}
	if (s.at + 2 == s.end) {
		fields_hex(f, "checksum", s.at, 2, NULL);
		s.at += 2;
	}
	span_rest(f, "data", s);
}

static const struct field_def backup = { "backup",	    7,	  1,
					 PKTCAP_FIELD_FLAG, NULL, NULL };

/* SYN has 12 bytes, SYN and ACK 16, the third segment 24 without an id. */
static void mp_join(struct fields *f, struct span s)
{
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
		span_rest(f, "hmac", s);
	}
}

/* Of both numbers there may be only the lower half (RFC 8684, 3.3). */
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
		fields_uint(f, ack == 8 ? "data_ack" : "data_ack_low", s.at,
			    ack, NULL, NULL);
		s.at += ack;
	}
	if (!has_map)
		return;
	fields_uint(f, dsn == 8 ? "data_seq" : "data_seq_low", s.at, dsn, NULL,
		    NULL);
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
	span_rest(f, "hmac", s);
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

/* In version 0 with the address whose priority it is. */
static void mp_prio(struct fields *f, struct span s)
{
	fields_rows(f, &backup, 1, s.at);
	s.at++;
	if (s.end - s.at == 1)
		fields_uint(f, "address_id", s.at, 1, NULL, NULL);
	else
		span_rest(f, "value", s);
}

static void mp_fail(struct fields *f, struct span s)
{
	s.at += 2;
	if (s.end - s.at == 8)
		fields_uint(f, "data_seq", s.at, 8, NULL, NULL);
	else
		span_rest(f, "value", s);
}

static void mp_fastclose(struct fields *f, struct span s)
{
	s.at += 2;
	if (s.end - s.at == 8)
		fields_hex(f, "receiver_key", s.at, 8, NULL);
	else
		span_rest(f, "value", s);
}

void tcp_mptcp_fields(struct fields *f, struct span s)
{
	static const struct field_def subtype = { "subtype", 0,
						  4,	     PKTCAP_FIELD_UINT,
						  NULL,	     mptcp_subtypes };

	if (s.at == s.end)
		return;
	fields_rows(f, &subtype, 1, s.at);
	if (s.end - s.at < 2 && u8_at(f->b, s.at) >> 4 != MP_PRIO)
		return;
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
	case MP_PRIO:
		mp_prio(f, s);
		break;
	case MP_FAIL:
		mp_fail(f, s);
		break;
	case MP_FASTCLOSE:
		mp_fastclose(f, s);
		break;
	default:
		s.at++;
		span_rest(f, "value", s);
	}
}
