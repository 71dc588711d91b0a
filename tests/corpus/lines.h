/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What two readers of capture files print for the same list of files, so that
 * compare.py can lay it side by side. main() takes names from standard input.
 */
#ifndef TESTS_CORPUS_LINES_H
#define TESTS_CORPUS_LINES_H

#include <stddef.h>
#include <stdint.h>

struct lines_packet {
	const char *time;
	const void *data;
	uint32_t caplen;
	uint32_t wirelen;
	uint32_t linktype;
	uint32_t snaplen; /* a reader may give no more than this */
};

/*
 * "p TIME CAPLEN WIRELEN LINKTYPE CRC", and "CUT CRC" for what libpcap makes
 * of a packet that is longer than the snap length.
 */
void lines_packet(const struct lines_packet *packet);
/* "error CODE OFFSET TEXT" */
void lines_error(int code, uint64_t offset, const char *text);

/* A reader: everything between "file" and "end" of one file. */
/* @way: how it is to be opened, the program's argument. */
void lines_of(const char *path, const char *way);

#endif
