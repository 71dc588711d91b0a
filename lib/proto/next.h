/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From what a header says to the protocol behind it. Inline: it is asked once
 * for each header of each packet, where a call is a good part of the cost.
 */
#ifndef PROTO_NEXT_H
#define PROTO_NEXT_H

#include "proto/proto.h"

enum { LINKTYPE_RAW_BSD = 12, LINKTYPE_RAW_OPENBSD = 14 };

#define SWITCH by_ethertype
#define ETHER(n) case n:
#include "proto/switch.h"

#define SWITCH by_ip
#define IP(n) case n:
#include "proto/switch.h"

#define SWITCH by_link
#define LINK(n) case n:
#include "proto/switch.h"

#define SWITCH by_sap
#define SAP(n) case n:
#include "proto/switch.h"

#define SWITCH by_ppp
#define PPP(n) case n:
#include "proto/switch.h"

/* Raw IP: the first four bits tell which. */
static inline uint32_t by_version(struct bytes b)
{
	uint8_t first;

	if (!bytes_u8(b, 0, &first))
		return PKTCAP_PROTO_NONE;
	return first >> 4 == 6 ? PKTCAP_PROTO_IPV6 : PKTCAP_PROTO_IPV4;
}

/*
 * A length announces 802.2, except for Novell's frames of old: IPX without it,
 * whose first field is always ffff.
 */
static inline uint32_t by_length(struct bytes b)
{
	return u16_at(b, 0) == 0xffff ? PKTCAP_PROTO_NONE : PKTCAP_PROTO_LLC;
}

/*
 * Who takes a payload: an enum pktcap_proto, PKTCAP_PROTO_NONE if nobody does.
 * What most headers say is compared first, without a jump through a table.
 */
static inline uint32_t proto_next(const struct step *step)
{
	enum next next = step->next;
	uint32_t number = step->number;

	if (next == NEXT_ETHERTYPE && number >= ETHERTYPE_MIN)
		return by_ethertype(number);
	if (next == NEXT_IP)
		return by_ip(number);
	switch (next) {
	case NEXT_PROTO:
		return (uint16_t)number; /* the rest is for its decode() */
	case NEXT_LINK:
		if (number == PKTCAP_LINKTYPE_RAW ||
		    number == LINKTYPE_RAW_BSD ||
		    number == LINKTYPE_RAW_OPENBSD)
			return by_version(step->b);
		return by_link(number);
	case NEXT_ETHERTYPE:
		return by_length(step->b);
	case NEXT_SAP:
		return by_sap(number >> 8);
	case NEXT_PPP:
		return by_ppp(number);
	case NEXT_TCP:
		return proto_of_segment(number, step->b);
	case NEXT_UDP:
		return proto_of_datagram(number, step->b);
	default:
		return PKTCAP_PROTO_NONE;
	}
}

#endif
