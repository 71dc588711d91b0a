/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line. */
#ifndef PKTSNIFF_OPTIONS_H
#define PKTSNIFF_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { OPTIONS_TEXTS_MAX = 1024 };

/* What is printed of a packet. */
enum form { FORM_LINE, FORM_TREE, FORM_BOXES, FORM_JSON };

enum colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/* An option that was given several times. */
struct texts {
	const char *text[OPTIONS_TEXTS_MAX];
	size_t count;
};

/* Letters that only count how often they were given are unsigned. */
struct options {
	const char *interface;
	struct texts read_paths;
	const char *list_path;
	const char *write_path;
	const char *filter_path;
	const char *user;
	const char *direction_name;
	const char *linktype_name;
	const char *stamp_name;
	const char *precision_name;
	const char *engine_name;
	const char *colour_name;
	const char *postrotate;
	const char *recorder_text;
	const char *trigger;
	const char *capinfo_path;
	const char *stats_text; /* "" without a number */
	uint64_t count;
	uint64_t snaplen;
	uint64_t ring_kib;
	uint64_t rotate_bytes;
	uint64_t rotate_s;
	uint64_t rotate_files;
	uint64_t seed;

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
	unsigned int no_checksums;
	unsigned int number;
	unsigned int print;
	unsigned int micro;
	unsigned int nano;
	unsigned int merge;
	unsigned int recover;
	unsigned int follow;
	unsigned int legacy;
	unsigned int no_optimize;
	unsigned int explain;
	unsigned int snap_headers;
	unsigned int top;

	/* Made of the names above. */
	uint32_t direction;
	uint32_t engine;
	uint32_t stamp;
	uint32_t precision;
	uint32_t format;	 /* enum pktcap_file_format */
	uint32_t form;		 /* enum form */
	uint32_t colour;	 /* enum colour */
	bool format_given;	 /* --format for files */
	bool form_given;	 /* --format for what is printed */
	uint64_t recorder_bytes; /* --ring-buffer as a size ... */
	uint64_t recorder_ns;	 /* ... or as a time */
	uint64_t stats_s;	 /* --stats=SECONDS, 0: at the end */
	int linktype;		 /* -1 if none was asked for */

	/* What is behind the options. */
	char *const *words;
	size_t word_count;
};

/* "-": standard input, or standard output. */
static inline bool is_standard(const char *path)
{
	return strcmp(path, "-") == 0;
}

/* Are there files to read from, instead of an interface? */
static inline bool options_reads(const struct options *options)
{
	return options->read_paths.count || options->list_path;
}

/* Returns 0, or -1 after a message. */
int options_parse(struct options *options, int argc, char **argv);

/* Do they go together? Returns 0, or -1 after a message. */
int options_check(const struct options *options);

void options_help(void);
void options_usage(void);
/* The names that -j takes, for -J. */
void options_list_stamps(void);

#endif
