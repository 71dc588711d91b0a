// SPDX-License-Identifier: BSD-2-Clause
/*
 * Whole programs that print a capture: bench_print PKTSNIFF. CPU time of their
 * lives, user and system, for each packet of a file in which all Ethernet
 * packets of tests/data come again and again; less of it for tshark.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "bench/harness.h"
#include "support/captures.h"

enum { PACKETS = 100000, JSON_PACKETS = 20000, BASE = 10 };

static char path[] = "/tmp/bench_print.XXXXXX";

struct plan {
	const char *const *command;
	unsigned int packets;
};

static int run(void *arg, double *result)
{
	const struct plan *plan = arg;
	pid_t pid = bench_start(plan->command);
	struct rusage usage;
	int status;

	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid)
		return -errno;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return -ENOENT;
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		return -EPROTO;
	*result = bench_seconds(&usage) * 1e9 / plan->packets;
	return 0;
}

struct copies {
	struct pktcap_file_writer *writer;
	unsigned int count;
};

/* 1: enough. */
static int append(void *arg, const char *from, const struct pktcap_packet *pkt)
{
	struct copies *copies = arg;
	struct pktcap_packet copy = *pkt;

	(void)from;
	if (copies->count == PACKETS)
		return 1;
	if (pkt->linktype != PKTCAP_LINKTYPE_ETHERNET || !pkt->caplen)
		return 0;
	copy.ts_ns = ++copies->count * INT64_C(1000000);
	return pktcap_file_writer_write(copies->writer, &copy);
}

static int make_capture(void)
{
	struct copies copies = { .count = 0 };
	int err, ret = pktcap_file_writer_open(&copies.writer, path,
					       PKTCAP_LINKTYPE_ETHERNET, NULL,
					       NULL);

	if (ret)
		return ret;
	do
		ret = captures_each(append, &copies);
	while (!ret && copies.count);
	err = pktcap_file_writer_close(copies.writer);
	return ret < 0 ? ret : err;
}

static void compare(const char *title, struct plan *theirs, struct plan *ours,
		    double target)
{
	struct contender c[] = {
		{ .name = theirs->command[0], .run = run, .arg = theirs },
		{ .name = "pktsniff", .run = run, .arg = ours },
	};

	bench_run(c, 2);
	bench_row(title, &c[0], "ns");
	bench_row_ratio(title, &c[1], "ns", &c[0], target);
}

static void compare_lines(const char *pktsniff, const char *options)
{
	const char *const sniff[] = { pktsniff, options, "-r", path, NULL };
	const char *const dump[] = { "tcpdump", options, "-r", path, NULL };
	char title[32];

	snprintf(title, sizeof(title), "print %s", options);
	compare(title, &(struct plan){ dump, PACKETS },
		&(struct plan){ sniff, PACKETS }, 0.5);
}

static void compare_json(const char *pktsniff)
{
	char count[BASE + 1];
	const char *const sniff[] = { pktsniff, "-n", "--format", "json", "-c",
				      count,	"-r", path,	  NULL };
	const char *const tshark[] = { "tshark", "-n", "-T", "ek", "-c",
				       count,	 "-r", path, NULL };

	snprintf(count, sizeof(count), "%d", JSON_PACKETS);
	compare("print JSON", &(struct plan){ tshark, JSON_PACKETS },
		&(struct plan){ sniff, JSON_PACKETS }, 0.1);
}

int main(int argc, char **argv)
{
	int fd, err;

	if (argc != 2) {
		fprintf(stderr, "usage: bench_print PKTSNIFF\n");
		return 2;
	}
	fd = mkstemp(path);
	if (fd < 0)
		bench_fail(path, -errno);
	close(fd);
	/* tcpdump gives up its rights before it opens the file. */
	chmod(path, 0644);
	err = make_capture();
	if (err)
		bench_fail(path, err);
	compare_lines(argv[1], "-n");
	compare_lines(argv[1], "-ne");
	compare_lines(argv[1], "-nv");
	compare_json(argv[1]);
	unlink(path);
	return 0;
}
