// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/bpf.h>

#include <errno.h>
#include <stdbool.h>

#include "base/error.h"

enum { INSTRUCTIONS_MAX = 1 << 20 };

struct source {
	const char *text;
	size_t len;
	size_t at;
};

/* A number of the form, and how to speak of it. */
struct field {
	const char *name;
	uint32_t max;
	int above; /* the code for a greater number */
};

static const struct field count_field = { "count", INSTRUCTIONS_MAX, -E2BIG };
static const struct field code_field = { "code", UINT16_MAX, -EINVAL };
static const struct field jt_field = { "jt", UINT8_MAX, -EINVAL };
static const struct field jf_field = { "jf", UINT8_MAX, -EINVAL };
static const struct field k_field = { "k", UINT32_MAX, -EINVAL };

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool at_end(const struct source *s)
{
	return s->at == s->len;
}

static void skip_comment(struct source *s)
{
	while (!at_end(s) && s->text[s->at] != '\n')
		s->at++;
}

static void skip_blank(struct source *s)
{
	for (; !at_end(s); s->at++) {
		if (s->text[s->at] == '#')
			skip_comment(s);
		if (at_end(s) || !is_space(s->text[s->at]))
			return;
	}
}

static int read_number(struct source *s, const struct field *field,
		       uint32_t *out, struct pktcap_error *error)
{
	uint64_t value = 0;
	size_t start;

	skip_blank(s);
	start = s->at;
	for (; !at_end(s) && is_digit(s->text[s->at]); s->at++) {
		value = value * 10 + (uint64_t)(s->text[s->at] - '0');
		if (value > field->max)
			return error_set_at(
				error, start, field->above, field->name,
				"byte %zu: %s is at most %u: write "
				"the program again with -ddd",
				start, field->name, (unsigned int)field->max);
	}
	if (s->at == start ||
	    (!at_end(s) && !is_space(s->text[s->at]) && s->text[s->at] != '#'))
		return error_set_at(error, s->at, -EINVAL, field->name,
				    "byte %zu: %s must be a decimal number: "
				    "write the program again with -ddd",
				    s->at, field->name);
	*out = (uint32_t)value;
	return 0;
}

static int read_insn(struct source *s, struct pktcap_insn *insn,
		     struct pktcap_error *error)
{
	uint32_t code, jt, jf, k;
	int rc;

	if ((rc = read_number(s, &code_field, &code, error)) ||
	    (rc = read_number(s, &jt_field, &jt, error)) ||
	    (rc = read_number(s, &jf_field, &jf, error)) ||
	    (rc = read_number(s, &k_field, &k, error)))
		return rc;
	insn->code = (uint16_t)code;
	insn->jt = (uint8_t)jt;
	insn->jf = (uint8_t)jf;
	insn->k = k;
	return 0;
}

int64_t pktcap_bpf_parse(const char *text, size_t len,
			 struct pktcap_insn *insns, size_t max,
			 struct pktcap_error *error)
{
	struct source source = { text, len, 0 };
	struct pktcap_insn insn;
	uint32_t count;
	int rc = read_number(&source, &count_field, &count, error);

	if (rc)
		return rc;
	for (uint32_t i = 0; i < count; i++) {
		rc = read_insn(&source, &insn, error);
		if (rc)
			return rc;
		if (i < max)
			insns[i] = insn;
	}
	skip_blank(&source);
	if (!at_end(&source))
		return error_set_at(error, source.at, -EINVAL, "count",
				    "byte %zu: text behind the %u instructions "
				    "announced: correct the count",
				    source.at, (unsigned int)count);
	return count;
}
