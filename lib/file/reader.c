// SPDX-License-Identifier: BSD-2-Clause
#include "file/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/opts.h"
#include "base/text.h"
#include "file/foreign.h"
#include "file/ng.h"
#include "file/path.h"

/* Frees everything but the descriptor of the file. */
static void destroy(struct pktcap_file_reader *r)
{
	if (r->notify >= 0)
		close(r->notify);
	input_free(&r->in);
	interfaces_free(&r->interfaces);
	index_free(r->index);
	free(r->strings);
	free(r);
}

static int check_opts(struct pktcap_file_reader_opts *opts,
		      const struct pktcap_file_reader_opts *given,
		      uint32_t flags, struct pktcap_error *error)
{
	int err = opts_copy(opts, sizeof(*opts), given, error);

	if (err)
		return err;
	if (opts->flags &
	    ~(PKTCAP_FILE_READER_RECOVER | PKTCAP_FILE_READER_FOLLOW))
		return error_set(error, -EINVAL, "flags",
				 "unknown flags of a file reader: update the "
				 "library");
	if (opts->flags & ~flags)
		return error_set(error, -EINVAL, "flags",
				 "only a path or a descriptor can be followed");
	return 0;
}

/* With an input still to be filled in. NULL: @error says why. */
static struct pktcap_file_reader *
create(const char *name, const struct pktcap_file_reader_opts *opts,
       struct pktcap_error *error)
{
	size_t n = strlen(name) + 1;
	struct pktcap_file_reader *r = calloc(1, sizeof(*r) + n);

	if (!r) {
		error_set(error, -ENOMEM, "malloc", "%s: no memory to read it",
			  name);
		return NULL;
	}
	memcpy(r->name, name, n);
	r->opts = *opts;
	r->notify = -1;
	r->watch = -1;
	return r;
}

bool reader_cut_off(const struct pktcap_file_reader *r, int code)
{
	return code == -ENODATA && !r->growing;
}

/* What next() is as long as there is no header. */
static int no_header(struct pktcap_file_reader *r)
{
	int err = reader_begin(r, NULL);

	r->damage = "begins no capture file";
	return err ? err : r->next(r);
}

int reader_begin(struct pktcap_file_reader *r, struct pktcap_error *error)
{
	uint32_t start = 0;
	int err = input_need(&r->in, PCAP_HEADER_BYTES);

	if (err)
		return path_error(error, 0, err, "read", r->name);
	bytes_host32(r->in.ready, 0, &start);
	err = start == NG_SECTION ? reader_begin_ng(r, error)
				  : reader_begin_pcap(r, error);
	if (err)
		return err;
	r->place.offset = r->in.offset;
	r->start = r->place;
	return 0;
}

void reader_restart(struct pktcap_file_reader *r)
{
	r->next = no_header;
	r->format = NULL;
	r->place = (struct reader_place){
		.section = r->info.sections,
		.first = r->interfaces.count,
	};
	r->passing = 0;
	r->told = 0;
	r->skipped_to = 0;
	r->options = (struct bytes){ NULL, 0 };
	index_free(r->index);
	r->index = NULL;
}

static int finish_open(struct pktcap_file_reader **out,
		       struct pktcap_file_reader *r, struct pktcap_error *error)
{
	int err;

	r->growing = r->opts.flags & PKTCAP_FILE_READER_FOLLOW &&
		     !input_seekable(&r->in);
	err = reader_begin(r, error);
	if (r->growing && err == -ENODATA) {
		r->next = no_header;
		err = 0;
	}
	if (err) {
		destroy(r);
		return err;
	}
	*out = r;
	return 0;
}

static int open_fd(struct pktcap_file_reader **out, int fd, const char *name,
		   const struct pktcap_file_reader_opts *given,
		   struct pktcap_error *error)
{
	struct pktcap_file_reader_opts opts;
	struct pktcap_file_reader *r;
	int err = check_opts(&opts, given, UINT32_MAX, error);

	if (err)
		return err;
	r = create(name, &opts, error);
	if (!r)
		return -ENOMEM;
	err = input_from_fd(&r->in, fd);
	if (err) {
		destroy(r);
		return path_error(error, 0, err, "malloc", name);
	}
	return finish_open(out, r, error);
}

int pktcap_file_reader_open(struct pktcap_file_reader **out, const char *path,
			    const struct pktcap_file_reader_opts *opts,
			    struct pktcap_error *error)
{
	int fd, err;

