// SPDX-License-Identifier: BSD-2-Clause
/* The table of protocols, and the ways from a number to one: rows.h. */
#include "proto/proto.h"

#include <errno.h>
#include <strings.h>

/* Who is asked, in this order, about a payload on ports that say nothing. */
#define TCP_GUESSES(GUESS) GUESS(SSH) GUESS(TLS) GUESS(HTTP)
#define UDP_GUESSES(GUESS) GUESS(QUIC) GUESS(DNS)

#define ROW(id, symbol, numbers) extern const struct proto proto_##symbol;
#include "proto/rows.h"
#undef ROW

static const struct proto proto_data = {
	.name = "data",
	.title = "Data",
	.level = PKTCAP_LEVEL_APPLICATION,
};

const struct proto *const proto_table[PKTCAP_PROTO_COUNT] = {
	[PKTCAP_PROTO_DATA] = &proto_data,
#define ROW(id, symbol, numbers) [PKTCAP_PROTO_##id] = &proto_##symbol,
#include "proto/rows.h"
#undef ROW
};

#define SWITCH by_tcp_port
#define TCP(n) case n:
#include "proto/switch.h"

#define SWITCH by_udp_port
#define UDP(n) case n:
#include "proto/switch.h"

static bool looks_like(uint16_t id, struct bytes payload, bool stream)
{
	bool (*check)(struct bytes b);

	if (!id)
		return false;
	check = stream && proto_table[id]->check_stream
			? proto_table[id]->check_stream
			: proto_table[id]->check;
	return !check || check(payload);
}

static uint16_t by_content(const uint8_t *guess, struct bytes b, bool stream)
{
	for (; *guess != PKTCAP_PROTO_NONE; guess++) {
		const struct proto *proto = proto_table[*guess];

		if (proto->guess ? proto->guess(b)
				 : looks_like(*guess, b, stream))
			break;
	}
	return *guess;
}

static uint16_t by_ports(uint32_t (*by_port)(uint32_t), uint32_t ports,
			 struct bytes b, bool stream)
{
	uint16_t id = by_port(ports & 0xffff);

	if (looks_like(id, b, stream))
		return id;
	id = by_port(ports >> 16);
	return looks_like(id, b, stream) ? id : PKTCAP_PROTO_NONE;
}

uint16_t proto_of_segment(uint32_t ports, struct bytes b)
{
#define GUESS(id) PKTCAP_PROTO_##id,
	static const uint8_t guesses[] = { TCP_GUESSES(GUESS)
						   PKTCAP_PROTO_NONE };
	uint16_t id = by_ports(by_tcp_port, ports, b, true);

	return id ? id : by_content(guesses, b, true);
}

uint16_t proto_of_datagram(uint32_t ports, struct bytes b)
{
	static const uint8_t guesses[] = { UDP_GUESSES(GUESS)
						   PKTCAP_PROTO_NONE };
	uint16_t id = by_ports(by_udp_port, ports, b, false);

	return id ? id : by_content(guesses, b, false);
}

const char *pktcap_proto_name(uint32_t id)
{
	const struct proto *proto = proto_of(id);

	return proto ? proto->name : NULL;
}

const char *pktcap_proto_title(uint32_t id)
{
	const struct proto *proto = proto_of(id);

	return proto ? proto->title : NULL;
}

enum pktcap_level pktcap_proto_level(uint32_t id)
{
	const struct proto *proto = proto_of(id);

	return proto ? proto->level : PKTCAP_LEVEL_NONE;
}

int pktcap_proto_from_name(const char *name)
{
	for (int id = 0; id < PKTCAP_PROTO_COUNT; id++)
		if (proto_table[id] && !strcasecmp(proto_table[id]->name, name))
			return id;
	return -ENOENT;
}

const char *pktcap_status_name(uint32_t status)
{
	switch (status) {
	case PKTCAP_STATUS_OK:
		return "ok";
	case PKTCAP_STATUS_TRUNCATED:
		return "truncated";
	case PKTCAP_STATUS_MALFORMED:
		return "malformed";
	default:
		return "unsupported";
	}
}
