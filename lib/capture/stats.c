// SPDX-License-Identifier: BSD-2-Clause
/* What was counted and what was obtained. */
#include "capture/capture.h"

#include <errno.h>
#include <string.h>

#include "base/uapi.h"

/*
 * While a thread receives, another one may read the counters. Whether it is
 * locked is remembered: the thread may end, and be joined, in between.
 */
static bool lock(struct pktcap_capture *cap)
{
	bool needed = cap->threaded;

	if (needed)
		pthread_mutex_lock(&cap->stats_lock);
	return needed;
}

static void unlock(struct pktcap_capture *cap, bool locked)
{
	if (locked)
		pthread_mutex_unlock(&cap->stats_lock);
}

static void add(struct pktcap_capture_stats *stats, const struct tally *tally)
{
	stats->delivered += tally->packets;
	stats->bytes += tally->bytes;
	stats->wire_bytes += tally->bytes + tally->cut_bytes;
	stats->truncated += tally->truncated;
}

void stats_add(struct pktcap_capture *cap, const struct tally *delivered)
{
	bool locked = lock(cap);

	add(&cap->stats, delivered);
	cap->stats.skipped = cap->skipped;
	cap->stats.rejected = cap->rejected;
	unlock(cap, locked);
}

/* What is delivered of a batch, some of which may still wait in the handle. */
static void add_part(const struct pktcap_capture *cap,
		     struct pktcap_capture_stats *stats)
{
	struct tally delivered = { 0 };

	for (uint32_t i = 0; i < cap->next; i++)
		tally_packet(&delivered, &cap->views[i]);
	add(stats, &delivered);
	stats->skipped = cap->skipped;
	stats->rejected = cap->rejected;
}

/* Reading clears them in the kernel: whoever reads must add them up. */
static int collect(struct pktcap_capture *cap)
{
	struct tpacket_stats_v3 counted = { 0 };
	socklen_t len = sizeof(counted);

	if (getsockopt(cap->fd, SOL_PACKET, PACKET_STATISTICS, &counted, &len))
		return -errno;
	cap->stats.received += counted.tp_packets;
	cap->stats.dropped += counted.tp_drops;
	cap->stats.freezes += counted.tp_freeze_q_cnt;
	return 0;
}

int stats_collect(struct pktcap_capture *cap)
{
	bool locked = lock(cap);
	int err = collect(cap);

	unlock(cap, locked);
	return err;
}

int pktcap_capture_stats(struct pktcap_capture *cap,
			 struct pktcap_capture_stats *stats)
{
	struct pktcap_device_counters nic;
	bool locked = lock(cap);
	int err = collect(cap);

	*stats = cap->stats;
	unlock(cap, locked);
	/* The batch in hand belongs to the thread, while there is one. */
	if (!locked)
		add_part(cap, stats);
	/* Without a watch it may be another namespace's interface. */
	if (cap->watch && cap->ifindex &&
	    !pktcap_device_counters(cap->ifindex, &nic)) {
		stats->nic_dropped = nic.rx_dropped;
		stats->nic_missed = nic.rx_missed;
		stats->nic_fifo = nic.rx_fifo;
	}
	return err;
}

void pktcap_capture_info(const struct pktcap_capture *cap,
			 struct pktcap_capture_info *info)
{
	memset(info, 0, sizeof(*info));
	info->engine = cap->engine == &engine_ring ? PKTCAP_ENGINE_RING
						   : PKTCAP_ENGINE_RECV;
	info->stamp = cap->opts.stamp;
	info->linktype = cap->linktype;
	info->ifindex = cap->ifindex;
	info->snaplen = cap->opts.snaplen;
	info->max_delay_us = cap->opts.max_delay_us;
	info->filter_place = cap->filter_place;
	info->filter_errno = cap->filter_errno;
	info->engine_errno = cap->engine_errno;
	info->link_flags = cap->link_flags;
	memcpy(info->ifname, cap->ifname, sizeof(info->ifname));
	cap->engine->info(cap, info);
}

const char *pktcap_capture_engine_name(uint32_t engine)
{
	switch (engine) {
	case PKTCAP_ENGINE_AUTO:
		return "auto";
	case PKTCAP_ENGINE_RECV:
		return engine_recv.name;
	case PKTCAP_ENGINE_RING:
		return engine_ring.name;
	default:
		return NULL;
	}
}
