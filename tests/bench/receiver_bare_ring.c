// SPDX-License-Identifier: BSD-2-Clause
/* The floor: nothing but TPACKET_V3 and a loop. */
#include "bench/receiver.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

struct bare_ring {
	int fd;
	uint8_t *map;
	uint32_t blocks;
	uint32_t index;
};

static int map_ring(struct bare_ring *ring)
{
	struct tpacket_req3 req = {
		.tp_block_size = RECEIVER_BLOCK_BYTES,
		.tp_block_nr = ring->blocks,
		.tp_frame_size = 2048,
		.tp_frame_nr = RECEIVER_BLOCK_BYTES / 2048 * ring->blocks,
		.tp_retire_blk_tov = RECEIVER_DELAY_MS,
	};
	int version = TPACKET_V3;

	if (setsockopt(ring->fd, SOL_PACKET, PACKET_VERSION, &version,
		       sizeof(version)) ||
	    setsockopt(ring->fd, SOL_PACKET, PACKET_RX_RING, &req, sizeof(req)))
		return -errno;
	ring->map = mmap(NULL, (size_t)RECEIVER_BLOCK_BYTES * ring->blocks,
			 PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, 0);
	return ring->map == MAP_FAILED ? -errno : 0;
}

static int listen_on(const struct bare_ring *ring, const char *ifname)
{
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = (int)if_nametoindex(ifname),
	};

	return bind(ring->fd, (struct sockaddr *)&address, sizeof(address))
		       ? -errno
		       : 0;
}

static void bare_close(void *handle)
{
	struct bare_ring *ring = handle;

	if (ring->map != MAP_FAILED)
		munmap(ring->map, (size_t)RECEIVER_BLOCK_BYTES * ring->blocks);
	close(ring->fd);
	free(ring);
}

static int bare_open(void **handle, const struct receiver_config *config)
{
	struct bare_ring *ring = calloc(1, sizeof(*ring));
	int err;

	if (!ring)
		return -ENOMEM;
	ring->map = MAP_FAILED;
	ring->blocks = config->buffer_bytes / RECEIVER_BLOCK_BYTES;
	ring->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	err = ring->fd < 0 ? -errno : map_ring(ring);
	if (!err)
		err = listen_on(ring, config->ifname);
	if (err)
		bare_close(ring);
	else
		*handle = ring;
	return err;
}

static int read_block(struct tpacket_block_desc *block, struct tally *tally)
{
	const uint8_t *p =
		(uint8_t *)block + block->hdr.bh1.offset_to_first_pkt;
	uint32_t n = block->hdr.bh1.num_pkts;

	for (uint32_t i = 0; i < n; i++) {
		const struct tpacket3_hdr *packet = (const void *)p;

		tally_add(tally, p + packet->tp_mac, packet->tp_snaplen,
			  packet->tp_len,
			  (int64_t)packet->tp_sec * 1000000000 +
				  packet->tp_nsec);
		p += packet->tp_next_offset;
	}
	return (int)n;
}

static int bare_drain(void *handle, struct tally *tally)
{
	struct bare_ring *ring = handle;
	struct tpacket_block_desc *block =
		(void *)(ring->map +
			 (size_t)ring->index * RECEIVER_BLOCK_BYTES);
	struct pollfd readable = { .fd = ring->fd, .events = POLLIN };
	int n;

	if (!(__atomic_load_n(&block->hdr.bh1.block_status, __ATOMIC_ACQUIRE) &
	      TP_STATUS_USER)) {
		n = poll(&readable, 1, 100);
		if (n <= 0)
			return n ? -errno : 0;
		if (!(__atomic_load_n(&block->hdr.bh1.block_status,
				      __ATOMIC_ACQUIRE) &
		      TP_STATUS_USER))
			return 0;
	}
	n = read_block(block, tally);
	__atomic_store_n(&block->hdr.bh1.block_status, TP_STATUS_KERNEL,
			 __ATOMIC_RELEASE);
	ring->index = (ring->index + 1) % ring->blocks;
	return n;
}

const struct receiver receiver_bare_ring = {
	.name = "bare TPACKET_V3 loop",
	.open = bare_open,
	.drain = bare_drain,
	.close = bare_close,
};
