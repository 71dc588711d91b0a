// SPDX-License-Identifier: BSD-2-Clause
/*
 *  0                   4                   8                total-4     total
 *  +-------------------+-------------------+------- ... ------+----------+
 *  |       type        |   total length    |       body       |  total   |
 *  +-------------------+-------------------+------- ... ------+----------+
 *
 * draft-ietf-opsawg-pcapng. Blocks with packets are here, all others in
 * reader_ng_block.c.
 */
#include "file/reader_ng.h"

#include <errno.h>

enum {
	/* Longest packet, as in pcap, and its options. */
	PACKET_BLOCK_MAX = 129 * 1024 * 1024,
	FLAGS_OPTION = 2, /* the same in both blocks that have options */
	DROP_OPTION = 4,
	ID_OPTION = 5,
	DROPS_UNKNOWN = 0xffff,
	CAPLEN_MAX = 128 * 1024 * 1024,
};

static int wrong(struct pktcap_file_reader *r, const char *what)
{
	r->damage = what;
	return -EPROTO;
}

/* A section says itself which byte order it has, before its length. */
static int section_order(struct pktcap_file_reader *r, bool *swapped)
{
	uint32_t magic;
	int err = input_need(&r->in, NG_FRAME_BYTES);

	if (err)
		return err;
	if (!bytes_host32(r->in.ready, 8, &magic))
		return -ENODATA;
	*swapped = magic == __builtin_bswap32(NG_MAGIC);
	if (magic != NG_MAGIC && !*swapped)
		return wrong(r, "begins a section without its magic number");
	return 0;
}

static size_t longest(uint32_t type)
{
	switch (type) {
	case NG_PACKET:
	case NG_SIMPLE_PACKET:
	case NG_OLD_PACKET:
		return PACKET_BLOCK_MAX;
	}
	return NG_HELD_MAX;
}

static bool must_be_held(const struct pktcap_file_reader *r, uint32_t type)
{
	return type <= NG_PACKET || type == NG_SECTION ||
	       r->opts.flags & PKTCAP_FILE_READER_RECOVER;
}

/* The whole block, at the front of the input. Returns 1, or as next(). */
static int frame_slowly(struct pktcap_file_reader *r, struct ng_block *b)
{
	struct input *in = &r->in;
	int err = input_need(in, 8);

	if (err)
		return err;
	b->body = (struct bytes){ NULL, 0 };
	b->swapped = r->place.swapped;
	if (!ng_get32(in->ready, 0, b->swapped, &b->type))
		return in->ready.n ? -ENODATA : 0;
	if (b->type == NG_SECTION)
		err = section_order(r, &b->swapped);
	if (err)
		return err;
	if (!ng_get32(in->ready, 4, b->swapped, &b->total))
		return -ENODATA;
	if (b->total < NG_FRAME_BYTES || b->total % 4)
		return wrong(r, "states a length that no block has");
	if (b->total > longest(b->type)) {
		if (must_be_held(r, b->type))
			return wrong(r, "is longer than a block of its type "
					"can be");
		b->body = (struct bytes){ NULL, b->total - NG_FRAME_BYTES };
		return 1;
	}
	err = input_need(in, b->total);
	if (err)
		return err;
	return in->ready.n < b->total ? -ENODATA : 1;
}

/* Its magic number says enough; others do not look at its second length. */
static bool begins_file(const struct pktcap_file_reader *r,
			const struct ng_block *b)
{
	return b->type == NG_SECTION && !r->in.offset;
}

static int frame(struct pktcap_file_reader *r, struct ng_block *b)
{
	struct bytes ready = r->in.ready;
	uint32_t again;
	int ret;

	b->swapped = r->place.swapped;
	if (!ng_get32(ready, 0, b->swapped, &b->type) ||
	    !ng_get32(ready, 4, b->swapped, &b->total) ||
	    b->type != NG_PACKET || b->total > ready.n ||
	    b->total < NG_FRAME_BYTES || b->total % 4) {
		ret = frame_slowly(r, b);
		if (ret <= 0 || (b->body.n && !b->body.p))
			return ret;
		ready = r->in.ready;
	}
	b->body = (struct bytes){ ready.p + 8, b->total - NG_FRAME_BYTES };
	if (!ng_get32(ready, b->total - 4, b->swapped, &again) ||
	    (again != b->total && !begins_file(r, b)))
		return wrong(r, "has one length at its start and another at "
				"its end");
	return 1;
}

