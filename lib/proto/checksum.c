// SPDX-License-Identifier: BSD-2-Clause
/* Is the checksum of a header right, as far as the capture can tell? */
#include "proto/checksum.h"
#include "proto/ipv6_ext.h"

enum { IPV4_HEADER = 20 };

/* A header whose checksum is asked for, and what was captured of its layer. */
struct question {
	const struct pktcap_packet *pkt;
	const struct pktcap_layer *layers;
	size_t n;
	size_t index;
	const struct pktcap_layer *layer;
	struct bytes b;
};

/* The bytes that a sum is over are not those that were sent as one packet. */
static bool is_partial(const struct pktcap_layer *layer)
{
	const unsigned int parts = PKTCAP_LAYER_FRAGMENT |
				   PKTCAP_LAYER_FIRST_FRAGMENT |
				   PKTCAP_LAYER_QUOTED | PKTCAP_LAYER_BEYOND;

	return layer->status != PKTCAP_STATUS_OK || layer->flags & parts;
}

static bool is_whole(const struct pktcap_layer *layer)
{
	return !is_partial(layer) && layer->caplen == layer->wirelen;
}

/* Those whose checksum interfaces compute. */
static bool is_offloaded(const struct pktcap_layer *layer)
{
	return layer->proto == PKTCAP_PROTO_TCP ||
	       layer->proto == PKTCAP_PROTO_UDP ||
	       layer->proto == PKTCAP_PROTO_UDPLITE ||
	       layer->proto == PKTCAP_PROTO_SCTP;
}

/* The sum of an outer header is over that of the innermost one. */
static bool is_over_unfinished(const struct question *q)
{
	for (size_t i = q->n; i-- > q->index + 1;)
		if (is_offloaded(&q->layers[i]) &&
		    !(q->layers[i].flags & PKTCAP_LAYER_QUOTED))
			return pktcap_layer_checksum(q->pkt, q->layers, q->n,
						     i) ==
			       PKTCAP_CHECKSUM_NOT_READY;
	return false;
}

static enum pktcap_checksum wrong(const struct question *q)
{
	uint32_t flags = q->pkt->flags;

	if (is_over_unfinished(q))
		return PKTCAP_CHECKSUM_UNKNOWN;
	if (flags & PKTCAP_PACKET_CSUM_NOT_READY && is_offloaded(q->layer))
		return PKTCAP_CHECKSUM_NOT_READY;
	/* The segments were right; what they became here never had a sum. */
	if (flags & (PKTCAP_PACKET_CSUM_VALID | PKTCAP_PACKET_GSO_TCP))
		return PKTCAP_CHECKSUM_UNKNOWN;
	return PKTCAP_CHECKSUM_BAD;
}

static enum pktcap_checksum verdict(const struct question *q, uint64_t sum)
{
	return inet_fold(sum) == 0xffff ? PKTCAP_CHECKSUM_GOOD : wrong(q);
}

/* Over the whole layer and nothing else. */
static enum pktcap_checksum plain(const struct question *q)
{
	if (!is_whole(q->layer))
		return PKTCAP_CHECKSUM_UNKNOWN;
	return verdict(q, inet_sum(0, q->b));
}

static enum pktcap_checksum ipv4_header(const struct question *q)
{
	bool merged = u16_at(q->b, 2) == 0;

	if (q->layer->status != PKTCAP_STATUS_OK || merged ||
	    q->layer->flags & PKTCAP_LAYER_QUOTED)
		return PKTCAP_CHECKSUM_UNKNOWN;
	return verdict(q,
		       inet_sum(0, bytes_slice(q->b, 0, q->layer->header_len)));
}

/* Addresses that a sum is over, in front of the header. */
struct ends {
	struct bytes src, dst;
};

/* A packet on its way through a list has its last address in the sum. */
static bool final_destination(const struct pktcap_layer *layer,
			      struct ends *ends)
{
	struct pktcap_ipv6_routing routing;

	if (pktcap_ipv6_routing_get(layer, &routing))
		return false;
	/* Of several lists the last one is the last to be gone through. */
	if (!routing.segments_left || ends->dst.n)
		return true;
	if (!routing.address_count)
		return false;
	ends->dst.n = 16;
	ends->dst.p = routing.addresses;
	if (routing.type != 4)
		ends->dst.p += 16 * (routing.address_count - 1u);
	return true;
}

/* RFC 6275, 11.3.1: the home address stands for the source. */
static void home_address(const struct pktcap_layer *layer, struct ends *ends)
{
	struct pktcap_tlv option;
	uint32_t at = 0;

	while (pktcap_ipv6_option_next(layer, &at, &option) == 1)
		if (option.type == 0xc9 && option.len == 16)
			ends->src = (struct bytes){ option.data, 16 };
}

/*
 * The last address of a source route is meant (RFC 791, 3.1), which is that of
 * the header once the pointer is behind it. False where the route is broken.
 */
