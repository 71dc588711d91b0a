// SPDX-License-Identifier: BSD-2-Clause
/*
 * Enhanced packet blocks (draft-ietf-opsawg-pcapng).
 *
 *  0         4         8         12        16        20        24        28
 *  +---------+---------+---------+---------+---------+---------+---------+
 *  |  type   | length  |interface|time high| time low| caplen  | wirelen |
 *  +---------+---------+---------+---------+---------+---------+---------+
 */
#include <errno.h>

#include "base/opts.h"
#include "file/pcapng_write.h"

enum {
	HEADER_BYTES = 28,

	OPTION_FLAGS = 2,
	OPTION_DROP_COUNT = 4,
	OPTION_PACKET_ID = 5,

	/* epb_flags: the direction is in the lowest two bits. */
	FLAGS_UNICAST = 1 << 2,
	FLAGS_MULTICAST = 2 << 2,
	FLAGS_BROADCAST = 3 << 2,
	FLAGS_PROMISCUOUS = 4 << 2,
	FLAGS_CSUM_NOT_READY = 1 << 9,
	FLAGS_CSUM_VALID = 1 << 10,
	FLAGS_GSO_TCP = 1 << 11,

	/* sll_pkttype, packet(7) */
	PKTTYPE_HOST = 0,
	PKTTYPE_BROADCAST = 1,
	PKTTYPE_MULTICAST = 2,
	PKTTYPE_OTHERHOST = 3,

	KNOWN_EXTRA = PKTCAP_FILE_HAS_FLAGS | PKTCAP_FILE_HAS_DROP_COUNT |
		      PKTCAP_FILE_HAS_PACKET_ID | PKTCAP_FILE_HAS_INTERFACE,
};

static uint32_t reception(const struct pktcap_packet *pkt)
{
	switch (pkt->pkttype) {
	case PKTTYPE_HOST:
		/* Zero is also what a packet has of which nothing is known. */
		return pkt->direction == PKTCAP_DIRECTION_IN ? FLAGS_UNICAST
							     : 0;
	case PKTTYPE_BROADCAST:
		return FLAGS_BROADCAST;
	case PKTTYPE_MULTICAST:
		return FLAGS_MULTICAST;
	case PKTTYPE_OTHERHOST:
		return FLAGS_PROMISCUOUS;
	}
	return 0;
}

static uint32_t flags_of(const struct pktcap_packet *pkt)
{
	uint32_t flags = reception(pkt);

	if (pkt->direction <= PKTCAP_DIRECTION_OUT)
		flags |= pkt->direction;
	if (pkt->flags & PKTCAP_PACKET_CSUM_NOT_READY)
		flags |= FLAGS_CSUM_NOT_READY;
	if (pkt->flags & PKTCAP_PACKET_CSUM_VALID)
		flags |= FLAGS_CSUM_VALID;
	if (pkt->flags & PKTCAP_PACKET_GSO_TCP)
		flags |= FLAGS_GSO_TCP;
	return flags;
}

/* The interface of a packet whose writer did not name it. */
static int interface_of(struct pktcap_file_writer *w,
			const struct pktcap_packet *pkt, uint32_t *id)
{
	*id = *pcapng_slot(w->ng, pkt->ifindex, pkt->linktype);
	if (*id < pcapng_interfaces(w->ng) &&
	    pcapng_is(w->ng, *id, pkt->ifindex, pkt->linktype))
		return 0;
	return pcapng_find(w, pkt->ifindex, pkt->linktype, id);
}

static uint32_t caplen_of(const struct pktcap_file_writer *w,
			  const struct pktcap_packet *pkt, uint32_t id)
{
	uint32_t snaplen = pcapng_interface(w->ng, id)->snaplen;

	return pkt->caplen < snaplen ? pkt->caplen : snaplen;
}

static uint32_t wirelen_of(const struct pktcap_packet *pkt)
{
	return pkt->wirelen > pkt->caplen ? pkt->wirelen : pkt->caplen;
}

/* The same as fill_packet() below, where nothing needs to be measured. */
static void encode(uint8_t *p, uint32_t total, uint32_t id, uint32_t caplen,
		   const struct pktcap_packet *pkt, uint32_t flags)
{
	uint32_t padded = (caplen + 3) & ~3u;

	pcap_put32(p, NG_PACKET);
	pcap_put32(p + 4, total);
	pcap_put32(p + 8, id);
	pcap_put32(p + 12, (uint32_t)((uint64_t)pkt->ts_ns >> 32));
	pcap_put32(p + 16, (uint32_t)(uint64_t)pkt->ts_ns);
	pcap_put32(p + 20, caplen);
	pcap_put32(p + 24, wirelen_of(pkt));
	if (padded) {
		pcap_put32(p + HEADER_BYTES + padded - 4, 0);
		memcpy(p + HEADER_BYTES, pkt->data, caplen);
	}
	p += HEADER_BYTES + padded;
	if (flags) {
		pcap_put16(p, OPTION_FLAGS);
		pcap_put16(p + 2, sizeof(flags));
		pcap_put32(p + 4, flags);
		pcap_put32(p + 8, 0);
		p += PCAPNG_FLAGS_BYTES;
	}
	pcap_put32(p, total);
}

