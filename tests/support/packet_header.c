// SPDX-License-Identifier: BSD-2-Clause
/* Link headers: eight of each type. */
#include "support/packets.h"

#include <string.h>

#include <pktcap/base.h>

uint32_t packet_hex(uint8_t *out, const char *hex)
{
	uint32_t n = 0;

	for (; hex[0] && hex[1]; hex += 2) {
		uint8_t byte = 0;

		for (int i = 0; i < 2; i++)
			byte = (uint8_t)(byte << 4 |
					 (hex[i] <= '9' ? hex[i] - '0'
							: hex[i] - 'a' + 10));
		out[n++] = byte;
	}
	return n;
}

static uint32_t put16(uint8_t *out, uint32_t value)
{
	out[0] = (uint8_t)(value >> 8);
	out[1] = (uint8_t)value;
	return 2;
}

static uint32_t ethernet(uint8_t *buf, uint16_t type, unsigned int variant)
{
	static const char *const addresses[PACKET_VARIANTS] = {
		"010203040506020000000001", "020000000001010203040506",
		"ffffffffffff010203040506", "01005e000001020000000001",
		"010203040506010203040506", "333300000001020000000001",
		"000000000000000000000000", "020000000002020000000001",
	};
	uint32_t n = packet_hex(buf, addresses[variant]);

	return n + put16(buf + n, type);
}

static uint32_t cooked(uint8_t *buf, uint16_t type, unsigned int variant,
		       bool second)
{
	uint32_t protocol = type > 1500 ? type : variant & 1 ? 4 : type;

	if (second) {
		put16(buf, protocol);
		packet_hex(buf + 2, "0000000000050001");
		buf[10] = (uint8_t)variant;
		packet_hex(buf + 11, "060102030405060000");
		return 20;
	}
	put16(buf, variant);
	packet_hex(buf + 2, "000100060102030405060000");
	put16(buf + 14, protocol);
	return 16;
}

/* Data, QoS data, to and from the distribution system, management, control. */
static uint32_t wlan(uint8_t *buf, uint16_t type, unsigned int variant)
{
	static const char *const control[PACKET_VARIANTS] = {
		"0800", "8801", "0802", "8803", "8000", "d400", "c400", "4801"
	};
	uint32_t n = packet_hex(buf, control[variant]);

	n += packet_hex(buf + n, "0000");
	n += packet_hex(buf + n, variant & 1 ? "ffffffffffff" : "010203040506");
	n += packet_hex(buf + n, variant & 2 ? "010203040506" : "020000000001");
	n += packet_hex(buf + n, variant & 4 ? "010203040506" : "ffffffffffff");
	n += packet_hex(buf + n, "1000");
	if (buf[0] == 0x88)
		n += packet_hex(buf + n, "0000");
	if (type > 1500) {
		n += packet_hex(buf + n, "aaaa03000000");
		n += put16(buf + n, type);
	}
	return n;
}

static uint32_t radiotap(uint8_t *buf, uint16_t type, unsigned int variant)
{
	static const char *const headers[4] = {
		"0000080000000000",
		"000009000200000010",
		"000012000300000001020304050607082000",
		"00000a00020000002000",
	};
	uint32_t n = packet_hex(buf, headers[variant % 4]);

	return n + wlan(buf + n, type, variant);
}

static uint32_t family(uint8_t *buf, uint16_t type, unsigned int variant,
		       bool swap)
{
	const uint16_t one = 1;
	uint32_t inet6 = variant == 7 ? 24 : 10; /* of OpenBSD and Linux */
	uint32_t af = type == 0x0800 ? 2 : type == 0x86dd ? inet6 : type;

	if (swap && *(const uint8_t *)&one) {
		buf[0] = (uint8_t)af;
		buf[1] = (uint8_t)(af >> 8);
		buf[2] = buf[3] = 0;
		return 4;
	}
	put16(buf, 0);
	put16(buf + 2, af);
	return 4;
}

/* As OpenBSD logs it, with the address family of Linux. */
static uint32_t pflog(uint8_t *buf, uint16_t type, unsigned int variant)
{
	static const char *const names[] = { "eth0", "em0", "eth01", "eth" };

	memset(buf, 0, 64);
	buf[0] = variant & 4 ? 64 : 61;
	buf[1] = type == 0x0800 ? 2 : type == 0x86dd ? 10 : 24;
	buf[2] = (uint8_t)(variant & 3);
	buf[3] = (uint8_t)(variant / 2);
	memcpy(buf + 4, names[variant % 4], strlen(names[variant % 4]));
	memcpy(buf + 20, variant & 1 ? "foo" : "anchor", variant & 1 ? 3 : 6);
	buf[39] = (uint8_t)(variant + 1);
	buf[43] = (uint8_t)(variant + 2);
	buf[60] = (uint8_t)(variant % 3);
	return 64;
}

/* LLC, or an Ethernet frame of LANE, or neither, on circuits with a meaning. */
static uint32_t sunatm(uint8_t *buf, uint16_t type, unsigned int variant)
{
	uint32_t n = 4;

	buf[0] = (uint8_t)(variant % 3);
	buf[1] = variant == 7 ? 5 : 0;
	put16(buf + 2, variant == 6 ? 16 : variant);
	if (buf[0] == 1) {
		n += put16(buf + n, variant == 4 ? 0xff00 : 0x0001);
		return n + ethernet(buf + n, type, variant);
	}
	if (type > 1500) {
		n += packet_hex(buf + n, "aaaa03000000");
		n += put16(buf + n, type);
	}
	return n;
}

uint32_t packet_header(uint32_t linktype, uint16_t type, unsigned int variant,
		       uint8_t buf[PACKET_MAX])
{
	variant %= PACKET_VARIANTS;
	switch (linktype) {
	case PKTCAP_LINKTYPE_ETHERNET:
		return ethernet(buf, type, variant);
	case PKTCAP_LINKTYPE_LINUX_SLL:
	case PKTCAP_LINKTYPE_LINUX_SLL2:
		return cooked(buf, type, variant,
			      linktype == PKTCAP_LINKTYPE_LINUX_SLL2);
	case PKTCAP_LINKTYPE_NULL:
	case PKTCAP_LINKTYPE_LOOP:
		return family(buf, type, variant,
			      linktype == PKTCAP_LINKTYPE_NULL);
	case PKTCAP_LINKTYPE_PPP:
	case PKTCAP_LINKTYPE_PPP_HDLC:
	case PKTCAP_LINKTYPE_C_HDLC:
		if (linktype != PKTCAP_LINKTYPE_C_HDLC && variant & 1)
			type = type == 0x0800	? 0x21
			       : type == 0x86dd ? 0x57
						: type;
		put16(buf, 0xff03);
		return 2 + put16(buf + 2, type);
	case PACKET_LINKTYPE_PFLOG:
		return pflog(buf, type, variant);
	case PACKET_LINKTYPE_SUNATM:
		return sunatm(buf, type, variant);
	case PKTCAP_LINKTYPE_IEEE802_11:
		return wlan(buf, type, variant);
	case PKTCAP_LINKTYPE_IEEE802_11_RADIOTAP:
		return radiotap(buf, type, variant);
	default:
		return 0;
	}
}
