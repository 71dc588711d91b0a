// SPDX-License-Identifier: BSD-2-Clause
/* The contract of pktcap_filter_compile(): options, failures, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <linux/filter.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/filter.h>

#define NEVER_MADE ((void *)1)
#define ETHERNET .linktype = PKTCAP_LINKTYPE_ETHERNET

static int who;

/* What "none", "broken" and any other name stand for. */
static int resolve(void *user, const char *name, enum pktcap_filter_name kind,
		   struct pktcap_filter_answer *answers, size_t max)
{
	static const struct pktcap_filter_answer host = {
		.kind = PKTCAP_FILTER_ANSWER_IPV4,
		.prefix = 32,
		.address = { 10, 0, 0, 1 },
	};

	assert_ptr_equal(user, &who);
	assert_int_equal(kind, PKTCAP_FILTER_NAME_HOST);
	assert_true(max > 1);
	for (size_t i = 0; i < max; i++)
		assert_int_equal(answers[i].kind, 0);
	if (!strcmp(name, "none"))
		return 0;
	if (!strcmp(name, "broken"))
		return -EPROTO;
	answers[0] = host;
	answers[1] = host;
	answers[1].address[3] = 2;
	return 2;
}

struct row {
	const char *name;
	const char *expression;
	struct pktcap_filter_opts opts;
	int want;
	uint64_t offset;
};

#define OPTS(...)                                                      \
	{                                                              \
		.size = sizeof(struct pktcap_filter_opts), __VA_ARGS__ \
	}
#define NAMES ETHERNET, .resolve = resolve, .resolve_user = &who

static struct row rows[] = {
	{ "empty", "", OPTS(ETHERNET), 0, 0 },
	{ "blank", " \n\t", OPTS(ETHERNET), 0, 0 },
	{ "no size", "ip", { .size = 0 }, -EINVAL, 0 },
	{ "older options", "ip", { .size = 12, ETHERNET }, 0, 0 },
	{ "unknown flag", "ip", OPTS(ETHERNET, .flags = 1u << 31), -EINVAL, 0 },
	{ "not an expression", "ip and", OPTS(ETHERNET), -EINVAL, 6 },
	{ "nothing can match", "ip and arp", OPTS(ETHERNET), -ENOMSG, 7 },
	{ "nothing can match in the end",
	  "ip6 protochain 6 and ip proto 6 and tcp[0] = 1",
	  OPTS(ETHERNET, .flags = PKTCAP_FILTER_EXTENDED), -ENOMSG, 21 },
	{ "nothing can match by several facts", "port 53 and icmp6",
	  OPTS(ETHERNET), -ENOMSG, 12 },
	{ "nothing can match, and libpcap does not see it", "igrp and stp",
	  OPTS(ETHERNET), 0, 0 },
	{ "nothing can match, seen beyond pcap-filter", "igrp and stp",
	  OPTS(ETHERNET, .flags = PKTCAP_FILTER_EXTENDED), -ENOMSG, 9 },
	{ "not optimised", "ip and arp",
	  OPTS(ETHERNET, .flags = PKTCAP_FILTER_NO_OPTIMIZE), 0, 0 },
	{ "the last offset, live", "ether[4294967295] >= 0 or ip",
	  OPTS(ETHERNET, .flags = PKTCAP_FILTER_LIVE), 0, 0 },
	{ "the last offset, live and cooked", "link[4294967292:4] >= 0 or ip",
	  OPTS(.linktype = PKTCAP_LINKTYPE_LINUX_SLL2,
	       .flags = PKTCAP_FILTER_LIVE),
	  0, 0 },
	{ "no resolver", "tcp and host who", OPTS(ETHERNET), -ENOENT, 13 },
	{ "resolver", "host who", OPTS(NAMES), 0, 0 },
	{ "unknown name", "tcp and host none", OPTS(NAMES), -ENOENT, 13 },
	{ "broken resolver", "tcp and host broken", OPTS(NAMES), -EPROTO, 13 },
	{ "not for this link type", "tcp and type mgt", OPTS(ETHERNET),
	  -EOPNOTSUPP, 8 },
	{ "a byte that no packet has", "ether[-1] = 5", OPTS(ETHERNET), 0, 0 },
	{ "beyond pcap-filter", "port {80}", OPTS(ETHERNET), -EINVAL, 5 },
	{ "beyond pcap-filter, allowed", "port {80}",
	  OPTS(ETHERNET, .flags = PKTCAP_FILTER_EXTENDED), 0, 0 },
};

static void run(void **state)
{
	const struct row *r = *state;
	struct pktcap_filter *filter = NEVER_MADE;
	struct pktcap_error error = { 0 };
	int ret =
		pktcap_filter_compile(&filter, r->expression, &r->opts, &error);

	assert_int_equal(ret, r->want);
	assert_int_equal(!filter, !!ret);
	assert_int_equal(error.code, ret);
	assert_int_equal(error.offset, r->offset);
	assert_int_equal(!error.text[0], !ret);
	pktcap_filter_free(filter);
	assert_int_equal(
		pktcap_filter_compile(&filter, r->expression, &r->opts, NULL),
		r->want);
	pktcap_filter_free(filter);
}

