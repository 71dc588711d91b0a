/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ways to receive packets, ours and our peers': each does the same work for a
 * packet (tally_add()), so that what differs is the cost of getting it.
 */
#ifndef TESTS_BENCH_RECEIVER_H
#define TESTS_BENCH_RECEIVER_H

#include <stdbool.h>
#include <stdint.h>

struct tally {
	uint64_t packets;
	uint64_t bytes;
	uint64_t wire_bytes;
	uint64_t types; /* the sum of the EtherTypes: the bytes are read */
	int64_t last_ts_ns;
};

static inline void tally_add(struct tally *tally, const uint8_t *data,
			     uint32_t caplen, uint32_t wirelen, int64_t ts_ns)
{
	tally->packets++;
	tally->bytes += caplen;
	tally->wire_bytes += wirelen;
	tally->last_ts_ns = ts_ns;
	if (caplen >= 14)
		tally->types += (uint64_t)data[12] << 8 | data[13];
}

struct receiver_config {
	const char *ifname;
	uint32_t buffer_bytes;
	bool immediate; /* each packet at once, instead of every 10 ms */
};

/* The geometry that all mapped rings get where it can be chosen. */
#define RECEIVER_BLOCK_BYTES (256u * 1024)
#define RECEIVER_DELAY_MS 10

struct receiver {
	const char *name;
	int (*open)(void **handle, const struct receiver_config *config);
	/*
	 * Receives what is there, or waits for it up to about 100 ms. Returns
	 * how many packets went to @tally, or a negative errno.
	 */
	int (*drain)(void *handle, struct tally *tally);
	void (*close)(void *handle);
};

extern const struct receiver receiver_bare_ring;
extern const struct receiver receiver_bare_recv;
extern const struct receiver receiver_pcap;

extern const struct receiver receiver_ring;
extern const struct receiver receiver_ring_batch;
extern const struct receiver receiver_ring_next;
extern const struct receiver receiver_ring_inline;
extern const struct receiver receiver_ring_filter;
extern const struct receiver receiver_recv;
extern const struct receiver receiver_recv_ioctl;

#endif
