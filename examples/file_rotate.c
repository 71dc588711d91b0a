// SPDX-License-Identifier: BSD-2-Clause
/*
 * Captures into pcapng files that begin at each multiple of SECONDS by the
 * clock, and keeps the last ten, until Ctrl-C. NAME is for strftime(3).
 * cc file_rotate.c -lpktcap -o file_rotate &&
 * sudo ./file_rotate eth0 eth0-%H%M%S.pcapng 60
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <pktcap/pktcap.h>

static struct pktcap_capture *cap;

static void stop(int signal)
{
	(void)signal;
	pktcap_capture_stop(cap);
}

static void on_finished(void *user, const char *path)
{
	fprintf(user, "%s\n", path);
}

/* What each file ends with: how many packets there were so far. */
static int on_counters(void *user, uint32_t interface,
		       struct pktcap_file_interface_stats *counters)
{
	struct pktcap_capture_stats stats;

	if (user || interface || pktcap_capture_stats(cap, &stats))
		return 0;
	counters->has = PKTCAP_FILE_HAS_DELIVERED;
	counters->ts_ns = time(NULL) * INT64_C(1000000000);
	counters->delivered = stats.delivered;
	return 1;
}

static int run(struct pktcap_file_rotation *rotation)
{
	const struct pktcap_packet *pkts;
	int wait_ms, n, err;

	do {
		err = pktcap_file_rotation_tick(rotation, 0, &wait_ms);
		n = err ? err : pktcap_capture_batch(cap, &pkts, 64, wait_ms);
		for (int i = 0; i < n && !err; i++)
			err = pktcap_file_rotation_write(rotation, &pkts[i]);
	} while (!err && (n >= 0 || n == -EINTR));
	return err ? err : n == -ECANCELED ? 0 : n;
}

int main(int argc, char **argv)
{
	struct pktcap_file_rotation_opts opts = PKTCAP_FILE_ROTATION_OPTS(
			.format = PKTCAP_FILE_FORMAT_PCAPNG, .keep = 10,
			.flags = PKTCAP_FILE_ROTATION_STRFTIME |
				 PKTCAP_FILE_ROTATION_RENAME,
			.on_finished = on_finished, .finished_user = stdout,
			.on_counters = on_counters);
	struct pktcap_file_interface interface = { .name = argv[1] };
	struct pktcap_file_rotation *rotation;
	struct pktcap_capture_info info;
	struct pktcap_error error;
	uint32_t id;
	int err;

	if (argc != 4 || argv[1][0] == '-') {
		fprintf(stderr, "usage: %s INTERFACE NAME SECONDS\n", argv[0]);
		return 2;
	}
	opts.interval_s = (uint32_t)strtoul(argv[3], NULL, 10);
	if (pktcap_capture_open(&cap, argv[1], NULL, &error))
		goto fail;
	pktcap_capture_info(cap, &info);
	if (pktcap_file_rotation_open(&rotation, argv[2], info.linktype, &opts,
				      &error))
		goto fail;
	signal(SIGINT, stop);
	interface.linktype = info.linktype;
	interface.ifindex = (int32_t)info.ifindex;
	err = pktcap_file_writer_interface(
		pktcap_file_rotation_writer(rotation), &interface, &id);
	err = err ? err : run(rotation);
	err = err ? err : pktcap_file_rotation_close(rotation);
	if (err)
		fprintf(stderr, "%s\n", strerror(-err));
	pktcap_capture_close(cap);
	return err != 0;
fail:
	fprintf(stderr, "%s\n", error.text);
	pktcap_capture_close(cap);
	return 1;
}