/* What a block says about its packet, before it is believed. */
struct found {
	uint64_t ticks;
	uint32_t interface;
	uint32_t caplen;
	uint32_t wirelen;
	size_t data; /* where in the body */
};

static void apply_flags(struct pktcap_packet *pkt, uint32_t flags)
{
	/* Reception types of the format, as packet(7) numbers them. */
	static const uint8_t types[8] = { 0, 0, 2, 1, 3 };
	uint32_t direction = flags & 3;

	if (direction == 1)
		pkt->direction = PKTCAP_DIRECTION_IN;
	if (direction == 2)
		pkt->direction = PKTCAP_DIRECTION_OUT;
	pkt->pkttype = direction == 2 ? 4 : types[flags >> 2 & 7];
	if (flags & 1u << 9)
		pkt->flags |= PKTCAP_PACKET_CSUM_NOT_READY;
	if (flags & 1u << 10)
		pkt->flags |= PKTCAP_PACKET_CSUM_VALID;
	if (flags & 1u << 11)
		pkt->flags |= PKTCAP_PACKET_GSO_TCP;
}

static void apply_options(struct pktcap_file_reader *r)
{
	struct pktcap_file_option o;
	uint32_t flags;
	size_t at = 0;

	while (pktcap_file_option_next(r->options.p, r->options.n,
				       r->options_swapped, &at, &o) == 1)
		if (o.code == FLAGS_OPTION && o.len == 4 &&
		    ng_get32((struct bytes){ o.value, o.len }, 0,
			     r->options_swapped, &flags)) {
			apply_flags(&r->pkt, flags);
			return;
		}
}

static int deliver(struct pktcap_file_reader *r, const struct ng_block *b,
		   const struct found *f)
{
	struct pktcap_packet *pkt = &r->pkt;
	const struct interface *i;
	size_t behind = f->data + ng_padded(f->caplen);

	if (f->interface >= r->place.described ||
	    r->place.first + f->interface >= r->interfaces.count)
		return wrong(r, "has a packet of an interface that was not "
				"described before");
	r->interface = r->place.first + f->interface;
	i = &r->interfaces.list[r->interface];
	if (i->damaged)
		return wrong(r, "has a packet of an interface whose "
				"description is damaged");
	pkt->data = b->body.p + f->data;
	pkt->caplen = f->caplen;
	pkt->wirelen = f->wirelen > f->caplen ? f->wirelen : f->caplen;
	pkt->flags = f->caplen < f->wirelen ? PKTCAP_PACKET_TRUNCATED : 0;
	pkt->linktype = (uint16_t)i->told.linktype;
	pkt->pkttype = 0;
	pkt->direction = PKTCAP_DIRECTION_UNKNOWN;
	r->has = 0;
	if (!ticks_convert(&i->ticks, f->ticks, &pkt->ts_ns))
		r->has = PKTCAP_FILE_TIME_CLAMPED;
	r->options = (struct bytes){ NULL, 0 };
	if (b->type != NG_SIMPLE_PACKET && behind < b->body.n) {
		r->options = bytes_slice(b->body, behind, b->body.n);
		r->options_swapped = b->swapped;
		apply_options(r);
	}
	return 1;
}

/*
 *  0             4               12          16          20
 *  +-------------+---------------+-----------+-----------+------+---------
 *  |  interface  |     time      |  caplen   |  wirelen  | data | options
 *  +-------------+---------------+-----------+-----------+------+---------
 */
static inline int timed_packet(struct pktcap_file_reader *r,
			       const struct ng_block *b, uint32_t interface,
			       uint32_t lost)
{
	struct found f = { .interface = interface, .data = 20 };

	r->lost = lost;
	if (!ng_ticks(b->body, 4, b->swapped, &f.ticks) ||
	    !ng_get32(b->body, 12, b->swapped, &f.caplen) ||
	    !ng_get32(b->body, 16, b->swapped, &f.wirelen))
		return wrong(r, "is too short for a packet");
	if (f.caplen > b->body.n - f.data)
		return wrong(r, "has a packet longer than itself");
	return deliver(r, b, &f);
}

static int enhanced_packet(struct pktcap_file_reader *r,
			   const struct ng_block *b)
{
	uint32_t interface = 0;

	ng_get32(b->body, 0, b->swapped, &interface);
	return timed_packet(r, b, interface, UINT32_MAX);
}

