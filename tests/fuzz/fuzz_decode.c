// SPDX-License-Identifier: BSD-2-Clause
/* Any bytes with any link type: decoded, read and printed in bounds. */
#include "fuzz/packet_input.h"
#include "support/examine_print.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pktcap_packet pkt;

	if (!packet_input(data, size, &pkt))
		return 0;
	examine(&pkt);
	/* The bytes choose how they are shown and where the text is cut. */
	examine_print(&pkt, data[2], (size_t)data[1] * 7 + data[3]);
	return 0;
}
