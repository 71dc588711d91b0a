// SPDX-License-Identifier: BSD-2-Clause
/*
 * Sends the packets of a capture file as fast as they were captured, or else.
 * cc replay.c -lpktcap -o replay && sudo ./replay eth0 file.pcap --speed 2
 */
#include <getopt.h>
#include <netinet/ether.h>

#include "batch.h"
#include "rate.h"
#include "sender.h"

enum { DMAC, SMAC, SPEED, RATE, TOPSPEED, LOOP };

static struct batch batch;
static struct ether_addr macs[2]; /* DMAC and SMAC */
static bool rewrite[2];
static struct pktcap_send_pace_opts speed =
	PKTCAP_SEND_PACE_OPTS(.speed_ppm = 1000000);
static int speeds, loops = 1; /* 0: until a signal */

static bool take_option(int option, const char *value)
{
	if (option == DMAC || option == SMAC)
		return (rewrite[option] = ether_aton_r(value, &macs[option])) ||
		       !rate_wrong("MAC", value, "not as 02:00:00:00:00:01");
	if (option == LOOP)
		return (loops = rate_count("--loop", value)) >= 0;
	speed = PKTCAP_SEND_PACE_OPTS(0);
	speeds++;
	if (option == SPEED)
		return !rate_speed("--speed", value, &speed);
	return option == RATE ? !rate_parse("--rate", value, &speed)
			      : option == TOPSPEED;
}

static bool take_options(int argc, char **argv)
{
	static const struct option options[] = {
		{ "dmac", required_argument, NULL, DMAC },
		{ "smac", required_argument, NULL, SMAC },
		{ "speed", required_argument, NULL, SPEED },
		{ "rate", required_argument, NULL, RATE },
		{ "topspeed", no_argument, NULL, TOPSPEED },
		{ "loop", required_argument, NULL, LOOP },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) >= 0)
		if (!take_option(option, optarg))
			return false;
	/* Standard input comes only once. */
	return argc - optind == 2 && speeds <= 1 &&
	       (loops == 1 || strcmp(argv[optind + 1], "-"));
}

static void set_macs(struct batch *frames)
{
	for (int i = 0; i < frames->n; i++)
		for (int j = 0; j < 2 && frames->pkts[i].caplen >= 14; j++)
			if (rewrite[j])
				memcpy(frames->frames[i] + 6 * j, &macs[j], 6);
}

/* A file of which nothing can be sent comes once: no signal would be seen. */
static int send_loops(const char *path, struct pktcap_error *error)
{
	uint64_t before;
	int err = 0;

	for (int i = 0; !err && (i < loops || !loops); i++) {
		before = batch.pace.packets;
		err = batch_file(&batch, path, error);
		if (batch.pace.packets == before)
			break;
	}
	return err;
}

int main(int argc, char **argv)
{
	struct pktcap_send_info info;
	struct pktcap_error error;
	int err;

	if (!take_options(argc, argv)) {
		fputs("usage: replay INTERFACE FILE [--speed TIMES | --rate "
		      "1000|10Mbit | --topspeed]\n\t[--loop N, 0: for ever] "
		      "[--dmac MAC] [--smac MAC]\n",
		      stderr);
		return 2;
	}
	if (pktcap_send_pace_start(&batch.pace, &speed, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	if (sender_open(&batch.send, argv[optind], NULL, &info))
		return 1;
	if ((rewrite[DMAC] || rewrite[SMAC]) &&
	    info.linktype != PKTCAP_LINKTYPE_ETHERNET) {
		fprintf(stderr, "%s: is not Ethernet: no --dmac and --smac\n",
			info.ifname);
		return 1;
	}
	stop_on_signals();
	batch_start(&batch, argv[optind + 1], (uint64_t)loops);
	batch.change = set_macs;
	err = send_loops(argv[optind + 1], &error);
	if (err)
		fprintf(stderr, "%s\n", error.text);
	pktcap_send_close(batch.send);
	return batch_report(&batch) || (err && (loops || err != -ECANCELED));
}
