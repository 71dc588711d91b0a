/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libpcap's programs in a machine that counts as the kernel's does. They may
 * read scratch memory that they have not written: it is 0 here.
 */
#ifndef TESTS_SUPPORT_PEER_PROGRAM_H
#define TESTS_SUPPORT_PEER_PROGRAM_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/bpf.h>

enum { PEER_CLEAR = BPF_MEMWORDS + 1, PEER_MAX = 4096 };

struct peer_cleared {
	struct pktcap_insn insns[PEER_CLEAR + PEER_MAX];
	size_t n;
};

static inline void peer_clear_first(const void *insns, size_t n,
				    struct peer_cleared *out)
{
	if (n > PEER_MAX) {
		fprintf(stderr, "libpcap's program is too long: %zu\n", n);
		abort();
	}
	out->insns[0] = (struct pktcap_insn){ BPF_LD | BPF_IMM, 0, 0, 0 };
	for (uint32_t i = 0; i < BPF_MEMWORDS; i++)
		out->insns[1 + i] = (struct pktcap_insn){ BPF_ST, 0, 0, i };
	memcpy(out->insns + PEER_CLEAR, insns, n * sizeof(*out->insns));
	out->n = PEER_CLEAR + n;
}

/* @insns: @n of struct bpf_insn, which looks like struct pktcap_insn. */
static inline bool peer_program_takes(const void *insns, size_t n,
				      const struct pktcap_packet *view)
{
	struct peer_cleared cleared;

	peer_clear_first(insns, n, &cleared);
	return !pktcap_bpf_validate(cleared.insns, cleared.n, NULL) &&
	       pktcap_bpf_run(cleared.insns, cleared.n, view);
}

/* Would the kernel refuse it, and not for what it reads of scratch memory? */
static inline bool peer_program_is_refused(const void *insns, size_t n)
{
	struct peer_cleared cleared;

	peer_clear_first(insns, n, &cleared);
	return pktcap_bpf_validate(cleared.insns, cleared.n, NULL) != 0;
}

/* Would the kernel refuse it for what it reads of scratch memory? */
static inline bool peer_program_reads_unwritten(const void *insns, size_t n)
{
	struct peer_cleared cleared;

	peer_clear_first(insns, n, &cleared);
	return !pktcap_bpf_validate(cleared.insns, cleared.n, NULL) &&
	       pktcap_bpf_validate(cleared.insns + PEER_CLEAR, n, NULL);
}

#endif
