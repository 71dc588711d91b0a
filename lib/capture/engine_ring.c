// SPDX-License-Identifier: BSD-2-Clause
/*
 * TPACKET_V3: the kernel writes packets into blocks of memory that both sides
 * map, hands over whole blocks, and gets them back in order (packet(7),
 * Documentation/networking/packet_mmap.rst).
 */
#include "capture/capture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/uapi.h"
#include "capture/stamp.h"
#include "capture/view.h"

/* The kernel's index of its current block has 16 bits. */
#define RING_BLOCKS_MAX 65535u
/* A single block would be the kernel's and ours at the same time. */
#define RING_BLOCKS_MIN 2u
#define RING_BLOCK_BYTES (256u * 1024)
/* Only checked by the kernel, not used: any multiple of 16 that divides. */
#define RING_FRAME_BYTES 2048u

struct ring {
	uint8_t *map;
	size_t map_bytes;
	uint32_t block_bytes;
	uint32_t block_count;
	uint32_t index;	 /* block that is read, or is to be read next */
	uint32_t left;	 /* packets in it that are not in a view yet */
	bool held;	 /* that block is ours and not given back */
	uint32_t losing; /* TP_STATUS_LOSING of that block */
	const struct tpacket3_hdr *packet; /* the next of these packets */
	uint64_t next_sequence;		   /* of the next block to be read */
	uint64_t recheck_until;		   /* last block of an old filter */
};

static struct tpacket_block_desc *block_at(const struct ring *ring,
					   uint32_t index)
{
	return (void *)(ring->map + (size_t)index * ring->block_bytes);
}

static bool block_is_ours(struct tpacket_block_desc *block)
{
	/* Pairs with the kernel's barrier: status last, contents before it. */
	return __atomic_load_n(&block->hdr.bh1.block_status, __ATOMIC_ACQUIRE) &
	       TP_STATUS_USER;
}

static void give_back(struct ring *ring)
{
	struct tpacket_block_desc *block = block_at(ring, ring->index);

	/* Or ring_holds() would see the old number until the kernel comes. */
	block->hdr.bh1.num_pkts = 0;
	__atomic_store_n(&block->hdr.bh1.block_status, TP_STATUS_KERNEL,
			 __ATOMIC_RELEASE);
	ring->held = false;
	if (++ring->index == ring->block_count)
		ring->index = 0;
}

/* Takes the next block that holds packets; a retired block may hold none. */
static bool take_block(struct pktcap_capture *cap, struct ring *ring)
{
	struct tpacket_block_desc *block;

	do {
		if (ring->held)
			give_back(ring);
		block = block_at(ring, ring->index);
		if (!block_is_ours(block))
			return false;
		ring->held = true;
		ring->next_sequence = block->hdr.bh1.seq_num + 1;
		ring->left = block->hdr.bh1.num_pkts;
	} while (!ring->left);
	ring->losing = block->hdr.bh1.block_status & TP_STATUS_LOSING;
	ring->packet = (const void *)((const uint8_t *)block +
				      block->hdr.bh1.offset_to_first_pkt);
	if (cap->recheck && !cap->recheck_always)
		cap->recheck = block->hdr.bh1.seq_num <= ring->recheck_until;
	return true;
}

/*
 * There is headroom without PACKET_RESERVE, which would cost each packet 16
 * bytes of ring: behind the header and its address (68 bytes) the kernel
 * starts the network header at a multiple of 16 that leaves a cooked packet 28
 * bytes and an Ethernet frame 14 or 10. Should a driver leave less than a tag
 * needs, the end of an address is overwritten that has been read.
 */
