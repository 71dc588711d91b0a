// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/bpf.h>

#include <errno.h>
#include <linux/filter.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "bpf/bpf.h"

/* What an instruction needs checked beyond being known. */
enum shape {
	UNKNOWN,
	PLAIN,
	DIVISION,
	SHIFT,
	MEMORY_LOAD,
	MEMORY_STORE,
	JUMP,
	BRANCH,
	PACKET_LOAD,
	RETURN,
};

static const uint8_t shapes[] = {
	[BPF_LD | BPF_IMM] = PLAIN,
	[BPF_LD | BPF_W | BPF_LEN] = PLAIN,
	[BPF_LD | BPF_MEM] = MEMORY_LOAD,
	[BPF_LD | BPF_W | BPF_ABS] = PACKET_LOAD,
	[BPF_LD | BPF_H | BPF_ABS] = PACKET_LOAD,
	[BPF_LD | BPF_B | BPF_ABS] = PACKET_LOAD,
	[BPF_LD | BPF_W | BPF_IND] = PLAIN,
	[BPF_LD | BPF_H | BPF_IND] = PLAIN,
	[BPF_LD | BPF_B | BPF_IND] = PLAIN,
	[BPF_LDX | BPF_IMM] = PLAIN,
	[BPF_LDX | BPF_W | BPF_LEN] = PLAIN,
	[BPF_LDX | BPF_MEM] = MEMORY_LOAD,
	[BPF_LDX | BPF_B | BPF_MSH] = PLAIN,
	[BPF_ST] = MEMORY_STORE,
	[BPF_STX] = MEMORY_STORE,
	[BPF_ALU | BPF_ADD | BPF_K] = PLAIN,
	[BPF_ALU | BPF_ADD | BPF_X] = PLAIN,
	[BPF_ALU | BPF_SUB | BPF_K] = PLAIN,
	[BPF_ALU | BPF_SUB | BPF_X] = PLAIN,
	[BPF_ALU | BPF_MUL | BPF_K] = PLAIN,
	[BPF_ALU | BPF_MUL | BPF_X] = PLAIN,
	[BPF_ALU | BPF_DIV | BPF_K] = DIVISION,
	[BPF_ALU | BPF_DIV | BPF_X] = PLAIN,
	[BPF_ALU | BPF_MOD | BPF_K] = DIVISION,
	[BPF_ALU | BPF_MOD | BPF_X] = PLAIN,
	[BPF_ALU | BPF_AND | BPF_K] = PLAIN,
	[BPF_ALU | BPF_AND | BPF_X] = PLAIN,
	[BPF_ALU | BPF_OR | BPF_K] = PLAIN,
	[BPF_ALU | BPF_OR | BPF_X] = PLAIN,
	[BPF_ALU | BPF_XOR | BPF_K] = PLAIN,
	[BPF_ALU | BPF_XOR | BPF_X] = PLAIN,
	[BPF_ALU | BPF_LSH | BPF_K] = SHIFT,
	[BPF_ALU | BPF_LSH | BPF_X] = PLAIN,
	[BPF_ALU | BPF_RSH | BPF_K] = SHIFT,
	[BPF_ALU | BPF_RSH | BPF_X] = PLAIN,
	[BPF_ALU | BPF_NEG] = PLAIN,
	[BPF_JMP | BPF_JA] = JUMP,
	[BPF_JMP | BPF_JEQ | BPF_K] = BRANCH,
	[BPF_JMP | BPF_JEQ | BPF_X] = BRANCH,
	[BPF_JMP | BPF_JGT | BPF_K] = BRANCH,
	[BPF_JMP | BPF_JGT | BPF_X] = BRANCH,
	[BPF_JMP | BPF_JGE | BPF_K] = BRANCH,
	[BPF_JMP | BPF_JGE | BPF_X] = BRANCH,
	[BPF_JMP | BPF_JSET | BPF_K] = BRANCH,
	[BPF_JMP | BPF_JSET | BPF_X] = BRANCH,
	[BPF_RET | BPF_K] = RETURN,
	[BPF_RET | BPF_A] = RETURN,
	[BPF_MISC | BPF_TAX] = PLAIN,
	[BPF_MISC | BPF_TXA] = PLAIN,
};

static enum shape shape_of(const struct pktcap_insn *insn)
{
	return insn->code < sizeof(shapes) ? shapes[insn->code] : UNKNOWN;
}

