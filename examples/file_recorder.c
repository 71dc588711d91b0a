// SPDX-License-Identifier: BSD-2-Clause
/*
 * A flight recorder: keeps the last packets in memory until SIGUSR2, then
 * writes them and the next AFTER ones.
 * cc file_recorder.c -lpktcap -o file_recorder &&
 * sudo ./file_recorder eth0 before.pcap 100
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/pktcap.h>

static volatile sig_atomic_t wanted;

static void want(int signal)
{
	(void)signal;
	wanted = 1;
}

/* Until what was triggered is over, or something fails. */
static int record(struct pktcap_capture *cap,
		  struct pktcap_file_recorder *recorder,
		  struct pktcap_file_writer *writer, uint64_t after)
{
	const struct pktcap_packet *pkt;
	int ret;

	for (;;) {
		ret = pktcap_capture_next(cap, &pkt, 100);
		if (ret > 0)
			ret = pktcap_file_recorder_add(recorder, pkt);
		if (ret && ret != -EINTR)
			return ret;
		if (!wanted)
			continue;
		wanted = 0;
		ret = pktcap_file_recorder_trigger(recorder, writer, after, 0);
		if (ret || !after)
			return ret;
	}
}

/* The file is made now: later may be when the disk has no room for it. */
static int record_to(struct pktcap_capture *cap, const char *path,
		     uint64_t after)
{
	struct pktcap_file_recorder *recorder;
	struct pktcap_file_writer *writer = NULL;
	struct pktcap_capture_info info;
	struct pktcap_error error;
	int err, close_err;

	pktcap_capture_info(cap, &info);
	/* At most 64 MiB, and nothing older than a minute. */
	err = pktcap_file_recorder_open(
		&recorder,
		&PKTCAP_FILE_RECORDER_OPTS(.bytes = 64 << 20,
					   .window_ns = 60 * 1000000000ull),
		&error);
	if (!err)
		err = pktcap_file_writer_open(&writer, path, info.linktype,
					      NULL, &error);
	if (err) {
		fprintf(stderr, "%s\n", error.text);
	} else {
		err = record(cap, recorder, writer, after);
		close_err = pktcap_file_writer_close(writer);
		if (err >= 0)
			err = close_err;
		if (err)
			fprintf(stderr, "%s: %s\n", path, strerror(-err));
	}
	pktcap_file_recorder_close(recorder);
	return err;
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = want };
	struct pktcap_capture *cap;
	struct pktcap_error error;
	int err;

	if (argc != 4 || argv[1][0] == '-') {
		fprintf(stderr, "usage: %s INTERFACE FILE AFTER\n", argv[0]);
		return 2;
	}
	sigaction(SIGUSR2, &action, NULL);
	if (pktcap_capture_open(&cap, argv[1], NULL, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	err = record_to(cap, argv[2], strtoull(argv[3], NULL, 10));
	pktcap_capture_close(cap);
	return err != 0;
}
