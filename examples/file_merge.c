// SPDX-License-Identifier: BSD-2-Clause
/*
 * Merges capture files into one, in the order of their times.
 * cc file_merge.c -lpktcap -o file_merge && ./file_merge all.pcap a.pcap b.pcap
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/file.h>

/* The first file tells the link type, the finest one the precision. */
static struct pktcap_file_writer *
open_output(const char *path, struct pktcap_file_reader *const *readers,
	    uint32_t n)
{
	struct pktcap_file_writer_opts opts =
		PKTCAP_FILE_WRITER_OPTS(.flags = 0);
	struct pktcap_file_info first, info;
	struct pktcap_file_writer *writer;
	struct pktcap_error error;

	pktcap_file_reader_info(readers[0], &first);
	for (uint32_t i = 0; i < n; i++) {
		pktcap_file_reader_info(readers[i], &info);
		if (info.precision > opts.precision)
			opts.precision = info.precision;
	}
	if (pktcap_file_writer_open(&writer, path, first.linktype, &opts,
				    &error))
		fprintf(stderr, "%s\n", error.text);
	return writer;
}

/* A file that is damaged gives what is before the damage. */
static int merge(struct pktcap_file_merge *merge,
		 struct pktcap_file_writer *writer, char **names)
{
	const struct pktcap_packet *pkt;
	struct pktcap_error error;
	uint32_t which;
	int ret, failed = 0;

	while ((ret = pktcap_file_merge_next(merge, &pkt, &which, &error))) {
		if (ret < 0) {
			fprintf(stderr, "%s\n", error.text);
			failed = 1;
			continue;
		}
		ret = pktcap_file_writer_write(writer, pkt);
		if (ret) {
			fprintf(stderr, "a packet of %s: %s\n", names[which],
				strerror(-ret));
			return 1;
		}
	}
	return failed;
}

int main(int argc, char **argv)
{
	struct pktcap_file_reader **readers;
	struct pktcap_file_writer *writer = NULL;
	struct pktcap_file_merge *merged = NULL;
	struct pktcap_error error;
	int n = 0, err = 1;

	if (argc < 3) {
		fprintf(stderr, "usage: %s OUTPUT FILE...\n", argv[0]);
		return 2;
	}
	readers = calloc((size_t)argc, sizeof(*readers));
	if (!readers)
		return 1;
	while (n < argc - 2 &&
	       !pktcap_file_reader_open(&readers[n], argv[n + 2], NULL, &error))
		n++;
	if (n < argc - 2 ||
	    pktcap_file_merge_open(&merged, readers, (uint32_t)n, &error))
		fprintf(stderr, "%s\n", error.text);
	else
		writer = open_output(argv[1], readers, (uint32_t)n);
	if (writer) {
		err = merge(merged, writer, argv + 2);
		if (pktcap_file_writer_close(writer)) {
			fprintf(stderr, "%s: not all of it is on the disk\n",
				argv[1]);
			err = 1;
		}
	}
	pktcap_file_merge_close(merged);
	while (n)
		pktcap_file_reader_close(readers[--n]);
	free(readers);
	return err;
}
