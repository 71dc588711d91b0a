/* SPDX-License-Identifier: BSD-2-Clause */
#include "counters.h"
#include "clock.h"
#include "message.h"

#include <inttypes.h>
#include <stdio.h>

static uint64_t nic_drops(const struct pktcap_capture_stats *stats)
{
	/* Not rx_dropped: that counts packets a capture did see, too. */
	return stats->nic_missed + stats->nic_fifo;
}

void counters_start(struct counters *counters, struct pktcap_capture *cap)
{
	struct pktcap_capture_stats stats = { 0 };

	*counters = (struct counters){ .shown_ns = now_ns(CLOCK_MONOTONIC) };
	if (pktcap_capture_stats(cap, &stats) == 0)
		counters->nic_before = nic_drops(&stats);
}

void counters_print(const struct counters *counters, struct pktcap_capture *cap,
		    uint64_t packets, bool at_end)
{
	const char *end = at_end ? "\n" : ", ";
	struct pktcap_capture_stats stats = { 0 };
	uint64_t nic = 0;

	if (!at_end)
		fputs("pktsniff: ", stderr);
	fprintf(stderr, "%" PRIu64 " packet%s captured%s", packets,
		PLURAL(packets), end);
	if (pktcap_capture_stats(cap, &stats) == 0 &&
	    nic_drops(&stats) > counters->nic_before)
		nic = nic_drops(&stats) - counters->nic_before;
	fprintf(stderr,
		"%" PRIu64 " packet%s received by filter%s%" PRIu64
		" packet%s dropped by kernel",
		stats.received, PLURAL(stats.received), end, stats.dropped,
		PLURAL(stats.dropped));
	if (nic)
		fprintf(stderr, "%s%" PRIu64 " packet%s dropped by interface",
			end, nic, PLURAL(nic));
	putc('\n', stderr);
}

void counters_progress(struct counters *counters, struct pktcap_capture *cap,
		       uint64_t packets, uint64_t bytes)
{
	int64_t now = now_ns(CLOCK_MONOTONIC);
	int64_t passed_ms = (now - counters->shown_ns) / 1000000;
	struct pktcap_capture_stats stats = { 0 };
	uint64_t rate;

	if (passed_ms < COUNTERS_PROGRESS_MS)
		return;
	pktcap_capture_stats(cap, &stats);
	rate = (packets - counters->shown_packets) * 1000 / (uint64_t)passed_ms;
	fprintf(stderr,
		"\r%" PRIu64 " packet%s, %" PRIu64 " bytes, %" PRIu64
		" dropped, %" PRIu64 " packets/s\033[K",
		packets, PLURAL(packets), bytes, stats.dropped, rate);
	counters->shown_ns = now;
	counters->shown_packets = packets;
	counters->on_screen = true;
}

void counters_erase(struct counters *counters)
{
	if (counters->on_screen)
		fputs("\r\033[K", stderr);
	counters->on_screen = false;
}
