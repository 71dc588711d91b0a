// SPDX-License-Identifier: BSD-2-Clause
/* A program that passes the check runs over any packet, in bounds. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <pktcap/bpf.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Instructions, link type, flags, the instructions themselves, the packet. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pktcap_insn insns[64];
	struct pktcap_packet pkt = { .ts_ns = 0 };
	size_t n = size >= 3 ? data[0] % 64 : 0;

	if (!n || size - 3 < n * sizeof(*insns))
		return 0;
	memcpy(insns, data + 3, n * sizeof(*insns));
	if (pktcap_bpf_validate(insns, n, NULL))
		return 0;
	pkt.linktype = data[1] ? data[1] : PKTCAP_LINKTYPE_LINUX_SLL2;
	pkt.flags = data[2];
	pkt.data = data + 3 + n * sizeof(*insns);
	pkt.caplen = (uint32_t)(size - 3 - n * sizeof(*insns));
	pkt.wirelen = pkt.caplen;
	pktcap_bpf_run(insns, n, &pkt);
	return 0;
}
