// SPDX-License-Identifier: BSD-2-Clause
/*
 * How many packets of a capture file match an expression.
 * cc filter_match.c -lpktcap -o filter_match
 * ./filter_match eth0.pcapng 'tcp and port 80'
 */
#include <inttypes.h>
#include <stdio.h>

#include <pktcap/file.h>
#include <pktcap/filter.h>

struct matcher {
	const char *expression;
	struct pktcap_filter *filter;
	uint32_t linktype; /* that the filter is for */
	uint64_t packets, matches;
};

/* A pcapng file may have packets of several link types. */
static int compile(struct matcher *m, uint32_t linktype,
		   struct pktcap_error *error)
{
	if (m->filter && m->linktype == linktype)
		return 0;
	pktcap_filter_free(m->filter);
	m->linktype = linktype;
	return pktcap_filter_compile(&m->filter, m->expression,
				     &PKTCAP_FILTER_OPTS(.linktype = linktype),
				     error);
}

static int match(struct matcher *m, const struct pktcap_packet *pkt,
		 struct pktcap_error *error)
{
	const struct pktcap_insn *insns;
	size_t n;

	if (compile(m, pkt->linktype, error))
		return -1;
	insns = pktcap_filter_program(m->filter, &n);
	m->packets++;
	m->matches += pktcap_bpf_run(insns, n, pkt) != 0;
	return 0;
}

int main(int argc, char **argv)
{
	struct matcher m = { .expression = argc == 3 ? argv[2] : NULL };
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	struct pktcap_error error;
	int ret;

	if (argc != 3) {
		fprintf(stderr, "usage: %s FILE EXPRESSION\n", argv[0]);
		return 2;
	}
	if (pktcap_file_reader_open(&reader, argv[1], NULL, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	while ((ret = pktcap_file_reader_next(reader, &pkt, &error)) > 0) {
		ret = match(&m, pkt, &error);
		if (ret)
			break;
	}
	printf("%" PRIu64 " of %" PRIu64 " packets\n", m.matches, m.packets);
	if (ret < 0)
		fprintf(stderr, "%s\n", error.text);
	pktcap_filter_free(m.filter);
	pktcap_file_reader_close(reader);
	return ret != 0;
}
