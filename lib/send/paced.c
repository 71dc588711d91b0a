// SPDX-License-Identifier: BSD-2-Clause
/* Packets, each when it is due: the schedule, the clock and the socket. */
#include "send/pace.h"

#include <errno.h>

#include "base/error.h"

/* Between two looks at the stop. */
#define BATCH 256

static int not_waited(int err, struct pktcap_error *error)
{
	if (err == -ECANCELED)
		return error_set(error, err, "stop", "sending was stopped");
	return error_set(error, err, "clock_nanosleep",
			 "the wait for the next packet was interrupted");
}

/* Waits for the first of @pkts and sends all that are due by then. */
static int send_due(struct pktcap_send_pace *pace,
		    const struct pktcap_packet *pkts, size_t n,
		    const volatile int *stop, size_t *sent,
		    struct pktcap_error *error, const struct pace_world *world)
{
	int64_t now = world->now_ns(world->user);
	int err = pace_wait(pace, pktcap_send_pace_due(pace, pkts, now), stop,
			    world);

	*sent = 0;
	if (err)
		return not_waited(err, error);
	now = world->now_ns(world->user);
	n = pktcap_send_pace_count(pace, pkts, n < BATCH ? n : BATCH, now);
	err = world->send(world->user, pkts, n, sent, error);
	pktcap_send_pace_sent(pace, pkts, *sent, now);
	return err;
}

int pace_send(struct pktcap_send_pace *pace, const struct pktcap_packet *pkts,
	      size_t n, const volatile int *stop, size_t *sent,
	      struct pktcap_error *error, const struct pace_world *world)
{
	struct pktcap_error why;
	size_t done = 0, taken;
	int err = 0;

	while (done < n && !err) {
		err = send_due(pace, pkts + done, n - done, stop, &taken, &why,
			       world);
		done += taken;
		if (err == -EINTR && stop)
			err = 0; /* the next wait looks at it */
	}
	if (sent)
		*sent = done;
	if (err && error)
		*error = why;
	return err;
}

static int batch(void *user, const struct pktcap_packet *pkts, size_t n,
		 size_t *sent, struct pktcap_error *error)
{
	return pktcap_send_batch(user, pkts, n, sent, error);
}

int pktcap_send_paced(struct pktcap_send *s, struct pktcap_send_pace *pace,
		      const struct pktcap_packet *pkts, size_t n,
		      const volatile int *stop, size_t *sent,
		      struct pktcap_error *error)
{
	const struct pace_world world = {
		.now_ns = pace_monotonic_now,
		.sleep_until = pace_monotonic_sleep,
		.send = batch,
		.user = s,
	};

	return pace_send(pace, pkts, n, stop, sent, error, &world);
}
