// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/opts.h"
#include "base/text.h"
#include "file/input.h"
#include "file/path.h"
#include "file/pcap.h"

struct pktcap_file_reader {
	struct input in;
	struct pcap_format format;
	struct pktcap_packet pkt;
	bool owns_fd;
	char name[]; /* for messages */
};

/* Frees everything but the descriptor. */
static void destroy(struct pktcap_file_reader *r)
{
	input_free(&r->in);
	free(r);
}

static struct pktcap_file_reader *create(const char *name,
					 struct pktcap_error *error)
{
	size_t n = strlen(name) + 1;
	struct pktcap_file_reader *r = calloc(1, sizeof(*r) + n);

	if (r)
		memcpy(r->name, name, n);
	else
		error_set(error, -ENOMEM, "malloc", "%s: no memory to read it",
			  name);
	return r;
}

static int check_opts(const struct pktcap_file_reader_opts *given,
		      struct pktcap_error *error)
{
	struct pktcap_file_reader_opts opts;
	int err = opts_copy(&opts, sizeof(opts), given, error);

	if (!err && opts.flags)
		err = error_set(error, -EINVAL, "flags",
				"unknown flags of a file reader: update the "
				"library");
	return err;
}

static int read_header(struct pktcap_file_reader *r, struct pktcap_error *error)
{
	const char *reason;
	int err = input_fill(&r->in, PCAP_HEADER_BYTES);

	if (err)
		return path_error(error, 0, err, "read", r->name);
	err = pcap_decode_header(&r->format, r->in.ready, &reason);
	if (err == -ENODATA)
		return error_set_at(error, r->in.ready.n, err, "header",
				    "%s: ends after %zu of the %u bytes of a "
				    "pcap file header: nothing was captured",
				    r->name, r->in.ready.n, PCAP_HEADER_BYTES);
	if (err)
		return error_set(error, err, "header", "%s: %s", r->name,
				 reason);
	input_skip(&r->in, PCAP_HEADER_BYTES);
	return 0;
}

static int open_fd(struct pktcap_file_reader **out, int fd, const char *name,
		   const struct pktcap_file_reader_opts *opts,
		   struct pktcap_error *error)
{
	struct pktcap_file_reader *r;
	int err = check_opts(opts, error);

	if (err)
		return err;
	r = create(name, error);
	if (!r)
		return -ENOMEM;
	err = input_from_fd(&r->in, fd);
	if (err)
		path_error(error, 0, err, "malloc", name);
	else
		err = read_header(r, error);
	if (err) {
		destroy(r);
		return err;
	}
	*out = r;
	return 0;
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
	return 0;
}

int pktcap_file_reader_open_fd(struct pktcap_file_reader **out, int fd,
			       const struct pktcap_file_reader_opts *opts,
			       struct pktcap_error *error)
{
	char name[32];
	struct text text = text_over(name, sizeof(name));

	*out = NULL;
	text_format(&text, "descriptor %d", fd);
	return open_fd(out, fd, name, opts, error);
}

int pktcap_file_reader_open_memory(struct pktcap_file_reader **out,
				   const void *data, size_t len,
				   const struct pktcap_file_reader_opts *opts,
				   struct pktcap_error *error)
{
	struct pktcap_file_reader *r;
	int err;

	*out = NULL;
	err = check_opts(opts, error);
	if (err)
		return err;
	r = create("memory", error);
	if (!r)
		return -ENOMEM;
	input_from_memory(&r->in, (struct bytes){ data, len });
	err = read_header(r, error);
	if (err) {
		destroy(r);
		return err;
	}
	*out = r;
	return 0;
}

/* @format takes the name and the position, which may exceed a long. */
static int damaged(const struct pktcap_file_reader *r, int code,
		   const char *what, struct pktcap_error *error)
{
	char digits[24];
	struct text text = text_over(digits, sizeof(digits));

	text_number(&text, r->in.offset, 10, 1, '0');
	return error_set_at(error, r->in.offset, code, "record",
			    "%s: the record at byte %s %s", r->name, digits,
			    what);
}

static int cut_off(const struct pktcap_file_reader *r,
		   struct pktcap_error *error)
{
	return damaged(r, -ENODATA,
		       "is not all there: the file was cut off, all packets "
		       "before are whole",
		       error);
}

static void fill_view(struct pktcap_file_reader *r,
		      const struct pcap_record *record)
{
	r->pkt = (struct pktcap_packet){
		.data = r->in.ready.p + PCAP_RECORD_BYTES,
		.ts_ns = record->ts_ns,
		.caplen = record->caplen,
		.wirelen = record->wirelen,
		.flags = record->caplen < record->wirelen
				 ? PKTCAP_PACKET_TRUNCATED
				 : 0,
		.linktype = (uint16_t)r->format.info.linktype,
	};
}

int pktcap_file_reader_next(struct pktcap_file_reader *r,
			    const struct pktcap_packet **pkt,
			    struct pktcap_error *error)
{
	struct pcap_record record;
	size_t n = PCAP_RECORD_BYTES;
	int err;

	*pkt = NULL;
	err = input_fill(&r->in, n);
	if (err)
		return path_error(error, r->in.offset, err, "read", r->name);
	if (!r->in.ready.n)
		return 0;
	if (r->in.ready.n < n)
		return cut_off(r, error);
	if (!pcap_decode_record(&record, r->in.ready, &r->format))
		return damaged(r, -EPROTO,
			       "states a length that no packet has: the file "
			       "is damaged there, all packets before are whole",
			       error);
	n += record.caplen;
	err = input_fill(&r->in, n);
	if (err)
		return path_error(error, r->in.offset, err, "read", r->name);
	if (r->in.ready.n < n)
		return cut_off(r, error);
	fill_view(r, &record);
	input_skip(&r->in, n);
	*pkt = &r->pkt;
	return 1;
}

void pktcap_file_reader_info(const struct pktcap_file_reader *r,
			     struct pktcap_file_info *info)
{
	*info = (struct pktcap_file_info){
		.linktype = r->format.info.linktype,
		.snaplen = r->format.info.snaplen,
		.precision = r->format.info.precision,
		.swapped = r->format.info.swapped,
	};
}

void pktcap_file_reader_close(struct pktcap_file_reader *r)
{
	if (!r)
		return;
	if (r->owns_fd)
		close(r->in.fd);
	destroy(r);
}
