/* SPDX-License-Identifier: BSD-2-Clause */
#include "capinfo.h"
#include "message.h"
#include "progress.h"
#include "signals.h"
#include "source.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S INT64_C(1000000000)

enum { INTERFACES_SHOWN = 4096 };

struct facts {
	uint64_t packets;
	uint64_t bytes; /* on the wire */
	uint64_t cut_packets;
	uint32_t cut_min; /* lengths of packets that were cut */
	uint32_t cut_max;
	int64_t first_ns;
	int64_t last_ns;
	int64_t before_ns; /* the packet before */
	bool in_order;
	uint64_t of_interface[INTERFACES_SHOWN];
};

static void learn(struct facts *facts, const struct pktcap_packet *pkt,
		  uint32_t interface)
{
	if (!facts->packets || pkt->ts_ns < facts->first_ns)
		facts->first_ns = pkt->ts_ns;
	if (!facts->packets || pkt->ts_ns > facts->last_ns)
		facts->last_ns = pkt->ts_ns;
	if (facts->packets && pkt->ts_ns < facts->before_ns)
		facts->in_order = false;
	facts->before_ns = pkt->ts_ns;
	facts->packets++;
	facts->bytes += pkt->wirelen;
	if (interface < INTERFACES_SHOWN)
		facts->of_interface[interface]++;
	if (pkt->caplen == pkt->wirelen)
		return;
	if (!facts->cut_packets || pkt->caplen < facts->cut_min)
		facts->cut_min = pkt->caplen;
	if (pkt->caplen > facts->cut_max)
		facts->cut_max = pkt->caplen;
	facts->cut_packets++;
}

static int read_all(struct source *source, struct facts *facts)
{
	const struct pktcap_packet *pkt;
	struct pktcap_file_record record;
	struct reading reading;
	int ret;

	reading_start(&reading, true);
	while ((ret = source_next(source, &pkt)) > 0 && !signals_stopped()) {
		pktcap_file_reader_record(source_reader(source), &record);
		learn(facts, pkt, record.interface);
		reading_show(&reading, source, facts->packets);
	}
	reading_erase(&reading);
	return ret < 0 ? -1 : 0;
}

/* --- lines --- */

static void label(const char *name)
{
	printf("%-20s ", name);
}

static void line_text(const char *name, const char *text)
{
	if (!text)
		return;
	label(name);
	put_clean(stdout, text);
	putchar('\n');
}

static const char *linktype_text(uint32_t linktype)
{
	const char *text = pktcap_linktype_description(linktype);

	if (!text)
		text = pktcap_linktype_name(linktype);
	return text ? text : "unknown";
}

static void line_time(const char *name, const struct facts *facts, int64_t ns)
{
	int64_t fraction = ns % NS_PER_S;
	time_t seconds;
	char text[32];
	struct tm tm;

	label(name);
	if (fraction < 0)
		fraction += NS_PER_S;
	seconds = (time_t)((ns - fraction) / NS_PER_S);
	if (!facts->packets || !localtime_r(&seconds, &tm) ||
	    !strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm)) {
		puts("n/a");
		return;
	}
	printf("%s.%09" PRId64 "\n", text, fraction);
}

static void line_rate(const char *name, const struct facts *facts, double value,
		      const char *unit)
{
	double seconds = (double)(facts->last_ns - facts->first_ns) / 1e9;

	label(name);
	if (facts->packets && seconds > 0)
		printf("%.2f %s\n", value / seconds, unit);
	else
		puts("n/a");
}

static void show_limits(const struct pktcap_file_info *info,
			const struct facts *facts)
{
	label("Packet size limit:");
	if (info->format == PKTCAP_FILE_FORMAT_PCAP)
		printf("file hdr: %" PRIu32 " bytes\n", info->snaplen);
	else
		puts("file hdr: (not set)");
	if (!facts->cut_packets)
		return;
	label("Packet size limit:");
	if (facts->cut_min == facts->cut_max)
		printf("inferred: %" PRIu32 " bytes\n", facts->cut_min);
	else
		printf("inferred: %" PRIu32 " bytes - %" PRIu32
		       " bytes (range)\n",
		       facts->cut_min, facts->cut_max);
	label("Packets cut:");
	printf("%" PRIu64 "\n", facts->cut_packets);
}

