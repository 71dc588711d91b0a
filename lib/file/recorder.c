// SPDX-License-Identifier: BSD-2-Clause
/*
 * The last packets, in a ring of bytes that is taken once. A record is what a
 * view holds without the address of its bytes, then the bytes, and lies in one
 * piece: a dump gives it to the writer where it is.
 */
#include <pktcap/file.h>

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/opts.h"

enum {
	BYTES_DEFAULT = 16 << 20,
	BYTES_MIN = 4096,
	ALIGN = 8,
	ZONES = 64,
};

#define BYTES_MAX (UINT64_C(1) << 40)

/*
 * struct pktcap_packet from the time on, as far as there are fields: 40 bytes
 * instead of 64 make room for a fifth more of the smallest packets.
 */
struct record {
	int64_t ts_ns;
	uint32_t caplen;
	uint32_t wirelen;
	int32_t ifindex;
	uint32_t flags;
	uint32_t rest[4];
};

enum { VIEW_FROM = offsetof(struct pktcap_packet, ts_ns) };

#define SAME_PLACE(field)                                                  \
	_Static_assert(offsetof(struct pktcap_packet, field) ==            \
			       VIEW_FROM + offsetof(struct record, field), \
		       "a record is a view from the time on")
SAME_PLACE(caplen);
SAME_PLACE(wirelen);
SAME_PLACE(flags);
_Static_assert(offsetof(struct pktcap_packet, reserved) <=
		       VIEW_FROM + sizeof(struct record),
	       "a record holds every field");
_Static_assert(sizeof(struct record) % ALIGN == 0, "records are aligned");

/*
 * Old records go a zone of the ring at a time: to go from one to the next for
 * each packet that comes would cost as much as copying it.
 */
struct zone {
	size_t first;	 /* the first record that begins there, or NONE */
	uint64_t number; /* of that record */
};

#define NONE SIZE_MAX

struct pktcap_file_recorder {
	size_t size;  /* of the ring */
	size_t head;  /* where the next record goes */
	size_t limit; /* zones are free for it up to here */
	size_t tail;  /* the oldest record */
	/*
	 * Records are from tail to head; with a head that is not behind the
	 * tail, from tail to end and from the start of the ring to head.
	 */
	size_t end;
	size_t zone_bytes;
	uint64_t number;      /* of the next record */
	uint64_t tail_number; /* of the oldest one; the same: there is none */
	uint64_t overwritten;
	uint64_t left_out;
	uint32_t snaplen;
	bool timed;	    /* after_ns runs from from_ns on */
	uint64_t window_ns; /* 0: no limit */
	int64_t newest_ns;  /* of all packets there ever were */
	/* After a trigger, else NULL: where packets go. */
	struct pktcap_file_writer *writer;
	uint64_t packets_left; /* 0: no limit */
	uint64_t after_ns;     /* 0: no limit */
	int64_t from_ns;
	struct zone zones[ZONES];
	uint8_t *ring;
};

/* There is no record. */
static void clear(struct pktcap_file_recorder *rec)
{
	rec->head = rec->limit = rec->tail = 0;
	for (size_t i = 0; i < ZONES; i++)
		rec->zones[i].first = NONE;
}

static int read_options(struct pktcap_file_recorder_opts *opts,
			const struct pktcap_file_recorder_opts *given,
			struct pktcap_error *error)
{
	int err = opts_copy(opts, sizeof(*opts), given, error);

	if (err)
		return err;
	if (!opts->bytes)
		opts->bytes = BYTES_DEFAULT;
	if (opts->bytes < BYTES_MIN || opts->bytes > BYTES_MAX)
		return error_set(error, -EINVAL, "bytes",
				 "bytes: out of range: 4096 to 1 TiB, or 0 for "
				 "the default");
	return 0;
}

int pktcap_file_recorder_open(struct pktcap_file_recorder **out,
			      const struct pktcap_file_recorder_opts *given,
			      struct pktcap_error *error)
{
	struct pktcap_file_recorder_opts opts;
	struct pktcap_file_recorder *rec = NULL;
	uint64_t longest;
	int err;

