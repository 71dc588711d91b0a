/* SPDX-License-Identifier: BSD-2-Clause */
/* What the instructions that calculate give. */
#ifndef BPF_COMPUTE_H
#define BPF_COMPUTE_H

#include <stdint.h>

#include <linux/filter.h>

/* Everything but dividing by zero, which rejects the packet. */
static inline uint32_t bpf_compute(uint32_t operation, uint32_t a, uint32_t b)
{
	switch (operation) {
	case BPF_ADD:
		return a + b;
	case BPF_SUB:
		return a - b;
	case BPF_MUL:
		return a * b;
	case BPF_DIV:
		return a / b;
	case BPF_MOD:
		return a % b;
	case BPF_AND:
		return a & b;
	case BPF_OR:
		return a | b;
	case BPF_XOR:
		return a ^ b;
	case BPF_LSH: /* by a register modulo 32, as the kernel does */
		return a << (b & 31);
	case BPF_RSH:
		return a >> (b & 31);
	default: /* BPF_NEG */
		return -a;
	}
}

#endif
