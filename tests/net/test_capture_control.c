// SPDX-License-Identifier: BSD-2-Clause
/* Waiting, stopping, pull and push, the descriptor. */
#include "support/engines.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

static int sender;

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int count_packet(void *user, const struct pktcap_packet *pkt)
{
	uint64_t *count = user;

	(void)pkt;
	++*count;
	return 0;
}

/* Stops at the packet with number 5. */
static int stop_at_five(void *user, const struct pktcap_packet *pkt)
{
	uint64_t *count = user;

	++*count;
	return world_number(pkt->data, pkt->caplen) == 5 ? 42 : 0;
}

static void idle_waits_end_on_time(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	const struct pktcap_packet *pkt;
	int64_t start = now_ms();
	uint64_t count = 0;

	assert_int_equal(pktcap_capture_next(cap, &pkt, 0), 0);
	assert_int_equal(pktcap_capture_next(cap, &pkt, 60), 0);
	assert_int_equal(pktcap_capture_batch(cap, &pkt, 10, 60), 0);
	assert_int_equal(
		pktcap_capture_dispatch(cap, 0, 60, count_packet, &count), 0);
	assert_true(now_ms() - start >= 3 * 60 - 3);
	/* Far beyond any delay of a loaded machine, far below "for ever". */
	assert_true(now_ms() - start < 60000);
	assert_int_equal(count, 0);
	pktcap_capture_close(cap);
}

static void batches_are_bounded(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1", .batch = 16);
	const struct pktcap_packet *pkts;
	int64_t want = 0;

	assert_int_equal(pktcap_capture_batch(cap, &pkts, 0, 0), -EINVAL);
	assert_int_equal(world_flood(sender, 0, 100, 100), 0);
	while (want < 100) {
		int n = pktcap_capture_batch(cap, &pkts, 10, PATIENCE_MS);

		assert_in_range(n, 1, 10);
		for (int i = 0; i < n; i++)
			assert_int_equal(
				world_number(pkts[i].data, pkts[i].caplen),
				want++);
	}
	pktcap_capture_close(cap);
}

static void dispatch_delivers_at_most_max(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	uint64_t count = 0;
	int n = 0;

	assert_int_equal(world_flood(sender, 0, 50, 100), 0);
	while (count < 50) {
		uint64_t before = count;

		n = pktcap_capture_dispatch(cap, 7, PATIENCE_MS, count_packet,
					    &count);
		assert_in_range(n, 1, 7);
		assert_int_equal(count - before, n);
	}
	assert_int_equal(count, 50);
	pktcap_capture_close(cap);
}

static void callback_stops_and_the_rest_comes_later(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	uint64_t count = 0;

	assert_int_equal(world_flood(sender, 0, 20, 100), 0);
	assert_int_equal(pktcap_capture_loop(cap, 0, stop_at_five, &count), 42);
	assert_int_equal(count, 6);
	expect_number(cap, 6);
	assert_int_equal(pktcap_capture_loop(cap, 13, count_packet, &count), 0);
	assert_int_equal(count, 19);
	expect_none(cap);
	pktcap_capture_close(cap);
}

struct nested {
	struct pktcap_capture *cap;
	int64_t want; /* number of the next packet */
	uint32_t calls;
};

/* Takes the packet behind its own, every second time as an array. */
static int take_another(void *user, const struct pktcap_packet *pkt)
{
	struct nested *n = user;
	struct pktcap_capture *cap = n->cap;

	n->calls++;
	assert_int_equal(world_number(pkt->data, pkt->caplen), n->want++);
	if (n->calls % 2)
		assert_int_equal(pktcap_capture_next(cap, &pkt, PATIENCE_MS),
				 1);
	else
		assert_int_equal(
			pktcap_capture_batch(cap, &pkt, 1, PATIENCE_MS), 1);
	assert_int_equal(world_number(pkt->data, pkt->caplen), n->want++);
	return 0;
}

static void a_function_may_ask_for_packets_itself(void **state)
{
	struct nested n = { .cap = OPEN(*state, "pk1", .batch = 6) };
	struct pktcap_capture_stats stats;

	assert_int_equal(world_flood(sender, 0, 41, 100), 0);
	expect_number(n.cap, 0);
	n.want = 1;
	while (n.want < 41)
		assert_in_range(pktcap_capture_dispatch(n.cap, 0, PATIENCE_MS,
							take_another, &n),
				1, 20);
	assert_int_equal(n.want, 41);
	expect_none(n.cap);
	assert_int_equal(pktcap_capture_stats(n.cap, &stats), 0);
	assert_int_equal(stats.delivered, 41);
	assert_int_equal(stats.bytes, 4100);
	pktcap_capture_close(n.cap);
}

/* Takes the next packet itself, once, and says what to return. */
struct greedy {
	struct pktcap_capture *cap;
	uint32_t calls;
	int verdict;
};

