// SPDX-License-Identifier: BSD-2-Clause
/*
 * From the last instruction to the first: how far each jump goes is known then.
 */
#include "filter/emit.h"

#include <errno.h>
#include <string.h>

#include "filter/graph_table.h"

/* So many are looked at in search of one that ends alike. */
enum { ALIKE_STEPS = 64 };

static uint32_t compare_code(uint32_t compare)
{
	switch (compare) {
	case FILTER_EQ:
		return BPF_JMP | BPF_JEQ;
	case FILTER_GT:
		return BPF_JMP | BPF_JGT;
	case FILTER_GE:
		return BPF_JMP | BPF_JGE;
	default:
		return BPF_JMP | BPF_JSET;
	}
}

/* Indices count from the end, where the program begins to be known. */
static void put(struct emit *e, struct pktcap_insn insn)
{
	if (e->out_n == e->out_room) {
		if (!e->code.error)
			e->code.error = -E2BIG;
		return;
	}
	e->out[e->out_room - ++e->out_n] = insn;
}

/*
 * Makes @to reachable by a branch a few instructions before what is there:
 * through a jump, if it is too far. One serves all branches that reach it.
 */
static void bring_near(struct emit *e, const struct filter_node *to,
		       enum emit_entry entry)
{
	enum { NEAR = 255 - 2 }; /* two such jumps may come between */
	struct place *place = &e->places[e->place_of[to->id]];
	uint32_t distance = e->out_n - place->where[entry] - 1;

	if (e->out_n - 1 - place->near[entry] <= NEAR)
		return;
	put(e, (struct pktcap_insn){ BPF_JMP | BPF_JA, 0, 0, distance });
	place->near[entry] = e->out_n - 1;
}

static uint8_t jump_to(const struct emit *e, const struct filter_node *to,
		       enum emit_entry entry)
{
	const struct place *place = &e->places[e->place_of[to->id]];

	return (uint8_t)(e->out_n - 1 - place->near[entry]);
}

static void put_branch(struct emit *e, const struct filter_node *node,
		       const struct place *place)
{
	struct pktcap_insn insn = { .code = (uint16_t)place->branch.code,
				    .k = place->branch.k };

	bring_near(e, node->f, place->f);
	bring_near(e, node->t, place->t);
	insn.jt = jump_to(e, node->t, place->t);
	insn.jf = jump_to(e, node->f, place->f);
	if (place->exchanged) {
		uint8_t jt = insn.jt;

		insn.jt = insn.jf;
		insn.jf = jt;
	}
	put(e, insn);
}

static void put_way(struct emit *e, uint32_t to)
{
	uint32_t distance = e->out_n - to - 1;

	if (distance)
		put(e,
		    (struct pktcap_insn){ BPF_JMP | BPF_JA, 0, 0, distance });
}

/*
 * Returns are at the end, each there once: the kernel believes that what is
 * behind one is reached from there, with the scratch memory written so far.
 */
static void put_return(struct emit *e, const struct filter_node *leaf)
{
	if (!leaf->a || filter_is_const(leaf->a)) {
		put(e, (struct pktcap_insn){ BPF_RET | BPF_K, 0, 0,
					     leaf->a ? leaf->a->k : e->keep });
	} else if (e->return_a) {
		put_way(e, e->return_a - 1);
	} else {
		put(e, (struct pktcap_insn){ BPF_RET | BPF_A, 0, 0, 0 });
		e->return_a = e->out_n;
	}
}

static bool has_same_code(const struct emit *e, const struct place *p,
			  const struct place *q)
{
	return p->code_n == q->code_n &&
	       !memcmp(e->code.insns + p->code_at, e->code.insns + q->code_at,
		       p->code_n * sizeof(*e->code.insns));
}

static struct branch let_of(const struct emit *e, const struct filter_node *let,
			    const struct place *place)
{
	uint32_t next = e->places[e->place_of[let->t->id]].where[place->t];
	bool loaded = e->code.loaded >> e->variable_at[let->b->k] & 1;

	if (!loaded || !filter_let_matters(let, let->t) ||
	    emit_is_in_place(e, let))
		return (struct branch){ .t = next, .f = next };
	return (struct branch){ .code = emit_let_by_x(let) ? BPF_STX : BPF_ST,
				.k = e->variable_at[let->b->k],
				.t = next,
				.f = next };
}

