/* SPDX-License-Identifier: BSD-2-Clause */
#include "sink.h"
#include "hex.h"
#include "message.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool to_stdout(const struct options *options)
{
	return options->write_path && strcmp(options->write_path, "-") == 0;
}

static int open_writer(struct sink *sink, uint32_t linktype, uint32_t snaplen)
{
	const struct options *options = sink->options;
	struct pktcap_file_writer_opts opts = PKTCAP_FILE_WRITER_OPTS(
			.precision = options->precision, .snaplen = snaplen,
			.flags = options->unbuffered
					 ? PKTCAP_FILE_WRITER_UNBUFFERED
					 : 0);
	struct pktcap_error error = { .code = 0 };
	int ret;

	if (!to_stdout(options)) {
		ret = pktcap_file_writer_open(&sink->writer,
					      options->write_path, linktype,
					      &opts, &error);
	} else if (isatty(STDOUT_FILENO)) {
		say("-w -: standard output is a terminal: send it to a file or "
		    "a pipe");
		return -1;
	} else {
		ret = pktcap_file_writer_open_fd(&sink->writer, STDOUT_FILENO,
						 linktype, &opts, &error);
	}
	if (ret)
		say_error(options->write_path, ret, &error);
	return ret ? -1 : 0;
}

int sink_open(struct sink *sink, const struct options *options,
	      uint32_t linktype, uint32_t snaplen)
{
	memset(sink, 0, sizeof(*sink));
	sink->options = options;
	sink->print = !options->count_only &&
		      (!options->write_path || options->print);
	sink->line.ether_header = options->ether_header;
	sink->line.quick = options->quick;
	sink->line.no_default_hex =
		options->hex || options->hex_ascii || options->quick;
	sink->stamp.form = options->time_form;
	sink->stamp.nano = options->precision == PKTCAP_FILE_PRECISION_NANO;
	if (sink->print && to_stdout(options)) {
		say("--print: standard output is taken by -w -");
		return -1;
	}
	if (options->line_buffered)
		setvbuf(stdout, NULL, _IOLBF, 0);
	return options->write_path ? open_writer(sink, linktype, snaplen) : 0;
}

static void print_dump(const struct options *options, struct bytes packet,
		       size_t link_header)
{
	unsigned int level = options->hex_ascii ? options->hex_ascii
			     : options->hex	? options->hex
						: options->ascii;

	if (!level)
		return;
	if (level == 1)
		packet = bytes_after(packet, link_header);
	if (level == 1 && !packet.len)
		return;
	if (options->hex_ascii)
		hex_ascii_print(packet);
	else if (options->hex)
		hex_print(packet);
	else
		ascii_print(packet);
}

static void print_packet(struct sink *sink, const struct pktcap_packet *pkt)
{
	struct bytes bytes = { pkt->data, pkt->caplen, pkt->wirelen };
	size_t link_header;

	if (sink->options->number)
		printf("%5" PRIu64 "  ", sink->packets);
	stamp_print(&sink->stamp, pkt->ts_ns);
	link_header = line_print(&sink->line, pkt);
	print_dump(sink->options, bytes, link_header);
	putchar('\n');
}

int sink_packet(void *user, const struct pktcap_packet *pkt)
{
	struct sink *sink = user;

	if (sink->writer) {
		sink->error = pktcap_file_writer_write(sink->writer, pkt);
		if (sink->error)
			return sink->error;
	}
	sink->packets++;
	if (!sink->print)
		return 0;
	errno = 0;
	print_packet(sink, pkt);
	if (ferror(stdout))
		sink->error = errno ? -errno : -EIO;
	return sink->error;
}

void sink_idle(struct sink *sink)
{
	if (sink->print && fflush(stdout) && !sink->error)
		sink->error = -errno;
}

bool sink_reader_left(const struct sink *sink)
{
	return sink->print && sink->error == -EPIPE;
}

static void tell_writer_failed(const struct sink *sink, int error,
			       uint64_t bytes)
{
	if (error == -EPIPE)
		say("-w %s: the reader is gone", sink->options->write_path);
	else
		say("-w %s: %s; what was written, %" PRIu64 " byte%s, is "
		    "intact",
		    sink->options->write_path, strerror(-error), bytes,
		    PLURAL(bytes));
}

static int close_writer(struct sink *sink)
{
	struct pktcap_file_writer_stats stats = { 0 };
	int ret, close_ret;

	if (!sink->writer)
		return 0;
	/* What close could not write is lost: first see how far it came. */
	ret = pktcap_file_writer_flush(sink->writer);
	pktcap_file_writer_stats(sink->writer, &stats);
	close_ret = pktcap_file_writer_close(sink->writer);
	if (!ret)
		ret = close_ret;
	sink->writer = NULL;
	if (!ret && !sink->print)
		ret = sink->error;
	if (ret)
		tell_writer_failed(sink, ret, stats.bytes_written);
	return ret ? -1 : 0;
}

int sink_close(struct sink *sink)
{
	int ret = close_writer(sink);

	if (!sink->print)
		return ret;
	sink_idle(sink);
	if (!sink->error || sink_reader_left(sink))
		return ret;
	say("standard output: %s", strerror(-sink->error));
	return -1;
}
