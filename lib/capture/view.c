// SPDX-License-Identifier: BSD-2-Clause
#include "capture/view.h"

#include <linux/if_ether.h>
#include <net/if_arp.h>
#include <string.h>

#include "base/bytes.h"

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

static bool is_tag_type(uint16_t type)
{
	return type == ETH_P_8021Q || type == ETH_P_8021AD;
}

/* Does an IP packet of this protocol begin at @off? Yes for other protocols. */
static bool fits_protocol(struct bytes b, size_t off, uint16_t protocol)
{
	uint8_t version = 0;

	if (protocol != ETH_P_IP && protocol != ETH_P_IPV6)
		return true;
	bytes_u8(b, off, &version);
	return version >> 4 == (protocol == ETH_P_IP ? 4 : 6);
}

/*
 * What a cooked packet begins with. Newer kernels (6.10 and stable ones) name
 * the protocol behind all tags, though inner tags still lead the bytes of a
 * packet that came in: then it is a tag, or nobody could read the packet.
 */
static uint16_t leading_protocol(const struct pktcap_packet *view)
{
	enum { TAGS_MAX = 8 };
	struct bytes b = { view->data, view->caplen };
	size_t off = 0;
	uint16_t type;

	if (!(view->flags & PKTCAP_PACKET_VLAN) ||
	    view->direction == PKTCAP_DIRECTION_OUT)
		return view->protocol;
	do {
		if (!bytes_be16(b, off + 2, &type))
			return view->protocol;
		off += VIEW_VLAN_TAG_LEN;
	} while (is_tag_type(type) && off < TAGS_MAX * VIEW_VLAN_TAG_LEN);
	/* An IPv4 packet of 2048 bytes has its length where 0800 would be. */
	if (type != view->protocol || view->wirelen == type ||
	    !fits_protocol(b, off, view->protocol))
		return view->protocol;
	return ETH_P_8021Q;
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

	view->protocol = leading_protocol(view);
	memset(header, 0, SLL2_HEADER_LEN);
	put16(header, view->protocol);
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

/* After all that changes lengths. */
static void limit_snaplen(const struct pktcap_capture *cap,
			  struct pktcap_packet *view)
{
	if (view->caplen > cap->opts.snaplen)
		view->caplen = cap->opts.snaplen;
	if (view->caplen < view->wirelen)
		view->flags |= PKTCAP_PACKET_TRUNCATED;
}

/* A program's verdict, which may also shorten the packet. */
static bool run_filter(const struct program *program,
		       struct pktcap_packet *view)
{
	uint32_t keep = pktcap_bpf_run(program->insns, program->n, view);

	if (keep < view->caplen)
		view->caplen = keep;
	return keep;
}

bool view_passes(const struct pktcap_capture *cap, struct pktcap_packet *view)
{
	bool inlined = view->flags & PKTCAP_PACKET_VLAN_INLINE;
	bool passes;

	if (!cap->program.n)
		return true;
	/* Programs for live capture expect the outer tag as metadata. */
	if (inlined)
		view_remove_tag(view);
	passes = run_filter(&cap->program, view);
	if (inlined)
		view_insert_tag(view);
	limit_snaplen(cap, view);
	return passes;
}

void view_prepare(struct pktcap_capture *cap)
{
	for (uint32_t i = 0; i < cap->opts.batch; i++) {
		cap->views[i].ifindex = (int32_t)cap->ifindex;
		cap->views[i].hatype = cap->hatype;
		cap->views[i].linktype = cap->linktype;
	}
}

/*
 * See bpf_leave_tagged(). Of tagged packets that the kernel has decided on, the
 * whole ones get the same verdict again. Cut ones might not, but those that are
 * left to us are longer than the kernel's program lets them be.
 */
static bool is_left_to_us(const struct pktcap_capture *cap,
			  const struct pktcap_packet *view)
{
	if (!cap->cooked)
		return false;
	if (view->caplen < view->wirelen &&
	    view->caplen + SLL2_HEADER_LEN <= cap->opts.snaplen)
		return false;
	return (view->flags & PKTCAP_PACKET_VLAN) ||
	       is_tag_type(view->protocol);
}

bool view_work(struct pktcap_capture *cap, struct pktcap_packet *view,
	       const struct sockaddr_ll *from)
{
	bool sieve = cap->recheck ||
		     cap->filter_place == PKTCAP_FILTER_PLACE_USER ||
		     is_left_to_us(cap, view);

	view->ifindex = from->sll_ifindex;
	view->hatype = from->sll_hatype;
	if (!is_wanted_direction(cap, view)) {
		cap->skipped++;
		return false;
	}
	if (cap->cooked)
		prepend_sll2(view, from);
	if (sieve && !view_passes(cap, view)) {
		cap->rejected++;
		return false;
	}
	if ((view->flags & PKTCAP_PACKET_VLAN) &&
	    (cap->opts.flags & PKTCAP_CAPTURE_VLAN_INLINE))
		view_insert_tag(view);
	limit_snaplen(cap, view);
	return true;
}
