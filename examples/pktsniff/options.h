/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line. */
#ifndef PKTSNIFF_OPTIONS_H
#define PKTSNIFF_OPTIONS_H

#include <stdint.h>

/* Letters that only count how often they were given are unsigned. */
struct options {
	const char *interface;
	const char *read_path;
	const char *write_path;
	const char *filter_path;
	const char *user;
	const char *direction_name;
	const char *linktype_name;
	const char *stamp_name;
	const char *precision_name;
	const char *engine_name;
	uint64_t count;
	uint64_t snaplen;
	uint64_t ring_kib;

	unsigned int help;
	unsigned int version;
	unsigned int list_interfaces;
	unsigned int list_linktypes;
	unsigned int list_stamps;
	unsigned int dump;
	unsigned int no_promisc;
	unsigned int numeric;
	unsigned int ether_header;
	unsigned int hex;
	unsigned int hex_ascii;
	unsigned int ascii;
	unsigned int time_form;
	unsigned int unbuffered;
	unsigned int line_buffered;
	unsigned int immediate;
	unsigned int count_only;
	unsigned int quick;
	unsigned int verbose;
	unsigned int absolute_seq;
	unsigned int number;
	unsigned int print;
	unsigned int micro;
	unsigned int nano;

	/* Made of the names above. */
	uint32_t direction;
	uint32_t engine;
	uint32_t stamp;
	uint32_t precision;
	int linktype; /* -1 if none was asked for */
};

/* Returns 0, or -1 after a message. */
int options_parse(struct options *options, int argc, char **argv);

void options_help(void);
void options_usage(void);
/* The names that -j takes, for -J. */
void options_list_stamps(void);

#endif