int pcapng_write_packet(struct pktcap_file_writer *w,
			const struct pktcap_packet *pkt)
{
	struct store *scratch = &w->ng->scratch;
	uint32_t id, caplen, total, flags = flags_of(pkt);
	uint8_t *room, *p;
	int err;

	if (pkt->ts_ns < 0)
		return -EINVAL;
	err = interface_of(w, pkt, &id);
	if (err)
		return err;
	caplen = caplen_of(w, pkt, id);
	total = PCAPNG_EPB_BYTES + ((caplen + 3) & ~3u) +
		(flags ? PCAPNG_FLAGS_BYTES : 0);
	room = output_room(&w->out, total);
	scratch->n = 0;
	p = room ? room : store_room(scratch, total);
	if (!p)
		return -ENOMEM;
	encode(p, total, id, caplen, pkt, flags);
	if (room)
		w->out.used += total;
	else
		err = output_put(&w->out, (struct bytes){ p, total },
				 (struct bytes){ 0 });
	w->packets += !err;
	return err;
}

/* --- with more than the packet knows --- */

struct packet {
	const struct pktcap_packet *pkt;
	struct pktcap_file_extra extra;
	uint32_t caplen;
};

static void fill_packet(struct block *b, const void *what)
{
	const struct packet *p = what;
	const struct pktcap_file_extra *x = &p->extra;
	size_t start;

	block_put32(b, x->interface);
	block_put_time(b, p->pkt->ts_ns);
	block_put32(b, p->caplen);
	block_put32(b, wirelen_of(p->pkt));
	block_put(b, p->pkt->data, p->caplen);
	block_pad(b);
	start = b->n;
	for (size_t i = 0; i < x->comment_count; i++)
		block_string(b, NG_OPTION_COMMENT, x->comments[i]);
	if (x->has & PKTCAP_FILE_HAS_FLAGS)
		block_option(b, OPTION_FLAGS, &x->epb_flags,
			     sizeof(x->epb_flags));
	if (x->has & PKTCAP_FILE_HAS_DROP_COUNT)
		block_option(b, OPTION_DROP_COUNT, &x->drop_count,
			     sizeof(x->drop_count));
	if (x->has & PKTCAP_FILE_HAS_PACKET_ID)
		block_option(b, OPTION_PACKET_ID, &x->packet_id,
			     sizeof(x->packet_id));
	block_end_options(b, start);
}

/* Fills in what the caller left to the packet. */
static int complete(struct pktcap_file_writer *w, struct packet *p)
{
	struct pktcap_file_extra *x = &p->extra;
	int err = 0;

	if (x->has & ~(uint32_t)KNOWN_EXTRA || p->pkt->ts_ns < 0)
		return -EINVAL;
	if (!(x->has & PKTCAP_FILE_HAS_INTERFACE))
		err = interface_of(w, p->pkt, &x->interface);
	else if (x->interface >= pcapng_interfaces(w->ng) ||
		 pcapng_interface(w->ng, x->interface)->linktype !=
			 p->pkt->linktype)
		err = -EINVAL;
	if (err)
		return err;
	p->caplen = caplen_of(w, p->pkt, x->interface);
	if (!(x->has & PKTCAP_FILE_HAS_FLAGS)) {
		x->epb_flags = flags_of(p->pkt);
		if (x->epb_flags)
			x->has |= PKTCAP_FILE_HAS_FLAGS;
	}
	return 0;
}

int pktcap_file_writer_write_with(struct pktcap_file_writer *w,
				  const struct pktcap_packet *pkt,
				  const struct pktcap_file_extra *extra)
{
	struct packet p = { .pkt = pkt };
	int err;

	if (!w->ng)
		return -EOPNOTSUPP;
	err = opts_copy(&p.extra, sizeof(p.extra), extra, NULL);
	if (!err)
		err = complete(w, &p);
	if (!err)
		err = pcapng_emit(w, NG_PACKET, fill_packet, &p);
	w->packets += !err;
	return err;
}
