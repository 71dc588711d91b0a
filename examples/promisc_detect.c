// SPDX-License-Identifier: BSD-2-Clause
/*
 * Who listens? On this host: interfaces, packet sockets, processes. Hosts of a
 * network are asked who they are, in frames that their interface filters
 * unless it is promiscuous: false_frames.h. -v shows which were answered.
 * cc promisc_detect.c -lpktcap -o promisc_detect && sudo ./promisc_detect eth0
 */
#include "ask_options.h"
#include "ask_sweep.h"
#include "false_frames.h"
#include "promisc_local.h"

static const char usage[] =
	"[-v] [[--from ADDRESS] [--rate RATE] [--retries N] "
	"[--timeout MS] INTERFACE [ADDRESS|PREFIX...]]";

/* Frames get lost: what was answered once is answered. */
enum { PASSES = 2 };

static void print(const struct ask *ask, const uint32_t *taken,
		  const uint32_t *sure)
{
	for (size_t i = 0; i < ask->n; i++) {
		const struct ask_host *host = &ask->hosts[i];

		ask_print(stdout, host, " ", host->mac);
		printf(" %s\n",
		       false_frames_verdict(host->mac, taken[i], sure[i]));
		for (int j = 0; j < FALSE_FRAMES && ask->verbose; j++) {
			fputs("    ", stdout);
			ask_print_mac(stdout, false_frames[j].mac);
			printf(" %-8s (%s)\n",
			       taken[i] >> j & 1  ? "answered"
			       : sure[i] >> j & 1 ? "-"
						  : "unknown",
			       false_frames[j].what);
		}
	}
}

static int probe(struct ask *ask, uint32_t *taken, uint32_t *sure)
{
	for (int i = 0; i < FALSE_FRAMES * PASSES; i++) {
		int frame = i % FALSE_FRAMES;

		if (ask_sweep(ask, false_frames[frame].mac))
			return -1;
		for (size_t j = 0; j < ask->n; j++) {
			taken[j] |= (uint32_t)ask->hosts[j].probed << frame;
			sure[j] |= (uint32_t)ask->hosts[j].answered << frame;
		}
	}
	return 0;
}

static int detect(struct ask *ask)
{
	uint32_t *taken, *sure;
	int ret;

	if (ask_sweep(ask, NULL))
		return -1;
	fprintf(stderr, "%zu of %zu addresses answered\n",
		ask->n - ask->waiting, ask->n);
	ask_forget_silent(ask);
	for (size_t i = 0; i < ask->n; i++)
		if (!memcmp(ask_from(ask, &ask->hosts[i].address),
			    neighbour_nobody, 16))
			return ask_failed(ask->ifname, "it has no address to "
						       "ask from: --from");
	taken = calloc(ask->n + 1, sizeof(*taken));
	sure = calloc(ask->n + 1, sizeof(*sure));
	ret = taken && sure ? probe(ask, taken, sure)
			    : ask_failed("hosts", strerror(ENOMEM));
	if (!ret)
		print(ask, taken, sure);
	free(taken);
	free(sure);
	return ret;
}

int main(int argc, char **argv)
{
	struct ask ask;
	int ret;

	if (ask_options(&ask, argc, argv, "frtRv", usage))
		return 2;
	if (!ask.ifname)
		return promisc_local(ask.verbose) || output_end();
	ret = 2;
	while (optind < argc)
		if (ask_add(&ask, argv[optind++]))
			goto out;
	ret = ask_open(&ask) || (!ask.n && ask_add_own(&ask)) || detect(&ask) ||
	      output_end();
out:
	ask_close(&ask);
	return ret;
}
