/* SPDX-License-Identifier: BSD-2-Clause */
#include "store.h"
#include "clock.h"
#include "message.h"
#include "postrotate.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* After a trigger, where --ring-buffer gave a size and no time. */
#define AFTER_NS UINT64_C(10000000000)

static void on_finished(void *user, const char *name)
{
	const struct store *store = user;

	if (store->options->postrotate)
		postrotate_run(store->options->postrotate, name);
}

static int on_counters(void *user, uint32_t interface,
		       struct pktcap_file_interface_stats *stats)
{
	const struct store *store = user;

	/* Of one capture: they belong to the interface described first. */
	if (interface || !store->counters)
		return 0;
	store->counters(store->counters_user, stats);
	return 1;
}

/*
 * -G with -W: the last second that belongs to so many files, counted from
 * @start. A file begins at each multiple of -G on the local clock.
 */
static uint32_t seconds_of_files(const struct options *options, time_t start)
{
	struct tm tm = { 0 };
	uint64_t local;

	localtime_r(&start, &tm);
	local = (uint64_t)(start + tm.tm_gmtoff);
	return (uint32_t)(options->rotate_files * options->rotate_s -
			  local % options->rotate_s);
}

static struct pktcap_file_writer_opts writer_opts(const struct store *store)
{
	const struct options *options = store->options;

	return PKTCAP_FILE_WRITER_OPTS(
			.precision = options->precision,
			.snaplen = store->snaplen,
			.flags = options->unbuffered
					 ? PKTCAP_FILE_WRITER_UNBUFFERED
					 : 0,
			.application = "pktsniff");
}

static int open_rotation(struct store *store, int64_t start_ns)
{
	const struct options *options = store->options;
	bool ring = options->rotate_bytes && options->rotate_files &&
		    !options->rotate_s;
	bool ends = options->rotate_s && options->rotate_files &&
		    !options->rotate_bytes;
	const struct pktcap_file_writer_opts writer = writer_opts(store);
	time_t start = (time_t)(start_ns / 1000000000);
	struct pktcap_file_rotation_opts opts = PKTCAP_FILE_ROTATION_OPTS(
			.format = options->format,
			.flags = options->rotate_s
					 ? PKTCAP_FILE_ROTATION_STRFTIME
					 : 0,
			.naming = ring ? PKTCAP_FILE_NAMING_RING
				       : PKTCAP_FILE_NAMING_COUNT,
			.keep = ring ? (uint32_t)options->rotate_files : 0,
			.max_bytes = options->rotate_bytes,
			.interval_s = (uint32_t)options->rotate_s,
			.stop_s = ends ? seconds_of_files(options, start) : 0,
			.start_ns = start * INT64_C(1000000000),
			.on_finished = on_finished, .finished_user = store,
			.on_counters = on_counters, .counters_user = store,
			.writer = &writer);
	struct pktcap_error error = { .code = 0 };
	int ret =
		pktcap_file_rotation_open(&store->rotation, options->write_path,
					  store->linktype, &opts, &error);

	if (ret)
		say_error(options->write_path, ret, &error);
	return ret;
}

static int open_writer(struct store *store)
{
	const char *path = store->options->write_path;
	bool ng = store->options->format == PKTCAP_FILE_FORMAT_PCAPNG;
	const struct pktcap_file_writer_opts opts = writer_opts(store);
	struct pktcap_error error = { .code = 0 };
	int ret;

	if (is_standard(store->options->write_path))
		ret = (ng ? pktcap_file_writer_open_ng_fd
			  : pktcap_file_writer_open_fd)(
			&store->writer, STDOUT_FILENO, store->linktype, &opts,
			&error);
	else
		ret = (ng ? pktcap_file_writer_open_ng
			  : pktcap_file_writer_open)(
			&store->writer, path, store->linktype, &opts, &error);
	if (ret)
		say_error(path, ret, &error);
	return ret;
}

/* Packets come to it with their VLAN tags in place, as from a file. */
static int open_trigger(struct store *store)
{
	if (filter_read_trigger(&store->trigger, store->options))
		return -1;
	return matcher_open(&store->trigger_matcher, &store->trigger,
			    store->linktype, false);
}

static int open_recorder(struct store *store)
{
	const struct options *options = store->options;
	struct pktcap_file_recorder_opts opts =
		PKTCAP_FILE_RECORDER_OPTS(.snaplen = store->snaplen,
					  .bytes = options->recorder_bytes,
					  .window_ns = options->recorder_ns);
	struct pktcap_error error = { .code = 0 };
	int ret;

	/* A time needs memory for all packets of it. */
	if (!opts.bytes)
		opts.bytes = 256u << 20;
	ret = pktcap_file_recorder_open(&store->recorder, &opts, &error);
	if (ret)
		say_error("--ring-buffer", ret, &error);
	else if (options->trigger)
		ret = open_trigger(store);
	return ret ? -1 : 0;
}

static bool rotates(const struct options *options)
{
	return options->rotate_bytes || options->rotate_s;
}

int store_open(struct store *store, const struct options *options,
	       uint32_t linktype, uint32_t snaplen)
{
	bool live = !options_reads(options);
	int ret = 0;

	*store = (struct store){ .options = options,
				 .linktype = linktype,
				 .snaplen = snaplen };
	if (is_standard(options->write_path) && rotates(options)) {
		say("-C and -G need -w with the name of a file");
		return -1;
	}
	if (is_standard(options->write_path) && isatty(STDOUT_FILENO)) {
		say("-w -: standard output is a terminal: send it to a file or "
		    "a pipe");
		return -1;
	}
	/* An old file is lost with opening: what else can fail is first. */
	if (options->recorder_text)
		ret = open_recorder(store);
	if (!ret && !rotates(options))
		ret = open_writer(store);
	/* The first of the files read begins with the first packet's time. */
	else if (!ret && live)
		ret = open_rotation(store, now_ns(CLOCK_REALTIME));
	return ret ? -1 : 0;
}

