// SPDX-License-Identifier: BSD-2-Clause
/* When packets are due. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include <pktcap/send.h>
#include "support/rows.h"

#define US INT64_C(1000)
#define MS INT64_C(1000000)
#define SEC INT64_C(1000000000)
/* Any machine has been running for a while. */
#define START (12345 * SEC + 678)

static void start(struct pktcap_send_pace *pace,
		  struct pktcap_send_pace_opts opts)
{
	struct pktcap_error error;

	opts.size = sizeof(opts);
	memset(pace, 0x5a, sizeof(*pace));
	assert_int_equal(pktcap_send_pace_start(pace, &opts, &error), 0);
	assert_int_equal(pace->packets, 0);
}

/* Sends one exactly when it is due, which is told, behind START. */
static int64_t send_in_time(struct pktcap_send_pace *pace, uint32_t bytes,
			    int64_t ts, int64_t *now)
{
	const struct pktcap_packet pkt = { .caplen = bytes, .ts_ns = ts };
	int64_t due = pktcap_send_pace_due(pace, &pkt, *now);

	assert_int_equal(pktcap_send_pace_due(pace, &pkt, *now), due);
	assert_int_equal(pktcap_send_pace_count(pace, &pkt, 1, *now),
			 due <= *now);
	if (due > *now)
		*now = due;
	assert_int_equal(pktcap_send_pace_count(pace, &pkt, 1, *now), 1);
	pktcap_send_pace_sent(pace, &pkt, 1, *now);
	return due - START;
}

#define PER_S(packets)                     \
	{                                  \
		.packets_per_s = (packets) \
	}
#define BITS(bits, ...)                           \
	{                                         \
		.bits_per_s = (bits), __VA_ARGS__ \
	}
#define WIRE .flags = PKTCAP_SEND_PACE_WIRE
#define BURST(n)                                   \
	{                                          \
		.packets_per_s = 100, .burst = (n) \
	}

static struct rate {
	const char *name;
	struct pktcap_send_pace_opts opts;
	uint32_t bytes;
	uint32_t count;
	int64_t last; /* when the last of count packets is due */
} rates[] = {
	{ "no speed: all at once", { 0 }, 60, 1000, 0 },
	{ "10 packets a second", PER_S(10), 60, 101, 10 * SEC },
	{ "a third of a second, rounded down", PER_S(3), 60, 2, 333333333 },
	{ "rounding does not add up", PER_S(3), 60, 30001, 10000 * SEC },
	{ "1 488 095 a second", PER_S(1488095), 60, 1488096, SEC },
	{ "a packet each nanosecond", PER_S(1000000000), 60, 1001, US },
	{ "1000 bytes at 1 Mbit/s", BITS(1000000), 1000, 1001, 8 * SEC },
	{ "7 bytes at 9 bit/s", BITS(9), 7, 901, 5600 * SEC },
	{ "wire: 24 bytes more", BITS(1000000, WIRE), 976, 1001, 8 * SEC },
	{ "wire: 60 bytes at least", BITS(84 * 8, WIRE), 14, 11, 10 * SEC },
	{ "a terabit", BITS(1000000000000), 1500, 1000001, 12 * MS },
	{ "no bytes take no time", BITS(1), 0, 100, 0 },
	{ "1 GiB is the most", BITS(8000000000), UINT32_MAX, 2, 1 << 30 },
	{ "a gap", { .gap_ns = 4 * SEC }, 60, 26, 100 * SEC },
	{ "10 at once: the tenth", BURST(10), 60, 10, 0 },
	{ "10 at once: the eleventh", BURST(10), 60, 11, 100 * MS },
	{ "10 at once: the last", BURST(10), 60, 10000, 99900 * MS },
	{ "more at once than there are", BURST(UINT32_MAX), 60, 1000, 0 },
};

static void is_due(void **state)
{
	const struct rate *r = *state;
	struct pktcap_send_pace pace;
	int64_t now = START, due = 0;

	start(&pace, r->opts);
	for (uint32_t i = 0; i < r->count; i++)
		due = send_in_time(&pace, r->bytes, 0, &now);
	assert_int_equal(due, r->last);
	assert_int_equal(pace.packets, r->count);
	assert_int_equal(pace.bytes, (uint64_t)r->count * r->bytes);
	assert_int_equal(pace.given_up_ns, 0);
}

