// SPDX-License-Identifier: BSD-2-Clause
#include "bpf/mnemonic.h"

#include <linux/filter.h>
#include <string.h>

static const struct bpf_mnemonic mnemonics[] = {
	[BPF_LD | BPF_IMM] = { "ld", BPF_OPERAND_HEX },
	[BPF_LD | BPF_W | BPF_LEN] = { "ld", BPF_OPERAND_LENGTH },
	[BPF_LD | BPF_MEM] = { "ld", BPF_OPERAND_MEMORY },
	[BPF_LD | BPF_W | BPF_ABS] = { "ld", BPF_OPERAND_ABSOLUTE },
	[BPF_LD | BPF_H | BPF_ABS] = { "ldh", BPF_OPERAND_ABSOLUTE },
	[BPF_LD | BPF_B | BPF_ABS] = { "ldb", BPF_OPERAND_ABSOLUTE },
	[BPF_LD | BPF_W | BPF_IND] = { "ld", BPF_OPERAND_INDIRECT },
	[BPF_LD | BPF_H | BPF_IND] = { "ldh", BPF_OPERAND_INDIRECT },
	[BPF_LD | BPF_B | BPF_IND] = { "ldb", BPF_OPERAND_INDIRECT },
	[BPF_LDX | BPF_IMM] = { "ldx", BPF_OPERAND_HEX },
	[BPF_LDX | BPF_MEM] = { "ldx", BPF_OPERAND_MEMORY },
	[BPF_LDX | BPF_B | BPF_MSH] = { "ldxb", BPF_OPERAND_HEADER },
	[BPF_ST] = { "st", BPF_OPERAND_MEMORY },
	[BPF_STX] = { "stx", BPF_OPERAND_MEMORY },
	[BPF_ALU | BPF_ADD | BPF_K] = { "add", BPF_OPERAND_DECIMAL },
	[BPF_ALU | BPF_ADD | BPF_X] = { "add", BPF_OPERAND_X },
	[BPF_ALU | BPF_SUB | BPF_K] = { "sub", BPF_OPERAND_DECIMAL },
	[BPF_ALU | BPF_SUB | BPF_X] = { "sub", BPF_OPERAND_X },
	[BPF_ALU | BPF_MUL | BPF_K] = { "mul", BPF_OPERAND_DECIMAL },
	[BPF_ALU | BPF_MUL | BPF_X] = { "mul", BPF_OPERAND_X },
	[BPF_ALU | BPF_DIV | BPF_K] = { "div", BPF_OPERAND_DECIMAL },
	[BPF_ALU | BPF_DIV | BPF_X] = { "div", BPF_OPERAND_X },
	[BPF_ALU | BPF_MOD | BPF_K] = { "mod", BPF_OPERAND_DECIMAL },
	[BPF_ALU | BPF_MOD | BPF_X] = { "mod", BPF_OPERAND_X },
	[BPF_ALU | BPF_AND | BPF_K] = { "and", BPF_OPERAND_HEX },
	[BPF_ALU | BPF_AND | BPF_X] = { "and", BPF_OPERAND_X },
	[BPF_ALU | BPF_OR | BPF_K] = { "or", BPF_OPERAND_HEX },
	[BPF_ALU | BPF_OR | BPF_X] = { "or", BPF_OPERAND_X },
	[BPF_ALU | BPF_XOR | BPF_K] = { "xor", BPF_OPERAND_HEX },
	[BPF_ALU | BPF_XOR | BPF_X] = { "xor", BPF_OPERAND_X },
	[BPF_ALU | BPF_LSH | BPF_K] = { "lsh", BPF_OPERAND_DECIMAL },
	[BPF_ALU | BPF_LSH | BPF_X] = { "lsh", BPF_OPERAND_X },
	[BPF_ALU | BPF_RSH | BPF_K] = { "rsh", BPF_OPERAND_DECIMAL },
	[BPF_ALU | BPF_RSH | BPF_X] = { "rsh", BPF_OPERAND_X },
	[BPF_ALU | BPF_NEG] = { "neg", BPF_OPERAND_NOTHING },
	[BPF_JMP | BPF_JA] = { "ja", BPF_OPERAND_DESTINATION },
	[BPF_JMP | BPF_JEQ | BPF_K] = { "jeq", BPF_OPERAND_HEX },
	[BPF_JMP | BPF_JEQ | BPF_X] = { "jeq", BPF_OPERAND_X },
	[BPF_JMP | BPF_JGT | BPF_K] = { "jgt", BPF_OPERAND_HEX },
	[BPF_JMP | BPF_JGT | BPF_X] = { "jgt", BPF_OPERAND_X },
	[BPF_JMP | BPF_JGE | BPF_K] = { "jge", BPF_OPERAND_HEX },
	[BPF_JMP | BPF_JGE | BPF_X] = { "jge", BPF_OPERAND_X },
	[BPF_JMP | BPF_JSET | BPF_K] = { "jset", BPF_OPERAND_HEX },
	[BPF_JMP | BPF_JSET | BPF_X] = { "jset", BPF_OPERAND_X },
	[BPF_RET | BPF_K] = { "ret", BPF_OPERAND_DECIMAL },
	[BPF_RET | BPF_A] = { "ret", BPF_OPERAND_NOTHING },
	[BPF_MISC | BPF_TAX] = { "tax", BPF_OPERAND_NOTHING },
	[BPF_MISC | BPF_TXA] = { "txa", BPF_OPERAND_NOTHING },
};

/* In the order of the SKF_AD_ numbers, which go up in fours. */
static const char ancillary_names[][10] = {
	"proto", "type",   "ifidx",  "nla",	  "nlan",  "mark",
	"queue", "hatype", "rxhash", "cpu",	  "xor_x", "vlan_tci",
	"vlanp", "poff",   "random", "vlan_tpid",
};

enum {
	MNEMONICS = sizeof(mnemonics) / sizeof(mnemonics[0]),
	ANCILLARY_NAMES = sizeof(ancillary_names) / sizeof(ancillary_names[0]),
};

const struct bpf_mnemonic *bpf_mnemonic(uint16_t code)
{
	static const struct bpf_mnemonic unknown = { "unimp",
						     BPF_OPERAND_UNKNOWN };

	return code < MNEMONICS && mnemonics[code].name[0] ? &mnemonics[code]
							   : &unknown;
}

static bool is_word(const char *word, const char *p, size_t len)
{
	return strlen(word) == len && !memcmp(word, p, len);
}

int bpf_mnemonic_code(const char *name, size_t len, enum bpf_operand operand)
{
	for (int code = 0; len && code < MNEMONICS; code++)
		if (mnemonics[code].operand == operand &&
		    is_word(mnemonics[code].name, name, len))
			return code;
	return -1;
}

bool bpf_has_two_ways(uint16_t code)
{
	return BPF_CLASS(code) == BPF_JMP && BPF_OP(code) != BPF_JA;
}

const char *bpf_ancillary_name(uint32_t k)
{
	uint32_t ad = k - (uint32_t)SKF_AD_OFF;

	return ad % 4 || ad / 4 >= ANCILLARY_NAMES ? NULL
						   : ancillary_names[ad / 4];
}

uint32_t bpf_ancillary_offset(const char *name, size_t len)
{
	for (uint32_t i = 0; i < ANCILLARY_NAMES; i++)
		if (is_word(ancillary_names[i], name, len))
			return (uint32_t)SKF_AD_OFF + 4 * i;
	return 0;
}
