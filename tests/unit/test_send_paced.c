// SPDX-License-Identifier: BSD-2-Clause
/* Waiting, being late and sending what is due, by a clock made here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "send/pace.h"
#include "support/rows.h"

#define US INT64_C(1000)
#define MS INT64_C(1000000)
#define SEC INT64_C(1000000000)
#define START (12345 * SEC + 678)

static void start(struct pktcap_send_pace *pace,
		  struct pktcap_send_pace_opts opts)
{
	opts.size = sizeof(opts);
	assert_int_equal(pktcap_send_pace_start(pace, &opts, NULL), 0);
}

/* --- somebody who is late ---------------------------------------------------
 */

#define PER_S(n)                     \
	{                            \
		.packets_per_s = (n) \
	}
#define TENS(n)                                   \
	{                                         \
		.packets_per_s = (n), .burst = 10 \
	}
#define AS_CAPTURED                  \
	{                            \
		.speed_ppm = 1000000 \
	} /* a packet each millisecond */

static struct late {
	const char *name;
	struct pktcap_send_pace_opts opts;
	uint32_t count;
	uint32_t most;	    /* packets within 10 ms */
	int64_t oversleeps; /* after each sleep */
	int64_t cost;	    /* of sending a packet */
	int64_t stall;	    /* after packet 500 */
	int64_t end;	    /* when the last one goes, up to 1 % later */
	int64_t given_up;
} rows[] = {
	{ "sleeps that are 60 us late", PER_S(100000), 100001, 1010, 60 * US,
	  US, 0, SEC, 0 },
	{ "sleeps that are a tick of 100 Hz late", PER_S(10000), 20001, 410,
	  10 * MS, US, 0, 2 * SEC, 0 },
	{ "half a second is caught up at twice the pace", PER_S(1000), 2001, 72,
	  0, US, 500 * MS, 2 * SEC, 0 },
	{ "not all was caught up", PER_S(1000), 701, 72, 0, US, 500 * MS,
	  1074 * MS, 0 },
	{ "of five seconds one is caught up", PER_S(1000), 10001, 72, 0, US,
	  5 * SEC, 14 * SEC - 2 * MS, 4 * SEC - 2 * MS },
	{ "tens are caught up in tens", TENS(1000), 2001, 80, 0, US, 500 * MS,
	  2 * SEC - 5 * MS, 0 },
	{ "a capture's own gaps", AS_CAPTURED, 2001, 72, 0, US, 500 * MS,
	  2 * SEC, 0 },
	{ "faster than sending can be", PER_S(1000000), 100001, 1010, 60 * US,
	  20 * US, 0, 2 * SEC, 895 * MS },
};

struct fake {
	int64_t now;
	int64_t oversleeps;
	unsigned int looks;
	unsigned int sleeps;
	int64_t longest;
	int result;	   /* of the next sleep */
	volatile int *set; /* by the next sleep */
};

static int64_t fake_now(void *user)
{
	struct fake *fake = user;

	fake->looks++;
	fake->now += 10;
	return fake->now;
}

static int fake_sleep(void *user, int64_t ns)
{
	struct fake *fake = user;
	int result = fake->result;

	fake->sleeps++;
	assert_true(ns > fake->now);
	if (ns - fake->now > fake->longest)
		fake->longest = ns - fake->now;
	fake->now = result ? fake->now + 1 : ns + fake->oversleeps;
	if (fake->set)
		*fake->set = 1;
	fake->result = 0;
	return result;
}

static int fake_wait(const struct pktcap_send_pace *pace, int64_t due,
		     const volatile int *stop, struct fake *fake)
{
	const struct pace_world world = { fake_now, fake_sleep, NULL, fake };

	return pace_wait(pace, due, stop, &world);
}

/* How many of the last ones went within 10 ms. */
static uint32_t window(const int64_t *times, uint32_t n)
{
	uint32_t first = n;

	while (first && times[n] - times[first - 1] <= 10 * MS)
		first--;
	return n - first + 1;
}

static void catches_up(void **state)
{
	static int64_t times[100001];
	const struct late *r = *state;
	struct fake fake = { .now = START, .oversleeps = r->oversleeps };
	struct pktcap_send_pace pace;
	uint32_t most = 0;

	start(&pace, r->opts);
	for (uint32_t i = 0; i < r->count; i++) {
		const struct pktcap_packet pkt = { .ts_ns = i * MS };
		int64_t due = pktcap_send_pace_due(&pace, &pkt, fake.now);

		assert_int_equal(fake_wait(&pace, due, NULL, &fake), 0);
		assert_true(fake.now >= due);
		times[i] = fake.now;
		pktcap_send_pace_sent(&pace, &pkt, 1, fake.now);
		fake.now += r->cost;
		if (i == 500)
			fake.now += r->stall;
		if (i % 8 == 0 && window(times, i) > most)
			most = window(times, i);
	}
	assert_in_range(times[r->count - 1] - START, r->end,
			r->end + r->end / 100);
	assert_in_range(most, 1, r->most);
	assert_in_range(pace.given_up_ns, r->given_up,
			r->given_up + r->given_up / 100);
}

