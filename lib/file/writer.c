// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/opts.h"
#include "file/path.h"
#include "file/writer.h"

enum {
	BUFFER_MIN = 4096,
	BUFFER_MAX = 1 << 30,
	/* 64 KiB cost a third more CPU per packet, 1 MiB a seventh less. */
	BUFFER_DEFAULT = 262144,
	LINKTYPE_MAX = 65535,
	MODE_MAX = 07777,
	MODE_DEFAULT = 0644,
};

static const struct opts_range ranges[] = {
#define RANGE(field, least, most) \
	OPTS_RANGE(struct pktcap_file_writer_opts, field, least, most)
	RANGE(flags, 0, PKTCAP_FILE_WRITER_UNBUFFERED),
	RANGE(precision, 0, PKTCAP_FILE_PRECISION_NANO),
	RANGE(snaplen, 1, PCAP_SNAPLEN_MAX),
	RANGE(buffer_bytes, BUFFER_MIN, BUFFER_MAX),
	RANGE(mode, 0, MODE_MAX),
#undef RANGE
};

int writer_options(struct pktcap_file_writer_opts *opts, uint32_t linktype,
		   const struct pktcap_file_writer_opts *given,
		   struct pktcap_error *error)
{
	int err = opts_copy(opts, sizeof(*opts), given, error);

	if (!err)
		err = opts_check_number("linktype", linktype, 0, LINKTYPE_MAX,
					error);
	if (!err)
		err = opts_check_ranges(opts, ranges,
					sizeof(ranges) / sizeof(ranges[0]),
					error);
	if (err)
		return err;
	if (!opts->snaplen)
		opts->snaplen = PCAP_SNAPLEN_MAX;
	if (!opts->buffer_bytes)
		opts->buffer_bytes = BUFFER_DEFAULT;
	if (!opts->mode)
		opts->mode = MODE_DEFAULT;
	return 0;
}

int writer_create(struct pktcap_file_writer **out, size_t record_max,
		  const struct pktcap_file_writer_opts *opts,
		  struct pktcap_error *error)
{
	struct pktcap_file_writer *w = calloc(1, sizeof(*w));
	bool unbuffered = opts->flags & PKTCAP_FILE_WRITER_UNBUFFERED;

	if (!w || output_init(&w->out, unbuffered ? 0 : opts->buffer_bytes,
			      record_max, pcap_length)) {
		free(w);
		return error_set(error, -ENOMEM, "malloc",
				 "no memory for a buffer of %u bytes: ask for "
				 "a smaller one (buffer_bytes)",
				 opts->buffer_bytes);
	}
	w->info.snaplen = opts->snaplen;
	w->info.precision = opts->precision;
	*out = w;
	return 0;
}

void writer_destroy(struct pktcap_file_writer *w)
{
	if (w->format)
		w->format->free(w);
	output_free(&w->out);
	free(w);
}

int writer_create_pcap(struct pktcap_file_writer **out, uint32_t linktype,
		       const struct pktcap_file_writer_opts *opts,
		       struct pktcap_error *error)
{
	int err = writer_create(
		out, PCAP_HEADER_BYTES + (size_t)opts->snaplen, opts, error);

	if (err)
		return err;
	(*out)->info.linktype = linktype;
	writer_begin_pcap(*out);
	return 0;
}

void writer_begin_pcap(struct pktcap_file_writer *w)
{
	pcap_encode_header(w->out.buf, &w->info);
	w->out.used = PCAP_HEADER_BYTES;
}

int writer_open_path(struct pktcap_file_writer *w, const char *path, int flags,
		     uint32_t mode, struct pktcap_error *error)
{
	int fd = path_open(path, flags | O_CREAT, mode, error);
	int err;

	if (fd < 0)
		return fd;
	err = output_attach(&w->out, fd);
	if (err) {
		close(fd);
		return path_error(error, 0, err, "fstat", path);
	}
	w->owns_fd = true;
	return 0;
}

int writer_open_fd(struct pktcap_file_writer *w, int fd,
		   struct pktcap_error *error)
{
	int err = output_attach(&w->out, fd);

	if (err)
		return error_set(error, err, "fcntl",
				 "descriptor %d: not open for writing (errno "
				 "%d): open it with O_WRONLY or O_RDWR",
				 fd, -err);
	return 0;
}