static bool ring_view(struct pktcap_capture *cap, struct view_rules rules,
		      struct pktcap_packet *view,
		      const struct tpacket3_hdr *packet, uint32_t losing)
{
	const uint8_t *start = (const void *)packet;
	const struct sockaddr_ll *from =
		(const void *)(start + TPACKET_ALIGN(sizeof(*packet)));
	uint32_t status = packet->tp_status | losing;

	view->data = start + packet->tp_mac;
	view->ts_ns = (int64_t)packet->tp_sec * 1000000000 + packet->tp_nsec;
	view->caplen = packet->tp_snaplen;
	view->wirelen = packet->tp_len;
	view->flags = view_flags(status);
	/* Both are zero where there is no tag. */
	view->vlan_tci = (uint16_t)packet->hv1.tp_vlan_tci;
	view->vlan_tpid = packet->hv1.tp_vlan_tpid;
	view->clock = stamp_clock(status);
	return view_finish(cap, rules, view, from);
}

/*
 * A batch of what is left of the block in hand: to a function, or to views. A
 * function may use the handle: what it finds there is up to date.
 */
static uint32_t read_batch(struct pktcap_capture *cap, struct ring *ring)
{
	const struct view_rules rules = view_rules(cap);
	const uint32_t losing = ring->losing;
	struct push *push = cap->push;
	struct pktcap_packet *view = cap->views;
	struct tally tally = { 0 };

	if (push)
		push->cut = false;
	while (ring->left && tally.packets < cap->opts.batch) {
		const struct tpacket3_hdr *packet = ring->packet;

		ring->packet = (const void *)((const uint8_t *)packet +
					      packet->tp_next_offset);
		ring->left--;
		if (!ring_view(cap, rules, view, packet, losing))
			continue;
		tally_packet(&tally, view);
		if (!push)
			view++;
		else if (!push_packet(push, view))
			break;
	}
	if (push) {
		stats_add(cap, &tally);
	} else {
		cap->filled = tally;
		cap->count = (uint32_t)tally.packets;
	}
	return (uint32_t)tally.packets;
}

static int ring_fill(struct pktcap_capture *cap)
{
	struct ring *ring = cap->engine_state;
	uint32_t n = 0;

	/* What is delivered stays inside one block, held until the next call.
	 */
	if (!ring->left && !take_block(cap, ring))
		return -EAGAIN;
	/* A function gets all of it, unless a stop came in between. */
	do {
		n += read_batch(cap, ring);
	} while (ring->left && cap->push && !cap->push->cut &&
		 !atomic_load_explicit(&cap->stop, memory_order_relaxed));
	return (int)n;
}

static bool ring_holds(const struct pktcap_capture *cap)
{
	const struct ring *ring = cap->engine_state;
	struct tpacket_block_desc *block = block_at(ring, ring->index);

	return __atomic_load_n(&block->hdr.bh1.num_pkts, __ATOMIC_ACQUIRE);
}

/*
 * Blocks carry a running number. Those that are ours already and the one the
 * kernel fills now may hold packets of the old filter; later ones do not.
 */
static void ring_mark(struct pktcap_capture *cap)
{
	struct ring *ring = cap->engine_state;
	uint64_t open_block = ring->next_sequence;
	uint32_t index = ring->index;

	/* The block in hand has been counted in next_sequence. */
	if (ring->held)
		index = (index + 1) % ring->block_count;
	for (uint32_t i = 0; i < ring->block_count; i++) {
		if (!block_is_ours(block_at(ring, index)))
			break;
		open_block++;
		index = (index + 1) % ring->block_count;
	}
	ring->recheck_until = open_block;
}

/* What was asked, in blocks that hold the largest frame, few enough to count.
 */
static void plan(struct ring *ring, const struct pktcap_capture_opts *opts)
{
	uint64_t blocks;

	ring->block_bytes =
		opts->block_bytes ? opts->block_bytes : RING_BLOCK_BYTES;
	blocks = opts->ring_bytes / ring->block_bytes;
	while (blocks > RING_BLOCKS_MAX && ring->block_bytes < 1u << 30) {
		ring->block_bytes *= 2;
		blocks = opts->ring_bytes / ring->block_bytes;
	}
	if (blocks < RING_BLOCKS_MIN)
		blocks = RING_BLOCKS_MIN;
	ring->block_count = (uint32_t)blocks;
}

