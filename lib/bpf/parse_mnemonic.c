// SPDX-License-Identifier: BSD-2-Clause
/* The form that tcpdump -d writes, read back. */
#include <errno.h>
#include <string.h>

#include "bpf/mnemonic.h"
#include "bpf/parse.h"

struct operand {
	enum bpf_operand kind;
	uint32_t value;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || c == '_';
}

/* The letters at the place; their number. */
static size_t read_word(struct source *s)
{
	size_t start = s->at;

	while (is_letter(parse_peek(s)))
		s->at++;
	return s->at - start;
}

/* Numbers above INT32_MAX are written as negative ones. */
static int read_signed(struct source *s, uint32_t *out)
{
	static const struct field field = { "operand", UINT32_MAX, -EINVAL };
	bool negative = parse_accept(s, "-");
	int rc = parse_number(s, &field, out);

	if (!rc && negative)
		*out = -*out;
	return rc;
}

static int read_immediate(struct source *s, struct operand *operand)
{
	operand->kind = BPF_OPERAND_LENGTH;
	if (parse_accept(s, "pktlen"))
		return 0;
	operand->kind = BPF_OPERAND_HEX;
	return read_signed(s, &operand->value);
}

/* "4*([14]&0xf)", or an instruction that has the number 4. */
static int read_plain(struct source *s, struct operand *operand)
{
	int rc = read_signed(s, &operand->value);

	operand->kind = BPF_OPERAND_DESTINATION;
	if (rc || !parse_accept(s, "*(["))
		return rc;
	operand->kind = BPF_OPERAND_HEADER;
	rc = read_signed(s, &operand->value);
	return rc ? rc : parse_expect(s, "]&0xf)");
}

static int read_offset(struct source *s, struct operand *operand)
{
	size_t start, n;
	int rc = 0;

	parse_skip_space(s);
	start = s->at;
	n = read_word(s);
	operand->kind = BPF_OPERAND_ABSOLUTE;
	if (n == 1 && s->text[start] == 'x') {
		operand->kind = BPF_OPERAND_INDIRECT;
		rc = parse_expect(s, "+");
	} else if (n) {
		operand->value = bpf_ancillary_offset(s->text + start, n);
		if (!operand->value)
			return parse_refuse(s, start,
					    "Linux has no such ancillary "
					    "value: see what tcpdump -d "
					    "writes");
		return parse_expect(s, "]");
	}
	if (!rc)
		rc = read_signed(s, &operand->value);
	return rc ? rc : parse_expect(s, "]");
}

static int read_memory(struct source *s, struct operand *operand)
{
	int rc = read_signed(s, &operand->value);

	operand->kind = BPF_OPERAND_MEMORY;
	return rc ? rc : parse_expect(s, "]");
}

static int read_operand(struct source *s, struct operand *operand)
{
	char c;

	*operand = (struct operand){ BPF_OPERAND_NOTHING, 0 };
	if (parse_accept(s, "#"))
		return read_immediate(s, operand);
	if (parse_accept(s, "["))
		return read_offset(s, operand);
	if (parse_accept(s, "M["))
		return read_memory(s, operand);
	c = parse_peek(s);
	if (c == '-' || (c >= '0' && c <= '9'))
		return read_plain(s, operand);
	if (parse_accept(s, "x"))
		operand->kind = BPF_OPERAND_X;
	return 0;
}

static int code_of(struct source *s, size_t word, size_t len,
		   struct operand *operand)
{
	const char *name = s->text + word;
	int code = bpf_mnemonic_code(name, len, operand->kind);

	/* Both ways to write a constant are good for all that have one. */
	if (code < 0 && operand->kind == BPF_OPERAND_HEX)
		code = bpf_mnemonic_code(name, len, BPF_OPERAND_DECIMAL);
	if (code < 0)
		return parse_refuse(s, word,
				    "no instruction is written like that: see "
				    "what tcpdump -d writes");
	return code;
}

/* "unimp 0x55": the code itself. */
static int read_code(struct source *s, struct pktcap_insn *insn)
{
	static const struct field field = { "code", UINT16_MAX, -EINVAL };
	uint32_t code = 0;
	int rc = parse_number(s, &field, &code);

	insn->code = (uint16_t)code;
	return rc;
}

static int read_known(struct source *s, size_t word, size_t len, uint32_t next,
		      struct pktcap_insn *insn)
{
	struct operand operand;
	int rc = read_operand(s, &operand);

	if (!rc)
		rc = code_of(s, word, len, &operand);
	if (rc < 0)
		return rc;
	insn->code = (uint16_t)rc;
	insn->k = operand.value;
	if (operand.kind == BPF_OPERAND_DESTINATION)
		insn->k -= next;
	return 0;
}

static int read_way(struct source *s, const char *name, uint32_t next,
		    uint8_t *out)
{
	const struct field field = { name, UINT32_MAX, -EINVAL };
	uint32_t to;
	size_t at;
	int rc = parse_expect(s, name);

	parse_skip_space(s);
	at = s->at;
	if (!rc)
		rc = parse_number(s, &field, &to);
	if (rc)
		return rc;
	if (to < next || to - next > UINT8_MAX)
		return parse_refuse(s, at,
				    "a branch goes forward, by 255 "
				    "instructions at most");
	*out = (uint8_t)(to - next);
	return 0;
}

static int read_index(struct source *s, uint32_t index)
{
	static const struct field field = { "number", UINT32_MAX, -EINVAL };
	size_t start = s->at;
	uint32_t number;
	int rc;

	if ((rc = parse_expect(s, "(")) ||
	    (rc = parse_number(s, &field, &number)) ||
	    (rc = parse_expect(s, ")")))
		return rc;
	if (number != index)
		return parse_refuse(s, start,
				    "instructions are numbered from 0, as "
				    "branches need it");
	return 0;
}

int parse_mnemonic(struct source *s, uint32_t index, struct pktcap_insn *insn)
{
	size_t word, len;
	int rc = read_index(s, index);

	*insn = (struct pktcap_insn){ .code = 0 };
	if (rc)
		return rc;
	parse_skip_space(s);
	word = s->at;
	len = read_word(s);
	if (len == 5 && !memcmp(s->text + word, "unimp", 5))
		rc = read_code(s, insn);
	else
		rc = read_known(s, word, len, index + 1, insn);
	if (!rc && bpf_has_two_ways(insn->code)) {
		rc = read_way(s, "jt", index + 1, &insn->jt);
		if (!rc)
			rc = read_way(s, "jf", index + 1, &insn->jf);
	}
	parse_skip_space(s);
	return rc;
}
