// SPDX-License-Identifier: BSD-2-Clause
/*
 * Datagrams that are not complete stand in a table, in the order in which they
 * began; their bytes are pieces in a pool. Everything is in one allocation:
 * handle, table, room for the result, blocks.
 */
#include "reassemble/fragment.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/opts.h"
#include "reassemble/arrange.h"
#include "reassemble/timeout.h"

enum {
	MEMORY_DEFAULT = 4 << 20,
	MEMORY_MIN = 128 << 10,
	DATAGRAMS_DEFAULT = 1024,
	DATAGRAMS_MAX = 65536,
	NOT_KNOWN = UINT32_MAX,
};

#define MEMORY_MAX (UINT64_C(1) << 31)
#define TIMEOUT_DEFAULT (INT64_C(30) * 1000000000)

/* One that is not complete; numbers of others are from 1 on, 0 is none. */
struct datagram {
	struct fragment_key key;
	struct pieces pieces;
	int64_t since_ns;
	uint32_t total; /* bytes behind the header, NOT_KNOWN */
	uint32_t older, newer;
	uint32_t chain;	     /* the next one in its bucket */
	uint32_t header_len; /* 0: the first fragment is missing */
	uint8_t header[FRAGMENT_HEADER_MAX];
};

struct pktcap_fragments {
	struct pktcap_fragments_opts opts;
	struct pktcap_fragments_stats stats;
	struct pool pool;
	struct datagram *table;
	uint32_t *buckets; /* as many as the table has room for */
	uint32_t oldest, newest;
	uint32_t free;
	uint32_t fresh;
	struct pktcap_packet out;
	uint8_t *whole;
};

static struct datagram *datagram_of(const struct pktcap_fragments *f,
				    uint32_t number)
{
	return number ? &f->table[number - 1] : NULL;
}

static int check_opts(struct pktcap_fragments_opts *opts,
		      const struct pktcap_fragments_opts *given,
		      struct pktcap_error *error)
{
	int err = opts_copy(opts, sizeof(*opts), given, error);

	if (!err)
		err = arrange_policy(opts->overlap, &opts->timeout_ns,
				     TIMEOUT_DEFAULT, error);
	if (err)
		return err;
	err = arrange_option(&opts->memory, MEMORY_DEFAULT, MEMORY_MIN,
			     MEMORY_MAX, "memory", error);
	if (!err)
		err = arrange_table(&opts->datagrams, DATAGRAMS_DEFAULT,
				    DATAGRAMS_MAX,
				    opts->memory - FRAGMENT_WHOLE_MAX,
				    sizeof(struct datagram) + sizeof(uint32_t),
				    "datagrams", error);
	return err;
}

int pktcap_fragments_open(struct pktcap_fragments **out,
			  const struct pktcap_fragments_opts *given,
			  struct pktcap_error *error)
{
	struct pktcap_fragments_opts opts;
	struct pktcap_fragments *f;
	struct pool pool;
	size_t fixed;
	int err;

	*out = NULL;
	err = check_opts(&opts, given, error);
	if (err)
		return err;
	fixed = sizeof(*f) + FRAGMENT_WHOLE_MAX +
		opts.datagrams * (sizeof(struct datagram) + sizeof(uint32_t));
	f = arrange_memory(opts.memory, fixed, &pool, "collect fragments",
			   error);
	if (!f)
		return -ENOMEM;
	memset(f, 0, sizeof(*f));
	f->opts = opts;
	f->table = (struct datagram *)(void *)(f + 1);
	f->buckets = (uint32_t *)(void *)(f->table + opts.datagrams);
	memset(f->buckets, 0, opts.datagrams * sizeof(uint32_t));
	f->whole = (uint8_t *)(f->buckets + opts.datagrams);
	f->pool = pool;
	*out = f;
	return 0;
}

void pktcap_fragments_close(struct pktcap_fragments *f)
{
	free(f);
}