static bool routed_to(const struct pktcap_layer *ip, struct bytes *dst)
{
	struct pktcap_tlv option;
	uint32_t at = 0;

	if (ip->header_len == IPV4_HEADER)
		return true;
	while (pktcap_ipv4_option_next(ip, &at, &option) == 1) {
		if (option.type != 131 && option.type != 137)
			continue;
		if (option.len < 5 || option.len % 4 != 1)
			return false;
		if (option.data[0] <= option.len + 2)
			*dst = (struct bytes){ option.data + option.len - 4,
					       4 };
	}
	return true;
}

static bool ip_ends(const struct pktcap_layer *ip, struct ends *ends)
{
	bool v4 = ip->proto == PKTCAP_PROTO_IPV4;
	size_t size = v4 ? 4 : 16, at = v4 ? 12 : 8;

	if (!v4 && ip->proto != PKTCAP_PROTO_IPV6)
		return false;
	if (!ends->src.n)
		ends->src = bytes_slice(layer_bytes(ip), at, size);
	if (!ends->dst.n)
		ends->dst = bytes_slice(layer_bytes(ip), at + size, size);
	/* A header that is built may be a copy of one that was cut. */
	return ends->src.n && ends->dst.n && (!v4 || routed_to(ip, &ends->dst));
}

/* From the header back to that of IP; false if the ends cannot be told. */
static bool find_ends(const struct pktcap_layer *layers, size_t index,
		      struct ends *ends)
{
	*ends = (struct ends){ .src = { NULL, 0 } };
	while (index-- > 0) {
		const struct pktcap_layer *layer = &layers[index];

		switch (layer->proto) {
		case PKTCAP_PROTO_IPV6_ROUTING:
			if (!final_destination(layer, ends))
				return false;
			break;
		case PKTCAP_PROTO_IPV6_DSTOPTS:
			home_address(layer, ends);
			break;
		case PKTCAP_PROTO_IPV6_HOPOPTS:
		case PKTCAP_PROTO_IPV6_FRAGMENT:
		case PKTCAP_PROTO_AH:
			break;
		default:
			return ip_ends(layer, ends);
		}
	}
	return false;
}

/* Of most headers both addresses are in one place right in front. */
static bool is_behind_plain_ipv4(const struct pktcap_layer *layers,
				 size_t index)
{
	return index && layers[index - 1].proto == PKTCAP_PROTO_IPV4 &&
	       layers[index - 1].header_len == IPV4_HEADER &&
	       layers[index - 1].caplen >= IPV4_HEADER;
}

/* Inline, its registers would be saved for packets that do not come here. */
static __attribute__((noinline)) bool
sum_of_ends(const struct pktcap_layer *layers, size_t index, uint64_t *sum)
{
	struct ends ends;

	if (!find_ends(layers, index, &ends))
		return false;
	*sum = inet_sum(inet_sum(0, ends.src), ends.dst);
	return true;
}

bool pseudo_header_sum(const struct pktcap_layer *layers, size_t index,
		       uint8_t protocol, uint32_t len, uint64_t *sum)
{
	if (is_behind_plain_ipv4(layers, index))
		*sum = inet_sum(
			0, (struct bytes){ layers[index - 1].data + 12, 8 });
	else if (!sum_of_ends(layers, index, sum))
		return false;
	*sum += (uint64_t)htobe32(len) + htobe32(protocol);
	return true;
}

/* Pseudo header, then @covered bytes of the layer; the checksum is at @at. */
static enum pktcap_checksum with_pseudo(const struct question *q,
					uint8_t protocol, size_t at,
					size_t covered)
{
	uint64_t pseudo;
	uint16_t field = 0;

	if (!pseudo_header_sum(q->layers, q->index, protocol, q->layer->wirelen,
			       &pseudo))
		return PKTCAP_CHECKSUM_UNKNOWN;
	if (inet_fold(inet_sum(pseudo, bytes_slice(q->b, 0, covered))) ==
	    0xffff)
		return PKTCAP_CHECKSUM_GOOD;
	/* What a sender leaves to hardware is begun with the pseudo header. */
	bytes_host16(q->b, at, &field);
	if (is_offloaded(q->layer) && field == inet_fold(pseudo))
		return PKTCAP_CHECKSUM_NOT_READY;
	return wrong(q);
}

static enum pktcap_checksum transport(const struct question *q,
				      uint8_t protocol, size_t at)
{
	if (!is_whole(q->layer))
		return PKTCAP_CHECKSUM_UNKNOWN;
	return with_pseudo(q, protocol, at, q->b.n);
}

bool is_over_ipv6(const struct pktcap_layer *layers, size_t index)
{
	while (index-- > 0)
		if (layers[index].proto == PKTCAP_PROTO_IPV4 ||
		    layers[index].proto == PKTCAP_PROTO_IPV6)
			return layers[index].proto == PKTCAP_PROTO_IPV6;
	return false;
}

