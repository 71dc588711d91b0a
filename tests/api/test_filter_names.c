// SPDX-License-Identifier: BSD-2-Clause
/*
 * Names mean what the caller's function answers: an expression with names
 * takes the packets of one with addresses and numbers. What the function says
 * is not trusted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/filter.h>

#include "support/corpus.h"

enum { PACKETS = 3000 };

#define IPV4(a, b, c, d, bits)                                         \
	{                                                              \
		PKTCAP_FILTER_ANSWER_IPV4, 0, 0, bits, { a, b, c, d }, \
	}
#define IPV6(bits, ...)                                                 \
	{                                                               \
		PKTCAP_FILTER_ANSWER_IPV6, 0, 0, bits, { __VA_ARGS__ }, \
	}
#define ETHER(...)                                   \
	{                                            \
		PKTCAP_FILTER_ANSWER_ETHER, 0, 0, 0, \
		{                                    \
			__VA_ARGS__                  \
		}                                    \
	}
#define NUMBER(number, protocol)                                         \
	{                                                                \
		PKTCAP_FILTER_ANSWER_NUMBER, number, protocol, 0, { 0 }, \
	}
#define LINK_LOCAL 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1

static const struct name {
	enum pktcap_filter_name kind;
	const char *name;
	int n; /* what the function returns */
	struct pktcap_filter_answer answers[4];
} names[] = {
	{ PKTCAP_FILTER_NAME_HOST, "one", 1, { IPV4(10, 0, 0, 1, 32) } },
	{ PKTCAP_FILTER_NAME_HOST,
	  "many",
	  4,
	  { IPV4(10, 0, 0, 1, 32), IPV6(128, LINK_LOCAL), IPV4(1, 2, 3, 4, 32),
	    IPV6(128, 0xff, 2, [15] = 1) } },
	{ PKTCAP_FILTER_NAME_HOST, "six", 1, { IPV6(128, LINK_LOCAL) } },
	{ PKTCAP_FILTER_NAME_HOST, "router", 1, { IPV4(10, 0, 0, 2, 32) } },
	{ PKTCAP_FILTER_NAME_HOST, "long", 1, { IPV4(10, 0, 0, 1, 200) } },
	{ PKTCAP_FILTER_NAME_HOST, "long-six", 1, { IPV6(999, LINK_LOCAL) } },
	{ PKTCAP_FILTER_NAME_HOST, "lazy", 1, { IPV4(10, 0, 0, 1, 0) } },
	{ PKTCAP_FILTER_NAME_HOST, "lazy-six", 1, { IPV6(0, LINK_LOCAL) } },
	{ PKTCAP_FILTER_NAME_HOST, "liar", 1, { NUMBER(5, 0) } },
	{ PKTCAP_FILTER_NAME_HOST, "strange", 1, { { .kind = 77 } } },
	{ PKTCAP_FILTER_NAME_HOST, "greedy", 1000, { IPV4(10, 0, 0, 1, 32) } },
	{ PKTCAP_FILTER_NAME_HOST, "broken", -EIO, { { 0 } } },
	{ PKTCAP_FILTER_NAME_HOST, "mac", 1, { ETHER(1, 2, 3, 4, 5, 6) } },
	{ PKTCAP_FILTER_NAME_NET, "home", 1, { IPV4(10, 0, 0, 0, 8) } },
	{ PKTCAP_FILTER_NAME_NET, "sloppy", 1, { IPV4(10, 9, 9, 9, 8) } },
	{ PKTCAP_FILTER_NAME_NET, "six", 1, { IPV6(10, LINK_LOCAL) } },
	{ PKTCAP_FILTER_NAME_ETHER, "me", 1, { ETHER(1, 2, 3, 4, 5, 6) } },
	{ PKTCAP_FILTER_NAME_ETHER, "router", 1, { ETHER(2, 0, 0, 0, 0, 1) } },
	{ PKTCAP_FILTER_NAME_ETHER, "one", 1, { IPV4(10, 0, 0, 1, 32) } },
	{ PKTCAP_FILTER_NAME_PORT,
	  "http",
	  2,
	  { NUMBER(80, 6), NUMBER(80, 17) } },
	{ PKTCAP_FILTER_NAME_PORT, "domain", 1, { NUMBER(53, 0) } },
	{ PKTCAP_FILTER_NAME_PORT, "https", 1, { NUMBER(443, 6) } },
	{ PKTCAP_FILTER_NAME_PORT,
	  "apart",
	  2,
	  { NUMBER(80, 6), NUMBER(53, 17) } },
	{ PKTCAP_FILTER_NAME_PORT, "huge", 1, { NUMBER(70000, 6) } },
	{ PKTCAP_FILTER_NAME_PORT, "wrong", 1, { IPV4(1, 2, 3, 4, 32) } },
	{ PKTCAP_FILTER_NAME_PROTOCOL, "tipp", 1, { NUMBER(6, 0) } },
	{ PKTCAP_FILTER_NAME_PROTOCOL, "wrong", 1, { ETHER(1) } },
	{ PKTCAP_FILTER_NAME_ETHER_PROTOCOL, "who", 1, { NUMBER(0x806, 0) } },
};

