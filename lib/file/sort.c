// SPDX-License-Identifier: BSD-2-Clause
/*
 * One reader in time order, as far as a window reaches. Packets are copied
 * into memory that is taken once: records from its start upwards in the order
 * of arrival, a binary heap of their times from its end downwards. Where the
 * two meet, what was delivered is squeezed out.
 */
#include <pktcap/file.h>

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/opts.h"

enum {
	MEMORY_DEFAULT = 16 << 20,
	MEMORY_MIN = 4096,
	ALIGN = 16,
	/*
	 * Squeezing moves all that is held, so it must yield at least this part
	 * of the memory: then a packet is moved four times at most on average,
	 * and hardly ever where the window is small.
	 */
	YIELD = 4,
};

#define MEMORY_MAX (UINT64_C(1) << 40)

struct record {
	struct pktcap_packet pkt; /* without the address of its bytes */
	size_t bytes;		  /* to the next record */
	size_t place;		  /* where squeezing puts it */
	bool delivered;
};

/* Records lie as they arrived: of equal times the lower place is first. */
struct row {
	int64_t ts_ns;
	size_t place;
};

struct pktcap_file_sort {
	struct pktcap_file_reader *reader;
	/* Read and not yet kept, the reader's own view; NULL if there is none.
	 */
	const struct pktcap_packet *incoming;
	struct record *taken; /* the caller has it; NULL if none */
	uint32_t window_packets;
	bool draining; /* what is held goes before @ended is told */
	int ended;     /* 0: the reader's end; else how it failed, and why */
	struct pktcap_error failure;
	uint64_t window_ns;
	int64_t newest_ns;    /* of all packets read */
	int64_t delivered_ns; /* the latest of those delivered */
	struct pktcap_file_sort_stats stats;
	size_t used;  /* bytes of records */
	size_t held;  /* of these, not delivered */
	size_t count; /* rows of the heap */
	size_t size;
	uint8_t *memory;
};

static struct row *row(const struct pktcap_file_sort *s, size_t i)
{
	return (struct row *)(void *)(s->memory + s->size) - 1 - i;
}

static struct record *record_at(const struct pktcap_file_sort *s, size_t place)
{
	return (struct record *)(void *)(s->memory + place);
}

static bool before(const struct row *a, const struct row *b)
{
	return a->ts_ns < b->ts_ns ||
	       (a->ts_ns == b->ts_ns && a->place < b->place);
}

static void push(struct pktcap_file_sort *s, struct row new)
{
	size_t i = s->count++;

	while (i && before(&new, row(s, (i - 1) / 2))) {
		*row(s, i) = *row(s, (i - 1) / 2);
		i = (i - 1) / 2;
	}
	*row(s, i) = new;
}

/* The first row leaves the heap, the last one takes its place and sinks. */
static void pop(struct pktcap_file_sort *s)
{
	struct row last = *row(s, --s->count);
	size_t i = 0, child;

	while ((child = 2 * i + 1) < s->count) {
		if (child + 1 < s->count &&
		    before(row(s, child + 1), row(s, child)))
			child++;
		if (!before(row(s, child), &last))
			break;
		*row(s, i) = *row(s, child);
		i = child;
	}
	*row(s, i) = last;
}

static int read_options(struct pktcap_file_sort_opts *opts,
			const struct pktcap_file_sort_opts *given,
			struct pktcap_error *error)
{
	int err = opts_copy(opts, sizeof(*opts), given, error);

	if (err)
		return err;
	if (!opts->memory_bytes)
		opts->memory_bytes = MEMORY_DEFAULT;
	if (opts->memory_bytes < MEMORY_MIN || opts->memory_bytes > MEMORY_MAX)
		return error_set(error, -EINVAL, "memory_bytes",
				 "memory_bytes: out of range: 4096 to 1 TiB, "
				 "or 0 for the default");
	return 0;
}

int pktcap_file_sort_open(struct pktcap_file_sort **out,
			  struct pktcap_file_reader *reader,
			  const struct pktcap_file_sort_opts *given,
			  struct pktcap_error *error)
{
	const size_t head = (sizeof(struct pktcap_file_sort) + ALIGN - 1) &
			    ~(size_t)(ALIGN - 1);
	struct pktcap_file_sort_opts opts;
	struct pktcap_file_sort *s = NULL;
	int err;

	*out = NULL;
	err = read_options(&opts, given, error);
	if (err)
		return err;
	opts.memory_bytes -= opts.memory_bytes % ALIGN;
	if (opts.memory_bytes <= SIZE_MAX - head)
		s = malloc(head + (size_t)opts.memory_bytes);
	if (!s)
		return error_set(error, -ENOMEM, "malloc",
				 "no memory to sort in so wide a window: ask "
				 "for less (memory_bytes)");
	*s = (struct pktcap_file_sort){
		.reader = reader,
		.window_packets = opts.window_packets,
		.window_ns = opts.window_ns,
		.newest_ns = INT64_MIN,
		.delivered_ns = INT64_MIN,
		.size = (size_t)opts.memory_bytes,
		.memory = (uint8_t *)s + head,
	};
	*out = s;
	return 0;
}

