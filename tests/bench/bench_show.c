// SPDX-License-Identifier: BSD-2-Clause
/*
 * Whole programs that show a capture: bench_show PKTSNIFF, lines against
 * tcpdump's and JSON against tshark's, where they are installed. The CPU time
 * of their lives for each packet, to /dev/null. The capture has the Ethernet
 * packets of tests/data one after another, again and again: one of each kind
 * that there is a decoder for. Run where tests/data is.
 */
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "bench/harness.h"

enum { PACKETS = 100000, JSON_PACKETS = 20000, KINDS = 8192 };

#define JSON_COUNT "20000"

static const double line_ratio = 0.5, json_ratio = 0.1;

static char dir[] = "/dev/shm/pktcap-bench-XXXXXX";
static char file[sizeof(dir) + 16];

static struct pktcap_packet kinds[KINDS];
static size_t kinds_n;

static void keep(const struct pktcap_packet *pkt)
{
	uint8_t *copy;

	if (pkt->linktype != PKTCAP_LINKTYPE_ETHERNET || kinds_n == KINDS)
		return;
	copy = malloc(pkt->caplen + 1);
	if (!copy)
		bench_fail("malloc", -ENOMEM);
	memcpy(copy, pkt->data, pkt->caplen);
	kinds[kinds_n++] = (struct pktcap_packet){
		.data = copy,
		.caplen = pkt->caplen,
		.wirelen = pkt->wirelen,
		.linktype = pkt->linktype,
	};
}

/* A file that is broken on purpose gives what is in front of the damage. */
static void read_file(const char *path)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	int err = pktcap_file_reader_open(&reader, path, NULL, NULL);

	if (err)
		bench_fail(path, err);
	while (pktcap_file_reader_next(reader, &pkt, NULL) == 1)
		keep(pkt);
	pktcap_file_reader_close(reader);
}

static void read_all(void)
{
	glob_t found;

	if (glob("tests/data/*/*.pcap", 0, NULL, &found))
		bench_fail("tests/data", -ENOENT);
	for (size_t i = 0; i < found.gl_pathc; i++)
		read_file(found.gl_pathv[i]);
	globfree(&found);
	if (!kinds_n)
		bench_fail("tests/data", -ENODATA);
}

static void make_file(void)
{
	struct pktcap_file_writer *writer;
	int err = pktcap_file_writer_open(&writer, file,
					  PKTCAP_LINKTYPE_ETHERNET, NULL, NULL);

	for (uint32_t i = 0; i < PACKETS && !err; i++) {
		struct pktcap_packet pkt = kinds[i % kinds_n];

		pkt.ts_ns = INT64_C(1700000000) * 1000000000 + i * 1000;
		err = pktcap_file_writer_write(writer, &pkt);
	}
	if (!err)
		err = pktcap_file_writer_close(writer);
	if (err)
		bench_fail(file, err);
}

struct program {
	const char *const *command;
	uint32_t packets;
};

/* Nanoseconds for one packet. */
static int run(void *arg, double *result)
{
	const struct program *program = arg;
	struct rusage usage;
	int status;
	pid_t pid = bench_start(program->command);

	if (pid < 0 || wait4(pid, &status, 0, &usage) < 0)
		return -errno;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return -ENOENT;
	if (status)
		return -EPROTO;
	*result = bench_seconds(&usage) * 1e9 / program->packets;
	return 0;
}

static void compare(const char *pktsniff)
{
	const char *const lines[] = { pktsniff, "-n", "-r", file, NULL };
	const char *const tcpdump[] = { "tcpdump", "-n", "-r", file, NULL };
	const char *const json[] = { pktsniff,	 "-n", "--format", "json", "-c",
				     JSON_COUNT, "-r", file,	   NULL };
	const char *const tshark[] = { "tshark",   "-n", "-T", "ek", "-c",
				       JSON_COUNT, "-r", file, NULL };
	enum { LINES, TCPDUMP, JSON, TSHARK, N };
	struct program programs[N] = { { lines, PACKETS },
				       { tcpdump, PACKETS },
				       { json, JSON_PACKETS },
				       { tshark, JSON_PACKETS } };
	struct contender c[N] = {
		{ .name = "pktsniff -n -r" },
		{ .name = "tcpdump -n -r" },
		{ .name = "pktsniff --format json" },
		{ .name = "tshark -T ek" },
	};

	for (size_t i = 0; i < N; i++) {
		c[i].run = run;
		c[i].arg = &programs[i];
	}
	bench_run(c, N);
	bench_row("show lines", &c[TCPDUMP], "ns");
	bench_row_ratio("show lines", &c[LINES], "ns", &c[TCPDUMP], line_ratio);
	bench_row("show JSON", &c[TSHARK], "ns");
	bench_row_ratio("show JSON", &c[JSON], "ns", &c[TSHARK], json_ratio);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: bench_show PKTSNIFF\n");
		return 2;
	}
	read_all();
	if (!mkdtemp(dir))
		bench_fail(dir, -errno);
	snprintf(file, sizeof(file), "%s/file.pcap", dir);
	make_file();
	compare(argv[1]);
	unlink(file);
	rmdir(dir);
	return 0;
}
