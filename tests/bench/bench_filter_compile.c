// SPDX-License-Identifier: BSD-2-Clause
/*
 * What compiling filters costs and how long programs get, by us and by
 * libpcap's optimizer where it was installed at build time: the expressions of
 * the tests that both take, for Ethernet, and lists of addresses. What libpcap
 * makes a loop of ("protochain") is counted, not compared: no kernel takes it,
 * and it is short.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <pktcap/filter.h>

#include "bench/harness.h"
#include "bench/peer.h"
#include "support/filter_table.h"
#include "support/grammar.h"

enum {
	NS_PER_US = 1000,
	REPEATS = 4,
	GENERATED = 2000,
	PER_ADDRESS = 32,
};

/* One expression, compiled @repeats times in a round. */
struct job {
	const char *expression;
	uint32_t flags;
	int repeats;
	size_t n; /* instructions */
};

static int ours(void *arg, double *result)
{
	struct job *job = arg;
	const struct pktcap_filter_opts opts =
		PKTCAP_FILTER_OPTS(.flags = job->flags,
				   .linktype = PKTCAP_LINKTYPE_ETHERNET);
	double start = bench_cpu_ns();

	for (int i = 0; i < job->repeats; i++) {
		struct pktcap_filter *filter;
		int err = pktcap_filter_compile(&filter, job->expression, &opts,
						NULL);

		if (err)
			return err;
		pktcap_filter_program(filter, &job->n);
		pktcap_filter_free(filter);
	}
	*result = (bench_cpu_ns() - start) / job->repeats / NS_PER_US;
	return 0;
}

static int theirs(void *arg, double *result)
{
	struct job *job = arg;
	double start = bench_cpu_ns();

	for (int i = 0; i < job->repeats; i++) {
		struct pktcap_insn *insns;
		int err = peer_compile(job->expression, &insns, &job->n);

		if (err)
			return err;
		peer_free(insns);
	}
	*result = (bench_cpu_ns() - start) / job->repeats / NS_PER_US;
	return 0;
}

/* --- the table --- */

/* Something of all expressions, which is to be small. */
struct figure {
	const char *name, *unit;
	double target, worst_target; /* of ours to theirs */
	double log_ours, log_theirs;
	double over; /* expressions beyond @worst_target */
	double worst;
	char worst_of[GRAMMAR_MAX];
};

static void add(struct figure *f, double our, double their,
		const char *expression)
{
	f->log_ours += log(our);
	f->log_theirs += log(their);
	f->over += our / their > f->worst_target;
	if (our / their <= f->worst)
		return;
	f->worst = our / their;
	snprintf(f->worst_of, sizeof(f->worst_of), "%s", expression);
}

static void print_figure(const struct figure *f, size_t count)
{
	const struct contender peer = {
		.name = "libpcap",
		.median = exp(f->log_theirs / (double)count),
	};
	const struct contender mean = {
		.name = "pktcap",
		.median = exp(f->log_ours / (double)count),
	};
	const struct contender worst = { .name = f->worst_of,
					 .median = f->worst };
	const struct contender over = { .name = "pktcap", .median = f->over };
	char name[64];

	snprintf(name, sizeof(name), "%s, mean of %zu", f->name, count);
	bench_row_ratio(name, &mean, f->unit, &peer, f->target);
	bench_row(name, &peer, f->unit);
	snprintf(name, sizeof(name), "%s, worst", f->name);
	bench_row_limit(name, &worst, "x libpcap", f->worst_target);
	snprintf(name, sizeof(name), "%s, over %.1f x", f->name,
		 f->worst_target);
	bench_row(name, &over, "expressions");
}

struct figures {
	struct figure time, length;
	size_t count;
	double loops;
};

static bool is_loop(const char *expression)
{
	struct pktcap_insn *insns;
	bool valid;
	size_t n;

	if (peer_compile(expression, &insns, &n))
		return false;
	valid = !pktcap_bpf_validate(insns, n, NULL);
	peer_free(insns);
	return !valid;
}

static void measure(struct figures *f, const char *expression)
{
	struct job jobs[2] = {
		{ .expression = expression, .repeats = REPEATS },
		{ .expression = expression, .repeats = REPEATS },
	};
	struct contender c[2] = {
		{ .run = ours, .arg = &jobs[0] },
		{ .run = theirs, .arg = &jobs[1] },
	};

	if (is_loop(expression)) {
		f->loops++;
		return;
	}
	bench_run(c, 2);
	if (c[0].err || c[1].err)
		return;
	add(&f->time, c[0].median, c[1].median, expression);
	add(&f->length, (double)jobs[0].n, (double)jobs[1].n, expression);
	f->count++;
}

