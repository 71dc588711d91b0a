// SPDX-License-Identifier: BSD-2-Clause
/*
 * Offsets count from the first byte of a stream and do not wrap; sequence
 * numbers do, and are only compared with the next one that is expected.
 */
#include "reassemble/stream.h"

/* Windows are at most a GiB (RFC 7323, 2.3). */
enum { FAR = 1 << 30, STRAYS_ENOUGH = 4 };

static int64_t distance(const struct side *side, uint32_t seq)
{
	return (int32_t)(seq - side->seq);
}

void side_start(struct side *side, uint32_t seq)
{
	side->seq = seq;
	side->first = seq;
	side->known = true;
}

bool side_is_outside(const struct side *side, const struct segment *seg)
{
	int64_t d = distance(side, seg->seq);

	return d > FAR || d < -FAR;
}

static void advance(struct side *side, uint64_t n)
{
	side->next += n;
	side->seq += (uint32_t)n;
}

static void deliver(struct pktcap_streams *s, struct connection *c,
		    unsigned int direction, struct bytes bytes)
{
	struct side *side = &c->side[direction];
	const struct pktcap_stream_data data = {
		.data = bytes.p,
		.offset = side->next,
		.gap = side->gap,
		.ts_ns = s->now,
		.len = (uint32_t)bytes.n,
		.direction = direction,
	};

	c->view.bytes[direction] += bytes.n;
	s->stats.bytes += bytes.n;
	side->gap = 0;
	if (s->opts.on_data)
		s->opts.on_data(s->opts.arg, &c->view, &data);
	advance(side, bytes.n);
}

static void lose(struct pktcap_streams *s, struct connection *c,
		 unsigned int direction, uint64_t n)
{
	struct side *side = &c->side[direction];

	side->gap += n;
	c->view.lost[direction] += n;
	s->stats.lost += n;
	advance(side, n);
}

/* What waits and is next now. */
static void drain_waiting(struct pktcap_streams *s, struct connection *c,
			  unsigned int direction)
{
	struct side *side = &c->side[direction];
	const struct block *block;

	while ((block = block_of(&s->pool, side->waiting.first)) &&
	       block->at == side->next) {
		deliver(s, c, direction,
			(struct bytes){ block->data, block->len });
		pieces_shift(&s->pool, &side->waiting);
	}
}

/* Gives up what the capture cut out, if it is next and was not seen before. */
static bool lose_cut(struct pktcap_streams *s, struct connection *c,
		     unsigned int direction, uint64_t from, uint64_t to)
{
	const struct side *side = &c->side[direction];
	const struct block *block = block_of(&s->pool, side->waiting.first);

	if (side->next < from || side->next >= to)
		return false;
	if (block && block->at < to)
		to = block->at;
	lose(s, c, direction, to - side->next);
	return true;
}

static void drain(struct pktcap_streams *s, struct connection *c,
		  unsigned int direction)
{
	const struct side *side = &c->side[direction];

	do
		drain_waiting(s, c, direction);
	while (lose_cut(s, c, direction, side->cut_from, side->cut_to));
}

/* Gives up what is missing in front of the first bytes that wait. */
static void pass_hole(struct pktcap_streams *s, struct connection *c,
		      unsigned int direction)
{
	const struct side *side = &c->side[direction];
	const struct block *block = block_of(&s->pool, side->waiting.first);

	if (block->at > side->next)
		lose(s, c, direction, block->at - side->next);
	drain(s, c, direction);
}

static void flush_side(struct pktcap_streams *s, struct connection *c,
		       unsigned int direction)
{
	while (c->side[direction].waiting.first)
		pass_hole(s, c, direction);
}

void ages_remove(struct pktcap_streams *s, struct ages *ages,
		 const struct connection *c, enum row row)
{
	const struct place *place = &c->places[row];

	if (place->older)
		connection_of(s, place->older)->places[row].newer =
			place->newer;
	else
		ages->oldest = place->newer;
	if (place->newer)
		connection_of(s, place->newer)->places[row].older =
			place->older;
	else
		ages->newest = place->older;
}

void ages_append(struct pktcap_streams *s, struct ages *ages,
		 struct connection *c, enum row row)
{
	uint32_t number = (uint32_t)(c - s->table) + 1;

	c->places[row] = (struct place){ .older = ages->newest };
	if (ages->newest)
		connection_of(s, ages->newest)->places[row].newer = number;
	else
		ages->oldest = number;
	ages->newest = number;
}

void stream_note_waiting(struct pktcap_streams *s, struct connection *c)
{
	if (c->waits)
		ages_remove(s, &s->waiting, c, BY_WAITING);
	c->waits = c->side[0].waiting.first || c->side[1].waiting.first;
	if (c->waits)
		ages_append(s, &s->waiting, c, BY_WAITING);
}

void stream_flush(struct pktcap_streams *s, struct connection *c)
{
	flush_side(s, c, 0);
	flush_side(s, c, 1);
	stream_note_waiting(s, c);
}

/*
 * All blocks are in use: whoever was silent longest gives up its holes. Only
 * those that have some are looked at, of which there may be few among many.
 */
static bool relieve(struct pktcap_streams *s, const struct connection *c)
{
	struct connection *other = connection_of(s, s->waiting.oldest);

	if (other == c)
		other = connection_of(s, c->places[BY_WAITING].newer);
	if (!other)
		return false;
	stream_flush(s, other);
	return true;
}

