// SPDX-License-Identifier: BSD-2-Clause
/*
 * Copies the packets of a capture file, all that are whole if it is damaged.
 * cc file_copy.c -lpktcap -o file_copy && ./file_copy damaged.pcap whole.pcap
 */
#include <stdio.h>
#include <string.h>

#include <pktcap/file.h>

static int copy(struct pktcap_file_reader *reader,
		struct pktcap_file_writer *writer, const char *to)
{
	const struct pktcap_packet *pkt;
	struct pktcap_error error;
	int ret, err = 0;

	while ((ret = pktcap_file_reader_next(reader, &pkt, &error)) > 0) {
		err = pktcap_file_writer_write(writer, pkt);
		if (err)
			break;
	}
	if (ret < 0)
		fprintf(stderr, "%s\n", error.text);
	if (err)
		fprintf(stderr, "%s: %s\n", to, strerror(-err));
	return ret != 0;
}

int main(int argc, char **argv)
{
	struct pktcap_file_reader *reader;
	struct pktcap_file_writer *writer;
	struct pktcap_file_info info;
	struct pktcap_error error;
	int failed = 1, err;

	if (argc != 3) {
		fprintf(stderr, "usage: %s FROM TO\n", argv[0]);
		return 2;
	}
	if (pktcap_file_reader_open(&reader, argv[1], NULL, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 1;
	}
	pktcap_file_reader_info(reader, &info);
	if (pktcap_file_writer_open(
		    &writer, argv[2], info.linktype,
		    &PKTCAP_FILE_WRITER_OPTS(.precision = info.precision),
		    &error)) {
		fprintf(stderr, "%s\n", error.text);
	} else {
		failed = copy(reader, writer, argv[2]);
		/* What is still buffered may be what the disk refuses. */
		err = pktcap_file_writer_close(writer);
		if (err)
			fprintf(stderr, "%s: %s\n", argv[2], strerror(-err));
		failed |= err != 0;
	}
	pktcap_file_reader_close(reader);
	return failed;
}
