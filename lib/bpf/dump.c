// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/bpf.h>

#include <errno.h>
#include <linux/filter.h>
#include <stdbool.h>

#include "base/text.h"

/* How the operand behind a mnemonic is written. */
enum operand {
	UNKNOWN, /* the code itself */
	NOTHING,
	DECIMAL,     /* #-1 */
	HEX,	     /* #0x800 */
	X,	     /* x */
	LENGTH,	     /* #pktlen */
	MEMORY,	     /* M[3] */
	ABSOLUTE,    /* [12], or a name in place of the number */
	INDIRECT,    /* [x + 12] */
	HEADER,	     /* 4*([14]&0xf) */
	DESTINATION, /* the number of an instruction */
};

static const struct mnemonic {
	char name[5];
	uint8_t operand;
} mnemonics[] = {
	[BPF_LD | BPF_IMM] = { "ld", HEX },
	[BPF_LD | BPF_W | BPF_LEN] = { "ld", LENGTH },
	[BPF_LD | BPF_MEM] = { "ld", MEMORY },
	[BPF_LD | BPF_W | BPF_ABS] = { "ld", ABSOLUTE },
	[BPF_LD | BPF_H | BPF_ABS] = { "ldh", ABSOLUTE },
	[BPF_LD | BPF_B | BPF_ABS] = { "ldb", ABSOLUTE },
	[BPF_LD | BPF_W | BPF_IND] = { "ld", INDIRECT },
	[BPF_LD | BPF_H | BPF_IND] = { "ldh", INDIRECT },
	[BPF_LD | BPF_B | BPF_IND] = { "ldb", INDIRECT },
	[BPF_LDX | BPF_IMM] = { "ldx", HEX },
	[BPF_LDX | BPF_MEM] = { "ldx", MEMORY },
	[BPF_LDX | BPF_B | BPF_MSH] = { "ldxb", HEADER },
	[BPF_ST] = { "st", MEMORY },
	[BPF_STX] = { "stx", MEMORY },
	[BPF_ALU | BPF_ADD | BPF_K] = { "add", DECIMAL },
	[BPF_ALU | BPF_ADD | BPF_X] = { "add", X },
	[BPF_ALU | BPF_SUB | BPF_K] = { "sub", DECIMAL },
	[BPF_ALU | BPF_SUB | BPF_X] = { "sub", X },
	[BPF_ALU | BPF_MUL | BPF_K] = { "mul", DECIMAL },
	[BPF_ALU | BPF_MUL | BPF_X] = { "mul", X },
	[BPF_ALU | BPF_DIV | BPF_K] = { "div", DECIMAL },
	[BPF_ALU | BPF_DIV | BPF_X] = { "div", X },
	[BPF_ALU | BPF_MOD | BPF_K] = { "mod", DECIMAL },
	[BPF_ALU | BPF_MOD | BPF_X] = { "mod", X },
	[BPF_ALU | BPF_AND | BPF_K] = { "and", HEX },
	[BPF_ALU | BPF_AND | BPF_X] = { "and", X },
	[BPF_ALU | BPF_OR | BPF_K] = { "or", HEX },
	[BPF_ALU | BPF_OR | BPF_X] = { "or", X },
	[BPF_ALU | BPF_XOR | BPF_K] = { "xor", HEX },
	[BPF_ALU | BPF_XOR | BPF_X] = { "xor", X },
	[BPF_ALU | BPF_LSH | BPF_K] = { "lsh", DECIMAL },
	[BPF_ALU | BPF_LSH | BPF_X] = { "lsh", X },
	[BPF_ALU | BPF_RSH | BPF_K] = { "rsh", DECIMAL },
	[BPF_ALU | BPF_RSH | BPF_X] = { "rsh", X },
	[BPF_ALU | BPF_NEG] = { "neg", NOTHING },
	[BPF_JMP | BPF_JA] = { "ja", DESTINATION },
	[BPF_JMP | BPF_JEQ | BPF_K] = { "jeq", HEX },
	[BPF_JMP | BPF_JEQ | BPF_X] = { "jeq", X },
	[BPF_JMP | BPF_JGT | BPF_K] = { "jgt", HEX },
	[BPF_JMP | BPF_JGT | BPF_X] = { "jgt", X },
	[BPF_JMP | BPF_JGE | BPF_K] = { "jge", HEX },
	[BPF_JMP | BPF_JGE | BPF_X] = { "jge", X },
	[BPF_JMP | BPF_JSET | BPF_K] = { "jset", HEX },
	[BPF_JMP | BPF_JSET | BPF_X] = { "jset", X },
	[BPF_RET | BPF_K] = { "ret", DECIMAL },
	[BPF_RET | BPF_A] = { "ret", NOTHING },
	[BPF_MISC | BPF_TAX] = { "tax", NOTHING },
	[BPF_MISC | BPF_TXA] = { "txa", NOTHING },
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
	NAME_WIDTH = 8,
	OPERAND_WIDTH = 16,
};

