// SPDX-License-Identifier: BSD-2-Clause
/*
 * TPACKET_V2 transmit ring (packet(7)): frames are written where the kernel
 * reads them, one empty send(2) hands over all that are there. The status of
 * each tells what became of it. PACKET_LOSS stays off: with it a frame that the
 * kernel refuses would be skipped without a word.
 */
#include "send/send.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/descriptor.h"
#include "base/error.h"

#define HEADER_BYTES (TPACKET2_HDRLEN - sizeof(struct sockaddr_ll))
#define BLOCK_BYTES 65536u /* a multiple of every page size */
#define FRAME_BYTES_UNKNOWN 1518u

struct ring {
	uint8_t *map;
	size_t map_bytes;
	uint32_t slot_bytes; /* a power of two: slots touch each other */
	uint32_t slots;
	uint32_t next; /* the slot that the kernel looks at next */
};

static struct tpacket2_hdr *slot_at(const struct ring *ring, uint32_t i)
{
	size_t slot = (ring->next + i) & (ring->slots - 1);

	return (struct tpacket2_hdr *)(void *)(ring->map +
					       slot * ring->slot_bytes);
}

static uint32_t status_of(const struct tpacket2_hdr *slot)
{
	return __atomic_load_n(&slot->tp_status, __ATOMIC_ACQUIRE);
}

static void set_status(struct tpacket2_hdr *slot, uint32_t status)
{
	__atomic_store_n(&slot->tp_status, status, __ATOMIC_RELEASE);
}

/* 0, or why the frame cannot be laid into the slot. */
static int lay(const struct pktcap_send *s, const struct pktcap_packet *pkt,
	       struct tpacket2_hdr *slot)
{
	const struct ring *ring = s->engine_state;
	struct send_piece pieces[SEND_PIECES];
	uint8_t *to = (uint8_t *)slot + HEADER_BYTES;
	uint8_t tag[SEND_TAG_BYTES];
	uint32_t len, n;

	if (status_of(slot) != TP_STATUS_AVAILABLE)
		return -EAGAIN; /* still on its way from the last round */
	len = send_length(s, pkt);
	if (len > ring->slot_bytes - HEADER_BYTES)
		return -EMSGSIZE;
	n = send_pieces(s, pkt, pieces, tag);
	send_pieces_join(pieces, n, to);
	slot->tp_len = len;
	set_status(slot, TP_STATUS_SEND_REQUEST);
	return 0;
}

/* One address for all that one call sends. */
static int kick(struct pktcap_send *s, uint32_t ifindex)
{
	struct sockaddr_ll to;
	bool addressed = send_addressed(s);

	send_address(&to, ifindex);
	s->stats.calls++;
	return sendto(s->fd, NULL, 0, MSG_DONTWAIT,
		      addressed ? (struct sockaddr *)&to : NULL,
		      addressed ? sizeof(to) : 0) < 0
		       ? -errno
		       : 0;
}

/* The kernel goes from slot to slot and stops at the first it refuses. */
static uint32_t count_taken(struct pktcap_send *s, uint32_t laid)
{
	const struct ring *ring = s->engine_state;
	uint32_t taken = 0;

	for (; taken < laid; taken++) {
		const struct tpacket2_hdr *slot = slot_at(ring, taken);

		if (status_of(slot) &
		    (TP_STATUS_SEND_REQUEST | TP_STATUS_WRONG_FORMAT))
			break;
		s->stats.bytes += slot->tp_len;
	}
	return taken;
}

static int ring_submit(struct pktcap_send *s, const struct pktcap_packet *pkts,
		       uint32_t n)
{
	struct ring *ring = s->engine_state;
	uint32_t ifindex = send_ifindex(s, pkts);
	uint32_t laid = 0;
	uint32_t taken;
	int err = 0;

	if (n > ring->slots)
		n = ring->slots;
	while (laid < n && send_ifindex(s, &pkts[laid]) == ifindex && !err) {
		err = lay(s, &pkts[laid], slot_at(ring, laid));
		laid += !err;
	}
	if (!laid)
		return err;
	err = kick(s, ifindex);
	taken = count_taken(s, laid);
	/* The next ones are not sent behind the caller's back later. */
	for (uint32_t i = taken; i < laid; i++)
		set_status(slot_at(ring, i), TP_STATUS_AVAILABLE);
	ring->next += taken;
	if (taken)
		return (int)taken;
	return err ? err : -EAGAIN;
}

