// SPDX-License-Identifier: BSD-2-Clause
/*
 * Engine xdp: what the kernel left in the ring is counted and never sent, for
 * there a frame that was handed over cannot simply be taken back.
 */
#include "support/ways.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000, FRAMES = 40, LENGTH = 100 };

static const struct way xdp = { .name = "xdp",
				.engine = PKTCAP_SEND_ENGINE_XDP };
static uint8_t frames[FRAMES][1514];

/* Numbered from @first; those of LENGTH bytes arrive. */
static void fill(const struct sender *sender, struct pktcap_packet *pkts,
		 uint32_t first)
{
	for (uint32_t i = 0; i < FRAMES; i++) {
		world_frame(frames[i], sizeof(frames[i]), 9, first + i);
		pkts[i] = sender_packet(sender, frames[i], LENGTH);
	}
}

static struct pktcap_capture *capture(const char *ifname)
{
	struct pktcap_capture *cap;

	assert_int_equal(
		pktcap_capture_open(
			&cap, ifname,
			&PKTCAP_CAPTURE_OPTS(.engine = PKTCAP_ENGINE_RECV),
			NULL),
		0);
	return cap;
}

/* In their order, none twice. */
static void expect_numbers(struct pktcap_capture *cap, int64_t first, size_t n)
{
	const struct pktcap_packet *pkt;

	for (int64_t i = first; i < first + (int64_t)n; i++) {
		assert_int_equal(pktcap_capture_next(cap, &pkt, PATIENCE_MS),
				 1);
		assert_int_equal(world_number(pkt->data, pkt->caplen), i);
	}
}

/* Wherever in the ring it is that the other end drops one. */
static void what_is_behind_a_dropped_frame_is_not_sent(void **state)
{
	struct sender sender = SENDER(&xdp, .flags = PKTCAP_SEND_NOWAIT);
	struct pktcap_capture *cap = capture("pk1");
	struct pktcap_packet pkts[FRAMES];
	struct pktcap_send_stats stats;
	uint32_t number = 0;
	uint64_t total = 0;
	size_t sent;

	(void)state;
	assert_int_equal(world_mtu("pk1", 1000), 0);
	for (size_t bad = 0; bad < FRAMES; bad++) {
		fill(&sender, pkts, number);
		pkts[bad].caplen = 1514;
		assert_int_equal(
			pktcap_send_batch(sender.s, pkts, FRAMES, &sent, NULL),
			-ENOBUFS);
		assert_int_equal(sent, bad);
		expect_numbers(cap, number, bad);
		/* It begins anew: the rest of the last ones is not there. */
		number += FRAMES;
		total += sent;
	}
	fill(&sender, pkts, number);
	assert_int_equal(pktcap_send_batch(sender.s, pkts, FRAMES, &sent, NULL),
			 0);
	expect_numbers(cap, number, FRAMES);
	pktcap_send_stats(sender.s, &stats);
	assert_int_equal(stats.frames, total + FRAMES);
	assert_int_equal(stats.bytes, (total + FRAMES) * LENGTH);
	assert_int_equal(world_mtu("pk1", 1500), 0);
	pktcap_capture_close(cap);
	sender_close(&sender);
}

static void what_was_refused_while_down_is_not_sent(void **state)
{
	struct pktcap_capture *cap = capture("pk1");
	struct pktcap_packet pkts[FRAMES];
	struct sender sender;
	size_t sent;

	(void)state;
	assert_int_equal(world_down("pk0"), 0);
	sender = SENDER(&xdp, .wait_ms = PATIENCE_MS);
	for (uint32_t i = 0; i < 3; i++) {
		fill(&sender, pkts, 1000 * i);
		assert_int_equal(
			pktcap_send_batch(sender.s, pkts, FRAMES, &sent, NULL),
			-ENETDOWN);
		assert_int_equal(sent, 0);
	}
	assert_int_equal(world_up("pk0"), 0);
	fill(&sender, pkts, 5000);
	assert_int_equal(pktcap_send_batch(sender.s, pkts, FRAMES, &sent, NULL),
			 0);
	expect_numbers(cap, 5000, FRAMES);
	pktcap_capture_close(cap);
	sender_close(&sender);
}

/* What arrived at "pk1", as the kernel counts. */
static uint64_t arrived(void)
{
	FILE *file = fopen("/proc/thread-self/net/dev", "r");
	unsigned long long packets = 0;
	char line[512];

	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		if (strstr(line, "pk1:"))
			sscanf(strchr(line, ':'), ": %*u %llu", &packets);
	fclose(file);
	return packets;
}

static void *go_down_and_up(void *stop)
{
	for (int i = 0; i < 20; i++) {
		world_down("pk0");
		usleep(500);
		world_up("pk0");
		usleep(500);
	}
	atomic_store((atomic_bool *)stop, true);
	return NULL;
}

/* As many as were said to be sent, to the last one. */
static void a_link_that_goes_down_and_up(void **state)
{
	struct sender sender = SENDER(&xdp, .flags = PKTCAP_SEND_NOWAIT);
	struct pktcap_packet pkts[FRAMES];
	uint64_t before = arrived();
	atomic_bool stop = false;
	uint64_t total = 0;
	pthread_t thread;
	size_t sent;

	(void)state;
	fill(&sender, pkts, 0);
	assert_int_equal(pthread_create(&thread, NULL, go_down_and_up, &stop),
			 0);
	while (!atomic_load(&stop)) {
		pktcap_send_batch(sender.s, pkts, FRAMES, &sent, NULL);
		total += sent;
	}
	pthread_join(thread, NULL);
	assert_int_equal(arrived() - before, total);
	sender_close(&sender);
}

