/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libpcap's programs in a machine that counts as the kernel's does. They may
 * read scratch memory that they have not written: it is 0 here.
 */
#ifndef TESTS_SUPPORT_PEER_PROGRAM_H
#define TESTS_SUPPORT_PEER_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include <pktcap/bpf.h>

/* @insns: @n of struct bpf_insn, which looks like struct pktcap_insn. */
bool peer_program_takes(const void *insns, size_t n,
			const struct pktcap_packet *view);

/* Would the kernel refuse it for anything else? */
bool peer_program_is_refused(const void *insns, size_t n);

/* Would the kernel refuse it for what it reads of scratch memory? */
bool peer_program_reads_unwritten(const void *insns, size_t n);

#endif
