// SPDX-License-Identifier: BSD-2-Clause
#include "stats.h"
#include "clock.h"
#include "message.h"
#include "screen.h"
#include "signals.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Of a file, between two looks at the clock and the keys. */
enum { PACKETS_PER_LOOK = 256 };

int stats_open(struct stats *stats, const struct options *options)
{
	bool taken = options->print ||
		     (options->write_path && is_standard(options->write_path));

	memset(stats, 0, sizeof(*stats));
	if (!options->stats_text && !options->top)
		return 0;
	stats->to = taken ? stderr : stdout;
	stats->json = options->form == FORM_JSON;
	stats->interval_ns = (int64_t)options->stats_s * 1000000000;
	if (tally_open(&stats->tally)) {
		say("--stats: %s", strerror(ENOMEM));
		return -1;
	}
	stats->wanted = true;
	stats->top_wanted = options->top;
	return 0;
}

/* What is behind the sum of all since the interface came up. */
static uint64_t nic_drops(const struct pktcap_capture_stats *counters)
{
	return counters->nic_missed + counters->nic_fifo;
}

static void open_screen(struct stats *stats)
{
	stats->drawn_ns = now_ns(CLOCK_MONOTONIC);
	message_divert(stats->note, sizeof(stats->note));
	screen_open();
	stats->on_screen = true;
}

void stats_begin(struct stats *stats, struct pktcap_capture *cap,
		 const char *title)
{
	struct pktcap_capture_stats counters = { 0 };

	if (!stats->wanted)
		return;
	if (cap) {
		pktcap_capture_stats(cap, &counters);
		stats->nic_before = nic_drops(&counters);
		stats->cap = cap;
		stats->begun_ns = now_ns(CLOCK_MONOTONIC);
		stats->shown_ns = stats->begun_ns;
		stats->next_ns = stats->begun_ns + stats->interval_ns;
	}
	stats->top.title = title;
	stats->top.live = cap;
	if (stats->top_wanted)
		open_screen(stats);
}

static int64_t stats_now(const struct stats *stats)
{
	return stats->cap ? now_ns(CLOCK_MONOTONIC) : stats->tally.last_ns;
}

static struct report_losses losses_of(const struct stats *stats)
{
	struct pktcap_capture_stats counters = { 0 };
	struct report_losses losses = { .known = stats->cap };

	if (stats->cap && pktcap_capture_stats(stats->cap, &counters) == 0) {
		losses.kernel = counters.dropped;
		losses.interface =
			nic_drops(&counters) > stats->nic_before
				? nic_drops(&counters) - stats->nic_before
				: 0;
	}
	return losses;
}

static struct report report_at(struct stats *stats, int64_t now)
{
	const struct amount *total = &stats->tally.total;

	return (struct report){
		.tally = &stats->tally,
		.losses = losses_of(stats),
		.since_ns = now - stats->shown_ns,
		.all_ns = now - stats->begun_ns,
		.since = { total->packets - stats->shown.packets,
			   total->bytes - stats->shown.bytes },
		.repeated = stats->interval_ns,
	};
}

static int show_at(struct stats *stats, int64_t now)
{
	struct report report = report_at(stats, now);

	if (stats->json)
		report_print_json(&report, stats->to);
	else
		report_print(&report, stats->to);
	stats->shown = stats->tally.total;
	stats->shown_ns = now;
	errno = 0;
	if (fflush(stats->to))
		return errno ? -errno : -EIO;
	return 0;
}

int stats_show(struct stats *stats)
{
	return show_at(stats, stats_now(stats));
}

/* One table for a gap in which several would have been due. */
static int show_if_due(struct stats *stats, int64_t now)
{
	int64_t due = stats->next_ns;

	if (!stats->interval_ns || now < due)
		return 0;
	stats->next_ns +=
		((now - due) / stats->interval_ns + 1) * stats->interval_ns;
	return show_at(stats, stats->cap ? now : due);
}