#define NORMAL 1000000

static struct times {
	const char *name;
	uint32_t speed_ppm;
	uint32_t n;
	uint64_t max_gap_ns;
	int64_t ts[7];
	int64_t due[7]; /* behind START */
	uint64_t cut, back;
} times[] = {
	{ "as captured",
	  NORMAL,
	  4,
	  0,
	  { 5 * SEC, 5 * SEC + 1, 5 * SEC + 1, 7 * SEC },
	  { 0, 1, 1, 2 * SEC },
	  0,
	  0 },
	{ "twice as fast",
	  2 * NORMAL,
	  3,
	  0,
	  { 0, SEC, 3 * SEC },
	  { 0, SEC / 2, 3 * SEC / 2 },
	  0,
	  0 },
	{ "a third as fast",
	  333333,
	  4,
	  0,
	  { 0, 333333, 666666, 999999 * US },
	  { 0, MS, 2 * MS, 3000 * MS },
	  0,
	  0 },
	{ "halves of nanoseconds do not get lost",
	  2 * NORMAL,
	  7,
	  0,
	  { 0, 1, 2, 3, 4, 5, 6 },
	  { 0, 0, 1, 1, 2, 2, 3 },
	  0,
	  0 },
	{ "before 1970",
	  NORMAL,
	  3,
	  0,
	  { -3 * SEC, -SEC, SEC },
	  { 0, 2 * SEC, 4 * SEC },
	  0,
	  0 },
	{ "a gap of years is an hour",
	  NORMAL,
	  3,
	  0,
	  { INT64_MIN, INT64_MAX, INT64_MAX },
	  { 0, 3600 * SEC, 3600 * SEC },
	  1,
	  0 },
	{ "a gap that is longer when it is slow",
	  1,
	  3,
	  0,
	  { 0, 3600 * US, 7200 * US + 1 },
	  { 0, 3600 * SEC, 7200 * SEC },
	  1,
	  0 },
	{ "the longest gap",
	  NORMAL,
	  4,
	  MS,
	  { 0, MS, 3 * MS, 3 * MS + 1 },
	  { 0, MS, 2 * MS, 2 * MS + 1 },
	  1,
	  0 },
	{ "the longest gap, as it is sent",
	  4000000000,
	  3,
	  MS,
	  { 0, 4000 * MS, 8004 * MS },
	  { 0, MS, 2 * MS },
	  1,
	  0 },
	{ "out of order by a millisecond",
	  NORMAL,
	  4,
	  0,
	  { SEC, SEC + 2 * MS, SEC + MS, SEC + 3 * MS },
	  { 0, 2 * MS, 2 * MS, 3 * MS },
	  0,
	  1 },
	{ "times that begin anew",
	  NORMAL,
	  4,
	  0,
	  { 5 * SEC, 6 * SEC, SEC, 2 * SEC },
	  { 0, SEC, SEC, 2 * SEC },
	  0,
	  1 },
	{ "one from the future",
	  NORMAL,
	  5,
	  SEC,
	  { 0, MS, INT64_MAX, 2 * MS, 3 * MS },
	  { 0, MS, SEC + MS, SEC + MS, SEC + 2 * MS },
	  1,
	  1 },
	{ "from one end of time to the other",
	  NORMAL,
	  4,
	  SEC,
	  { INT64_MAX, INT64_MIN, INT64_MAX, INT64_MIN },
	  { 0, 0, SEC, SEC },
	  1,
	  2 },
};

static void is_due_by_its_time(void **state)
{
	const struct times *r = *state;
	struct pktcap_send_pace pace;
	int64_t now = START;

	start(&pace,
	      (struct pktcap_send_pace_opts){ .speed_ppm = r->speed_ppm,
					      .max_gap_ns = r->max_gap_ns });
	for (uint32_t i = 0; i < r->n; i++)
		assert_int_equal(send_in_time(&pace, 60, r->ts[i], &now),
				 r->due[i]);
	assert_int_equal(pace.gaps_cut, r->cut);
	assert_int_equal(pace.times_back, r->back);
	assert_int_equal(pace.given_up_ns, 0);
}

