// SPDX-License-Identifier: BSD-2-Clause
/*
 * A packet costs the same in a large file as in a small one, in time and in
 * memory: 100 MB and 2 GB of mixed sizes, each read by a process of its own.
 * Pages of the file that are mapped belong to the page cache: left aside.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "bench/harness.h"

enum { SMALL, LARGE, SIZES, PATH_BYTES = 64, SAMPLE_EVERY = 1 << 18 };

static const uint64_t sizes[SIZES] = { UINT64_C(100) << 20, UINT64_C(2) << 30 };
static const char *const size_names[SIZES] = { "100 MB", "2 GB" };

struct outcome {
	int err;
	double ns;  /* CPU time of one packet */
	double kib; /* most private memory */
};

typedef int (*open_fn)(struct pktcap_file_writer **, const char *, uint32_t,
		       const struct pktcap_file_writer_opts *,
		       struct pktcap_error *);

struct plan {
	int fd;
	char path[PATH_BYTES];
	uint64_t passes; /* as many bytes are read of each */
	double kib[BENCH_ROUNDS];
	int round;
};

/* Private memory of this process. */
static double private_kib(void)
{
	char line[128];
	double kib = 0;
	FILE *status = fopen("/proc/self/status", "r");

	while (status && fgets(line, sizeof(line), status))
		if (!strncmp(line, "RssAnon:", 8))
			kib = atof(line + 8);
	if (status)
		fclose(status);
	return kib;
}

/* Simple IMIX: 7 of 64 bytes to 4 of 570 and 1 of 1500. */
static int fill(struct pktcap_file_writer *writer, uint64_t bytes)
{
	static const uint16_t lengths[] = { 64, 570, 64, 64,  570, 64,
					    64, 570, 64, 570, 64,  1500 };
	static const uint8_t frame[1500];
	struct pktcap_packet pkt = { .data = frame,
				     .linktype = PKTCAP_LINKTYPE_ETHERNET };
	uint64_t written = 0;
	int err = 0;

	for (uint32_t i = 0; !err && written < bytes; i++) {
		pkt.caplen = lengths[i % 12];
		pkt.wirelen = pkt.caplen;
		pkt.ts_ns = INT64_C(1700000000000000000) + i * INT64_C(1000);
		written += 16 + pkt.caplen;
		err = pktcap_file_writer_write(writer, &pkt);
	}
	return err;
}

static void make(const char *path, open_fn open_writer, uint64_t bytes)
{
	struct pktcap_file_writer *writer;
	struct pktcap_error error;
	int err = open_writer(&writer, path, PKTCAP_LINKTYPE_ETHERNET, NULL,
			      &error);

	if (err)
		bench_fail(error.text, err);
	err = fill(writer, bytes);
	if (!err)
		err = pktcap_file_writer_close(writer);
	if (err)
		bench_fail(path, err);
}

/* Adds to @count. Returns 0, or what went wrong. */
static int read_once(const char *path, uint64_t *count, double *most_kib)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	int ret = pktcap_file_reader_open(&reader, path, NULL, NULL);
	double kib;

	if (ret)
		return ret;
	while ((ret = pktcap_file_reader_next(reader, &pkt, NULL)) > 0) {
		if (++*count % SAMPLE_EVERY)
			continue;
		kib = private_kib();
		if (kib > *most_kib)
			*most_kib = kib;
	}
	pktcap_file_reader_close(reader);
	return ret;
}

static void read_all(const struct plan *plan, struct outcome *outcome)
{
	double start = bench_cpu_ns();
	uint64_t count = 0;

	outcome->err = 0;
	for (uint64_t i = 0; i < plan->passes && !outcome->err; i++)
		outcome->err = read_once(plan->path, &count, &outcome->kib);
	outcome->ns = (bench_cpu_ns() - start) / (double)count;
}

/* A process that has read nothing yet. */
static int run(void *arg, double *result)
{
	struct outcome outcome = { .err = -EIO };
	struct plan *plan = arg;
	int fds[2];
	pid_t pid;

	if (pipe(fds))
		return -errno;
	pid = fork();
	if (!pid) {
		read_all(plan, &outcome);
		_exit(write(fds[1], &outcome, sizeof(outcome)) < 0);
	}
	close(fds[1]);
	if (pid < 0 || read(fds[0], &outcome, sizeof(outcome)) < 0)
		outcome.err = -errno;
	close(fds[0]);
	if (pid > 0)
		waitpid(pid, NULL, 0);
	*result = outcome.ns;
	plan->kib[plan->round++] = outcome.kib;
	return outcome.err;
}

/* Where both files fit twice: nobody else is to run out of room. */
static const char *find_room(void)
{
	static const char *const places[] = { "/dev/shm", "/tmp" };
	struct statvfs fs;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (!statvfs(places[i], &fs) &&
		    (uint64_t)fs.f_bavail * fs.f_frsize >
			    2 * (sizes[SMALL] + sizes[LARGE]))
			return places[i];
	return NULL;
}

static void report(const char *format, struct contender c[SIZES],
		   struct plan plans[SIZES])
{
	char name[64];

	snprintf(name, sizeof(name), "file_scale %s, time", format);
	bench_row(name, &c[SMALL], "ns");
	bench_row_ratio(name, &c[LARGE], "ns", &c[SMALL], 1.1);
	snprintf(name, sizeof(name), "file_scale %s, memory", format);
	for (int i = 0; i < SIZES; i++)
		c[i].median = bench_quantile(plans[i].kib, BENCH_ROUNDS, 1);
	bench_row(name, &c[SMALL], "KiB");
	bench_row_ratio(name, &c[LARGE], "KiB", &c[SMALL], 1.1);
}

/* A file without a name: it is gone with this process, however that ends. */
static void make_nameless(struct plan *plan, const char *place)
{
	snprintf(plan->path, PATH_BYTES, "%s/bench_file.XXXXXX", place);
	plan->fd = mkstemp(plan->path);
	if (plan->fd < 0)
		bench_fail(plan->path, -errno);
	unlink(plan->path);
	snprintf(plan->path, PATH_BYTES, "/proc/self/fd/%d", plan->fd);
}

static void measure(const char *format, open_fn open_writer, const char *place)
{
	struct contender c[SIZES] = { 0 };
	struct plan plans[SIZES] = { 0 };

	for (int i = 0; i < SIZES; i++) {
		make_nameless(&plans[i], place);
		make(plans[i].path, open_writer, sizes[i]);
		plans[i].passes = sizes[LARGE] / sizes[i];
		c[i].name = size_names[i];
		c[i].run = run;
		c[i].arg = &plans[i];
	}
	bench_run(c, SIZES);
	report(format, c, plans);
	for (int i = 0; i < SIZES; i++)
		close(plans[i].fd);
}

int main(void)
{
	const char *place = find_room();

	if (!place) {
		puts("file_scale\tskipped: no room for 4 GB in /dev/shm or "
		     "/tmp");
		return 0;
	}
	measure("pcap", pktcap_file_writer_open, place);
	measure("pcapng", pktcap_file_writer_open_ng, place);
	return 0;
}