static uint32_t power_of_two(uint32_t least)
{
	uint32_t n = 256;

	while (n < least)
		n *= 2;
	return n;
}

static void choose_geometry(const struct pktcap_send *s, struct ring *ring,
			    struct tpacket_req *req)
{
	uint32_t frame = s->opts.frame_bytes;
	uint32_t bytes = s->opts.ring_bytes;

	if (!frame)
		frame = s->len_max == UINT32_MAX ? FRAME_BYTES_UNKNOWN
						 : s->len_max;
	if (frame > SEND_FRAME_BYTES_MAX) /* the MTU of lo may be 2^31 - 1 */
		frame = SEND_FRAME_BYTES_MAX;
	ring->slot_bytes = power_of_two(frame + SEND_TAG_BYTES + HEADER_BYTES);
	req->tp_frame_size = ring->slot_bytes;
	req->tp_block_size =
		ring->slot_bytes > BLOCK_BYTES ? ring->slot_bytes : BLOCK_BYTES;
	/* Slots are counted with a mask. */
	req->tp_block_nr = 1;
	while (req->tp_block_nr * 2ull * req->tp_block_size <= bytes)
		req->tp_block_nr *= 2;
	ring->map_bytes = (size_t)req->tp_block_size * req->tp_block_nr;
	ring->slots = (uint32_t)(ring->map_bytes / ring->slot_bytes);
	req->tp_frame_nr = ring->slots;
}

static int ring_map(struct pktcap_send *s, struct ring *ring, const char **call)
{
	struct tpacket_req req;
	int err;

	choose_geometry(s, ring, &req);
	*call = "PACKET_VERSION";
	err = socket_set(s->fd, SOL_PACKET, PACKET_VERSION, TPACKET_V2);
	if (err)
		return err;
	*call = "PACKET_TX_RING";
	if (setsockopt(s->fd, SOL_PACKET, PACKET_TX_RING, &req, sizeof(req)))
		return -errno;
	*call = "mmap";
	ring->map = mmap(NULL, ring->map_bytes, PROT_READ | PROT_WRITE,
			 MAP_SHARED, s->fd, 0);
	return ring->map == MAP_FAILED ? -errno : 0;
}

static int ring_open(struct pktcap_send *s, struct pktcap_error *error)
{
	struct ring *ring = calloc(1, sizeof(*ring));
	const char *call;
	int err;

	if (!ring)
		return error_set(error, -ENOMEM, "calloc", "out of memory");
	err = ring_map(s, ring, &call);
	if (err) {
		free(ring);
		return error_set(error, err, call,
				 "%s: no transmit ring: %s: %s; ask for less "
				 "ring_bytes, or engine mmsg",
				 s->ifname, call, strerror(-err));
	}
	s->engine_state = ring;
	return 0;
}

static void ring_info(const struct pktcap_send *s,
		      struct pktcap_send_info *info)
{
	const struct ring *ring = s->engine_state;
	uint32_t room = ring->slot_bytes - (uint32_t)HEADER_BYTES;

	info->ring_bytes = (uint32_t)ring->map_bytes;
	info->ring_frames = ring->slots;
	if (!info->frame_bytes || info->frame_bytes > room)
		info->frame_bytes = room;
}

static void ring_close(struct pktcap_send *s)
{
	struct ring *ring = s->engine_state;

	munmap(ring->map, ring->map_bytes);
	free(ring);
	s->engine_state = NULL;
}

const struct send_engine send_engine_ring = {
	.name = "ring",
	.number = PKTCAP_SEND_ENGINE_RING,
	.open = ring_open,
	.submit = ring_submit,
	.info = ring_info,
	.close = ring_close,
};
