/* SPDX-License-Identifier: BSD-2-Clause */
#include "filter.h"
#include "caret.h"
#include "message.h"
#include "resolve.h"
#include "slurp.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_MAX = 64 << 20 };

static int out_of_memory(void)
{
	say("out of memory");
	return -1;
}

static int take_copy(struct filter *filter, const char *text)
{
	filter->text = strdup(text);
	return filter->text ? 0 : out_of_memory();
}

/* With blanks between them, as if they had been one argument. */
static int take_words(struct filter *filter, char *const *words, size_t count)
{
	size_t size = 1;
	char *end;

	for (size_t i = 0; i < count; i++)
		size += strlen(words[i]) + 1;
	filter->text = end = malloc(size);
	if (!end)
		return out_of_memory();
	*end = '\0';
	for (size_t i = 0; i < count; i++) {
		if (i)
			*end++ = ' ';
		end = stpcpy(end, words[i]);
	}
	return 0;
}

/* Blanks instead, so that offsets are those of the file. */
static void blank_comments(char *text)
{
	while ((text = strchr(text, '#')))
		while (*text && *text != '\n')
			*text++ = ' ';
}

/* Takes over @text. */
static int take_file(struct filter *filter, char *text, size_t len)
{
	int ret;

	if (program_is_form(text, len)) {
		if (filter->flags & PKTCAP_FILTER_SNAP_HEADERS)
			say("%s: is a program already: --snap-headers does "
			    "nothing to it",
			    filter->origin);
		ret = program_parse(&filter->program, filter->origin, text,
				    len);
		free(text);
		return ret;
	}
	filter->text = text;
	if (strlen(text) != len) {
		say("%s: is not text: byte %zu is 0", filter->origin,
		    strlen(text));
		return -1;
	}
	blank_comments(text);
	return 0;
}

static int begin(struct filter *filter, const struct options *options)
{
	*filter = (struct filter){ .options = options,
				   .lists = calloc(1, sizeof(struct lists)) };
	if (!options->legacy)
		filter->flags |= PKTCAP_FILTER_EXTENDED;
	if (options->no_optimize)
		filter->flags |= PKTCAP_FILTER_NO_OPTIMIZE;
	return filter->lists ? 0 : out_of_memory();
}

int filter_read(struct filter *filter, const struct options *options)
{
	const char *path = options->filter_path;
	size_t len;
	char *text;

	if (begin(filter, options))
		return -1;
	if (options->snap_headers)
		filter->flags |= PKTCAP_FILTER_SNAP_HEADERS;
	if (!path)
		return options->word_count ? take_words(filter, options->words,
							options->word_count)
					   : 0;
	if (options->word_count)
		say("-F: the expression on the command line is not looked at");
	snprintf(filter->origin, sizeof(filter->origin), "-F %s", path);
	text = slurp(path, TEXT_MAX, &len);
	if (text)
		return take_file(filter, text, len);
	say("%s: %s", filter->origin, strerror(errno));
	return -1;
}

/* The name of a file with a program is no expression that means anything. */
int filter_read_trigger(struct filter *filter, const struct options *options)
{
	const char *given = options->trigger;
	size_t len;
	char *text;

	if (begin(filter, options))
		return -1;
	strcpy(filter->origin, "--trigger");
	text = is_standard(given) ? NULL : slurp(given, TEXT_MAX, &len);
	if (text && program_is_form(text, len)) {
		snprintf(filter->origin, sizeof(filter->origin), "--trigger %s",
			 given);
		return take_file(filter, text, len);
	}
	/* No expression begins like that. */
	if (!text && (*given == '/' || *given == '.')) {
		say("--trigger %s: %s", given, strerror(errno));
		return -1;
	}
	free(text);
	return take_copy(filter, given);
}

void filter_free(struct filter *filter)
{
	program_free(&filter->program);
	if (filter->lists)
		lists_free(filter->lists);
	free(filter->lists);
	free(filter->text);
	*filter = (struct filter){ .options = filter->options };
}

bool filter_given(const struct filter *filter)
{
	return filter->text || filter->program.insns ||
	       filter->flags & PKTCAP_FILTER_SNAP_HEADERS;
}

