// SPDX-License-Identifier: BSD-2-Clause
/*
 * The table of connections, in the order in which they were heard of last,
 * those that ended apart.
 * Handle, table, buckets and blocks are one allocation.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/opts.h"
#include "reassemble/arrange.h"
#include "reassemble/stream.h"
#include "reassemble/timeout.h"

enum {
	MEMORY_DEFAULT = 32 << 20,
	MEMORY_MIN = 64 << 10,
	CONNECTIONS_DEFAULT = 8192,
	CONNECTIONS_MAX = 1 << 20,
	WAITING_DEFAULT = 1 << 20,
	WAITING_MIN = 4096,
	WAITING_MAX = 1 << 30,
};

#define MEMORY_MAX (UINT64_C(1) << 32)
#define TIMEOUT_DEFAULT (INT64_C(300) * 1000000000)
/* So long an end that closed keeps its ports, as a rule. */
#define REUSE_SILENCE (INT64_C(60) * 1000000000)

static int check_numbers(struct pktcap_streams_opts *opts,
			 struct pktcap_error *error)
{
	const size_t each = sizeof(struct connection) + sizeof(uint32_t);
	uint64_t waiting = opts->waiting;
	int err = arrange_option(&opts->memory, MEMORY_DEFAULT, MEMORY_MIN,
				 MEMORY_MAX, "memory", error);

	if (!err)
		err = arrange_table(&opts->connections, CONNECTIONS_DEFAULT,
				    CONNECTIONS_MAX, opts->memory, each,
				    "connections", error);
	if (!err)
		err = arrange_option(&waiting, WAITING_DEFAULT, WAITING_MIN,
				     WAITING_MAX, "waiting", error);
	opts->waiting = (uint32_t)waiting;
	return err;
}

static int check_opts(struct pktcap_streams_opts *opts,
		      const struct pktcap_streams_opts *given,
		      struct pktcap_error *error)
{
	int err = opts_copy(opts, sizeof(*opts), given, error);

	if (!err)
		err = arrange_policy(opts->overlap, &opts->timeout_ns,
				     TIMEOUT_DEFAULT, error);
	if (err)
		return err;
	return check_numbers(opts, error);
}

int pktcap_streams_open(struct pktcap_streams **out,
			const struct pktcap_streams_opts *given,
			struct pktcap_error *error)
{
	const size_t each = sizeof(struct connection) + sizeof(uint32_t);
	struct pktcap_streams_opts opts;
	struct pktcap_streams *s;
	struct pool pool;
	size_t fixed;
	int err;

	*out = NULL;
	err = check_opts(&opts, given, error);
	if (err)
		return err;
	fixed = sizeof(*s) + opts.connections * each;
	s = arrange_memory(opts.memory, fixed, &pool, "follow streams", error);
	if (!s)
		return -ENOMEM;
	memset(s, 0, sizeof(*s));
	s->opts = opts;
	s->table = (struct connection *)(void *)(s + 1);
	s->buckets = (uint32_t *)(void *)(s->table + opts.connections);
	memset(s->buckets, 0, opts.connections * sizeof(uint32_t));
	s->pool = pool;
	*out = s;
	return 0;
}

void pktcap_streams_close(struct pktcap_streams *s)
{
	free(s);
}

void pktcap_streams_stats(const struct pktcap_streams *s,
			  struct pktcap_streams_stats *stats)
{
	*stats = s->stats;
	stats->blocks = s->pool.used;
}

static uint32_t *bucket_of(const struct pktcap_streams *s,
			   const struct segment_key *key)
{
	return hash_bucket(s->buckets, s->opts.connections, key, sizeof(*key));
}

static void unlink_age(struct pktcap_streams *s, const struct connection *c)
{
	ages_remove(s, &s->ages[c->ended], c, BY_AGE);
}

static void link_newest(struct pktcap_streams *s, struct connection *c)
{
	ages_append(s, &s->ages[c->ended], c, BY_AGE);
}

/* Told once; what is left keeps late segments from beginning a new stream. */
static void end_stream(struct pktcap_streams *s, struct connection *c,
		       enum pktcap_stream_end end)
{
	if (c->ended)
		return;
	stream_flush(s, c);
	unlink_age(s, c);
	c->ended = true;
	link_newest(s, c);
	s->stats.held--;
	s->stats.timeouts += end == PKTCAP_STREAM_TIMEOUT;
	s->stats.evicted += end == PKTCAP_STREAM_EVICTED;
	if (s->opts.on_end)
		s->opts.on_end(s->opts.arg, &c->view, end);
}

static void forget(struct pktcap_streams *s, uint32_t number,
		   enum pktcap_stream_end end)
{
	struct connection *c = connection_of(s, number);
	uint32_t *link = bucket_of(s, &c->key);

