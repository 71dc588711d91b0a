// SPDX-License-Identifier: BSD-2-Clause
/*
 * When packets are due. Nothing here asks a clock: who asks says what time it
 * is, so that the schedule is arithmetic alone.
 */
#include <pktcap/send.h>

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/opts.h"

#define SECOND_NS UINT64_C(1000000000)
#define PACKETS_PER_S_MAX SECOND_NS
#define LIMIT UINT64_C(1000000000000000) /* 10^15 */
#define GAP_DEFAULT_NS (3600 * SECOND_NS)
/* A sum of times that cannot overflow: 146 years after the machine started. */
#define TIME_MAX_NS (INT64_C(1) << 62)
/* More than any frame: so many bits, times a second, still have 63 bits. */
#define BYTES_MAX (1u << 30)

/*
 * What is late follows at CATCH_UP times the pace, after what may go at once:
 * CATCH_UP * TOGETHER of the schedule. Where sleeps are later than that each
 * time, there is no catching up: 50 ms are five ticks of a kernel with HZ=100
 * and no high resolution timers. LATE_MAX is all that is caught up: a program
 * that was stopped for an hour does not flood the network for the next one.
 */
#define CATCH_UP 2
#define TOGETHER_NS INT64_C(25000000)
#define LATE_MAX_NS INT64_C(1000000000)
/* Packets that are so much out of order may be of several queues. */
#define OUT_OF_ORDER_NS SECOND_NS
#define WIRE_FRAME_LEAST 60
#define WIRE_OVERHEAD 24
#define VLAN_BYTES 4

enum mode {
	MODE_TOPSPEED,
	MODE_PACKETS,
	MODE_BITS,
	MODE_GAP,
	MODE_TIMES,
};

static int refuse(const char *name, const char *why, struct pktcap_error *error)
{
	return error_set(error, -EINVAL, name, "%s: %s", name, why);
}

static int check(const struct pktcap_send_pace_opts *opts,
		 struct pktcap_error *error)
{
	const uint32_t known = PKTCAP_SEND_PACE_WIRE | PKTCAP_SEND_PACE_SPIN;

	if (opts->flags & ~known)
		return refuse("flags", "a bit has no meaning", error);
	if (!!opts->packets_per_s + !!opts->bits_per_s + !!opts->gap_ns +
		    !!opts->speed_ppm >
	    1)
		return refuse("packets_per_s",
			      "only one of packets_per_s, bits_per_s, gap_ns "
			      "and speed_ppm can be set",
			      error);
	if (opts->packets_per_s > PACKETS_PER_S_MAX)
		return refuse("packets_per_s", "greater than 1000000000",
			      error);
	if (opts->bits_per_s > LIMIT)
		return refuse("bits_per_s", "greater than 10^15", error);
	if (opts->gap_ns > LIMIT)
		return refuse("gap_ns", "greater than 10^15", error);
	if (opts->max_gap_ns > LIMIT)
		return refuse("max_gap_ns", "greater than 10^15", error);
	if (opts->max_gap_ns && !opts->speed_ppm)
		return refuse("max_gap_ns", "is for speed_ppm only", error);
	if ((opts->flags & PKTCAP_SEND_PACE_WIRE) && !opts->bits_per_s)
		return refuse("flags", "WIRE is for bits_per_s only", error);
	return 0;
}

static void choose(struct pktcap_send_pace *pace,
		   const struct pktcap_send_pace_opts *opts)
{
	if (opts->packets_per_s) {
		pace->mode = MODE_PACKETS;
		pace->divisor = opts->packets_per_s;
	} else if (opts->bits_per_s) {
		pace->mode = MODE_BITS;
		pace->divisor = opts->bits_per_s;
	} else if (opts->gap_ns) {
		pace->mode = MODE_GAP;
		pace->gap_ns = opts->gap_ns;
	} else if (opts->speed_ppm) {
		pace->mode = MODE_TIMES;
		pace->divisor = opts->speed_ppm;
		pace->max_gap_ns =
			opts->max_gap_ns ? opts->max_gap_ns : GAP_DEFAULT_NS;
	}
}

int pktcap_send_pace_start(struct pktcap_send_pace *pace,
			   const struct pktcap_send_pace_opts *opts,
			   struct pktcap_error *error)
{
	struct pktcap_send_pace_opts own;
	int err = opts_copy(&own, sizeof(own), opts, error);

	memset(pace, 0, sizeof(*pace));
	if (!err)
		err = check(&own, error);
	if (err)
		return err;
	choose(pace, &own);
	pace->flags = own.flags;
	pace->burst = own.burst ? own.burst : 1;
	return 0;
}

/* What a division leaves goes to the next one: nothing adds up. */
static uint64_t divide(struct pktcap_send_pace *pace, uint64_t n)
{
	uint64_t quotient = n / pace->divisor;

	pace->rest += n % pace->divisor;
	if (pace->rest < pace->divisor)
		return quotient;
	pace->rest -= pace->divisor;
	return quotient + 1;
}

static uint64_t gap_of_bits(struct pktcap_send_pace *pace)
{
	uint64_t bytes = pace->last_bytes;

	if (pace->flags & PKTCAP_SEND_PACE_WIRE) {
		if (bytes < WIRE_FRAME_LEAST)
			bytes = WIRE_FRAME_LEAST;
		bytes += WIRE_OVERHEAD;
	}
	if (bytes > BYTES_MAX)
		bytes = BYTES_MAX;
	return divide(pace, bytes * 8 * SECOND_NS);
}

