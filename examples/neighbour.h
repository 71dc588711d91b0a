/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who has this address? The requests and answers of ARP (RFC 826, RFC 5227)
 * and of IPv6 neighbour discovery (RFC 4861), as frames of Ethernet. An answer
 * is believed only if it is one word for word.
 */
#ifndef NEIGHBOUR_H
#define NEIGHBOUR_H

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include <pktcap/build.h>
#include <pktcap/decode.h>

enum { NEIGHBOUR_FRAME = 128 };

/* No padding: memcmp() compares two. */
struct neighbour_address {
	uint16_t family; /* AF_INET or AF_INET6 */
	uint8_t bytes[16];
};

struct neighbour_answer {
	struct neighbour_address address; /* that was asked for */
	struct neighbour_address to;	  /* who gets the answer, 0 for all */
	uint8_t mac[6];
};

static const uint8_t neighbour_all_nodes[16] = { 0xff, 0x02, [15] = 1 };
static const uint8_t neighbour_nobody[16];

static inline void neighbour_arp(struct pktcap_build *build, const uint8_t *mac,
				 const uint8_t *from, const uint8_t *target,
				 const uint8_t *to)
{
	struct pktcap_eth eth = { .dst = { 255, 255, 255, 255, 255, 255 } };
	const struct pktcap_arp arp = {
		.hardware_type = 1,
		.protocol_type = 0x0800,
		.operation = 1,
		.hardware_len = 6,
		.protocol_len = 4,
		.sender_hardware = mac,
		.sender_protocol = from,
		.target_protocol = target,
	};

	memcpy(eth.src, mac, 6);
	if (to)
		memcpy(eth.dst, to, 6);
	pktcap_build_eth(build, &eth, 0);
	pktcap_build_arp(build, &arp, 0);
	pktcap_build_pad(build, 60);
}

/* To the group of all whose address has the same last three bytes. */
static inline void neighbour_solicitation(struct pktcap_build *build,
					  const uint8_t *mac,
					  const uint8_t *from,
					  const uint8_t *target,
					  const uint8_t *to)
{
	struct pktcap_eth eth = { .dst = { 0x33, 0x33, 0xff } };
	struct pktcap_ipv6 ip = { .dst = { 0xff, 0x02, [11] = 1, 0xff },
				  .hop_limit = 255 };
	uint8_t option[8] = { 1, 1 }; /* the sender's hardware address */
	struct pktcap_nd nd = { .type = 135, .options = option };

	memcpy(eth.dst + 3, target + 13, 3);
	memcpy(eth.src, mac, 6);
	if (to)
		memcpy(eth.dst, to, 6);
	memcpy(ip.dst + 13, target + 13, 3);
	memcpy(ip.src, from, 16);
	memcpy(nd.target, target, 16);
	memcpy(option + 2, mac, 6);
	/* Nobody has an address that could be remembered. */
	nd.options_len = memcmp(from, neighbour_nobody, 16) ? 8 : 0;
	pktcap_build_eth(build, &eth, 0);
	pktcap_build_ipv6(build, &ip, 0);
	pktcap_build_nd(build, &nd, 0);
}

/*
 * @mac: of our interface; @from: our address, of zeros for a probe, which
 * leaves no trace in anybody's tables; @to: where the frame goes, NULL: where
 * everybody who may have the address listens. Returns its length.
 */
static inline int neighbour_request(uint8_t frame[NEIGHBOUR_FRAME],
				    const uint8_t *mac, const uint8_t *from,
				    const struct neighbour_address *target,
				    const uint8_t *to)
{
	struct pktcap_build build;

	pktcap_build_start(&build, frame, NEIGHBOUR_FRAME);
	if (target->family == AF_INET)
		neighbour_arp(&build, mac, from, target->bytes, to);
	else
		neighbour_solicitation(&build, mac, from, target->bytes, to);
	return pktcap_build_finish(&build);
}

/* Of one interface, not of a group. */
static inline bool neighbour_mac_is_one(const uint8_t *mac)
{
	return !(mac[0] & 1) && memcmp(mac, neighbour_nobody, 6);
}

static inline bool neighbour_arp_reply(const struct pktcap_layer *layer,
				       const uint8_t *mac,
				       struct neighbour_answer *out)
{
	struct pktcap_arp arp;

	if (pktcap_arp_get(layer, &arp) || arp.hardware_type != 1 ||
	    arp.protocol_type != 0x0800 || arp.hardware_len != 6 ||
	    arp.protocol_len != 4 || arp.operation != 2 ||
	    memcmp(arp.target_hardware, mac, 6))
		return false;
	out->address.family = out->to.family = AF_INET;
	memcpy(out->address.bytes, arp.sender_protocol, 4);
	memcpy(out->to.bytes, arp.target_protocol, 4);
	memcpy(out->mac, arp.sender_hardware, 6);
	return true;
}

/* The target's link-layer address, if there; false if options are broken. */
static inline bool neighbour_target_mac(const struct pktcap_layer *layer,
					uint8_t *mac)
{
	struct pktcap_tlv option;
	uint32_t at = 0;
	int ret;

	while ((ret = pktcap_nd_option_next(layer, &at, &option)) == 1) {
		if (option.type != 2)
			continue;
		if (option.len != 6)
			return false;
		memcpy(mac, option.data, 6);
	}
	return ret == 0;
}

/* RFC 4861, 7.1.2. @layers: of Ethernet, IPv6 and ICMPv6 */
static inline bool neighbour_advertisement(const struct pktcap_packet *pkt,
					   const struct pktcap_layer *layers,
					   size_t n,
					   struct neighbour_answer *out)
{
	enum { ADVERTISEMENT = 136, SOLICITED = 0x40000000 };
	struct pktcap_icmp6 icmp6;
	struct pktcap_ipv6 ip;
	struct pktcap_nd nd;

	if (n != 3 || pktcap_ipv6_get(&layers[1], &ip) || ip.hop_limit != 255 ||
	    pktcap_icmp6_get(&layers[2], &icmp6) || icmp6.code ||
	    pktcap_nd_get(&layers[2], &nd) || nd.type != ADVERTISEMENT ||
	    !neighbour_target_mac(&layers[2], out->mac))
		return false;
	if (pktcap_layer_checksum(pkt, layers, n, 2) != PKTCAP_CHECKSUM_GOOD)
		return false;
	out->address.family = out->to.family = AF_INET6;
	memcpy(out->address.bytes, nd.target, 16);
	if (nd.flags & SOLICITED)
		memcpy(out->to.bytes, ip.dst, 16);
	else if (memcmp(ip.dst, neighbour_all_nodes, 16))
		return false;
	return true;
}

/* @mac: of our interface. Returns whether @pkt is an answer to us. */
static inline bool neighbour_answer(const struct pktcap_packet *pkt,
				    const uint8_t *mac,
				    struct neighbour_answer *out)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);

	memset(out, 0, sizeof(*out));
	/* Nothing between: what is in a VLAN or a tunnel is another network. */
	if (n < 2 || layers[0].proto != PKTCAP_PROTO_ETH)
		return false;
	if (layers[1].proto == PKTCAP_PROTO_ARP) {
		if (!neighbour_arp_reply(&layers[1], mac, out))
			return false;
	} else if (!neighbour_advertisement(pkt, layers, n, out)) {
		return false;
	}
	return neighbour_mac_is_one(out->mac);
}

#endif
