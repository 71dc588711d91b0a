/* SPDX-License-Identifier: BSD-2-Clause */
/* The words of tcpdump -d, for writing and for reading. */
#ifndef BPF_MNEMONIC_H
#define BPF_MNEMONIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How the operand behind a mnemonic is written. */
enum bpf_operand {
	BPF_OPERAND_UNKNOWN, /* the code itself */
	BPF_OPERAND_NOTHING,
	BPF_OPERAND_DECIMAL,	 /* #-1 */
	BPF_OPERAND_HEX,	 /* #0x800 */
	BPF_OPERAND_X,		 /* x */
	BPF_OPERAND_LENGTH,	 /* #pktlen */
	BPF_OPERAND_MEMORY,	 /* M[3] */
	BPF_OPERAND_ABSOLUTE,	 /* [12], or a name in place of the number */
	BPF_OPERAND_INDIRECT,	 /* [x + 12] */
	BPF_OPERAND_HEADER,	 /* 4*([14]&0xf) */
	BPF_OPERAND_DESTINATION, /* the number of an instruction */
};

struct bpf_mnemonic {
	char name[6];
	uint8_t operand; /* enum bpf_operand */
};

/* Of any code; "unimp" where there is none. */
const struct bpf_mnemonic *bpf_mnemonic(uint16_t code);
/* The code of the @len bytes at @name with this operand, or -1. */
int bpf_mnemonic_code(const char *name, size_t len, enum bpf_operand operand);

/* Whether "jt" and "jf" stand behind it; tcpdump writes them for unknown codes
 * of the jump class, too. */
bool bpf_has_two_ways(uint16_t code);

/* Of an offset, NULL if it is no ancillary value; and the way back, or 0. */
const char *bpf_ancillary_name(uint32_t k);
uint32_t bpf_ancillary_offset(const char *name, size_t len);

#endif
