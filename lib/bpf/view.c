// SPDX-License-Identifier: BSD-2-Clause
#include "bpf/view.h"

#include <linux/filter.h>
#include <linux/if_ether.h>

#include "bpf/payload.h"

enum {
	ETHERNET_HEADER = 14,
	VLAN_TAG = 4,
	SLL_HEADER = 16,
	SLL_PROTOCOL = 14,
	SLL2_HEADER = 20,
	SLL2_PROTOCOL = 0,
};

static struct bytes bytes_of(const struct pktcap_packet *pkt)
{
	return (struct bytes){ pkt->data, pkt->caplen };
}

static bool raw_network(struct bytes packet, struct network *out)
{
	uint8_t first = 0;

	bytes_u8(packet, 0, &first);
	out->offset = 0;
	out->protocol = first >> 4 == 6 ? ETH_P_IPV6 : ETH_P_IP;
	return true;
}

static bool network_at(struct bytes packet, size_t offset, size_t protocol,
		       struct network *out)
{
	out->offset = offset;
	return bytes_be16(packet, protocol, &out->protocol);
}

/*
 * Where the kernel has the network header: behind one VLAN tag at most, the
 * one it would have taken off.
 */
static bool find_network(const struct pktcap_packet *pkt, struct network *out)
{
	struct bytes packet = bytes_of(pkt);
	size_t header = ETHERNET_HEADER;

	switch (pkt->linktype) {
	case PKTCAP_LINKTYPE_ETHERNET:
		if (pkt->flags & PKTCAP_PACKET_VLAN_INLINE)
			header += VLAN_TAG;
		return network_at(packet, header, header - 2, out);
	case PKTCAP_LINKTYPE_LINUX_SLL:
		return network_at(packet, SLL_HEADER, SLL_PROTOCOL, out);
	case PKTCAP_LINKTYPE_LINUX_SLL2:
		return network_at(packet, SLL2_HEADER, SLL2_PROTOCOL, out);
	case PKTCAP_LINKTYPE_RAW:
	case PKTCAP_LINKTYPE_IPV4:
	case PKTCAP_LINKTYPE_IPV6:
		return raw_network(packet, out);
	default:
		return false;
	}
}

static struct view_value number(struct bytes packet, size_t at, size_t size)
{
	struct view_value v = { 0 };

	v.found = view_number(packet, at, size, &v.value);
	return v;
}

struct view_value view_load(const struct pktcap_packet *pkt, uint32_t k,
			    size_t size)
{
	const uint32_t net = (uint32_t)SKF_NET_OFF, link = (uint32_t)SKF_LL_OFF;
	struct network network;

	if (k >= net && find_network(pkt, &network))
		return number(bytes_of(pkt), network.offset + (k - net), size);
	if (k < net && k >= link)
		return number(bytes_of(pkt), k - link, size);
	return (struct view_value){ 0 };
}

/* The kernel takes one VLAN tag off before it looks at the protocol. */
static uint32_t behind_tag(const struct pktcap_packet *pkt,
			   struct network network)
{
	bool taken =
		pkt->flags & (PKTCAP_PACKET_VLAN | PKTCAP_PACKET_VLAN_INLINE);
	uint16_t type = 0;

	if (taken || (network.protocol != ETH_P_8021Q &&
		      network.protocol != ETH_P_8021AD))
		return network.protocol;
	bytes_be16(bytes_of(pkt), network.offset + VLAN_TAG - 2, &type);
	return type;
}

/* Views from files do not carry it: the packet says it, too. */
static uint32_t protocol(const struct pktcap_packet *pkt)
{
	struct network network;

	if (pkt->protocol)
		return pkt->protocol;
	return find_network(pkt, &network) ? behind_tag(pkt, network) : 0;
}

static uint32_t payload(const struct pktcap_packet *pkt)
{
	struct network network;

	if (!find_network(pkt, &network))
		return 0;
	return (uint32_t)payload_offset(bytes_of(pkt), network);
}

/*
 * Programs use it to sample packets. A hash of the packet spreads as well as
 * random bits do, costs no system call, and gives the same sample of a file
 * every time, whatever the program has in its registers when it asks.
 */
static uint32_t spread(const struct pktcap_packet *pkt)
{
	size_t n = pkt->caplen < 64 ? pkt->caplen : 64;
	uint64_t h = (uint64_t)pkt->ts_ns ^ (uint64_t)pkt->wirelen << 32;

	for (size_t i = 0; i < n; i++)
		h = (h ^ pkt->data[i]) * 0x9e3779b97f4a7c15u;
	for (int round = 0; round < 2; round++)
		h = (h ^ h >> 32) * 0xd6e8feb86659fd93u;
	return (uint32_t)(h >> 32);
}

/* 0 for what only the kernel knows. */
static uint32_t ancillary(const struct pktcap_packet *pkt, uint32_t k,
			  uint32_t a, uint32_t x)
{
	switch (k - (uint32_t)SKF_AD_OFF) {
	case SKF_AD_PROTOCOL:
		return protocol(pkt);
	case SKF_AD_PKTTYPE:
		return pkt->pkttype;
	case SKF_AD_IFINDEX:
		return (uint32_t)pkt->ifindex;
	case SKF_AD_HATYPE:
		return pkt->hatype;
	case SKF_AD_ALU_XOR_X:
		return a ^ x;
	case SKF_AD_VLAN_TAG:
		return pkt->flags & PKTCAP_PACKET_VLAN ? pkt->vlan_tci : 0;
	case SKF_AD_VLAN_TAG_PRESENT:
		return !!(pkt->flags & PKTCAP_PACKET_VLAN);
	case SKF_AD_VLAN_TPID:
		return pkt->flags & PKTCAP_PACKET_VLAN ? pkt->vlan_tpid : 0;
	case SKF_AD_PAY_OFFSET:
		return payload(pkt);
	case SKF_AD_RANDOM:
		return spread(pkt);
	default:
		return 0;
	}
}

struct view_value view_load_absolute(const struct pktcap_packet *pkt,
				     uint32_t k, size_t size, uint32_t a,
				     uint32_t x)
{
	if (k < (uint32_t)SKF_AD_OFF)
		return view_load(pkt, k, size);
	return (struct view_value){ ancillary(pkt, k, a, x), true };
}
