/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets of all protocols that filters ask for, with any link header. */
#ifndef TESTS_SUPPORT_PACKETS_H
#define TESTS_SUPPORT_PACKETS_H

#include <stdbool.h>
#include <stdint.h>

enum { PACKET_MAX = 512, PACKET_VARIANTS = 8 };

/* Link types without a name in base.h. */
enum {
	PACKET_LINKTYPE_PFLOG = 117,
	PACKET_LINKTYPE_SUNATM = 123,
	PACKET_LINKTYPE_MTP2_WITH_PHDR = 139,
	PACKET_LINKTYPE_MTP2 = 140,
};

struct packet {
	const char *name;
	const uint8_t *bytes;
	uint32_t len;
};

/* Packet @i of a link type at @buf; false behind the last one. */
bool packet_build(unsigned int i, uint32_t linktype, uint8_t buf[PACKET_MAX],
		  struct packet *out);

/* How many there are behind each link header, */
uint32_t packet_payloads(void);
/* and packet @i with another link header: eight of each type, by @variant. */
void packet_build_as(unsigned int i, unsigned int variant, uint32_t linktype,
		     uint8_t buf[PACKET_MAX], struct packet *out);
/* Bytes of hexadecimal digits; how many. */
uint32_t packet_hex(uint8_t *out, const char *hex);
/* A link header alone, for what is of EtherType @type. Its length. */
uint32_t packet_header(uint32_t linktype, uint16_t type, unsigned int variant,
		       uint8_t buf[PACKET_MAX]);

#endif
