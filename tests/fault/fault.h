/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fails one call after another. A scenario is run once as it is, to count its
 * calls (calls.h), then once for each call and each errno it may fail with.
 * Definitions in a header, because each test program is one file.
 */
#ifndef TESTS_FAULT_FAULT_H
#define TESTS_FAULT_FAULT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <pktcap/pktcap.h>

#include "support/world.h"

enum { FAULT_CALLS_MAX = 512, FAULT_ERRNOS_MAX = 6 };

/* Not errnos: the call does half; and the same, with no room at the next. */
enum { SHORT = -1, FULL = -2 };

struct fault_call {
	const char *name;
	int errnos[FAULT_ERRNOS_MAX]; /* ends with 0 */
};

static struct {
	const char *scenario;
	atomic_bool armed;
	atomic_uint calls;
	unsigned int fail_at; /* counted from 1, 0: none is to fail */
	unsigned int variant; /* which of its errnos */
	_Atomic(const struct fault_call *) victim; /* what did fail */
	const struct fault_call *seen[FAULT_CALLS_MAX];
	bool full;
	atomic_int memory;
	atomic_int maps;
	unsigned int findings;
} fault;

/* What the call that failed was made to say; 0 where none was. */
static int fault_errno(void)
{
	const struct fault_call *victim = fault.victim;

	return victim ? victim->errnos[fault.variant] : 0;
}

/* Something that must not be; says what led to it. */
static void finding(const char *what, int number)
{
	const struct fault_call *victim = fault.victim;
	int err = fault_errno();

	fault.findings++;
	if (!victim)
		print_error("%s, nothing failed: %s (%d)\n", fault.scenario,
			    what, number);
	else
		print_error("%s, call %u, %s, failed with \"%s\": %s (%d)\n",
			    fault.scenario, fault.fail_at, victim->name,
			    err < 0 ? "half done" : strerror(err), what,
			    number);
}

/* What the test itself does between two calls of the library. */
#define UNWRAPPED(statement)         \
	do {                         \
		fault.armed = false; \
		statement;           \
		fault.armed = true;  \
	} while (0)

/* What is to go wrong with this call: an errno, SHORT, FULL, or 0: nothing. */
static int fault_strikes(const struct fault_call *call)
{
	unsigned int number;

	if (!fault.armed)
		return 0;
	number = ++fault.calls;
	if (fault.full && call == fault.victim) {
		fault.full = false;
		return ENOSPC;
	}
	if (!fault.fail_at && number <= FAULT_CALLS_MAX)
		fault.seen[number - 1] = call;
	if (number != fault.fail_at)
		return 0;
	fault.victim = call;
	fault.full = call->errnos[fault.variant] == FULL;
	return call->errnos[fault.variant];
}

/* Half of the first bytes that are to be written. */
static inline struct iovec fault_half(const struct iovec *iov, int n)
{
	struct iovec half = { 0 };

	for (int i = 0; i < n && !half.iov_len; i++)
		half = iov[i];
	half.iov_len = (half.iov_len + 1) / 2;
	return half;
}

#define ALLOC(n) (fault.memory += fault.armed ? (n) : 0)
#define MAP(n) (fault.maps += fault.armed ? (n) : 0)
#define NOTHING ((void)0)

/* Weak: of functions with a 64-bit twin a libc may have only one. */
#define CALL(name, type, params, args, held, failed, ...)                  \
	type __real_##name params;                                         \
	type __wrap_##name params;                                         \
	type __wrap_##name params                                          \
	{                                                                  \
		static const struct fault_call call = { #name,             \
							{ __VA_ARGS__ } }; \
		int err = fault_strikes(&call);                            \
		type result;                                               \
                                                                           \
		if (err) {                                                 \
			errno = err;                                       \
			return failed;                                     \
		}                                                          \
		result = __real_##name args;                               \
		held;                                                      \
		return result;                                             \
	}

/* As CALL, for writev(2), which may take a part. */
#define PART(name, type, params, args, held, failed, ...)                  \
	__attribute__((weak)) type __real_##name params;                   \
	type __wrap_##name params;                                         \
	type __wrap_##name params                                          \
	{                                                                  \
		static const struct fault_call call = { #name,             \
							{ __VA_ARGS__ } }; \
		struct iovec half = { 0 };                                 \
		int err = fault_strikes(&call);                            \
                                                                           \
		if (err > 0) {                                             \
			errno = err;                                       \
			return failed;                                     \
		}                                                          \
		if (err < 0) {                                             \
			half = fault_half(iov, n);                         \
			iov = &half;                                       \
			n = 1;                                             \
		}                                                          \
		return __real_##name args;                                 \
	}

