// SPDX-License-Identifier: BSD-2-Clause
/* "@NAME" is the list of that name, and "sample" some of the packets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include <pktcap/filter.h>

struct row {
	const char *expression;
	const char *list;  /* what @l is */
	const char *same;  /* as this expression without it; NULL: refused */
	const char *error; /* then this is said */
	uint64_t offset;   /* of that byte */
	int code;
};

static const struct row rows[] = {
	{ "port @l", "80 443", "port {80, 443}", NULL, 0, 0 },
	{ "port @l", "80,443\r\n# no\n 8000-8010, # no 1\n",
	  "port {80, 443, 8000-8010}", NULL, 0, 0 },
	{ "port {22, @l, 1}", "80", "port {22, 80, 1}", NULL, 0, 0 },
	{ "port {@l, @l}", "80", "port {80, 80}", NULL, 0, 0 },
	{ "ip and not port @'l'", "80", "ip and not port {80}", NULL, 0, 0 },
	{ "ip and not port @l", "# none", "ip", NULL, 0, 0 },
	{ "vlan @l and ip", "5\n7-9", "vlan {5, 7-9} and ip", NULL, 0, 0 },
	{ "host @l", "10.0.0.0-10.0.0.255", "net {10.0.0.0/24}", NULL, 0, 0 },
	{ "src host 10.0.0.6-10.0.0.1", "",
	  "src net {10.0.0.1/32, 10.0.0.2/31, 10.0.0.4/31, 10.0.0.6/32}", NULL,
	  0, 0 },
	{ "host {255.255.255.255-255.255.255.254}", "",
	  "net {255.255.255.254/31}", NULL, 0, 0 },
	{ "arp net 0.0.0.0-255.255.255.255", "", "arp net {0.0.0.0/0}", NULL, 0,
	  0 },
	{ "proto {tcp, udp}", "", "proto {6, 17}", NULL, 0, 0 },
	{ "ip proto tcp", "", "ip proto 6", NULL, 0, 0 },
	{ "ether proto {ip, arp}", "", "ether proto {0x800, 0x806}", NULL, 0,
	  0 },
	{ "ip6 host 10.0.0.1-10.0.0.6", "", NULL,
	  "'ip6' has no IPv4 addresses: leave it out, or write 'and' between",
	  0, -EINVAL },
	{ "src host @l", "1.2.3.4 both",
	  "src host {1.2.3.4, 2001:db8::1, 10.0.0.1}", NULL, 0, 0 },
	{ "ip host {both, @l}", "1.2.3.4", "ip host {10.0.0.1, 1.2.3.4}", NULL,
	  0, 0 },
	{ "ip6 host {both, @l}", "::1", "ip6 host {2001:db8::1, ::1}", NULL, 0,
	  0 },
	{ "net @l", "10.1/16 # short\n10.2.0.0/16",
	  "net {10.1.0.0/16, 10.2.0.0/16}", NULL, 0, 0 },
	{ "host @l", "1.2.3.4\n10.1/16", NULL,
	  "l:2: '/16' is for networks: did you mean 'net'?", 5, -EINVAL },
	{ "port @l", "", NULL,
	  "no packet can match this expression: the list 'l' is empty", 5,
	  -ENOMSG },
	{ "tcp and vlan {@l} and host @l", "# none", NULL,
	  "no packet can match this expression: the list 'l' is empty", 14,
	  -ENOMSG },
	{ "ip and port @l", "80\n443 ::1\n", NULL,
	  "l:2: a port is expected, not the address '::1': did you mean "
	  "'host'?",
	  12, -EINVAL },
	{ "port @l", "# 1\n# 2\n\n80\n70000", NULL,
	  "l:5: port 70000 is greater than 65535", 5, -EINVAL },
	{ "port @l", "1\nnobody\n", NULL, "l:2: unknown port 'nobody'", 5,
	  -ENOENT },
	{ "port @l", "1\n@l\n", NULL, "l:2: a list cannot name other lists", 5,
	  -EINVAL },
	{ "port @l", "1 2, , 3\n", NULL,
	  "l:1: an address, a number or a name is expected in the set, "
	  "not ','",
	  5, -EINVAL },
	{ "ip or port {1, @m}", "", NULL, "the list 'm' cannot be read", 15,
	  -EACCES },
};

static int give(void *user, const char *name, const char **text, size_t *len)
{
	if (strcmp(name, "l") != 0)
		return -EACCES;
	*text = user;
	*len = strlen(*text);
	return 0;
}

/* "both" has an address of each family, and nobody else has any. */
static int both(void *user, const char *name, enum pktcap_filter_name kind,
		struct pktcap_filter_answer *answers, size_t max)
{
	static const struct pktcap_filter_answer all[] = {
		{ PKTCAP_FILTER_ANSWER_IPV6,
		  0,
		  0,
		  128,
		  { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 } },
		{ PKTCAP_FILTER_ANSWER_IPV4, 0, 0, 32, { 10, 0, 0, 1 } },
	};

	(void)user;
	if (kind != PKTCAP_FILTER_NAME_HOST || strcmp(name, "both") != 0)
		return 0;
	assert_in_range(max, 2, 1000);
	memcpy(answers, all, sizeof(all));
	return 2;
}

static int compile(struct pktcap_filter **out, const char *expression,
		   const void *list, struct pktcap_error *error)
{
	struct pktcap_filter_opts opts =
		PKTCAP_FILTER_OPTS(.flags = PKTCAP_FILTER_EXTENDED,
				   .linktype = PKTCAP_LINKTYPE_ETHERNET,
				   .resolve = both, .list = list ? give : NULL);
	const void *const *where = &list;

	memcpy(&opts.list_user, where, sizeof(list));
	return pktcap_filter_compile(out, expression, &opts, error);
}