/* --- waiting ----------------------------------------------------------------
 */

static void waits(void **state)
{
	const struct pktcap_send_pace pace = { 0 };
	struct fake fake = { .now = START };

	(void)state;
	assert_int_equal(fake_wait(&pace, START - SEC, NULL, &fake), 0);
	assert_int_equal(fake.sleeps, 0);
	assert_int_equal(fake_wait(&pace, START + 3600 * SEC, NULL, &fake), 0);
	assert_int_equal(fake.sleeps, 1);
	assert_true(fake.now >= START + 3600 * SEC);
	assert_true(fake.looks < 5);
}

/* A stop that was set where it interrupts no sleep is found soon. */
static void waits_in_pieces(void **state)
{
	const struct pktcap_send_pace pace = { 0 };
	struct fake fake = { .now = START };
	volatile int stop = 0;

	(void)state;
	assert_int_equal(fake_wait(&pace, START + 60 * SEC, &stop, &fake), 0);
	assert_true(fake.longest <= 100 * MS);
	assert_true(fake.sleeps >= 599);
	fake.set = &stop;
	fake.sleeps = 0;
	assert_int_equal(fake_wait(&pace, START + 120 * SEC, &stop, &fake),
			 -ECANCELED);
	assert_int_equal(fake.sleeps, 1);
	assert_int_equal(fake_wait(&pace, 0, &stop, &fake), -ECANCELED);
	assert_int_equal(fake.sleeps, 1);
}

static void waits_through_signals(void **state)
{
	const struct pktcap_send_pace pace = { 0 };
	struct fake fake = { .now = START, .result = -EINTR };
	volatile int stop = 0;

	(void)state;
	assert_int_equal(fake_wait(&pace, START + SEC, NULL, &fake), -EINTR);
	assert_int_equal(fake_wait(&pace, START + SEC, NULL, &fake), 0);
	fake.result = -EINTR;
	assert_int_equal(fake_wait(&pace, START + 2 * SEC, &stop, &fake), 0);
	assert_true(fake.now >= START + 2 * SEC);
	/* The signal whose handler set it. */
	fake.result = -EINTR;
	fake.set = &stop;
	assert_int_equal(fake_wait(&pace, START + 9 * SEC, &stop, &fake),
			 -ECANCELED);
	assert_true(fake.now < START + 3 * SEC);
	stop = 0;
	fake.set = NULL;
	fake.result = -ENOTSUP;
	assert_int_equal(fake_wait(&pace, START + 9 * SEC, &stop, &fake),
			 -ENOTSUP);
}

static void spins_at_the_end(void **state)
{
	struct fake fake = { .now = START, .oversleeps = 60 * US };
	struct pktcap_send_pace pace;

	(void)state;
	start(&pace,
	      (struct pktcap_send_pace_opts){ .flags = PKTCAP_SEND_PACE_SPIN,
					      .packets_per_s = 1 });
	assert_int_equal(fake_wait(&pace, START + SEC, NULL, &fake), 0);
	assert_int_equal(fake.sleeps, 1);
	assert_in_range(fake.now, START + SEC, START + SEC + 10);
	assert_true(fake.looks > 1000);
	/* Nothing to sleep for. */
	assert_int_equal(fake_wait(&pace, fake.now + 99 * US, NULL, &fake), 0);
	assert_int_equal(fake.sleeps, 1);
}

static void waits_by_the_clock(void **state)
{
	const struct pktcap_send_pace pace = { 0 };
	int64_t due = pace_monotonic_now(NULL) + MS;
	volatile int stop = 1;

	(void)state;
	assert_int_equal(pktcap_send_pace_wait(&pace, due, NULL), 0);
	assert_true(pace_monotonic_now(NULL) >= due);
	assert_int_equal(pktcap_send_pace_wait(&pace, INT64_MAX, &stop),
			 -ECANCELED);
}

/* --- sending ------------------------------------------------------------- */

enum { MANY = 1000 };

struct line {
	struct fake fake; /* first: the clock's functions get it */
	struct pktcap_packet pkts[MANY];
	const struct pktcap_packet *next; /* that is to come */
	unsigned int calls;
	size_t longest;
	size_t takes; /* in this call, then ... */
	int refuses;  /* ... says this, once */
};

static int take(void *user, const struct pktcap_packet *pkts, size_t n,
		size_t *sent, struct pktcap_error *error)
{
	struct line *line = user;
	int err = n > line->takes ? line->refuses : 0;

	assert_ptr_equal(pkts, line->next);
	assert_true(n > 0);
	line->calls++;
	line->longest = n > line->longest ? n : line->longest;
	*sent = err ? line->takes : n;
	line->next += *sent;
	if (err) {
		line->refuses = 0;
		error->code = err;
		strcpy(error->text, "refused");
	}
	return err;
}

