/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libpcap's compiler and interpreter for Ethernet, as a peer of ours, where its
 * header was installed at build time. Its instructions are laid out like ours.
 */
#ifndef TESTS_BENCH_PEER_H
#define TESTS_BENCH_PEER_H

#include <errno.h>

#include <pktcap/bpf.h>

#if __has_include(<pcap/pcap.h>)
#include <pcap/pcap.h>

/* An optimized program, to be given to peer_free(). 0 or a negative errno. */
static inline int peer_compile(const char *expression,
			       struct pktcap_insn **insns, size_t *n)
{
	static pcap_t *pcap;
	struct bpf_program program;

	if (!pcap)
		pcap = pcap_open_dead(DLT_EN10MB, 262144);
	if (!pcap)
		return -ENOMEM;
	if (pcap_compile(pcap, &program, expression, 1, PCAP_NETMASK_UNKNOWN))
		return -EINVAL;
	*insns = (struct pktcap_insn *)(void *)program.bf_insns;
	*n = program.bf_len;
	return 0;
}

static inline void peer_free(struct pktcap_insn *insns)
{
	struct bpf_program program = { .bf_insns = (void *)insns };

	pcap_freecode(&program);
}

static inline uint32_t peer_run(const struct pktcap_insn *insns, size_t n,
				const struct pktcap_packet *pkt)
{
	(void)n;
	return bpf_filter((const struct bpf_insn *)(const void *)insns,
			  pkt->data, pkt->wirelen, pkt->caplen);
}
#else
static inline int peer_compile(const char *expression,
			       struct pktcap_insn **insns, size_t *n)
{
	(void)expression;
	(void)insns;
	(void)n;
	return -ENOSYS;
}

static inline void peer_free(struct pktcap_insn *insns)
{
	(void)insns;
}

static inline uint32_t peer_run(const struct pktcap_insn *insns, size_t n,
				const struct pktcap_packet *pkt)
{
	(void)insns;
	(void)n;
	(void)pkt;
	return 0;
}
#endif

#endif
