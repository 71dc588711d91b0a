// SPDX-License-Identifier: BSD-2-Clause
/*
 * What a packet from a file costs, by us and by libpcap's pcap_dispatch()
 * where its header was installed at build time: 2 million packets of 64 bytes
 * and of mixed sizes, pcap and pcapng, the same files for both. Each touches
 * the first byte of each packet.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <pktcap/file.h>

#include "bench/harness.h"

#if __has_include(<pcap/pcap.h>)
#include <pcap/pcap.h>
#endif

enum { PACKETS = 2000000, CONTENDERS = 3 };

static char path[] = "/tmp/bench_file_read.XXXXXX";

struct reading {
	uint32_t flags;
	uint64_t count;
	uint64_t sum; /* of what was touched, for the compiler to keep it */
};

static int ours(void *arg, double *result)
{
	struct reading *reading = arg;
	const struct pktcap_file_reader_opts opts =
		PKTCAP_FILE_READER_OPTS(.flags = reading->flags);
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	double start = bench_cpu_ns();
	int ret = pktcap_file_reader_open(&reader, path, &opts, NULL);

	if (ret)
		return ret;
	reading->count = 0;
	while ((ret = pktcap_file_reader_next(reader, &pkt, NULL)) == 1) {
		reading->sum += pkt->data[0] + pkt->caplen;
		reading->count++;
	}
	pktcap_file_reader_close(reader);
	*result = (bench_cpu_ns() - start) / PACKETS;
	return reading->count == PACKETS ? ret : -EPROTO;
}

#if __has_include(<pcap/pcap.h>)
static void take(u_char *user, const struct pcap_pkthdr *header,
		 const u_char *data)
{
	struct reading *reading = (void *)user;

	reading->sum += data[0] + header->caplen;
	reading->count++;
}

static int theirs(void *arg, double *result)
{
	struct reading *reading = arg;
	char text[PCAP_ERRBUF_SIZE];
	double start = bench_cpu_ns();
	pcap_t *pcap = pcap_open_offline(path, text);

	if (!pcap)
		return -EIO;
	reading->count = 0;
	pcap_dispatch(pcap, -1, take, arg);
	pcap_close(pcap);
	*result = (bench_cpu_ns() - start) / PACKETS;
	return reading->count == PACKETS ? 0 : -EPROTO;
}
#else
static int theirs(void *arg, double *result)
{
	(void)arg;
	(void)result;
	return -ENOSYS;
}
#endif

/* Simple IMIX: 7 of 64 bytes to 4 of 570 and 1 of 1500. */
static const uint16_t mixed[12] = { 64, 570, 64, 64,  570, 64,
				    64, 570, 64, 570, 64,  1500 };
static const uint16_t small[12] = { 64, 64, 64, 64, 64, 64,
				    64, 64, 64, 64, 64, 64 };

static void make(const uint16_t lengths[12], bool ng)
{
	static const uint8_t frame[1500];
	struct pktcap_packet pkt = { .data = frame,
				     .linktype = PKTCAP_LINKTYPE_ETHERNET };
	struct pktcap_file_writer *writer;
	int err = (ng ? pktcap_file_writer_open_ng : pktcap_file_writer_open)(
		&writer, path, PKTCAP_LINKTYPE_ETHERNET, NULL, NULL);

	for (uint32_t i = 0; !err && i < PACKETS; i++) {
		pkt.caplen = lengths[i % 12];
		pkt.wirelen = pkt.caplen;
		pkt.ts_ns = INT64_C(1700000000000000000) + i * INT64_C(1000);
		err = pktcap_file_writer_write(writer, &pkt);
	}
	if (!err)
		err = pktcap_file_writer_close(writer);
	if (err)
		bench_fail(path, err);
}

static void measure(const char *name, const uint16_t lengths[12], bool ng,
		    double target)
{
	struct reading readings[CONTENDERS] = {
		{ .flags = 0 }, { .flags = PKTCAP_FILE_READER_RECOVER }
	};
	struct contender c[CONTENDERS] = {
		{ .name = "pktcap", .run = ours, .arg = &readings[0] },
		{ .name = "pktcap recovering",
		  .run = ours,
		  .arg = &readings[1] },
		{ .name = "libpcap", .run = theirs, .arg = &readings[2] },
	};

	make(lengths, ng);
	bench_run(c, CONTENDERS);
	bench_row_ratio(name, &c[0], "ns", &c[2], target);
	bench_row_ratio(name, &c[1], "ns", &c[2], 0);
	bench_row(name, &c[2], "ns");
}

int main(void)
{
	int fd = mkstemp(path);

	if (fd < 0)
		bench_fail(path, -errno);
	close(fd);
	measure("file_read pcap, 64 bytes", small, false, 0.35);
	measure("file_read pcap, mixed sizes", mixed, false, 0.5);
	measure("file_read pcapng, 64 bytes", small, true, 0.35);
	measure("file_read pcapng, mixed sizes", mixed, true, 0.5);
	unlink(path);
	return 0;
}
