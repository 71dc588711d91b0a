// SPDX-License-Identifier: BSD-2-Clause
#include "proto/cooked.h"

#include <linux/if_arp.h>
#include <linux/if_ether.h>

enum { ADDRESS = 8, MAC = 6 };

const struct label label_pkttype[] = {
	{ 0, "to us" },		  { 1, "broadcast" },  { 2, "multicast" },
	{ 3, "to another host" }, { 4, "sent by us" }, { 0, NULL },
};

static const struct label protocols[] = {
	{ ETH_P_802_3, "Novell raw 802.3" },
	{ ETH_P_802_2, "802.2 LLC" },
	{ ETH_P_CAN, "CAN" },
	{ ETH_P_CANFD, "CAN FD" },
	{ 0, NULL },
};

enum pktcap_status cooked_next(struct step *step, size_t header_len,
			       uint16_t hatype, uint16_t protocol)
{
	switch (hatype) {
	case ARPHRD_IEEE80211_RADIOTAP:
		return step_next(step, header_len, NEXT_PROTO,
				 PKTCAP_PROTO_RADIOTAP);
	case ARPHRD_IEEE80211:
		return step_next(step, header_len, NEXT_PROTO,
				 PKTCAP_PROTO_WIFI);
	/* The type is a family of netlink, or nothing at all. */
	case ARPHRD_NETLINK:
	case ARPHRD_FRAD:
		return step_next(step, header_len, NEXT_UNKNOWN, protocol);
	default:
		break;
	}
	if (protocol >= ETHERTYPE_MIN)
		return step_next(step, header_len, NEXT_ETHERTYPE, protocol);
	if (protocol == ETH_P_802_2)
		return step_next(step, header_len, NEXT_PROTO,
				 PKTCAP_PROTO_LLC);
	return step_next(step, header_len, NEXT_UNKNOWN, protocol);
}

void cooked_address(struct fields *f, size_t at, size_t len)
{
	if (len > ADDRESS)
		len = ADDRESS;
	if (len)
		fields_data(f, "address",
			    len == MAC ? PKTCAP_FIELD_MAC : PKTCAP_FIELD_BYTES,
			    at, len);
	if (len < ADDRESS)
		fields_data(f, "unused", PKTCAP_FIELD_BYTES, at + len,
			    ADDRESS - len);
}

void cooked_protocol(struct fields *f, size_t at)
{
	uint16_t protocol;

	if (bytes_be16(f->b, at, &protocol))
		fields_hex(f, "protocol", at, 2,
			   protocol < ETHERTYPE_MIN ? protocols
						    : label_ethertype);
}

void cooked_finish(struct finish *f, size_t hatype_at, size_t protocol_at)
{
	if (f->keep & PKTCAP_KEEP_NEXT)
		return;
	switch (f->next) {
	case PKTCAP_PROTO_LLC:
		put_be16(f->p + protocol_at, ETH_P_802_2);
		break;
	case PKTCAP_PROTO_WIFI:
		put_be16(f->p + hatype_at, ARPHRD_IEEE80211);
		break;
	case PKTCAP_PROTO_RADIOTAP:
		put_be16(f->p + hatype_at, ARPHRD_IEEE80211_RADIOTAP);
		break;
	default:
		finish_next16(f, protocol_at);
	}
}

bool cooked_carries(uint16_t proto)
{
	return proto == PKTCAP_PROTO_WIFI || proto == PKTCAP_PROTO_RADIOTAP;
}
