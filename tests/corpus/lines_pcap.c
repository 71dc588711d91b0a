// SPDX-License-Identifier: BSD-2-Clause
/* What libpcap reads, where its header was installed at build time. */
#include "corpus/lines.h"

#include <stdio.h>
#include <stdlib.h>

#if __has_include(<pcap/pcap.h>)
#include <pcap/pcap.h>

static void print(pcap_t *pcap, const struct pcap_pkthdr *header,
		  const u_char *data)
{
	char time[64];

	/* Compared as they are: the sum may not fit any integer. */
	snprintf(time, sizeof(time), "%lld:%lld", (long long)header->ts.tv_sec,
		 (long long)header->ts.tv_usec);
	lines_packet(&(struct lines_packet){
		.time = time,
		.data = data,
		.caplen = header->caplen,
		.wirelen = header->len,
		.linktype = (uint32_t)pcap_datalink(pcap),
		.snaplen = UINT32_MAX,
	});
}

void lines_of(const char *path, const char *way)
{
	char text[PCAP_ERRBUF_SIZE] = "";
	struct pcap_pkthdr *header;
	const u_char *data;
	pcap_t *pcap;
	int ret;

	(void)way;
	pcap = pcap_open_offline_with_tstamp_precision(
		path, PCAP_TSTAMP_PRECISION_NANO, text);
	if (!pcap) {
		lines_error(-1, 0, text);
		return;
	}
	while ((ret = pcap_next_ex(pcap, &header, &data)) == 1)
		print(pcap, header, data);
	if (ret != PCAP_ERROR_BREAK)
		lines_error(ret, 0, pcap_geterr(pcap));
	pcap_close(pcap);
}

#else

void lines_of(const char *path, const char *way)
{
	(void)path, (void)way;
	exit(77);
}
#endif
