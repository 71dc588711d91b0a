/* SPDX-License-Identifier: BSD-2-Clause */
#include "signals.h"
#include "../hangup.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

static struct pktcap_capture *volatile capture;
static volatile sig_atomic_t nothing = -1; /* /dev/null */
static volatile sig_atomic_t stopped;
static volatile sig_atomic_t counters_wanted;
static volatile sig_atomic_t trigger_wanted;

static void on_stop(int number)
{
	int saved = errno;

	(void)number;
	stopped = 1;
	if (capture)
		pktcap_capture_stop(capture);
	/* A read that a signal interrupts is done again: it finds the end. */
	if (nothing >= 0)
		dup2(nothing, STDIN_FILENO);
	errno = saved;
}

static void on_counters(int number)
{
	(void)number;
	counters_wanted = 1;
}

static void on_trigger(int number)
{
	(void)number;
	trigger_wanted = 1;
}

static void install(int number, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	sigemptyset(&action.sa_mask);
	if (number == SIGHUP)
		hangup_catch(&action);
	else
		sigaction(number, &action, NULL);
}

static void install_all(void)
{
	install(SIGINT, on_stop);
	install(SIGTERM, on_stop);
	install(SIGHUP, on_stop);
	install(SIGUSR1, on_counters);
	install(SIGUSR2, on_trigger);
}

void signals_install(struct pktcap_capture *cap)
{
	capture = cap;
	install_all();
}

void signals_install_reading(void)
{
	nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
	install_all();
}

void signals_forget_capture(void)
{
	capture = NULL;
}

bool signals_stopped(void)
{
	return stopped;
}

bool signals_counters_wanted(void)
{
	bool wanted = counters_wanted;

	if (wanted)
		counters_wanted = 0;
	return wanted;
}

bool signals_trigger_wanted(void)
{
	bool wanted = trigger_wanted;

	if (wanted)
		trigger_wanted = 0;
	return wanted;
}

void signals_wait(int fd, int keys, int timeout_ms)
{
	struct pollfd fds[] = { { .fd = fd, .events = POLLIN },
				{ .fd = keys, .events = POLLIN } };
	struct timespec timeout = { .tv_sec = timeout_ms / 1000,
				    .tv_nsec = timeout_ms % 1000 * 1000000L };
	sigset_t held, before;

	/*
	 * Between the look at the flag and the sleep the signal is held back;
	 * ppoll() lets it in and sleeps in one step.
	 */
	sigemptyset(&held);
	sigaddset(&held, SIGUSR1);
	sigaddset(&held, SIGUSR2);
	sigprocmask(SIG_BLOCK, &held, &before);
	if (!counters_wanted && !trigger_wanted)
		ppoll(fds, 2, timeout_ms < 0 ? NULL : &timeout, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
}