/* Why nothing can match. */
static void never(void **state)
{
	static const struct {
		const char *expression, *why;
		uint64_t offset;
	} nevers[] = {
		{ "pppoes and ip6", "what is inside of 'pppoes' is asked", 0 },
		{ "mpls and host 10.0.0.1", "inside of 'mpls' is asked", 0 },
		{ "ip6 and (geneve and arp)",
		  "inside of 'geneve' is asked for with 'inner(...)'", 9 },
		{ "tcp and udp", "this part cannot be true, or not", 8 },
		{ "(ip and tcp) and (len > 5 and arp)", "this part cannot",
		  18 },
		{ "(ip and arp) or len < 0", "this part cannot be true", 8 },
		{ "not mpls and ip and arp", "this part cannot be true", 20 },
		{ "inner(mpls and ip)", "this part cannot be true", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(nevers) / sizeof(nevers[0]); i++) {
		struct pktcap_filter *filter;
		struct pktcap_error error;
		int ret = pktcap_filter_compile(
			&filter, nevers[i].expression,
			&PKTCAP_FILTER_OPTS(.flags = PKTCAP_FILTER_EXTENDED,
					    ETHERNET),
			&error);

		if (ret != -ENOMSG || error.offset != nevers[i].offset ||
		    !strstr(error.text, nevers[i].why))
			fail_msg("'%s': %d at %llu: %s", nevers[i].expression,
				 ret, (unsigned long long)error.offset,
				 error.text);
	}
}

static void link_type_without_a_name(void **state)
{
	struct pktcap_filter *filter;
	struct pktcap_error error;

	(void)state;
	assert_int_equal(pktcap_filter_compile(
				 &filter, "len > 5 and ether host 1:2:3:4:5:6",
				 &PKTCAP_FILTER_OPTS(.linktype = 9999), &error),
			 -EOPNOTSUPP);
	assert_int_equal(error.offset, 12);
	assert_string_equal(error.text,
			    "packets of link type 9999 have no 'ether host'");
}

static struct pktcap_filter *compiled(const char *expression,
				      const struct pktcap_filter_opts *opts)
{
	struct pktcap_filter *filter;
	struct pktcap_error error;

	if (pktcap_filter_compile(&filter, expression, opts, &error))
		fail_msg("'%.40s': %s", expression, error.text);
	return filter;
}

static void no_options(void **state)
{
	struct pktcap_filter *filter = compiled("ip", NULL);
	const struct pktcap_insn *insns;
	size_t n;

	(void)state;
	insns = pktcap_filter_program(filter, &n);
	assert_int_equal(insns[0].code, BPF_LD | BPF_H | BPF_ABS);
	assert_int_equal(insns[0].k, 12);
	pktcap_filter_free(filter);
	pktcap_filter_free(NULL);
}

/* What the program of "" returns. */
static uint32_t kept(uint32_t snaplen)
{
	struct pktcap_filter *filter =
		compiled("", &PKTCAP_FILTER_OPTS(ETHERNET, .snaplen = snaplen));
	const struct pktcap_insn *insns;
	uint32_t k;
	size_t n;

	insns = pktcap_filter_program(filter, &n);
	assert_int_equal(n, 1);
	k = insns[0].k;
	pktcap_filter_free(filter);
	return k;
}

static void no_expression(void **state)
{
	struct pktcap_filter *filter;
	struct pktcap_error error;

	(void)state;
	assert_int_equal(pktcap_filter_compile(&filter, NULL, NULL, &error),
			 -EINVAL);
	assert_null(filter);
	assert_string_equal(error.text, "there is no expression");
}

static void snaplen(void **state)
{
	(void)state;
	assert_int_equal(kept(0), 262144);
	assert_int_equal(kept(96), 96);
	assert_int_equal(kept(UINT32_MAX), UINT32_MAX);
}

/* @before @count times, then "ip", then @after as often; to be freed. */
static char *repeated(const char *before, size_t count, const char *after)
{
	size_t b = strlen(before), a = strlen(after);
	char *text = malloc(count * (b + a) + 3), *p = text;

	assert_non_null(text);
	for (size_t i = 0; i < count; i++, p += b)
		memcpy(p, before, b);
	memcpy(p, "ip", 2);
	p += 2;
	for (size_t i = 0; i < count; i++, p += a)
		memcpy(p, after, a);
	*p = '\0';
	return text;
}

static void long_expressions(void **state)
{
	static const struct {
		const char *before, *after;
		size_t count;
		int want;
	} texts[] = {
		{ "(", ")", 10000, 0 },
		{ "(", ")", 1 << 19, 0 },
		{ "not ", "", 1 << 18, 0 },
		{ "", " or ip", 1 << 17, 0 },
		{ "", " and not arp", 1 << 16, 0 },
		{ "(", "", 10000, -EINVAL },
		{ "", " ", 5 << 20, -E2BIG },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char *text = repeated(texts[i].before, texts[i].count,
				      texts[i].after);
		struct pktcap_filter *filter;

		assert_int_equal(
			pktcap_filter_compile(&filter, text, NULL, NULL),
			texts[i].want);
		pktcap_filter_free(filter);
		free(text);
	}
}

int main(void)
{
	enum { ROWS = sizeof(rows) / sizeof(rows[0]), OTHERS = 5 };
	struct CMUnitTest tests[ROWS + OTHERS] = {
		cmocka_unit_test(no_options),
		cmocka_unit_test(no_expression),
		cmocka_unit_test(snaplen),
		cmocka_unit_test(never),
		cmocka_unit_test(link_type_without_a_name),
		cmocka_unit_test(long_expressions),
	};

	for (size_t i = 0; i < ROWS; i++)
		tests[OTHERS + i] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = run,
			.initial_state = &rows[i],
		};
	return _cmocka_run_group_tests("filter_compile", tests, ROWS + OTHERS,
				       NULL, NULL);
}
