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

static int32_t usual_number(enum next kind, uint16_t proto)
{
	switch (kind) {
	case NEXT_ETHERTYPE:
		return ethertype_of(proto);
	case NEXT_IP:
		return ip_protocol_of(proto);
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
	static const struct bytes no_payload = { NULL, 0 };

	if (kind == NEXT_TCP || kind == NEXT_UDP)
		return false;
	/* LLC was led to by the length of another frame. */
	if (kind == NEXT_ETHERTYPE && layer->number < ETHERTYPE_MIN)
		return false;
	return proto_next(kind, layer->number, no_payload) == layer->proto;
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
