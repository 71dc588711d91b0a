/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"
#include "message.h"

#include <pktcap/pktcap.h>

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum kind {
	KIND_COUNTED, /* unsigned int: how often it was given */
	KIND_TEXT,
	KIND_TEXTS, /* may be given several times */
	KIND_FORMAT,
	KIND_NUMBER,
	KIND_SIZE,  /* a number with K, M or G for powers of 1024 */
	KIND_MAYBE, /* text behind "=", or none: then it is "" */
};

struct row {
	int letter; /* from 256 on: there is only a long name */
	const char *name;
	enum kind kind;
	size_t field;
	uint64_t min;
	uint64_t max;
};

#define COUNTED(letter, name, field)                                         \
	{                                                                    \
		letter, name, KIND_COUNTED, offsetof(struct options, field), \
			0, 0                                                 \
	}
#define TEXT(letter, name, field)                                              \
	{                                                                      \
		letter, name, KIND_TEXT, offsetof(struct options, field), 0, 0 \
	}
#define MAYBE(letter, name, field, min, max)                               \
	{                                                                  \
		letter, name, KIND_MAYBE, offsetof(struct options, field), \
			min, max                                           \
	}
#define TEXTS(letter, name, field)                                            \
	{                                                                     \
		letter, name, KIND_TEXTS, offsetof(struct options, field), 0, \
			0                                                     \
	}
#define SIZE(letter, name, field, min, max)                                    \
	{                                                                      \
		letter, name, KIND_SIZE, offsetof(struct options, field), min, \
			max                                                    \
	}
#define NUMBER(letter, name, field, min, max)                               \
	{                                                                   \
		letter, name, KIND_NUMBER, offsetof(struct options, field), \
			min, max                                            \
	}