	end_stream(s, c, end);
	while (*link != number)
		link = &connection_of(s, *link)->chain;
	*link = c->chain;
	unlink_age(s, c);
	c->places[BY_AGE].newer = s->free;
	s->free = number;
}

static void expire_ages(struct pktcap_streams *s, const struct ages *ages)
{
	while (ages->oldest &&
	       is_timeout(s->now, connection_of(s, ages->oldest)->view.last_ns,
			  s->opts.timeout_ns))
		forget(s, ages->oldest, PKTCAP_STREAM_TIMEOUT);
}

static void expire(struct pktcap_streams *s)
{
	expire_ages(s, &s->ages[0]);
	expire_ages(s, &s->ages[1]);
}

void pktcap_streams_flush(struct pktcap_streams *s)
{
	for (int ended = 0; ended < 2; ended++)
		while (s->ages[ended].oldest)
			forget(s, s->ages[ended].oldest, PKTCAP_STREAM_FLUSHED);
}

static uint32_t find(const struct pktcap_streams *s,
		     const struct segment_key *key)
{
	uint32_t number = *bucket_of(s, key);

	while (number &&
	       memcmp(&connection_of(s, number)->key, key, sizeof(*key)) != 0)
		number = connection_of(s, number)->chain;
	return number;
}

/* Those that go on stay as long as one that ended can go. */
static uint32_t take_number(struct pktcap_streams *s)
{
	uint32_t number = s->ages[1].oldest;

	if (!s->free && s->fresh == s->opts.connections)
		forget(s, number ? number : s->ages[0].oldest,
		       PKTCAP_STREAM_EVICTED);
	number = s->free;
	if (!number)
		return ++s->fresh;
	s->free = connection_of(s, number)->places[BY_AGE].newer;
	return number;
}

/* Who sends the SYN is the client, and who answers one the server. */
static struct connection *begin(struct pktcap_streams *s,
				const struct segment *seg)
{
	bool answer = (seg->flags & (PKTCAP_TCP_SYN | PKTCAP_TCP_ACK)) ==
		      (PKTCAP_TCP_SYN | PKTCAP_TCP_ACK);
	unsigned int client = answer ? !seg->from : seg->from;
	const struct segment_key *key = &seg->key;
	uint32_t number = take_number(s), *bucket = bucket_of(s, key);
	struct connection *c = connection_of(s, number);

	*c = (struct connection){
		.view = {
			.id = ++s->stats.opened,
			.opened_ns = seg->ts_ns,
			.last_ns = seg->ts_ns,
			.client_port = key->port[client],
			.server_port = key->port[!client],
			.version = key->version,
			.flags = seg->flags & PKTCAP_TCP_SYN
					 ? 0
					 : PKTCAP_STREAM_MIDSTREAM,
		},
		.key = *key,
		.chain = *bucket,
		.client = (uint8_t)client,
	};
	memcpy(c->view.client, key->address[client], 16);
	memcpy(c->view.server, key->address[!client], 16);
	*bucket = number;
	link_newest(s, c);
	s->stats.held++;
	if (s->opts.on_open)
		s->opts.on_open(s->opts.arg, &c->view);
	return c;
}

static bool is_syn(const struct segment *seg)
{
	return (seg->flags & (PKTCAP_TCP_SYN | PKTCAP_TCP_ACK)) ==
	       PKTCAP_TCP_SYN;
}

/* Begins, or is answer to the beginning of, another stream than this one. */
static bool is_foreign_syn(const struct connection *c,
			   const struct segment *seg)
{
	const struct side *side = &c->side[seg->from != c->client];

	return seg->flags & PKTCAP_TCP_SYN && side->known &&
	       seg->seq != side->first;
}

/*
 * Hosts answer a SYN in the middle of a connection with an acknowledgement and
 * go on (RFC 5961, 4): it ends the stream only if nobody says otherwise, or the
 * other end takes it. Any SYN behind the end counts, for some repeat theirs as
 * it was when it was refused.
 */
static bool is_reuse(const struct connection *c, const struct segment *seg)
{
	const struct side *other = &c->side[seg->from == c->client];

	if (!is_syn(seg))
		return seg->flags & PKTCAP_TCP_SYN && c->has_syn &&
		       seg->from != c->syn_from && seg->ack == c->syn;
	return c->ended ||
	       (is_foreign_syn(c, seg) &&
		(!other->heard ||
		 is_timeout(seg->ts_ns, c->view.last_ns, REUSE_SILENCE)));
}

static void note_syn(struct connection *c, unsigned int from, uint32_t seq)
{
	c->has_syn = true;
	c->syn_from = (uint8_t)from;
	c->syn = seq;
}

