// SPDX-License-Identifier: BSD-2-Clause
/* Programs are as short as they should be, and no size of graph hurts. */
#include "filter/graph_table.h"
#include "graphs.h"

enum {
	CHAIN = 5000,
	SET = 1000,
};

/* Jumps of any distance, one load for all tests, and no quadratic time. */
static void long_chains(void **state)
{
	struct filter_graph *g = new_graph();
	const struct filter_node *root = filter_reject(g);
	const struct filter_value *word = filter_load(g, 4, 0);
	struct pktcap_insn *insns;
	size_t n;

	(void)state;
	for (uint32_t i = CHAIN; i--;)
		root = filter_test_k(g, FILTER_EQ, word, i * 7,
				     filter_accept(g), root);
	n = emit(g, filter_optimize(g, root), &insns);
	/* A load, the tests, two returns and some more on the way. */
	assert_in_range(n, CHAIN + 3, CHAIN + 3 + 2 * (CHAIN / 250 + 1));
	for (uint32_t i = 0; i < CHAIN * 7; i += 1 + below(20)) {
		uint8_t bytes[4] = { 0, 0, (uint8_t)(i >> 8), (uint8_t)i };
		struct pktcap_packet pkt = { .data = bytes,
					     .caplen = 4,
					     .wirelen = 4 };

		assert_int_equal(pktcap_bpf_run(insns, n, &pkt),
				 i % 7 ? 0 : KEEP);
	}
	arena_free(&arena);
}

static void far_apart(void **state)
{
	struct filter_graph *g = new_graph();
	const struct filter_node *nodes[CHAIN] = { filter_accept(g),
						   filter_reject(g) };

	(void)state;
	for (uint32_t i = 2; i < CHAIN; i++)
		nodes[i] = filter_test_k(
			g, below(4),
			filter_load(g, 1u << below(3), below(BYTES / 2)),
			some_number(), nodes[i - 1], nodes[below(i)]);
	assert_int_equal(filter_graph_error(g), 0);
	check_same(g, nodes[CHAIN - 1]);
	arena_free(&arena);
}

static uint32_t in_set(const struct filter_range *ranges, size_t n, uint32_t v)
{
	for (size_t i = 0; i < n; i++)
		if (v >= ranges[i].first && v <= ranges[i].last)
			return KEEP;
	return 0;
}

static void sets(void **state)
{
	static struct filter_range ranges[SET], sorted[SET];

	(void)state;
	for (size_t n = 0; n <= SET; n = n * 2 + 1) {
		struct filter_graph *g = new_graph();
		const struct filter_node *root;
		struct pktcap_insn *insns;
		size_t length;

		for (size_t i = 0; i < n; i++) {
			ranges[i].first = below(65536);
			ranges[i].last = ranges[i].first;
			if (!below(4))
				ranges[i].last += below(200);
		}
		memcpy(sorted, ranges, sizeof(sorted));
		root = filter_test_set(g, filter_load(g, 2, 0), sorted, n,
				       filter_accept(g), filter_reject(g));
		length = emit(g, filter_optimize(g, root), &insns);
		assert_true(length <= n * 2 + n / 100 + 4);
		for (uint32_t v = 0; v < 65536; v += 1 + below(8)) {
			uint8_t bytes[2] = { (uint8_t)(v >> 8), (uint8_t)v };
			struct pktcap_packet pkt = { .data = bytes,
						     .caplen = 2,
						     .wirelen = 2 };

			assert_int_equal(pktcap_bpf_run(insns, length, &pkt),
					 in_set(ranges, n, v));
		}
		arena_free(&arena);
	}
}

/* Each is made of the one before, twice: 2^40 instructions if computed so. */
static void shared_values(void **state)
{
	struct filter_graph *g = new_graph();
	const struct filter_value *v = filter_header(g, 0);
	struct pktcap_insn *insns;

	(void)state;
	for (int i = 0; i < 8; i++)
		v = filter_alu(g, BPF_ADD, v,
			       filter_load_at(g, 1, v, (uint32_t)i));
	check_same(g, filter_test_k(g, FILTER_GT, v, 20, filter_accept(g),
				    filter_reject(g)));
	assert_true(emit(g, filter_return(g, v), &insns) < 60);
	arena_free(&arena);
}