/* A capture that is sent again: no gap, and no time that goes back. */
static void begins_anew(void **state)
{
	struct pktcap_send_pace pace;
	int64_t now = START;

	(void)state;
	start(&pace, (struct pktcap_send_pace_opts){ .speed_ppm = 1000000 });
	pktcap_send_pace_rebase(&pace);
	for (int loop = 0; loop < 3; loop++) {
		for (int i = 0; i < 10; i++)
			assert_int_equal(
				send_in_time(&pace, 60, 77 + i * MS, &now),
				loop * 9 * MS + i * MS);
		pktcap_send_pace_rebase(&pace);
	}
	assert_int_equal(pace.times_back, 0);
	/* One that is later begins anew as well. */
	assert_int_equal(send_in_time(&pace, 60, 5 * SEC, &now), 27 * MS);
	assert_int_equal(send_in_time(&pace, 60, 6 * SEC, &now), 27 * MS + SEC);
	assert_int_equal(pace.gaps_cut, 0);
}

/* A batch is what is due, whether asked for one by one or all at once. */
static void counts_what_is_due(void **state)
{
	struct pktcap_packet pkts[10] = { 0 };
	struct pktcap_send_pace pace, copy;

	(void)state;
	for (int i = 0; i < 10; i++)
		pkts[i] = (struct pktcap_packet){ .ts_ns = i * i * MS };
	start(&pace, (struct pktcap_send_pace_opts){ .speed_ppm = 1000000 });
	assert_int_equal(pktcap_send_pace_count(&pace, pkts, 0, START), 0);
	assert_int_equal(pktcap_send_pace_count(&pace, pkts, 10, START), 1);
	pktcap_send_pace_sent(&pace, pkts, 1, START);
	copy = pace;
	/* 1 and 4 ms are over, 9 are not. */
	assert_int_equal(
		pktcap_send_pace_count(&pace, pkts + 1, 9, START + 5 * MS), 2);
	assert_memory_equal(&copy, &pace, sizeof(pace));
	pktcap_send_pace_sent(&pace, pkts + 1, 2, START + 5 * MS);
	assert_int_equal(
		pktcap_send_pace_count(&pace, pkts + 3, 7, START + 5 * MS), 0);
	/* The third could not be sent: the fourth is due all the same. */
	assert_int_equal(pktcap_send_pace_due(&pace, pkts + 4, START + 5 * MS),
			 START + 16 * MS);
	assert_int_equal(pace.packets, 3);
	start(&pace, (struct pktcap_send_pace_opts){ 0 });
	assert_int_equal(pktcap_send_pace_count(&pace, pkts, 10, START), 10);
}

/* A tag that comes back takes its time, too. */
static void counts_tags(void **state)
{
	struct pktcap_packet pkt = { .caplen = 96,
				     .flags = PKTCAP_PACKET_VLAN };
	struct pktcap_send_pace pace;

	(void)state;
	start(&pace, (struct pktcap_send_pace_opts){ .bits_per_s = 800 });
	pktcap_send_pace_sent(&pace, &pkt, 1, START);
	assert_int_equal(pktcap_send_pace_due(&pace, &pkt, START), START + SEC);
	pkt.flags |= PKTCAP_PACKET_VLAN_INLINE;
	pkt.caplen = 100;
	pktcap_send_pace_sent(&pace, &pkt, 1, START + SEC);
	assert_int_equal(pktcap_send_pace_due(&pace, &pkt, START + SEC),
			 START + 2 * SEC);
	assert_int_equal(pace.bytes, 200);
}

