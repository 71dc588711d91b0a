// SPDX-License-Identifier: BSD-2-Clause
/*
 * One writer whose file changes: its buffer, its interfaces and their numbers
 * stay. Where no file is open, what the next one begins with is collected.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/opts.h"
#include "file/path.h"
#include "file/pcapng_write.h"
#include "file/rotation.h"

#define NS_PER_S INT64_C(1000000000)
#define NS_PER_MS 1000000

struct pktcap_file_rotation {
	struct pktcap_file_writer *writer;
	struct pktcap_file_rotation_opts opts;
	struct rotation_name name;
	struct rotation_files files;
	struct pktcap_file_rotation_stats stats;
	uint32_t mode;
	bool open;
	bool named;   /* the next file has its name already */
	bool counted; /* this file has the counters it ends with */
	bool stopped;
	uint64_t first;	 /* packets before this file */
	int64_t next_ns; /* when the next file is due */
	int64_t stop_ns;
};

static bool is_full(int err)
{
	return err == -ENOSPC || err == -EDQUOT;
}

static void drop_oldest(struct pktcap_file_rotation *r)
{
	if (rotation_files_drop(&r->files))
		r->stats.deleted++;
	else
		r->stats.not_deleted++;
}

/* True if it is worth another try. */
static bool make_room(struct pktcap_file_rotation *r, int err)
{
	if (!is_full(err) || r->opts.on_full != PKTCAP_FILE_FULL_DROP_OLDEST ||
	    !r->files.count)
		return false;
	drop_oldest(r);
	return true;
}

static bool renames(const struct pktcap_file_rotation *r)
{
	return r->opts.flags & PKTCAP_FILE_ROTATION_RENAME;
}

static bool uses_gmt(const struct pktcap_file_rotation *r)
{
	return r->opts.flags & PKTCAP_FILE_ROTATION_GMT;
}

/* --- one file --- */

static void schedule(struct pktcap_file_rotation *r, int64_t ns)
{
	if (r->opts.interval_s)
		r->next_ns =
			rotation_boundary(ns, r->opts.interval_s, uses_gmt(r));
}

static int open_file(struct pktcap_file_rotation *r, int64_t ns,
		     struct pktcap_error *error)
{
	int err = 0;

	/* The same again where it was not to be had before. */
	if (!r->named)
		err = rotation_name_next(&r->name, ns);
	if (err)
		return path_error(error, 0, err, "open", r->name.template);
	r->named = true;
	while (r->opts.keep && r->files.count >= r->opts.keep)
		drop_oldest(r);
	rotation_files_replace(&r->files, r->name.path);
	do
		err = writer_open_path(r->writer,
				       renames(r) ? r->name.part : r->name.path,
				       O_WRONLY | O_TRUNC, r->mode, error);
	while (err && make_room(r, err));
	if (err)
		return err;
	r->open = true;
	r->named = false;
	r->counted = false;
	r->first = r->writer->packets;
	schedule(r, ns);
	return 0;
}

static int store_counters(struct pktcap_file_rotation *r)
{
	const struct pcapng *ng = r->writer->ng;
	int err = 0;

	if (!ng || !r->opts.on_counters || r->counted)
		return 0;
	for (uint32_t i = 0; !err && i < pcapng_interfaces(ng); i++) {
		struct pktcap_file_interface_stats stats = { .has = 0 };

		if (r->opts.on_counters(r->opts.counters_user, i, &stats))
			err = pktcap_file_writer_stats_block(r->writer, i,
							     &stats);
	}
	r->counted = !err;
	return err;
}

static int flush(struct pktcap_file_rotation *r)
{
	int err;

	do {
		err = store_counters(r);
		if (!err && r->opts.flags & PKTCAP_FILE_ROTATION_SYNC)
			err = output_sync(&r->writer->out);
		else if (!err)
			err = output_flush(&r->writer->out);
	} while (err && make_room(r, err));
	return err;
}

/* What a file begins with, before there is one. */
static int begin(struct pktcap_file_writer *w)
{
	w->out.fd = -1;
	w->out.written = 0;
	w->out.used = 0;
	if (w->ng)
		return pcapng_begin(w, 0);
	writer_begin_pcap(w);
	return 0;
}

/* The file is complete, under its name. */
static int finished(struct pktcap_file_rotation *r)
{
	if (renames(r) && rename(r->name.part, r->name.path))
		return -errno;
	r->stats.files++;
	if (r->opts.on_finished)
		r->opts.on_finished(r->opts.finished_user, r->name.path);
	if (r->opts.keep || r->opts.on_full == PKTCAP_FILE_FULL_DROP_OLDEST)
		return rotation_files_add(&r->files, r->name.path);
	return 0;
}

