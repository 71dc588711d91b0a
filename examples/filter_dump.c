// SPDX-License-Identifier: BSD-2-Clause
/*
 * The program of a filter expression, as tcpdump -d, -dd and -ddd write it,
 * without an interface and without a privilege, with names of getaddrinfo(3).
 * cc filter_dump.c -lpktcap -o filter_dump && ./filter_dump -dd tcp port http
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>

#include <pktcap/filter.h>

#include "expression.h"

static uint32_t form_of(const char *option)
{
	if (!strcmp(option, "-d"))
		return PKTCAP_BPF_FORM_ASM;
	if (!strcmp(option, "-dd"))
		return PKTCAP_BPF_FORM_C;
	return strcmp(option, "-ddd") ? 0 : PKTCAP_BPF_FORM_DECIMAL;
}

/* The library itself looks up no name. Here: IPv4 hosts and services. */
static int resolve(void *user, const char *name, enum pktcap_filter_name kind,
		   struct pktcap_filter_answer *answers, size_t max)
{
	const struct addrinfo wanted = { .ai_family = AF_INET,
					 .ai_socktype = SOCK_STREAM };
	int is_port = kind == PKTCAP_FILTER_NAME_PORT;
	struct addrinfo *found;
	size_t n = 0;

	(void)user;
	if (!is_port && kind != PKTCAP_FILTER_NAME_HOST)
		return 0;
	if (getaddrinfo(is_port ? NULL : name, is_port ? name : NULL, &wanted,
			&found))
		return 0;
	for (struct addrinfo *i = found; i && n < max; i = i->ai_next, n++) {
		struct sockaddr_in *in = (void *)i->ai_addr;

		answers[n].kind = is_port ? PKTCAP_FILTER_ANSWER_NUMBER
					  : PKTCAP_FILTER_ANSWER_IPV4;
		answers[n].number = ntohs(in->sin_port);
		answers[n].prefix = 32;
		memcpy(answers[n].address, &in->sin_addr, 4);
	}
	freeaddrinfo(found);
	return (int)n;
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
		fprintf(stderr,
			"usage: %s -d|-dd|-ddd [EXPRESSION] "
			"(pktcap-filter(7))\n",
			argv[0]);
		return 2;
	}
	expression = expression_join(argv + 2);
	ret = pktcap_filter_compile(
		&filter, expression,
		&PKTCAP_FILTER_OPTS(.linktype = PKTCAP_LINKTYPE_ETHERNET,
				    .flags = PKTCAP_FILTER_EXTENDED,
				    .resolve = resolve),
		&error);
	if (ret)
		expression_complain(expression, &error);
	else
		ret = dump(filter, form);
	pktcap_filter_free(filter);
	free(expression);
	return ret != 0;
}
