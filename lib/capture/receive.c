// SPDX-License-Identifier: BSD-2-Clause
/*
 * Pull and push. Pulled packets come from an array of views; pushed ones too,
 * unless the engine can give them away while it reads.
 */
#include "capture/capture.h"

#include <errno.h>
#include <poll.h>

#include "base/clock.h"

/* Packets between two looks at what is rare but must not wait for idleness. */
#define PACKETS_PER_LINK_CHECK 4096u
/* Long before a 32-bit counter of the kernel overflows. */
#define PACKETS_PER_STATS_CHECK (1u << 24)

static int64_t now_ms(void)
{
	return clock_now_ns(CLOCK_MONOTONIC) / 1000000;
}

/* For epoll_wait(): -1 for ever, 0 when it is over. */
static int time_left(int timeout_ms, int64_t deadline)
{
	int64_t left;

	if (timeout_ms <= 0)
		return timeout_ms;
	left = deadline - now_ms();
	return left > 0 ? (int)left : 0;
}

/* From the first call after a stop on, the kernel captures nothing more. */
static void halt(struct pktcap_capture *cap)
{
	enum { GRACE_MS = 100 };

	if (cap->halted || cap->stop_deadline_ms)
		return;
	cap->halted = !filter_halt(cap);
	/* A locked filter cannot be replaced: then time is the limit. */
	if (!cap->halted)
		cap->stop_deadline_ms =
			now_ms() + cap->opts.max_delay_us / 1000 + GRACE_MS;
}

/* What the kernel has captured already; 0 when all of that is delivered. */
static int drain(struct pktcap_capture *cap)
{
	enum { TIMER_SLACK_MS = 1000 };
	int64_t deadline =
		now_ms() + cap->opts.max_delay_us / 1000 + TIMER_SLACK_MS;

	for (;;) {
		struct pollfd packets = { .fd = cap->fd, .events = POLLIN };
		int n = cap->engine->fill(cap);

		if (n > 0)
			return n;
		if (now_ms() >= deadline)
			return 0;
		/* An error waits in front of packets: it does not end them. */
		if (n != -EAGAIN)
			continue;
		if (!cap->engine->holds(cap))
			return 0;
		/* Not through epoll_fd, which a stop has made readable. */
		if (poll(&packets, 1, 10) > 0 && packets.revents & POLLERR)
			wake_error(cap);
	}
}

/* After a stop: what is captured already, then -ECANCELED. */
static int refill_last(struct pktcap_capture *cap)
{
	int n;

	halt(cap);
	if (!cap->halted && now_ms() >= cap->stop_deadline_ms)
		return -ECANCELED;
	n = drain(cap);
	return n ? n : -ECANCELED;
}

/* Unwanted packets count as one: they, too, may come for ever. */
static int see_to_rare_things(struct pktcap_capture *cap, uint32_t packets)
{
	uint32_t before = cap->seen;
	int err = 0;

	cap->seen += packets + 1;
	/* Where a multiple was passed, a bit at or above it has changed. */
	if (cap->watch && (cap->seen ^ before) >= PACKETS_PER_LINK_CHECK)
		err = link_events(cap);
	if ((cap->seen ^ before) >= PACKETS_PER_STATS_CHECK)
		stats_collect(cap);
	return err;
}

/* What there is now: packets, 0 for "look again", or a negative errno. */
static int refill_now(struct pktcap_capture *cap)
{
	int n, err;

	if (cap->failure) {
		n = drain(cap);
		return n ? n : cap->failure;
	}
	if (atomic_load_explicit(&cap->stop, memory_order_relaxed))
		return refill_last(cap);
	n = cap->engine->fill(cap);
	if (n < 0)
		return n;
	/* Also when nothing of it is wanted: there may be more for ever. */
	err = see_to_rare_things(cap, (uint32_t)n);
	return n || cap->failure ? n : err;
}

/* The views are all delivered: counts them and makes room. */
static void forget_views(struct pktcap_capture *cap)
{
	stats_add(cap, &cap->filled);
	cap->filled = (struct tally){ 0 };
	cap->next = 0;
	cap->count = 0;
}

