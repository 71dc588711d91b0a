// SPDX-License-Identifier: BSD-2-Clause
/*
 * Two ways over the nodes. Forward, in an order in which every node comes
 * before those it leads to: what surely is in the registers where a node
 * begins is known then, and the code of its values is made. Backward, from the
 * last instruction: how far each jump goes is known then.
 */
#include "filter/emit.h"

#include <errno.h>
#include <string.h>

#include "filter/graph_table.h"
#include "filter/variables.h"

/* Words that values of several uses do not get: for pairs of values. */
enum { PAIR_WORDS = 4 };

/* Not all of a block of this size needs to be there for every graph. */
#define MEMORY_MAX ((size_t)1 << 30)

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

static uint32_t *state_of(struct emit *e, size_t at, enum emit_entry entry)
{
	return e->states + (at * ENTRIES + entry) * (2 + e->code.words);
}

/* What is known on all ways that were told of so far. */
static void arrive(struct emit *e, size_t at, enum emit_entry entry,
		   const uint32_t *from)
{
	uint32_t *state = state_of(e, at, entry);
	uint32_t n = 2 + e->code.words;

	if (!e->places[at].reached[entry]) {
		e->places[at].reached[entry] = true;
		memcpy(state, from, n * sizeof(*state));
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		if (state[i] != from[i])
			state[i] = 0;
}

/*
 * Goes through the index register what is set? One instruction may bring it
 * there, or it is wanted there behind.
 */
static bool let_by_x(const struct filter_node *let)
{
	const struct filter_value *next = let->t->a;

	return filter_loads_x(let->a) ||
	       (next && next->kind == FILTER_VALUE_LOAD_AT &&
		next->a == let->b);
}

/* Is nothing to be done, as both variables are in one word? */
static bool is_in_place(const struct emit *e, const struct filter_node *let)
{
	return let->a->kind == FILTER_VALUE_VARIABLE &&
	       e->variable_at[let->a->k] == e->variable_at[let->b->k];
}

/* Can the code that loads the registers be jumped over? */
static bool has_operands(const struct emit *e, const struct filter_node *node)
{
	if (node->compare == FILTER_RETURN)
		return node->a && !filter_is_const(node->a) &&
		       e->code.now.a == node->a->id + 1;
	if (node->compare == FILTER_LET)
		return (let_by_x(node) ? e->code.now.x : e->code.now.a) ==
		       node->a->id + 1;
	return e->code.now.a == node->a->id + 1 &&
	       (filter_is_const(node->b) || e->code.now.x == node->b->id + 1);
}

static enum emit_entry go(struct emit *e, const struct filter_node *to)
{
	enum emit_entry entry = has_operands(e, to) ? SHORT : FULL;
	uint32_t now[2 + BPF_MEMWORDS] = { e->code.now.a, e->code.now.x };

	memcpy(now + 2, e->code.now.memory, e->code.words * sizeof(*now));
	arrive(e, e->place_of[to->id], entry, now);
	return entry;
}

static void set_state(struct emit *e, const uint32_t *state)
{
	memset(&e->code.now, 0, sizeof(e->code.now));
	e->code.now.a = state[0];
	e->code.now.x = state[1];
	memcpy(e->code.now.memory, state + 2,
	       e->code.words * sizeof(*e->code.now.memory));
}

static void load_operands(struct emit *e, const struct filter_node *node,
			  struct place *place)
{
	bool exchanged;

	if (filter_is_const(node->b)) {
		registers_load(&e->code, node->a);
		return;
	}
	/* Who jumps over this code has them as they are. */
	exchanged = registers_pair(&e->code, node->a, node->b,
				   !place->reached[SHORT]);
	place->exchanged = exchanged && node->compare == FILTER_GT;
}

static void load_let(struct emit *e, const struct filter_node *let)
{
	if (is_in_place(e, let))
		return;
	if (let_by_x(let))
		registers_load_x(&e->code, let->a);
	else
		registers_load(&e->code, let->a);
}

/* What was in a register was the value, and is the variable from here on. */
static void leave_let(struct emit *e, const struct filter_node *let)
{
	struct registers *now = &e->code.now;

	if (!filter_let_matters(let, let->t))
		return;
	if (now->x == let->a->id + 1)
		now->x = let->b->id + 1;
	if (now->a == let->a->id + 1)
		now->a = let->b->id + 1;
}

static void load_result(struct emit *e, const struct filter_node *leaf)
{
	if (leaf->a && !filter_is_const(leaf->a))
		registers_load(&e->code, leaf->a);
}

static void make_code(struct emit *e, size_t at)
{
	const struct filter_node *node = e->nodes[at];
	struct place *place = &e->places[at];

	place->code_at = (uint32_t)e->code.n;
	if (place->reached[FULL]) {
		set_state(e, state_of(e, at, FULL));
		if (node->compare == FILTER_RETURN)
			load_result(e, node);
		else if (node->compare == FILTER_LET)
			load_let(e, node);
		else
			load_operands(e, node, place);
		if (place->reached[SHORT]) {
			uint32_t now[2 + BPF_MEMWORDS] = { e->code.now.a,
							   e->code.now.x };

			memcpy(now + 2, e->code.now.memory,
			       e->code.words * sizeof(*now));
			arrive(e, at, SHORT, now);
		}
	}
	if (place->reached[SHORT])
		set_state(e, state_of(e, at, SHORT));
	place->code_n = (uint32_t)e->code.n - place->code_at;
	if (node->compare == FILTER_RETURN)
		return;
	if (node->compare == FILTER_LET)
		leave_let(e, node);
	place->t = go(e, node->t);
	place->f = node->f == node->t ? place->t : go(e, node->f);
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

/* The store, unless nobody reads it, and the way to what comes next. */
static void put_let(struct emit *e, const struct place *place)
{
	put_way(e, place->branch.t);
	if (place->branch.code)
		put(e, (struct pktcap_insn){ (uint16_t)place->branch.code, 0, 0,
					     place->branch.k });
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

	if (!filter_let_matters(let, let->t) || is_in_place(e, let))
		return (struct branch){ .t = next, .f = next };
	return (struct branch){ .code = let_by_x(let) ? BPF_STX : BPF_ST,
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
	uint32_t h = filter_hash(place->branch.code, place->branch.k), *bucket;

	h = filter_hash(filter_hash(h, place->branch.t), place->branch.f);
	bucket = &e->tails[h & (e->tail_n - 1)];
	for (uint32_t i = *bucket; i; i = other->tail_next) {
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

static void lay_out(struct emit *e, size_t at)
{
	const struct filter_node *node = e->nodes[at];
	struct place *place = &e->places[at];

	if (node->compare == FILTER_RETURN) {
		put_return(e, node);
	} else if (node->compare == FILTER_LET) {
		place->branch = let_of(e, node, place);
		if (find_alike(e, at))
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

static bool make_room(struct emit *e, const struct scratch_plan *plan)
{
	size_t state = ENTRIES * (2 + plan->words) * sizeof(uint32_t);

	e->places = filter_arena_take(e->arena, e->n * sizeof(*e->places));
	e->states = filter_arena_take(e->arena, e->n * state);
	e->code.hits = filter_arena_take(
		e->arena, (e->g->value_n + 1u) * sizeof(*e->code.hits));
	for (e->tail_n = 1; e->tail_n < e->n;)
		e->tail_n *= 2;
	e->tails = filter_arena_take(e->arena, e->tail_n * sizeof(*e->tails));
	return e->places && e->states && e->code.hits && e->tails;
}

/* One program, in e->out, of at most e->limit instructions. */
static int attempt(struct emit *e, const struct scratch_plan *plan)
{
	static const uint32_t unknown[2 + BPF_MEMWORDS];
	size_t room;

	e->code = (struct registers_code){ .arena = e->arena,
					   .limit = e->limit,
					   .word_of = plan->word_of,
					   .words = plan->words,
					   .end = BPF_MEMWORDS - e->variables,
					   .variable_at = e->variable_at };
	if (!make_room(e, plan))
		return -ENOMEM;
	arrive(e, 0, FULL, unknown);
	for (size_t i = 0; i < e->n && !e->code.error; i++)
		make_code(e, i);
	/* A branch and what brings its two targets near. */
	room = e->code.n + 3 * e->n;
	e->out_n = e->return_a = 0;
	e->out_room = room < e->limit ? (uint32_t)room : e->limit;
	e->out = filter_arena_take(e->arena, e->out_room * sizeof(*e->out));
	if (!e->out)
		return -ENOMEM;
	for (size_t i = e->n; i-- && !e->code.error;)
		lay_out(e, i);
	return e->code.error;
}

/* Before what it leads to: tests, then returns of values, then others. */
static uint32_t rank_of(const struct filter_node *node)
{
	if (node->compare != FILTER_RETURN)
		return 0;
	return node->a && !filter_is_const(node->a) ? 1 : 2;
}

static void list_reached(struct emit *e, const uint8_t *reached, size_t n,
			 uint32_t rank)
{
	for (size_t id = n; id--;) {
		const struct filter_node *node = e->g->nodes[id];

		if (!reached[id] || rank_of(node) != rank)
			continue;
		e->place_of[id] = (uint32_t)e->n;
		e->nodes[e->n++] = node;
	}
}

/* Every node that can be reached. */
static bool list_nodes(struct emit *e, const struct filter_node *root)
{
	size_t n = root->id + 1u;
	uint8_t *reached = filter_arena_take(e->arena, n);

	e->nodes = filter_arena_take(e->arena, n * sizeof(*e->nodes));
	e->place_of = filter_arena_take(e->arena, n * sizeof(*e->place_of));
	if (!reached || !e->nodes || !e->place_of)
		return false;
	reached[root->id] = 1;
	for (size_t id = n; id--;) {
		const struct filter_node *node = e->g->nodes[id];

		if (reached[id] && node->compare != FILTER_RETURN)
			reached[node->t->id] = reached[node->f->id] = 1;
	}
	for (uint32_t rank = 0; rank <= 2; rank++)
		list_reached(e, reached, n, rank);
	return true;
}

/* Keeps the program of this attempt if it is the shortest one. */
static int try(struct emit *e, const struct scratch_plan *plan,
	       struct program *best)
{
	int rc = attempt(e, plan);

	if (rc || (best->insns && best->n <= e->out_n))
		return rc;
	best->insns = e->out + (e->out_room - e->out_n);
	best->n = e->out_n;
	e->limit = e->out_n;
	return 0;
}

static int find_shortest(struct emit *e, struct program *best)
{
	struct scratch_plan plan = { 0 }, none = { 0 };
	uint32_t value_n = e->g->value_n;
	int rc;

	none.word_of = filter_arena_take(e->arena, value_n + 1u);
	rc = filter_place_variables(e->nodes, e->n, BPF_MEMWORDS - PAIR_WORDS,
				    e->variable_at);
	if (rc < 0)
		return rc;
	e->variables = (uint32_t)rc;
	if (!none.word_of ||
	    !scratch_plan(&plan, e->arena, e->nodes, e->n, value_n,
			  BPF_MEMWORDS - PAIR_WORDS - e->variables))
		return -ENOMEM;
	if (!plan.words)
		return try(e, &none, best);
	rc = try(e, &plan, best);
	if (!rc && scratch_prune(&plan, e->code.hits, e->g->values,
				 e->g->value_buckets))
		try(e, &plan, best);
	if (try(e, &none, best) && !best->insns && !rc)
		rc = e->code.error;
	return best->insns ? 0 : rc;
}

int filter_emit(struct filter_graph *g, const struct filter_node *root,
		uint32_t keep, struct pktcap_insn **out, size_t *n)
{
	struct filter_arena scratch = filter_arena_limited(MEMORY_MAX);
	struct emit e = { .g = g,
			  .arena = &scratch,
			  .keep = keep,
			  .limit = FILTER_GRAPH_MAX };
	struct program best = { 0 };
	int rc;

	*out = NULL;
	*n = 0;
	root = filter_settle(g, root);
	rc = g->error;
	if (!rc)
		rc = list_nodes(&e, root) ? find_shortest(&e, &best) : -ENOMEM;
	if (!rc) {
		*out = filter_graph_take(g, best.n * sizeof(**out));
		rc = g->error;
	}
	if (!rc) {
		memcpy(*out, best.insns, best.n * sizeof(**out));
		*n = best.n;
	}
	filter_arena_free(&scratch);
	return rc;
}