static int take_one_more(void *user, const struct pktcap_packet *pkt)
{
	struct greedy *g = user;

	if (!g->calls++)
		assert_int_equal(
			pktcap_capture_batch(g->cap, &pkt, 1, PATIENCE_MS), 1);
	return g->verdict;
}

static void limits_hold_where_a_function_asks_itself(void **state)
{
	struct greedy g = { .cap = OPEN(*state, "pk1") };

	assert_int_equal(world_flood(sender, 0, 40, 100), 0);
	assert_int_equal(pktcap_capture_dispatch(g.cap, 1, PATIENCE_MS,
						 take_one_more, &g),
			 1);
	assert_int_equal(g.calls, 1);
	g.calls = 0;
	g.verdict = 42;
	assert_int_equal(pktcap_capture_dispatch(g.cap, 0, PATIENCE_MS,
						 take_one_more, &g),
			 1);
	assert_int_equal(g.calls, 1);
	g.calls = 0;
	assert_int_equal(pktcap_capture_loop(g.cap, 1, take_one_more, &g), 42);
	assert_int_equal(g.calls, 1);
	for (int64_t number = 6; number < 40; number++)
		expect_number(g.cap, number);
	expect_none(g.cap);
	pktcap_capture_close(g.cap);
}

static void change_filter(void *user, const struct pktcap_device_event *event)
{
	static const struct pktcap_insn all = { .code = 0x06, .k = 262144 };
	struct pktcap_capture **cap = user;

	(void)event;
	assert_int_equal(pktcap_capture_set_filter(*cap, &all, 1, NULL), 0);
	assert_int_equal(world_flood(sender, 0, 20, 100), 0);
}

static void limits_hold_where_an_event_sets_a_filter(void **state)
{
	struct pktcap_capture *cap;
	uint64_t count = 0;

	cap = OPEN(*state, "pk1", .on_event = change_filter,
		   .event_user = &cap);
	assert_int_equal(world_down("pk1"), 0);
	assert_int_equal(world_up("pk1"), 0);
	assert_int_equal(pktcap_capture_dispatch(cap, 1, PATIENCE_MS,
						 count_packet, &count),
			 1);
	assert_int_equal(count, 1);
	assert_int_equal(pktcap_capture_loop(cap, 1, count_packet, &count), 0);
	assert_int_equal(count, 2);
	pktcap_capture_close(cap);
}

static int look_at_150(void *user, const struct pktcap_packet *pkt)
{
	struct greedy *g = user;
	struct pktcap_capture_stats stats;

	(void)pkt;
	if (++g->calls != 150)
		return 0;
	assert_int_equal(pktcap_capture_stats(g->cap, &stats), 0);
	/* Up to the last whole batch of 64. */
	assert_in_range(stats.delivered, 150 - 64, 150);
	return 1;
}

static void counters_keep_up_with_the_function(void **state)
{
	struct greedy g = { .cap = OPEN(*state, "pk1") };

	assert_int_equal(world_flood(sender, 0, 200, 100), 0);
	assert_int_equal(pktcap_capture_loop(g.cap, 0, look_at_150, &g), 1);
	pktcap_capture_close(g.cap);
}

static void stop_between_two_calls_is_not_lost(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	const struct pktcap_packet *pkt;
	uint64_t count = 0;

	pktcap_capture_stop(cap);
	assert_int_equal(pktcap_capture_next(cap, &pkt, -1), -ECANCELED);
	assert_null(pkt);
	assert_int_equal(pktcap_capture_batch(cap, &pkt, 5, -1), -ECANCELED);
	assert_int_equal(
		pktcap_capture_dispatch(cap, 0, -1, count_packet, &count),
		-ECANCELED);
	assert_int_equal(pktcap_capture_loop(cap, 0, count_packet, &count),
			 -ECANCELED);
	assert_int_equal(count, 0);
	pktcap_capture_close(cap);
}

static void stop_delivers_what_was_captured_before(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	uint64_t count = 0;

	assert_int_equal(world_flood(sender, 0, 500, 100), 0);
	expect_number(cap, 0);
	pktcap_capture_stop(cap);
	assert_int_equal(pktcap_capture_loop(cap, 0, count_packet, &count),
			 -ECANCELED);
	assert_int_equal(count, 499);
	/* Nothing that comes later. */
	assert_int_equal(world_flood(sender, 0, 10, 100), 0);
	assert_int_equal(pktcap_capture_loop(cap, 0, count_packet, &count),
			 -ECANCELED);
	assert_int_equal(count, 499);
	pktcap_capture_close(cap);
}

