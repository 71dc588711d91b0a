/* SPDX-License-Identifier: BSD-2-Clause */
#include "sink.h"
#include "message.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int sink_open(struct sink *sink, const struct options *options,
	      uint32_t linktype, uint32_t snaplen)
{
	memset(sink, 0, sizeof(*sink));
	sink->options = options;
	sink->print = !options->count_only &&
		      ((!options->write_path && !options->stats_text &&
			!options->top) ||
		       options->print);
	if (sink->print && options->write_path &&
	    is_standard(options->write_path)) {
		say("--print: standard output is taken by -w -");
		return -1;
	}
	if (options->line_buffered)
		setvbuf(stdout, NULL, _IOLBF, 0);
	if (stats_open(&sink->stats, options))
		return -1;
	sink->stores = options->write_path;
	if ((!sink->print || !show_open(&sink->show, options)) &&
	    (!sink->stores ||
	     !store_open(&sink->store, options, linktype, snaplen)))
		return 0;
	stats_forget(&sink->stats);
	show_close(&sink->show);
	return -1;
}

/* What goes to people failed with @error, unless that is 0. */
static int output_error(struct sink *sink, int error)
{
	if (error && !sink->error) {
		sink->error = error;
		sink->output_failed = true;
	}
	return sink->error;
}

/* The same; a person may also have seen enough. */
static int stats_error(struct sink *sink, int error)
{
	if (error == -ECANCELED)
		sink->error = error;
	else
		output_error(sink, error);
	return sink->error;
}

int sink_packet(void *user, const struct pktcap_packet *pkt)
{
	struct sink *sink = user;

	if (sink->stores) {
		sink->error = store_packet(&sink->store, pkt);
		if (sink->error)
			return sink->error;
	}
	sink->packets++;
	if (sink->stats.wanted &&
	    stats_error(sink, stats_packet(&sink->stats, pkt)))
		return sink->error;
	if (!sink->print)
		return 0;
	return output_error(sink, show_packet(&sink->show, pkt, sink->packets));
}

int sink_tick(struct sink *sink, int *wait_ms)
{
	*wait_ms = -1;
	if (sink->stores && !sink->error)
		sink->error = store_tick(&sink->store, wait_ms);
	if (sink->stats.wanted && !sink->error)
		stats_error(sink, stats_tick(&sink->stats, wait_ms));
	return sink->error;
}

void sink_show_stats(struct sink *sink)
{
	if (sink->stats.wanted && !sink->error)
		output_error(sink, stats_show(&sink->stats));
}

void sink_trigger(struct sink *sink)
{
	if (sink->stores && !sink->error)
		sink->error = store_trigger(&sink->store);
}

void sink_idle(struct sink *sink)
{
	if (sink->print && fflush(stdout))
		output_error(sink, -errno);
}

bool sink_reader_left(const struct sink *sink)
{
	return sink->output_failed && sink->error == -EPIPE;
}

static void tell_writer_failed(const struct sink *sink, int error,
			       uint64_t bytes)
{
	if (error == -EPIPE)
		say("-w %s: the reader is gone", sink->options->write_path);
	else if (error == -EINVAL)
		say("-w %s: the next packet has another link type than the "
		    "file, or a time that it cannot hold: write pcapng "
		    "(--format pcapng)",
		    sink->options->write_path);
	else
		say("-w %s: %s; what was written, %" PRIu64 " byte%s, is "
		    "intact",
		    sink->options->write_path, strerror(-error), bytes,
		    PLURAL(bytes));
}

static int close_store(struct sink *sink)
{
	uint64_t bytes;
	int ret;

	if (!sink->stores)
		return 0;
	ret = store_close(&sink->store, &bytes);
	sink->stores = false;
	if (!ret && !sink->output_failed && sink->error != -ECANCELED)
		ret = sink->error;
	if (ret)
		tell_writer_failed(sink, ret, bytes);
	return ret ? -1 : 0;
}

int sink_close(struct sink *sink)
{
	int ret = close_store(sink);
	int shown = 0;

	stats_end(&sink->stats);

	sink_idle(sink);
	show_close(&sink->show);
	if (sink->stats.wanted && !sink->output_failed)
		shown = stats_show(&sink->stats);
	stats_forget(&sink->stats);
	if (!sink->error)
		output_error(sink, shown);
	if (!sink->output_failed || sink_reader_left(sink))
		return ret;
	say("standard output: %s", strerror(-sink->error));
	return -1;
}
