/* SPDX-License-Identifier: BSD-2-Clause */
#include "run.h"
#include "carry.h"
#include "matcher.h"
#include "message.h"
#include "progress.h"
#include "signals.h"
#include "sink.h"
#include "source.h"

#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

enum { MAX_SNAPLEN = 262144 };

struct offline {
	const struct options *options;
	const struct filter *filter;
	struct matcher matcher;
	struct source source;
	struct sink sink;
	struct carry carry;
	struct progress progress;
};

static void tell_source(const struct source *source,
			const struct pktcap_file_info *info)
{
	fputs("reading from file ", stderr);
	put_clean(stderr, source->files[0].name);
	if (source->count > 1)
		fprintf(stderr, " and %zu more", source->count - 1);
	fputs(", ", stderr);
	run_tell_linktype(info->linktype);
	fprintf(stderr, ", snapshot length %" PRIu32 "\n", info->snaplen);
}

static bool is_enough(const struct offline *offline)
{
	uint64_t count = offline->options->count;

	return signals_stopped() || (count && offline->sink.packets >= count);
}

/* Non-zero if the sink takes no more. */
static int take_packet(struct offline *offline, const struct pktcap_packet *pkt,
		       uint32_t keep)
{
	struct sink *sink = &offline->sink;
	struct pktcap_packet cut;

	sink->error =
		carry_packet(&offline->carry, &offline->source, &sink->store);
	if (sink->error)
		return sink->error;
	if (keep >= pkt->caplen)
		return sink_packet(sink, pkt);
	/* As the kernel does with what a program returns. */
	cut = *pkt;
	cut.caplen = keep;
	cut.flags |= PKTCAP_PACKET_TRUNCATED;
	return sink_packet(sink, &cut);
}

static int read_packets(struct offline *offline)
{
	const struct pktcap_packet *pkt;
	int64_t keep;
	int ret;

	while (!is_enough(offline)) {
		ret = source_next(&offline->source, &pkt);
		if (ret == -EAGAIN) {
			sink_idle(&offline->sink);
			source_wait(&offline->source);
			continue;
		}
		if (ret <= 0)
			return signals_stopped() ? 0 : ret;
		progress_show(&offline->progress, &offline->source,
			      offline->sink.packets);
		keep = matcher_run(&offline->matcher, pkt);
		if (keep < 0)
			return -1;
		if (keep && take_packet(offline, pkt, (uint32_t)keep))
			return 0;
	}
	return 0;
}

/* With all that the files say besides packets. */
static int read_and_carry(struct offline *offline)
{
	struct sink *sink = &offline->sink;
	int ret;

	sink->error =
		carry_open(&offline->carry, &offline->source, &sink->store);
	ret = sink->error ? -1 : read_packets(offline);
	if (!sink->error)
		sink->error = carry_counters(&offline->carry, &offline->source,
					     &sink->store);
	carry_close(&offline->carry);
	return ret;
}

static int read_to_sink(struct offline *offline)
{
	const struct options *options = offline->options;
	struct pktcap_file_info info = { 0 };
	uint32_t snaplen;
	int ret;

	source_info(&offline->source, &info);
	/* First, as a wrong expression should cost no file that is there. */
	if (matcher_open(&offline->matcher, offline->filter, info.linktype,
			 offline->source.count > 1 || info.interfaces > 1))
		return -1;
	tell_source(&offline->source, &info);
	snaplen = options->snaplen ? (uint32_t)options->snaplen : info.snaplen;
	if (!snaplen || snaplen > MAX_SNAPLEN)
		snaplen = MAX_SNAPLEN;
	if (options->write_path &&
	    source_reads(&offline->source, options->write_path)) {
		say("-w %s: is read, too: write to another file",
		    options->write_path);
		return -1;
	}
	if (sink_open(&offline->sink, options, info.linktype, snaplen))
		return -1;
	progress_start(&offline->progress,
		       isatty(STDERR_FILENO) &&
			       !(offline->sink.print && isatty(STDOUT_FILENO)));
	ret = read_and_carry(offline);
	progress_erase(&offline->progress);
	if (sink_close(&offline->sink))
		ret = -1;
	if (options->count_only)
		printf("%" PRIu64 " packet%s\n", offline->sink.packets,
		       PLURAL(offline->sink.packets));
	return ret;
}

int run_offline(const struct options *options, const struct filter *filter)
{
	struct offline offline = { .options = options, .filter = filter };
	int ret;

	signals_install_reading();
	ret = source_open(&offline.source, options);
	if (!ret)
		ret = read_to_sink(&offline);
	matcher_close(&offline.matcher);
	if (source_close(&offline.source))
		ret = -1;
	return ret;
}
