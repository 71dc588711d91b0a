// SPDX-License-Identifier: BSD-2-Clause
/* Transmit time stamps: of the right frame, and from between before and after.
 */
#include "support/matrix.h"

#include <errno.h>
#include <net/if.h>
#include <pktcap/pktcap.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "support/world.h"

enum { PATIENCE_MS = 10000, FRAMES = 50 };

static uint8_t frame[2000];

static int64_t realtime_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static struct pktcap_send *open_with(uint32_t flags)
{
	struct pktcap_send *s;
	struct pktcap_error error = { 0 };

	if (pktcap_send_open(&s, "pk0", &PKTCAP_SEND_OPTS(.flags = flags),
			     &error))
		fail_msg("%s", error.text);
	return s;
}

static void expect_stamp(struct pktcap_send *s, uint64_t number, int64_t before)
{
	struct pktcap_send_stamp stamp = { 0 };

	assert_int_equal(pktcap_send_stamp_next(s, &stamp, PATIENCE_MS), 1);
	assert_int_equal(stamp.frame, number);
	assert_int_equal(stamp.clock, PKTCAP_CLOCK_EGRESS);
	assert_int_equal(stamp.reserved, 0);
	assert_in_range(stamp.ts_ns, before, realtime_ns());
}

static void expect_no_stamp(struct pktcap_send *s)
{
	struct pktcap_send_stamp stamp;

	assert_int_equal(pktcap_send_stamp_next(s, &stamp, 0), 0);
	assert_int_equal(pktcap_send_stamp_next(s, &stamp, 20), 0);
}

static void each_frame_has_one(void **state)
{
	struct pktcap_send *s = open_with(PKTCAP_SEND_STAMP_SOFTWARE);
	struct pktcap_packet pkts[FRAMES] = { 0 };
	int64_t before = realtime_ns();

	(void)state;
	for (size_t i = 0; i < FRAMES; i++) {
		pkts[i].data = frame;
		pkts[i].caplen = 100;
	}
	for (uint64_t round = 0; round < 3; round++) {
		assert_int_equal(pktcap_send_batch(s, pkts, FRAMES, NULL, NULL),
				 0);
		for (uint64_t i = 0; i < FRAMES; i++)
			expect_stamp(s, round * FRAMES + i, before);
		expect_no_stamp(s);
	}
	pktcap_send_close(s);
}

/* Frames that did not go out have no number. */
static void numbers_hold_across_refusals(void **state)
{
	struct pktcap_send *s =
		open_with(PKTCAP_SEND_STAMP_SOFTWARE | PKTCAP_SEND_SHORT);
	int64_t before = realtime_ns();

	(void)state;
	for (uint64_t i = 0; i < 10; i += 2) {
		assert_int_equal(pktcap_send_frame(s, frame, 100, NULL), 0);
		assert_int_equal(pktcap_send_frame(s, frame, 3, NULL), -EINVAL);
		assert_int_equal(pktcap_send_frame(s, frame, 1515, NULL),
				 -EMSGSIZE);
		assert_int_equal(pktcap_send_frame(s, frame, 1600, NULL),
				 -EMSGSIZE);
		expect_stamp(s, i, before);
		assert_int_equal(world_down("pk0"), 0);
		assert_int_equal(pktcap_send_frame(s, frame, 100, NULL),
				 -ENETDOWN);
		assert_int_equal(world_up("pk0"), 0);
		assert_int_equal(pktcap_send_frame(s, frame, 100, NULL), 0);
		expect_stamp(s, i + 1, before);
		expect_no_stamp(s);
	}
	pktcap_send_close(s);
}

/* Numbers begin anew in the kernel, and not here. */
static void stamps_wait_while_the_link_goes_down(void **state)
{
	struct pktcap_send *s = open_with(PKTCAP_SEND_STAMP_SOFTWARE);
	int64_t before = realtime_ns();

	(void)state;
	for (uint64_t round = 0; round < 10; round++) {
		for (uint64_t i = 0; i < 5; i++)
			assert_int_equal(pktcap_send_frame(s, frame, 100, NULL),
					 0);
		assert_int_equal(world_down("pk0"), 0);
		assert_int_equal(pktcap_send_frame(s, frame, 100, NULL),
				 -ENETDOWN);
		assert_int_equal(world_up("pk0"), 0);
		/* Some of those before, so that some are left. */
		for (uint64_t i = 0; i < 3; i++)
			expect_stamp(s, round * 3 + i, before);
	}
	for (uint64_t i = 30; i < 50; i++)
		expect_stamp(s, i, before);
	expect_no_stamp(s);
	pktcap_send_close(s);
}

