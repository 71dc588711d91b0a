// SPDX-License-Identifier: BSD-2-Clause
/* The text form of ARP, IP and what belongs to it. */
#include "build/form_header.h"

static const uint8_t no_address[16];

static const struct pktcap_arp arp = {
	.hardware_type = 1,
	.protocol_type = 0x0800,
	.operation = 1,
	.hardware_len = 6,
	.protocol_len = 4,
	.sender_hardware = no_address,
	.sender_protocol = no_address,
	.target_hardware = no_address,
	.target_protocol = no_address,
};
/* As RFC 826 has them, and as tcpdump and others call them. */
static const struct form_field arp_fields[] = {
	{ "op", "operation", 0 },	 { "sha", "sender_hardware", 0 },
	{ "spa", "sender_protocol", 0 }, { "tha", "target_hardware", 0 },
	{ "tpa", "target_protocol", 0 }, { NULL, NULL, 0 },
};

static const struct pktcap_ipv4 ipv4 = {
	.ttl = 64,
	.protocol = IP_PROTOCOL_EXPERIMENT,
};
static const struct form_field ipv4_fields[] = {
	{ "ihl", NULL, PKTCAP_KEEP_LENGTHS },
	{ "len", "total_length", PKTCAP_KEEP_LENGTHS },
	{ "total_length", NULL, PKTCAP_KEEP_LENGTHS },
	{ "frag", "fragment_offset", 0 },
	{ "df", "dont_fragment", 0 },
	{ "mf", "more_fragments", 0 },
	{ "proto", "protocol", PKTCAP_KEEP_NEXT },
	{ "protocol", NULL, PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

static const struct pktcap_ipv6 ipv6 = {
	.hop_limit = 64,
	.next_header = IP_PROTOCOL_EXPERIMENT,
};
static const struct form_field ipv6_fields[] = {
	{ "hlim", "hop_limit", 0 },
	{ "flow", "flow_label", 0 },
	{ "len", "payload_length", PKTCAP_KEEP_LENGTHS },
	{ "payload_length", NULL, PKTCAP_KEEP_LENGTHS },
	{ "nh", "next_header", PKTCAP_KEEP_NEXT },
	{ "next_header", NULL, PKTCAP_KEEP_NEXT },
	{ NULL, NULL, 0 },
};

static const struct pktcap_icmp6 icmp6 = {
	.type = PKTCAP_ICMP6_ECHO_REQUEST,
};

const struct form_layer form_network_layers[] = {
	{ HEADER(ARP, arp), .fields = arp_fields },
	{ HEADER(IPV4, ipv4), .alias = "ip", .fields = ipv4_fields },
	{ HEADER(IPV6, ipv6), .alias = "ip6", .fields = ipv6_fields },
	{ HEADER(ICMP6, icmp6), .alias = "icmpv6" },
	{ .name = NULL },
};