static void too_deep(void **state)
{
	struct filter_graph *g = new_graph();
	const struct filter_value *chain = filter_load(g, 1, 0);
	struct pktcap_insn *insns;
	size_t n;

	(void)state;
	for (uint32_t i = 0; i < 100000; i++)
		chain = filter_alu(g, i & 1 ? BPF_XOR : BPF_ADD, chain,
				   filter_const(g, i + 1));
	assert_int_equal(
		filter_emit(g, filter_return(g, chain), KEEP, &insns, &n),
		-ENOSPC);
	assert_null(insns);
	/* Of two operands that need the index register, one has to wait. */
	chain = filter_load_at(g, 1, filter_load(g, 1, 0), 0);
	for (uint32_t i = 1; i < 20; i++)
		chain = filter_alu(
			g, BPF_SUB,
			filter_load_at(g, 1, filter_load(g, 1, i), i), chain);
	n = emit(g, filter_return(g, chain), &insns);
	assert_true(n < 20 * 8);
	arena_free(&arena);
}

/* A full tree of them: 2^n leaves take n words. */
static const struct filter_value *full_tree(struct filter_graph *g,
					    uint32_t height, uint32_t *next)
{
	const struct filter_value *a, *b;

	if (!height)
		return filter_load_at(g, 1, filter_load(g, 1, (*next)++), 0);
	a = full_tree(g, height - 1, next);
	b = full_tree(g, height - 1, next);
	return filter_alu(g, BPF_SUB, a, b);
}

static void scratch_memory(void **state)
{
	struct filter_graph *g = new_graph();
	uint32_t next = 0;
	struct pktcap_insn *insns;
	size_t n;

	(void)state;
	check_same(g, filter_test_k(g, FILTER_EQ, full_tree(g, 4, &next), 3,
				    filter_accept(g), filter_reject(g)));
	emit(g, filter_return(g, full_tree(g, 10, &next)), &insns);
	assert_int_equal(filter_emit(g,
				     filter_return(g, full_tree(g, 17, &next)),
				     KEEP, &insns, &n),
			 -ENOSPC);
	assert_null(insns);
	arena_free(&arena);
}

static void limits_stick(void **state)
{
	struct filter_graph *g;
	const struct filter_node *root;

	(void)state;
	arena = arena_limited(1 << 16);
	g = filter_graph_new(&arena);
	root = filter_accept(g);
	for (uint32_t i = 0; i < 100000; i++)
		root = filter_test_k(g, FILTER_EQ, filter_load(g, 4, i), i,
				     root, filter_reject(g));
	assert_null(root);
	assert_int_equal(filter_graph_error(g), -E2BIG);
	assert_null(filter_optimize(g, root));
	arena_free(&arena);
}

/* "tcp port 80" on Ethernet, as it is written down. */
static const struct filter_node *tcp_port(struct filter_graph *g, uint32_t port,
					  const struct filter_node *t,
					  const struct filter_node *f)
{
	const struct filter_value *ether = filter_load(g, 2, 12);
	const struct filter_value *x = filter_header(g, 14);
	const struct filter_node *four, *six;

	four = filter_test_k(g, FILTER_EQ, filter_load_at(g, 2, x, 16), port, t,
			     f);
	four = filter_test_k(g, FILTER_EQ, filter_load_at(g, 2, x, 14), port, t,
			     four);
	four = filter_test_k(g, FILTER_SET, filter_load(g, 2, 20), 0x1fff, f,
			     four);
	four = filter_test_k(g, FILTER_EQ, filter_load(g, 1, 23), 6, four, f);
	four = filter_test_k(g, FILTER_EQ, ether, 0x800, four, f);
	six = filter_test_k(g, FILTER_EQ, filter_load(g, 2, 56), port, t, four);
	six = filter_test_k(g, FILTER_EQ, filter_load(g, 2, 54), port, t, six);
	six = filter_test_k(g, FILTER_EQ, filter_load(g, 1, 20), 6, six, four);
	return filter_test_k(g, FILTER_EQ, ether, 0x86dd, six, four);
}

static void as_short_as_by_hand(void **state)
{
	struct filter_graph *g = new_graph();
	const struct filter_node *t = filter_accept(g), *f = filter_reject(g);
	const struct filter_node *root = tcp_port(g, 80, t, f);
	struct pktcap_insn *insns;

	(void)state;
	check_same(g, root);
	/* What libpcap 1.10 makes of it. */
	assert_int_equal(emit(g, filter_optimize(g, root), &insns), 20);
	/* Nor is decided again what was decided, or loaded what was loaded. */
	root = tcp_port(g, 80, t, tcp_port(g, 443, t, f));
	check_same(g, root);
	assert_int_equal(emit(g, filter_optimize(g, root), &insns), 26);
	arena_free(&arena);
}

