// SPDX-License-Identifier: BSD-2-Clause
/* What is found out in different ways is found out once, and stored once. */
#include "graphs.h"

enum { SET = 1000 };

/* Where an IPv4 header begins, found out for those who need it. */
static const struct filter_node *behind_tags(struct filter_graph *g,
					     const struct filter_node *next,
					     const struct filter_node *f)
{
	const struct filter_node *search = f;

	for (uint32_t at = 12; at <= 20; at += 4) {
		const struct filter_value *type =
			filter_load(g, 2, 12 + 20 - at);

		search = filter_test_k(g, FILTER_EQ, type, 0x8100, search, f);
		search = filter_test_k(
			g, FILTER_EQ, type, 0x800,
			filter_let(g, 0, filter_const(g, 14 + 20 - at), next),
			search);
	}
	return filter_known(g, 0, next, search);
}

static const struct filter_node *ip_protocol(struct filter_graph *g,
					     uint32_t protocol,
					     const struct filter_node *t,
					     const struct filter_node *f)
{
	const struct filter_value *field =
		filter_load_at(g, 1, filter_variable(g, 0), 9);

	t = filter_test_k(g, FILTER_EQ, field, protocol, t, f);
	return behind_tags(g, t, f);
}

/*
 * What one use of a variable has found out, the others do not ask again. It is
 * not stored if a register has it wherever it is used.
 */
static void variables(void **state)
{
	struct filter_graph *g = new_graph();
	const struct filter_node *root = filter_reject(g);
	struct pktcap_insn *insns;
	size_t n;

	(void)state;
	for (uint32_t protocol = 1; protocol < 9; protocol++)
		root = ip_protocol(g, protocol, filter_accept(g), root);
	check_same(g, root);
	n = emit(g, filter_optimize(g, root), &insns);
	assert_int_equal(count(insns, n, BPF_LD | BPF_H | BPF_ABS, 12), 1);
	for (uint32_t k = 0; k < BPF_MEMWORDS; k++)
		assert_int_equal(count(insns, n, BPF_STX, k), 0);
	assert_in_range(n, 20, 24);
	arena_free(&arena);
}

/*
 * Two variables, each compared with a set, from two places: two sets, and one
 * store of the last variable before them.
 */
static void sets_of_variables(void **state)
{
	static struct filter_range set[SET];
	struct filter_graph *g = new_graph();
	const struct filter_node *t = filter_accept(g), *root, *places[2];
	struct pktcap_insn *insns;
	size_t n, stores = 0;

	(void)state;
	for (uint32_t i = 0; i < SET; i++)
		set[i].first = set[i].last = i * 77;
	root = filter_test_set(g, filter_variable(g, 2), set, SET, t,
			       filter_reject(g));
	root = filter_test_set(g, filter_variable(g, 1), set, SET, t, root);
	for (uint32_t i = 0; i < 2; i++) {
		uint32_t at = i ? 14 : 12;
		const struct filter_value *base = filter_variable(g, 0);
		const struct filter_node *place = root;

		place = filter_let(g, 2, filter_load_at(g, 4, base, at + 4),
				   place);
		place = filter_let(g, 1, filter_load_at(g, 4, base, at), place);
		places[i] = behind_tags(g, place, filter_reject(g));
	}
	root = filter_test_k(g, FILTER_EQ, filter_load(g, 1, 0), 1, places[0],
			     places[1]);
	check_same(g, root);
	n = emit(g, filter_optimize(g, root), &insns);
	assert_in_range(n, 2 * SET, 3 * SET);
	for (uint32_t k = 0; k < BPF_MEMWORDS; k++)
		stores += count(insns, n, BPF_ST, k);
	assert_int_equal(stores, 3);
	arena_free(&arena);
}

/*
 * To the kernel, scratch memory has not been written behind a return that a way
 * ends in on which it was not.
 */
static void returns_are_last(void **state)
{
	struct filter_graph *g = new_graph();
	const struct filter_node *t = filter_accept(g), *f = filter_reject(g);
	const struct filter_value *byte = filter_load(g, 1, 0);
	const struct filter_node *use, *other, *root;

	(void)state;
	use = filter_test(g, FILTER_GT, filter_load_at(g, 1, byte, 2),
			  filter_variable(g, 0), t, f);
	other = filter_return(g, filter_load(g, 1, 2));
	other = filter_test_k(g, FILTER_GT, byte, 9, other, f);
	root = filter_let(g, 0, filter_load(g, 1, 1), use);
	root = filter_test_k(g, FILTER_EQ, byte, 1, other, root);
	root = filter_test_k(g, FILTER_EQ, byte, 2, filter_let(g, 0, byte, use),
			     root);
	check_same(g, root);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(variables),
		cmocka_unit_test(sets_of_variables),
		cmocka_unit_test(returns_are_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
