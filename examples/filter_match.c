// SPDX-License-Identifier: BSD-2-Clause
/*
 * How many packets of a capture file match an expression with lists in files.
 * cc filter_match.c -lpktcap -o filter_match
 * ./filter_match eth0.pcapng 'tcp and port 80 and not host @servers'
 */
#include <errno.h>
#include <inttypes.h>

#include <pktcap/file.h>
#include <pktcap/filter.h>

#include "expression.h"
#include "output.h"

enum { LISTS_MAX = 1 << 20 };

struct matcher {
	char *expression;
	struct pktcap_filter *filter;
	uint32_t linktype; /* that the filter is for */
	uint64_t packets, matches;
	size_t used;
	char lists[LISTS_MAX]; /* one behind the other */
};

/* What "@NAME" means. The library reads it until it has compiled. */
static int read_list(void *user, const char *name, const char **text,
		     size_t *len)
{
	struct matcher *m = user;
	FILE *file = fopen(name, "r");

	*text = m->lists + m->used;
	if (!file)
		return -errno;
	*len = fread(m->lists + m->used, 1, LISTS_MAX - m->used, file);
	m->used += *len;
	fclose(file);
	return m->used < LISTS_MAX ? 0 : -EFBIG;
}

/* A pcapng file may have packets of several link types. */
static int compile(struct matcher *m, uint32_t linktype,
		   struct pktcap_error *error)
{
	int ret;

	if (m->filter && m->linktype == linktype)
		return 0;
	pktcap_filter_free(m->filter);
	m->linktype = linktype;
	m->used = 0;
	ret = pktcap_filter_compile(
		&m->filter, m->expression,
		&PKTCAP_FILTER_OPTS(.linktype = linktype,
				    .flags = PKTCAP_FILTER_EXTENDED,
				    .list = read_list, .list_user = m),
		error);
	if (ret)
		expression_complain(m->expression, error);
	return ret;
}

int main(int argc, char **argv)
{
	static struct matcher m;
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	const struct pktcap_insn *insns;
	struct pktcap_error error;
	size_t n;
	int ret;

	if (argc < 3) {
		fprintf(stderr, "usage: %s FILE EXPRESSION\n", argv[0]);
		return 2;
	}
	if (pktcap_file_reader_open(&reader, argv[1], NULL, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	m.expression = expression_join(argv + 2);
	while ((ret = pktcap_file_reader_next(reader, &pkt, &error)) > 0 &&
	       !compile(&m, pkt->linktype, &error)) {
		insns = pktcap_filter_program(m.filter, &n);
		m.packets++;
		m.matches += pktcap_bpf_run(insns, n, pkt) != 0;
	}
	if (ret < 0)
		fprintf(stderr, "%s\n", error.text);
	else if (!ret)
		printf("%" PRIu64 " of %" PRIu64 " packets\n", m.matches,
		       m.packets);
	pktcap_filter_free(m.filter);
	pktcap_file_reader_close(reader);
	free(m.expression);
	return output_end() || ret;
}
