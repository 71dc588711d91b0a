// SPDX-License-Identifier: BSD-2-Clause
#include "capture/view.h"

#include <net/if_arp.h>
#include <string.h>

#define SLL2_HEADER_LEN 20u
#define ETHER_ADDRESSES_LEN 12u

/*
 * View bytes are const for whoever reads them. They lie in memory that the
 * engine owns and may write to, VIEW_HEADROOM bytes before them included.
 */
static uint8_t *writable(const struct pktcap_packet *view)
{
	return (uint8_t *)(uintptr_t)view->data;
}

static void put16(uint8_t *p, uint16_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

/* Loopback frames are seen going out and coming in: one of them is enough. */
static bool is_wanted_direction(const struct pktcap_capture *cap,
				const struct pktcap_packet *view)
{
	bool out = view->direction == PKTCAP_DIRECTION_OUT;

	switch (cap->opts.direction) {
	case PKTCAP_DIRECTION_IN:
		return !out;
	case PKTCAP_DIRECTION_OUT:
		return out;
	default:
		return !(out && view->hatype == ARPHRD_LOOPBACK);
	}
}

/*
 *  0                   1                   2                   3
 * |         protocol              |           zero                |
 * |                         interface index                       |
 * |         ARPHRD type           |  packet type  | address length|
 * |                  link-layer address, 8 bytes                  |
 *
 * LINKTYPE_LINUX_SLL2, all numbers in network order.
 */
static void prepend_sll2(struct pktcap_packet *view,
			 const struct sockaddr_ll *from)
{
	uint8_t *header = writable(view) - SLL2_HEADER_LEN;
	size_t n = from->sll_halen < 8 ? from->sll_halen : 8;

	memset(header, 0, SLL2_HEADER_LEN);
	put16(header, ntohs(from->sll_protocol));
	put16(header + 4, (uint16_t)((uint32_t)from->sll_ifindex >> 16));
	put16(header + 6, (uint16_t)from->sll_ifindex);
	put16(header + 8, from->sll_hatype);
	header[10] = from->sll_pkttype;
	header[11] = from->sll_halen;
	memcpy(header + 12, from->sll_addr, n);
	view->data = header;
	view->caplen += SLL2_HEADER_LEN;
	view->wirelen += SLL2_HEADER_LEN;
}

/*
 * Where the tag goes: behind the addresses of Ethernet; in SLL2 the protocol
 * field takes the TPID, and TCI and the old protocol lead the payload. What
 * stands before that point moves forward by the length of a tag.
 */
static bool tag_position(const struct pktcap_packet *view, size_t *before)
{
	if (view->linktype == PKTCAP_LINKTYPE_ETHERNET)
		*before = ETHER_ADDRESSES_LEN;
	else if (view->linktype == PKTCAP_LINKTYPE_LINUX_SLL2)
		*before = SLL2_HEADER_LEN;
	else
		return false;
	return view->caplen >= *before;
}

void view_insert_tag(struct pktcap_packet *view)
{
	uint8_t *data = writable(view) - VIEW_VLAN_TAG_LEN;
	size_t before;

	if (!tag_position(view, &before))
		return;
	memmove(data, view->data, before);
	if (view->linktype == PKTCAP_LINKTYPE_LINUX_SLL2) {
		put16(data + before, view->vlan_tci);
		memcpy(data + before + 2, data, 2);
		put16(data, view->vlan_tpid);
	} else {
		put16(data + before, view->vlan_tpid);
		put16(data + before + 2, view->vlan_tci);
	}
	view->data = data;
	view->caplen += VIEW_VLAN_TAG_LEN;
	view->wirelen += VIEW_VLAN_TAG_LEN;
	view->flags |= PKTCAP_PACKET_VLAN_INLINE;
}

void view_remove_tag(struct pktcap_packet *view)
{
	uint8_t *data = writable(view);
	size_t before;

	/* view_insert_tag() has set the flag: there is room for a tag. */
	if (!tag_position(view, &before))
		return;
	if (view->linktype == PKTCAP_LINKTYPE_LINUX_SLL2)
		memcpy(data, data + before + 2, 2);
	memmove(data + VIEW_VLAN_TAG_LEN, data, before);
	view->data = data + VIEW_VLAN_TAG_LEN;
	view->caplen -= VIEW_VLAN_TAG_LEN;
	view->wirelen -= VIEW_VLAN_TAG_LEN;
	view->flags &= ~(uint32_t)PKTCAP_PACKET_VLAN_INLINE;
}

bool view_passes(const struct program *program, struct pktcap_packet *view)
{
	bool inlined = view->flags & PKTCAP_PACKET_VLAN_INLINE;
	uint32_t keep;

	if (!program->n)
		return true;
	/* Programs for live capture expect the outer tag as metadata. */
	if (inlined)
		view_remove_tag(view);
	keep = pktcap_bpf_run(program->insns, program->n, view);
	if (inlined)
		view_insert_tag(view);
	if (keep && keep < view->caplen)
		view->caplen = keep;
	return keep;
}

bool view_work(struct pktcap_capture *cap, struct pktcap_packet *view,
	       const struct sockaddr_ll *from)
{
	if (!is_wanted_direction(cap, view)) {
		cap->skipped++;
		return false;
	}
	if (cap->cooked)
		prepend_sll2(view, from);
	if ((cap->recheck || cap->filter_place == PKTCAP_FILTER_PLACE_USER) &&
	    !view_passes(&cap->program, view)) {
		cap->rejected++;
		return false;
	}
	return true;
}
