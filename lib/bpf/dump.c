// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/bpf.h>

#include <errno.h>
#include <linux/filter.h>

#include "base/text.h"
#include "bpf/mnemonic.h"

enum {
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
	const char *name = bpf_ancillary_name(k);

	if (name)
		text_format(t, "[%s]", name);
	else
		put_around(t, "[", k, "]");
}

static void put_operand(struct text *t, const struct pktcap_insn *insn,
			enum bpf_operand operand, uint32_t next)
{
	switch (operand) {
	case BPF_OPERAND_UNKNOWN:
		put_hex(t, "0x", insn->code);
		break;
	case BPF_OPERAND_NOTHING:
		break;
	case BPF_OPERAND_DECIMAL:
		put_around(t, "#", insn->k, "");
		break;
	case BPF_OPERAND_HEX:
		put_hex(t, "#0x", insn->k);
		break;
	case BPF_OPERAND_X:
		text_string(t, "x");
		break;
	case BPF_OPERAND_LENGTH:
		text_string(t, "#pktlen");
		break;
	case BPF_OPERAND_MEMORY:
		put_around(t, "M[", insn->k, "]");
		break;
	case BPF_OPERAND_ABSOLUTE:
		put_absolute(t, insn->k);
		break;
	case BPF_OPERAND_INDIRECT:
		put_around(t, "[x + ", insn->k, "]");
		break;
	case BPF_OPERAND_HEADER:
		put_around(t, "4*([", insn->k, "]&0xf)");
		break;
	case BPF_OPERAND_DESTINATION:
		put_signed(t, next + insn->k);
		break;
	}
}

static void pad(struct text *t, size_t start, size_t width)
{
	while (t->len - start < width)
		text_char(t, ' ');
}

static void put_assembly(struct text *t, const struct pktcap_insn *insn,
			 uint32_t index)
{
	const struct bpf_mnemonic *m = bpf_mnemonic(insn->code);
	uint32_t next = index + 1;
	size_t start;

	text_char(t, '(');
	text_number(t, index, 10, 3, '0');
	text_string(t, ") ");
	start = t->len;
	text_string(t, m->name);
	pad(t, start, NAME_WIDTH);
	text_char(t, ' ');
	start = t->len;
	put_operand(t, insn, m->operand, next);
	if (bpf_has_two_ways(insn->code)) {
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