/* Each record that is held gets to know where it goes, and its row as well. */
static void find_places(struct pktcap_file_sort *s)
{
	size_t place = 0;

	for (size_t at = 0; at < s->used; at += record_at(s, at)->bytes) {
		record_at(s, at)->place = place;
		if (!record_at(s, at)->delivered)
			place += record_at(s, at)->bytes;
	}
	for (size_t i = 0; i < s->count; i++)
		row(s, i)->place = record_at(s, row(s, i)->place)->place;
}

static void squeeze(struct pktcap_file_sort *s)
{
	size_t bytes;

	find_places(s);
	for (size_t at = 0; at < s->used; at += bytes) {
		struct record *record = record_at(s, at);

		bytes = record->bytes;
		if (!record->delivered)
			memmove(s->memory + record->place, record, bytes);
	}
	s->used = s->held;
}

static size_t room(const struct pktcap_file_sort *s)
{
	return s->size - s->used - s->count * sizeof(struct row);
}

/* False if the packet that came in finds no room. */
static bool keep(struct pktcap_file_sort *s)
{
	const struct pktcap_packet *pkt = s->incoming;
	const uint64_t bytes =
		(sizeof(struct record) + (uint64_t)pkt->caplen + ALIGN - 1) &
		~(uint64_t)(ALIGN - 1);
	const uint64_t need = bytes + sizeof(struct row);
	struct record *record;

	if (need > room(s) && s->used - s->held >= s->size / YIELD)
		squeeze(s);
	if (need > room(s))
		return false;
	record = record_at(s, s->used);
	*record = (struct record){ .pkt = *pkt, .bytes = (size_t)bytes };
	if (pkt->caplen)
		memcpy(record + 1, pkt->data, pkt->caplen);
	push(s, (struct row){ pkt->ts_ns, s->used });
	s->used += record->bytes;
	s->held += record->bytes;
	s->incoming = NULL;
	return true;
}

/* The caller no longer has what was delivered last. */
static void release(struct pktcap_file_sort *s)
{
	if (!s->taken)
		return;
	s->taken->delivered = true;
	s->held -= s->taken->bytes;
	s->taken = NULL;
	if (!s->count)
		s->used = 0;
}

static int deliver(struct pktcap_file_sort *s, const struct pktcap_packet *from,
		   const struct pktcap_packet **pkt)
{
	s->stats.packets++;
	if (from->ts_ns > s->delivered_ns)
		s->delivered_ns = from->ts_ns;
	*pkt = from;
	return 1;
}

static int deliver_first(struct pktcap_file_sort *s,
			 const struct pktcap_packet **pkt)
{
	s->taken = record_at(s, row(s, 0)->place);
	s->taken->pkt.data = (const uint8_t *)(s->taken + 1);
	pop(s);
	return deliver(s, &s->taken->pkt, pkt);
}

static int deliver_incoming(struct pktcap_file_sort *s,
			    const struct pktcap_packet **pkt)
{
	const struct pktcap_packet *from = s->incoming;

	s->incoming = NULL;
	return deliver(s, from, pkt);
}

/* No packet that the window allows for can come before the first one held. */
static bool is_due(const struct pktcap_file_sort *s)
{
	uint64_t age = (uint64_t)s->newest_ns - (uint64_t)row(s, 0)->ts_ns;

	return s->draining ||
	       (s->window_packets && s->count > s->window_packets) ||
	       (s->window_ns && age > s->window_ns);
}

static int fetch(struct pktcap_file_sort *s, struct pktcap_error *error)
{
	int ret;

	if (s->incoming)
		return 1;
	ret = pktcap_file_reader_next(s->reader, &s->incoming, error);
	if (ret > 0 && s->incoming->ts_ns > s->newest_ns)
		s->newest_ns = s->incoming->ts_ns;
	return ret;
}

/* The packet that came in is too late, or there is no room for it. */
static int deliver_now(struct pktcap_file_sort *s,
		       const struct pktcap_packet **pkt)
{
	if (s->incoming->ts_ns < s->delivered_ns) {
		s->stats.late++;
		return deliver_incoming(s, pkt);
	}
	s->stats.early++;
	if (s->count && row(s, 0)->ts_ns <= s->incoming->ts_ns)
		return deliver_first(s, pkt);
	return deliver_incoming(s, pkt);
}

/* Afterwards the reader is asked again. */
static int tell_end(struct pktcap_file_sort *s, struct pktcap_error *error)
{
	s->draining = false;
	if (s->ended && error)
		*error = s->failure;
	return s->ended;
}

int pktcap_file_sort_next(struct pktcap_file_sort *s,
			  const struct pktcap_packet **pkt,
			  struct pktcap_error *error)
{
	int ret;

	*pkt = NULL;
	release(s);
	while (!s->count || !is_due(s)) {
		if (s->draining)
			return tell_end(s, error);
		ret = fetch(s, &s->failure);
		if (ret > 0) {
			if (s->incoming->ts_ns < s->delivered_ns || !keep(s))
				return deliver_now(s, pkt);
			continue;
		}
		s->ended = ret;
		if (ret == -EAGAIN || ret == -EINTR)
			return tell_end(s, error);
		s->draining = true;
	}
	return deliver_first(s, pkt);
}

void pktcap_file_sort_stats(const struct pktcap_file_sort *s,
			    struct pktcap_file_sort_stats *stats)
{
	*stats = s->stats;
	stats->held = s->count;
}

void pktcap_file_sort_close(struct pktcap_file_sort *s)
{
	free(s);
}
