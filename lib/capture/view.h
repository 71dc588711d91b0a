/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From what the kernel says of a packet to the view that is delivered. An
 * engine fills data, caplen, wirelen, ts_ns, clock, flags and the VLAN fields,
 * then calls view_finish().
 */
#ifndef CAPTURE_VIEW_H
#define CAPTURE_VIEW_H

#include <arpa/inet.h>

#include "base/uapi.h"
#include "capture/capture.h"

/* Writable bytes in front of data: a cooked header and a VLAN tag. */
#define VIEW_HEADROOM 24u

#define VIEW_VLAN_TAG_LEN 4u

/* What is the same for all views of a batch: kept in registers meanwhile. */
struct view_rules {
	uint32_t insert_tag; /* flags of a view whose tag is to be put back */
	bool needs_work;     /* more than copying numbers */
};

static inline struct view_rules view_rules(const struct pktcap_capture *cap)
{
	bool vlan_inline = cap->opts.flags & PKTCAP_CAPTURE_VLAN_INLINE;

	return (struct view_rules){
		.insert_tag = vlan_inline ? PKTCAP_PACKET_VLAN : 0,
		.needs_work = cap->cooked || cap->check_direction ||
			      cap->check_snaplen || cap->recheck ||
			      cap->filter_place == PKTCAP_FILTER_PLACE_USER,
	};
}

/* That work; false if the packet is not to be delivered. */
bool view_work(struct pktcap_capture *cap, struct pktcap_packet *view,
	       const struct sockaddr_ll *from);

/* Puts the outer VLAN tag back into the bytes, or takes it out again. */
void view_insert_tag(struct pktcap_packet *view);
void view_remove_tag(struct pktcap_packet *view);

/* Would the program keep this view, whose bytes may hold the tag already? */
bool view_passes(const struct pktcap_capture *cap, struct pktcap_packet *view);

/* The kernel's TP_STATUS_ bits are PKTCAP_PACKET_ bits, some of them. */
static inline uint32_t view_flags(uint32_t status)
{
	_Static_assert(TP_STATUS_LOSING == PKTCAP_PACKET_LOSING &&
			       TP_STATUS_CSUMNOTREADY ==
				       PKTCAP_PACKET_CSUM_NOT_READY &&
			       TP_STATUS_VLAN_VALID == PKTCAP_PACKET_VLAN &&
			       TP_STATUS_CSUM_VALID ==
				       PKTCAP_PACKET_CSUM_VALID &&
			       TP_STATUS_GSO_TCP == PKTCAP_PACKET_GSO_TCP,
		       "the same bits");
	return status & (PKTCAP_PACKET_LOSING | PKTCAP_PACKET_CSUM_NOT_READY |
			 PKTCAP_PACKET_VLAN | PKTCAP_PACKET_CSUM_VALID |
			 PKTCAP_PACKET_GSO_TCP);
}

/*
 * What all packets of an interface have in common stands in the views before
 * they are filled: ifindex, hatype and linktype.
 */
void view_prepare(struct pktcap_capture *cap);

static inline bool view_finish(struct pktcap_capture *cap,
			       struct view_rules rules,
			       struct pktcap_packet *view,
			       const struct sockaddr_ll *from)
{
	view->protocol = ntohs(from->sll_protocol);
	view->pkttype = from->sll_pkttype;
	view->direction = from->sll_pkttype == PACKET_OUTGOING
				  ? PKTCAP_DIRECTION_OUT
				  : PKTCAP_DIRECTION_IN;
	if (view->caplen < view->wirelen)
		view->flags |= PKTCAP_PACKET_TRUNCATED;
	if (rules.needs_work || (view->flags & rules.insert_tag))
		return view_work(cap, view, from);
	return true;
}

#endif
