// SPDX-License-Identifier: BSD-2-Clause
#include "support/peer_program.h"

#include <linux/filter.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CLEAR = BPF_MEMWORDS + 1, MAX = 4096 };

struct cleared {
	struct pktcap_insn insns[CLEAR + MAX];
	size_t n;
};

static void clear_first(const void *insns, size_t n, struct cleared *out)
{
	if (n > MAX) {
		fprintf(stderr, "libpcap's program is too long: %zu\n", n);
		abort();
	}
	out->insns[0] = (struct pktcap_insn){ BPF_LD | BPF_IMM, 0, 0, 0 };
	for (uint32_t i = 0; i < BPF_MEMWORDS; i++)
		out->insns[1 + i] = (struct pktcap_insn){ BPF_ST, 0, 0, i };
	memcpy(out->insns + CLEAR, insns, n * sizeof(*out->insns));
	out->n = CLEAR + n;
}

bool peer_program_takes(const void *insns, size_t n,
			const struct pktcap_packet *view)
{
	struct cleared cleared;

	clear_first(insns, n, &cleared);
	return !pktcap_bpf_validate(cleared.insns, cleared.n, NULL) &&
	       pktcap_bpf_run(cleared.insns, cleared.n, view);
}

bool peer_program_is_refused(const void *insns, size_t n)
{
	struct cleared cleared;

	clear_first(insns, n, &cleared);
	return pktcap_bpf_validate(cleared.insns, cleared.n, NULL) != 0;
}

bool peer_program_reads_unwritten(const void *insns, size_t n)
{
	struct cleared cleared;

	clear_first(insns, n, &cleared);
	return !pktcap_bpf_validate(cleared.insns, cleared.n, NULL) &&
	       pktcap_bpf_validate(cleared.insns + CLEAR, n, NULL);
}
