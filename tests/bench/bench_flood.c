// SPDX-License-Identifier: BSD-2-Clause
/*
 * A flood at full speed from another CPU: what is lost, and what it costs when
 * the receiver sleeps and wakes up in between. Then the same buffers with
 * nobody reading: how much they hold before the kernel has to drop.
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

#include "bench/harness.h"
#include "bench/receiver.h"
#include "support/world.h"

enum {
	FRAME_BYTES = 64,
	BUFFER_BYTES = 4 << 20,
	/* In each round: 2.1 million in all. */
	PACKETS = 300000,
	PACKETS_UNREAD = 50000,
	LISTENERS_MAX = 2,
};

struct listener {
	const struct receiver *receiver;
	bool immediate;
	pthread_t thread;
	_Atomic bool ready;
	_Atomic bool go;
	_Atomic bool over;
	struct tally tally;
	double cpu_ns;
	int err;
};

/* One receiver of those that listen to the same flood. */
struct plan {
	const struct receiver *receiver;
	const struct receiver *beside; /* another one, or NULL */
	bool unread;		       /* reads only after the flood */
	bool immediate;		       /* each packet at once */
	uint32_t round;
	double cost[BENCH_ROUNDS];
};

static int sender;

static void wait_until(const _Atomic bool *flag)
{
	while (!atomic_load(flag))
		usleep(1000);
}

static void receive_all(struct listener *l, void *handle)
{
	double start = bench_cpu_ns();
	int n;

	do {
		n = l->receiver->drain(handle, &l->tally);
	} while (n > 0 || (!n && !atomic_load(&l->over)));
	l->cpu_ns = bench_cpu_ns() - start;
	l->err = n;
}

static void *listen_to_flood(void *arg)
{
	struct listener *l = arg;
	const struct receiver_config config = { .ifname = "pk1",
						.buffer_bytes = BUFFER_BYTES,
						.immediate = l->immediate };
	void *handle;

	bench_use_cpu(BENCH_CPU_RECEIVER);
	l->err = l->receiver->open(&handle, &config);
	atomic_store(&l->ready, true);
	if (l->err)
		return NULL;
	wait_until(&l->go);
	receive_all(l, handle);
	l->receiver->close(handle);
	return NULL;
}

static int start(struct listener *l, const struct receiver *receiver,
		 const struct plan *plan)
{
	int err;

	*l = (struct listener){ .receiver = receiver,
				.immediate = plan->immediate,
				.go = !plan->unread };
	err = pthread_create(&l->thread, NULL, listen_to_flood, l);
	if (!err)
		wait_until(&l->ready);
	return -err;
}

static void finish(struct listener *l)
{
	atomic_store(&l->over, true);
	atomic_store(&l->go, true);
	pthread_join(l->thread, NULL);
}

/* Percent of the flood that the first receiver did not get. */
static int run(void *arg, double *result)
{
	struct plan *plan = arg;
	uint32_t count = plan->unread ? PACKETS_UNREAD : PACKETS;
	struct listener l[LISTENERS_MAX];
	int started = 0, err;

	err = start(&l[started++], plan->receiver, plan);
	if (!err && plan->beside)
		err = start(&l[started++], plan->beside, plan);
	if (!err)
		err = world_flood(sender, 0, count, FRAME_BYTES);
	for (int i = 0; i < started; i++)
		finish(&l[i]);
	if (!err)
		err = l[0].err;
	*result = 100 - 100.0 * (double)l[0].tally.packets / count;
	plan->cost[plan->round++] = l[0].cpu_ns / (double)l[0].tally.packets;
	return err;
}

/* The cost that the same rounds have measured, as a contender of its own. */
static struct contender cost_of(const struct contender *c)
{
	struct plan *plan = c->arg;
	struct contender cost = { .name = c->name, .err = c->err };

	cost.median = bench_quantile(plan->cost, BENCH_ROUNDS, 0.5);
	return cost;
}

static void compare_alone(void)
{
	enum { PCAP, RING, RECV, RECV_AT_ONCE, BARE, IOCTL, N };
	struct plan plans[N] = {
		[PCAP] = { .receiver = &receiver_pcap },
		[RING] = { .receiver = &receiver_ring },
		[RECV] = { .receiver = &receiver_recv },
		[RECV_AT_ONCE] = { .receiver = &receiver_recv,
				   .immediate = true },
		[BARE] = { .receiver = &receiver_bare_recv },
		[IOCTL] = { .receiver = &receiver_recv_ioctl },
	};
	struct contender c[N] = { 0 }, cost[N];

	for (size_t i = 0; i < N; i++) {
		c[i].name = plans[i].receiver->name;
		c[i].run = run;
		c[i].arg = &plans[i];
	}
	c[RECV_AT_ONCE].name = "recv, dispatch, no delay";
	bench_run(c, N);
	for (size_t i = 0; i < N; i++)
		cost[i] = cost_of(&c[i]);
	bench_row("drops, alone", &c[PCAP], "%");
	bench_row_ratio("drops, alone", &c[RING], "%", &c[PCAP], 1);
	bench_row_ratio("drops, alone", &c[RECV], "%", &c[PCAP], 1);
	bench_row_ratio("drops, alone", &c[RECV_AT_ONCE], "%", &c[PCAP], 1);
	bench_row_ratio("drops, alone", &c[BARE], "%", &c[PCAP], 0);
	bench_row("flood, CPU", &cost[PCAP], "ns");
	bench_row_ratio("flood, CPU", &cost[RING], "ns", &cost[PCAP], 0);
	bench_row("flood, CPU", &cost[BARE], "ns");
	bench_row_ratio("flood, CPU", &cost[RECV], "ns", &cost[BARE], 0.75);
	bench_row_ratio("flood, CPU", &cost[RECV_AT_ONCE], "ns", &cost[BARE],
			0.75);
	bench_row_ratio("flood, CPU", &cost[IOCTL], "ns", &cost[BARE], 0);
}

/* Two of them at once, each of which is told about in turn. */
static void compare_pair(const char *bench, const struct receiver *ours,
			 bool together, bool unread)
{
	struct plan plans[2] = {
		{ .receiver = &receiver_pcap, .unread = unread },
		{ .receiver = ours, .unread = unread },
	};
	struct contender c[2] = {
		{ .name = receiver_pcap.name, .run = run, .arg = &plans[0] },
		{ .name = ours->name, .run = run, .arg = &plans[1] },
	};

	if (together) {
		plans[0].beside = ours;
		plans[1].beside = &receiver_pcap;
	}
	bench_run(c, 2);
	bench_row(bench, &c[0], "%");
	bench_row_ratio(bench, &c[1], "%", &c[0], 1);
}

int main(void)
{
	world_enter_or_skip();
	sender = bench_sender();
	bench_use_cpu(BENCH_CPU_SENDER);
	compare_alone();
	compare_pair("drops, both at once", &receiver_ring, true, false);
	compare_pair("drops, nobody reads", &receiver_ring, false, true);
	close(sender);
	return 0;
}