int writer_opened(struct pktcap_file_writer **out, struct pktcap_file_writer *w,
		  int err)
{
	if (err)
		writer_destroy(w);
	else
		*out = w;
	return err;
}

int writer_new_path(struct pktcap_file_writer **out, writer_create_fn *create,
		    const char *path, uint32_t linktype,
		    const struct pktcap_file_writer_opts *given,
		    struct pktcap_error *error)
{
	struct pktcap_file_writer_opts opts;
	struct pktcap_file_writer *w;
	int err;

	*out = NULL;
	err = writer_options(&opts, linktype, given, error);
	/* The old file is lost with open(2): whatever else can fail is first.
	 */
	if (!err)
		err = create(&w, linktype, &opts, error);
	if (err)
		return err;
	err = writer_open_path(w, path, O_WRONLY | O_TRUNC, opts.mode, error);
	return writer_opened(out, w, err);
}

int writer_new_fd(struct pktcap_file_writer **out, writer_create_fn *create,
		  int fd, uint32_t linktype,
		  const struct pktcap_file_writer_opts *given,
		  struct pktcap_error *error)
{
	struct pktcap_file_writer_opts opts;
	struct pktcap_file_writer *w;
	int err;

	*out = NULL;
	err = writer_options(&opts, linktype, given, error);
	if (!err)
		err = create(&w, linktype, &opts, error);
	if (err)
		return err;
	return writer_opened(out, w, writer_open_fd(w, fd, error));
}

int pktcap_file_writer_open(struct pktcap_file_writer **out, const char *path,
			    uint32_t linktype,
			    const struct pktcap_file_writer_opts *opts,
			    struct pktcap_error *error)
{
	return writer_new_path(out, writer_create_pcap, path, linktype, opts,
			       error);
}

int pktcap_file_writer_open_fd(struct pktcap_file_writer **out, int fd,
			       uint32_t linktype,
			       const struct pktcap_file_writer_opts *opts,
			       struct pktcap_error *error)
{
	return writer_new_fd(out, writer_create_pcap, fd, linktype, opts,
			     error);
}

int pktcap_file_writer_write(struct pktcap_file_writer *w,
			     const struct pktcap_packet *pkt)
{
	uint32_t snaplen = w->info.snaplen;
	const struct pcap_record record = {
		.ts_ns = pkt->ts_ns,
		.caplen = pkt->caplen < snaplen ? pkt->caplen : snaplen,
		.wirelen =
			pkt->wirelen > pkt->caplen ? pkt->wirelen : pkt->caplen,
	};
	uint8_t away[PCAP_RECORD_BYTES];
	uint8_t *room = output_room(&w->out, sizeof(away) + record.caplen);
	uint8_t *head = room ? room : away;
	int err;

	/* Files of other formats have a type that no packet has. */
	if (pkt->linktype != w->info.linktype)
		return w->format ? w->format->write(w, pkt) : -EINVAL;
	if (!pcap_encode_record(head, &record, w->info.precision))
		return -EINVAL;
	if (room) {
		if (record.caplen)
			memcpy(room + sizeof(away), pkt->data, record.caplen);
		w->out.used += sizeof(away) + record.caplen;
	} else {
		err = output_put(&w->out, (struct bytes){ head, sizeof(away) },
				 (struct bytes){ pkt->data, record.caplen });
		if (err)
			return err;
	}
	w->packets++;
	return 0;
}

int pktcap_file_writer_flush(struct pktcap_file_writer *w)
{
	return output_flush(&w->out);
}

int pktcap_file_writer_sync(struct pktcap_file_writer *w)
{
	return output_sync(&w->out);
}

void pktcap_file_writer_stats(const struct pktcap_file_writer *w,
			      struct pktcap_file_writer_stats *stats)
{
	*stats = (struct pktcap_file_writer_stats){
		.packets = w->packets,
		.bytes = w->out.written + w->out.used,
		.bytes_written = w->out.written,
	};
}

int pktcap_file_writer_close(struct pktcap_file_writer *w)
{
	int err;

	if (!w)
		return 0;
	err = output_flush(&w->out);
	if (w->owns_fd && close(w->out.fd) && !err)
		err = -errno;
	writer_destroy(w);
	return err;
}
