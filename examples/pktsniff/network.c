/* SPDX-License-Identifier: BSD-2-Clause */
#include "line.h"

#include <arpa/inet.h>
#include <net/ethernet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

enum {
	IP4_HEADER = 20,
	IP6_HEADER = 40,
	ARP_HEADER = 8,
	ARP_REQUEST = 1,
	ARP_REPLY = 2,
};

static const char *address(char *text, size_t size, int family,
			   const uint8_t *bytes)
{
	return inet_ntop(family, bytes, text, (socklen_t)size) ? text : "?";
}

/* Ports follow TCP's and UDP's addresses; the others' stand alone. */
static bool has_ports(uint8_t protocol)
{
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP;
}

static void print_transport(const struct line *line, uint8_t protocol,
			    const struct line_addresses *addresses,
			    struct bytes payload)
{
	if (!has_ports(protocol))
		printf("%s > %s: ", addresses->from, addresses->to);
	line_transport(line, protocol, addresses, payload);
}

static void wrong_version(uint8_t version)
{
	printf("IP%u, wrong link-layer encapsulation (invalid)", version);
}

/* RFC 791, section 3.1 */
void line_ip4(const struct line *line, struct bytes packet)
{
	struct line_addresses addresses;
	uint8_t first, protocol;
	uint16_t length, fragment;
	size_t header;

	if (!bytes_u8(packet, 0, &first)) {
		line_truncated("ip");
		return;
	}
	if (first >> 4 != 4) {
		wrong_version(first >> 4);
		return;
	}
	if (!line->ether_header)
		fputs("IP ", stdout);
	if (!bytes_have(packet, 0, IP4_HEADER)) {
		if (packet.wire < IP4_HEADER)
			printf("truncated-ip %zu", packet.wire);
		else
			line_truncated("ip");
		return;
	}
	header = (first & 15) * 4u;
	if (header < IP4_HEADER) {
		printf("bad-hlen %zu", header);
		return;
	}
	if (!bytes_be16(packet, 2, &length) ||
	    !bytes_be16(packet, 6, &fragment) ||
	    !bytes_u8(packet, 9, &protocol))
		return;
	if (packet.wire < length)
		printf("truncated-ip - %zu bytes missing! ",
		       length - packet.wire);
	if (length < header) {
		printf("bad-len %u", length);
		return;
	}
	address(addresses.from, sizeof(addresses.from), AF_INET,
		packet.data + 12);
	address(addresses.to, sizeof(addresses.to), AF_INET, packet.data + 16);
	addresses.fragmented = fragment & 0x3fff;
	if (fragment & 0x1fff) {
		printf("%s > %s: ip-proto-%u", addresses.from, addresses.to,
		       protocol);
		return;
	}
	/* A length the header states counts, even where we hold less. */
	packet = bytes_first(packet, length);
	packet.wire = length;
	print_transport(line, protocol, &addresses,
			bytes_after(packet, header));
}

/* RFC 8200, section 3 */
void line_ip6(const struct line *line, struct bytes packet)
{
	struct line_addresses addresses = { .fragmented = false };
	uint8_t first, next;
	uint16_t length;

	if (!bytes_have(packet, 0, IP6_HEADER) ||
	    !bytes_u8(packet, 0, &first) || !bytes_be16(packet, 4, &length) ||
	    !bytes_u8(packet, 6, &next)) {
		line_truncated("ip6");
		return;
	}
	if (first >> 4 != 6) {
		wrong_version(first >> 4);
		return;
	}
	if (!line->ether_header)
		fputs("IP6 ", stdout);
	if (packet.wire < (size_t)length + IP6_HEADER)
		printf("truncated-ip6 - %zu bytes missing!",
		       (size_t)length + IP6_HEADER - packet.wire);
	address(addresses.from, sizeof(addresses.from), AF_INET6,
		packet.data + 8);
	address(addresses.to, sizeof(addresses.to), AF_INET6, packet.data + 24);
	packet = bytes_first(packet, (size_t)length + IP6_HEADER);
	packet.wire = (size_t)length + IP6_HEADER;
	print_transport(line, next, &addresses,
			bytes_after(packet, IP6_HEADER));
}

static void print_arp_operation(const uint8_t *body, uint16_t operation)
{
	char from[INET_ADDRSTRLEN], to[INET_ADDRSTRLEN], mac[LINE_MAC_TEXT];
	static const uint8_t none[ETHER_ADDR_LEN];

	address(from, sizeof(from), AF_INET, body + 6);
	address(to, sizeof(to), AF_INET, body + 16);
	if (operation == ARP_REQUEST) {
		printf("Request who-has %s", to);
		if (memcmp(body + 10, none, sizeof(none)) != 0)
			printf(" (%s)", line_mac(mac, body + 10));
		printf(" tell %s", from);
	} else if (operation == ARP_REPLY) {
		printf("Reply %s is-at %s", from, line_mac(mac, body));
	} else {
		printf("Unknown (%u) ", operation);
	}
}

/* RFC 826; only IPv4 over Ethernet is told in words. */
static void print_arp(const struct line *line, struct bytes packet)
{
	uint16_t hardware, protocol, operation;
	uint8_t hardware_len, protocol_len;
	const uint8_t *body;

	if (!bytes_be16(packet, 0, &hardware) ||
	    !bytes_be16(packet, 2, &protocol) ||
	    !bytes_u8(packet, 4, &hardware_len) ||
	    !bytes_u8(packet, 5, &protocol_len) ||
	    !bytes_be16(packet, 6, &operation) ||
	    !(body = bytes_at(packet, ARP_HEADER,
			      2u * hardware_len + 2u * protocol_len))) {
		line_truncated("arp");
		return;
	}
	if (!line->ether_header)
		fputs("ARP, ", stdout);
	if (protocol == ETHERTYPE_IP && protocol_len == 4 &&
	    hardware_len == ETHER_ADDR_LEN)
		print_arp_operation(body, operation);
	else
		printf("hardware %u (len %u), protocol 0x%04x (len %u)",
		       hardware, hardware_len, protocol, protocol_len);
	printf(", length %zu", packet.wire);
}

bool line_network(const struct line *line, uint16_t ethertype,
		  struct bytes payload)
{
	switch (ethertype) {
	case ETHERTYPE_IP:
		line_ip4(line, payload);
		return true;
	case ETHERTYPE_IPV6:
		line_ip6(line, payload);
		return true;
	case ETHERTYPE_ARP:
		print_arp(line, payload);
		return true;
	default:
		return false;
	}
}