/* The same with the interface in 2 bytes and a count of lost packets. */
static int old_packet(struct pktcap_file_reader *r, const struct ng_block *b)
{
	uint16_t interface = 0, lost = 0;

	ng_get16(b->body, 0, b->swapped, &interface);
	ng_get16(b->body, 2, b->swapped, &lost);
	return timed_packet(r, b, interface,
			    lost == DROPS_UNKNOWN ? UINT32_MAX : lost);
}

/*
 * Only the length on the wire: the interface tells how much is here. Without a
 * time, which is no ticks: others give the interface's offset then, too.
 */
static int simple_packet(struct pktcap_file_reader *r, const struct ng_block *b)
{
	struct found f = { .data = 4 };
	uint32_t snaplen = 0;

	if (!ng_get32(b->body, 0, b->swapped, &f.wirelen))
		return wrong(r, "is too short for a packet");
	if (r->place.described)
		snaplen = r->interfaces.list[r->place.first].told.snaplen;
	f.caplen = f.wirelen;
	if (snaplen && f.caplen > snaplen)
		f.caplen = snaplen;
	if (f.caplen > b->body.n - f.data)
		return wrong(r, "has a packet longer than itself");
	r->lost = UINT32_MAX;
	return deliver(r, b, &f);
}

static int ng_next(struct pktcap_file_reader *r)
{
	struct ng_block b;
	int ret;

	for (;;) {
		if (r->passing) {
			ret = ng_pass(r);
			if (ret)
				return ret;
		}
		ret = frame(r, &b);
		if (ret <= 0)
			return ret;
		if (b.type == NG_PACKET)
			ret = enhanced_packet(r, &b);
		else if (b.type == NG_SIMPLE_PACKET)
			ret = simple_packet(r, &b);
		else if (b.type == NG_OLD_PACKET)
			ret = old_packet(r, &b);
		else
			ret = ng_other_block(r, &b);
		if (ret < 0)
			return ret;
		r->offset = r->in.offset;
		if (b.body.p)
			input_skip(&r->in, b.total);
		if (ret) {
			r->place.number++;
			return 1;
		}
	}
}

int ng_to_first_interface(struct pktcap_file_reader *r)
{
	struct ng_block b;
	int ret;

	while (!r->place.described) {
		ret = frame(r, &b);
		/* What is wrong there is for the call that asks for packets. */
		if (ret <= 0 || !b.body.p || b.type == NG_PACKET ||
		    b.type == NG_SIMPLE_PACKET || b.type == NG_OLD_PACKET)
			return ret == -ENOMEM ? ret : 0;
		ret = ng_other_block(r, &b);
		if (ret)
			return ret == -ENOMEM ? ret : 0;
		input_skip(&r->in, b.total);
	}
	return 0;
}

/* The length again at a block's end is as good as a checksum. */
static size_t ng_probe(const struct pktcap_file_reader *r, size_t at,
		       int64_t *last)
{
	bool swapped = r->place.swapped;
	uint32_t type, total, again, magic;

	(void)last;
	if (!ng_get32(r->in.ready, at, swapped, &type))
		return 0;
	if (type == NG_SECTION) {
		if (!bytes_host32(r->in.ready, at + 8, &magic))
			return 0;
		swapped = magic == __builtin_bswap32(NG_MAGIC);
		if (magic != NG_MAGIC && !swapped)
			return 0;
	}
	if (!ng_is_known(type) ||
	    !ng_get32(r->in.ready, at + 4, swapped, &total) ||
	    total < NG_FRAME_BYTES || total % 4 || total > RECOVER_AHEAD ||
	    !ng_get32(r->in.ready, at + total - 4, swapped, &again))
		return 0;
	return again == total ? total : 0;
}

static int ng_recover(struct pktcap_file_reader *r)
{
	for (;;) {
		struct ng_block b;
		int ret = ng_next(r);

		if (ret != -EPROTO && !reader_cut_off(r, ret))
			return ret;
		if (ret == -EPROTO && frame(r, &b) == 1) {
			/* Only what is inside is damaged. */
			ret = ng_damaged_block(r, &b);
			if (ret)
				return ret;
			recover_pass(r, b.total);
			continue;
		}
		ret = recover_skip(r, 1);
		if (ret)
			return ret;
	}
}

const struct reader_format format_ng = {
	.next = ng_next,
	.recover = ng_recover,
	.probe = ng_probe,
};
