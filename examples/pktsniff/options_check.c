/* SPDX-License-Identifier: BSD-2-Clause */
#include "message.h"
#include "options.h"
#include "screen.h"

#include <stddef.h>

static bool takes_stdin(const char *path)
{
	return path && is_standard(path);
}

/* Such as a variable of the shell that is not set. */
static bool is_blank(const char *text)
{
	return !text[strspn(text, " \t\r\n")];
}

/* It can be read once only. */
static bool wants_stdin_twice(const struct options *options)
{
	size_t n = takes_stdin(options->filter_path) +
		   takes_stdin(options->list_path);

	for (size_t i = 0; i < options->read_paths.count; i++)
		n += takes_stdin(options->read_paths.text[i]);
	return n > 1;
}

/* A filter of digits only would be a host: "--stats 5" means something else. */
static bool has_blank_before_seconds(const struct options *options)
{
	const char *word = options->word_count ? options->words[0] : "";

	return options->stats_text && !*options->stats_text && *word &&
	       !word[strspn(word, "0123456789")];
}

static bool prints(const struct options *options)
{
	return options->print ||
	       !(options->write_path || options->stats_text || options->top);
}

/* What is printed beside the form of a packet. */
static bool beside_json(const struct options *options)
{
	return options->number || options->time_form || options->hex ||
	       options->hex_ascii || options->ascii;
}

/* What makes no sense without something else. */
int options_check(const struct options *options)
{
	bool reads = options_reads(options);
	bool rotates = options->rotate_bytes || options->rotate_s;
	const struct {
		bool given;
		bool has_what_it_needs;
		const char *text;
	} rules[] = {
		{ options->rotate_bytes, options->write_path, "-C: needs -w" },
		{ options->rotate_s, options->write_path, "-G: needs -w" },
		{ options->rotate_files, rotates, "-W: needs -C or -G" },
		{ options->postrotate, rotates, "-z: needs -C or -G" },
		{ options->format_given, options->write_path,
		  "--format pcap, pcapng: needs -w" },
		{ options->form_given && options->top, false,
		  "--format line, tree, boxes, json: not with --top, which "
		  "prints no packets" },
		{ options->form_given && !prints(options) &&
			  !(options->stats_text && options->form == FORM_JSON),
		  false,
		  "--format line, tree, boxes, json: is how packets are "
		  "printed, which needs --print here" },
		{ options->form == FORM_JSON && beside_json(options), false,
		  "--format json: not with -#, -t, -x, -X or -A: the output "
		  "would not be JSON" },
		{ options->merge, reads, "--merge: needs -r or -V" },
		{ options->recover, reads || options->capinfo_path,
		  "--recover: needs -r or -V" },
		{ options->capinfo_path && (reads || options->write_path),
		  false, "--capinfo: not with -r, -V or -w" },
		{ options->recorder_text && reads, false,
		  "--ring-buffer: not with -r or -V: it is for captures" },
		{ options->follow, options->read_paths.count == 1,
		  "--follow: needs -r with one file" },
		{ options->follow && options->merge, false,
		  "--follow: not with --merge" },
		{ options->recorder_text, options->write_path,
		  "--ring-buffer: needs -w" },
		{ options->recorder_text && rotates, false,
		  "--ring-buffer: not with -C or -G" },
		{ options->capinfo_path &&
			  (options->word_count || options->filter_path),
		  false, "--capinfo: takes no filter" },
		{ wants_stdin_twice(options), false,
		  "-: standard input can be read once only" },
		{ options->linktype_name && reads, false,
		  "-y: not with -r or -V: a file says its link types" },
		{ options->interface && reads, false,
		  "-i: not with -r or -V: leave one of them out" },
		{ options->list_linktypes && reads, false,
		  "-L: not with -r or -V: it is about an interface, and "
		  "--capinfo about a file" },
		{ options->list_stamps && reads, false,
		  "-J: not with -r or -V: it is about an interface" },
		{ options->explain && options->dump > 1, false,
		  "--explain: not with -dd or -ddd: leave one of them out" },
		{ options->snap_headers, !options->legacy,
		  "--snap-headers: not with --legacy" },
		{ has_blank_before_seconds(options), false,
		  "--stats: write --stats=SECONDS, without a blank" },
		{ options->top && (options->stats_text || options->print),
		  false, "--top: not with --stats or --print" },
		{ options->trigger, options->recorder_text,
		  "--trigger: needs --ring-buffer" },
		{ options->trigger && is_blank(options->trigger), false,
		  "--trigger: is empty: any packet would do" },
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].given && !rules[i].has_what_it_needs) {
			say("%s", rules[i].text);
			return -1;
		}
	if (options->top && screen_refusal()) {
		say("--top: %s", screen_refusal());
		return -1;
	}
	return 0;
}