static int resolve(void *user, const char *name, enum pktcap_filter_name kind,
		   struct pktcap_filter_answer *answers, size_t max)
{
	assert_ptr_equal(user, names);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct name *n = &names[i];

		if (n->kind != kind || strcmp(n->name, name) != 0)
			continue;
		for (int j = 0; j < 4 && j < n->n && (size_t)j < max; j++)
			answers[j] = n->answers[j];
		/* Who says there are more than there is room for. */
		for (size_t j = 1; n->n > 4 && j < max; j++)
			answers[j] = n->answers[0];
		return n->n;
	}
	return 0;
}

static int compile(struct pktcap_filter **out, const char *expression,
		   struct pktcap_error *error)
{
	return pktcap_filter_compile(
		out, expression,
		&PKTCAP_FILTER_OPTS(.linktype = PKTCAP_LINKTYPE_ETHERNET,
				    .resolve = resolve,
				    .resolve_user = (void *)(uintptr_t)names),
		error);
}

static const struct same {
	const char *with, *without;
} sames[] = {
	{ "host one", "host 10.0.0.1" },
	{ "src one or many", "src 10.0.0.1 or src 10.0.0.1 or src fe80::1 or "
			     "src 1.2.3.4 or src ff02::1" },
	{ "not host many", "not (host 10.0.0.1 or host fe80::1 or "
			   "host 1.2.3.4 or host ff02::1)" },
	{ "ip host many", "ip host 10.0.0.1 or ip host 1.2.3.4" },
	{ "ip6 dst many", "dst fe80::1 or dst ff02::1" },
	{ "arp host many", "arp host 10.0.0.1 or arp host 1.2.3.4" },
	{ "src and dst host many",
	  "(src and dst host 10.0.0.1) or (src and dst host fe80::1) or "
	  "(src and dst host 1.2.3.4) or (src and dst host ff02::1)" },
	{ "host six", "host fe80::1" },
	{ "host long", "host 10.0.0.1" },
	{ "host long-six", "host fe80::1" },
	{ "net home", "net 10" },
	{ "src net sloppy", "src net 10.0.0.0/8" },
	{ "net six", "net fe80::/10" },
	{ "ether host me", "ether host 1:2:3:4:5:6" },
	{ "ether src me", "ether src 1:2:3:4:5:6" },
	{ "port http", "port 80" },
	{ "tcp port http", "tcp port 80" },
	{ "port domain", "port 53" },
	{ "udp src port domain", "udp src port 53" },
	{ "port https", "tcp port 443" },
	{ "port apart", "tcp port 80 or udp port 53" },
	{ "udp port apart", "udp port 53" },
	{ "not port apart", "not (tcp port 80 or udp port 53)" },
	{ "dst port http or https", "dst port 80 or tcp dst port 443" },
	{ "portrange domain-http", "portrange 53-80" },
	{ "portrange http-https", "portrange 80-443" },
	{ "tcp portrange apart-https", "tcp portrange 80-443" },
	{ "proto tipp", "proto 6" },
	{ "ip proto tipp", "ip proto 6" },
	{ "ether proto who", "arp" },
	{ "ip6 protochain tipp", "ip6 protochain 6" },
	{ "gateway router", "ether host 2:0:0:0:0:1 and not host 10.0.0.2" },
	{ "ip gateway router",
	  "ether host 2:0:0:0:0:1 and not ip host 10.0.0.2" },
	{ "not gateway router and tcp",
	  "not (ether host 2:0:0:0:0:1 and not host 10.0.0.2) and tcp" },
};

