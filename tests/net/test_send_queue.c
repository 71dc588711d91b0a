// SPDX-License-Identifier: BSD-2-Clause
/* Queues that are full, or nearly always: tc(8) makes them. */
#include "support/ways.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000, FRAMES = 300, LENGTH = 1000 };

/* One frame at once, three wait, and then nothing for minutes. */
#define STUCK "tbf rate 8bit burst 1540 limit 3000"
/* The same, with room for all that a socket may have under way. */
#define LONG "tbf rate 8bit burst 1540 limit 100000000"
/* Three wait, but not for long. */
#define BUSY "tbf rate 80mbit burst 1540 limit 3000"

static uint8_t frames[FRAMES][LENGTH];

static int queue(const char *discipline)
{
	char command[128];

	snprintf(command, sizeof(command),
		 "tc qdisc replace dev pk0 root %s 2>/dev/null", discipline);
	return system(command);
}

static void no_queue(void)
{
	assert_int_equal(system("tc qdisc del dev pk0 root"), 0);
}

static bool bypasses(const struct way *way)
{
	return way->flags & PKTCAP_SEND_QDISC_BYPASS ||
	       way->engine == PKTCAP_SEND_ENGINE_XDP;
}

static void fill(const struct sender *sender, struct pktcap_packet *pkts)
{
	for (uint32_t i = 0; i < FRAMES; i++) {
		world_frame(frames[i], LENGTH, 9, i);
		pkts[i] = sender_packet(sender, frames[i], LENGTH);
	}
}

static void a_queue_that_stays_full(void **state)
{
	const struct way *way = *state;
	struct pktcap_error error = { 0 };
	struct pktcap_packet pkts[FRAMES];
	struct pktcap_send_stats stats;
	struct sender sender;
	size_t sent, more;

	assert_int_equal(queue(STUCK), 0);
	sender = SENDER(way, .wait_ms = 5);
	fill(&sender, pkts);
	if (bypasses(way)) { /* for better or worse */
		assert_int_equal(pktcap_send_batch(sender.s, pkts, FRAMES,
						   &sent, &error),
				 0);
	} else {
		assert_int_equal(pktcap_send_batch(sender.s, pkts, FRAMES,
						   &sent, &error),
				 -ENOBUFS);
		assert_in_range(sent, 1, FRAMES - 1);
		assert_non_null(strstr(error.text, "queue is full"));
		pktcap_send_stats(sender.s, &stats);
		assert_int_equal(stats.frames, sent);
		assert_in_range(stats.retries, 1, UINT32_MAX);
		/* There is room for what was taken, and for no more. */
		assert_int_equal(pktcap_send_batch(sender.s, pkts + sent, 1,
						   &more, NULL),
				 -ENOBUFS);
		assert_int_equal(more, 0);
	}
	sender_close(&sender);
	no_queue();
}

static void nothing_is_waited_for_on_request(void **state)
{
	const struct way *way = *state;
	struct pktcap_packet pkts[FRAMES];
	struct pktcap_send_stats stats;
	struct sender sender;
	size_t sent;
	int err;

	assert_int_equal(queue(STUCK), 0);
	sender = SENDER(way, .flags = PKTCAP_SEND_NOWAIT);
	fill(&sender, pkts);
	err = pktcap_send_batch(sender.s, pkts, FRAMES, &sent, NULL);
	assert_int_equal(err, bypasses(way) ? 0 : -ENOBUFS);
	pktcap_send_stats(sender.s, &stats);
	assert_int_equal(stats.frames, sent);
	assert_int_equal(stats.retries, 0);
	sender_close(&sender);
	no_queue();
}

static void a_socket_that_may_have_no_more_under_way(void **state)
{
	const struct way *way = *state;
	struct pktcap_error error = { 0 };
	struct pktcap_packet pkts[FRAMES];
	struct sender sender;
	size_t sent;

	assert_int_equal(queue(LONG), 0);
	/* A borrowed socket has what its owner gave it: that is too much. */
	sender = SENDER(way, .wait_ms = 5,
			.sndbuf_bytes = way->capture ? 0 : 8192);
	fill(&sender, pkts);
	if (!way->capture && !bypasses(way)) {
		assert_int_equal(pktcap_send_batch(sender.s, pkts, FRAMES,
						   &sent, &error),
				 -EAGAIN);
		assert_in_range(sent, 1, FRAMES - 1);
		assert_non_null(strstr(error.text, "sndbuf_bytes"));
	}
	sender_close(&sender);
	no_queue();
}

static void expect_numbers(struct pktcap_capture *cap, int64_t first, int64_t n)
{
	const struct pktcap_packet *pkt;

	for (int64_t i = first; i < first + n; i++) {
		assert_int_equal(pktcap_capture_next(cap, &pkt, PATIENCE_MS),
				 1);
		assert_int_equal(world_number(pkt->data, pkt->caplen), i);
	}
}

/* All arrive, none twice: what was refused was tried again, nothing else. */
static void a_busy_queue_is_waited_for(void **state)
{
	enum { PART = 30 }; /* for which a socket's buffer surely has room */
	struct pktcap_packet pkts[FRAMES];
	struct pktcap_error error = { 0 };
	struct pktcap_capture *cap;
	struct sender sender;
	size_t sent;

	assert_int_equal(queue(BUSY), 0);
	assert_int_equal(
		pktcap_capture_open(
			&cap, "pk1",
			&PKTCAP_CAPTURE_OPTS(.engine = PKTCAP_ENGINE_RECV),
			NULL),
		0);
	sender = SENDER(*state, .wait_ms = PATIENCE_MS, .batch = 16,
			.ring_bytes = 65536);
	fill(&sender, pkts);
	for (int64_t i = 0; i < FRAMES; i += PART) {
		if (pktcap_send_batch(sender.s, pkts + i, PART, &sent, &error))
			fail_msg("%zu sent: %s", sent, error.text);
		assert_int_equal(sent, PART);
		expect_numbers(cap, i, PART);
	}
	sender_close(&sender);
	pktcap_capture_close(cap);
	no_queue();
}

int main(void)
{
	static const struct matrix_test tests[] = {
		MATRIX_TEST(a_queue_that_stays_full),
		MATRIX_TEST(nothing_is_waited_for_on_request),
		MATRIX_TEST(a_socket_that_may_have_no_more_under_way),
		MATRIX_TEST(a_busy_queue_is_waited_for),
	};

	world_enter_or_skip();
	if (world_veth("pk0", "pk1"))
		return 1;
	if (queue(STUCK)) {
		puts("skipped: no tc (iproute2), or a kernel without tbf");
		return 77;
	}
	no_queue();
	return run_with_ways("send queue", tests,
			     sizeof(tests) / sizeof(tests[0]));
}
