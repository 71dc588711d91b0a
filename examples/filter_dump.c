// SPDX-License-Identifier: BSD-2-Clause
/*
 * The program of a filter expression, as tcpdump -d, -dd and -ddd write it,
 * without an interface and without a privilege.
 * cc filter_dump.c -lpktcap -o filter_dump && ./filter_dump -dd tcp port 80
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/filter.h>

static uint32_t form_of(const char *option)
{
	if (!strcmp(option, "-d"))
		return PKTCAP_BPF_FORM_ASM;
	if (!strcmp(option, "-dd"))
		return PKTCAP_BPF_FORM_C;
	return strcmp(option, "-ddd") ? 0 : PKTCAP_BPF_FORM_DECIMAL;
}

/* The arguments with a blank between them; to be freed. */
static char *join(char **words)
{
	size_t size = 1;
	char *text;

	for (char **word = words; *word; word++)
		size += strlen(*word) + 1;
	text = calloc(size, 1);
	if (!text)
		abort();
	for (char **word = words; *word; word++) {
		strcat(text, *word);
		if (word[1])
			strcat(text, " ");
	}
	return text;
}

/* Shows where in the expression it went wrong. */
static void explain(const char *expression, const struct pktcap_error *error)
{
	fprintf(stderr, "%s\n%*s^ %s\n", expression, (int)error->offset, "",
		error->text);
}

static int dump(const struct pktcap_filter *filter, uint32_t form)
{
	size_t n;
	const struct pktcap_insn *insns = pktcap_filter_program(filter, &n);
	size_t size = (size_t)pktcap_bpf_dump(insns, n, form, NULL, 0) + 1;
	char *text = malloc(size);

	if (!text)
		return 1;
	pktcap_bpf_dump(insns, n, form, text, size);
	fputs(text, stdout);
	free(text);
	return fflush(stdout) != 0;
}

int main(int argc, char **argv)
{
	uint32_t form = argc > 1 ? form_of(argv[1]) : 0;
	struct pktcap_filter *filter;
	struct pktcap_error error;
	char *expression;
	int ret;

	if (!form) {
		fprintf(stderr, "usage: %s -d|-dd|-ddd [EXPRESSION]\n",
			argv[0]);
		return 2;
	}
	expression = join(argv + 2);
	ret = pktcap_filter_compile(
		&filter, expression,
		&PKTCAP_FILTER_OPTS(.linktype = PKTCAP_LINKTYPE_ETHERNET),
		&error);
	if (ret)
		explain(expression, &error);
	else
		ret = dump(filter, form);
	pktcap_filter_free(filter);
	free(expression);
	return ret != 0;
}
