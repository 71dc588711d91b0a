// SPDX-License-Identifier: BSD-2-Clause
/* What crosses threads; also run with ThreadSanitizer. */
#include "support/engines.h"

#include <errno.h>
#include <pthread.h>
#include <unistd.h>

static int sender;

static int count_packet(void *user, const struct pktcap_packet *pkt)
{
	uint64_t *count = user;

	(void)pkt;
	++*count;
	return 0;
}

static void *stop_soon(void *arg)
{
	usleep(20000);
	pktcap_capture_stop(arg);
	return NULL;
}

static void stop_from_another_thread(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	uint64_t count = 0;
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, stop_soon, cap), 0);
	assert_int_equal(pktcap_capture_loop(cap, 0, count_packet, &count),
			 -ECANCELED);
	pthread_join(thread, NULL);
	pktcap_capture_close(cap);
}

static void thread_loses_nothing(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	struct pktcap_capture_stats stats;
	uint64_t count = 0;

	assert_int_equal(pktcap_capture_join(cap), -ESRCH);
	assert_int_equal(pktcap_capture_start(cap, count_packet, &count), 0);
	assert_int_equal(pktcap_capture_start(cap, count_packet, &count),
			 -EBUSY);
	for (uint32_t i = 0; i < 20; i++) {
		assert_int_equal(world_flood(sender, 0, 100, 100), 0);
		assert_int_equal(pktcap_capture_stats(cap, &stats), 0);
	}
	pktcap_capture_stop(cap);
	assert_int_equal(pktcap_capture_join(cap), -ECANCELED);
	assert_int_equal(count, 2000);
	assert_int_equal(pktcap_capture_stats(cap, &stats), 0);
	assert_int_equal(stats.delivered, 2000);
	assert_int_equal(pktcap_capture_join(cap), -ESRCH);
	pktcap_capture_close(cap);
}

static void close_stops_the_thread(void **state)
{
	struct pktcap_capture *cap = OPEN(*state, "pk1");
	uint64_t count = 0;

	assert_int_equal(pktcap_capture_start(cap, count_packet, &count), 0);
	assert_int_equal(world_flood(sender, 0, 100, 100), 0);
	pktcap_capture_close(cap);
	assert_int_equal(count, 100);
}

int main(void)
{
	static const struct matrix_test tests[] = {
		MATRIX_TEST(stop_from_another_thread),
		MATRIX_TEST(thread_loses_nothing),
		MATRIX_TEST(close_stops_the_thread),
	};

	world_enter_or_skip();
	if (world_veth("pk0", "pk1"))
		return 1;
	sender = world_sender("pk0");
	return run_with_engines("capture thread", tests,
				sizeof(tests) / sizeof(tests[0]));
}