static const struct row rows[] = {
	COUNTED('A', NULL, ascii),
	NUMBER('B', "buffer-size", ring_kib, 64, 64ull << 20),
	SIZE('C', "file-size", rotate_bytes, 1, INT64_MAX),
	COUNTED('D', "list-interfaces", list_interfaces),
	TEXT('F', NULL, filter_path),
	NUMBER('G', "rotate-seconds", rotate_s, 1, INT32_MAX),
	COUNTED('J', "list-time-stamp-types", list_stamps),
	COUNTED('K', "dont-verify-checksums", no_checksums),
	COUNTED('L', "list-data-link-types", list_linktypes),
	COUNTED('O', "no-optimize", no_optimize),
	TEXT('Q', "direction", direction_name),
	COUNTED('S', "absolute-tcp-sequence-numbers", absolute_seq),
	COUNTED('U', "packet-buffered", unbuffered),
	TEXT('V', NULL, list_path),
	NUMBER('W', "file-count", rotate_files, 1, 1000000),
	COUNTED('X', NULL, hex_ascii),
	TEXT('Z', "relinquish-privileges", user),
	NUMBER('c', NULL, count, 1, INT64_MAX),
	COUNTED('d', NULL, dump),
	COUNTED('e', NULL, ether_header),
	COUNTED('h', "help", help),
	TEXT('i', "interface", interface),
	TEXT('j', "time-stamp-type", stamp_name),
	COUNTED('l', NULL, line_buffered),
	COUNTED('n', NULL, numeric),
	COUNTED('p', "no-promiscuous-mode", no_promisc),
	COUNTED('q', NULL, quick),
	TEXTS('r', NULL, read_paths),
	NUMBER('s', "snapshot-length", snaplen, 0, 262144),
	COUNTED('t', NULL, time_form),
	COUNTED('v', NULL, verbose),
	TEXT('w', NULL, write_path),
	COUNTED('x', NULL, hex),
	TEXT('y', "linktype", linktype_name),
	TEXT('z', "postrotate-command", postrotate),
	COUNTED('#', "number", number),
	COUNTED(256, "version", version),
	COUNTED(257, "count", count_only),
	COUNTED(258, "immediate-mode", immediate),
	COUNTED(259, "micro", micro),
	COUNTED(260, "nano", nano),
	COUNTED(261, "print", print),
	TEXT(262, "engine", engine_name),
	TEXT(263, "time-stamp-precision", precision_name),
	{ 264, "format", KIND_FORMAT, 0, 0, 0 },
	COUNTED(265, "merge", merge),
	COUNTED(266, "recover", recover),
	COUNTED(267, "follow", follow),
	TEXT(268, "ring-buffer", recorder_text),
	TEXT(269, "trigger", trigger),
	TEXT(270, "capinfo", capinfo_path),
	COUNTED(271, "legacy", legacy),
	COUNTED(272, "explain", explain),
	COUNTED(274, "snap-headers", snap_headers),
	NUMBER(273, "seed", seed, 0, UINT32_MAX),
	MAYBE(275, "stats", stats_text, 1, INT32_MAX),
	COUNTED(276, "top", top),
	TEXT(277, "color", colour_name),
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

struct word {
	const char *name;
	uint32_t value;
	const char *description;
};

static const struct word directions[] = {
	{ "in", PKTCAP_DIRECTION_IN, NULL },
	{ "out", PKTCAP_DIRECTION_OUT, NULL },
	{ "inout", PKTCAP_DIRECTION_BOTH, NULL },
	{ NULL, 0, NULL },
};

static const struct word engines[] = {
	{ "auto", PKTCAP_ENGINE_AUTO, NULL },
	{ "recv", PKTCAP_ENGINE_RECV, NULL },
	{ "ring", PKTCAP_ENGINE_RING, NULL },
	{ NULL, 0, NULL },
};

static const struct word precisions[] = {
	{ "micro", PKTCAP_FILE_PRECISION_MICRO, NULL },
	{ "nano", PKTCAP_FILE_PRECISION_NANO, NULL },
	{ NULL, 0, NULL },
};

enum { FORMAT_PRINTED = 0x100 };

/* Of files, and of what is printed: both may be asked for. */
static const struct word formats[] = {
	{ "pcap", PKTCAP_FILE_FORMAT_PCAP, NULL },
	{ "pcapng", PKTCAP_FILE_FORMAT_PCAPNG, NULL },
	{ "line", FORMAT_PRINTED | FORM_LINE, NULL },
	{ "tree", FORMAT_PRINTED | FORM_TREE, NULL },
	{ "boxes", FORMAT_PRINTED | FORM_BOXES, NULL },
	{ "json", FORMAT_PRINTED | FORM_JSON, NULL },
	{ NULL, 0, NULL },
};

static const struct word colours[] = {
	{ "auto", COLOUR_AUTO, NULL },
	{ "always", COLOUR_ALWAYS, NULL },
	{ "never", COLOUR_NEVER, NULL },
	{ NULL, 0, NULL },
};

static const struct word stamps[] = {
	{ "host", PKTCAP_STAMP_DEFAULT, "Host" },
	{ "host_hiprec", PKTCAP_STAMP_INGRESS,
	  "Host, when the packet entered the network stack" },
	{ "adapter_unsynced", PKTCAP_STAMP_HARDWARE,
	  "Adapter, not synced with system time" },
	{ "siocgstampns", PKTCAP_STAMP_SIOCGSTAMPNS,
	  "Host, one ioctl a packet, nanoseconds" },
	{ "siocgstamp", PKTCAP_STAMP_SIOCGSTAMP,
	  "Host, one ioctl a packet, microseconds" },
	{ NULL, 0, NULL },
};

void options_list_stamps(void)
{
	for (const struct word *w = stamps; w->name; w++)
		printf("  %s (%s)\n", w->name, w->description);
}

static int word_value(const char *option, const char *text,
		      const struct word *words, uint32_t *value)
{
	char known[128] = "";

	if (!text)
		return 0;
	for (const struct word *w = words; w->name; w++) {
		if (strcasecmp(w->name, text) == 0) {
			*value = w->value;
			return 0;
		}
		strcat(strcat(known, known[0] ? ", " : ""), w->name);
	}
	say("%s %s: not one of %s", option, text, known);
	return -1;
}

static int number_value(const struct row *row, const char *text,
			uint64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoull(text, &end, 10);
	if (!errno && *text >= '0' && *text <= '9' && !*end &&
	    *value >= row->min && *value <= row->max)
		return 0;
	if (row->letter < 256)
		say("-%c %s: not a number from %" PRIu64 " to %" PRIu64,
		    row->letter, text, row->min, row->max);
	else
		say("--%s %s: not a number from %" PRIu64 " to %" PRIu64,
		    row->name, text, row->min, row->max);
	return -1;
}

/* What stands behind a number: 1 << shift, or -1 for anything else. */
static int size_shift(const char *suffix)
{
	static const char units[] = "KMG";
	const char *unit = *suffix ? strchr(units, *suffix & ~0x20) : NULL;

	if (!unit || suffix[1])
		return -1;
	return 10 * (int)(unit - units + 1);
}

/* As tcpdump has it: millions of bytes, or KiB, MiB, GiB with a letter. */
static int size_value(const struct row *row, const char *text, uint64_t *value)
{
	char *end;
	int shift;

	errno = 0;
	*value = strtoull(text, &end, 10);
	shift = size_shift(end);
	if (!errno && *text >= '0' && *text <= '9' && *value >= row->min &&
	    *value < (uint64_t)1 << 30 && (!*end || shift > 0)) {
		*value *= *end ? (uint64_t)1 << shift : 1000000;
		return 0;
	}
	say("-%c %s: not a size: a number of millions of bytes, or with K, M "
	    "or G",
	    row->letter, text);
	return -1;
}

static int add_text(const struct row *row, const char *text,
		    struct texts *texts)
{
	if (texts->count == OPTIONS_TEXTS_MAX) {
		say("-%c: given more than %d times: use -V FILE", row->letter,
		    OPTIONS_TEXTS_MAX);
		return -1;
	}
	texts->text[texts->count++] = text;
	return 0;
}

static int format_value(struct options *options, const char *text)
{
	uint32_t value;

	if (word_value("--format", text, formats, &value))
		return -1;
	if (value & FORMAT_PRINTED) {
		options->form = value & ~(uint32_t)FORMAT_PRINTED;
		options->form_given = true;
	} else {
		options->format = value;
		options->format_given = true;
	}
	return 0;
}

static int store(struct options *options, const struct row *row,
		 const char *text)
{
	char *field = (char *)options + row->field;
	uint64_t number;

	switch (row->kind) {
	case KIND_COUNTED:
		++*(unsigned int *)(void *)field;
		return 0;
	case KIND_TEXT:
		*(const char **)(void *)field = text;
		return 0;
	case KIND_MAYBE:
		*(const char **)(void *)field = text ? text : "";
		return text ? number_value(row, text, &number) : 0;
	case KIND_TEXTS:
		return add_text(row, text, (struct texts *)(void *)field);
	case KIND_FORMAT:
		return format_value(options, text);
	case KIND_SIZE:
		return size_value(row, text, (uint64_t *)(void *)field);
	case KIND_NUMBER:
		return number_value(row, text, (uint64_t *)(void *)field);
	}
	return -1;
}

static const struct row *row_of(int letter)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].letter == letter)
			return &rows[i];
	return NULL;
}

