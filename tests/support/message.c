// SPDX-License-Identifier: BSD-2-Clause
#include "support/message.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "support/rows.h"

enum { IPPROTO_OF_TCP = 6, IPPROTO_OF_UDP = 17 };

static unsigned int digit(char c)
{
	if (!isxdigit((unsigned char)c))
		fail_msg("'%c' is no hexadecimal digit", c);
	return c <= '9' ? (unsigned int)(c - '0')
			: (unsigned int)(tolower(c) - 'a') + 10;
}

size_t message_hex(const char *hex, uint8_t *out, size_t max)
{
	size_t n = 0;

	while (*hex) {
		unsigned long times = 1;
		uint8_t byte;

		if (*hex == ' ') {
			hex++;
			continue;
		}
		byte = (uint8_t)(digit(hex[0]) << 4 | digit(hex[1]));
		hex += 2;
		if (*hex == '*') {
			char *end;

			times = strtoul(hex + 1, &end, 10);
			hex = end;
		}
		assert_true(times <= max - n);
		memset(out + n, byte, times);
		n += times;
	}
	return n;
}

static void put16(uint8_t *p, size_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

static void put_ip(struct message *m, int version, uint8_t protocol, size_t n)
{
	static const uint8_t ip4[20] = { 0x45, 0, 0,  0, 0, 1, 0,  0, 64, 0,
					 0,    0, 10, 0, 0, 1, 10, 0, 0,  2 };
	static const uint8_t ip6[40] = { 0x60, 0,    0,	       0,    0,
					 0,    0,    64,       0x20, 0x01,
					 0x0d, 0xb8, [23] = 1, 0x20, 0x01,
					 0x0d, 0xb8, [39] = 2 };

	if (version == 4) {
		memcpy(m->bytes, ip4, sizeof(ip4));
		put16(m->bytes + 2, sizeof(ip4) + n);
		m->bytes[9] = protocol;
	} else {
		memcpy(m->bytes, ip6, sizeof(ip6));
		put16(m->bytes + 4, n);
		m->bytes[6] = protocol;
	}
}

/* @before: bytes between the IP header and the message */
static size_t start(struct message *m, int version, uint8_t protocol,
		    size_t before, const char *hex)
{
	size_t ip = version == 4 ? 20 : 40, n;

	memset(m, 0, sizeof(*m));
	m->header_len = ip + before;
	n = message_hex(hex, m->bytes + m->header_len,
			MESSAGE_MAX - m->header_len);
	put_ip(m, version, protocol, before + n);
	m->pkt.data = m->bytes;
	m->pkt.caplen = m->pkt.wirelen = (uint32_t)(m->header_len + n);
	m->pkt.linktype =
		version == 4 ? PKTCAP_LINKTYPE_IPV4 : PKTCAP_LINKTYPE_IPV6;
	return ip;
}

void message_udp(struct message *m, uint16_t port, const char *hex)
{
	size_t at = start(m, 4, IPPROTO_OF_UDP, 8, hex);

	put16(m->bytes + at, port);
	put16(m->bytes + at + 2, port);
	put16(m->bytes + at + 4, m->pkt.caplen - at);
}

void message_tcp(struct message *m, uint16_t port, const char *hex)
{
	size_t at = start(m, 4, IPPROTO_OF_TCP, 20, hex);

	put16(m->bytes + at, port);
	put16(m->bytes + at + 2, port);
	m->bytes[at + 12] = 0x50;
	m->bytes[at + 13] = 0x18;
}

void message_ip(struct message *m, int version, uint8_t protocol,
		const char *hex)
{
	start(m, version, protocol, 0, hex);
}
