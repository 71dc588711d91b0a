/* SPDX-License-Identifier: BSD-2-Clause */
#include "source.h"
#include "message.h"
#include "signals.h"
#include "slurp.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A look at the signals so often while nothing comes. */
enum { FOLLOW_MS = 500 };

enum { LIST_MAX = 64 << 20 };

/* Of what a name stands for: "-" is not a file of this name. */
static int stat_of(const char *name, int standard, struct stat *st)
{
	return strcmp(name, "-") ? stat(name, st) : fstat(standard, st);
}

bool source_reads(const struct source *source, const char *path)
{
	struct stat a, b;

	if (stat_of(path, STDOUT_FILENO, &a) || !S_ISREG(a.st_mode))
		return false;
	for (size_t i = 0; i < source->count; i++)
		if (!stat_of(source->files[i].name, STDIN_FILENO, &b) &&
		    a.st_dev == b.st_dev && a.st_ino == b.st_ino)
			return true;
	return false;
}

/* --- the names --- */

static int out_of_memory(void)
{
	say("out of memory");
	return -1;
}

static int add_name(struct source *source, const char *name)
{
	struct source_file *files = realloc(
		source->files, (source->count + 1) * sizeof(*source->files));
	struct stat status;

	if (!files)
		return out_of_memory();
	source->files = files;
	files[source->count++] = (struct source_file){ .name = name, .fd = -1 };
	if (is_standard(name) ? !fstat(STDIN_FILENO, &status)
			      : !stat(name, &status))
		if (S_ISREG(status.st_mode))
			files[source->count - 1].bytes =
				(uint64_t)status.st_size;
	return 0;
}

/* One name in a line, as tcpdump -V has it. */
static int add_list(struct source *source, const char *path)
{
	char *rest, *name;
	size_t len;
	int ret = 0;

	source->list = slurp(path, LIST_MAX, &len);
	if (!source->list) {
		say("-V %s: %s", path, strerror(errno));
		return -1;
	}
	rest = source->list;
	while (!ret && (name = strsep(&rest, "\n")))
		if (*name)
			ret = add_name(source, name);
	if (!ret && !source->count) {
		say("-V %s: no file is named in it", path);
		ret = -1;
	}
	return ret;
}

static int add_names(struct source *source)
{
	const struct texts *paths = &source->options->read_paths;

	for (size_t i = 0; i < paths->count; i++)
		if (add_name(source, paths->text[i]))
			return -1;
	if (source->options->list_path &&
	    add_list(source, source->options->list_path))
		return -1;
	for (size_t i = 0; i < source->count; i++) {
		if (!source->files[i].bytes) {
			source->bytes = 0;
			break;
		}
		source->bytes += source->files[i].bytes;
	}
	return 0;
}

/* --- one file --- */

/* Where the library knows a descriptor only, the file's name is better. */
static void tell_error(const struct source_file *file, int ret,
		       struct pktcap_error *error)
{
	const char *text = strchr(error->text, ':');

	if (text && strncmp(error->text, "descriptor ", 11) == 0)
		say("%s%s%s",
		    is_standard(file->name) ? "standard input" : file->name,
		    file->fd >= 0 ? ", unpacked" : "", text);
	else
		say_error(file->name, ret, error);
}

static int open_unpacked(struct source_file *file,
			 const struct pktcap_file_reader_opts *opts,
			 struct pktcap_error *error)
{
	int ret;

	file->fd = unpack_open(&file->unpack, file->name, error);
	if (file->fd < 0)
		return -1;
	ret = pktcap_file_reader_open_fd(&file->reader, file->fd, opts, error);
	if (!ret)
		return 0;
	if (!unpack_close(&file->unpack, file->fd, file->name, 1))
		tell_error(file, ret, error);
	file->fd = -1;
	return -1;
}

static int open_file(const struct source *source, struct source_file *file)
{
	const struct options *options = source->options;
	struct pktcap_file_reader_opts opts = PKTCAP_FILE_READER_OPTS(
			.flags = (options->recover ? PKTCAP_FILE_READER_RECOVER
						   : 0) |
				 (options->follow ? PKTCAP_FILE_READER_FOLLOW
						  : 0));
	struct pktcap_error error = { .code = 0 };
	int ret;

	if (is_standard(file->name))
		ret = pktcap_file_reader_open_fd(&file->reader, STDIN_FILENO,
						 &opts, &error);
	else
		ret = pktcap_file_reader_open(&file->reader, file->name, &opts,
					      &error);
	if (ret && !is_standard(file->name) && unpack_can(file->name, &error))
		return open_unpacked(file, &opts, &error);
	if (ret)
		tell_error(file, ret, &error);
	return ret ? -1 : 0;
}