void pktcap_fragments_stats(const struct pktcap_fragments *f,
			    struct pktcap_fragments_stats *stats)
{
	*stats = f->stats;
	stats->blocks = f->pool.used;
}

static uint32_t *bucket_of(const struct pktcap_fragments *f,
			   const struct fragment_key *key)
{
	return hash_bucket(f->buckets, f->opts.datagrams, key, sizeof(*key));
}

static void drop(struct pktcap_fragments *f, uint32_t number)
{
	struct datagram *d = datagram_of(f, number);
	uint32_t *link = bucket_of(f, &d->key);

	while (*link != number)
		link = &datagram_of(f, *link)->chain;
	*link = d->chain;
	pieces_free(&f->pool, &d->pieces);
	if (d->older)
		datagram_of(f, d->older)->newer = d->newer;
	else
		f->oldest = d->newer;
	if (d->newer)
		datagram_of(f, d->newer)->older = d->older;
	else
		f->newest = d->older;
	d->newer = f->free;
	f->free = number;
	f->stats.held--;
}

static void expire(struct pktcap_fragments *f, int64_t now)
{
	while (f->oldest && is_timeout(now, datagram_of(f, f->oldest)->since_ns,
				       f->opts.timeout_ns)) {
		f->stats.timeouts++;
		drop(f, f->oldest);
	}
}

static void evict_oldest(struct pktcap_fragments *f)
{
	f->stats.evicted++;
	drop(f, f->oldest);
}

static uint32_t begin(struct pktcap_fragments *f,
		      const struct fragment_key *key, int64_t now)
{
	uint32_t *bucket = bucket_of(f, key);
	uint32_t number = f->free;
	struct datagram *d;

	if (!number && f->fresh == f->opts.datagrams) {
		evict_oldest(f);
		number = f->free;
	}
	if (number)
		f->free = datagram_of(f, number)->newer;
	else
		number = ++f->fresh;
	d = datagram_of(f, number);
	*d = (struct datagram){ .key = *key,
				.since_ns = now,
				.total = NOT_KNOWN,
				.older = f->newest,
				.chain = *bucket };
	*bucket = number;
	if (f->newest)
		datagram_of(f, f->newest)->newer = number;
	else
		f->oldest = number;
	f->newest = number;
	f->stats.held++;
	return number;
}

static uint32_t find(const struct pktcap_fragments *f,
		     const struct fragment_key *key)
{
	uint32_t number = *bucket_of(f, key);

	while (number &&
	       memcmp(&datagram_of(f, number)->key, key, sizeof(*key)) != 0)
		number = datagram_of(f, number)->chain;
	return number;
}

/* Does where this one ends contradict what is known, or the length's field? */
static bool fits(const struct datagram *d, const struct fragment *frag)
{
	size_t end = frag->offset + frag->data.n;
	size_t total = frag->more && d->total != NOT_KNOWN ? d->total : end;
	size_t header = frag->offset ? d->header_len : frag->header_len;

	if (d->total != NOT_KNOWN &&
	    (frag->more ? end > d->total : end != d->total))
		return false;
	if (header)
		header -= fragment_not_counted(frag->key.version);
	return header + total <= FRAGMENT_PAYLOAD_MAX;
}

/* A last fragment in front of bytes that are there. */
static bool ends_early(const struct pktcap_fragments *f,
		       const struct datagram *d, const struct fragment *frag)
{
	const struct block *last = block_of(&f->pool, d->pieces.last);

	return !frag->more && last &&
	       last->at + last->len > frag->offset + frag->data.n;
}