/* Closes the file; while it cannot be written to its end, it stays open. */
static int finish_file(struct pktcap_file_rotation *r)
{
	struct pktcap_file_writer *w = r->writer;
	int err = flush(r), begun;

	if (err)
		return err;
	r->stats.bytes += w->out.written;
	r->open = false;
	w->owns_fd = false;
	err = close(w->out.fd) ? -errno : 0;
	begun = begin(w);
	if (!err)
		err = finished(r);
	return err ? err : begun;
}

static int change_file(struct pktcap_file_rotation *r, int64_t ns)
{
	int err = r->open ? finish_file(r) : 0;

	return err ? err : open_file(r, ns, NULL);
}

/* --- when to change it --- */

/* Files are named after the boundary where they begin, not a moment later. */
static int64_t begins_at(const struct pktcap_file_rotation *r, int64_t ns)
{
	if (r->opts.interval_s && ns >= r->next_ns &&
	    ns < rotation_boundary(r->next_ns, r->opts.interval_s, uses_gmt(r)))
		return r->next_ns;
	return ns;
}

static uint64_t file_bytes(const struct pktcap_file_rotation *r)
{
	return r->writer->out.written + r->writer->out.used;
}

/* Its interface's own slot may be another's: then the file ends early. */
static bool is_described(struct pcapng *ng, const struct pktcap_packet *pkt)
{
	uint32_t id = *pcapng_slot(ng, pkt->ifindex, pkt->linktype);

	return id < pcapng_interfaces(ng) &&
	       pcapng_is(ng, id, pkt->ifindex, pkt->linktype);
}

/* What the packet adds to the file at most. */
static uint64_t record_bytes(const struct pktcap_file_writer *w,
			     const struct pktcap_packet *pkt)
{
	uint64_t caplen =
		pkt->caplen < w->info.snaplen ? pkt->caplen : w->info.snaplen;

	if (w->ng)
		return PCAPNG_EPB_BYTES + PCAPNG_FLAGS_BYTES +
		       ((caplen + 3) & ~UINT64_C(3)) +
		       (is_described(w->ng, pkt) ? 0 : PCAPNG_IDB_BYTES);
	return PCAP_RECORD_BYTES + caplen;
}

static bool is_due(const struct pktcap_file_rotation *r,
		   const struct pktcap_packet *pkt)
{
	const struct pktcap_file_rotation_opts *o = &r->opts;
	uint64_t packets = r->writer->packets - r->first;

	if (!r->open || (o->interval_s && pkt->ts_ns >= r->next_ns &&
			 r->next_ns < INT64_MAX))
		return true;
	if (!packets)
		return false;
	return (o->max_packets && packets >= o->max_packets) ||
	       (o->max_bytes &&
		file_bytes(r) + record_bytes(r->writer, pkt) > o->max_bytes);
}

static bool is_over(const struct pktcap_file_rotation *r)
{
	const struct pktcap_file_rotation_opts *o = &r->opts;

	return (o->stop_packets && r->writer->packets >= o->stop_packets) ||
	       (o->stop_bytes &&
		r->stats.bytes + file_bytes(r) >= o->stop_bytes);
}

static bool is_late(const struct pktcap_file_rotation *r, int64_t ns)
{
	return r->opts.stop_s && ns >= r->stop_ns;
}

static int store(struct pktcap_file_rotation *r,
		 const struct pktcap_packet *pkt)
{
	int err = 0;

	if (is_due(r, pkt))
		err = change_file(r, begins_at(r, pkt->ts_ns));
	if (err)
		return err;
	do
		err = pktcap_file_writer_write(r->writer, pkt);
	while (err && make_room(r, err));
	return err;
}

int pktcap_file_rotation_write(struct pktcap_file_rotation *r,
			       const struct pktcap_packet *pkt)
{
	int err;

	if (is_late(r, pkt->ts_ns))
		r->stopped = true;
	if (r->stopped)
		return -ECANCELED;
	err = store(r, pkt);
	if (is_full(err) && r->opts.on_full == PKTCAP_FILE_FULL_COUNT) {
		r->stats.lost++;
		return 0;
	}
	if (err)
		return err;
	r->stopped = is_over(r);
	return r->stopped;
}

/* From @ns until @when, rounded up: a call that comes early is for nothing. */
static int until(int64_t ns, int64_t when)
{
	int64_t ms = (when - ns + NS_PER_MS - 1) / NS_PER_MS;

	return ms > INT_MAX ? INT_MAX : ms < 0 ? 0 : (int)ms;
}

static int wait_of(const struct pktcap_file_rotation *r, int64_t ns)
{
	int wait = -1;

	if (r->opts.interval_s)
		wait = until(ns, r->next_ns);
	if (r->opts.stop_s && (wait < 0 || until(ns, r->stop_ns) < wait))
		wait = until(ns, r->stop_ns);
	return wait;
}