static int send_all(struct line *line, struct pktcap_send_pace *pace,
		    const volatile int *stop, size_t *sent,
		    struct pktcap_error *error)
{
	const struct pace_world world = { fake_now, fake_sleep, take, line };

	return pace_send(pace, line->next,
			 (size_t)(line->pkts + MANY - line->next), stop, sent,
			 error, &world);
}

static void fill(struct line *line)
{
	*line = (struct line){ .fake.now = START };
	line->next = line->pkts;
	for (int i = 0; i < MANY; i++)
		line->pkts[i].ts_ns = i * MS;
}

static void sends_in_batches(void **state)
{
	struct pktcap_send_pace pace;
	struct pktcap_error error = { .code = 77 };
	static struct line line;
	size_t sent;

	(void)state;
	fill(&line);
	start(&pace, (struct pktcap_send_pace_opts){ 0 });
	assert_int_equal(send_all(&line, &pace, NULL, &sent, &error), 0);
	assert_int_equal(sent, MANY);
	assert_int_equal(line.calls, 4);
	assert_int_equal(line.fake.sleeps, 0);
	fill(&line);
	line.fake.oversleeps = 50 * US;
	start(&pace, (struct pktcap_send_pace_opts){ .packets_per_s = 100000 });
	assert_int_equal(send_all(&line, &pace, NULL, &sent, &error), 0);
	assert_int_equal(sent, MANY);
	assert_in_range(line.longest, 5, 8);
	assert_in_range(line.fake.now - START, 9990 * US, 10200 * US);
	/* No time at all is left for a call that has nothing to do. */
	assert_int_equal(send_all(&line, &pace, NULL, &sent, &error), 0);
	assert_int_equal(sent, 0);
	assert_int_equal(error.code, 77);
}

/* Calls go on where those before them were, whatever came between. */
static void goes_on(void **state)
{
	struct pktcap_send_pace pace;
	static struct line line;
	struct pktcap_error error;
	volatile int stop = 0;
	size_t sent;

	(void)state;
	fill(&line);
	start(&pace, (struct pktcap_send_pace_opts){ .speed_ppm = 1000000 });
	line.refuses = -ENETDOWN;
	line.takes = 0;
	assert_int_equal(send_all(&line, &pace, &stop, &sent, &error),
			 -ENETDOWN);
	assert_int_equal(sent, 0);
	assert_string_equal(error.text, "refused");
	line.fake.oversleeps = 40 * MS;
	line.takes = 10;
	line.refuses = -EMSGSIZE;
	assert_int_equal(send_all(&line, &pace, &stop, &sent, NULL), -EMSGSIZE);
	assert_int_equal(pace.packets, line.next - line.pkts);
	assert_int_equal(pace.packets, sent);
	line.fake.set = &stop;
	assert_int_equal(send_all(&line, &pace, &stop, &sent, &error),
			 -ECANCELED);
	assert_string_equal(error.call, "stop");
	assert_int_equal(pace.packets, line.next - line.pkts);
	line.fake.set = NULL;
	stop = 0;
	line.takes = 3;
	line.refuses = -EINTR; /* a signal that nobody asked for */
	assert_int_equal(send_all(&line, &pace, &stop, &sent, &error), 0);
	assert_int_equal(pace.packets, MANY);
	assert_in_range(line.fake.now - START, 999 * MS, 1045 * MS);
}

static void is_interrupted(void **state)
{
	struct pktcap_send_pace pace;
	static struct line line;
	struct pktcap_error error;
	size_t sent;

	(void)state;
	fill(&line);
	start(&pace, (struct pktcap_send_pace_opts){ .packets_per_s = 1 });
	line.fake.result = -EINTR;
	assert_int_equal(send_all(&line, &pace, NULL, &sent, &error), -EINTR);
	assert_int_equal(sent, 1);
	assert_int_equal(error.code, -EINTR);
	assert_string_equal(error.call, "clock_nanosleep");
	line.refuses = -EINTR;
	assert_int_equal(send_all(&line, &pace, NULL, &sent, &error), -EINTR);
	assert_int_equal(sent, 0);
	assert_string_equal(error.text, "refused");
	assert_int_equal(send_all(&line, &pace, NULL, NULL, NULL), 0);
	assert_int_equal(pace.packets, MANY);
}

int main(void)
{
	struct CMUnitTest all[40] = {
		cmocka_unit_test(waits),
		cmocka_unit_test(waits_in_pieces),
		cmocka_unit_test(waits_through_signals),
		cmocka_unit_test(spins_at_the_end),
		cmocka_unit_test(waits_by_the_clock),
		cmocka_unit_test(sends_in_batches),
		cmocka_unit_test(goes_on),
		cmocka_unit_test(is_interrupted),
	};
	size_t n = 8;

	ADD_ROWS(all, n, rows, catches_up);
	return _cmocka_run_group_tests("paced", all, n, NULL, NULL);
}
