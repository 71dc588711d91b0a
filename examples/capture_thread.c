// SPDX-License-Identifier: BSD-2-Clause
/*
 * Captures in a thread of its own and prints the rate once a second meanwhile,
 * until Ctrl-C.
 * cc capture_thread.c -lpktcap -o capture_thread && sudo ./capture_thread eth0
 */
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <pktcap/pktcap.h>

/* Written by the capturing thread alone, read when that has ended. */
struct tally {
	uint64_t ipv4;
	uint64_t ipv6;
	uint64_t other;
};

static int count_packet(void *user, const struct pktcap_packet *pkt)
{
	struct tally *tally = user;

	if (pkt->protocol == 0x0800)
		tally->ipv4++;
	else if (pkt->protocol == 0x86dd)
		tally->ipv6++;
	else
		tally->other++;
	return 0;
}

static void print_rates(struct pktcap_capture *cap, const sigset_t *signals)
{
	const struct timespec second = { .tv_sec = 1 };
	struct pktcap_capture_stats now, last = { 0 };

	/* A second is over, or another signal than ours came. */
	while (sigtimedwait(signals, NULL, &second) < 0 &&
	       !pktcap_capture_stats(cap, &now)) {
		printf("%" PRIu64 " packets/s, %" PRIu64 " bytes/s, %" PRIu64
		       " dropped\n",
		       now.delivered - last.delivered,
		       now.wire_bytes - last.wire_bytes,
		       now.dropped - last.dropped);
		last = now;
	}
}

int main(int argc, char **argv)
{
	struct pktcap_capture_opts opts =
		PKTCAP_CAPTURE_OPTS(.max_delay_us = 10000);
	struct pktcap_capture *cap;
	struct pktcap_error error;
	struct tally tally = { 0 };
	sigset_t signals;
	int err;

	if (argc != 2 || argv[1][0] == '-') {
		fprintf(stderr, "usage: %s INTERFACE\n", argv[0]);
		return 2;
	}
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);

	if (pktcap_capture_open(&cap, argv[1], &opts, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	err = pktcap_capture_start(cap, count_packet, &tally);
	if (!err) {
		print_rates(cap, &signals);
		pktcap_capture_stop(cap);
		err = pktcap_capture_join(cap);
	}
	if (err && err != -ECANCELED)
		fprintf(stderr, "%s: %s\n", argv[1], strerror(-err));
	printf("%" PRIu64 " IPv4, %" PRIu64 " IPv6, %" PRIu64 " other\n",
	       tally.ipv4, tally.ipv6, tally.other);
	pktcap_capture_close(cap);
	return err != -ECANCELED;
}
