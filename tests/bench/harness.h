/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the benchmarks share: contenders take turns, so that a machine which
 * gets slower or faster meanwhile does so for all of them, and their medians
 * are printed as rows of tab-separated columns for run.sh.
 */
#ifndef TESTS_BENCH_HARNESS_H
#define TESTS_BENCH_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

enum { BENCH_ROUNDS = 7 };

struct contender {
	const char *name;
	/* One round: stores its result, or returns a negative errno. */
	int (*run)(void *arg, double *result);
	void *arg;
	double results[BENCH_ROUNDS];
	double median;
	int err; /* why it takes no part any more */
};

/* CPU time of the calling thread, nanoseconds. */
double bench_cpu_ns(void);
/* CLOCK_MONOTONIC, nanoseconds. */
int64_t bench_now_ns(void);

/*
 * Moves the thread to the first CPU it may use, or to the last one: packets
 * come from another CPU's caches, as from a network adapter.
 */
enum bench_cpu { BENCH_CPU_SENDER, BENCH_CPU_RECEIVER };
void bench_use_cpu(enum bench_cpu which);

/*
 * A veth pair, "pk0" and "pk1", in the namespace that was entered; returns the
 * world_sender() of the first, or says why not and ends the program.
 */
int bench_sender(void);

/* Starts a program, without a terminal; -1 as fork(2), 127 if there is none. */
pid_t bench_start(const char *const *command);
/* CPU time of the whole life of a program, user and system, seconds. */
double bench_seconds(const struct rusage *usage);

/* Sorts @values and returns the one below which @part (0..1) of them lie. */
double bench_quantile(double *values, size_t n, double part);

/* Every contender in turn, BENCH_ROUNDS times, then their medians. */
void bench_run(struct contender *contenders, size_t n);

/* "bench  contender  12.3 ns" */
void bench_row(const char *bench, const struct contender *c, const char *unit);
/* The same with the ratio to @peer and, where @target is not 0, that. */
void bench_row_ratio(const char *bench, const struct contender *c,
		     const char *unit, const struct contender *peer,
		     double target);

/* The same with an upper limit instead of a peer. */
void bench_row_limit(const char *bench, const struct contender *c,
		     const char *unit, double limit);

/* Says what failed in this program and ends it; benchmarks have no more use. */
void bench_fail(const char *what, int err);

#endif
