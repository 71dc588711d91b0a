// SPDX-License-Identifier: BSD-2-Clause
/*
 * Pacing: bench_pace REPLAY [SECONDS]. How far the time from the first frame to
 * the last one, as the other end of a veth pair saw them, is from what it was
 * to be; and the CPU time that sending at this pace took. Once each: a run is
 * long. Then the CPU time of a packet where there is no pace.
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pktcap/pktcap.h>

#include "bench/harness.h"
#include "support/world.h"

enum { FRAME_BYTES = 64, FLOOD = 300000, OWN_PER_S = 1000 };

#define ENDS_MAX_S 60
#define SECOND_NS INT64_C(1000000000)

static const char *replay;
static unsigned int seconds = 2;
static char dir[] = "/dev/shm/pktcap-bench-XXXXXX";
static char file[sizeof(dir) + 16], trafgen[sizeof(dir) + 16];

struct plan {
	const char *command[10];
	uint32_t packets;
	double ideal_s;
	double cpu_percent;
};

static void write_trafgen(const uint8_t *frame)
{
	FILE *config = fopen(trafgen, "we");

	if (!config)
		bench_fail(trafgen, -errno);
	fputs("{ ", config);
	for (int i = 0; i < FRAME_BYTES; i++)
		fprintf(config, "%s0x%02x", i ? ", " : "", frame[i]);
	fputs(" }\n", config);
	fclose(config);
}

/* Gaps of all lengths, or all alike; @per_s packets a second either way. */
static void write_file(uint32_t packets, uint32_t per_s, bool alike)
{
	struct pktcap_file_writer *writer;
	struct pktcap_packet pkt = { .caplen = FRAME_BYTES,
				     .wirelen = FRAME_BYTES,
				     .linktype = PKTCAP_LINKTYPE_ETHERNET,
				     .ts_ns = 1700000000 * SECOND_NS };
	int64_t gap_ns = SECOND_NS / per_s;
	uint8_t frame[FRAME_BYTES];
	int err = pktcap_file_writer_open(&writer, file, pkt.linktype,
					  &PKTCAP_FILE_WRITER_OPTS(), NULL);

	pkt.data = frame;
	for (uint32_t i = 0; i < packets && !err; i++) {
		world_frame(frame, FRAME_BYTES, WORLD_FLOOD_PORT, i);
		err = pktcap_file_writer_write(writer, &pkt);
		/* Short and long ones take turns: 0.1 and 1.9 of a gap. */
		if (alike)
			pkt.ts_ns += gap_ns;
		else
			pkt.ts_ns +=
				i % 2 ? 2 * gap_ns - gap_ns / 10 : gap_ns / 10;
	}
	if (!err)
		err = pktcap_file_writer_close(writer);
	if (err)
		bench_fail(file, err);
	write_trafgen(frame);
}

static struct pktcap_capture *listen_for_ends(uint32_t packets)
{
	struct pktcap_capture *cap;
	struct pktcap_filter *filter;
	struct pktcap_error error;
	const struct pktcap_insn *insns;
	char ends[64];
	size_t n;

	snprintf(ends, sizeof(ends), "udp[8:4] = 0 or udp[8:4] = %u",
		 packets - 1);
	if (pktcap_filter_compile(
		    &filter, ends,
		    &PKTCAP_FILTER_OPTS(.linktype = PKTCAP_LINKTYPE_ETHERNET,
					.flags = PKTCAP_FILTER_LIVE),
		    &error))
		bench_fail(error.text, error.code);
	insns = pktcap_filter_program(filter, &n);
	if (pktcap_capture_open(&cap, "pk1",
				&PKTCAP_CAPTURE_OPTS(.filter = insns,
						     .filter_len = (uint32_t)n),
				&error))
		bench_fail(error.text, error.code);
	pktcap_filter_free(filter);
	return cap;
}

static int end_at(struct pktcap_capture *cap, int64_t *ts_ns)
{
	const struct pktcap_packet *pkt;
	int ret = pktcap_capture_next(cap, &pkt, ENDS_MAX_S * 1000);

	if (ret > 0)
		*ts_ns = pkt->ts_ns;
	return ret > 0 ? 0 : ret < 0 ? ret : -ETIMEDOUT;
}

static int finish(pid_t pid, double *cpu_s)
{
	struct rusage usage = { 0 };
	int status;

	if (wait4(pid, &status, 0, &usage) < 0)
		return -errno;
	*cpu_s = bench_seconds(&usage);
	if (!WIFEXITED(status) || WEXITSTATUS(status) == 127)
		return -ENOENT;
	return WEXITSTATUS(status) ? -EPERM : 0;
}