/* A value that was one of three is not asked again which of them it is. */
static void either_of_three(void **state)
{
	static const uint32_t protocols[] = { 6, 17, 132 };
	struct filter_graph *g = new_graph();
	const struct filter_node *root = filter_reject(g);
	struct pktcap_insn *insns;

	(void)state;
	for (uint32_t port = 80; port < 85; port++) {
		const struct filter_node *f = root, *t;

		t = filter_test_k(g, FILTER_EQ, filter_load(g, 2, 20), port,
				  filter_accept(g), f);
		for (uint32_t i = 0; i < 3; i++)
			root = filter_test_k(g, FILTER_EQ, filter_load(g, 1, 9),
					     protocols[i], t, i ? root : f);
	}
	check_same(g, root);
	assert_int_equal(emit(g, filter_optimize(g, root), &insns), 12);
	arena_free(&arena);
}

/*
 * Either of two fields is one of many: the first two tests find out if both
 * are there, and the others are put in order.
 */
static void grouped_rows(void **state)
{
	struct filter_graph *g = new_graph();
	const struct filter_node *root = filter_reject(g);
	struct pktcap_insn *insns;
	size_t n;

	(void)state;
	for (uint32_t i = 0; i < 20; i++)
		for (uint32_t at = 8; at <= 8; at -= 8)
			root = filter_test_k(g, FILTER_EQ,
					     filter_load(g, 4, at), i,
					     filter_accept(g), root);
	check_same(g, root);
	n = emit(g, filter_optimize(g, root), &insns);
	assert_int_equal(count(insns, n, BPF_LD | BPF_W | BPF_ABS, 0), 2);
	assert_int_equal(count(insns, n, BPF_LD | BPF_W | BPF_ABS, 8), 1);
	assert_int_equal(n, 2 * 20 + 3 + 2);
	arena_free(&arena);
}

/* What would be rejected behind two tests is rejected before them. */
static void rejects_early(void **state)
{
	static const uint32_t protocols[] = { 6, 17, 132 };
	struct filter_graph *g = new_graph();
	const struct filter_node *f = filter_reject(g),
				 *root = filter_accept(g);
	const struct filter_value *protocol = filter_load(g, 1, 9);
	struct pktcap_insn *insns;

	(void)state;
	for (uint32_t n = 2; n <= 3; n++) {
		const struct filter_node *t = root;

		root = f;
		for (uint32_t i = 0; i < n; i++)
			root = filter_test_k(g, FILTER_EQ, protocol,
					     protocols[i], t, root);
		if (n == 2)
			root = filter_test_k(g, FILTER_EQ,
					     filter_load(g, 2, 20), 80, root,
					     f);
	}
	check_same(g, root);
	assert_int_equal(emit(g, filter_optimize(g, root), &insns), 8);
	arena_free(&arena);
}

/* A way that is the same either way is a way. */
static void rejects_not_all(void **state)
{
	struct filter_graph *g = new_graph();
	const struct filter_value *v = filter_load(g, 1, 0);
	const struct filter_node *f = filter_reject(g), *root;
	struct filter_node both = { .compare = FILTER_EQ,
				    .a = v,
				    .b = filter_const(g, 1),
				    .t = filter_accept(g),
				    .f = filter_accept(g) };

	(void)state;
	root = filter_node_intern(g, &both);
	root = filter_test_k(g, FILTER_EQ, filter_load(g, 1, 1), 2, root, f);
	root = filter_test_k(g, FILTER_EQ, v, 1, root, f);
	check_same(g, root);
	assert_ptr_not_equal(filter_optimize(g, root), f);
	arena_free(&arena);
}

/* Of two tests without effect, one still has to find the packet too short. */
static void short_packets(void **state)
{
	struct filter_graph *g = new_graph();
	const struct filter_node *root = filter_accept(g);
	uint8_t byte = 0;
	struct pktcap_packet pkt = { .data = &byte, .caplen = 1, .wirelen = 1 };

	(void)state;
	for (uint32_t i = 2; i--;)
		root = filter_node_intern(
			g, &(struct filter_node){ .compare = FILTER_SET,
						  .a = filter_load(g, 1, 1),
						  .b = filter_const(g, 1u << i),
						  .t = root,
						  .f = root });
	root = filter_optimize(g, root);
	assert_int_equal(verdict(root, &pkt), 0);
	assert_int_equal(root->t->compare, FILTER_RETURN);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_chains),
		cmocka_unit_test(far_apart),
		cmocka_unit_test(sets),
		cmocka_unit_test(shared_values),
		cmocka_unit_test(too_deep),
		cmocka_unit_test(scratch_memory),
		cmocka_unit_test(limits_stick),
		cmocka_unit_test(as_short_as_by_hand),
		cmocka_unit_test(either_of_three),
		cmocka_unit_test(grouped_rows),
		cmocka_unit_test(rejects_early),
		cmocka_unit_test(rejects_not_all),
		cmocka_unit_test(short_packets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
