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

/* Writable bytes an engine keeps free in front of data. */
#define VIEW_HEADROOM 32u

#define VIEW_VLAN_TAG_LEN 4u

/* Do views need more than copying numbers? Asked once for a batch. */
static inline bool view_needs_work(const struct pktcap_capture *cap)
{
	return cap->cooked || cap->check_direction || cap->recheck ||
	       cap->filter_place == PKTCAP_FILTER_PLACE_USER;
}

/* That work; false if the packet is not to be delivered. */
bool view_work(struct pktcap_capture *cap, struct pktcap_packet *view,
	       const struct sockaddr_ll *from);

/* Puts the outer VLAN tag back into the bytes, or takes it out again. */
void view_insert_tag(struct pktcap_packet *view);
void view_remove_tag(struct pktcap_packet *view);

/* Would the program keep this view, whose bytes may hold the tag already? */
bool view_passes(const struct program *program, struct pktcap_packet *view);

/* Translates the kernel's word of the tag: never "TCI 0 means none". */
static inline void view_set_tag(struct pktcap_packet *view, uint32_t status,
				uint16_t tci, uint16_t tpid)
{
	if (!(status & TP_STATUS_VLAN_VALID)) {
		view->vlan_tci = 0;
		view->vlan_tpid = 0;
		return;
	}
	view->flags |= PKTCAP_PACKET_VLAN;
	view->vlan_tci = tci;
	view->vlan_tpid = status & TP_STATUS_VLAN_TPID_VALID ? tpid : 0x8100;
}

/* Translates TP_STATUS_ bits to PKTCAP_PACKET_ bits. */
static inline uint32_t view_flags(uint32_t status)
{
	uint32_t flags = 0;

	if (status & TP_STATUS_CSUMNOTREADY)
		flags |= PKTCAP_PACKET_CSUM_NOT_READY;
	if (status & TP_STATUS_CSUM_VALID)
		flags |= PKTCAP_PACKET_CSUM_VALID;
	if (status & TP_STATUS_GSO_TCP)
		flags |= PKTCAP_PACKET_GSO_TCP;
	if (status & TP_STATUS_LOSING)
		flags |= PKTCAP_PACKET_LOSING;
	return flags;
}

static inline bool view_finish(struct pktcap_capture *cap, bool needs_work,
			       struct pktcap_packet *view,
			       const struct sockaddr_ll *from)
{
	view->ifindex = from->sll_ifindex;
	view->protocol = ntohs(from->sll_protocol);
	view->hatype = from->sll_hatype;
	view->pkttype = from->sll_pkttype;
	view->direction = from->sll_pkttype == PACKET_OUTGOING
				  ? PKTCAP_DIRECTION_OUT
				  : PKTCAP_DIRECTION_IN;
	view->linktype = cap->linktype;
	if (needs_work && !view_work(cap, view, from))
		return false;
	if ((view->flags & PKTCAP_PACKET_VLAN) &&
	    (cap->opts.flags & PKTCAP_CAPTURE_VLAN_INLINE))
		view_insert_tag(view);
	if (view->caplen > cap->opts.snaplen)
		view->caplen = cap->opts.snaplen;
	if (view->caplen < view->wirelen)
		view->flags |= PKTCAP_PACKET_TRUNCATED;
	return true;
}

#endif
