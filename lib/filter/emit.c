// SPDX-License-Identifier: BSD-2-Clause
/*
 * Two ways over the nodes. Forward, in an order in which every node comes
 * before those it leads to: what surely is in the registers where a node
 * begins is known then, and the code of its values is made. Backward, from the
 * last instruction, in layout.c.
 */
#include "filter/emit.h"

#include <errno.h>
#include <string.h>

#include "filter/graph_table.h"
#include "filter/variables.h"

/* Words that values of several uses do not get: for pairs of values. */
enum { PAIR_WORDS = 4 };

/* For the largest graphs; others take what they need. */
#define MEMORY_MAX ((size_t)256 << 20)

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

bool emit_let_by_x(const struct filter_node *let)
{
	const struct filter_value *next = let->t->a;

	return filter_loads_x(let->a) ||
	       (next && next->kind == FILTER_VALUE_LOAD_AT &&
		next->a == let->b);
}

bool emit_is_in_place(const struct emit *e, const struct filter_node *let)
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
		return (emit_let_by_x(node) ? e->code.now.x : e->code.now.a) ==
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
	if (emit_is_in_place(e, let))
		return;
	if (emit_let_by_x(let))
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

static bool make_room(struct emit *e, const struct scratch_plan *plan)
{
	size_t state = ENTRIES * (2 + plan->words) * sizeof(uint32_t);

	e->places = arena_take(e->arena, e->n * sizeof(*e->places));
	e->states = arena_take_raw(e->arena, e->n * state);
	e->code.hits = arena_take(e->arena,
				  (e->g->value_n + 1u) * sizeof(*e->code.hits));
	for (e->tail_n = 1; e->tail_n < e->n;)
		e->tail_n *= 2;
	e->tails = arena_take(e->arena, e->tail_n * sizeof(*e->tails));
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
	e->out = arena_take_raw(e->arena, e->out_room * sizeof(*e->out));
	if (!e->out)
		return -ENOMEM;
	for (size_t i = e->n; i-- && !e->code.error;)
		emit_lay_out(e, i);
	return e->code.error;
}

/*
 * Before what it leads to: tests, then returns of values, then what accepts,
 * and last what rejects, where people look for it in tcpdump's programs.
 */
static uint32_t rank_of(const struct filter_node *node)
{
	if (node->compare != FILTER_RETURN)
		return 0;
	if (!node->a)
		return 2;
	return filter_is_const(node->a) ? 3 : 1;
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
	uint8_t *reached = arena_take(e->arena, n);

	e->nodes = arena_take_raw(e->arena, n * sizeof(*e->nodes));
	e->place_of = arena_take_raw(e->arena, n * sizeof(*e->place_of));
	if (!reached || !e->nodes || !e->place_of)
		return false;
	reached[root->id] = 1;
	for (size_t id = n; id--;) {
		const struct filter_node *node = e->g->nodes[id];

		if (reached[id] && node->compare != FILTER_RETURN)
			reached[node->t->id] = reached[node->f->id] = 1;
	}
	for (uint32_t rank = 0; rank <= 3; rank++)
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

	none.word_of = arena_take(e->arena, value_n + 1u);
	rc = filter_place_variables(e->nodes, e->n, BPF_MEMWORDS - PAIR_WORDS,
				    e->variable_at);
	if (rc < 0)
		return rc;
	e->variables = (uint32_t)rc;
	if (!none.word_of ||
	    !scratch_plan(&plan, e->arena, e->nodes, e->n, e->g,
			  BPF_MEMWORDS - PAIR_WORDS - e->variables))
		return -ENOMEM;
	if (!plan.words)
		return try(e, &none, best);
	rc = try(e, &plan, best);
	if (!rc && scratch_prune(&plan, e->code.hits, e->g) &&
	    try(e, &plan, best) != -ENOSPC && !plan.values)
		return 0; /* "none" was just tried */
	if (try(e, &none, best) && !best->insns && !rc)
		rc = e->code.error;
	return best->insns ? 0 : rc;
}

int filter_emit(struct filter_graph *g, const struct filter_node *root,
		uint32_t keep, struct pktcap_insn **out, size_t *n)
{
	struct arena_room room;
	struct arena scratch = arena_over(&room, MEMORY_MAX);
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
		*out = filter_graph_take_raw(g, best.n * sizeof(**out));
		rc = g->error;
	}
	if (!rc) {
		memcpy(*out, best.insns, best.n * sizeof(**out));
		*n = best.n;
	}
	/* Most of it is gone: that is the limit, not the machine's memory. */
	if (rc == -ENOMEM && !g->error && scratch.left < MEMORY_MAX / 2)
		rc = -E2BIG;
	arena_free(&scratch);
	return rc;
}
