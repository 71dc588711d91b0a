// SPDX-License-Identifier: BSD-2-Clause
#include "support/captures.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>

#include <pktcap/file.h>

static int each_of(const char *path, captures_packet packet, void *arg,
		   int *last)
{
	struct pktcap_file_reader *reader;
	const struct pktcap_packet *pkt;
	struct pktcap_error error;
	int err = pktcap_file_reader_open(&reader, path, NULL, &error);

	if (err) {
		fprintf(stderr, "%s\n", error.text);
		return err;
	}
	/* Some captures are damaged: what is in front of it counts. */
	while (!err && pktcap_file_reader_next(reader, &pkt, NULL) == 1)
		*last = err = packet(arg, path, pkt);
	pktcap_file_reader_close(reader);
	return err;
}

int captures_each(captures_packet packet, void *arg)
{
	int err = 0, last = -ENODATA;
	glob_t found;

	if (glob("tests/data/*.pcap*", 0, NULL, &found))
		return -ENODATA;
	glob("tests/data/*/*.pcap*", GLOB_APPEND, NULL, &found);
	for (size_t i = 0; !err && i < found.gl_pathc; i++)
		err = each_of(found.gl_pathv[i], packet, arg, &last);
	globfree(&found);
	return err ? err : last;
}
