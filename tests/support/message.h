/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A message in hexadecimal as a whole packet, and what is decoded of it, for
 * tests that are rows. Packets are IPv4 or IPv6 without a link header.
 */
#ifndef TESTS_SUPPORT_MESSAGE_H
#define TESTS_SUPPORT_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#include <pktcap/base.h>

enum { MESSAGE_MAX = 4096 };

struct message {
	struct pktcap_packet pkt; /* its data is in bytes */
	size_t header_len;	  /* bytes in front of the message */
	uint8_t bytes[MESSAGE_MAX];
};

/*
 * @hex: digits, blanks, and "*N " behind a byte to have it N times.
 * Return: bytes at @out, at most @max; fails the test otherwise.
 */
size_t message_hex(const char *hex, uint8_t *out, size_t max);

/* In UDP to @port from @port, in TCP likewise (a segment without options), */
void message_udp(struct message *m, uint16_t port, const char *hex);
void message_tcp(struct message *m, uint16_t port, const char *hex);
/* or directly in IP of @version 4 or 6. */
void message_ip(struct message *m, int version, uint8_t protocol,
		const char *hex);

#endif