static bool is_ancillary(uint32_t k)
{
	uint32_t ad = k - (uint32_t)SKF_AD_OFF;

	return ad <= SKF_AD_VLAN_TPID && ad % 4 == 0;
}

/* Why the kernel would refuse this instruction, or NULL. */
static const char *complaint(const struct pktcap_insn *insn, size_t behind)
{
	switch (shape_of(insn)) {
	case UNKNOWN:
		return "is no instruction of classic BPF: compile the filter "
		       "again";
	case DIVISION:
		return insn->k ? NULL : "divides by zero: use another constant";
	case SHIFT:
		return insn->k < 32 ? NULL : "shifts too far: 31 bits at most";
	case MEMORY_LOAD:
	case MEMORY_STORE:
		return insn->k < BPF_MEMWORDS
			       ? NULL
			       : "uses scratch memory that is not there: M[0] "
				 "to M[15] are";
	case JUMP:
		return insn->k < behind ? NULL
					: "jumps out of the program: end it "
					  "with a return";
	case BRANCH:
		return insn->jt < behind && insn->jf < behind
			       ? NULL
			       : "branches out of the program: end it with a "
				 "return";
	case PACKET_LOAD:
		return insn->k < (uint32_t)SKF_AD_OFF || is_ancillary(insn->k)
			       ? NULL
			       : "loads an ancillary value Linux does not "
				 "have: "
				 "see SKF_AD_ in linux/filter.h";
	default:
		return NULL;
	}
}

static int refuse(struct pktcap_error *error, size_t at,
		  const struct pktcap_insn *insn, const char *why)
{
	return error_set_at(error, at, -EINVAL, "program",
			    "instruction %zu (code 0x%x, k 0x%x) %s", at,
			    (unsigned int)insn->code, (unsigned int)insn->k,
			    why);
}

/*
 * Walks the program once; @known[i] holds the words of scratch memory that
 * every jump to i has written. Like the kernel's walk it takes the instruction
 * after a return as reached from there: what it refuses, this has to refuse.
 */
static int check_scratch(const struct pktcap_insn *insns, size_t n,
			 uint16_t *known, struct pktcap_error *error)
{
	uint16_t written = 0;

	for (size_t i = 0; i < n; i++) {
		const struct pktcap_insn *insn = &insns[i];

		written &= known[i];
		switch (shape_of(insn)) {
		case MEMORY_STORE:
			written |= (uint16_t)(1u << insn->k);
			break;
		case MEMORY_LOAD:
			if (!(written >> insn->k & 1))
				return refuse(error, i, insn,
					      "reads scratch memory that was "
					      "not written on every way here: "
					      "store to it first");
			break;
		case JUMP:
			known[i + 1 + insn->k] &= written;
			written = UINT16_MAX;
			break;
		case BRANCH:
			known[i + 1 + insn->jt] &= written;
			known[i + 1 + insn->jf] &= written;
			written = UINT16_MAX;
			break;
		default:
			break;
		}
	}
	return 0;
}

static int check_scratch_use(const struct pktcap_insn *insns, size_t n,
			     struct pktcap_error *error)
{
	uint16_t *known = malloc(n * sizeof(*known));
	int rc;

	if (!known)
		return error_set(error, -ENOMEM, "malloc",
				 "no memory to check a program of %zu "
				 "instructions: free some",
				 n);
	memset(known, 0xff, n * sizeof(*known));
	rc = check_scratch(insns, n, known, error);
	free(known);
	return rc;
}

int pktcap_bpf_validate(const struct pktcap_insn *insns, size_t n,
			struct pktcap_error *error)
{
	bool reads_scratch = false;

	if (!n || !insns)
		return error_set(error, -EINVAL, "program",
				 "a program without instructions: one that "
				 "takes all is a single return");
	if (n > BPF_INSNS_MAX)
		return error_set(error, -E2BIG, "program",
				 "a program of %zu instructions: at most %d "
				 "can be run",
				 n, BPF_INSNS_MAX);
	for (size_t i = 0; i < n; i++) {
		const char *why = complaint(&insns[i], n - i - 1);

		if (why)
			return refuse(error, i, &insns[i], why);
		reads_scratch |= shape_of(&insns[i]) == MEMORY_LOAD;
	}
	if (shape_of(&insns[n - 1]) != RETURN)
		return refuse(error, n - 1, &insns[n - 1],
			      "is the last and no return: add one");
	return reads_scratch ? check_scratch_use(insns, n, error) : 0;
}
