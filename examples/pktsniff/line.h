/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A packet as one line, in tcpdump's reading order: link layer, network layer,
 * transport. Ports and addresses are numbers, sequence numbers absolute.
 */
#ifndef PKTSNIFF_LINE_H
#define PKTSNIFF_LINE_H

#include "bytes.h"

#include <pktcap/base.h>

#include <net/if.h>

enum { LINE_NAMES = 16 };

struct line {
	bool ether_header;
	bool quick;
	bool no_default_hex; /* of payload that has no line of its own */
	struct line_name {
		uint32_t ifindex;
		char name[IF_NAMESIZE];
	} names[LINE_NAMES];
};

/* Prints it without a newline; returns the length of its link header. */
size_t line_print(struct line *line, const struct pktcap_packet *pkt);

/* Interfaces may have other names from now on. */
void line_forget_names(struct line *line);

/*
 * Prints what an EtherType announces; false, and nothing printed, where we
 * know nothing of it.
 */
bool line_network(const struct line *line, uint16_t ethertype,
		  struct bytes payload);
void line_ip4(const struct line *line, struct bytes packet);
void line_ip6(const struct line *line, struct bytes packet);

/* " [|NAME]": the packet was cut inside this header. */
void line_truncated(const char *name);

/* TCP, UDP, ICMP, ICMPv6 and all others by number. */
struct line_addresses {
	char from[64];
	char to[64];
	bool fragmented; /* more of it comes in other packets */
};

void line_transport(const struct line *line, uint8_t protocol,
		    const struct line_addresses *addresses,
		    struct bytes payload);

/* A hardware address as text. */
enum { LINE_MAC_TEXT = 18 };
const char *line_mac(char text[static LINE_MAC_TEXT], const uint8_t *mac);

#endif
