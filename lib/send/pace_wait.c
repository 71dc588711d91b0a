// SPDX-License-Identifier: BSD-2-Clause
#include "send/pace.h"

#include <errno.h>
#include <stdbool.h>
#include <time.h>

#include "base/clock.h"

/* Longer than a sleep is late: the timer slack, 50 us (prctl(2)), and more. */
#define SPIN_NS 100000
/*
 * A stop may be set after it was looked at and before the sleep begins, by a
 * signal that then interrupts nothing. It is seen after the next piece.
 */
#define PIECE_NS 100000000

int64_t pace_monotonic_now(void *user)
{
	(void)user;
	return clock_now_ns(CLOCK_MONOTONIC);
}

int pace_monotonic_sleep(void *user, int64_t ns)
{
	const struct timespec until = { .tv_sec = (time_t)(ns / 1000000000),
					.tv_nsec = (long)(ns % 1000000000) };

	(void)user;
	return -clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

static bool stopped(const volatile int *stop)
{
	return stop && __atomic_load_n(stop, __ATOMIC_RELAXED);
}

int pace_wait(const struct pktcap_send_pace *pace, int64_t due_ns,
	      const volatile int *stop, const struct pace_world *world)
{
	int64_t now, until = due_ns;
	int err;

	if ((pace->flags & PKTCAP_SEND_PACE_SPIN) && due_ns > SPIN_NS)
		until -= SPIN_NS;
	while (!stopped(stop)) {
		now = world->now_ns(world->user);
		if (now >= due_ns)
			return 0;
		if (now >= until)
			continue; /* look at the clock */
		err = world->sleep_until(world->user,
					 stop && until - now > PIECE_NS
						 ? now + PIECE_NS
						 : until);
		if (err && !(err == -EINTR && stop))
			return err;
	}
	return -ECANCELED;
}

int pktcap_send_pace_wait(const struct pktcap_send_pace *pace, int64_t due_ns,
			  const volatile int *stop)
{
	const struct pace_world world = {
		.now_ns = pace_monotonic_now,
		.sleep_until = pace_monotonic_sleep,
	};

	return pace_wait(pace, due_ns, stop, &world);
}