/* A descriptor is closed even where close(2) then reports an error. */
#define LATE(name, type, params, args, held, failed, ...)                  \
	type __real_##name params;                                         \
	type __wrap_##name params;                                         \
	type __wrap_##name params                                          \
	{                                                                  \
		static const struct fault_call call = { #name,             \
							{ __VA_ARGS__ } }; \
		type result = __real_##name args;                          \
		int err = fault_strikes(&call);                            \
                                                                           \
		held;                                                      \
		if (!err)                                                  \
			return result;                                     \
		errno = err;                                               \
		return failed;                                             \
	}

#define GIVE(name, type, params, args, held, failed, ...) \
	type __real_##name params;                        \
	type __wrap_##name params;                        \
	type __wrap_##name params                         \
	{                                                 \
		held;                                     \
		__real_##name args;                       \
	}

#define WRAP(name, kind, ...) kind(name, __VA_ARGS__)
#include "calls.h"

/* A result of the library: not negative, or a negative errno for a reason. */
static void check_result(const char *function, int result)
{
	if (result < -4095)
		finding(function, result);
	else if (result < 0 && !fault.victim)
		finding(function, result);
}

/* The same of a function that makes an object and explains its failures. */
static void check_made(const char *function, int result, const void *made,
		       const struct pktcap_error *error)
{
	check_result(function, result);
	if (result > 0)
		finding("neither 0 nor a negative errno", result);
	if (result == -EINTR)
		finding("opening was interrupted", result);
	if (!result != !!made)
		finding("result and object disagree", result);
	if (result && (error->code != result || !*error->text || !*error->call))
		finding("the failure is not explained", error->code);
}

static void fault_run(void (*scenario)(const void *), const void *arg)
{
	int fds = world_open_fds();
	int left;

	fault.calls = 0;
	fault.victim = NULL;
	fault.full = false;
	fault.memory = 0;
	fault.maps = 0;
	fault.armed = true;
	scenario(arg);
	fault.armed = false;
	left = world_open_fds() - fds;
	if (left)
		finding("descriptors left open", left);
	if (fault.memory)
		finding("allocations left", fault.memory);
	if (fault.maps)
		finding("maps left", fault.maps);
}

static void fault_crashed(int number)
{
	finding("crashed by signal", number);
	_exit(1);
}

/*
 * Fails every call from the @first on in steps of @step, in a process and a
 * network of its own. cmocka would go on with the other tests after a crash.
 */
static void fault_work(int (*prepare)(void), void (*scenario)(const void *),
		       const void *arg, unsigned int calls, unsigned int first,
		       unsigned int step)
{
	const int crashes[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };
	int err;

	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		signal(crashes[i], fault_crashed);
	err = world_enter();
	if (!err)
		err = prepare();
	if (err)
		finding("no network of our own", err);
	for (unsigned int i = first; i <= calls && !err; i += step) {
		const int *errnos = fault.seen[i - 1]->errnos;

		fault.fail_at = i;
		for (unsigned int v = 0; errnos[v]; v++) {
			fault.variant = v;
			fault_run(scenario, arg);
		}
	}
	_exit(fault.findings != 0);
}

/*
 * Runs @scenario until each of its calls has failed in each of its ways. Most
 * of the time goes into waiting for the kernel to close packet sockets, which
 * it does for many as fast as for one: hence several at once. @prepare gives
 * each its interfaces.
 */
static void fault_each(const char *name, int (*prepare)(void),
		       void (*scenario)(const void *), const void *arg)
{
	enum { WORKERS = 8 };
	pid_t pids[WORKERS];
	unsigned int calls;
	int status;

	fault.scenario = name;
	fault.findings = 0;
	fault.fail_at = 0;
	fault.variant = 0;
	fault_run(scenario, arg);
	calls = fault.calls;
	assert_in_range(calls, 1, FAULT_CALLS_MAX);
	for (unsigned int i = 0; i < WORKERS; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (!pids[i])
			fault_work(prepare, scenario, arg, calls, i + 1,
				   WORKERS);
	}
	for (unsigned int i = 0; i < WORKERS; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		fault.findings += status != 0;
	}
	assert_int_equal(fault.findings, 0);
}

#endif