	*out = NULL;
	err = read_options(&opts, given, error);
	if (err)
		return err;
	opts.bytes -= opts.bytes % ALIGN;
	if (opts.bytes <= SIZE_MAX - sizeof(*rec))
		rec = malloc(sizeof(*rec) + (size_t)opts.bytes);
	if (!rec)
		return error_set(error, -ENOMEM, "malloc",
				 "no memory to record so much: ask for less "
				 "(bytes)");
	longest = opts.bytes - sizeof(struct record);
	if (!opts.snaplen)
		opts.snaplen = UINT32_MAX;
	*rec = (struct pktcap_file_recorder){
		.size = (size_t)opts.bytes,
		.zone_bytes = ((size_t)opts.bytes / ZONES / ALIGN + 1) * ALIGN,
		.window_ns = opts.window_ns,
		.snaplen = opts.snaplen < longest ? opts.snaplen
						  : (uint32_t)longest,
		.newest_ns = INT64_MIN,
		.ring = (uint8_t *)(rec + 1),
	};
	clear(rec);
	*out = rec;
	return 0;
}

static struct record *record_at(const struct pktcap_file_recorder *rec,
				size_t offset)
{
	return (struct record *)(void *)(rec->ring + offset);
}

static size_t record_bytes(uint32_t caplen)
{
	return sizeof(struct record) +
	       (((size_t)caplen + ALIGN - 1) & ~(size_t)(ALIGN - 1));
}

/* There is one. */
static void remove_oldest(struct pktcap_file_recorder *rec)
{
	bool wrapped = rec->tail >= rec->head;

	rec->tail += record_bytes(record_at(rec, rec->tail)->caplen);
	if (++rec->tail_number == rec->number)
		clear(rec);
	else if (wrapped && rec->tail == rec->end)
		rec->tail = 0;
}

/* The record at @offset, if it is the first that begins in its zone. */
static void enter_zone(struct pktcap_file_recorder *rec, size_t offset,
		       uint64_t number)
{
	struct zone *zone = &rec->zones[offset / rec->zone_bytes];

	if (zone->first == NONE)
		*zone = (struct zone){ offset, number };
}

/* Zones from the limit on, until there is room up to @to. */
static void free_zones(struct pktcap_file_recorder *rec, size_t to)
{
	while (rec->limit < to) {
		rec->zones[rec->limit / rec->zone_bytes].first = NONE;
		rec->limit += rec->zone_bytes;
		if (rec->limit > rec->size)
			rec->limit = rec->size;
	}
}

/* The zone of the oldest record is free: the next zone that has a record. */
static void find_tail(struct pktcap_file_recorder *rec)
{
	struct zone tail = { rec->head, rec->number };
	size_t at = rec->tail / rec->zone_bytes;

	for (size_t i = 1; i < ZONES; i++) {
		const struct zone *zone = &rec->zones[(at + i) % ZONES];

		/* A dump leaves zones that it emptied as they were. */
		if (zone->first != NONE && zone->number > rec->tail_number) {
			tail = *zone;
			break;
		}
	}
	rec->overwritten += tail.number - rec->tail_number;
	rec->tail = tail.first;
	rec->tail_number = tail.number;
}

/* The next record goes to the start of the ring. */
static void begin_anew(struct pktcap_file_recorder *rec)
{
	struct zone *zone = &rec->zones[rec->head / rec->zone_bytes];

	/* It was to begin here. */
	if (rec->head < rec->limit && zone->first == rec->head)
		zone->first = NONE;
	free_zones(rec, rec->size);
	rec->end = rec->head;
	rec->head = rec->limit = 0;
}

/*
 * Room for @n bytes, at most the whole ring, behind the newest record. Not a
 * part of what each packet goes through, or that saves registers for it.
 */
static __attribute__((noinline)) void
make_room(struct pktcap_file_recorder *rec, size_t n)
{
	if (rec->size - rec->head < n)
		begin_anew(rec);
	free_zones(rec, rec->head + n);
	if (rec->tail_number < rec->number &&
	    rec->zones[rec->tail / rec->zone_bytes].first == NONE)
		find_tail(rec);
	enter_zone(rec, rec->head, rec->number);
	if (rec->head + n < rec->limit)
		enter_zone(rec, rec->head + n, rec->number + 1);
}

/* @later minus @ts_ns, which is not later. */
static uint64_t elapsed(int64_t ts_ns, int64_t later)
{
	return (uint64_t)later - (uint64_t)ts_ns;
}

static void forget_old(struct pktcap_file_recorder *rec)
{
	while (rec->window_ns && rec->tail_number < rec->number &&
	       elapsed(record_at(rec, rec->tail)->ts_ns, rec->newest_ns) >
		       rec->window_ns) {
		remove_oldest(rec);
		rec->overwritten++;
	}
}