/* A second is over, or the picture is another one. */
static int draw(struct stats *stats)
{
	struct report report = report_at(stats, stats_now(stats));

	stats->top.note = stats->note[0] ? stats->note : NULL;
	return top_draw(&stats->top, &report);
}

/* q ends it, p stops the picture; what was said is gone with the next key. */
static int take_key(struct stats *stats, int key)
{
	if (key == 'q' || key == 'Q')
		return -ECANCELED;
	if (key == 'p' || key == 'P')
		stats->top.paused = !stats->top.paused;
	stats->note[0] = '\0';
	return draw(stats);
}

static int tick_screen(struct stats *stats, int *wait_ms)
{
	int64_t now = now_ns(CLOCK_MONOTONIC);
	int64_t left_ms = (stats->drawn_ns - now) / 1000000 + TOP_INTERVAL_MS;
	bool due = left_ms <= 0, changed = screen_changed();
	int key = screen_key(), ret = 0;

	if (due) {
		tally_pace(&stats->tally,
			   (double)(now - stats->drawn_ns) / 1e9);
		stats->drawn_ns = now;
		left_ms = TOP_INTERVAL_MS;
	}
	if (key)
		ret = take_key(stats, key);
	else if (changed || (due && !stats->top.paused))
		ret = draw(stats);
	if (*wait_ms < 0 || *wait_ms > left_ms)
		*wait_ms = (int)left_ms;
	return ret;
}

void stats_linger(struct stats *stats)
{
	int wait_ms;

	if (!stats->on_screen || screen_key_fd() < 0)
		return;
	if (!stats->note[0])
		snprintf(stats->note, sizeof(stats->note), "the end: q quits");
	stats->top.paused = false;
	if (draw(stats))
		return;
	while (!signals_stopped()) {
		wait_ms = -1;
		if (tick_screen(stats, &wait_ms))
			return;
		signals_wait(screen_key_fd(), -1, wait_ms);
	}
}

void stats_end(struct stats *stats)
{
	if (!stats->on_screen)
		return;
	stats->on_screen = false;
	screen_close();
	message_divert(NULL, 0);
	if (stats->note[0] && isatty(STDERR_FILENO))
		say("%s", stats->note);
}

/* Intervals of packets in files are those of their time stamps. */
static int pass_time(struct stats *stats, int64_t ts_ns)
{
	if (!stats->tally.total.packets) {
		stats->begun_ns = ts_ns;
		stats->shown_ns = ts_ns;
		stats->next_ns = ts_ns + stats->interval_ns;
	}
	if (ts_ns < stats->begun_ns)
		stats->begun_ns = ts_ns;
	return show_if_due(stats, ts_ns);
}

int stats_packet(struct stats *stats, const struct pktcap_packet *pkt)
{
	int ret = stats->cap ? 0 : pass_time(stats, pkt->ts_ns);

	tally_packet(&stats->tally, pkt);
	if (!ret && stats->on_screen && !stats->cap &&
	    stats->tally.total.packets % PACKETS_PER_LOOK == 0)
		ret = tick_screen(stats, &(int){ 0 });
	return ret;
}

int stats_tick(struct stats *stats, int *wait_ms)
{
	int64_t left_ms;
	int ret;

	if (stats->on_screen)
		return tick_screen(stats, wait_ms);
	if (!stats->cap || !stats->interval_ns)
		return 0;
	ret = show_if_due(stats, stats_now(stats));
	left_ms = (stats->next_ns - stats_now(stats)) / 1000000 + 1;
	left_ms = left_ms < 1 ? 1 : left_ms > 60000 ? 60000 : left_ms;
	if (*wait_ms < 0 || *wait_ms > left_ms)
		*wait_ms = (int)left_ms;
	return ret;
}

void stats_forget(struct stats *stats)
{
	tally_close(&stats->tally);
	stats->wanted = false;
}