/* By hand what people write, generated what they might. */
static void measure_expressions(bool generated)
{
	struct figures f = {
		.time = { .name = generated ? "filter_compile time, generated"
					    : "filter_compile time",
			  .unit = "us",
			  .target = 1,
			  .worst_target = 1.5 },
		.length = { .name = generated
					    ? "filter_compile length, generated"
					    : "filter_compile length",
			    .unit = "instructions",
			    .target = 1,
			    .worst_target = 1.5 },
	};
	struct contender loops = { .name = "libpcap" };
	char text[GRAMMAR_MAX];

	for (uint32_t i = 0; generated && i < GENERATED; i++) {
		grammar_expression(i, text);
		measure(&f, text);
	}
	for (size_t i = 0; !generated && filter_table[i]; i++)
		measure(&f, filter_table[i]);
	if (!f.count)
		return;
	print_figure(&f.time, f.count);
	print_figure(&f.length, f.count);
	loops.median = f.loops;
	bench_row(generated ? "filter_compile loops, generated"
			    : "filter_compile loops",
		  &loops, "expressions");
}

/* --- addresses --- */

enum form { LIST, ALTERNATIVES };

/* The same random addresses for the same @n, to be freed. */
static char *make_hosts(enum form form, size_t n)
{
	char *text = malloc(PER_ADDRESS * (n + 1)), *p = text;
	uint32_t random = 1;

	if (!text)
		bench_fail("malloc", -ENOMEM);
	for (size_t i = 0; i < n; i++) {
		const char *before = form == LIST ? i ? ", " : "host {"
				     : i	  ? " or host "
						  : "host ";

		random = random * 1664525 + 1013904223;
		p += sprintf(p, "%s%u.%u.%u.%u", before, random >> 24,
			     random >> 16 & 255, random >> 8 & 255,
			     random & 255);
	}
	if (form == LIST)
		sprintf(p, "}");
	return text;
}

static void print_program(const char *bench, const struct job *job,
			  const char *name)
{
	const struct pktcap_filter_opts opts =
		PKTCAP_FILTER_OPTS(.flags = job->flags,
				   .linktype = PKTCAP_LINKTYPE_ETHERNET);
	struct pktcap_filter *filter;
	const struct pktcap_insn *insns;
	size_t n;

	if (pktcap_filter_compile(&filter, job->expression, &opts, NULL))
		return;
	insns = pktcap_filter_program(filter, &n);
	printf("%s\t%s\t%zu instructions\t%lld at most for a packet\t%s\n",
	       bench, name, n, (long long)pktcap_bpf_cost(insns, n),
	       n > PKTCAP_BPF_MAX ? "too many for the kernel" : "");
	pktcap_filter_free(filter);
}

static void measure_hosts(size_t n, enum form form)
{
	char *text = make_hosts(form, n), bench[64];
	const char *name = form == LIST ? "pktcap, host {a, b}"
					: "pktcap, host a or host b";
	struct job job = { .expression = text,
			   .flags = form == LIST ? PKTCAP_FILTER_EXTENDED : 0,
			   .repeats = n < 1000 ? 20 : 1 };
	struct contender c = { .name = name, .run = ours, .arg = &job };

	bench_run(&c, 1);
	snprintf(bench, sizeof(bench), "filter_compile %zu hosts", n);
	if (n == 1000)
		bench_row_limit(bench, &c, "us", 50000);
	else
		bench_row(bench, &c, "us");
	if (!c.err)
		print_program(bench, &job, name);
	free(text);
}

/* A thousand take it a minute and a half. */
static void measure_hosts_of_peer(size_t n)
{
	char *text = make_hosts(ALTERNATIVES, n), bench[64];
	const char *name = "libpcap, host a or host b";
	struct job job = { .expression = text, .repeats = 1 };
	struct contender c = { .name = name, .run = theirs, .arg = &job };

	bench_run(&c, 1);
	snprintf(bench, sizeof(bench), "filter_compile %zu hosts", n);
	bench_row(bench, &c, "us");
	if (!c.err)
		printf("%s\t%s\t%zu instructions\n", bench, name, job.n);
	free(text);
}

int main(void)
{
	measure_expressions(false);
	measure_expressions(true);
	for (size_t n = 10; n <= 10000; n *= 10) {
		measure_hosts(n, LIST);
		measure_hosts(n, ALTERNATIVES);
		if (n <= 100)
			measure_hosts_of_peer(n);
	}
	return 0;
}