static void show_times(const struct facts *facts)
{
	int64_t ns = facts->last_ns - facts->first_ns;

	label("Capture duration:");
	if (facts->packets)
		printf("%" PRId64 ".%09" PRId64 " seconds\n", ns / NS_PER_S,
		       ns % NS_PER_S);
	else
		puts("n/a");
	line_time("First packet time:", facts, facts->first_ns);
	line_time("Last packet time:", facts, facts->last_ns);
	line_rate("Data byte rate:", facts, (double)facts->bytes, "bytes/sec");
	line_rate("Data bit rate:", facts, 8 * (double)facts->bytes,
		  "bits/sec");
	label("Average packet size:");
	printf("%.2f bytes\n",
	       facts->packets ? (double)facts->bytes / (double)facts->packets
			      : 0);
	line_rate("Average packet rate:", facts, (double)facts->packets,
		  "packets/sec");
	label("Strict time order:");
	puts(facts->in_order ? "True" : "False");
}

static void indented(const char *name, const char *text)
{
	if (!text)
		return;
	printf("%21s%s = ", "", name);
	put_clean(stdout, text);
	putchar('\n');
}

static void show_interface(const struct pktcap_file_interface *interface,
			   uint64_t packets)
{
	indented("Name", interface->name);
	indented("Description", interface->description);
	indented("Filter", interface->filter);
	indented("Encapsulation", linktype_text(interface->linktype));
	printf("%21sCapture length = %" PRIu32 "\n", "", interface->snaplen);
	printf("%21sNumber of packets = %" PRIu64 "\n", "", packets);
}

static void show_interfaces(const struct pktcap_file_reader *reader,
			    const struct facts *facts, uint32_t count)
{
	struct pktcap_file_interface interface;

	label("Number of interfaces in file:");
	printf("%" PRIu32 "\n", count);
	for (uint32_t i = 0; i < count && i < INTERFACES_SHOWN; i++) {
		if (pktcap_file_reader_interface(reader, i, &interface))
			continue;
		printf("Interface #%" PRIu32 " info:\n", i);
		show_interface(&interface, facts->of_interface[i]);
	}
}

static void show(const struct source *source, const struct facts *facts)
{
	const struct source_file *file = &source->files[0];
	struct pktcap_file_info info;

	source_info(source, &info);
	line_text("File name:", file->name);
	line_text("File type:",
		  info.format == PKTCAP_FILE_FORMAT_PCAPNG ? "pcapng" : "pcap");
	line_text("Compressed by:", file->unpack.tool);
	line_text("File encapsulation:", linktype_text(info.linktype));
	show_limits(&info, facts);
	label("Number of packets:");
	printf("%" PRIu64 "\n", facts->packets);
	if (file->bytes) {
		label("File size:");
		printf("%" PRIu64 " bytes\n", file->bytes);
	}
	label("Data size:");
	printf("%" PRIu64 " bytes\n", facts->bytes);
	show_times(facts);
	line_text("Capture hardware:", info.hardware);
	line_text("Capture oper-sys:", info.os);
	line_text("Capture application:", info.application);
	line_text("Capture comment:", info.comment);
	show_interfaces(source_reader(source), facts, info.interfaces);
}

int capinfo_show(const struct options *options)
{
	struct options only = *options;
	struct facts facts = { .in_order = true };
	struct source source;
	int ret;

	only.read_paths = (struct texts){ { options->capinfo_path }, 1 };
	only.list_path = NULL;
	signals_install_reading();
	ret = source_open(&source, &only);
	if (!ret) {
		ret = read_all(&source, &facts);
		show(&source, &facts);
	}
	if (source_close(&source))
		ret = -1;
	return ret;
}