/* From the latest time to @ts_ns, as captured: 0 where it is no later. */
static uint64_t gap_of_times(struct pktcap_send_pace *pace, int64_t ts_ns)
{
	/* The difference of any two fits into 64 bits without a sign. */
	uint64_t ts = (uint64_t)ts_ns, latest = (uint64_t)pace->latest_ts_ns;
	uint64_t gap = 0;

	if (ts_ns > pace->latest_ts_ns && !pace->rebased)
		gap = ts - latest;
	if (ts_ns < pace->latest_ts_ns && !pace->rebased)
		pace->times_back++;
	if (ts_ns > pace->latest_ts_ns || pace->rebased ||
	    latest - ts > OUT_OF_ORDER_NS)
		pace->latest_ts_ns = ts_ns;
	pace->rebased = 0;
	return gap;
}

static uint64_t gap_at_speed(struct pktcap_send_pace *pace, int64_t ts_ns)
{
	const uint64_t million = 1000000;
	uint64_t gap = gap_of_times(pace, ts_ns), whole = gap / pace->divisor;

	if (whole <= pace->max_gap_ns / million) {
		gap = whole * million +
		      divide(pace, gap % pace->divisor * million);
		if (gap <= pace->max_gap_ns)
			return gap;
	}
	pace->gaps_cut++;
	return pace->max_gap_ns;
}

/* Between the packet sent last and the next one. */
static uint64_t gap_before(struct pktcap_send_pace *pace, int64_t ts_ns)
{
	switch ((enum mode)pace->mode) {
	case MODE_PACKETS:
		return divide(pace, SECOND_NS);
	case MODE_BITS:
		return gap_of_bits(pace);
	case MODE_GAP:
		return pace->gap_ns;
	case MODE_TIMES:
		return gap_at_speed(pace, ts_ns);
	default:
		return 0;
	}
}

static int64_t later(int64_t time, uint64_t gap)
{
	return gap < (uint64_t)(TIME_MAX_NS - time) ? time + (int64_t)gap
						    : TIME_MAX_NS;
}

/* A clock that shows what no clock shows must not overflow anything. */
static int64_t sane(int64_t now_ns)
{
	if (now_ns < 0)
		return 0;
	return now_ns < TIME_MAX_NS ? now_ns : TIME_MAX_NS;
}

static int64_t latest_of(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Moves the schedule to the next packet. */
static void advance(struct pktcap_send_pace *pace, int64_t ts_ns, int64_t now)
{
	uint64_t gap;

	if (!pace->packets || pace->mode == MODE_TOPSPEED) {
		pace->due_ns = now;
		pace->schedule_ns = now;
		pace->earliest_ns = now;
		pace->latest_ts_ns = ts_ns;
		pace->rebased = 0;
		return;
	}
	gap = gap_before(pace, ts_ns);
	pace->schedule_ns = later(pace->schedule_ns, gap);
	pace->earliest_ns =
		later(latest_of(pace->earliest_ns, pace->sent_ns - TOGETHER_NS),
		      gap / CATCH_UP);
	if (now - pace->schedule_ns > LATE_MAX_NS) {
		pace->given_up_ns +=
			(uint64_t)(now - LATE_MAX_NS - pace->schedule_ns);
		pace->schedule_ns = now - LATE_MAX_NS;
	}
	if (pace->together < pace->burst)
		return;
	pace->together = 0;
	pace->due_ns = latest_of(pace->schedule_ns, pace->earliest_ns);
}

int64_t pktcap_send_pace_due(const struct pktcap_send_pace *pace,
			     const struct pktcap_packet *pkt, int64_t now_ns)
{
	struct pktcap_send_pace next = *pace;

	advance(&next, pkt->ts_ns, sane(now_ns));
	return next.due_ns;
}

/* What goes to the kernel: a tag that was taken out is put back. */
static uint32_t sent_bytes(const struct pktcap_packet *pkt)
{
	const uint32_t tag =
		pkt->flags & (PKTCAP_PACKET_VLAN | PKTCAP_PACKET_VLAN_INLINE);

	return pkt->caplen + (tag == PKTCAP_PACKET_VLAN ? VLAN_BYTES : 0);
}

static void count_in(struct pktcap_send_pace *pace,
		     const struct pktcap_packet *pkt, int64_t now)
{
	pace->sent_ns = now;
	pace->last_bytes = sent_bytes(pkt);
	pace->packets++;
	pace->bytes += pace->last_bytes;
	pace->together++;
}

size_t pktcap_send_pace_count(const struct pktcap_send_pace *pace,
			      const struct pktcap_packet *pkts, size_t n,
			      int64_t now_ns)
{
	struct pktcap_send_pace next = *pace;
	int64_t now = sane(now_ns);
	size_t i;

	if (pace->mode == MODE_TOPSPEED)
		return n;
	for (i = 0; i < n; i++) {
		advance(&next, pkts[i].ts_ns, now);
		if (next.due_ns > now)
			break;
		count_in(&next, &pkts[i], now);
	}
	return i;
}

void pktcap_send_pace_sent(struct pktcap_send_pace *pace,
			   const struct pktcap_packet *pkts, size_t n,
			   int64_t now_ns)
{
	int64_t now = sane(now_ns);

	for (size_t i = 0; i < n; i++) {
		advance(pace, pkts[i].ts_ns, now);
		count_in(pace, &pkts[i], now);
	}
}

void pktcap_send_pace_rebase(struct pktcap_send_pace *pace)
{
	pace->rebased = 1;
}
