// SPDX-License-Identifier: BSD-2-Clause
/*
 * Whole programs that capture a flood into a file: bench_tools PKTSNIFF. Their
 * CPU time, user and system, less what the same program needs to start and to
 * end without a packet, for each packet that is in the file.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/harness.h"
#include "support/world.h"

enum {
	FRAME_BYTES = 64,
	/* In each round: 2.1 million in all. */
	PACKETS = 300000,
	PCAP_HEADER = 24,
	PCAP_RECORD = 16 + FRAME_BYTES,
	/* What a reader gets to empty its buffer after the flood. */
	SETTLE_US = 150000,
};

#define BUFFER_KIB "16384" /* pktsniff's own choice for files */

struct plan {
	const char *const *command;
	uint32_t round;
	double lost[BENCH_ROUNDS];
};

static int sender;
static char dir[] = "/dev/shm/pktcap-bench-XXXXXX";
static char file[sizeof(dir) + 16];

/* Programs listen with a protocol; the sender has none. */
static bool somebody_captures(void)
{
	FILE *sockets = fopen("/proc/net/packet", "re");
	char line[256];
	bool found = false;

	while (sockets && fgets(line, sizeof(line), sockets))
		found |= strstr(line, " 0003 ") != NULL;
	if (sockets)
		fclose(sockets);
	return found;
}

/* Not installed, or in want of rights that a namespace does not give. */
static int why_ended(int status)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == 127 ? -ENOENT
							       : -EPERM;
}

static int wait_until_capturing(pid_t pid)
{
	int status;

	for (int i = 0; i < 1000; i++) {
		if (somebody_captures())
			return 0;
		if (waitpid(pid, &status, WNOHANG) == pid)
			return why_ended(status);
		usleep(10000);
	}
	return -ETIMEDOUT;
}

/* Ends it as an operator does and tells the CPU time of its whole life. */
static double finish(pid_t pid)
{
	struct rusage usage = { 0 };

	kill(pid, SIGINT);
	wait4(pid, NULL, 0, &usage);
	return bench_seconds(&usage);
}

static double packets_in_file(void)
{
	struct stat status;

	if (stat(file, &status) || status.st_size < PCAP_HEADER)
		return 0;
	return (double)((status.st_size - PCAP_HEADER) / PCAP_RECORD);
}

static int capture(const char *const *command, uint32_t count, double *cpu,
		   double *packets)
{
	pid_t pid = bench_start(command);
	int err;

	if (pid < 0)
		return -errno;
	err = wait_until_capturing(pid);
	if (err == -ENOENT || err == -EPERM)
		return err;
	if (!err && count)
		err = world_flood(sender, 0, count, FRAME_BYTES);
	if (count)
		usleep(SETTLE_US);
	*cpu = finish(pid);
	*packets = packets_in_file();
	unlink(file);
	return err;
}

/* Nanoseconds for one packet. */
static int run(void *arg, double *result)
{
	struct plan *plan = arg;
	double idle, busy, packets;
	int err = capture(plan->command, 0, &idle, &packets);

	if (!err)
		err = capture(plan->command, PACKETS, &busy, &packets);
	if (!err && packets < 1)
		err = -ENODATA;
	if (err)
		return err;
	*result = (busy - idle) * 1e9 / packets;
	plan->lost[plan->round++] = 100 - 100 * packets / PACKETS;
	return 0;
}

static void compare(const char *pktsniff)
{
	const char *const sniff[] = { pktsniff,	  "-i", "pk1", "-B",
				      BUFFER_KIB, "-w", file,  NULL };
	const char *const tcpdump[] = { "tcpdump", "-Z",  "root", "-n",
					"-i",	   "pk1", "-B",	  BUFFER_KIB,
					"-w",	   file,  NULL };
	const char *const netsniff[] = {
		"netsniff-ng", "--in", "pk1",	      "--out", file,
		"--silent",    "-A",   "--ring-size", "16MiB", NULL
	};
	enum { TCPDUMP, NETSNIFF, PKTSNIFF, N };
	struct plan plans[N] = { { .command = tcpdump },
				 { .command = netsniff },
				 { .command = sniff } };
	struct contender c[N] = {
		{ .name = "tcpdump -w", .run = run, .arg = &plans[TCPDUMP] },
		{ .name = "netsniff-ng", .run = run, .arg = &plans[NETSNIFF] },
		{ .name = "pktsniff -w", .run = run, .arg = &plans[PKTSNIFF] },
	};

	bench_run(c, N);
	bench_row("to a file", &c[TCPDUMP], "ns");
	bench_row("to a file", &c[NETSNIFF], "ns");
	bench_row_ratio("to a file", &c[PKTSNIFF], "ns", &c[TCPDUMP], 0.5);
	bench_row_ratio("to a file", &c[PKTSNIFF], "ns", &c[NETSNIFF], 1);
	for (size_t i = 0; i < N; i++)
		c[i].median = bench_quantile(plans[i].lost, BENCH_ROUNDS, 0.5);
	bench_row("to a file, lost", &c[TCPDUMP], "%");
	bench_row("to a file, lost", &c[NETSNIFF], "%");
	bench_row_ratio("to a file, lost", &c[PKTSNIFF], "%", &c[TCPDUMP], 1);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: bench_tools PKTSNIFF\n");
		return 2;
	}
	/* netsniff-ng locks pages: no user namespace gives the right to. */
	if (unshare(CLONE_NEWNET))
		world_enter_or_skip();
	sender = bench_sender();
	if (!mkdtemp(dir))
		bench_fail(dir, -errno);
	snprintf(file, sizeof(file), "%s/file.pcap", dir);
	compare(argv[1]);
	rmdir(dir);
	return 0;
}