/* Both forms that getopt_long() wants are written down once, in the table. */
static void getopt_tables(char *letters, struct option *names)
{
	for (size_t i = 0; i < ROWS; i++) {
		int argument = rows[i].kind == KIND_COUNTED ? no_argument
			       : rows[i].kind == KIND_MAYBE ? optional_argument
							    : required_argument;

		if (rows[i].letter < 256) {
			*letters++ = (char)rows[i].letter;
			if (argument != no_argument)
				*letters++ = ':';
		}
		if (rows[i].name)
			*names++ = (struct option){ rows[i].name, argument,
						    NULL, rows[i].letter };
	}
	*letters = '\0';
	*names = (struct option){ NULL, 0, NULL, 0 };
}

static int parse_letters(struct options *options, int argc, char **argv)
{
	struct option names[ROWS + 1];
	char letters[2 * ROWS + 1];
	static char name[] = "pktsniff";
	int letter;

	/* What it says begins like all else, whatever we were called. */
	if (argc > 0)
		argv[0] = name;
	getopt_tables(letters, names);
	while ((letter = getopt_long(argc, argv, letters, names, NULL)) != -1) {
		const struct row *row = row_of(letter);

		if (!row) {
			options_usage();
			return -1;
		}
		if (store(options, row, optarg))
			return -1;
	}
	options->words = argv + optind;
	options->word_count = (size_t)(argc - optind);
	return 0;
}