/* Numbers that no clock shows, and those of no packet. */
static void survives_nonsense(void **state)
{
	static const int64_t any[] = { INT64_MIN, -1, 0, 1, INT64_MAX };
	const struct pktcap_send_pace_opts opts[] = {
		{ .packets_per_s = 1 },
		{ .bits_per_s = 1 },
		{ .bits_per_s = 1, .flags = PKTCAP_SEND_PACE_WIRE },
		{ .gap_ns = 1000000000000000 },
		{ .speed_ppm = 1, .max_gap_ns = 1000000000000000 },
		{ .speed_ppm = UINT32_MAX, .max_gap_ns = 1 },
		{ 0 },
	};
	struct pktcap_send_pace pace;

	(void)state;
	for (size_t i = 0; i < sizeof(opts) / sizeof(*opts); i++) {
		start(&pace, opts[i]);
		for (unsigned int n = 0; n < 20000; n++) {
			const struct pktcap_packet pkt = {
				.caplen = UINT32_MAX,
				.ts_ns = any[n / 5 % 5],
			};
			int64_t now = any[n % 5];

			assert_true(pktcap_send_pace_due(&pace, &pkt, now) >=
				    0);
			pktcap_send_pace_sent(&pace, &pkt, 1, now);
		}
		assert_int_equal(pace.packets, 20000);
	}
}

/* --- options ----------------------------------------------------------------
 */

struct refused {
	const char *name; /* and what is in error.call behind the blank */
	struct pktcap_send_pace_opts opts;
};

static struct refused refused[] = {
	{ "two speeds: packets_per_s",
	  { .packets_per_s = 1, .bits_per_s = 1 } },
	{ "all speeds: packets_per_s",
	  { .packets_per_s = 1,
	    .bits_per_s = 1,
	    .gap_ns = 1,
	    .speed_ppm = 1 } },
	{ "too many: packets_per_s", { .packets_per_s = 1000000001 } },
	{ "too many: bits_per_s", { .bits_per_s = 1000000000000001 } },
	{ "too long: gap_ns", { .gap_ns = 1000000000000001 } },
	{ "too long: max_gap_ns",
	  { .speed_ppm = 1, .max_gap_ns = 1000000000000001 } },
	{ "of no use: max_gap_ns", { .packets_per_s = 1, .max_gap_ns = 1 } },
	{ "of no use: flags",
	  { .packets_per_s = 1, .flags = PKTCAP_SEND_PACE_WIRE } },
	{ "unknown: flags", { .flags = 4 } },
};

static void is_refused(void **state)
{
	const struct refused *r = *state;
	struct pktcap_send_pace_opts opts = r->opts;
	struct pktcap_send_pace pace;
	struct pktcap_error error;
	int64_t now = START;

	opts.size = sizeof(opts);
	assert_int_equal(pktcap_send_pace_start(&pace, &opts, &error), -EINVAL);
	assert_int_equal(error.code, -EINVAL);
	assert_string_equal(error.call, strstr(r->name, ": ") + 2);
	assert_memory_equal(error.text, error.call, strlen(error.call));
	assert_int_equal(pktcap_send_pace_start(&pace, &opts, NULL), -EINVAL);
	/* Who goes on sends at once. */
	assert_int_equal(send_in_time(&pace, 60, 0, &now), 0);
	assert_int_equal(send_in_time(&pace, 60, SEC, &now), 0);
}

static void needs_no_options(void **state)
{
	struct pktcap_send_pace pace;
	struct pktcap_send_pace_opts opts = { .packets_per_s = 1 };
	int64_t now = START;

	(void)state;
	assert_int_equal(pktcap_send_pace_start(&pace, NULL, NULL), 0);
	assert_int_equal(send_in_time(&pace, 60, 0, &now), 0);
	assert_int_equal(send_in_time(&pace, 60, SEC, &now), 0);
	assert_int_equal(pktcap_send_pace_start(&pace, &opts, NULL), -EINVAL);
}

int main(void)
{
	struct CMUnitTest all[80] = {
		cmocka_unit_test(begins_anew),
		cmocka_unit_test(counts_what_is_due),
		cmocka_unit_test(counts_tags),
		cmocka_unit_test(survives_nonsense),
		cmocka_unit_test(needs_no_options),
	};
	size_t n = 5;

	ADD_ROWS(all, n, rates, is_due);
	ADD_ROWS(all, n, times, is_due_by_its_time);
	ADD_ROWS(all, n, refused, is_refused);
	return _cmocka_run_group_tests("pace", all, n, NULL, NULL);
}
