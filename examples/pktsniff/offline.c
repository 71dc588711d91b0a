/* SPDX-License-Identifier: BSD-2-Clause */
#include "run.h"
#include "message.h"
#include "signals.h"
#include "sink.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum { MAX_SNAPLEN = 262144 };

static int open_reader(struct pktcap_file_reader **reader, const char *path)
{
	struct pktcap_error error = { .code = 0 };
	int ret;

	if (strcmp(path, "-") == 0)
		ret = pktcap_file_reader_open_fd(reader, STDIN_FILENO, NULL,
						 &error);
	else
		ret = pktcap_file_reader_open(reader, path, NULL, &error);
	if (ret)
		say_error(path, ret, &error);
	return ret ? -1 : 0;
}

static void tell_source(const char *path, const struct pktcap_file_info *info)
{
	fputs("reading from file ", stderr);
	put_clean(stderr, path);
	fputs(", ", stderr);
	run_tell_linktype(info->linktype);
	fprintf(stderr, ", snapshot length %" PRIu32 "\n", info->snaplen);
}

static int read_packets(struct pktcap_file_reader *reader, struct sink *sink,
			const struct options *options,
			const struct program *program)
{
	const struct pktcap_packet *pkt;
	struct pktcap_error error = { .code = 0 };
	int ret;

	while (!signals_stopped() &&
	       (!options->count || sink->packets < options->count)) {
		ret = pktcap_file_reader_next(reader, &pkt, &error);
		if (signals_stopped())
			return 0;
		if (ret < 0)
			say_error(options->read_path, ret, &error);
		if (ret <= 0)
			return ret < 0 ? -1 : 0;
		if (program->insns &&
		    !pktcap_bpf_run(program->insns, program->n, pkt))
			continue;
		if (sink_packet(sink, pkt))
			return 0;
	}
	return 0;
}

int run_offline(const struct options *options, const struct program *program)
{
	struct pktcap_file_reader *reader;
	struct pktcap_file_info info = { 0 };
	struct sink sink;
	uint32_t snaplen;
	int ret;

	if (open_reader(&reader, options->read_path))
		return -1;
	pktcap_file_reader_info(reader, &info);
	signals_install_reading();
	tell_source(options->read_path, &info);
	snaplen = options->snaplen ? (uint32_t)options->snaplen : info.snaplen;
	if (!snaplen || snaplen > MAX_SNAPLEN)
		snaplen = MAX_SNAPLEN;
	ret = sink_open(&sink, options, info.linktype, snaplen);
	if (!ret) {
		ret = read_packets(reader, &sink, options, program);
		if (sink_close(&sink))
			ret = -1;
		if (options->count_only)
			printf("%" PRIu64 " packet%s\n", sink.packets,
			       PLURAL(sink.packets));
	}
	pktcap_file_reader_close(reader);
	return ret;
}