int pktcap_file_rotation_tick(struct pktcap_file_rotation *r, int64_t ns,
			      int *wait_ms)
{
	int err = 0;

	if (!ns)
		ns = clock_now_ns(CLOCK_REALTIME);
	if (is_late(r, ns))
		r->stopped = true;
	if (r->stopped)
		return -ECANCELED;
	if (r->opts.interval_s && (!r->open || ns >= r->next_ns))
		err = change_file(r, begins_at(r, ns));
	else if (r->next_ns - ns > 2 * NS_PER_S * r->opts.interval_s)
		schedule(r, ns); /* a clock was set back, or a packet lied */
	if (wait_ms)
		*wait_ms = wait_of(r, ns);
	if (is_full(err) && r->opts.on_full == PKTCAP_FILE_FULL_COUNT)
		return 0;
	return err;
}

struct pktcap_file_writer *
pktcap_file_rotation_writer(struct pktcap_file_rotation *r)
{
	return r->writer;
}

void pktcap_file_rotation_stats(const struct pktcap_file_rotation *r,
				struct pktcap_file_rotation_stats *stats)
{
	*stats = r->stats;
	stats->packets = r->writer->packets;
	if (r->open)
		stats->bytes += file_bytes(r);
}

/* --- opening and closing --- */

static int check_options(const struct pktcap_file_rotation_opts *o,
			 struct pktcap_error *error)
{
	const char *name = NULL;

	if (o->flags & ~(uint32_t)(PKTCAP_FILE_ROTATION_SYNC * 2 - 1))
		name = "flags";
	else if (o->format > PKTCAP_FILE_FORMAT_PCAPNG)
		name = "format";
	else if (o->naming > PKTCAP_FILE_NAMING_RING)
		name = "naming";
	else if (o->on_full > PKTCAP_FILE_FULL_COUNT)
		name = "on_full";
	else if (o->naming == PKTCAP_FILE_NAMING_RING && !o->keep)
		return error_set(error, -EINVAL, "keep",
				 "keep: a ring of files needs to know how many "
				 "there are");
	if (!name)
		return 0;
	return error_set(error, -EINVAL, name, "%s: a value that is not known",
			 name);
}

static int create_writer(struct pktcap_file_rotation *r, uint32_t linktype,
			 struct pktcap_error *error)
{
	struct pktcap_file_writer_opts opts;
	int err = writer_options(&opts, linktype, r->opts.writer, error);

	if (err)
		return err;
	r->mode = opts.mode;
	if (r->opts.format == PKTCAP_FILE_FORMAT_PCAPNG)
		return pcapng_create(&r->writer, linktype, &opts, error);
	return writer_create_pcap(&r->writer, linktype, &opts, error);
}

static void destroy(struct pktcap_file_rotation *r)
{
	rotation_files_free(&r->files);
	free(r);
}

int pktcap_file_rotation_open(struct pktcap_file_rotation **out,
			      const char *template, uint32_t linktype,
			      const struct pktcap_file_rotation_opts *opts,
			      struct pktcap_error *error)
{
	size_t length = strlen(template) + 1;
	struct pktcap_file_rotation *r = calloc(1, sizeof(*r) + length);
	int64_t start;
	int err;

	*out = NULL;
	if (!r)
		return error_set(error, -ENOMEM, "malloc",
				 "no memory for a rotation of files");
	err = opts_copy(&r->opts, sizeof(r->opts), opts, error);
	if (!err)
		err = check_options(&r->opts, error);
	if (!err)
		err = create_writer(r, linktype, error);
	if (err)
		goto fail_options;
	r->name.template = memcpy(r + 1, template, length);
	r->name.strftime = r->opts.flags & PKTCAP_FILE_ROTATION_STRFTIME;
	r->name.gmt = uses_gmt(r);
	if (r->opts.naming == PKTCAP_FILE_NAMING_RING)
		r->name.ring = r->opts.keep;
	start = r->opts.start_ns ? r->opts.start_ns
				 : clock_now_ns(CLOCK_REALTIME);
	r->stop_ns = start + r->opts.stop_s * NS_PER_S;
	err = open_file(r, start, error);
	if (err)
		goto fail_open;
	*out = r;
	return 0;

fail_open:
	writer_destroy(r->writer);
fail_options:
	destroy(r);
	return err;
}

int pktcap_file_rotation_close(struct pktcap_file_rotation *r)
{
	int err = 0;

	if (!r)
		return 0;
	if (r->open)
		err = finish_file(r);
	/* What could not be written is lost, but the file is closed. */
	if (r->open)
		pktcap_file_writer_close(r->writer);
	else
		writer_destroy(r->writer);
	destroy(r);
	return err;
}