/*
 * The new stream in place of number @number. Where nobody has answered the old
 * one's SYN, the answer to that one may still come.
 */
static struct connection *begin_again(struct pktcap_streams *s, uint32_t number,
				      const struct segment *seg)
{
	const struct connection *c = connection_of(s, number);
	const struct side *side = &c->side[seg->from != c->client];
	bool waits = !c->ended && is_syn(seg);
	struct connection *again;
	uint32_t first = side->first;

	forget(s, number, PKTCAP_STREAM_REUSED);
	again = begin(s, seg);
	if (waits)
		note_syn(again, seg->from, first);
	return again;
}

/* The connection of a segment; NULL if it is of none, or changes nothing. */
static struct connection *connection_for(struct pktcap_streams *s,
					 const struct segment *seg)
{
	uint32_t number = find(s, &seg->key);
	struct connection *c = connection_of(s, number);

	if (c && is_reuse(c, seg))
		return begin_again(s, number, seg);
	if (c && !c->ended && is_foreign_syn(c, seg)) {
		if (is_syn(seg))
			note_syn(c, seg->from, seg->seq);
		s->stats.outside++;
		return NULL;
	}
	if (c) {
		unlink_age(s, c);
		link_newest(s, c);
		c->view.last_ns = seg->ts_ns;
		return c->ended ? NULL : c;
	}
	if (seg->flags & PKTCAP_TCP_RST ||
	    (!(seg->flags & PKTCAP_TCP_SYN) && !seg->wire))
		return NULL;
	return begin(s, seg);
}

/*
 * A reset counts where the receiver takes it: at the number that it expects,
 * which may be more than was captured, and behind a FIN at that of the FIN,
 * too. Others it only answers (RFC 5961, 3). In answer to a SYN it is 0.
 */
static bool is_reset(const struct side *side, const struct side *other,
		     const struct segment *seg)
{
	if (side->has_acked && seg->seq == side->acked)
		return true;
	if (!side->known)
		return seg->flags & PKTCAP_TCP_ACK && other->known &&
		       seg->ack == other->seq;
	return seg->seq == side->seq ||
	       (side_is_done(side) && seg->seq == side->seq + 1);
}

/*
 * Without ACK hosts take nothing but a SYN or a RST (RFC 9293, 3.10.7.4). Where
 * nobody has ever set it, this is no host's traffic, and none is expected.
 */
static bool lacks_ack(const struct connection *c, const struct segment *seg)
{
	return c->acks && !(seg->flags & (PKTCAP_TCP_SYN | PKTCAP_TCP_ACK));
}

static void note_acked(struct side *side, uint32_t ack)
{
	if (!side->has_acked || (int32_t)(ack - side->acked) > 0)
		side->acked = ack;
	side->has_acked = true;
}

static void follow(struct pktcap_streams *s, struct connection *c,
		   const struct segment *seg)
{
	unsigned int direction = seg->from != c->client;
	struct side *side = &c->side[direction], *other = &c->side[!direction];
	bool acks = seg->flags & PKTCAP_TCP_ACK;

	if (seg->flags & PKTCAP_TCP_RST) {
		if (is_reset(side, other, seg))
			end_stream(s, c, PKTCAP_STREAM_RST);
		else
			s->stats.outside++;
		return;
	}
	if (lacks_ack(c, seg)) {
		s->stats.outside++;
		return;
	}
	c->acks |= acks;
	side->heard = true;
	if (!side->known)
		side_start(side, seg->seq);
	/* The answer to the SYN was missed. Later, this may acknowledge what
	 * the capture has behind it. */
	if (acks && !other->known && !(c->view.flags & PKTCAP_STREAM_MIDSTREAM))
		side_start(other, seg->ack);
	if (!side_is_outside(side, seg)) {
		side->strays = 0;
	} else if (!stream_resume(s, c, direction, seg)) {
		s->stats.outside++;
		return;
	}
	stream_data(s, c, direction, seg);
	if (acks)
		note_acked(other, seg->ack);
	if (acks && other->known)
		stream_acked(s, c, !direction, seg->ack);
	stream_note_waiting(s, c);
	if (side_is_done(side) && side_is_done(other))
		end_stream(s, c, PKTCAP_STREAM_FIN);
}

int pktcap_streams_add(struct pktcap_streams *s,
		       const struct pktcap_packet *pkt,
		       const struct pktcap_layer *layers, size_t n)
{
	struct connection *c;
	struct segment seg;
	int err = segment_of(pkt, layers, n, &seg);

	if (err)
		return err;
	s->stats.segments++;
	s->now = pkt->ts_ns;
	expire(s);
	c = connection_for(s, &seg);
	if (c)
		follow(s, c, &seg);
	return 0;
}