static void resume_takes_the_stop_back(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1", .snaplen = 80);
	const struct pktcap_packet *pkt;

	for (int i = 0; i < 3; i++) {
		pktcap_capture_stop(cap);
		pktcap_capture_stop(cap);
		assert_int_equal(pktcap_capture_next(cap, &pkt, -1),
				 -ECANCELED);
		assert_int_equal(pktcap_capture_resume(cap), 0);
		send_numbered(sender, 9, 100, 9);
		pkt = expect_packet(cap);
		assert_int_equal(pkt->caplen, 80);
		expect_none(cap);
	}
	pktcap_capture_close(cap);
}

static struct pktcap_capture *to_stop;

static void on_alarm(int signal)
{
	(void)signal;
	pktcap_capture_stop(to_stop);
}

static void stop_from_a_signal_handler(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	struct sigaction action = { .sa_handler = on_alarm };
	uint64_t count = 0;

	to_stop = cap;
	sigaction(SIGALRM, &action, NULL);
	ualarm(20000, 0);
	assert_int_equal(pktcap_capture_loop(cap, 0, count_packet, &count),
			 -ECANCELED);
	pktcap_capture_close(cap);
}

static void ignore_signal(int signal)
{
	(void)signal;
}

static void a_signal_interrupts_next(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	struct sigaction action = { .sa_handler = ignore_signal };
	const struct pktcap_packet *pkt;

	sigaction(SIGALRM, &action, NULL);
	ualarm(20000, 20000);
	assert_int_equal(pktcap_capture_next(cap, &pkt, -1), -EINTR);
	ualarm(0, 0);
	pktcap_capture_close(cap);
}

/* One call for each wake-up, as a careless event loop does it. */
static void descriptor_is_level_triggered(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	struct epoll_event event = { .events = EPOLLIN };
	const struct pktcap_packet *pkt;
	int epoll_fd = epoll_create1(0);
	uint32_t got = 0;

	assert_int_equal(epoll_ctl(epoll_fd, EPOLL_CTL_ADD,
				   pktcap_capture_fd(cap), &event),
			 0);
	assert_int_equal(epoll_wait(epoll_fd, &event, 1, 30), 0);
	assert_int_equal(world_flood(sender, 0, 300, 100), 0);
	while (got < 300) {
		int n;

		assert_int_equal(epoll_wait(epoll_fd, &event, 1, PATIENCE_MS),
				 1);
		n = pktcap_capture_next(cap, &pkt, 0);
		assert_in_range(n, 0, 1);
		if (n)
			assert_int_equal(world_number(pkt->data, pkt->caplen),
					 got++);
	}
	while (epoll_wait(epoll_fd, &event, 1, 0) == 1)
		assert_int_equal(pktcap_capture_next(cap, &pkt, 0), 0);
	pktcap_capture_stop(cap);
	assert_int_equal(epoll_wait(epoll_fd, &event, 1, PATIENCE_MS), 1);
	assert_int_equal(pktcap_capture_next(cap, &pkt, 0), -ECANCELED);
	assert_int_equal(pktcap_capture_resume(cap), 0);
	assert_int_equal(epoll_wait(epoll_fd, &event, 1, 0), 0);
	close(epoll_fd);
	pktcap_capture_close(cap);
}

/* Views stay as they are until the next call, however full the memory gets. */
static void a_view_lasts_until_the_next_call(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1", .ring_bytes = 1 << 18,
					  .block_bytes = 65536);
	const struct pktcap_packet *pkt;
	uint8_t sent[1000];

	send_numbered(sender, 1, 1000, 9);
	pkt = expect_packet(cap);
	assert_int_equal(world_flood(sender, 2, 3000, 1000), 0);
	world_frame(sent, 1000, 9, 1);
	assert_memory_equal(pkt->data, sent, 1000);
	pktcap_capture_close(cap);
}

int main(void)
{
	static const struct matrix_test tests[] = {
		MATRIX_TEST(idle_waits_end_on_time),
		MATRIX_TEST(batches_are_bounded),
		MATRIX_TEST(dispatch_delivers_at_most_max),
		MATRIX_TEST(callback_stops_and_the_rest_comes_later),
		MATRIX_TEST(a_function_may_ask_for_packets_itself),
		MATRIX_TEST(limits_hold_where_a_function_asks_itself),
		MATRIX_TEST(limits_hold_where_an_event_sets_a_filter),
		MATRIX_TEST(counters_keep_up_with_the_function),
		MATRIX_TEST(stop_between_two_calls_is_not_lost),
		MATRIX_TEST(stop_delivers_what_was_captured_before),
		MATRIX_TEST(resume_takes_the_stop_back),
		MATRIX_TEST(stop_from_a_signal_handler),
		MATRIX_TEST(a_signal_interrupts_next),
		MATRIX_TEST(descriptor_is_level_triggered),
		MATRIX_TEST(a_view_lasts_until_the_next_call),
	};

	world_enter_or_skip();
	if (world_veth("pk0", "pk1"))
		return 1;
	sender = world_sender("pk0");
	return run_with_engines("capture control", tests,
				sizeof(tests) / sizeof(tests[0]));
}
