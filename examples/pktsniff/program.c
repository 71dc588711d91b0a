/* SPDX-License-Identifier: BSD-2-Clause */
#include "program.h"
#include "message.h"
#include "slurp.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT = 64 << 20 };

static int parse(struct program *program, const char *option, const char *path,
		 const char *text, size_t len)
{
	struct pktcap_error error = { .code = 0 };
	int64_t n = pktcap_bpf_parse(text, len, NULL, 0, &error);

	if (n < 0) {
		say("%s %s: %s", option, path, error.text);
		return -1;
	}
	program->n = (size_t)n;
	program->insns =
		calloc(program->n ? program->n : 1, sizeof(*program->insns));
	if (!program->insns) {
		say("%s %s: %s", option, path, strerror(ENOMEM));
		return -1;
	}
	pktcap_bpf_parse(text, len, program->insns, program->n, NULL);
	if (pktcap_bpf_validate(program->insns, program->n, &error) == 0)
		return 0;
	say("%s %s: %s", option, path, error.text);
	program_free(program);
	return -1;
}

int program_read(struct program *program, const char *option, const char *path)
{
	size_t len;
	char *text;
	int ret;

	*program = (struct program){ NULL, 0 };
	if (!path)
		return 0;
	text = slurp(path, MAX_TEXT, &len);
	if (!text) {
		say("%s %s: %s", option, path, strerror(errno));
		return -1;
	}
	ret = parse(program, option, path, text, len);
	free(text);
	return ret;
}

void program_free(struct program *program)
{
	free(program->insns);
	*program = (struct program){ NULL, 0 };
}

int program_dump(const struct program *program, unsigned int form)
{
	int64_t size;
	char *text;

	if (!program->insns) {
		say("-d: give the program to dump with -F FILE");
		return -1;
	}
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
