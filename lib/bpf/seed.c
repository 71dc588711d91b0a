// SPDX-License-Identifier: BSD-2-Clause
/* In a file of its own, so that programs which do not use it are smaller. */
#include <pktcap/bpf.h>

uint32_t pktcap_bpf_run_seeded(const struct pktcap_insn *insns, size_t n,
			       const struct pktcap_packet *pkt, uint32_t seed)
{
	struct pktcap_packet other = *pkt;

	/* Nothing of the time can be loaded but what is hashed of it. */
	other.ts_ns ^= (int64_t)(seed * 0x9e3779b97f4a7c15u);
	return pktcap_bpf_run(insns, n, &other);
}