bool stream_resume(struct pktcap_streams *s, struct connection *c,
		   unsigned int direction, const struct segment *seg)
{
	struct side *side = &c->side[direction];
	bool continues = side->strays && seg->seq == side->strays_end;

	/* Nothing comes behind a FIN. */
	if (!seg->wire || side->fin)
		return false;
	side->strays = continues ? side->strays + 1 : 1;
	side->strays_end = seg->seq + seg->wire;
	if (side->strays < STRAYS_ENOUGH)
		return false;
	flush_side(s, c, direction);
	lose(s, c, direction, (uint32_t)(seg->seq - side->seq));
	return true;
}

static void note_retransmit(struct pktcap_streams *s, struct connection *c,
			    unsigned int direction)
{
	s->stats.retransmits++;
	c->view.retransmits[direction]++;
}

/* There is no room for these: what is in front of them is lost. */
static void deliver_late(struct pktcap_streams *s, struct connection *c,
			 unsigned int direction, uint64_t at,
			 struct bytes bytes)
{
	const struct side *side = &c->side[direction];

	flush_side(s, c, direction);
	if (at > side->next)
		lose(s, c, direction, at - side->next);
	bytes = bytes_slice(bytes, (size_t)(side->next - at), SIZE_MAX);
	if (bytes.n)
		deliver(s, c, direction, bytes);
}

/*
 * A block with a byte in it counts as a full one: it takes as much memory, and
 * nobody may have much of it for little.
 */
static bool is_too_much(const struct pktcap_streams *s,
			const struct pieces *waiting)
{
	return waiting->bytes > s->opts.waiting ||
	       waiting->blocks > s->opts.waiting / BLOCK_DATA + 1;
}

/* Bytes at @at, which is not in front of what is next. */
static void wait_for_others(struct pktcap_streams *s, struct connection *c,
			    unsigned int direction, uint64_t at,
			    struct bytes bytes)
{
	struct side *side = &c->side[direction];
	struct pieces_seen seen =
		pieces_look(&s->pool, &side->waiting, at, bytes);

	s->stats.overlaps += seen.differs;
	if (seen.known == bytes.n)
		note_retransmit(s, c, direction);
	while (!pieces_add(&s->pool, &side->waiting, at, bytes, s->opts.overlap,
			   &seen))
		if (!relieve(s, c)) {
			deliver_late(s, c, direction, at, bytes);
			return;
		}
	while (is_too_much(s, &side->waiting))
		pass_hole(s, c, direction);
	drain(s, c, direction);
}

/* Bytes from @at on, of which @bytes were captured and begin at next. */
static bool is_simple(const struct pktcap_streams *s, const struct side *side,
		      size_t n)
{
	const struct block *block = block_of(&s->pool, side->waiting.first);

	return !block || block->at >= side->next + n;
}

static void take(struct pktcap_streams *s, struct connection *c,
		 unsigned int direction, uint64_t at, struct bytes bytes)
{
	struct side *side = &c->side[direction];

	if (!bytes.n)
		return;
	if (at == side->next && is_simple(s, side, bytes.n)) {
		deliver(s, c, direction, bytes);
		drain(s, c, direction);
		return;
	}
	wait_for_others(s, c, direction, at, bytes);
}

/*
 * What the capture cut out of a segment will not come again. One range is kept
 * that is not next yet: others are lost when what is behind is acknowledged.
 */
static void take_cut(struct pktcap_streams *s, struct connection *c,
		     unsigned int direction, uint64_t from, uint64_t to)
{
	struct side *side = &c->side[direction];
	bool is_over = side->cut_to <= side->next;

	if (lose_cut(s, c, direction, from, to)) {
		drain(s, c, direction);
	} else if (!is_over && from == side->cut_to) {
		side->cut_to = to;
	} else if (to > side->next && (is_over || from < side->cut_from)) {
		side->cut_from = from;
		side->cut_to = to;
	}
}

/* The first in the order of bytes, which is not always the first that came. */
static void note_fin(struct side *side, uint64_t at)
{
	if (side->fin && side->fin_at <= at)
		return;
	side->fin = true;
	side->fin_at = at;
}

void stream_data(struct pktcap_streams *s, struct connection *c,
		 unsigned int direction, const struct segment *seg)
{
	struct side *side = &c->side[direction];
	/* Relative to what is next. */
	int64_t from = distance(side, seg->seq), to = from + seg->wire;
	int64_t cut = from + (int64_t)seg->data.n;
	uint64_t next = side->next;

	if (to >= 0 && seg->flags & PKTCAP_TCP_FIN)
		note_fin(side, next + (uint64_t)to);
	if (to <= 0) {
		if (seg->wire)
			note_retransmit(s, c, direction);
		return;
	}
	/* Nothing in front of what is next counts. */
	if (from >= 0)
		take(s, c, direction, next + (uint64_t)from, seg->data);
	else
		take(s, c, direction, next,
		     bytes_slice(seg->data, (size_t)-from, SIZE_MAX));
	if (cut < to)
		take_cut(s, c, direction, next + (cut > 0 ? (uint64_t)cut : 0),
			 next + (uint64_t)to);
}

void stream_acked(struct pktcap_streams *s, struct connection *c,
		  unsigned int direction, uint32_t ack)
{
	struct side *side = &c->side[direction];
	int64_t d = distance(side, ack);
	const struct block *block;
	uint64_t upto;

	if (d <= 0)
		return;
	upto = side->next + (uint64_t)d;
	while ((block = block_of(&s->pool, side->waiting.first)) &&
	       block->at <= upto)
		pass_hole(s, c, direction);
	/* A FIN takes a number, too. */
	if (side->fin && upto > side->fin_at && side->next < side->fin_at)
		lose(s, c, direction, side->fin_at - side->next);
}
