// SPDX-License-Identifier: BSD-2-Clause
/*
 * What recording a 64-byte packet costs: the copy of header and packet into a
 * ring of the same size is the floor. Rings that a cache holds, and one that
 * it does not.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/file.h>

#include "bench/harness.h"

enum {
	PACKETS = 4000000,
	PACKET_BYTES = 64,
	HEADER_BYTES = 40, /* as the recorder has it */
	RECORD_BYTES = HEADER_BYTES + PACKET_BYTES,
};

static uint8_t bytes[PACKET_BYTES];
static size_t ring_bytes;
static uint8_t *ring;
static struct pktcap_file_recorder *recorder;

static struct pktcap_packet packet(void)
{
	return (struct pktcap_packet){ .data = bytes,
				       .caplen = PACKET_BYTES,
				       .wirelen = PACKET_BYTES,
				       .linktype = PKTCAP_LINKTYPE_ETHERNET };
}

/* Neither length nor place may be known when it is compiled. */
static __attribute__((noinline)) void copy(uint8_t *to,
					   const struct pktcap_packet *pkt)
{
	/* In one piece with the rest it would wait for being written. */
	memcpy(to, &pkt->ts_ns, 8);
	memcpy(to + 8, (const uint8_t *)pkt + 16, HEADER_BYTES - 8);
	memcpy(to + HEADER_BYTES, pkt->data, pkt->caplen);
}

static int run_copy(void *arg, double *result)
{
	struct pktcap_packet pkt = packet();
	double start = bench_cpu_ns();
	size_t at = 0;

	(void)arg;
	for (int i = 0; i < PACKETS; i++) {
		pkt.ts_ns += 1000;
		copy(ring + at, &pkt);
		at += RECORD_BYTES;
		if (at + RECORD_BYTES > ring_bytes)
			at = 0;
	}
	*result = (bench_cpu_ns() - start) / PACKETS;
	return 0;
}

static int run_recorder(void *arg, double *result)
{
	struct pktcap_packet pkt = packet();
	double start = bench_cpu_ns();
	int err = 0;

	(void)arg;
	for (int i = 0; i < PACKETS && !err; i++) {
		pkt.ts_ns += 1000;
		err = pktcap_file_recorder_add(recorder, &pkt);
	}
	*result = (bench_cpu_ns() - start) / PACKETS;
	return err;
}

static void compare(const char *name, size_t size)
{
	enum { COPY, RECORDER, N };
	struct contender c[N] = { { .name = "memcpy", .run = run_copy },
				  { .name = "recorder", .run = run_recorder } };
	int err = pktcap_file_recorder_open(
		&recorder, &PKTCAP_FILE_RECORDER_OPTS(.bytes = size), NULL);

	ring_bytes = size;
	ring = malloc(size);
	if (err || !ring)
		bench_fail(name, err ? err : -ENOMEM);
	memset(ring, 0, size);
	bench_run(c, N);
	bench_row(name, &c[COPY], "ns");
	bench_row_ratio(name, &c[RECORDER], "ns", &c[COPY], 2);
	pktcap_file_recorder_close(recorder);
	free(ring);
}

int main(void)
{
	compare("record in 256 KiB", 256 << 10);
	compare("record in 64 MiB", 64 << 20);
	return 0;
}