static void store(struct pktcap_file_recorder *rec,
		  const struct pktcap_packet *pkt)
{
	struct record *record;
	size_t n = record_bytes(pkt->caplen);

	if (rec->limit - rec->head < n)
		make_room(rec, n);
	record = record_at(rec, rec->head);
	/* What was written last is read as it was: the CPU forwards it. */
	record->ts_ns = pkt->ts_ns;
	memcpy((uint8_t *)record + sizeof(record->ts_ns),
	       (const uint8_t *)pkt + VIEW_FROM + sizeof(record->ts_ns),
	       sizeof(*record) - sizeof(record->ts_ns));
	if (pkt->caplen)
		memcpy(record + 1, pkt->data, pkt->caplen);
	rec->head += n;
	rec->number++;
}

/* True for the packet that comes too long after the trigger to be written. */
static bool is_over(struct pktcap_file_recorder *rec, int64_t ts_ns)
{
	if (!rec->after_ns)
		return false;
	if (!rec->timed)
		rec->from_ns = ts_ns;
	rec->timed = true;
	return ts_ns > rec->from_ns &&
	       elapsed(rec->from_ns, ts_ns) > rec->after_ns;
}

/* A packet after a trigger: a writer that fails gets no more of them. */
static int pass_on(struct pktcap_file_recorder *rec,
		   const struct pktcap_packet *pkt)
{
	bool over = is_over(rec, pkt->ts_ns);
	int err = over ? 0 : pktcap_file_writer_write(rec->writer, pkt);

	if (err == -EINVAL) {
		rec->left_out++;
		return err;
	}
	if (over || err)
		store(rec, pkt);
	else if (!rec->packets_left || --rec->packets_left)
		return 0;
	rec->writer = NULL;
	return err ? err : 1;
}

static int add(struct pktcap_file_recorder *rec,
	       const struct pktcap_packet *pkt)
{
	int ret = 0;

	if (rec->writer)
		ret = pass_on(rec, pkt);
	else
		store(rec, pkt);
	return ret;
}

static int add_cut(struct pktcap_file_recorder *rec, struct pktcap_packet pkt)
{
	if (pkt.wirelen < pkt.caplen)
		pkt.wirelen = pkt.caplen;
	pkt.caplen = rec->snaplen;
	pkt.flags |= PKTCAP_PACKET_TRUNCATED;
	return add(rec, &pkt);
}

int pktcap_file_recorder_add(struct pktcap_file_recorder *rec,
			     const struct pktcap_packet *pkt)
{
	if (pkt->ts_ns > rec->newest_ns)
		rec->newest_ns = pkt->ts_ns;
	if (pkt->caplen > rec->snaplen)
		return add_cut(rec, *pkt);
	return add(rec, pkt);
}

int pktcap_file_recorder_dump(struct pktcap_file_recorder *rec,
			      struct pktcap_file_writer *writer)
{
	int left_out = 0;

	forget_old(rec);
	while (rec->tail_number < rec->number) {
		const struct record *record = record_at(rec, rec->tail);
		struct pktcap_packet pkt = { .data = (const uint8_t *)(record +
								       1) };
		int err;

		memcpy((uint8_t *)&pkt + VIEW_FROM, record, sizeof(*record));
		err = pktcap_file_writer_write(writer, &pkt);
		if (err && err != -EINVAL)
			return err;
		if (err) {
			rec->left_out++;
			left_out = err;
		}
		remove_oldest(rec);
	}
	return left_out;
}

int pktcap_file_recorder_trigger(struct pktcap_file_recorder *rec,
				 struct pktcap_file_writer *writer,
				 uint64_t after_packets, uint64_t after_ns)
{
	int err = pktcap_file_recorder_dump(rec, writer);

	if (err && err != -EINVAL)
		return err;
	rec->writer = after_packets || after_ns ? writer : NULL;
	rec->packets_left = after_packets;
	rec->after_ns = after_ns;
	rec->timed = rec->newest_ns != INT64_MIN;
	rec->from_ns = rec->newest_ns;
	return err;
}

void pktcap_file_recorder_stats(struct pktcap_file_recorder *rec,
				struct pktcap_file_recorder_stats *stats)
{
	forget_old(rec);
	*stats = (struct pktcap_file_recorder_stats){
		.packets = rec->number - rec->tail_number,
		.overwritten = rec->overwritten,
		.left_out = rec->left_out,
	};
	if (!stats->packets)
		return;
	stats->bytes = rec->tail < rec->head ? rec->head - rec->tail
					     : rec->end - rec->tail + rec->head;
	stats->oldest_ns = record_at(rec, rec->tail)->ts_ns;
	stats->newest_ns = rec->newest_ns;
}

void pktcap_file_recorder_close(struct pktcap_file_recorder *rec)
{
	free(rec);
}
