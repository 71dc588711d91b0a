// SPDX-License-Identifier: BSD-2-Clause
/*
 * Time from just before a frame is sent until the receiver has it in hand,
 * when each frame is to be delivered at once and the receiver sleeps.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "bench/harness.h"
#include "bench/receiver.h"
#include "support/world.h"

enum {
	FRAME_BYTES = 64,
	BUFFER_BYTES = 4 << 20,
	/* In each round: 2100 in all. */
	PINGS = 300,
	/* Long enough for a receiver to fall asleep. */
	PAUSE_US = 200,
	GIVE_UP_WAITS = 20,
};

struct plan {
	const struct receiver *receiver;
	uint32_t round;
	double p99[BENCH_ROUNDS];
};

static int sender;
static _Atomic int64_t sent_ns[PINGS];
static _Atomic int received;

static void *send_pings(void *arg)
{
	uint8_t frame[FRAME_BYTES];

	(void)arg;
	bench_use_cpu(BENCH_CPU_SENDER);
	world_frame(frame, sizeof(frame), WORLD_FLOOD_PORT, 0);
	for (int i = 0; i < PINGS; i++) {
		while (atomic_load(&received) < i)
			usleep(PAUSE_US / 4);
		if (atomic_load(&received) > PINGS)
			break;
		usleep(PAUSE_US);
		atomic_store(&sent_ns[i], bench_now_ns());
		if (world_send(sender, frame, sizeof(frame)))
			break;
	}
	return NULL;
}

static int receive_pings(const struct receiver *receiver, void *handle,
			 double *microseconds)
{
	struct tally tally = { 0 };

	for (int i = 0; i < PINGS; i++) {
		int n = 0;

		for (int wait = 0; wait < GIVE_UP_WAITS && !n; wait++)
			n = receiver->drain(handle, &tally);
		if (n <= 0)
			return n ? n : -ETIMEDOUT;
		microseconds[i] =
			(double)(bench_now_ns() - atomic_load(&sent_ns[i])) /
			1e3;
		atomic_store(&received, i + 1);
	}
	return 0;
}

/* The median in microseconds; the 99th percentile goes to the plan. */
static int run(void *arg, double *result)
{
	const struct receiver_config config = { .ifname = "pk1",
						.buffer_bytes = BUFFER_BYTES,
						.immediate = true };
	struct plan *plan = arg;
	double microseconds[PINGS];
	pthread_t thread;
	void *handle;
	int err = plan->receiver->open(&handle, &config);

	if (err)
		return err;
	bench_use_cpu(BENCH_CPU_RECEIVER);
	atomic_store(&received, 0);
	err = -pthread_create(&thread, NULL, send_pings, NULL);
	if (!err) {
		err = receive_pings(plan->receiver, handle, microseconds);
		if (err) /* the sender need not wait for us any more */
			atomic_store(&received, PINGS + 1);
		pthread_join(thread, NULL);
	}
	plan->receiver->close(handle);
	if (err)
		return err;
	*result = bench_quantile(microseconds, PINGS, 0.5);
	plan->p99[plan->round++] = bench_quantile(microseconds, PINGS, 0.99);
	return 0;
}

int main(void)
{
	enum { PCAP, BARE, RECV, NEXT, N };
	struct plan plans[N] = {
		[PCAP] = { .receiver = &receiver_pcap },
		[BARE] = { .receiver = &receiver_bare_recv },
		[RECV] = { .receiver = &receiver_recv },
		[NEXT] = { .receiver = &receiver_ring_next },
	};
	struct contender c[N] = { 0 };

	world_enter_or_skip();
	sender = bench_sender();
	for (size_t i = 0; i < N; i++) {
		c[i].name = plans[i].receiver->name;
		c[i].run = run;
		c[i].arg = &plans[i];
	}
	c[PCAP].name = "libpcap, immediate mode";
	bench_run(c, N);
	bench_row("latency, median", &c[PCAP], "us");
	bench_row("latency, median", &c[BARE], "us");
	bench_row_limit("latency, median", &c[RECV], "us", 100);
	bench_row("latency, median", &c[NEXT], "us");
	for (size_t i = 0; i < N; i++) {
		c[i].median = bench_quantile(plans[i].p99, BENCH_ROUNDS, 0.5);
		bench_row("latency, 99 %", &c[i], "us");
	}
	close(sender);
	return 0;
}
