// SPDX-License-Identifier: BSD-2-Clause
/*
 * Captures into a pcap file until Ctrl-C or COUNT packets, many at a time.
 * cc capture_file.c -lpktcap -o capture_file &&
 * sudo ./capture_file eth0 eth0.pcap
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/pktcap.h>

/* A signal handler has no argument of ours. */
static struct pktcap_capture *cap;

static void stop(int signal)
{
	(void)signal;
	pktcap_capture_stop(cap);
}

static void stop_on_signals(void)
{
	struct sigaction action = { .sa_handler = stop };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static int write_packet(void *writer, const struct pktcap_packet *pkt)
{
	return pktcap_file_writer_write(writer, pkt);
}

static int open_file(struct pktcap_file_writer **writer, const char *path)
{
	struct pktcap_capture_info info;
	struct pktcap_error error;
	int err;

	pktcap_capture_info(cap, &info);
	err = pktcap_file_writer_open(writer, path, info.linktype, NULL,
				      &error);
	if (err)
		fprintf(stderr, "%s\n", error.text);
	return err;
}

static void print_counters(void)
{
	struct pktcap_capture_stats stats;

	if (!pktcap_capture_stats(cap, &stats))
		fprintf(stderr,
			"%" PRIu64 " packets captured, %" PRIu64
			" dropped by the kernel\n",
			stats.delivered, stats.dropped);
}

int main(int argc, char **argv)
{
	/* Packets may wait 100 ms in the kernel: that takes a mapped ring. */
	struct pktcap_capture_opts opts =
		PKTCAP_CAPTURE_OPTS(.max_delay_us = 100000);
	struct pktcap_file_writer *writer;
	struct pktcap_error error;
	int err, close_err;

	if (argc < 3 || argv[1][0] == '-') {
		fprintf(stderr, "usage: %s INTERFACE FILE [COUNT]\n", argv[0]);
		return 2;
	}
	if (pktcap_capture_open(&cap, argv[1], &opts, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	err = open_file(&writer, argv[2]);
	if (!err) {
		stop_on_signals();
		err = pktcap_capture_loop(
			cap, argc > 3 ? strtoull(argv[3], NULL, 10) : 0,
			write_packet, writer);
		/* What is still buffered may be what the disk refuses. */
		close_err = pktcap_file_writer_close(writer);
		if (!err || err == -ECANCELED)
			err = close_err;
		if (err)
			fprintf(stderr, "%s: %s\n", argv[2], strerror(-err));
		print_counters();
	}
	pktcap_capture_close(cap);
	return err != 0;
}
