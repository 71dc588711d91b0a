/* SPDX-License-Identifier: BSD-2-Clause */
#include "run.h"
#include "counters.h"
#include "describe.h"
#include "listing.h"
#include "message.h"
#include "screen.h"
#include "signals.h"
#include "sink.h"

#include <pktcap/capture.h>

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/*
 * How long the kernel may collect packets before it wakes us: a file can wait
 * for fewer wake-ups, a person who looks at lines should not notice.
 */
enum { DELAY_FILE_US = 100000, DELAY_PERSON_US = 10000 };

/* Packets between two looks at the signals and the clock. */
enum { PACKETS_PER_ROUND = 65536 };

struct live {
	const struct options *options;
	const struct filter *filter;
	struct listing_choice choice;
	struct program program;
	uint32_t program_linktype;
	struct pktcap_capture *cap;
	struct pktcap_capture_info info; /* as it was opened */
	struct sink sink;
	struct counters counters;
	bool progress;
};

static uint32_t max_delay_us(const struct options *options)
{
	if (options->immediate)
		return 0;
	if (options->line_buffered || options->unbuffered ||
	    (!options->write_path && isatty(STDOUT_FILENO)))
		return DELAY_PERSON_US;
	return DELAY_FILE_US;
}

/* To a file: more memory, in larger blocks, for fewer wake-ups. */
enum { RING_FILE_KIB = 16384, BLOCK_MIN_KIB = 256, BLOCK_MAX_KIB = 1024 };

static uint64_t ring_kib(const struct options *options)
{
	return options->ring_kib || !options->write_path ? options->ring_kib
							 : RING_FILE_KIB;
}

/*
 * A sixteenth of the ring: on a quiet link the kernel closes a block each time
 * the delay is over, however little is in it, and all of them last for
 * sixteen of these times while the disk does not.
 */
static uint32_t block_bytes(const struct options *options)
{
	uint32_t kib = BLOCK_MIN_KIB;

	while (kib < BLOCK_MAX_KIB && kib * 32 <= ring_kib(options))
		kib *= 2;
	return kib * 1024;
}

/* On "any" one interface less is nothing to wait for. */
static void tell_absent(const struct live *live, const char *name,
			const char *state, const char *awaited)
{
	if (live->info.ifindex)
		say("%s is %s: waiting for %s", name, state, awaited);
	else
		say("%s is %s", name, state);
}

static void tell_event(void *user, const struct pktcap_device_event *event)
{
	struct live *live = user;

	counters_erase(&live->counters);
	show_forget_names(&live->sink.show);
	switch (event->type) {
	case PKTCAP_DEVICE_EVENT_UP:
		say("%s is up", event->name);
		break;
	case PKTCAP_DEVICE_EVENT_DOWN:
		tell_absent(live, event->name, "down", "it");
		break;
	case PKTCAP_DEVICE_EVENT_GONE:
		/* Whatever it was called in the end. */
		tell_absent(live, event->name, "gone", live->info.ifname);
		break;
	case PKTCAP_DEVICE_EVENT_BACK:
		say("%s is back", event->name);
		break;
	case PKTCAP_DEVICE_EVENT_RENAMED:
		say("%s is called %s now", event->old_name, event->name);
		break;
	}
}

static void tell_no_permission(const char *name)
{
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

	self[len > 0 ? len : 0] = '\0';
	say("%s: no permission to capture: it needs CAP_NET_RAW. Run it as "
	    "root, or once: sudo setcap cap_net_raw+ep %s",
	    name, len > 0 ? self : "pktsniff");
}

static void tell_open_failed(const char *name, int ret,
			     const struct pktcap_error *error)
{
	if (ret == -EPERM)
		tell_no_permission(name);
	else if (ret == -ENODEV || ret == -ENAMETOOLONG)
		listing_not_found(name);
	else
		say_error(name, ret, error);
}

/* What the filter is compiled for, once the link type is known. */
static int compile(struct live *live, uint32_t linktype)
{
	const struct filter_target target = {
		.linktype = linktype,
		.snaplen = (uint32_t)live->options->snaplen,
		.netmask = live->choice.netmask,
		.live = true,
	};
	struct pktcap_error error;

	program_free(&live->program);
	if (filter_program(live->filter, &target, &live->program, &error)) {
		filter_complain(live->filter, &error);
		return -1;
	}
	live->program_linktype = linktype;
	return 0;
}

