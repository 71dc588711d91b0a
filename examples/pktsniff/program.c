/* SPDX-License-Identifier: BSD-2-Clause */
#include "program.h"
#include "message.h"

#include <errno.h>
#include <linux/filter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How mnemonics and C begin: "(000) ret", "{ 0x6, ". */
static bool begins_program(const char *text)
{
	text += strspn(text, " \t\r\n");
	return *text == '{' || strncmp(text, "(000)", 5) == 0;
}

bool program_is_form(const char *text, size_t len)
{
	bool numbers = false, comment = false;

	if (begins_program(text))
		return true;
	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (c == '\n' || c == '#')
			comment = c == '#';
		else if (comment || strchr(" \t\r", c))
			continue;
		else if (c < '0' || c > '9')
			return false;
		else
			numbers = true;
	}
	return numbers;
}

int program_parse(struct program *program, const char *origin, const char *text,
		  size_t len)
{
	struct pktcap_error error = { .code = 0 };
	int64_t n = pktcap_bpf_parse(text, len, NULL, 0, &error);

	*program = (struct program){ NULL, 0 };
	if (n < 0)
		goto fail;
	program->n = (size_t)n;
	program->insns =
		calloc(program->n ? program->n : 1, sizeof(*program->insns));
	if (!program->insns) {
		say("%s: %s", origin, strerror(ENOMEM));
		return -1;
	}
	pktcap_bpf_parse(text, len, program->insns, program->n, NULL);
	if (pktcap_bpf_validate(program->insns, program->n, &error) == 0)
		return 0;
	program_free(program);
fail:
	say("%s: %s", origin, error.text);
	return -1;
}

int program_copy(struct program *program, const struct pktcap_insn *insns,
		 size_t n)
{
	program->n = n;
	program->insns = malloc((n ? n : 1) * sizeof(*insns));
	if (!program->insns)
		return -ENOMEM;
	memcpy(program->insns, insns, n * sizeof(*insns));
	return 0;
}

void program_free(struct program *program)
{
	free(program->insns);
	*program = (struct program){ NULL, 0 };
}

struct program_wants program_wants(const struct pktcap_insn *insns, size_t n)
{
	struct program_wants wants = { false, false };

	for (size_t i = 0; i < n; i++) {
		if (BPF_CLASS(insns[i].code) != BPF_LD ||
		    BPF_MODE(insns[i].code) != BPF_ABS)
			continue;
		if (insns[i].k == (uint32_t)(SKF_AD_OFF + SKF_AD_PKTTYPE))
			wants.direction = true;
		if (insns[i].k == (uint32_t)(SKF_AD_OFF + SKF_AD_IFINDEX))
			wants.interface = true;
	}
	return wants;
}

int program_dump(const struct program *program, unsigned int form)
{
	int64_t size;
	char *text;

	if (form > PKTCAP_BPF_FORM_DECIMAL)
		form = PKTCAP_BPF_FORM_DECIMAL;
	size = pktcap_bpf_dump(program->insns, program->n, form, NULL, 0);
	text = size < 0 ? NULL : malloc((size_t)size + 1);
	if (!text) {
		say("-d: %s", strerror(size < 0 ? (int)-size : ENOMEM));
		return -1;
	}
	pktcap_bpf_dump(program->insns, program->n, form, text,
			(size_t)size + 1);
	fputs(text, stdout);
	free(text);
	return 0;
}