/* Where blocks that are no packets go: the file that is open now. */
static struct pktcap_file_writer *writer_of(const struct store *store)
{
	return store->rotation ? pktcap_file_rotation_writer(store->rotation)
			       : store->writer;
}

int store_trigger(struct store *store)
{
	uint64_t after_ns = store->options->recorder_ns;
	int ret;

	if (!store->recorder)
		return 0;
	ret = pktcap_file_recorder_trigger(store->recorder, store->writer, 0,
					   after_ns ? after_ns : AFTER_NS);
	/* Whoever asked for it looks at the file now. */
	return ret ? ret : pktcap_file_writer_flush(store->writer);
}

static int record(struct store *store, const struct pktcap_packet *pkt)
{
	int ret = pktcap_file_recorder_add(store->recorder, pkt);

	/* 1: what was triggered is over. A person may want to look at it. */
	if (ret > 0)
		ret = pktcap_file_writer_flush(store->writer);
	if (!ret && store->options->trigger &&
	    matcher_run(&store->trigger_matcher, pkt) > 0)
		ret = store_trigger(store);
	return ret;
}

int store_packet(struct store *store, const struct pktcap_packet *pkt)
{
	int ret = 0;

	if (store->recorder)
		return record(store, pkt);
	if (store->extra)
		return pktcap_file_writer_write_with(store->writer, pkt,
						     store->extra);
	if (store->writer)
		return pktcap_file_writer_write(store->writer, pkt);
	if (!store->rotation)
		ret = open_rotation(store, pkt->ts_ns);
	if (!ret)
		ret = pktcap_file_rotation_write(store->rotation, pkt);
	/* 1: stored, and the last one. */
	return ret > 0 ? -ECANCELED : ret;
}

int store_tick(struct store *store, int *wait_ms)
{
	*wait_ms = -1;
	if (store->rotation)
		return pktcap_file_rotation_tick(store->rotation, 0, wait_ms);
	/* Packets behind a trigger: somebody may be looking at them. */
	return store->recorder ? pktcap_file_writer_flush(store->writer) : 0;
}

int store_interface(struct store *store,
		    const struct pktcap_file_interface *interface, uint32_t *id)
{
	if (store->options->format != PKTCAP_FILE_FORMAT_PCAPNG)
		return 0;
	return pktcap_file_writer_interface(writer_of(store), interface, id);
}

int store_interface_counters(struct store *store, uint32_t id,
			     const struct pktcap_file_interface_stats *stats)
{
	return pktcap_file_writer_stats_block(writer_of(store), id, stats);
}

bool store_holds_more(const struct store *store)
{
	return store->writer && !store->recorder &&
	       store->options->format == PKTCAP_FILE_FORMAT_PCAPNG;
}

void store_stats(const struct store *store,
		 struct pktcap_file_writer_stats *stats)
{
	struct pktcap_file_rotation_stats files;

	*stats = (struct pktcap_file_writer_stats){ 0 };
	if (store->writer)
		pktcap_file_writer_stats(store->writer, stats);
	if (!store->rotation)
		return;
	pktcap_file_rotation_stats(store->rotation, &files);
	*stats = (struct pktcap_file_writer_stats){ .packets = files.packets,
						    .bytes = files.bytes };
}

/* What close could not write is lost: first see how far it came. */
static int close_writer(struct store *store, uint64_t *bytes)
{
	struct pktcap_file_interface_stats counters = { 0 };
	struct pktcap_file_writer_stats stats = { 0 };
	int ret = 0, close_ret;

	if (store->options->format == PKTCAP_FILE_FORMAT_PCAPNG &&
	    store->counters) {
		store->counters(store->counters_user, &counters);
		ret = pktcap_file_writer_stats_block(store->writer, 0,
						     &counters);
	}
	if (!ret)
		ret = pktcap_file_writer_flush(store->writer);
	pktcap_file_writer_stats(store->writer, &stats);
	*bytes = stats.bytes_written;
	close_ret = pktcap_file_writer_close(store->writer);
	return ret ? ret : close_ret;
}

static void tell_unwritten(struct store *store)
{
	struct pktcap_file_recorder_stats stats = { 0 };

	if (store->recorder)
		pktcap_file_recorder_stats(store->recorder, &stats);
	if (stats.packets)
		say("%llu packet%s in memory were not asked for: SIGUSR2 or "
		    "--trigger writes them",
		    (unsigned long long)stats.packets, PLURAL(stats.packets));
}

int store_close(struct store *store, uint64_t *bytes)
{
	struct pktcap_file_rotation_stats stats = { 0 };
	int ret = 0;

	*bytes = 0;
	tell_unwritten(store);
	/* No packet came: a file without one is what was asked for. */
	if (!store->writer && !store->rotation)
		ret = open_rotation(store, now_ns(CLOCK_REALTIME));
	pktcap_file_recorder_close(store->recorder);
	matcher_close(&store->trigger_matcher);
	filter_free(&store->trigger);
	if (store->rotation) {
		pktcap_file_rotation_stats(store->rotation, &stats);
		ret = pktcap_file_rotation_close(store->rotation);
		*bytes = stats.bytes;
	} else if (store->writer) {
		ret = close_writer(store, bytes);
	}
	*store = (struct store){ .options = store->options };
	return ret;
}