static void meaning(void **state)
{
	struct corpus corpus;

	(void)state;
	corpus_build(&corpus, PKTCAP_LINKTYPE_ETHERNET, PACKETS);
	for (size_t i = 0; i < sizeof(sames) / sizeof(sames[0]); i++) {
		const char *expressions[] = { sames[i].with, sames[i].without };
		struct pktcap_filter *filters[2];
		const struct pktcap_insn *insns[2];
		size_t n[2];
		unsigned int taken = 0;

		for (int j = 0; j < 2; j++) {
			struct pktcap_error error = { 0 };

			if (compile(&filters[j], expressions[j], &error))
				fail_msg("'%s': %s", expressions[j],
					 error.text);
			insns[j] = pktcap_filter_program(filters[j], &n[j]);
		}
		for (uint32_t k = 0; k < corpus.whole; k++) {
			const struct corpus_packet *p = &corpus.packets[k];
			struct pktcap_packet view = { .data = p->bytes,
						      .caplen = p->caplen,
						      .wirelen = p->wirelen };
			bool with = pktcap_bpf_run(insns[0], n[0], &view);

			taken += with;
			if (with != !!pktcap_bpf_run(insns[1], n[1], &view))
				fail_msg("'%s', packet '%s': %s", sames[i].with,
					 p->name, with ? "taken" : "rejected");
		}
		if (!taken && !strstr(sames[i].with, "src and dst"))
			fail_msg("'%s' takes nothing", sames[i].with);
		pktcap_filter_free(filters[0]);
		pktcap_filter_free(filters[1]);
	}
	corpus_free(&corpus);
}

static const struct refused {
	const char *expression;
	int code;
	uint32_t offset;
	const char *text;
} refused[] = {
	{ "tcp and host nobody", -ENOENT, 13, "unknown host 'nobody'" },
	{ "net nowhere", -ENOENT, 4, "unknown network 'nowhere'" },
	{ "port nothing", -ENOENT, 5, "unknown port 'nothing'" },
	{ "ip proto nope", -ENOENT, 9, "unknown protocol 'nope'" },
	{ "ether proto nope", -ENOENT, 12, "unknown Ethernet protocol 'nope'" },
	{ "ether host nope", -ENOENT, 11, "unknown Ethernet host 'nope'" },
	{ "gateway one", -EINVAL, 8, "'one' is no Ethernet address" },
	{ "gateway six", -ENOENT, 8, "unknown Ethernet host 'six'" },
	{ "gateway me", -ENOENT, 8, "unknown host 'me'" },
	{ "ip6 gateway router", -EINVAL, 0, "'ip6' has no 'gateway'" },
	{ "host broken", -EIO, 5, "host 'broken' could not be looked up" },
	{ "host liar", -EINVAL, 5, "'liar' is no IP address" },
	{ "host strange", -EINVAL, 5,
	  "the resolver's answer for 'strange' is of a kind that there is not: "
	  "77" },
	{ "host greedy", -EINVAL, 5,
	  "the resolver claims 1000 answers for 'greedy', and 64 are the "
	  "most" },
	{ "host lazy", -EINVAL, 5,
	  "the resolver's answer for 'lazy' has no prefix: 32 is a host" },
	{ "tcp and host lazy-six", -EINVAL, 13,
	  "the resolver's answer for 'lazy-six' has no prefix: 128 is a host" },
	{ "portrange domain-alt-port", -ENOENT, 10,
	  "unknown port 'alt-port': a range is cut at its first dash" },
	{ "host mac", -EINVAL, 5, "'mac' is no IP address" },
	{ "ether host one", -EINVAL, 11, "'one' is no Ethernet address" },
	{ "ip6 host one", -ENOENT, 9, "'one' has no address for 'ip6'" },
	{ "ip host six", -ENOENT, 8, "'six' has no address for 'ip'" },
	{ "arp host six", -ENOENT, 9, "'six' has no address for 'arp'" },
	{ "port huge", -EINVAL, 5,
	  "the resolver's answer for 'huge' is no port" },
	{ "port wrong", -EINVAL, 5, "'wrong' is no port" },
	{ "udp port https", -ENOENT, 9,
	  "'https' is a port of another protocol" },
	{ "portrange apart-https", -EINVAL, 10,
	  "'apart' is not the same port" },
	{ "proto wrong", -EINVAL, 6, "'wrong' is no protocol" },
};

static void refusals(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		const struct refused *r = &refused[i];
		struct pktcap_error error = { 0 };
		struct pktcap_filter *filter;
		int ret = compile(&filter, r->expression, &error);

		if (ret != r->code || error.offset != r->offset ||
		    !strstr(error.text, r->text))
			fail_msg("'%s': %d at %llu: %s", r->expression, ret,
				 (unsigned long long)error.offset, error.text);
		assert_null(filter);
	}
}

static void nobody_to_ask(void **state)
{
	struct pktcap_error error = { 0 };
	struct pktcap_filter *filter;

	(void)state;
	assert_int_equal(
		pktcap_filter_compile(&filter, "host one", NULL, &error),
		-ENOENT);
	assert_int_equal(error.offset, 5);
	assert_non_null(strstr(error.text, "no names are looked up here"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(meaning),
		cmocka_unit_test(refusals),
		cmocka_unit_test(nobody_to_ask),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