static void check_row(void **state)
{
	const struct row *r = *state;
	const struct pktcap_insn *insns[2];
	struct pktcap_filter *with, *without;
	struct pktcap_error error;
	size_t n[2];

	assert_int_equal(compile(&with, r->expression, r->list, &error),
			 r->code);
	if (!r->same) {
		assert_string_equal(error.text, r->error);
		assert_int_equal(error.offset, r->offset);
		return;
	}
	assert_int_equal(compile(&without, r->same, NULL, NULL), 0);
	insns[0] = pktcap_filter_program(with, &n[0]);
	insns[1] = pktcap_filter_program(without, &n[1]);
	assert_int_equal(n[0], n[1]);
	assert_memory_equal(insns[0], insns[1], n[0] * sizeof(*insns[0]));
	pktcap_filter_free(with);
	pktcap_filter_free(without);
}

static void no_lists_here(void **state)
{
	struct pktcap_filter *filter;
	struct pktcap_error error;

	(void)state;
	assert_int_equal(compile(&filter, "port @l", NULL, &error), -EINVAL);
	assert_string_equal(error.text, "lists cannot be read here");
	assert_int_equal(error.offset, 5);
}

/* --- sample --------------------------------------------------------------- */
enum { PACKETS = 10000 };

struct sample {
	uint8_t taken[PACKETS];
	unsigned int n;
};

static void take(struct sample *out, const char *expression, uint32_t seed,
		 uint32_t flags)
{
	static const uint8_t bytes[60];
	const struct pktcap_insn *insns;
	struct pktcap_filter *filter;
	size_t n;

	assert_int_equal(
		pktcap_filter_compile(
			&filter, expression,
			&PKTCAP_FILTER_OPTS(.flags = PKTCAP_FILTER_EXTENDED |
						     flags,
					    .linktype =
						    PKTCAP_LINKTYPE_ETHERNET,
					    .seed = seed),
			NULL),
		0);
	insns = pktcap_filter_program(filter, &n);
	out->n = 0;
	for (int i = 0; i < PACKETS; i++) {
		struct pktcap_packet view = { .data = bytes,
					      .caplen = sizeof(bytes),
					      .wirelen = sizeof(bytes),
					      .ts_ns = i * 1000,
					      .linktype = 1 };

		out->taken[i] = !!pktcap_bpf_run(insns, n, &view);
		out->n += out->taken[i];
	}
	pktcap_filter_free(filter);
}

static void about_as_many(void **state)
{
	static const struct {
		const char *expression;
		unsigned int least, most;
	} all[] = {
		{ "sample 1/10", 850, 1150 },
		{ "sample 3/10", 2800, 3200 },
		{ "sample 7/7", PACKETS, PACKETS },
		{ "sample 1/1000", 1, 30 },
		/* One number for each packet, however often it is asked for. */
		{ "sample 1/10 or sample 1/10", 850, 1150 },
		{ "sample 1/10 and not sample 1/100", 750, 1050 },
		{ "sample 1/2 and not sample 1/2 or sample 1/10", 850, 1150 },
	};
	static struct sample s, plain, seeded, other;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		take(&s, all[i].expression, 0, 0);
		if (s.n < all[i].least || s.n > all[i].most)
			fail_msg("'%s' took %u", all[i].expression, s.n);
		take(&plain, all[i].expression, 0, PKTCAP_FILTER_NO_OPTIMIZE);
		assert_memory_equal(s.taken, plain.taken, PACKETS);
		take(&seeded, all[i].expression, 1, 0);
		take(&other, all[i].expression, 2, 0);
		if (seeded.n < all[i].least || seeded.n > all[i].most)
			fail_msg("'%s' took %u", all[i].expression, seeded.n);
		if (seeded.n < PACKETS)
			assert_memory_not_equal(seeded.taken, other.taken,
						PACKETS);
	}
}

/* Samples of two seeds share as many packets as chance has it. */
static void seeds_are_apart(void **state)
{
	static const uint32_t seeds[] = { 0, 1, 2, 4, 256, 65536, 0x80000000 };
	enum { SEEDS = sizeof(seeds) / sizeof(seeds[0]) };
	static struct sample samples[SEEDS];

	(void)state;
	for (size_t i = 0; i < SEEDS; i++)
		take(&samples[i], "sample 1/2", seeds[i], 0);
	for (size_t i = 0; i < SEEDS; i++)
		for (size_t j = 0; j < i; j++) {
			unsigned int shared = 0;

			for (size_t k = 0; k < PACKETS; k++)
				shared += samples[i].taken[k] &
					  samples[j].taken[k];
			if (shared < PACKETS / 5 || shared > 3 * PACKETS / 10)
				fail_msg("seeds %u and %u share %u", seeds[i],
					 seeds[j], shared);
		}
}

int main(void)
{
	enum { N = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[N + 3];

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){
			.name = rows[i].expression,
			.test_func = check_row,
			.initial_state = (void *)(uintptr_t)&rows[i],
		};
	tests[N] = (struct CMUnitTest)cmocka_unit_test(no_lists_here);
	tests[N + 1] = (struct CMUnitTest)cmocka_unit_test(about_as_many);
	tests[N + 2] = (struct CMUnitTest)cmocka_unit_test(seeds_are_apart);
	return _cmocka_run_group_tests("filter_list", tests, N + 3, NULL, NULL);
}
