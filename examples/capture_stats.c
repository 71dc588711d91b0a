// SPDX-License-Identifier: BSD-2-Clause
/*
 * Captures in the background for some seconds (5) on an interface (lo): source
 * and destination of each IPv4 packet, then how many had which protocol.
 * cc capture_stats.c -lpktcap -o capture_stats && sudo ./capture_stats eth0 10
 */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <pktcap/pktcap.h>

#include "output.h"

static const struct {
	const char *name;
	uint32_t proto;
} counted[] = {
	{ "Ethernet", PKTCAP_PROTO_ETH }, { "IPv4", PKTCAP_PROTO_IPV4 },
	{ "IPv6", PKTCAP_PROTO_IPV6 },	  { "TCP", PKTCAP_PROTO_TCP },
	{ "UDP", PKTCAP_PROTO_UDP },	  { "DNS", PKTCAP_PROTO_DNS },
	{ "HTTP", PKTCAP_PROTO_HTTP },	  { "TLS", PKTCAP_PROTO_TLS },
};
enum { COUNTED = sizeof(counted) / sizeof(counted[0]) };

/* Written by the capturing thread alone, read when that has ended. */
struct tally {
	uint64_t packets;
	uint64_t of[COUNTED];
};

static int count_packet(void *user, const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	char src[INET_ADDRSTRLEN], dst[INET_ADDRSTRLEN];
	const struct pktcap_layer *layer;
	struct tally *tally = user;
	struct pktcap_ipv4 ip;

	tally->packets++;
	for (size_t i = 0; i < COUNTED; i++)
		if (pktcap_layer_find(layers, n, counted[i].proto))
			tally->of[i]++;
	layer = pktcap_layer_find(layers, n, PKTCAP_PROTO_IPV4);
	if (layer && !pktcap_ipv4_get(layer, &ip))
		printf("%s > %s\n",
		       inet_ntop(AF_INET, ip.src, src, sizeof(src)),
		       inet_ntop(AF_INET, ip.dst, dst, sizeof(dst)));
	return 0;
}

/* Packets are counted meanwhile; Ctrl-C ends it early. */
static void wait_seconds(time_t seconds)
{
	const struct timespec time = { .tv_sec = seconds };
	sigset_t interrupt;

	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	sigprocmask(SIG_BLOCK, &interrupt, NULL);
	sigtimedwait(&interrupt, NULL, &time);
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "lo";
	unsigned long seconds = argc > 2 ? strtoul(argv[2], NULL, 10) : 5;
	struct tally tally = { 0 };
	struct pktcap_capture *cap;
	struct pktcap_error error;
	int err;

	if (argc > 3 || name[0] == '-' || seconds < 1 || seconds > 86400) {
		fprintf(stderr, "usage: %s [INTERFACE [SECONDS]]\n", argv[0]);
		return 2;
	}
	if (pktcap_capture_open(&cap, name, NULL, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	err = pktcap_capture_start(cap, count_packet, &tally);
	if (!err) {
		wait_seconds((time_t)seconds);
		pktcap_capture_stop(cap);
		err = pktcap_capture_join(cap);
	}
	pktcap_capture_close(cap);
	printf("%" PRIu64 " packets\n", tally.packets);
	for (size_t i = 0; i < COUNTED; i++)
		printf("%-8s %" PRIu64 "\n", counted[i].name, tally.of[i]);
	if (err == -ECANCELED) /* by our stop */
		return output_end();
	fprintf(stderr, "%s: %s\n", name, strerror(-err));
	return 1;
}
