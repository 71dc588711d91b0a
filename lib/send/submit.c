// SPDX-License-Identifier: BSD-2-Clause
/* One loop for one frame and for many: check, hand over, wait where it is
 * worth it. */
#include "send/send.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

#include "base/clock.h"
#include "base/error.h"

#define MS_NS 1000000ll

/* What one call remembers while it waits. */
struct patience {
	int64_t deadline_ns; /* 0: has not waited yet */
	long nap_ns;
	bool polled; /* there was said to be room */
	bool looked; /* whether the interface is really down */
};

static int nap(struct patience *p)
{
	enum { NAP_MIN_NS = 50000, NAP_MAX_NS = 1000000 };
	struct timespec time = { .tv_nsec = NAP_MIN_NS };

	if (p->nap_ns)
		time.tv_nsec = p->nap_ns;
	p->nap_ns =
		time.tv_nsec * 2 > NAP_MAX_NS ? NAP_MAX_NS : time.tv_nsec * 2;
	return nanosleep(&time, NULL) ? -errno : 0;
}

/* Room in the socket's buffer is announced; room in a queue is not. */
static int wait_room(const struct pktcap_send *s, struct patience *p, int err,
		     int64_t left_ns)
{
	struct pollfd room = { .fd = s->fd, .events = POLLOUT };

	if (err == -ENOBUFS || p->polled)
		return nap(p);
	p->polled = true;
	if (poll(&room, 1, (int)((left_ns + MS_NS - 1) / MS_NS)) < 0)
		return -errno;
	return 0;
}

/* 0: try again. Otherwise what the call is to return. */
static int wait_after(struct pktcap_send *s, struct patience *p, int err)
{
	int64_t now;

	if (s->opts.flags & PKTCAP_SEND_NOWAIT)
		return err;
	now = clock_now_ns(CLOCK_MONOTONIC);
	if (!p->deadline_ns)
		p->deadline_ns = now + s->opts.wait_ms * MS_NS;
	if (now >= p->deadline_ns)
		return err;
	s->stats.retries++;
	return wait_room(s, p, err, p->deadline_ns - now);
}

/*
 * A socket that receives is told once that its interface went down; that may
 * be long ago.
 */
static bool is_up_again(const struct pktcap_send *s, struct patience *p,
			const struct pktcap_packet *pkt)
{
	if (!s->borrowed || p->looked)
		return false;
	p->looked = true;
	return send_link_flags(s, send_ifindex(s, pkt)) & PKTCAP_DEVICE_UP;
}

static int recover(struct pktcap_send *s, struct patience *p,
		   const struct pktcap_packet *pkt, int err)
{
	if (err == -EAGAIN || err == -ENOBUFS)
		return wait_after(s, p, err);
	if (err == -ENETDOWN && is_up_again(s, p, pkt))
		return 0;
	return err;
}

/* How many of the next frames can be handed over; or why the first cannot. */
static int next_batch(struct pktcap_send *s, const struct pktcap_packet *pkts,
		      size_t n)
{
	uint32_t i = 0;
	int err = 0;

	while (i < n && i < s->opts.batch && !err) {
		err = send_check(s, &pkts[i]);
		if (!err)
			i++;
	}
	return i ? (int)i : err;
}

static int send_all(struct pktcap_send *s, const struct pktcap_packet *pkts,
		    size_t n, size_t *sent)
{
	struct patience patience = { 0 };
	int r;

	while (*sent < n) {
		r = next_batch(s, pkts + *sent, n - *sent);
		if (r < 0)
			return r;
		r = s->engine->submit(s, pkts + *sent, (uint32_t)r);
		if (r > 0) {
			*sent += (size_t)r;
			s->stats.frames += (uint64_t)r;
			send_stamps_taken(s, (uint32_t)r);
			patience.polled = false;
			patience.nap_ns = 0;
			continue;
		}
		send_stamps_refused(s, &pkts[*sent], r);
		r = recover(s, &patience, &pkts[*sent], r);
		if (r)
			return r;
	}
	return 0;
}

int pktcap_send_batch(struct pktcap_send *s, const struct pktcap_packet *pkts,
		      size_t n, size_t *sent, struct pktcap_error *error)
{
	size_t done = 0;
	int err = send_all(s, pkts, n, &done);

	if (sent)
		*sent = done;
	if (!err)
		return 0;
	s->stats.refused++;
	return send_explain(s, pkts, done, n, err, error);
}

int pktcap_send_frame(struct pktcap_send *s, const void *data, size_t len,
		      struct pktcap_error *error)
{
	/* Longer than any frame is too long all the same. */
	struct pktcap_packet pkt = {
		.data = data,
		.caplen = len > UINT32_MAX ? UINT32_MAX : (uint32_t)len,
	};

	return pktcap_send_batch(s, &pkt, 1, NULL, error);
}

int pktcap_send_frame_on(struct pktcap_send *s, uint32_t ifindex,
			 const void *data, size_t len,
			 struct pktcap_error *error)
{
	int err;

	if (!ifindex)
		return error_set(error, -EDESTADDRREQ, "ifindex",
				 "the frame names no interface: there is none "
				 "with index 0");
	s->override_on = ifindex;
	err = pktcap_send_frame(s, data, len, error);
	s->override_on = 0;
	return err;
}