static struct branch branch_of(const struct emit *e,
			       const struct filter_node *node,
			       const struct place *place)
{
	const struct place *t = &e->places[e->place_of[node->t->id]];
	const struct place *f = &e->places[e->place_of[node->f->id]];
	bool immediate = filter_is_const(node->b);
	uint32_t compare = place->exchanged ? FILTER_GE : node->compare;
	struct branch branch = {
		.code = compare_code(compare) | (immediate ? BPF_K : BPF_X),
		.k = immediate ? node->b->k : 0,
		.t = t->where[place->t],
		.f = f->where[place->f],
	};

	if (place->exchanged) { /* a > b is not b >= a */
		branch.t = f->where[place->f];
		branch.f = t->where[place->t];
	}
	return branch;
}

/*
 * Ways through different fields often end alike: with the same comparisons of
 * whatever is in the accumulator. Those are there once. Returns true if @at is
 * already there, or else remembers it for those before it.
 */
static bool find_alike(struct emit *e, size_t at)
{
	struct place *place = &e->places[at], *other;
	const struct branch *branch = &place->branch;
	uint32_t h = filter_hash(filter_pair(branch->code, branch->k),
				 filter_pair(branch->t, branch->f));
	uint32_t *bucket = &e->tails[h & (e->tail_n - 1)];
	uint32_t steps = ALIKE_STEPS;

	for (uint32_t i = *bucket; i && steps--; i = other->tail_next) {
		other = &e->places[i - 1];
		if (memcmp(&other->branch, &place->branch,
			   sizeof(place->branch)) ||
		    (place->code_n && !has_same_code(e, place, other)))
			continue;
		memcpy(place->where, other->where, sizeof(place->where));
		memcpy(place->near, other->near, sizeof(place->near));
		if (!place->code_n) {
			place->where[FULL] = place->where[SHORT];
			place->near[FULL] = place->near[SHORT];
		}
		return true;
	}
	place->tail_next = *bucket;
	*bucket = (uint32_t)at + 1;
	return false;
}

/* What was laid out first and ends as @place does, which is the last one. */
static const struct place *same_branch(const struct emit *e,
				       const struct place *place)
{
	const struct place *first = NULL, *other;
	uint32_t steps = ALIKE_STEPS;

	for (uint32_t i = place->tail_next; i && steps--;
	     i = other->tail_next) {
		other = &e->places[i - 1];
		if (!memcmp(&other->branch, &place->branch,
			    sizeof(place->branch)))
			first = other;
	}
	return first;
}

/*
 * The store, unless nobody loads it, and the way to what comes next. Another
 * one may have both.
 */
static void put_let(struct emit *e, const struct place *place)
{
	const struct place *other = same_branch(e, place);

	if (other && place->branch.code && place->branch.t + 1 != e->out_n) {
		put_way(e, other->where[SHORT]);
		return;
	}
	put_way(e, place->branch.t);
	if (place->branch.code)
		put(e, (struct pktcap_insn){ (uint16_t)place->branch.code, 0, 0,
					     place->branch.k });
}

/* Of what has no instruction, those who lead there go on to what is next. */
static bool is_nothing(const struct emit *e, const struct filter_node *let,
		       struct place *place)
{
	const struct place *next = &e->places[e->place_of[let->t->id]];

	if (place->code_n || place->branch.code)
		return false;
	for (int entry = 0; entry < ENTRIES; entry++) {
		place->where[entry] = next->where[place->t];
		place->near[entry] = next->near[place->t];
	}
	return true;
}

void emit_lay_out(struct emit *e, size_t at)
{
	const struct filter_node *node = e->nodes[at];
	struct place *place = &e->places[at];

	if (node->compare == FILTER_RETURN) {
		put_return(e, node);
	} else if (node->compare == FILTER_LET) {
		place->branch = let_of(e, node, place);
		if (is_nothing(e, node, place) || find_alike(e, at))
			return;
		put_let(e, place);
	} else {
		place->branch = branch_of(e, node, place);
		if (find_alike(e, at))
			return;
		put_branch(e, node, place);
	}
	place->where[SHORT] = place->near[SHORT] = e->out_n - 1;
	for (uint32_t i = place->code_n; i--;)
		put(e, e->code.insns[place->code_at + i]);
	place->where[FULL] = place->near[FULL] = e->out_n - 1;
}
