// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/bpf.h>

#include <linux/filter.h>

#include "base/bytes.h"
#include "bpf/compute.h"
#include "bpf/view.h"

/*
 * Offsets are signed 32-bit numbers in the kernel: what is beyond INT32_MAX is
 * negative and never a byte of the packet proper.
 */
static struct bytes bytes_of(const struct pktcap_packet *pkt)
{
	size_t n = pkt->caplen < INT32_MAX ? pkt->caplen : INT32_MAX;

	return (struct bytes){ pkt->data, n };
}

/* All that a call in the middle of a program must not lose. */
struct state {
	const struct pktcap_insn *pc;
	const struct pktcap_packet *pkt;
	uint32_t a, x;
};

/*
 * A load of what is no byte of the packet proper. The kernel looks for
 * ancillary values in constants only. Out of line and through memory: it is
 * the only call of the interpreter, which then saves no registers for it.
 */
__attribute__((noinline)) static bool load_elsewhere(struct state *s)
{
	const struct pktcap_insn *pc = s->pc;
	uint32_t k = pc->k + (BPF_MODE(pc->code) == BPF_IND ? s->x : 0);
	size_t size = 4u >> BPF_SIZE(pc->code) / BPF_H; /* W 0, H 8, B 16 */
	struct view_value v;

	if (BPF_MODE(pc->code) == BPF_ABS)
		v = view_load_absolute(s->pkt, k, size, s->a, s->x);
	else
		v = view_load(s->pkt, k, size);
	if (BPF_CLASS(pc->code) == BPF_LD)
		s->a = v.value;
	else
		s->x = (v.value & 0xf) << 2;
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

/*
 * What mostly follows a load: without going through the table for each
 * comparison, programs run a third faster.
 */
static inline const struct pktcap_insn *compare(const struct pktcap_insn *pc,
						uint32_t a)
{
	while (pc->code == (BPF_JMP | BPF_JEQ | BPF_K))
		pc += 1 + jump(pc, a == pc->k);
	return pc;
}

static inline bool divides(uint16_t operation)
{
	return operation == BPF_DIV || operation == BPF_MOD;
}

/*
 * Relies on pktcap_bpf_validate(): every code is known, every way ends at a
 * return, and memory is read only where it was written. Long, as one switch
 * keeps both registers in registers: a call for each instruction would not.
 */
static uint32_t run(const struct pktcap_insn *pc,
		    const struct pktcap_packet *pkt)
{
	struct bytes bytes = bytes_of(pkt);
	uint32_t a = 0, x = 0, operand, memory[BPF_MEMWORDS];
	struct state state;

	for (;;) {
		switch (pc->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			if (!view_number(bytes, pc->k, 4, &a))
				goto elsewhere;
			pc = compare(pc + 1, a);
			continue;
		case BPF_LD | BPF_H | BPF_ABS:
			if (!view_number(bytes, pc->k, 2, &a))
				goto elsewhere;
			pc = compare(pc + 1, a);
			continue;
		case BPF_LD | BPF_B | BPF_ABS:
			if (!view_number(bytes, pc->k, 1, &a))
				goto elsewhere;
			pc = compare(pc + 1, a);
			continue;
		case BPF_LD | BPF_W | BPF_IND:
			if (!view_number(bytes, x + pc->k, 4, &a))
				goto elsewhere;
			pc = compare(pc + 1, a);
			continue;
		case BPF_LD | BPF_H | BPF_IND:
			if (!view_number(bytes, x + pc->k, 2, &a))
				goto elsewhere;
			pc = compare(pc + 1, a);
			continue;
		case BPF_LD | BPF_B | BPF_IND:
			if (!view_number(bytes, x + pc->k, 1, &a))
				goto elsewhere;
			pc = compare(pc + 1, a);
			continue;
		case BPF_LDX | BPF_B | BPF_MSH:
			if (!view_number(bytes, pc->k, 1, &x))
				goto elsewhere;
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
			a = pkt->wirelen;
			break;
		case BPF_LDX | BPF_W | BPF_LEN:
			x = pkt->wirelen;
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
		pc++;
		continue;
	elsewhere:
		state = (struct state){ pc, pkt, a, x };
		if (!load_elsewhere(&state))
			return 0;
		pc = state.pc + 1;
		pkt = state.pkt;
		bytes = bytes_of(pkt);
		a = state.a;
		x = state.x;
	}
}

uint32_t pktcap_bpf_run(const struct pktcap_insn *insns, size_t n,
			const struct pktcap_packet *pkt)
{
	return n ? run(insns, pkt) : 0;
}