/* Where the expression says @word; its beginning if it does not. */
static size_t offset_of(const char *text, const char *word)
{
	const char *found = strstr(text, word);

	return found ? (size_t)(found - text) : 0;
}

/* libpcap has no program for files that asks what they do not know. */
static int refuse_metadata(const struct filter *filter,
			   const struct pktcap_filter *compiled,
			   struct pktcap_error *error)
{
	size_t n;
	const struct pktcap_insn *insns = pktcap_filter_program(compiled, &n);
	struct program_wants wants = program_wants(insns, n);
	const char *word = "ifindex";

	if (!wants.direction && !wants.interface)
		return 0;
	if (wants.direction)
		word = strstr(filter->text, "inbound") ? "inbound" : "outbound";
	*error = (struct pktcap_error){ .code = -EOPNOTSUPP,
					.offset =
						offset_of(filter->text, word) };
	snprintf(error->text, sizeof(error->text),
		 "'%s' is not known of packets of a file with this link type",
		 word);
	return error->code;
}

int filter_compile(const struct filter *filter,
		   const struct filter_target *target, uint32_t flags,
		   struct pktcap_filter **out, struct pktcap_error *error)
{
	struct pktcap_filter_opts opts =
		PKTCAP_FILTER_OPTS(.flags = filter->flags | flags,
				   .linktype = target->linktype,
				   .snaplen = target->snaplen,
				   .netmask = target->netmask,
				   .seed = (uint32_t)filter->options->seed,
				   .resolve = resolve_name, .list = lists_get,
				   .list_user = filter->lists);
	int ret;

	if (target->live)
		opts.flags |= PKTCAP_FILTER_LIVE;
	ret = pktcap_filter_compile(out, filter->text ? filter->text : "",
				    &opts, error);
	if (!ret && filter->text && filter->options->legacy &&
	    options_reads(filter->options))
		ret = refuse_metadata(filter, *out, error);
	if (!ret)
		return 0;
	pktcap_filter_free(*out);
	*out = NULL;
	return ret;
}

int filter_program(const struct filter *filter,
		   const struct filter_target *target, struct program *program,
		   struct pktcap_error *error)
{
	const struct pktcap_insn *insns = filter->program.insns;
	struct pktcap_filter *compiled = NULL;
	size_t n = filter->program.n;
	int ret = 0;

	*program = (struct program){ NULL, 0 };
	*error = (struct pktcap_error){ .code = 0 };
	if (!insns) {
		ret = filter_compile(filter, target, 0, &compiled, error);
		if (ret)
			return ret;
		insns = pktcap_filter_program(compiled, &n);
	}
	ret = program_copy(program, insns, n);
	pktcap_filter_free(compiled);
	error->code = ret;
	return ret;
}

/* Some faults are in no place. */
static bool has_place(const struct pktcap_error *error)
{
	return error->offset ||
	       (error->code != -E2BIG && error->code != -ENOMEM);
}

/* Who names a file without -r did not mean a filter. */
static bool begins_with_file(const char *text)
{
	char path[PATH_MAX];
	size_t len = strcspn(text, " \n");

	if (!len || len >= sizeof(path))
		return false;
	memcpy(path, text, len);
	path[len] = '\0';
	return access(path, R_OK) == 0;
}

void filter_complain(const struct filter *filter,
		     const struct pktcap_error *error)
{
	const char *text = filter->text ? filter->text : "";
	int failed = filter->lists->failed;
	char why[512];

	snprintf(why, sizeof(why), "%s%s%s",
		 error->text[0] ? error->text : strerror(-error->code),
		 failed ? ": " : "", failed ? strerror(failed) : "");
	if (has_place(error) && strchr(text, '\n'))
		say("%s%sline %zu: %s", filter->origin,
		    filter->origin[0] ? ", " : "",
		    caret_line(text, error->offset), why);
	else
		say("%s%s%s", filter->origin, filter->origin[0] ? ": " : "",
		    why);
	if (has_place(error))
		caret_show(text, error->offset);
	else
		caret_show_text(text);
	if (begins_with_file(text))
		say("that is a file: -r reads one");
}
