/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef SEND_PACE_H
#define SEND_PACE_H

#include <pktcap/send.h>

/* Where time comes from and packets go: the kernel, or a test. */
struct pace_world {
	int64_t (*now_ns)(void *user);
	/* 0, -EINTR, or another negative errno. */
	int (*sleep_until)(void *user, int64_t ns);
	/* As pktcap_send_batch(). */
	int (*send)(void *user, const struct pktcap_packet *pkts, size_t n,
		    size_t *sent, struct pktcap_error *error);
	void *user;
};

int64_t pace_monotonic_now(void *user);
int pace_monotonic_sleep(void *user, int64_t ns);

/* pktcap_send_pace_wait() and pktcap_send_paced() in such a world. */
int pace_wait(const struct pktcap_send_pace *pace, int64_t due_ns,
	      const volatile int *stop, const struct pace_world *world);
int pace_send(struct pktcap_send_pace *pace, const struct pktcap_packet *pkts,
	      size_t n, const volatile int *stop, size_t *sent,
	      struct pktcap_error *error, const struct pace_world *world);

#endif