/* All arrive, each once, although those in front leave later, or not at all. */
static void send_slowly(const char *discipline)
{
	struct sender sender = { 0 };
	struct pktcap_packet pkts[FRAMES];
	struct pktcap_send_stats stats;
	struct pktcap_capture *cap = capture("pk1");
	char command[128];
	size_t sent;

	snprintf(command, sizeof(command),
		 "tc qdisc replace dev pk0 root %s 2>/dev/null", discipline);
	if (system(command))
		skip();
	assert_int_equal(
		pktcap_send_open(&sender.s, "mv0",
				 &PKTCAP_SEND_OPTS(.engine = xdp.engine,
						   .wait_ms = PATIENCE_MS,
						   .ring_bytes = 65536),
				 NULL),
		0);
	for (uint32_t i = 0; i < 5; i++) {
		fill(&sender, pkts, 1000 * i);
		for (int k = 0; k < FRAMES; k++)
			pkts[k].caplen = 1514;
		assert_int_equal(
			pktcap_send_batch(sender.s, pkts, FRAMES, &sent, NULL),
			0);
		expect_numbers(cap, 1000 * i, FRAMES);
	}
	pktcap_send_stats(sender.s, &stats);
	assert_in_range(stats.retries, 1, UINT32_MAX);
	pktcap_capture_close(cap);
	sender_close(&sender);
}

static void what_is_under_way_is_waited_for(void **state)
{
	(void)state;
	assert_int_equal(world_macvlan_down("mv0", "pk0"), 0);
	assert_int_equal(world_up("mv0"), 0);
	send_slowly("tbf rate 20mbit burst 1540 limit 1000000");
	send_slowly("tbf rate 80mbit burst 1540 limit 3000");
	assert_int_equal(world_delete("mv0"), 0);
	assert_int_equal(system("tc qdisc del dev pk0 root"), 0);
}

static void a_queue_has_one_owner(void **state)
{
	struct sender sender = SENDER(&xdp);
	struct pktcap_error error = { 0 };
	struct pktcap_send *s = (void *)&s;

	(void)state;
	assert_int_equal(
		pktcap_send_open(
			&s, "pk0",
			&PKTCAP_SEND_OPTS(.engine = xdp.engine, .wait_ms = 1),
			&error),
		-EBUSY);
	assert_null(s);
	assert_non_null(strstr(error.text, "pk0: "));
	assert_non_null(strstr(error.text, "another AF_XDP socket"));
	assert_non_null(strstr(error.text, "engine mmsg"));
	sender_close(&sender);
	/* The kernel takes its time; opening waits for it. */
	sender = SENDER(&xdp, .wait_ms = PATIENCE_MS);
	sender_close(&sender);
}

static void what_it_is_not_for(void **state)
{
	struct pktcap_send_opts opts = PKTCAP_SEND_OPTS(.engine = xdp.engine);
	int tun = world_tun("tun0");
	struct pktcap_error error;
	struct pktcap_send *s;

	(void)state;
	assert_int_equal(pktcap_send_open(&s, NULL, &opts, &error), -EINVAL);
	assert_string_equal(error.call, "engine");
	if (tun >= 0)
		assert_int_equal(pktcap_send_open(&s, "tun0", &opts, &error),
				 -EOPNOTSUPP);
	opts.frame_bytes = 4093;
	assert_int_equal(pktcap_send_open(&s, "pk0", &opts, &error), -EINVAL);
	assert_string_equal(error.call, "frame_bytes");
	close(tun);
}

static void frames_longer_than_its_memory(void **state)
{
	struct sender sender;
	struct pktcap_error error;
	uint8_t frame[5000];

	(void)state;
	world_frame(frame, sizeof(frame), 9, 1);
	assert_int_equal(world_mtu("pk0", 9000), 0);
	assert_int_equal(world_mtu("pk1", 9000), 0);
	sender = SENDER(&xdp, .wait_ms = PATIENCE_MS);
	assert_int_equal(pktcap_send_frame(sender.s, frame, 4092, NULL), 0);
	assert_int_equal(pktcap_send_frame(sender.s, frame, 5000, &error),
			 -EMSGSIZE);
	assert_non_null(strstr(error.text, "room for 4092"));
	assert_int_equal(pktcap_send_frame(sender.s, frame, 60, NULL), 0);
	sender_close(&sender);
	assert_int_equal(world_mtu("pk0", 1500), 0);
	assert_int_equal(world_mtu("pk1", 1500), 0);
}

static void memory_that_may_not_be_locked(void **state)
{
	struct rlimit old, none;
	struct pktcap_error error = { 0 };
	struct pktcap_send *s;
	int err;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_MEMLOCK, &old), 0);
	none = (struct rlimit){ .rlim_cur = 0, .rlim_max = old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_MEMLOCK, &none), 0);
	err = pktcap_send_open(&s, "pk0",
			       &PKTCAP_SEND_OPTS(.engine = xdp.engine), &error);
	assert_int_equal(setrlimit(RLIMIT_MEMLOCK, &old), 0);
	pktcap_send_close(s);
	if (!err)
		skip(); /* nobody limits us */
	assert_int_equal(err, -ENOBUFS);
	assert_non_null(strstr(error.text, "ulimit -l"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_behind_a_dropped_frame_is_not_sent),
		cmocka_unit_test(what_was_refused_while_down_is_not_sent),
		cmocka_unit_test(a_link_that_goes_down_and_up),
		cmocka_unit_test(what_is_under_way_is_waited_for),
		cmocka_unit_test(a_queue_has_one_owner),
		cmocka_unit_test(what_it_is_not_for),
		cmocka_unit_test(frames_longer_than_its_memory),
		cmocka_unit_test(memory_that_may_not_be_locked),
	};

	world_enter_or_skip();
	if (world_veth("pk0", "pk1"))
		return 1;
	if (!has_xdp())
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