/* The kernel refuses some when they have a number, and some before. */
static void numbers_hold_when_the_kernel_finds_it_too_long(void **state)
{
	const uint32_t ifindex = if_nametoindex("pk0");
	int64_t before = realtime_ns();
	struct pktcap_send *s;

	(void)state;
	assert_int_equal(
		pktcap_send_open(
			&s, NULL,
			&PKTCAP_SEND_OPTS(.flags = PKTCAP_SEND_STAMP_SOFTWARE),
			NULL),
		0);
	for (uint64_t i = 0; i < 10; i++) {
		for (size_t len = 1515; len < 1523; len++)
			assert_int_equal(pktcap_send_frame_on(s, ifindex, frame,
							      len, NULL),
					 -EMSGSIZE);
		assert_int_equal(
			pktcap_send_frame_on(s, ifindex, frame, 1514, NULL), 0);
		expect_stamp(s, i, before);
	}
	expect_no_stamp(s);
	pktcap_send_close(s);
}

/* The device had no room: it was given a number all the same. */
static void numbers_hold_across_a_full_queue(void **state)
{
	struct pktcap_send *s;
	int64_t before = realtime_ns();

	(void)state;
	if (system("tc qdisc replace dev pk0 root bfifo limit 400 "
		   "2>/dev/null")) {
		print_message("no tc (iproute2): left out\n");
		skip();
	}
	s = open_with(PKTCAP_SEND_STAMP_SOFTWARE | PKTCAP_SEND_NOWAIT);
	for (uint64_t i = 0; i < 200; i++) {
		assert_int_equal(pktcap_send_frame(s, frame, 300, NULL), 0);
		for (uint64_t k = 0; k <= i % 3; k++)
			assert_int_equal(pktcap_send_frame(s, frame, 500, NULL),
					 -ENOBUFS);
		expect_stamp(s, i, before);
	}
	expect_no_stamp(s);
	pktcap_send_close(s);
	assert_int_equal(system("tc qdisc del dev pk0 root"), 0);
}

/* A veth has no clock: nothing, and no error. */
static void no_hardware_no_stamp(void **state)
{
	struct pktcap_send *s = open_with(PKTCAP_SEND_STAMP_HARDWARE);

	(void)state;
	assert_int_equal(pktcap_send_frame(s, frame, 100, NULL), 0);
	expect_no_stamp(s);
	pktcap_send_close(s);
	s = open_with(PKTCAP_SEND_STAMP_HARDWARE | PKTCAP_SEND_STAMP_SOFTWARE);
	assert_int_equal(pktcap_send_frame(s, frame, 100, NULL), 0);
	expect_stamp(s, 0, 0);
	expect_no_stamp(s);
	pktcap_send_close(s);
}

static void who_did_not_ask_gets_none(void **state)
{
	struct pktcap_send *s = open_with(0);
	struct pktcap_send_stamp stamp;

	(void)state;
	assert_int_equal(pktcap_send_stamp_next(s, &stamp, -1), -EINVAL);
	pktcap_send_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_frame_has_one),
		cmocka_unit_test(numbers_hold_across_refusals),
		cmocka_unit_test(stamps_wait_while_the_link_goes_down),
		cmocka_unit_test(
			numbers_hold_when_the_kernel_finds_it_too_long),
		cmocka_unit_test(numbers_hold_across_a_full_queue),
		cmocka_unit_test(no_hardware_no_stamp),
		cmocka_unit_test(who_did_not_ask_gets_none),
	};

	world_enter_or_skip();
	if (world_veth("pk0", "pk1"))
		return 1;
	world_frame(frame, sizeof(frame), 9, 1);
	return cmocka_run_group_tests_name("send stamp", tests, NULL, NULL);
}