static void put_signed(struct text *t, uint32_t value)
{
	text_format(t, "%d", (int)value);
}

static void put_hex(struct text *t, const char *before, uint32_t value)
{
	text_string(t, before);
	text_number(t, value, 16, 0, 0);
}

static void put_around(struct text *t, const char *before, uint32_t value,
		       const char *after)
{
	text_string(t, before);
	put_signed(t, value);
	text_string(t, after);
}

static void put_absolute(struct text *t, uint32_t k)
{
	uint32_t ad = k - (uint32_t)SKF_AD_OFF;

	if (ad % 4 || ad / 4 >= ANCILLARY_NAMES)
		put_around(t, "[", k, "]");
	else
		text_format(t, "[%s]", ancillary_names[ad / 4]);
}

static void put_operand(struct text *t, const struct pktcap_insn *insn,
			enum operand operand, uint32_t next)
{
	switch (operand) {
	case UNKNOWN:
		put_hex(t, "0x", insn->code);
		break;
	case NOTHING:
		break;
	case DECIMAL:
		put_around(t, "#", insn->k, "");
		break;
	case HEX:
		put_hex(t, "#0x", insn->k);
		break;
	case X:
		text_string(t, "x");
		break;
	case LENGTH:
		text_string(t, "#pktlen");
		break;
	case MEMORY:
		put_around(t, "M[", insn->k, "]");
		break;
	case ABSOLUTE:
		put_absolute(t, insn->k);
		break;
	case INDIRECT:
		put_around(t, "[x + ", insn->k, "]");
		break;
	case HEADER:
		put_around(t, "4*([", insn->k, "]&0xf)");
		break;
	case DESTINATION:
		put_signed(t, next + insn->k);
		break;
	}
}

static void pad(struct text *t, size_t start, size_t width)
{
	while (t->len - start < width)
		text_char(t, ' ');
}

/* Unknown codes of the jump class get their targets, too: tcpdump does so. */
static bool has_two_ways(const struct pktcap_insn *insn)
{
	return BPF_CLASS(insn->code) == BPF_JMP && BPF_OP(insn->code) != BPF_JA;
}

static void put_assembly(struct text *t, const struct pktcap_insn *insn,
			 uint32_t index)
{
	static const struct mnemonic unknown = { "", UNKNOWN };
	const struct mnemonic *m =
		insn->code < MNEMONICS ? &mnemonics[insn->code] : &unknown;
	uint32_t next = index + 1;
	size_t start;

	text_char(t, '(');
	text_number(t, index, 10, 3, '0');
	text_string(t, ") ");
	start = t->len;
	text_string(t, m->operand == UNKNOWN ? "unimp" : m->name);
	pad(t, start, NAME_WIDTH);
	text_char(t, ' ');
	start = t->len;
	put_operand(t, insn, m->operand, next);
	if (has_two_ways(insn)) {
		pad(t, start, OPERAND_WIDTH);
		text_format(t, " jt %u\tjf %u", (unsigned int)(next + insn->jt),
			    (unsigned int)(next + insn->jf));
	}
	text_char(t, '\n');
}

static void put_c(struct text *t, const struct pktcap_insn *insn)
{
	text_format(t, "{ 0x%x, %u, %u, 0x", (unsigned int)insn->code,
		    (unsigned int)insn->jt, (unsigned int)insn->jf);
	text_number(t, insn->k, 16, 8, '0');
	text_string(t, " },\n");
}

static void put_decimal(struct text *t, const struct pktcap_insn *insn)
{
	text_format(t, "%u %u %u ", (unsigned int)insn->code,
		    (unsigned int)insn->jt, (unsigned int)insn->jf);
	text_number(t, insn->k, 10, 0, 0);
	text_char(t, '\n');
}

int64_t pktcap_bpf_dump(const struct pktcap_insn *insns, size_t n,
			uint32_t form, char *buf, size_t size)
{
	struct text t = text_over(buf, size);

	if (form < PKTCAP_BPF_FORM_ASM || form > PKTCAP_BPF_FORM_DECIMAL)
		return -EINVAL;
	if (form == PKTCAP_BPF_FORM_DECIMAL)
		text_format(&t, "%zu\n", n);
	for (size_t i = 0; i < n; i++) {
		if (form == PKTCAP_BPF_FORM_ASM)
			put_assembly(&t, &insns[i], (uint32_t)i);
		else if (form == PKTCAP_BPF_FORM_C)
			put_c(&t, &insns[i]);
		else
			put_decimal(&t, &insns[i]);
	}
	return (int64_t)t.len;
}
