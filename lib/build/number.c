// SPDX-License-Identifier: BSD-2-Clause
/* From a protocol back to the number that announces it. */
#include "build/build.h"

#include "proto/next.h"

#define BACKWARDS ethertype_of
#define ETHER(n) return n;
#include "proto/switch.h"

#define BACKWARDS ip_protocol_of
#define IP(n) return n;
#include "proto/switch.h"

#define BACKWARDS linktype_of
#define LINK(n) return n;
#include "proto/switch.h"

#define BACKWARDS sap_of
#define SAP(n) return n;
#include "proto/switch.h"

#define BACKWARDS ppp_protocol_of
#define PPP(n) return n;
#include "proto/switch.h"

#define BACKWARDS tcp_port_of
#define TCP(n) return n;
#include "proto/switch.h"

#define BACKWARDS udp_port_of
#define UDP(n) return n;
#include "proto/switch.h"

/* Destination and source are the same for all that is known here. */
static int32_t both_saps(int32_t sap)
{
	return sap < 0 ? sap : sap << 8 | sap;
}

/* What most headers have is compared first, without a jump through a table. */
static inline int32_t usual_number(enum next kind, uint16_t proto)
{
	if (kind == NEXT_ETHERTYPE)
		return ethertype_of(proto);
	if (kind == NEXT_IP)
		return ip_protocol_of(proto);
	switch (kind) {
	case NEXT_LINK:
		/* RAW says less, and every program reads it. */
		if (proto == PKTCAP_PROTO_IPV4 || proto == PKTCAP_PROTO_IPV6)
			return PKTCAP_LINKTYPE_RAW;
		return linktype_of(proto);
	case NEXT_SAP:
		return both_saps(sap_of(proto));
	case NEXT_PPP:
		return ppp_protocol_of(proto);
	case NEXT_TCP:
		return tcp_port_of(proto);
	case NEXT_UDP:
		return udp_port_of(proto);
	default:
		return -1;
	}
}

/* Numbers of these kinds are the same for every packet of the protocol. */
static bool leads_to(enum next kind, const struct pktcap_layer *layer)
{
	struct step step = { .next = kind, .number = layer->number };

	if (kind == NEXT_TCP || kind == NEXT_UDP)
		return false;
	/* LLC was led to by the length of another frame. */
	if (kind == NEXT_ETHERTYPE && layer->number < ETHERTYPE_MIN)
		return false;
	return proto_next(&step) == layer->proto;
}

int32_t build_number(enum next kind, const struct pktcap_layer *layer,
		     enum number_source source)
{
	int32_t usual = usual_number(kind, layer->proto);

	if (source == NUMBER_NONE || usual < 0)
		return usual;
	if (source == NUMBER_GIVEN || leads_to(kind, layer))
		return (int32_t)layer->number;
	return usual;
}

bool build_carries(const struct writer *writer, uint16_t proto)
{
	return (writer->carries && writer->carries(proto)) ||
	       (writer->next == NEXT_ETHERTYPE && proto == PKTCAP_PROTO_LLC);
}

static bool announces(uint16_t below, uint16_t proto, bool by_number)
{
	const struct writer *writer = build_writers[below];

	return writer && (usual_number(writer->next, proto) >= 0 ||
			  (!by_number && build_carries(writer, proto)));
}

/* IPv6 has the numbers of IPv4, most of DNS is in UDP, and frames in IP are in
 * a tunnel, but for segment routing (RFC 8986). */
static bool is_unusual(uint16_t below, uint16_t proto)
{
	if (below == PKTCAP_PROTO_TCP)
		return udp_port_of(proto) >= 0;
	return below == PKTCAP_PROTO_IPV4 &&
	       (proto == PKTCAP_PROTO_ICMP6 || proto == PKTCAP_PROTO_ETH ||
		(proto >= PKTCAP_PROTO_IPV6_HOPOPTS &&
		 proto <= PKTCAP_PROTO_IPV6_MOBILITY));
}

static uint16_t find_between(uint16_t below, uint16_t proto, bool by_number)
{
	for (uint16_t p = 0; p < PKTCAP_PROTO_COUNT; p++)
		if (p != below && announces(below, p, by_number) &&
		    announces(p, proto, by_number) && !is_unusual(below, p) &&
		    !is_unusual(p, proto))
			return p;
	return PKTCAP_PROTO_NONE;
}

/* What is carried without a number depends on more. */
static uint16_t between(uint16_t below, uint16_t proto)
{
	uint16_t found = find_between(below, proto, true);

	return found ? found : find_between(below, proto, false);
}

bool build_between(uint16_t below, uint16_t proto, const char *names[2])
{
	uint16_t found = between(below, proto);

	/* Something else is wrong if there is a number. */
	if (announces(below, proto, true))
		return false;
	names[0] = pktcap_proto_name(found);
	names[1] = NULL;
	if (found || !announces(below, PKTCAP_PROTO_IPV4, false))
		return found;
	/* Most that is further away is in IP. */
	names[0] = pktcap_proto_name(PKTCAP_PROTO_IPV4);
	names[1] =
		pktcap_proto_name(find_between(PKTCAP_PROTO_IPV4, proto, true));
	return names[1];
}
