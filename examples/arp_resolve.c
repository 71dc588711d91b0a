// SPDX-License-Identifier: BSD-2-Clause
/*
 * Asks the local network which hardware address an IPv4 (ARP) or IPv6 address
 * (neighbour discovery) has, and prints "ADDRESS: MAC".
 * cc arp_resolve.c -lpktcap -o arp_resolve && sudo ./arp_resolve eth0 10.0.0.1
 */
#include "ask_options.h"
#include "ask_sweep.h"

static const char usage[] = "[--from ADDRESS] [--retries N] [--timeout MS] "
			    "INTERFACE ADDRESS";

/* Who has no address of its own in that network may ask all the same. */
static void tell_source(const struct ask *ask)
{
	const struct ask_host *host = &ask->hosts[0];
	const struct pktcap_address *own;
	bool inside;

	own = ask_own(ask, &host->address, &inside);
	if (ask->from.family == host->address.family || inside)
		return;
	if (own)
		fprintf(stderr,
			"%s: in none of its networks: asked all the "
			"same\n",
			ask->ifname);
	else
		fprintf(stderr,
			"%s: has no address of this kind: asked "
			"without one, as a probe\n",
			ask->ifname);
}

/* Returns the exit code. */
static int resolve(struct ask *ask)
{
	const struct ask_host *host = &ask->hosts[0];

	if (ask_open(ask))
		return 1;
	tell_source(ask);
	if (ask_sweep(ask, NULL))
		return 1;
	if (!host->answered) {
		ask_print(stderr, host, ": no answer on ", NULL);
		fprintf(stderr, "%s to %u request%s\n", ask->ifname,
			ask->retries + 1, ask->retries ? "s" : "");
		return 1;
	}
	ask_print(stdout, host, ": ", host->mac);
	putchar('\n');
	return output_end();
}

int main(int argc, char **argv)
{
	struct ask ask;
	int ret;

	if (ask_options(&ask, argc, argv, "frt", usage))
		return 2;
	if (!ask.ifname || argc - optind != 1 || strchr(argv[optind], '/'))
		return ask_usage(argv[0], usage);
	if (ask_add(&ask, argv[optind]))
		return 2;
	ret = resolve(&ask);
	ask_close(&ask);
	return ret;
}