/* Over IPv6 only tunnels may do without (RFC 8200, 8.1; RFC 6935). */
static enum pktcap_checksum udp_without(const struct question *q)
{
	if (!is_over_ipv6(q->layers, q->index))
		return PKTCAP_CHECKSUM_NONE;
	if (q->layer->flags & PKTCAP_LAYER_QUOTED)
		return PKTCAP_CHECKSUM_UNKNOWN;
	if (q->index + 1 == q->n)
		return q->layer->wirelen == q->layer->header_len
			       ? wrong(q)
			       : PKTCAP_CHECKSUM_UNKNOWN;
	switch (q->layers[q->index + 1].proto) {
	case PKTCAP_PROTO_VXLAN:
	case PKTCAP_PROTO_GENEVE:
	case PKTCAP_PROTO_GTPU:
	case PKTCAP_PROTO_ESP:
		return PKTCAP_CHECKSUM_NONE;
	default:
		return wrong(q);
	}
}

static enum pktcap_checksum udp(const struct question *q)
{
	if (q->b.n >= 8 && !u16_at(q->b, 6))
		return udp_without(q);
	return transport(q, 17, 6);
}

/* Only the part that the header says is covered; 0: all (RFC 3828, 3.1). */
static enum pktcap_checksum udplite(const struct question *q)
{
	size_t covered = u16_at(q->b, 4);

	if (!covered)
		covered = q->layer->wirelen;
	if (is_partial(q->layer) || covered > q->b.n)
		return PKTCAP_CHECKSUM_UNKNOWN;
	return with_pseudo(q, 136, 6, covered);
}

static enum pktcap_checksum sctp(const struct question *q)
{
	uint32_t field, crc;

	if (!is_whole(q->layer))
		return PKTCAP_CHECKSUM_UNKNOWN;
	crc = sctp_crc(q->b);
	if (!bytes_le32(q->b, SCTP_CHECKSUM_AT, &field))
		return PKTCAP_CHECKSUM_UNKNOWN;
	if (field == crc)
		return PKTCAP_CHECKSUM_GOOD;
	/* RFC 9653: ends may agree that it is always 0. */
	if (!field && !(q->pkt->flags & PKTCAP_PACKET_CSUM_NOT_READY))
		return PKTCAP_CHECKSUM_NONE;
	return wrong(q);
}

static enum pktcap_checksum gre(const struct question *q)
{
	return gre_has_checksum(q->b) ? plain(q) : PKTCAP_CHECKSUM_NONE;
}

/* RFC 2328, A.3.1: all but the authentication; RFC 5340, A.3.1 */
static enum pktcap_checksum ospf(const struct question *q)
{
	uint64_t sum;

	if (u8_at(q->b, 0) == 3)
		return transport(q, 89, 12);
	if (u16_at(q->b, 14) == OSPF_CRYPTOGRAPHIC)
		return PKTCAP_CHECKSUM_NONE;
	if (!is_whole(q->layer))
		return PKTCAP_CHECKSUM_UNKNOWN;
	sum = inet_sum(0, bytes_slice(q->b, 0, OSPF_AUTH_AT));
	return verdict(
		q, inet_sum(sum, bytes_slice(q->b, OSPF_AUTH_END, SIZE_MAX)));
}

/* Version 3 over IPv4: RFC 5798 was read both ways. */
static enum pktcap_checksum vrrp(const struct question *q)
{
	enum pktcap_checksum without = plain(q);

	if (without != PKTCAP_CHECKSUM_BAD || u8_at(q->b, 0) >> 4 < 3)
		return without;
	return transport(q, 112, 6);
}

enum pktcap_checksum pktcap_layer_checksum(const struct pktcap_packet *pkt,
					   const struct pktcap_layer *layers,
					   size_t n, size_t index)
{
	const struct question q = {
		pkt,   layers,	       n,
		index, &layers[index], layer_bytes(&layers[index]),
	};

	switch (layers[index].proto) {
	case PKTCAP_PROTO_IPV4:
		return ipv4_header(&q);
	case PKTCAP_PROTO_IPV6_MOBILITY:
		return transport(&q, 135, 4);
	case PKTCAP_PROTO_ICMP:
	case PKTCAP_PROTO_IGMP:
		return plain(&q);
	case PKTCAP_PROTO_ICMP6:
		return transport(&q, 58, 2);
	case PKTCAP_PROTO_TCP:
		return transport(&q, 6, 16);
	case PKTCAP_PROTO_UDP:
		return udp(&q);
	case PKTCAP_PROTO_UDPLITE:
		return udplite(&q);
	case PKTCAP_PROTO_SCTP:
		return sctp(&q);
	case PKTCAP_PROTO_GRE:
		return gre(&q);
	case PKTCAP_PROTO_OSPF:
		return ospf(&q);
	case PKTCAP_PROTO_VRRP:
		return vrrp(&q);
	default:
		return PKTCAP_CHECKSUM_NONE;
	}
}

const char *pktcap_checksum_name(uint32_t checksum)
{
	switch (checksum) {
	case PKTCAP_CHECKSUM_NONE:
		return "none";
	case PKTCAP_CHECKSUM_GOOD:
		return "good";
	case PKTCAP_CHECKSUM_BAD:
		return "bad";
	case PKTCAP_CHECKSUM_NOT_READY:
		return "not ready";
	default:
		return "unknown";
	}
}
