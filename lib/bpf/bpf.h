/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programs rewritten for the place where they run. All of them keep a valid
 * program valid and need no memory but the caller's.
 */
#ifndef BPF_BPF_H
#define BPF_BPF_H

#include <stdbool.h>

#include <pktcap/bpf.h>

enum {
	BPF_INSNS_MAX = 1 << 20, /* of programs that run in user space */
	BPF_SLL2_HEADER = 20,	 /* bytes of a LINUX_SLL2 header */
	BPF_OUTGOING_ONLY = 4,	 /* instructions of bpf_outgoing_only() */
	BPF_LEAVE_TAGGED = 7,	 /* at most, of bpf_leave_tagged() */
};

/*
 * Makes a program keep at most @snaplen bytes (not 0): constants returned are
 * lowered in place, a rejection stays one. Returns false if some return gives
 * the accumulator, which only the caller can cut after the fact.
 */
bool bpf_limit_snaplen(struct pktcap_insn *insns, size_t n, uint32_t snaplen);

/*
 * Rewrites @n instructions made for LINUX_SLL2 packets into @out, for a
 * SOCK_DGRAM packet socket: there the kernel's filter sees the packet from its
 * network header, and what the cooked header would say through ancillary
 * loads. Lengths to keep shrink by the header, too. Returns false, with @out
 * undefined, if the program looks at what only the finished cooked packet has:
 * it must run in user space.
 */
bool bpf_to_cooked(const struct pktcap_insn *in, size_t n,
		   struct pktcap_insn *out);

/*
 * Writes the BPF_OUTGOING_ONLY instructions that reject what this machine did
 * not send and otherwise fall through into the program behind them, which
 * finds its registers as if it were alone. Returns their number.
 */
size_t bpf_outgoing_only(struct pktcap_insn *out);

/*
 * For a SOCK_DGRAM packet socket, whose filter cannot see what a packet with a
 * tag as its protocol will be: of one that was sent with tags among its bytes
 * they lie before what it sees, and the protocol behind them nowhere. Writes
 * instructions that keep @keep bytes of such packets, for user space to decide,
 * and otherwise fall through into the @n at @insns, which are to follow, with
 * registers as if they were alone. If these take a random number, everything
 * with a tag is left to user space. At most BPF_LEAVE_TAGGED; returns how many.
 */
size_t bpf_leave_tagged(const struct pktcap_insn *insns, size_t n,
			uint32_t keep, struct pktcap_insn *out);

#endif