/*
 * Before the capture is opened: what is wrong with an expression is told
 * without any privilege, names are looked up without one, and no packet can
 * come before the filter.
 */
static int choose(struct live *live)
{
	const struct options *options = live->options;
	bool filtered = filter_given(live->filter);

	if (listing_choose(options, filtered, &live->choice))
		return -1;
	if (!filtered || !live->choice.found)
		return 0;
	return compile(live, options->linktype == PKTCAP_LINKTYPE_LINUX_SLL2
				     ? PKTCAP_LINKTYPE_LINUX_SLL2
				     : live->choice.linktype);
}

/* In between the name may have become that of another kind of interface. */
static int check_filter(struct live *live)
{
	struct pktcap_error error = { .code = 0 };
	int ret;

	if (!filter_given(live->filter) ||
	    (live->program.insns &&
	     live->program_linktype == live->info.linktype))
		return 0;
	if (compile(live, live->info.linktype))
		return -1;
	ret = pktcap_capture_set_filter(live->cap, live->program.insns,
					live->program.n, &error);
	if (ret)
		say_error(live->info.ifname, ret, &error);
	pktcap_capture_info(live->cap, &live->info);
	return ret ? -1 : 0;
}

static int open_capture(struct live *live, const struct privilege *privilege)
{
	const struct options *options = live->options;
	const char *name = live->choice.name;
	struct pktcap_error error = { .code = 0 };
	struct pktcap_capture_opts opts =
		PKTCAP_CAPTURE_OPTS(.flags = PKTCAP_CAPTURE_VLAN_INLINE,
				    .engine = options->engine,
				    .stamp = options->stamp,
				    .snaplen = (uint32_t)options->snaplen,
				    .max_delay_us = max_delay_us(options),
				    .direction = options->direction,
				    .ring_bytes = ring_kib(options) * 1024,
				    .block_bytes = block_bytes(options),
				    .filter = live->program.insns,
				    .filter_len = (uint32_t)live->program.n,
				    .on_event = tell_event, .event_user = live);
	int ret;

	if (!options->no_promisc)
		opts.flags |= PKTCAP_CAPTURE_PROMISC;
	if (options->linktype == PKTCAP_LINKTYPE_LINUX_SLL2)
		opts.flags |= PKTCAP_CAPTURE_COOKED;
	if (privilege_raise(privilege))
		return -1;
	ret = pktcap_capture_open(&live->cap, name, &opts, &error);
	if (privilege_drop_owner())
		return -1;
	if (ret)
		tell_open_failed(name, ret, &error);
	return ret ? -1 : 0;
}

static int check_linktype(const struct options *options,
			  const struct pktcap_capture_info *info)
{
	if (options->linktype < 0 ||
	    info->linktype == (uint32_t)options->linktype)
		return 0;
	say("-y %s: %s does not deliver this link type; -L lists those it "
	    "does",
	    options->linktype_name, info->ifname);
	return -1;
}

static void tell_source(const struct options *options,
			const struct pktcap_capture_info *info)
{
	fprintf(stderr, "listening on %s, ", info->ifname);
	run_tell_linktype(info->linktype);
	fprintf(stderr, ", snapshot length %" PRIu32 " bytes\n", info->snaplen);
	if (!options->verbose)
		return;
	fprintf(stderr, "engine %s, %" PRIu64 " bytes",
		pktcap_capture_engine_name(info->engine), info->ring_bytes);
	if (info->engine_errno)
		fprintf(stderr, " (first choice: %s)",
			strerror((int)info->engine_errno));
	fprintf(stderr, ", delay at most %" PRIu32 " us\n", info->max_delay_us);
}

/* It costs a copy of each packet that comes, wanted or not. */
static void tell_filter_place(const struct live *live)
{
	const struct pktcap_capture_info *info = &live->info;

	if (info->filter_place == PKTCAP_FILTER_PLACE_USER)
		say("the kernel did not take the filter (%zu instructions: "
		    "%s): it runs here",
		    live->program.n, strerror((int)info->filter_errno));
}

static void show_progress(struct live *live)
{
	struct pktcap_file_writer_stats stats = { 0 };

	if (!live->progress)
		return;
	store_stats(&live->sink.store, &stats);
	counters_progress(&live->counters, live->cap, stats.packets,
			  stats.bytes);
}

static uint32_t wanted_packets(const struct live *live)
{
	uint64_t left = PACKETS_PER_ROUND;

	if (live->options->count)
		left = live->options->count - live->sink.packets;
	return left < PACKETS_PER_ROUND ? (uint32_t)left : PACKETS_PER_ROUND;
}

