// SPDX-License-Identifier: BSD-2-Clause
/*
 * What capinfos shows of a capture file: its kind, interfaces and packets.
 * cc file_info.c -lpktcap -o file_info && ./file_info eth0.pcapng
 */
#include <inttypes.h>
#include <time.h>

#include <pktcap/file.h>

#include "clean.h"
#include "output.h"

struct counts {
	uint64_t packets, wire_bytes, cut;
	int64_t first_ns, last_ns;
	int in_order;
};

static void count(struct counts *c, const struct pktcap_packet *pkt)
{
	if (!c->packets++ || pkt->ts_ns < c->first_ns)
		c->first_ns = pkt->ts_ns;
	c->in_order &= pkt->ts_ns >= c->last_ns;
	c->last_ns = pkt->ts_ns > c->last_ns ? pkt->ts_ns : c->last_ns;
	c->wire_bytes += pkt->wirelen;
	c->cut += pkt->caplen < pkt->wirelen;
}

static void print_time(const char *name, int64_t ts_ns)
{
	int ns = (int)((ts_ns % 1000000000 + 1000000000) % 1000000000);
	time_t seconds = (time_t)(ts_ns / 1000000000) - (ns && ts_ns < 0);
	struct tm tm;
	char text[32];

	gmtime_r(&seconds, &tm);
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
	printf("%-10s %s.%09d UTC\n", name, text, ns);
}

static void print_header(const struct pktcap_file_reader *reader)
{
	struct pktcap_file_interface interface;
	struct pktcap_file_info info;

	pktcap_file_reader_info(reader, &info);
	printf("format     %s %u.%u, %s\n",
	       info.format == PKTCAP_FILE_FORMAT_PCAPNG ? "pcapng" : "pcap",
	       info.version_major, info.version_minor,
	       info.precision ? "nanoseconds" : "microseconds");
	if (info.application)
		print_clean("written by ", info.application, "\n");
	for (uint32_t i = 0; i < info.interfaces; i++) {
		pktcap_file_reader_interface(reader, i, &interface);
		print_clean("interface  ",
			    interface.name ? interface.name : "without a name",
			    ", link type ");
		printf("%u, snap length %u\n", interface.linktype,
		       interface.snaplen);
	}
}

static void print_counts(const struct counts *c)
{
	printf("packets    %" PRIu64 "\ncut        %" PRIu64 "\n"
	       "bytes      %" PRIu64 "\n",
	       c->packets, c->cut, c->wire_bytes);
	if (!c->packets)
		return;
	print_time("first", c->first_ns);
	print_time("last", c->last_ns);
	printf("in order   %s\n", c->in_order ? "yes" : "no");
}

int main(int argc, char **argv)
{
	struct counts counts = { .in_order = 1, .last_ns = INT64_MIN };
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	struct pktcap_error error;
	int ret;

	if (argc != 2) {
		fprintf(stderr, "usage: %s FILE\n", argv[0]);
		return 2;
	}
	if (pktcap_file_reader_open(&reader, argv[1], NULL, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	while ((ret = pktcap_file_reader_next(reader, &pkt, &error)) > 0)
		count(&counts, pkt);
	print_header(reader);
	print_counts(&counts);
	if (ret < 0)
		fprintf(stderr, "%s\n", error.text);
	pktcap_file_reader_close(reader);
	return output_end() || ret;
}
