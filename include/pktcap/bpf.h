/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Classic BPF programs as data: check, run, write down, read back. Nothing
 * here needs a capture or a privilege; a program is an array the caller owns.
 */
#ifndef PKTCAP_BPF_H
#define PKTCAP_BPF_H

#include <pktcap/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The most instructions the kernel takes (BPF_MAXINSNS). */
#define PKTCAP_BPF_MAX 4096

/* One classic BPF instruction; same layout as struct sock_filter. */
struct pktcap_insn {
	uint16_t code;
	uint8_t jt;
	uint8_t jf;
	uint32_t k;
};

/**
 * pktcap_bpf_validate - would the kernel take this program?
 * @insns: the program, borrowed
 * @n:     number of instructions
 * @error: why not; @error->offset is the instruction. May be NULL.
 *
 * Checks what the kernel checks when a program is attached to a socket:
 * known instructions, forward jumps inside the program, a return at the end,
 * scratch memory in range and written before it is read, no division by a
 * constant zero, no shift by 32 or more, known ancillary loads. Length is
 * checked apart: a program over PKTCAP_BPF_MAX is valid for
 * pktcap_bpf_run() (up to 2^20 instructions) though the kernel refuses it.
 *
 * Return: 0; -EINVAL with the instruction in @error; -E2BIG over 2^20;
 * -ENOMEM, only for programs that read scratch memory.
 */
PKTCAP_API int pktcap_bpf_validate(const struct pktcap_insn *insns, size_t n,
				   struct pktcap_error *error);

/**
 * pktcap_bpf_run - run a program over one packet in user space
 * @insns: the program, borrowed; must have passed pktcap_bpf_validate()
 * @n:     number of instructions
 * @pkt:   the packet, borrowed; @pkt->wirelen is what "ld len" reads
 *
 * Never reads past @pkt->data + @pkt->caplen: a load out of range rejects the
 * packet, as the kernel does. Linux ancillary loads (SKF_AD_PROTOCOL, PKTTYPE,
 * IFINDEX, HATYPE, VLAN_TAG, VLAN_TAG_PRESENT, VLAN_TPID, PAY_OFFSET,
 * ALU_XOR_X, RANDOM) take their value from the view; RANDOM is a hash of the
 * packet and its time, the same each time. Those that only the kernel
 * knows (NLATTR, NLATTR_NEST, MARK, QUEUE, RXHASH, CPU) read 0. SKF_NET_OFF and
 * SKF_LL_OFF loads work for Ethernet, RAW and Linux cooked link types.
 *
 * Return: bytes to keep, 0 for "reject". Any thread.
 */
PKTCAP_API uint32_t pktcap_bpf_run(const struct pktcap_insn *insns, size_t n,
				   const struct pktcap_packet *pkt);

/**
 * pktcap_bpf_cost - how many instructions can one packet take?
 * @insns: the program, borrowed
 * @n:     number of instructions
 *
 * The longest way from the first instruction to a return, in time O(n). No
 * packet takes more; a way that no packet can go counts, too.
 *
 * Return: the number; -EINVAL for an empty program and one with a way that does
 * not end in a return; -E2BIG over 2^20 instructions; -ENOMEM.
 */
PKTCAP_API int64_t pktcap_bpf_cost(const struct pktcap_insn *insns, size_t n);

/* How pktcap_bpf_dump() writes a program; the forms tcpdump prints. */
enum pktcap_bpf_form {
	PKTCAP_BPF_FORM_ASM = 1,     /* -d: one mnemonic per line */
	PKTCAP_BPF_FORM_C = 2,	     /* -dd: a C array body */
	PKTCAP_BPF_FORM_DECIMAL = 3, /* -ddd: a count, then four decimals */
};

/**
 * pktcap_bpf_dump - write a program as text
 * @insns: the program, borrowed
 * @n:     number of instructions
 * @form:  enum pktcap_bpf_form
 * @buf:   room for the text, borrowed; NULL with @size 0 to ask for the size
 * @size:  bytes at @buf
 *
 * The text is always terminated where @size is not 0, and cut where it does
 * not fit. It is what tcpdump 4.99 prints, byte for byte.
 *
 * Return: bytes of the whole text without its terminator (compare with @size),
 * or -EINVAL for an unknown @form.
 */
PKTCAP_API int64_t pktcap_bpf_dump(const struct pktcap_insn *insns, size_t n,
				   uint32_t form, char *buf, size_t size);

/**
 * pktcap_bpf_parse - read a program back from its text
 * @text:  the text, borrowed; need not be terminated
 * @len:   bytes at @text
 * @insns: room for the program, borrowed; NULL with @max 0 to ask for the size
 * @max:   instructions that fit at @insns
 * @error: what is wrong; @error->offset is the byte. May be NULL.
 *
 * Takes every form that pktcap_bpf_dump() writes, told apart by how the text
 * begins: "(" for mnemonics, "{" for a C array body, a digit for the count of
 * the decimal form. White space is free; in the decimal form "#" starts a
 * comment. What mnemonics do not show (jumps of what is no jump, operands of
 * what has none) is zero. The program is read, not judged: see
 * pktcap_bpf_validate().
 *
 * Return: the number of instructions in the program (compare with @max: only
 * that many were stored); -EINVAL for anything that is none of these forms;
 * -E2BIG for more than 2^20 instructions.
 */
PKTCAP_API int64_t pktcap_bpf_parse(const char *text, size_t len,
				    struct pktcap_insn *insns, size_t max,
				    struct pktcap_error *error);

#ifdef __cplusplus
}
#endif
#endif