static void close_file(struct source *source, struct source_file *file,
		       bool read_to_end)
{
	struct pktcap_file_info info = { 0 };

	if (file->reader) {
		pktcap_file_reader_info(file->reader, &info);
		source->skipped_bytes += info.skipped_bytes;
		source->skipped_places += info.skipped_places;
	}
	pktcap_file_reader_close(file->reader);
	file->reader = NULL;
	if (file->fd >= 0 &&
	    unpack_close(&file->unpack, file->fd, file->name, read_to_end))
		source->failed = true;
	file->fd = -1;
}

/* --- all of them --- */

static int open_merge(struct source *source)
{
	struct pktcap_file_reader **readers;
	struct pktcap_error error = { .code = 0 };
	int ret;

	for (size_t i = 0; i < source->count; i++)
		if (open_file(source, &source->files[i]))
			return -1;
	readers = calloc(source->count, sizeof(struct pktcap_file_reader *));
	if (!readers)
		return out_of_memory();
	for (size_t i = 0; i < source->count; i++)
		readers[i] = source->files[i].reader;
	ret = pktcap_file_merge_open(&source->merge, readers,
				     (uint32_t)source->count, &error);
	if (ret)
		say_error("--merge", ret, &error);
	free(readers);
	return ret ? -1 : 0;
}

int source_open(struct source *source, const struct options *options)
{
	*source = (struct source){ .options = options };
	if (add_names(source))
		return -1;
	return options->merge ? open_merge(source)
			      : open_file(source, &source->files[0]);
}

/* A damaged file is told of; those behind it are read all the same. */
static int next_merged(struct source *source, const struct pktcap_packet **pkt)
{
	struct pktcap_error error = { .code = 0 };
	uint32_t which = 0;
	int ret;

	while ((ret = pktcap_file_merge_next(source->merge, pkt, &which,
					     &error)) < 0) {
		tell_error(&source->files[which], ret, &error);
		source->failed = true;
	}
	source->current = which;
	source->at_end = ret == 0;
	return ret;
}

int source_next(struct source *source, const struct pktcap_packet **pkt)
{
	struct pktcap_error error = { .code = 0 };
	struct source_file *file;
	int ret;

	if (source->merge)
		return next_merged(source, pkt);
	for (;;) {
		file = &source->files[source->current];
		ret = pktcap_file_reader_next(file->reader, pkt, &error);
		if (ret > 0 || ret == -EAGAIN)
			return ret;
		if (ret == -EINTR && signals_stopped())
			return 0;
		/* Damage in one file is no reason to leave the next one out. */
		if (ret < 0) {
			tell_error(file, ret, &error);
			source->failed = true;
		}
		/* The last one stays: what it says of itself is still asked. */
		if (source->current + 1 == source->count) {
			source->at_end = ret == 0;
			return 0;
		}
		close_file(source, file, true);
		source->done += file->bytes;
		source->current++;
		if (open_file(source, file + 1))
			return -1;
	}
}

void source_wait(struct source *source)
{
	pktcap_file_reader_wait(source->files[source->current].reader,
				FOLLOW_MS);
}

bool source_progress(const struct source *source, uint64_t *read,
		     uint64_t *bytes)
{
	struct pktcap_file_record record = { 0 };

	if (!source->bytes || source->files[source->current].fd >= 0)
		return false;
	*read = source->done;
	*bytes = source->bytes;
	for (size_t i = 0; i < source->count; i++) {
		if (!source->files[i].reader)
			continue;
		pktcap_file_reader_record(source->files[i].reader, &record);
		*read += record.offset;
	}
	return true;
}

const struct pktcap_file_reader *source_reader(const struct source *source)
{
	return source->files[source->current].reader;
}

void source_info(const struct source *source, struct pktcap_file_info *info)
{
	pktcap_file_reader_info(source_reader(source), info);
}

int source_close(struct source *source)
{
	pktcap_file_merge_close(source->merge);
	for (size_t i = 0; i < source->count; i++)
		close_file(source, &source->files[i], source->at_end);
	if (source->skipped_places)
		say("skipped %llu byte%s of damage at %llu place%s",
		    (unsigned long long)source->skipped_bytes,
		    PLURAL(source->skipped_bytes),
		    (unsigned long long)source->skipped_places,
		    PLURAL(source->skipped_places));
	free(source->files);
	free(source->list);
	return source->failed ? -1 : 0;
}
