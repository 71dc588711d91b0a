// SPDX-License-Identifier: BSD-2-Clause
/*
 * Asks every address of a prefix, the interface's own unless another is given,
 * and prints "ADDRESS MAC" for each that answers, by ARP or, of IPv6, neighbour
 * discovery. An address that two hosts claim has two lines. With --ipv6 those
 * are asked who answer an echo request to all nodes.
 * cc arp_scan.c -lpktcap -o arp_scan && sudo ./arp_scan eth0
 */
#include "ask_discover.h"
#include "ask_options.h"
#include "ask_sweep.h"

static const char usage[] =
	"[--from ADDRESS] [--rate RATE] [--retries N] [--timeout MS] "
	"INTERFACE [PREFIX|--ipv6]";

static int print(const struct ask *ask, bool failed)
{
	const char *end = failed ? " before it failed" : "";
	size_t answered = 0;

	for (size_t i = 0; i < ask->n; i++) {
		const struct ask_host *host = &ask->hosts[i];

		if (!host->answered)
			continue;
		answered++;
		ask_print(stdout, host, " ", host->mac);
		putchar('\n');
		if (!host->twice)
			continue;
		ask_print(stdout, host, " ", host->other);
		putchar('\n');
		ask_print(stderr, host, ": two hosts claim it\n", NULL);
	}
	fprintf(stderr, "%zu of %zu addresses answered%s\n", answered, ask->n,
		stop_wanted ? " when it was stopped" : end);
	return output_end();
}

/* Whom to ask is said already, or found out now. */
static int choose(struct ask *ask)
{
	if (ask->n)
		return 0;
	return ask->ipv6 ? ask_discover(ask) : ask_add_own(ask);
}

int main(int argc, char **argv)
{
	struct ask ask;
	int ret = 1;

	if (ask_options(&ask, argc, argv, "frtR6", usage))
		return 2;
	if (!ask.ifname || argc - optind > !ask.ipv6)
		return ask_usage(argv[0], usage);
	if (optind < argc && ask_add(&ask, argv[optind]))
		return 2;
	ask.patient = true;
	if (!ask_open(&ask) && !choose(&ask)) {
		ret = ask_sweep(&ask, NULL) ? 1 : 0;
		/* What was found is worth something all the same. */
		ret |= print(&ask, ret);
	}
	ask_close(&ask);
	return ret;
}
