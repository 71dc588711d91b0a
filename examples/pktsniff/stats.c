// SPDX-License-Identifier: BSD-2-Clause
#include "stats.h"
#include "clock.h"
#include "message.h"
#include "report.h"

#include <errno.h>
#include <string.h>

int stats_open(struct stats *stats, const struct options *options)
{
	bool taken = options->print ||
		     (options->write_path && is_standard(options->write_path));

	memset(stats, 0, sizeof(*stats));
	if (!options->stats_text)
		return 0;
	stats->to = taken ? stderr : stdout;
	stats->interval_ns = (int64_t)options->stats_s * 1000000000;
	if (tally_open(&stats->tally)) {
		say("--stats: %s", strerror(ENOMEM));
		return -1;
	}
	stats->wanted = true;
	return 0;
}

/* What is behind the sum of all since the interface came up. */
static uint64_t nic_drops(const struct pktcap_capture_stats *counters)
{
	return counters->nic_missed + counters->nic_fifo;
}

void stats_capture(struct stats *stats, struct pktcap_capture *cap)
{
	struct pktcap_capture_stats counters = { 0 };

	if (!stats->wanted)
		return;
	pktcap_capture_stats(cap, &counters);
	stats->nic_before = nic_drops(&counters);
	stats->cap = cap;
	stats->begun_ns = now_ns(CLOCK_MONOTONIC);
	stats->shown_ns = stats->begun_ns;
	stats->next_ns = stats->begun_ns + stats->interval_ns;
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

static int show_at(struct stats *stats, int64_t now)
{
	const struct amount *total = &stats->tally.total;
	struct report report = {
		.tally = &stats->tally,
		.losses = losses_of(stats),
		.since_ns = now - stats->shown_ns,
		.all_ns = now - stats->begun_ns,
		.since = { total->packets - stats->shown.packets,
			   total->bytes - stats->shown.bytes },
		.repeated = stats->interval_ns,
	};

	report_print(&report, stats->to);
	stats->shown = *total;
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

/* Intervals of packets in files are those of their time stamps. */
static int pass_time(struct stats *stats, int64_t ts_ns)
{
	if (!stats->tally.total.packets) {
		stats->begun_ns = ts_ns;
		stats->shown_ns = ts_ns;
		stats->next_ns = ts_ns + stats->interval_ns;
	}
	return show_if_due(stats, ts_ns);
}

int stats_packet(struct stats *stats, const struct pktcap_packet *pkt)
{
	int ret = stats->cap ? 0 : pass_time(stats, pkt->ts_ns);

	tally_packet(&stats->tally, pkt);
	return ret;
}

int stats_tick(struct stats *stats, int *wait_ms)
{
	int64_t left_ms;
	int ret;

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
