// SPDX-License-Identifier: BSD-2-Clause
/*
 * Programs decide as the graphs do they were made from, optimised or not, on
 * any packet.
 */
#include "graphs.h"

/* How many are made; a sanitizer takes its time. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { GRAPHS = 500 };
#else
enum { GRAPHS = 5000 };
#endif

static void random_graphs(void **state)
{
	(void)state;
	for (int i = 0; i < GRAPHS; i++) {
		struct filter_graph *g = new_graph();
		const struct filter_node *root = some_graph(g);

		assert_int_equal(filter_graph_error(g), 0);
		check_same(g, root);
		arena_free(&arena);
	}
}

/* Only packets that make a test fail are treated in another way. */
static void graphs_as_libpcap(void **state)
{
	uint32_t changed = 0;

	(void)state;
	for (int i = 0; i < GRAPHS; i++) {
		struct filter_graph *g = new_graph();
		const struct filter_node *root = some_graph(g);
		const struct filter_node *other = filter_as_libpcap(g, root);

		assert_int_equal(filter_graph_error(g), 0);
		changed += other != root;
		check_same(g, other);
		for (int j = 0; j < PACKETS; j++) {
			uint8_t bytes[BYTES];
			struct pktcap_packet pkt = some_packet(bytes);
			bool failed, fails;
			uint32_t want = verdict_of(root, &pkt, &failed);
			uint32_t got = verdict_of(other, &pkt, &fails);

			if (!failed && !fails && got != want) {
				show(g, root, NULL, 0);
				show(g, other, NULL, 0);
				fail_msg("another verdict");
			}
		}
		arena_free(&arena);
	}
	assert_true(changed > GRAPHS / 100);
}

/* What constructors make of operands is what the operands mean. */
static void simplified_values(void **state)
{
	static const uint32_t ops[] = { BPF_ADD, BPF_SUB, BPF_MUL, BPF_DIV,
					BPF_MOD, BPF_AND, BPF_OR,  BPF_XOR,
					BPF_LSH, BPF_RSH };
	struct filter_graph *g = new_graph();
	const struct filter_node *t = filter_accept(g), *f = filter_reject(g);
	const struct filter_value *values[VALUES];

	(void)state;
	for (int i = 0; i < GRAPHS * 10; i++) {
		uint32_t n = (uint32_t)i % VALUES, op = ops[below(10)];
		uint32_t compare = below(4), a, b, want, got;
		uint8_t bytes[BYTES];
		struct pktcap_packet pkt = some_packet(bytes);
		const struct filter_value *v, *w, *made;
		const struct filter_node *node;

		values[n] = some_value(g, values, n);
		v = values[below(n + 1)];
		w = below(2) ? values[below(n + 1)]
			     : filter_const(g, some_number());
		made = filter_alu(g, op, v, w);
		node = filter_test(g, compare, v, w, t, f);
		assert_int_equal(filter_graph_error(g), 0);
		if (!evaluate(v, &pkt, &a) || !evaluate(w, &pkt, &b))
			continue;
		assert_int_equal(verdict(node, &pkt),
				 compares(compare, a, b) ? KEEP : 0);
		if (compute(op, a, b, &want)) {
			assert_true(evaluate(made, &pkt, &got));
			assert_int_equal(got, want);
			assert_true(got <= made->max);
		}
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_graphs),
		cmocka_unit_test(graphs_as_libpcap),
		cmocka_unit_test(simplified_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