/* A name, or a number for what has none; -1 for neither. */
static int linktype_value(const char *text)
{
	int value = pktcap_linktype_from_name(text);
	char *end;

	if (value < 0 && *text >= '0' && *text <= '9') {
		unsigned long number = strtoul(text, &end, 10);

		if (!*end && number <= UINT16_MAX)
			value = (int)number;
	}
	return value < 0 ? -1 : value;
}

static int resolve_linktype(struct options *options)
{
	options->linktype = -1;
	if (!options->linktype_name)
		return 0;
	options->linktype = linktype_value(options->linktype_name);
	if (options->linktype >= 0)
		return 0;
	say("-y %s: not a link type we know; -L lists those of an interface",
	    options->linktype_name);
	return -1;
}

static int resolve_stamp(struct options *options)
{
	if (word_value("-j", options->stamp_name, stamps, &options->stamp))
		return -1;
	if (options->stamp < PKTCAP_STAMP_SIOCGSTAMPNS)
		return 0;
	if (options->engine == PKTCAP_ENGINE_RING) {
		say("-j %s: not with --engine ring; it works with recv",
		    options->stamp_name);
		return -1;
	}
	options->engine = PKTCAP_ENGINE_RECV;
	return 0;
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && strcasecmp(text + n - m, end) == 0;
}

/* Without --format the name of the file says it. */
static void resolve_format(struct options *options)
{
	const char *path = options->write_path;

	if (!options->format_given && path &&
	    (ends_with(path, ".pcapng") || ends_with(path, ".ntar")))
		options->format = PKTCAP_FILE_FORMAT_PCAPNG;
}

/* "64M" or "30s". */
static int resolve_recorder(struct options *options)
{
	const char *text = options->recorder_text;
	uint64_t value;
	char *end;

	if (!text)
		return 0;
	errno = 0;
	value = strtoull(text, &end, 10);
	if (!errno && *text >= '0' && *text <= '9' && value > 0 &&
	    value < 1u << 30) {
		/* 5m might be meant as minutes. */
		if (size_shift(end) > 0 && *end < 'a') {
			options->recorder_bytes = value << size_shift(end);
			return 0;
		}
		if (strcmp(end, "s") == 0) {
			options->recorder_ns = value * 1000000000u;
			return 0;
		}
	}
	say("--ring-buffer %s: not a size like 64M or a time like 30s", text);
	return -1;
}

static int resolve(struct options *options)
{
	if (options->time_form > 5) {
		say("only -t, -tt, -ttt, -tttt, and -ttttt are supported");
		return -1;
	}
	if (word_value("-Q", options->direction_name, directions,
		       &options->direction) ||
	    word_value("--engine", options->engine_name, engines,
		       &options->engine) ||
	    word_value("--time-stamp-precision", options->precision_name,
		       precisions, &options->precision) ||
	    resolve_stamp(options) || resolve_linktype(options) ||
	    word_value("--color", options->colour_name, colours,
		       &options->colour) ||
	    resolve_recorder(options) || options_check(options))
		return -1;
	resolve_format(options);
	if (options->stats_text)
		options->stats_s = strtoull(options->stats_text, NULL, 10);
	if (options->nano)
		options->precision = PKTCAP_FILE_PRECISION_NANO;
	else if (options->micro)
		options->precision = PKTCAP_FILE_PRECISION_MICRO;
	return 0;
}

int options_parse(struct options *options, int argc, char **argv)
{
	memset(options, 0, sizeof(*options));
	if (parse_letters(options, argc, argv))
		return -1;
	return resolve(options);
}