/* Waits for packets and reads them: their number, 0 or a negative errno. */
static int wait_and_fill(struct pktcap_capture *cap, int timeout_ms)
{
	int64_t deadline = timeout_ms > 0 ? now_ms() + timeout_ms : 0;

	for (;;) {
		int left, n = refill_now(cap);

		if (n > 0)
			return n;
		if (n == -ECANCELED || (n && n == cap->failure))
			return n;
		if (n < 0 && n != -EAGAIN) {
			n = link_error(cap, -n);
			if (n && !cap->failure)
				return n;
		}
		left = time_left(timeout_ms, deadline);
		/* Unwanted packets are no reason to sleep. */
		if (n == -EAGAIN) {
			n = wake_wait(cap, left);
			if (n && !cap->failure)
				return n;
		}
		if (!left && !cap->failure)
			return 0;
	}
}

/* Fills the views, or gives packets to @push if the engine can. */
static int refill(struct pktcap_capture *cap, struct push *push, int timeout_ms)
{
	struct push *outer = cap->push;
	int n;

	/* Asked from a pushed function: this may take the next block. */
	if (outer)
		outer->cut = true;
	forget_views(cap);
	cap->push = push;
	n = wait_and_fill(cap, timeout_ms);
	cap->push = outer;
	return n;
}

static int ensure_views(struct pktcap_capture *cap, int timeout_ms)
{
	uint32_t waiting = cap->count - cap->next;

	return waiting ? (int)waiting : refill(cap, NULL, timeout_ms);
}

int pktcap_capture_batch(struct pktcap_capture *cap,
			 const struct pktcap_packet **pkts, uint32_t max,
			 int timeout_ms)
{
	int n;

	*pkts = NULL;
	if (!max)
		return -EINVAL;
	n = ensure_views(cap, timeout_ms);
	if (n > 0) {
		if ((uint32_t)n > max)
			n = (int)max;
		*pkts = &cap->views[cap->next];
		cap->next += (uint32_t)n;
	}
	wake_show_pending(cap);
	return n;
}

int pktcap_capture_next(struct pktcap_capture *cap,
			const struct pktcap_packet **pkt, int timeout_ms)
{
	return pktcap_capture_batch(cap, pkt, 1, timeout_ms);
}

/* Calls the function for views that are there. */
static int push_views(struct pktcap_capture *cap, struct push *push)
{
	int n = 0;

	/* The function may set a filter, which drops views from the rest. */
	do {
		n++;
	} while (push_packet(push, &cap->views[cap->next++]) &&
		 cap->next < cap->count);
	return n;
}

/* Views that wait come first. Returns how many packets were delivered. */
static int push_some(struct pktcap_capture *cap, struct push *push,
		     int timeout_ms)
{
	const uint64_t wanted = push->left;
	int n = 0;

	if (cap->next == cap->count)
		n = refill(cap, push, timeout_ms);
	/* Views behind pushed packets are left by the function itself. */
	if (push->left != wanted || cap->next == cap->count)
		return n;
	push->cut = false;
	return push_views(cap, push);
}

int pktcap_capture_dispatch(struct pktcap_capture *cap, uint32_t max,
			    int timeout_ms, pktcap_capture_fn fn, void *user)
{
	struct push push = { .fn = fn,
			     .user = user,
			     .left = max ? max : UINT64_MAX };
	int n = push_some(cap, &push, timeout_ms);

	wake_show_pending(cap);
	return n;
}

int pktcap_capture_loop(struct pktcap_capture *cap, uint64_t count,
			pktcap_capture_fn fn, void *user)
{
	struct push push = { .fn = fn, .user = user };
	uint64_t left = count ? count : UINT64_MAX;
	int n = 0;

	while (left && !push.verdict) {
		push.left = left;
		n = push_some(cap, &push, -1);
		if (n == -EINTR)
			continue;
		if (n < 0)
			break;
		left -= (uint64_t)n;
	}
	wake_show_pending(cap);
	return n < 0 && n != -EINTR ? n : push.verdict;
}
