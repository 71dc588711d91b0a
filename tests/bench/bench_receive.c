// SPDX-License-Identifier: BSD-2-Clause
/*
 * CPU time to receive a 64-byte frame. The buffer is filled in bursts that fit
 * and only emptying it is timed: no drops, no sender, no waiting.
 */
#include <errno.h>
#include <unistd.h>

#include "bench/harness.h"
#include "bench/receiver.h"
#include "support/world.h"

enum {
	FRAME_BYTES = 64,
	TAGGED_BATCH = 64,
	BUFFER_BYTES = 8 << 20,
	/* In each round: 2.1 million in all where there is a target. */
	PACKETS = 300000,
	PACKETS_INFO = 60000,
	/* Fits BUFFER_BYTES of ring, with everybody's headers. */
	RING_BURST = 15000,
	/* Fits the socket buffer that one gets without privileges. */
	RECV_BURST = 200,
};

struct plan {
	const struct receiver *receiver;
	uint32_t packets;
	uint32_t burst;
	bool tagged;
};

static int sender;

static int flood_tagged(uint32_t count)
{
	const uint32_t tag = 0x8100u << 16 | 7;
	uint8_t frame[FRAME_BYTES];
	int err = 0;

	world_frame_tagged(frame, sizeof(frame), WORLD_FLOOD_PORT, 0, &tag, 1);
	for (uint32_t i = 0; i < count && !err; i++)
		err = world_send(sender, frame, sizeof(frame));
	return err;
}

static int receive_burst(const struct plan *plan, void *handle, double *cost,
			 struct tally *all)
{
	struct tally tally = { 0 };
	double start;
	int n;

	bench_use_cpu(BENCH_CPU_SENDER);
	n = plan->tagged ? flood_tagged(plan->burst)
			 : world_flood(sender, 0, plan->burst, FRAME_BYTES);
	bench_use_cpu(BENCH_CPU_RECEIVER);
	if (n)
		return n;
	start = bench_cpu_ns();
	do {
		n = plan->receiver->drain(handle, &tally);
	} while (n > 0 && tally.packets < plan->burst);
	*cost += bench_cpu_ns() - start;
	all->packets += tally.packets;
	return n < 0 ? n : 0;
}

/* Nanoseconds for one packet. */
static int run(void *arg, double *result)
{
	const struct receiver_config config = { .ifname = "pk1",
						.buffer_bytes = BUFFER_BYTES };
	const struct plan *plan = arg;
	uint32_t bursts = plan->packets / plan->burst;
	struct tally all = { 0 };
	double cost = 0;
	void *handle;
	int err = plan->receiver->open(&handle, &config);

	if (err)
		return err;
	for (uint32_t i = 0; i < bursts && !err; i++)
		err = receive_burst(plan, handle, &cost, &all);
	plan->receiver->close(handle);
	if (!err && !all.packets)
		err = -ENODATA;
	*result = cost / (double)all.packets;
	return err;
}

static void compare(struct contender *c, struct plan *plans, size_t n)
{
	for (size_t i = 0; i < n; i++)
		c[i] = (struct contender){ .name = plans[i].receiver->name,
					   .run = run,
					   .arg = &plans[i] };
	bench_run(c, n);
}

static void compare_rings(void)
{
	enum { BARE, PCAP, RING, BATCH, NEXT, FILTER, TAGGED, INLINE, N };
	struct plan plans[N] = {
		[BARE] = { &receiver_bare_ring, PACKETS, RING_BURST, false },
		[PCAP] = { &receiver_pcap, PACKETS, RING_BURST, false },
		[RING] = { &receiver_ring, PACKETS, RING_BURST, false },
		[BATCH] = { &receiver_ring_batch, PACKETS_INFO, RING_BURST,
			    false },
		[NEXT] = { &receiver_ring_next, PACKETS_INFO, RING_BURST,
			   false },
		[FILTER] = { &receiver_ring_filter, PACKETS_INFO, RING_BURST,
			     false },
		[TAGGED] = { &receiver_ring, PACKETS_INFO, RING_BURST, true },
		[INLINE] = { &receiver_ring_inline, PACKETS_INFO, RING_BURST,
			     true },
	};
	struct contender c[N];

	compare(c, plans, N);
	c[TAGGED].name = "ring, tag as metadata";
	bench_row("receive", &c[BARE], "ns");
	bench_row("receive", &c[PCAP], "ns");
	bench_row_ratio("receive", &c[RING], "ns", &c[BARE], 1.3);
	bench_row_ratio("receive", &c[RING], "ns", &c[PCAP], 1);
	for (size_t i = BATCH; i < N; i++)
		bench_row_ratio("receive", &c[i], "ns", &c[BARE], 0);
}

static void compare_recv(void)
{
	enum { BARE, RECV, IOCTL, N };
	struct plan plans[N] = {
		[BARE] = { &receiver_bare_recv, PACKETS, RECV_BURST, false },
		[RECV] = { &receiver_recv, PACKETS, RECV_BURST, false },
		[IOCTL] = { &receiver_recv_ioctl, PACKETS_INFO, RECV_BURST,
			    false },
	};
	struct contender c[N];

	compare(c, plans, N);
	bench_row("receive", &c[BARE], "ns");
	bench_row_ratio("receive", &c[RECV], "ns", &c[BARE], 0);
	bench_row_ratio("receive", &c[IOCTL], "ns", &c[BARE], 0);
}

int main(void)
{
	world_enter_or_skip();
	sender = bench_sender();
	compare_rings();
	compare_recv();
	close(sender);
	return 0;
}
