// SPDX-License-Identifier: BSD-2-Clause
#include "bpf/parse.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "bpf/bpf.h"

static const struct field count_field = { "count", BPF_INSNS_MAX, -E2BIG };
static const struct field code_field = { "code", UINT16_MAX, -EINVAL };
static const struct field jt_field = { "jt", UINT8_MAX, -EINVAL };
static const struct field jf_field = { "jf", UINT8_MAX, -EINVAL };
static const struct field k_field = { "k", UINT32_MAX, -EINVAL };

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The value of a digit, 16 or more for all other characters. */
static uint32_t digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return (uint32_t)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (uint32_t)(c - 'a') + 10;
	return c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10 : 16;
}

char parse_peek(const struct source *s)
{
	return s->at < s->len ? s->text[s->at] : '\0';
}

void parse_skip_space(struct source *s)
{
	while (s->at < s->len && is_space(s->text[s->at]))
		s->at++;
}

/* Decimal programs are files that people keep: they may say what they do. */
static void skip_comments(struct source *s)
{
	parse_skip_space(s);
	while (parse_peek(s) == '#') {
		while (s->at < s->len && s->text[s->at] != '\n')
			s->at++;
		parse_skip_space(s);
	}
}

bool parse_accept(struct source *s, const char *what)
{
	size_t n = strlen(what);

	parse_skip_space(s);
	if (s->len - s->at < n || memcmp(s->text + s->at, what, n) != 0)
		return false;
	s->at += n;
	return true;
}

int parse_refuse(const struct source *s, size_t at, const char *what)
{
	return error_set_at(s->error, at, -EINVAL, "program", "byte %zu: %s",
			    at, what);
}

int parse_expect(struct source *s, const char *what)
{
	if (parse_accept(s, what))
		return 0;
	return error_set_at(s->error, s->at, -EINVAL, "program",
			    "byte %zu: '%s' must be here: write the program "
			    "again",
			    s->at, what);
}

static int read_digits(struct source *s, uint32_t base,
		       const struct field *field, uint32_t *out)
{
	size_t start = s->at;
	uint64_t value = 0;

	for (; digit_of(parse_peek(s)) < base; s->at++) {
		value = value * base + digit_of(parse_peek(s));
		if (value > field->max)
			return error_set_at(
				s->error, start, field->above, field->name,
				"byte %zu: %s is at most %u: write "
				"the program again",
				start, field->name, (unsigned int)field->max);
	}
	if (s->at == start)
		return error_set_at(s->error, start, -EINVAL, field->name,
				    "byte %zu: %s must be a number: write the "
				    "program again",
				    start, field->name);
	*out = (uint32_t)value;
	return 0;
}

int parse_number(struct source *s, const struct field *field, uint32_t *out)
{
	return read_digits(s, parse_accept(s, "0x") ? 16 : 10, field, out);
}

/* A number of the decimal form, and nothing that is not one behind it. */
static int read_decimal(struct source *s, const struct field *field,
			uint32_t *out)
{
	int rc;

	skip_comments(s);
	rc = read_digits(s, 10, field, out);
	if (!rc && s->at < s->len && !is_space(parse_peek(s)) &&
	    parse_peek(s) != '#')
		return parse_refuse(s, s->at,
				    "only decimal numbers can be here: write "
				    "the program again with -ddd");
	return rc;
}

static int decimal_insn(struct source *s, uint32_t index,
			struct pktcap_insn *insn)
{
	uint32_t code, jt, jf, k;
	int rc;

	(void)index;
	if ((rc = read_decimal(s, &code_field, &code)) ||
	    (rc = read_decimal(s, &jt_field, &jt)) ||
	    (rc = read_decimal(s, &jf_field, &jf)) ||
	    (rc = read_decimal(s, &k_field, &k)))
		return rc;
	*insn = (struct pktcap_insn){ (uint16_t)code, (uint8_t)jt, (uint8_t)jf,
				      k };
	return 0;
}

static int c_insn(struct source *s, uint32_t index, struct pktcap_insn *insn)
{
	uint32_t code, jt, jf, k;
	int rc;

	(void)index;
	if ((rc = parse_expect(s, "{")) ||
	    (rc = parse_number(s, &code_field, &code)) ||
	    (rc = parse_expect(s, ",")) ||
	    (rc = parse_number(s, &jt_field, &jt)) ||
	    (rc = parse_expect(s, ",")) ||
	    (rc = parse_number(s, &jf_field, &jf)) ||
	    (rc = parse_expect(s, ",")) ||
	    (rc = parse_number(s, &k_field, &k)) || (rc = parse_expect(s, "}")))
		return rc;
	*insn = (struct pktcap_insn){ (uint16_t)code, (uint8_t)jt, (uint8_t)jf,
				      k };
	/* None behind the last one is as good. */
	parse_accept(s, ",");
	parse_skip_space(s);
	return 0;
}

typedef int (*insn_fn)(struct source *s, uint32_t index,
		       struct pktcap_insn *insn);

/* @count instructions, UINT32_MAX: up to the end. */
static int64_t read_program(struct source *s, insn_fn read, uint32_t count,
			    struct pktcap_insn *insns, size_t max)
{
	struct pktcap_insn insn;
	uint32_t n = 0;
	int rc;

	for (; n < count && (count != UINT32_MAX || s->at < s->len); n++) {
		if (n == BPF_INSNS_MAX)
			return error_set_at(s->error, s->at, -E2BIG, "program",
					    "byte %zu: a program has at most "
					    "%d instructions",
					    s->at, BPF_INSNS_MAX);
		rc = read(s, n, &insn);
		if (rc)
			return rc;
		if (n < max)
			insns[n] = insn;
	}
	return n;
}

static int64_t read_decimals(struct source *s, struct pktcap_insn *insns,
			     size_t max)
{
	uint32_t count;
	int64_t n = read_decimal(s, &count_field, &count);

	if (!n)
		n = read_program(s, decimal_insn, count, insns, max);
	skip_comments(s);
	if (n >= 0 && s->at < s->len)
		return error_set_at(s->error, s->at, -EINVAL, "count",
				    "byte %zu: text behind the %u instructions "
				    "announced: correct the count",
				    s->at, (unsigned int)count);
	return n;
}

int64_t pktcap_bpf_parse(const char *text, size_t len,
			 struct pktcap_insn *insns, size_t max,
			 struct pktcap_error *error)
{
	struct source s = { text, len, 0, error };

	skip_comments(&s);
	if (parse_peek(&s) == '{')
		return read_program(&s, c_insn, UINT32_MAX, insns, max);
	if (parse_peek(&s) == '(')
		return read_program(&s, parse_mnemonic, UINT32_MAX, insns, max);
	return read_decimals(&s, insns, max);
}
