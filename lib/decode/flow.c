// SPDX-License-Identifier: BSD-2-Clause
/* Who talks to whom: addresses and ports of a packet. */
#include <pktcap/decode.h>

#include <string.h>

#include "base/hash.h"
#include "proto/proto.h"

static bool is_ip(const struct pktcap_layer *layer)
{
	return layer->proto == PKTCAP_PROTO_IPV4 ||
	       layer->proto == PKTCAP_PROTO_IPV6;
}

static bool is_transport(const struct pktcap_layer *layer)
{
	return pktcap_proto_level(layer->proto) == PKTCAP_LEVEL_TRANSPORT;
}

static bool has_ports(uint16_t proto)
{
	return proto == PKTCAP_PROTO_TCP || proto == PKTCAP_PROTO_UDP ||
	       proto == PKTCAP_PROTO_UDPLITE || proto == PKTCAP_PROTO_SCTP;
}

/* Is the layer's number an IP protocol? */
static bool follows_ip(const struct pktcap_layer *layer)
{
	return (layer->below >= PKTCAP_PROTO_IPV4 &&
		layer->below <= PKTCAP_PROTO_IPV6_MOBILITY) ||
	       layer->below == PKTCAP_PROTO_AH;
}

static bool get_addresses(const struct pktcap_layer *ip,
			  struct pktcap_flow *out)
{
	struct bytes b = layer_bytes(ip);
	bool v4 = ip->proto == PKTCAP_PROTO_IPV4;
	size_t size = v4 ? 4 : 16, at = v4 ? 12 : 8;

	*out = (struct pktcap_flow){
		.version = v4 ? 4 : 6,
		.protocol = u8_at(b, v4 ? 9 : 6),
	};
	return bytes_copy(b, at, out->src, size) &&
	       bytes_copy(b, at + size, out->dst, size);
}

int pktcap_flow_get(const struct pktcap_layer *layers, size_t n,
		    struct pktcap_flow *out)
{
	struct pktcap_flow flow = { .version = 0 };

	for (size_t i = 0; i < n; i++) {
		const struct pktcap_layer *layer = &layers[i];

		if (is_ip(layer) && !get_addresses(layer, &flow))
			return -ENODATA;
		if (!flow.version)
			continue;
		if (follows_ip(layer) && !is_ip(layer))
			flow.protocol = (uint8_t)layer->number;
		if (has_ports(layer->proto)) {
			flow.src_port = u16_at(layer_bytes(layer), 0);
			flow.dst_port = u16_at(layer_bytes(layer), 2);
		}
		if (is_transport(layer))
			break;
	}
	if (!flow.version)
		return -ENODATA;
	*out = flow;
	return 0;
}

int pktcap_flow_normalize(struct pktcap_flow *flow)
{
	int order = memcmp(flow->src, flow->dst, sizeof(flow->src));
	struct pktcap_flow old = *flow;

	if (order < 0 || (order == 0 && flow->src_port <= flow->dst_port))
		return 0;
	memcpy(flow->src, old.dst, sizeof(flow->src));
	memcpy(flow->dst, old.src, sizeof(flow->dst));
	flow->src_port = old.dst_port;
	flow->dst_port = old.src_port;
	return 1;
}

uint64_t pktcap_flow_hash(const struct pktcap_flow *flow, uint64_t seed)
{
	return hash_key(flow, sizeof(*flow), seed);
}
