// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/bpf.h>

#include <linux/filter.h>

#include "base/bytes.h"
#include "bpf/compute.h"
#include "bpf/view.h"

struct input {
	const struct pktcap_packet *pkt;
	struct bytes bytes;
};

/*
 * Offsets are signed 32-bit numbers in the kernel: what is beyond INT32_MAX is
 * negative and never a byte of the packet proper.
 */
static struct bytes bytes_of(const struct pktcap_packet *pkt)
{
	size_t n = pkt->caplen < INT32_MAX ? pkt->caplen : INT32_MAX;

	return (struct bytes){ pkt->data, n };
}

static inline bool load_absolute(const struct input *in, uint32_t k,
				 size_t size, uint32_t *a, uint32_t x)
{
	struct view_value v;

	if (view_number(in->bytes, k, size, a))
		return true;
	v = view_load_absolute(in->pkt, k, size, *a, x);
	*a = v.value;
	return v.found;
}

/* No ancillary values here: the kernel looks for them in constants only. */
static inline bool load_indirect(const struct input *in, uint32_t k,
				 size_t size, uint32_t *out)
{
	struct view_value v;

	if (view_number(in->bytes, k, size, out))
		return true;
	v = view_load(in->pkt, k, size);
	*out = v.value;
	return v.found;
}

/*
 * The hint makes it a branch: with a conditional move, the next instruction
 * could not be fetched before the comparison is done.
 */
static inline size_t jump(const struct pktcap_insn *pc, bool taken)
{
	return __builtin_expect(taken, 1) ? pc->jt : pc->jf;
}

static inline bool divides(uint16_t operation)
{
	return operation == BPF_DIV || operation == BPF_MOD;
}

/*
 * Relies on pktcap_bpf_validate(): every code is known, every way ends at a
 * return, and memory is read only where it was written.
 */
static uint32_t run(const struct pktcap_insn *pc, const struct input *in)
{
	uint32_t a = 0, x = 0, operand, memory[BPF_MEMWORDS];

	for (;; pc++) {
		switch (pc->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			if (!load_absolute(in, pc->k, 4, &a, x))
				return 0;
			break;
		case BPF_LD | BPF_H | BPF_ABS:
			if (!load_absolute(in, pc->k, 2, &a, x))
				return 0;
			break;
		case BPF_LD | BPF_B | BPF_ABS:
			if (!load_absolute(in, pc->k, 1, &a, x))
				return 0;
			break;
		case BPF_LD | BPF_W | BPF_IND:
			if (!load_indirect(in, x + pc->k, 4, &a))
				return 0;
			break;
		case BPF_LD | BPF_H | BPF_IND:
			if (!load_indirect(in, x + pc->k, 2, &a))
				return 0;
			break;
		case BPF_LD | BPF_B | BPF_IND:
			if (!load_indirect(in, x + pc->k, 1, &a))
				return 0;
			break;
		case BPF_LDX | BPF_B | BPF_MSH:
			if (!load_indirect(in, pc->k, 1, &x))
				return 0;
			x = (x & 0xf) << 2;
			break;
		case BPF_JMP | BPF_JEQ | BPF_K:
			pc += jump(pc, a == pc->k);
			break;
		case BPF_JMP | BPF_JEQ | BPF_X:
			pc += jump(pc, a == x);
			break;
		case BPF_JMP | BPF_JGT | BPF_K:
			pc += jump(pc, a > pc->k);
			break;
		case BPF_JMP | BPF_JGT | BPF_X:
			pc += jump(pc, a > x);
			break;
		case BPF_JMP | BPF_JGE | BPF_K:
			pc += jump(pc, a >= pc->k);
			break;
		case BPF_JMP | BPF_JGE | BPF_X:
			pc += jump(pc, a >= x);
			break;
		case BPF_JMP | BPF_JSET | BPF_K:
			pc += jump(pc, a & pc->k);
			break;
		case BPF_JMP | BPF_JSET | BPF_X:
			pc += jump(pc, a & x);
			break;
		case BPF_JMP | BPF_JA:
			pc += pc->k;
			break;
		case BPF_RET | BPF_K:
			return pc->k;
		case BPF_RET | BPF_A:
			return a;
		case BPF_LD | BPF_IMM:
			a = pc->k;
			break;
		case BPF_LDX | BPF_IMM:
			x = pc->k;
			break;
		case BPF_LD | BPF_W | BPF_LEN:
			a = in->pkt->wirelen;
			break;
		case BPF_LDX | BPF_W | BPF_LEN:
			x = in->pkt->wirelen;
			break;
		case BPF_LD | BPF_MEM:
			a = memory[pc->k];
			break;
		case BPF_LDX | BPF_MEM:
			x = memory[pc->k];
			break;
		case BPF_ST:
			memory[pc->k] = a;
			break;
		case BPF_STX:
			memory[pc->k] = x;
			break;
		case BPF_MISC | BPF_TAX:
			x = a;
			break;
		case BPF_MISC | BPF_TXA:
			a = x;
			break;
		default: /* BPF_ALU */
			operand = BPF_SRC(pc->code) == BPF_X ? x : pc->k;
			if (!operand && divides(BPF_OP(pc->code)))
				return 0;
			a = bpf_compute(BPF_OP(pc->code), a, operand);
			break;
		}
	}
}

uint32_t pktcap_bpf_run(const struct pktcap_insn *insns, size_t n,
			const struct pktcap_packet *pkt)
{
	const struct input in = { pkt, bytes_of(pkt) };

	return n ? run(insns, &in) : 0;
}