/* Sleeps until there are packets, or a file is to end, or the line to move. */
static void wait_for_packets(struct live *live)
{
	int wait_ms;

	sink_idle(&live->sink);
	if (sink_tick(&live->sink, &wait_ms))
		return;
	if (live->progress && (wait_ms < 0 || wait_ms > COUNTERS_PROGRESS_MS))
		wait_ms = COUNTERS_PROGRESS_MS;
	signals_wait(pktcap_capture_fd(live->cap), screen_key_fd(), wait_ms);
}

static void see_to_signals(struct live *live)
{
	if (signals_trigger_wanted())
		sink_trigger(&live->sink);
	if (!signals_counters_wanted() || live->options->top)
		return;
	counters_erase(&live->counters);
	counters_print(&live->counters, live->cap, live->sink.packets, false);
	sink_show_stats(&live->sink);
}

/* Returns 0 at the end that was asked for, or -1 after a message. */
static int capture_packets(struct live *live)
{
	int ret = 0;

	while (!live->sink.error) {
		uint32_t wanted = wanted_packets(live);

		if (!wanted)
			return 0;
		ret = pktcap_capture_dispatch(live->cap, wanted, 0, sink_packet,
					      &live->sink);
		if (ret == -ECANCELED)
			return 0;
		if (ret < 0 && ret != -EINTR)
			break;
		see_to_signals(live);
		show_progress(live);
		if (sink_tick(&live->sink, &(int){ 0 }))
			break;
		if (ret == 0)
			wait_for_packets(live);
	}
	counters_erase(&live->counters);
	if (ret == -EMEDIUMTYPE)
		say("%s came back with another link type: begin again",
		    live->info.ifname);
	else if (ret < 0)
		say("capturing: %s", strerror(-ret));
	return ret < 0 ? -1 : 0;
}

static int capture_to_sink(struct live *live)
{
	bool leave_quietly;
	int ret;

	live->progress = live->sink.stores && !live->sink.print &&
			 !live->options->stats_s && !live->options->top &&
			 isatty(STDERR_FILENO);
	counters_start(&live->counters, live->cap);
	stats_begin(&live->sink.stats, live->cap, live->info.ifname);
	ret = capture_packets(live);
	signals_forget_capture();
	counters_erase(&live->counters);
	if (sink_close(&live->sink))
		ret = -1;
	leave_quietly = sink_reader_left(&live->sink);
	/* The terminal has shown ^C: the counters begin a line of their own. */
	if (signals_stopped() && isatty(STDERR_FILENO))
		putc('\n', stderr);
	if (!leave_quietly)
		counters_print(&live->counters, live->cap, live->sink.packets,
			       true);
	return ret;
}

/* A file that takes no description will take no packet either, and say so. */
static void describe_to_store(struct live *live)
{
	struct store *store = &live->sink.store;

	if (!live->sink.stores)
		return;
	live->sink.error =
		describe_interfaces(store, &live->info, live->filter->text);
	store->counters = describe_counters;
	store->counters_user = live->cap;
}

int run_live(const struct options *options, const struct filter *filter,
	     const struct privilege *privilege)
{
	struct live live = { .options = options, .filter = filter };
	const struct pktcap_capture_info *info = &live.info;
	int ret = choose(&live);

	if (!ret)
		ret = open_capture(&live, privilege);
	if (ret)
		goto close;
	pktcap_capture_info(live.cap, &live.info);
	ret = check_linktype(options, info);
	if (!ret)
		ret = check_filter(&live);
	if (ret)
		goto close;
	/*
	 * The file is opened by whoever started the program, before -Z: root
	 * keeps writing where root may write.
	 */
	ret = sink_open(&live.sink, options, info->linktype, info->snaplen);
	if (ret)
		goto close;
	ret = privilege_drop(options->user);
	if (ret) {
		stats_forget(&live.sink.stats);
		sink_close(&live.sink);
		goto close;
	}
	/*
	 * Who reads that it listens may stop it at once, while the kernel lets
	 * what follows wait for others who change interfaces.
	 */
	signals_install(live.cap);
	tell_source(options, info);
	tell_filter_place(&live);
	describe_to_store(&live);
	ret = capture_to_sink(&live);
close:
	pktcap_capture_close(live.cap);
	program_free(&live.program);
	return ret;
}
