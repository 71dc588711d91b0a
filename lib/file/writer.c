// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/opts.h"
#include "file/output.h"
#include "file/path.h"
#include "file/pcap.h"

enum {
	BUFFER_MIN = 4096,
	BUFFER_MAX = 1 << 30,
	/* 64 KiB cost a third more CPU per packet, 1 MiB a seventh less. */
	BUFFER_DEFAULT = 262144,
	LINKTYPE_MAX = 65535,
	MODE_MAX = 07777,
	MODE_DEFAULT = 0644,
};

struct pktcap_file_writer {
	struct output out;
	struct pcap_header info;
	uint64_t packets;
	bool owns_fd;
};

static int check_options(uint32_t linktype,
			 const struct pktcap_file_writer_opts *opts,
			 struct pktcap_error *error)
{
	const struct {
		const char *name;
		uint32_t value;
		uint32_t min;
		uint32_t max;
	} ranges[] = {
		{ "linktype", linktype, 0, LINKTYPE_MAX },
		{ "flags", opts->flags, 0, PKTCAP_FILE_WRITER_UNBUFFERED },
		{ "precision", opts->precision, 0, PKTCAP_FILE_PRECISION_NANO },
		{ "snaplen", opts->snaplen, 1, PCAP_SNAPLEN_MAX },
		{ "buffer_bytes", opts->buffer_bytes, BUFFER_MIN, BUFFER_MAX },
		{ "mode", opts->mode, 0, MODE_MAX },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (ranges[i].value > ranges[i].max ||
		    (ranges[i].value && ranges[i].value < ranges[i].min))
			return error_set(error, -EINVAL, ranges[i].name,
					 "%s: %u is out of range: %u to %u, or "
					 "0 for the default",
					 ranges[i].name, ranges[i].value,
					 ranges[i].min, ranges[i].max);
	return 0;
}

static int read_options(struct pktcap_file_writer_opts *opts, uint32_t linktype,
			const struct pktcap_file_writer_opts *given,
			struct pktcap_error *error)
{
	int err = opts_copy(opts, sizeof(*opts), given, error);

	if (!err)
		err = check_options(linktype, opts, error);
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

/* A writer with the file header collected, without a descriptor. */
static int create(struct pktcap_file_writer **out, uint32_t linktype,
		  const struct pktcap_file_writer_opts *opts,
		  struct pktcap_error *error)
{
	struct pktcap_file_writer *w = calloc(1, sizeof(*w));
	bool unbuffered = opts->flags & PKTCAP_FILE_WRITER_UNBUFFERED;

	if (!w || output_init(&w->out, unbuffered ? 0 : opts->buffer_bytes,
			      PCAP_HEADER_BYTES + (size_t)opts->snaplen,
			      pcap_length)) {
		free(w);
		return error_set(error, -ENOMEM, "malloc",
				 "no memory for a buffer of %u bytes: ask for "
				 "a smaller one (buffer_bytes)",
				 opts->buffer_bytes);
	}
	w->info = (struct pcap_header){ .linktype = linktype,
					.snaplen = opts->snaplen,
					.precision = opts->precision };
	pcap_encode_header(w->out.buf, &w->info);
	w->out.used = PCAP_HEADER_BYTES;
	*out = w;
	return 0;
}

static void destroy(struct pktcap_file_writer *w)
{
	output_free(&w->out);
	free(w);
}

int pktcap_file_writer_open(struct pktcap_file_writer **out, const char *path,
			    uint32_t linktype,
			    const struct pktcap_file_writer_opts *given,
			    struct pktcap_error *error)
{
	struct pktcap_file_writer_opts opts;
	struct pktcap_file_writer *w;
	int fd, err;

	*out = NULL;
	err = read_options(&opts, linktype, given, error);
	if (err)
		return err;
	/* The old file is lost with open(2): whatever else can fail is first.
	 */
	err = create(&w, linktype, &opts, error);
	if (err)
		return err;
	fd = path_open(path, O_WRONLY | O_CREAT | O_TRUNC, opts.mode, error);
	if (fd < 0) {
		err = fd;
		goto fail_open;
	}
	err = output_attach(&w->out, fd);
	if (err) {
		path_error(error, 0, err, "fstat", path);
		goto fail_attach;
	}
	w->owns_fd = true;
	*out = w;
	return 0;

fail_attach:
	close(fd);
fail_open:
	destroy(w);
	return err;
}

int pktcap_file_writer_open_fd(struct pktcap_file_writer **out, int fd,
			       uint32_t linktype,
			       const struct pktcap_file_writer_opts *given,
			       struct pktcap_error *error)
{
	struct pktcap_file_writer_opts opts;
	struct pktcap_file_writer *w;
	int err;

	*out = NULL;
	err = read_options(&opts, linktype, given, error);
	if (!err)
		err = create(&w, linktype, &opts, error);
	if (err)
		return err;
	err = output_attach(&w->out, fd);
	if (err) {
		destroy(w);
		return error_set(error, err, "fcntl",
				 "descriptor %d: not open for writing (errno "
				 "%d): open it with O_WRONLY or O_RDWR",
				 fd, -err);
	}
	*out = w;
	return 0;
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

	if (pkt->linktype != w->info.linktype ||
	    !pcap_encode_record(head, &record, w->info.precision))
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
	destroy(w);
	return err;
}
