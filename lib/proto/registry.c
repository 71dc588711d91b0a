// SPDX-License-Identifier: BSD-2-Clause
/* The table of protocols, and the ways from a number to one: rows.h. */
#include "proto/proto.h"

#include <errno.h>
#include <strings.h>

enum {
	ETHERTYPE_MIN = 0x0600,
	LINKTYPE_RAW_BSD = 12,
	LINKTYPE_RAW_OPENBSD = 14
};

/* Who is asked, in this order, about a payload on ports that say nothing. */
#define TCP_GUESSES(GUESS) GUESS(SSH) GUESS(TLS) GUESS(HTTP)
#define UDP_GUESSES(GUESS) GUESS(QUIC)

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

/*
 * Each kind of number has a switch: a row is its cases of this kind followed by
 * one return, and without a case of this kind that return is never reached.
 */
#define ROW(id, symbol, numbers) numbers return PKTCAP_PROTO_##id;
#define ETHER(n)
#define IP(n)
#define LINK(n)
#define SAP(n)
#define PPP(n)
#define TCP(n)
#define UDP(n)

#define SWITCH(function)                          \
	static uint16_t function(uint32_t number) \
	{                                         \
		switch (number) {                 \
		default:                          \
			return PKTCAP_PROTO_NONE;

#define END \
	}   \
	}

#undef ETHER
#define ETHER(n) case n:
SWITCH(by_ethertype)
#include "proto/rows.h"
END
#undef ETHER
#define ETHER(n)

#undef IP
#define IP(n) case n:
SWITCH(by_ip)
#include "proto/rows.h"
END
#undef IP
#define IP(n)

#undef LINK
#define LINK(n) case n:
SWITCH(by_link)
#include "proto/rows.h"
END
#undef LINK
#define LINK(n)

#undef SAP
#define SAP(n) case n:
SWITCH(by_sap)
#include "proto/rows.h"
END
#undef SAP
#define SAP(n)

#undef PPP
#define PPP(n) case n:
SWITCH(by_ppp)
#include "proto/rows.h"
END
#undef PPP
#define PPP(n)

#undef TCP
#define TCP(n) case n:
SWITCH(by_tcp_port)
#include "proto/rows.h"
END
#undef TCP
#define TCP(n)

#undef UDP
#define UDP(n) case n:
SWITCH(by_udp_port)
#include "proto/rows.h"
END
#undef UDP

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

/* Raw IP: the first four bits tell which. */
static uint16_t by_version(struct bytes b)
{
	uint8_t first;

	if (!bytes_u8(b, 0, &first))
		return PKTCAP_PROTO_NONE;
	return first >> 4 == 6 && proto_table[PKTCAP_PROTO_IPV6]
		       ? PKTCAP_PROTO_IPV6
		       : PKTCAP_PROTO_IPV4;
}

/*
 * A length announces 802.2, except for Novell's frames of old: IPX without it,
 * whose first field is always ffff.
 */
static uint16_t by_type_or_length(uint32_t number, struct bytes b)
{
	uint16_t first = 0;

	if (number >= ETHERTYPE_MIN)
		return by_ethertype(number);
	bytes_be16(b, 0, &first);
	return first == 0xffff ? PKTCAP_PROTO_NONE : PKTCAP_PROTO_LLC;
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

static uint16_t by_ports(uint16_t (*by_port)(uint32_t), uint32_t ports,
			 struct bytes b, bool stream)
{
	uint16_t id = by_port(ports & 0xffff);

	if (looks_like(id, b, stream))
		return id;
	id = by_port(ports >> 16);
	return looks_like(id, b, stream) ? id : PKTCAP_PROTO_NONE;
}

static uint16_t of_tcp(uint32_t ports, struct bytes b)
{
#define GUESS(id) PKTCAP_PROTO_##id,
	static const uint8_t guesses[] = { TCP_GUESSES(GUESS)
						   PKTCAP_PROTO_NONE };
	uint16_t id = by_ports(by_tcp_port, ports, b, true);

	return id ? id : by_content(guesses, b, true);
}

static uint16_t of_udp(uint32_t ports, struct bytes b)
{
	static const uint8_t guesses[] = { UDP_GUESSES(GUESS)
						   PKTCAP_PROTO_NONE };
	uint16_t id = by_ports(by_udp_port, ports, b, false);

	return id ? id : by_content(guesses, b, false);
}

static uint16_t of_link(uint32_t linktype, struct bytes b)
{
	switch (linktype) {
	case PKTCAP_LINKTYPE_RAW:
	case LINKTYPE_RAW_BSD:
	case LINKTYPE_RAW_OPENBSD:
		return by_version(b);
	default:
		return by_link(linktype);
	}
}

uint16_t proto_next(enum next next, uint32_t number, struct bytes payload)
{
	switch (next) {
	case NEXT_PROTO:
		return (uint16_t)number;
	case NEXT_LINK:
		return of_link(number, payload);
	case NEXT_ETHERTYPE:
		return by_type_or_length(number, payload);
	case NEXT_IP:
		return by_ip(number);
	case NEXT_SAP:
		return by_sap(number >> 8);
	case NEXT_PPP:
		return by_ppp(number);
	case NEXT_TCP:
		return of_tcp(number, payload);
	case NEXT_UDP:
		return of_udp(number, payload);
	case NEXT_NOTHING:
	case NEXT_UNKNOWN:
		break;
	}
	return PKTCAP_PROTO_NONE;
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