	*out = NULL;
	fd = path_open(path, O_RDONLY, 0, error);
	if (fd < 0)
		return fd;
	err = open_fd(out, fd, path, opts, error);
	if (err) {
		close(fd);
		return err;
	}
	(*out)->owns_fd = true;
	(*out)->has_path = true;
	return 0;
}

int pktcap_file_reader_open_fd(struct pktcap_file_reader **out, int fd,
			       const struct pktcap_file_reader_opts *opts,
			       struct pktcap_error *error)
{
	char name[32];
	struct text text = text_over(name, sizeof(name));

	*out = NULL;
	if (fd < 0) /* the input takes that for memory */
		return error_set(error, -EBADF, "read",
				 "descriptor %d: not an "
				 "open descriptor",
				 fd);
	text_format(&text, "descriptor %d", fd);
	return open_fd(out, fd, name, opts, error);
}

int pktcap_file_reader_open_memory(struct pktcap_file_reader **out,
				   const void *data, size_t len,
				   const struct pktcap_file_reader_opts *given,
				   struct pktcap_error *error)
{
	struct pktcap_file_reader_opts opts;
	struct pktcap_file_reader *r;
	int err;

	*out = NULL;
	err = check_opts(&opts, given, PKTCAP_FILE_READER_RECOVER, error);
	if (err)
		return err;
	r = create("memory", &opts, error);
	if (!r)
		return -ENOMEM;
	input_from_memory(&r->in, (struct bytes){ data, len });
	return finish_open(out, r, error);
}

int pktcap_file_reader_open_source(struct pktcap_file_reader **out,
				   const struct pktcap_file_source *source,
				   const struct pktcap_file_reader_opts *given,
				   struct pktcap_error *error)
{
	struct pktcap_file_reader_opts opts;
	struct pktcap_file_reader *r;
	int err;

	*out = NULL;
	err = check_opts(&opts, given, PKTCAP_FILE_READER_RECOVER, error);
	if (err)
		return err;
	if (!source || !source->read)
		return error_set(error, -EINVAL, "read",
				 "a source needs a function that reads");
	r = create("source", &opts, error);
	if (!r)
		return -ENOMEM;
	err = input_from_source(&r->in, source);
	if (err) {
		destroy(r);
		return path_error(error, 0, err, "malloc", "source");
	}
	return finish_open(out, r, error);
}

/* @format takes the name and the position, which may exceed a long. */
static int damaged(const struct pktcap_file_reader *r, uint64_t offset,
		   int code, const char *what, struct pktcap_error *error)
{
	bool is_ng = r->format == &format_ng;
	char digits[24];
	struct text text = text_over(digits, sizeof(digits));

	text_number(&text, offset, 10, 1, '0');
	return error_set_at(error, offset, code, is_ng ? "block" : "record",
			    "%s: the %s at byte %s %s, all packets before are "
			    "whole",
			    r->name, is_ng ? "block" : "record", digits, what);
}

int reader_error(const struct pktcap_file_reader *r, int code,
		 struct pktcap_error *error)
{
	uint64_t offset = r->passing ? r->passing_offset : r->in.offset;

	if (code == -ENODATA)
		return damaged(r, offset, code,
			       "is not all there: the file was cut off", error);
	if (code == -EPROTO)
		return damaged(r, offset, code, r->damage, error);
	return path_error(error, offset, code, "read", r->name);
}

static int no_packet(struct pktcap_file_reader *r, int code,
		     struct pktcap_error *error)
{
	if (r->growing && (!code || code == -ENODATA)) {
		input_try_again(&r->in);
		code = -EAGAIN;
	}
	return code ? reader_error(r, code, error) : 0;
}

int pktcap_file_reader_next(struct pktcap_file_reader *r,
			    const struct pktcap_packet **pkt,
			    struct pktcap_error *error)
{
	int ret = r->next(r);

	if (__builtin_expect(ret != 1, 0)) {
		*pkt = NULL;
		return no_packet(r, ret, error);
	}
	*pkt = &r->pkt;
	return 1;
}

void pktcap_file_reader_info(const struct pktcap_file_reader *r,
			     struct pktcap_file_info *info)
{
	*info = r->info;
}

void pktcap_file_reader_close(struct pktcap_file_reader *r)
{
	if (!r)
		return;
	if (r->owns_fd)
		close(r->in.fd);
	destroy(r);
}
