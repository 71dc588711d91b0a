// SPDX-License-Identifier: BSD-2-Clause
/* Any bytes as a pcap file: every view holds what its description promises. */
#include <pktcap/file.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	uint8_t sum = 0;
	int ret;

	if (pktcap_file_reader_open_memory(&reader, data, size, NULL, NULL))
		return 0;
	while ((ret = pktcap_file_reader_next(reader, &pkt, NULL)) == 1) {
		if (pkt->wirelen < pkt->caplen || pkt->ts_ns < 0)
			abort();
		for (uint32_t i = 0; i < pkt->caplen; i++)
			sum ^= pkt->data[i];
	}
	if (pktcap_file_reader_next(reader, &pkt, NULL) != ret || pkt)
		abort();
	pktcap_file_reader_close(reader);
	return sum & 0;
}
