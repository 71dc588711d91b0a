/* SPDX-License-Identifier: BSD-2-Clause */
#include "run.h"
#include "carry.h"
#include "matcher.h"
#include "message.h"
#include "privilege.h"
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
	struct reading reading;
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

/* 1 with a packet; 0 at the end and when a signal came; -1 after a message. */
static int next_packet(struct offline *offline,
		       const struct pktcap_packet **pkt)
{
	int ret;

	while ((ret = source_next(&offline->source, pkt)) == -EAGAIN) {
		sink_idle(&offline->sink);
		source_wait(&offline->source);
		if (sink_tick(&offline->sink, &(int){ 0 }) || signals_stopped())
			return 0;
	}
	if (ret > 0)
		reading_show(&offline->reading, &offline->source,
			     offline->sink.packets);
	return ret <= 0 && signals_stopped() ? 0 : ret;
}

/* @pkt is the first one if it was read already, else NULL. */
static int read_packets(struct offline *offline,
			const struct pktcap_packet *pkt)
{
	int64_t keep;
	int ret;

	for (; !is_enough(offline); pkt = NULL) {
		ret = pkt ? 1 : next_packet(offline, &pkt);
		if (ret <= 0)
			return ret;
		keep = matcher_run(&offline->matcher, pkt);
		if (keep < 0)
			return -1;
		if (keep && take_packet(offline, pkt, (uint32_t)keep))
			return 0;
	}
	return 0;
}

/*
 * Where the first link type cannot have what the filter asks for, none of its
 * packets match. Up to one of another type no file is begun: a wrong
 * expression should cost none that is there.
 */
static int skip_unmatched(struct offline *offline,
			  const struct pktcap_packet **pkt)
{
	int ret = 0;

	while (!ret && matcher_waits(&offline->matcher)) {
		ret = next_packet(offline, pkt);
		if (!ret)
			matcher_complain(&offline->matcher);
		ret = ret > 0 ? matcher_add(&offline->matcher, (*pkt)->linktype)
			      : -1;
	}
	return ret;
}

/* With all that the files say besides packets. */
static int read_and_carry(struct offline *offline,
			  const struct pktcap_packet *first)
{
	struct sink *sink = &offline->sink;
	int ret;

	sink->error =
		carry_open(&offline->carry, &offline->source, &sink->store);
	ret = sink->error ? -1 : read_packets(offline, first);
	if (!sink->error)
		sink->error = carry_counters(&offline->carry, &offline->source,
					     &sink->store);
	carry_close(&offline->carry);
	return ret;
}

static int read_to_sink(struct offline *offline)
{
	const struct options *options = offline->options;
	const struct pktcap_packet *first = NULL;
	struct pktcap_file_info info = { 0 };
	uint32_t snaplen;
	int ret;

	source_info(&offline->source, &info);
	/* Interfaces of a pcapng file may be told of anywhere in it. */
	if (matcher_open(&offline->matcher, offline->filter, info.linktype,
			 offline->source.count > 1 ||
				 info.format == PKTCAP_FILE_FORMAT_PCAPNG))
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
	if (skip_unmatched(offline, &first) ||
	    sink_open(&offline->sink, options,
		      first ? first->linktype : info.linktype, snaplen))
		return -1;
	if (options->user && privilege_drop(options->user)) {
		sink_close(&offline->sink);
		return -1;
	}
	reading_start(&offline->reading, !((offline->sink.print ||
					    options->stats_s || options->top) &&
					   isatty(STDOUT_FILENO)));
	stats_begin(&offline->sink.stats, NULL, offline->source.files[0].name);
	ret = read_and_carry(offline, first);
	if (!offline->sink.error)
		stats_linger(&offline->sink.stats);
	reading_erase(&offline->reading);
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