/* Millionths that the last frame is early or late. */
static int drift(void *arg, double *result)
{
	struct plan *plan = arg;
	struct pktcap_capture *cap = listen_for_ends(plan->packets);
	pid_t pid = bench_start(plan->command);
	int64_t first = 0, last = 0;
	double cpu_s = 0, took_s;
	int err = finish(pid, &cpu_s);

	if (!err)
		err = end_at(cap, &first);
	if (!err)
		err = end_at(cap, &last);
	pktcap_capture_close(cap);
	took_s = (double)(last - first) / 1e9;
	*result = 1e6 * (took_s / plan->ideal_s - 1);
	if (*result < 0)
		*result = -*result;
	plan->cpu_percent = 100 * cpu_s / plan->ideal_s;
	return err;
}

/* Nanoseconds of CPU time for a packet, the program's start included. */
static int flood(void *arg, double *result)
{
	struct plan *plan = arg;
	double cpu_s = 0;
	int err = finish(bench_start(plan->command), &cpu_s);

	*result = cpu_s * 1e9 / plan->packets;
	return err;
}

/* Once each: drift and CPU time of three programs with an option for pace. */
static void compare_pace(const char *name, uint32_t packets, double ideal_s,
			 const char *ours, const char *theirs)
{
	enum { TCPREPLAY, NANO, REPLAY, N };
	struct plan plans[N] = {
		{ .command = { "tcpreplay", "-i", "pk0", theirs, file, NULL } },
		{ .command = { "tcpreplay", "-T", "nano", "-i", "pk0", theirs,
			       file, NULL } },
		{ .command = { replay, "pk0", file, ours, NULL } },
	};
	struct contender c[N] = { { .name = "tcpreplay" },
				  { .name = "tcpreplay -T nano" },
				  { .name = "replay" } };
	char row[64];

	for (int i = 0; i < N; i++) {
		plans[i].packets = packets;
		plans[i].ideal_s = ideal_s;
		c[i].err = drift(&plans[i], &c[i].median);
	}
	snprintf(row, sizeof(row), "%s, %u s, off by", name, seconds);
	bench_row(row, &c[TCPREPLAY], "ppm");
	bench_row(row, &c[NANO], "ppm");
	bench_row_limit(row, &c[REPLAY], "ppm", 10000);
	snprintf(row, sizeof(row), "%s, %u s, CPU", name, seconds);
	for (int i = 0; i < N; i++) {
		c[i].median = plans[i].cpu_percent;
		bench_row(row, &c[i], "%");
	}
}

static void compare_rate(uint32_t per_s)
{
	char ours[32], theirs[32], name[32];
	uint32_t packets = seconds * per_s + 1;

	snprintf(ours, sizeof(ours), "--rate=%u", per_s);
	snprintf(theirs, sizeof(theirs), "--pps=%u", per_s);
	snprintf(name, sizeof(name), "%u packets/s", per_s);
	write_file(packets, per_s, true);
	compare_pace(name, packets, seconds, ours, theirs);
}

static void compare_floods(void)
{
	enum { TCPREPLAY, TRAFGEN, REPLAY, N };
	struct plan plans[N] = {
		{ .command = { "tcpreplay", "--topspeed", "-i", "pk0", file,
			       NULL } },
		{ .command = { "trafgen", "--cpus=1", "--dev=pk0", "--num",
			       "300000", "--conf", trafgen, NULL } },
		{ .command = { replay, "pk0", file, "--topspeed", NULL } },
	};
	struct contender c[N] = { { .name = "tcpreplay --topspeed" },
				  { .name = "trafgen" },
				  { .name = "replay --topspeed" } };

	write_file(FLOOD, 1000, true);
	for (int i = 0; i < N; i++) {
		plans[i].packets = FLOOD;
		c[i].run = flood;
		c[i].arg = &plans[i];
	}
	bench_run(c, N);
	bench_row("no pace, CPU", &c[TCPREPLAY], "ns");
	bench_row("no pace, CPU", &c[TRAFGEN], "ns");
	bench_row_ratio("no pace, CPU", &c[REPLAY], "ns", &c[TCPREPLAY], 1);
	bench_row_ratio("no pace, CPU", &c[REPLAY], "ns", &c[TRAFGEN], 1);
}

int main(int argc, char **argv)
{
	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: bench_pace REPLAY [SECONDS]\n");
		return 2;
	}
	replay = argv[1];
	if (argc > 2)
		seconds = (unsigned int)strtoul(argv[2], NULL, 10);
	/* trafgen wants rights that no user namespace gives. */
	if (unshare(CLONE_NEWNET))
		world_enter_or_skip();
	close(bench_sender());
	if (!mkdtemp(dir))
		bench_fail(dir, -errno);
	snprintf(file, sizeof(file), "%s/file.pcap", dir);
	snprintf(trafgen, sizeof(trafgen), "%s/trafgen", dir);
	compare_rate(100);
	compare_rate(10000);
	compare_rate(100000);
	write_file(seconds * OWN_PER_S + 1, OWN_PER_S, false);
	compare_pace("own gaps", seconds * OWN_PER_S + 1, seconds, "--speed=1",
		     "--multiplier=1");
	compare_floods();
	unlink(file);
	unlink(trafgen);
	rmdir(dir);
	return 0;
}
