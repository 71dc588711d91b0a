// SPDX-License-Identifier: BSD-2-Clause
/*
 * Eight files of 64-byte packets merged into one by whole programs:
 * bench_file_merge FILE_MERGE, against mergecap where it is installed. The
 * CPU time of their lives for each packet, and their memory with files of two
 * lengths: it is not to grow with them.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "bench/harness.h"

enum {
	FILES = 8,
	PACKET_BYTES = 64,
	/* In each file; a long one is five times as long. */
	SHORT = 100000,
	LONG = 5 * SHORT,
	PCAP_HEADER = 24,
	PCAP_RECORD = 16 + PACKET_BYTES,
};

static char dir[] = "/dev/shm/pktcap-bench-XXXXXX";
static char inputs[FILES][sizeof(dir) + 16];
static char output[sizeof(dir) + 16];

static void make_file(const char *path, uint32_t packets, uint32_t seed)
{
	static const uint8_t bytes[PACKET_BYTES];
	struct pktcap_packet pkt = { .data = bytes,
				     .caplen = PACKET_BYTES,
				     .wirelen = PACKET_BYTES,
				     .ts_ns = INT64_C(1700000000) * 1000000000,
				     .linktype = PKTCAP_LINKTYPE_ETHERNET };
	struct pktcap_file_writer *writer;
	int err = pktcap_file_writer_open(&writer, path, pkt.linktype, NULL,
					  NULL);

	for (uint32_t i = 0; i < packets && !err; i++) {
		/* 1 to 255 microseconds: no pattern among the files. */
		seed = seed * 1664525 + 1013904223;
		pkt.ts_ns += (int64_t)(seed >> 24 | 1) * 1000;
		err = pktcap_file_writer_write(writer, &pkt);
	}
	if (!err)
		err = pktcap_file_writer_close(writer);
	if (err)
		bench_fail(path, err);
}

static void make_files(uint32_t packets)
{
	for (uint32_t i = 0; i < FILES; i++)
		make_file(inputs[i], packets, i);
}

struct program {
	const char *const *command;
	uint32_t packets;
	bool memory; /* measure its memory instead of its time */
	bool nowhere;
};

/* Nanoseconds for one packet, or peak memory in KiB. */
static int run(void *arg, double *result)
{
	const struct program *program = arg;
	const double total = (double)program->packets * FILES;
	struct rusage usage;
	struct stat made = { 0 };
	int status;
	pid_t pid = bench_start(program->command);

	if (pid < 0 || wait4(pid, &status, 0, &usage) < 0)
		return -errno;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return -ENOENT;
	if (status ||
	    (!program->nowhere &&
	     (stat(output, &made) ||
	      (double)made.st_size != PCAP_HEADER + total * PCAP_RECORD)))
		return -EPROTO;
	unlink(output);
	*result = program->memory ? (double)usage.ru_maxrss
				  : bench_seconds(&usage) * 1e9 / total;
	return 0;
}

enum { MERGECAP, OURS, N };

/* The arguments of both, with the output that both are to have. */
static const char *ours[FILES + 3];
static const char *mergecap[FILES + 6] = { "mergecap", "-F", "pcap", "-w" };

static void compare(struct contender c[N], const char *to, uint32_t packets,
		    bool memory)
{
	static struct program programs[N];

	ours[1] = mergecap[4] = to;
	for (size_t i = 0; i < N; i++) {
		programs[i] = (struct program){
			.command = i == OURS ? ours : mergecap,
			.packets = packets,
			.memory = memory,
			.nowhere = to != output,
		};
		c[i] = (struct contender){ .name = i == OURS ? "file_merge"
							     : "mergecap",
					   .run = run,
					   .arg = &programs[i] };
	}
	bench_run(c, N);
}

static void compare_all(void)
{
	struct contender time[N], memory[N], longer[N];

	make_files(SHORT);
	/* Here is what merging costs; a file adds what the kernel does. */
	compare(time, "/dev/null", SHORT, false);
	bench_row("merge 8 files", &time[MERGECAP], "ns");
	bench_row_ratio("merge 8 files", &time[OURS], "ns", &time[MERGECAP],
			0.2);
	compare(time, output, SHORT, false);
	bench_row("merge 8 files into one", &time[MERGECAP], "ns");
	bench_row_ratio("merge 8 files into one", &time[OURS], "ns",
			&time[MERGECAP], 0.2);
	compare(memory, "/dev/null", SHORT, true);
	make_files(LONG);
	compare(longer, "/dev/null", LONG, true);
	bench_row("merge, memory", &longer[MERGECAP], "KiB");
	memory[OURS].name = "a fifth";
	longer[OURS].name = "file_merge";
	bench_row_ratio("merge, memory", &longer[OURS], "KiB", &memory[OURS],
			1.1);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: bench_file_merge FILE_MERGE\n");
		return 2;
	}
	if (!mkdtemp(dir))
		bench_fail(dir, -errno);
	snprintf(output, sizeof(output), "%s/out.pcap", dir);
	for (int i = 0; i < FILES; i++) {
		snprintf(inputs[i], sizeof(inputs[i]), "%s/%d.pcap", dir, i);
		ours[2 + i] = mergecap[5 + i] = inputs[i];
	}
	ours[0] = argv[1];
	compare_all();
	for (int i = 0; i < FILES; i++)
		unlink(inputs[i]);
	unlink(output);
	rmdir(dir);
	return 0;
}
