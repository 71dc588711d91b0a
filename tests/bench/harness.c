// SPDX-License-Identifier: BSD-2-Clause
#include "bench/harness.h"

#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double clock_ns(clockid_t id)
{
	struct timespec now;

	clock_gettime(id, &now);
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

double bench_cpu_ns(void)
{
	return clock_ns(CLOCK_THREAD_CPUTIME_ID);
}

int64_t bench_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void bench_use_cpu(enum bench_cpu which)
{
	static cpu_set_t allowed;
	static bool known;
	cpu_set_t one;
	int first = 0, last = CPU_SETSIZE - 1;

	if (!known)
		known = !sched_getaffinity(0, sizeof(allowed), &allowed);
	while (first < last && !CPU_ISSET(first, &allowed))
		first++;
	while (first < last && !CPU_ISSET(last, &allowed))
		last--;
	CPU_ZERO(&one);
	CPU_SET(which == BENCH_CPU_SENDER ? first : last, &one);
	sched_setaffinity(0, sizeof(one), &one);
}

pid_t bench_start(const char *const *command)
{
	pid_t pid = fork();
	int nowhere;

	if (pid)
		return pid;
	nowhere = open("/dev/null", O_RDWR);
	dup2(nowhere, STDIN_FILENO);
	dup2(nowhere, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	execvp(command[0], (char *const *)(uintptr_t)command);
	_exit(127);
}

static double seconds(const struct timeval *time)
{
	return (double)time->tv_sec + (double)time->tv_usec / 1e6;
}

double bench_seconds(const struct rusage *usage)
{
	return seconds(&usage->ru_utime) + seconds(&usage->ru_stime);
}

static int ascending(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

double bench_quantile(double *values, size_t n, double part)
{
	size_t i = (size_t)(part * (double)n);

	qsort(values, n, sizeof(*values), ascending);
	return values[i < n ? i : n - 1];
}

static void run_once(struct contender *c, int round)
{
	if (!c->err)
		c->err = c->run(c->arg, &c->results[round]);
}

void bench_run(struct contender *contenders, size_t n)
{
	for (int round = 0; round < BENCH_ROUNDS; round++)
		for (size_t i = 0; i < n; i++)
			run_once(&contenders[i], round);
	for (size_t i = 0; i < n; i++)
		contenders[i].median = bench_quantile(contenders[i].results,
						      BENCH_ROUNDS, 0.5);
}

static bool print_result(const char *bench, const struct contender *c,
			 const char *unit)
{
	printf("%s\t%s\t", bench, c->name);
	if (c->err)
		printf("skipped: %s", strerror(-c->err));
	else
		printf("%.1f %s", c->median, unit);
	return !c->err;
}

void bench_row(const char *bench, const struct contender *c, const char *unit)
{
	print_result(bench, c, unit);
	putchar('\n');
}

static void print_target(double value, double target)
{
	printf("\ttarget %.2f: %s", target, value <= target ? "met" : "MISSED");
}

/* Nothing is as good as nothing, and anything infinitely worse. */
static double ratio_of(double value, double peer)
{
	if (peer > 0)
		return value / peer;
	return value > 0 ? INFINITY : 1;
}

void bench_row_ratio(const char *bench, const struct contender *c,
		     const char *unit, const struct contender *peer,
		     double target)
{
	double ratio = ratio_of(c->median, peer->median);

	if (print_result(bench, c, unit) && !peer->err) {
		printf("\t%.2f x %s", ratio, peer->name);
		if (target > 0)
			print_target(ratio, target);
	}
	putchar('\n');
}

void bench_row_limit(const char *bench, const struct contender *c,
		     const char *unit, double limit)
{
	if (print_result(bench, c, unit)) {
		putchar('\t');
		print_target(c->median, limit);
	}
	putchar('\n');
}

void bench_fail(const char *what, int err)
{
	fprintf(stderr, "%s: %s\n", what, strerror(-err));
	exit(1);
}