static int request(struct pktcap_capture *cap, const struct ring *ring)
{
	struct tpacket_req3 req = {
		.tp_block_size = ring->block_bytes,
		.tp_block_nr = ring->block_count,
		.tp_frame_size = RING_FRAME_BYTES,
		.tp_frame_nr = ring->block_bytes / RING_FRAME_BYTES *
			       ring->block_count,
		.tp_retire_blk_tov = cap->opts.max_delay_us / 1000,
	};

	return setsockopt(cap->fd, SOL_PACKET, PACKET_RX_RING, &req,
			  sizeof(req))
		       ? -errno
		       : 0;
}

/* Memory may be short: fewer blocks are better than none. */
static int make_blocks(struct pktcap_capture *cap, struct ring *ring)
{
	int err;

	plan(ring, &cap->opts);
	for (;;) {
		err = request(cap, ring);
		if (err != -ENOMEM || ring->block_count == RING_BLOCKS_MIN)
			return err;
		ring->block_count /= 2;
		if (ring->block_count < RING_BLOCKS_MIN)
			ring->block_count = RING_BLOCKS_MIN;
	}
}

/* Nothing may stay behind for the engine that is tried next. */
static void drop_blocks(const struct pktcap_capture *cap)
{
	struct tpacket_req3 none = { 0 };

	setsockopt(cap->fd, SOL_PACKET, PACKET_RX_RING, &none, sizeof(none));
}

static int map_blocks(struct pktcap_capture *cap, struct ring *ring)
{
	ring->map_bytes = (size_t)ring->block_bytes * ring->block_count;
	ring->map = mmap(NULL, ring->map_bytes, PROT_READ | PROT_WRITE,
			 MAP_SHARED, cap->fd, 0);
	return ring->map == MAP_FAILED ? -errno : 0;
}

static int ring_open(struct pktcap_capture *cap, struct pktcap_error *error)
{
	struct ring *ring;
	const char *step;
	int err;

	ring = calloc(1, sizeof(*ring));
	if (!ring)
		return error_set(error, -ENOMEM, "calloc", "out of memory");
	/* The kernel's timer has milliseconds; 0 would mean "you choose". */
	cap->opts.max_delay_us = (cap->opts.max_delay_us + 999) / 1000 * 1000;
	if (!cap->opts.max_delay_us)
		cap->opts.max_delay_us = 1000;

	/* Fixed once there is a ring: EBUSY. */
	step = "PACKET_VERSION";
	err = socket_set(cap->fd, SOL_PACKET, PACKET_VERSION, TPACKET_V3);
	if (err)
		goto fail;
	step = "PACKET_TIMESTAMP";
	err = stamp_ask_ring(cap);
	if (err)
		goto fail;
	step = "PACKET_RX_RING";
	err = make_blocks(cap, ring);
	if (err)
		goto fail;
	step = "mmap";
	err = map_blocks(cap, ring);
	if (err) {
		drop_blocks(cap);
		goto fail;
	}
	ring->next_sequence = 1; /* the kernel's first block has number 1 */
	cap->engine_state = ring;
	return 0;
fail:
	error_set(error, err, step,
		  "%s: no mapped ring of %lu KiB: %s; ask for less ring_bytes "
		  "or for engine recv",
		  cap->ifname, (unsigned long)(cap->opts.ring_bytes / 1024),
		  strerror(-err));
	free(ring);
	return err;
}

static void ring_close(struct pktcap_capture *cap)
{
	struct ring *ring = cap->engine_state;

	munmap(ring->map, ring->map_bytes);
	/* A descriptor outlives a failed adoption. */
	if (cap->fd_is_callers)
		drop_blocks(cap);
	free(ring);
	cap->engine_state = NULL;
}

static void ring_info(const struct pktcap_capture *cap,
		      struct pktcap_capture_info *info)
{
	const struct ring *ring = cap->engine_state;

	info->ring_bytes = ring->map_bytes;
	info->block_bytes = ring->block_bytes;
	info->block_count = ring->block_count;
}

const struct engine engine_ring = {
	.name = "ring",
	.open = ring_open,
	.fill = ring_fill,
	.holds = ring_holds,
	.mark = ring_mark,
	.info = ring_info,
	.close = ring_close,
};