/* 0, or -EPROTO: the datagram was dropped for an overlap. */
static int judge(struct pktcap_fragments *f, uint32_t number,
		 const struct fragment *frag)
{
	struct datagram *d = datagram_of(f, number);
	struct pieces_seen seen =
		pieces_look(&f->pool, &d->pieces, frag->offset, frag->data);

	if (!seen.known)
		return 0;
	if (seen.known == frag->data.n && !seen.differs) {
		f->stats.duplicates++;
		return 0;
	}
	f->stats.overlaps++;
	if (f->opts.overlap != PKTCAP_OVERLAP_REJECT)
		return 0;
	f->stats.rejected++;
	drop(f, number);
	return -EPROTO;
}

/* Its bytes, for which others go; false if it is too much alone. */
static bool store(struct pktcap_fragments *f, uint32_t number,
		  const struct fragment *frag)
{
	struct datagram *d = datagram_of(f, number);
	struct pieces_seen seen;

	while (!pieces_add(&f->pool, &d->pieces, frag->offset, frag->data,
			   f->opts.overlap, &seen)) {
		bool alone = f->oldest == number && f->newest == number;
		uint32_t victim = f->oldest == number ? d->newer : f->oldest;

		f->stats.evicted++;
		drop(f, alone ? number : victim);
		if (alone)
			return false;
	}
	return true;
}

static void note_ends(struct datagram *d, const struct fragment *frag)
{
	if (!frag->more)
		d->total = (uint32_t)(frag->offset + frag->data.n);
	if (!frag->offset && !d->header_len) {
		d->header_len = (uint32_t)frag->header_len;
		memcpy(d->header, frag->header, frag->header_len);
	}
}

static void deliver(struct pktcap_fragments *f, uint32_t number,
		    const struct pktcap_packet *pkt)
{
	const struct datagram *d = datagram_of(f, number);
	const struct block *block = block_of(&f->pool, d->pieces.first);
	size_t len = d->header_len + d->total;

	memcpy(f->whole, d->header, d->header_len);
	for (; block; block = block_of(&f->pool, block->next))
		memcpy(f->whole + d->header_len + block->at, block->data,
		       block->len);
	fragment_fix_header(f->whole, d->key.version, d->header_len, len);
	f->out = (struct pktcap_packet){
		.data = f->whole,
		.ts_ns = pkt->ts_ns,
		.caplen = (uint32_t)len,
		.wirelen = (uint32_t)len,
		.ifindex = pkt->ifindex,
		.flags = pkt->flags & PKTCAP_PACKET_LOSING,
		.linktype = FRAGMENT_LINKTYPE,
		.protocol = d->key.version == 4 ? 0x0800 : 0x86dd,
		.hatype = pkt->hatype,
		.pkttype = pkt->pkttype,
		.direction = pkt->direction,
		.clock = pkt->clock,
	};
	f->stats.datagrams++;
	drop(f, number);
}

static bool is_whole(const struct datagram *d)
{
	return d->header_len && d->pieces.bytes == d->total;
}

int pktcap_fragments_add(struct pktcap_fragments *f,
			 const struct pktcap_packet *pkt,
			 const struct pktcap_layer *layers, size_t n,
			 const struct pktcap_packet **out)
{
	struct fragment frag;
	uint32_t number;
	int err;

	*out = NULL;
	err = fragment_of(layers, n, &frag);
	if (err == -EPROTOTYPE)
		return err;
	f->stats.fragments++;
	f->stats.cut += err == -ENODATA;
	f->stats.bad += err == -EPROTO;
	expire(f, pkt->ts_ns);
	if (err)
		return err;
	number = find(f, &frag.key);
	if (!number)
		number = begin(f, &frag.key, pkt->ts_ns);
	if (!fits(datagram_of(f, number), &frag) ||
	    ends_early(f, datagram_of(f, number), &frag)) {
		f->stats.bad++;
		return -EPROTO;
	}
	err = judge(f, number, &frag);
	if (err || !store(f, number, &frag))
		return err;
	note_ends(datagram_of(f, number), &frag);
	if (!is_whole(datagram_of(f, number)))
		return 0;
	deliver(f, number, pkt);
	*out = &f->out;
	return 1;
}
